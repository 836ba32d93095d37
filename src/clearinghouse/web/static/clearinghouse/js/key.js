// Asks a security key what a form is to ask it (data-key: create or get; data-options: the
// question), puts its answer into the form and sends it. Without scripts the form goes as it is.
"use strict";

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const question = (form) => {
  const asked = JSON.parse(form.dataset.options);
  const named = (some) => (some || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const publicKey = { ...asked.publicKey, challenge: bytes(asked.publicKey.challenge) };
  publicKey.excludeCredentials = named(publicKey.excludeCredentials);
  publicKey.allowCredentials = named(publicKey.allowCredentials);
  if (publicKey.user) publicKey.user = { ...publicKey.user, id: bytes(publicKey.user.id) };
  return { publicKey };
};

const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

const answer = (given) => ({
  id: given.id,
  rawId: text(given.rawId),
  type: given.type,
  clientExtensionResults: given.getClientExtensionResults(),
  response: Object.fromEntries(
    PARTS.filter((part) => given.response[part]).map((part) => [part, text(given.response[part])]),
  ),
});

for (const form of document.querySelectorAll("form[data-key]")) {
  const silent = form.querySelector("[data-silent]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    silent.hidden = true;
    try {
      const given = await navigator.credentials[form.dataset.key](question(form));
      form.elements.credential.value = JSON.stringify(answer(given));
    } catch {
      silent.hidden = false;
      return;
    }
    form.submit();
  });
}
