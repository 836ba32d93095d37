"""A security key made of software: what a browser would bring back from a real one."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

NAMED = b"a key of software"
PRESENT = AuthenticatorData.FLAG.UP
NEW = PRESENT | AuthenticatorData.FLAG.AT


@dataclass
class SoftKey:
    """Answers for one site; `count` is how often it has been used."""

    site: str = "http://localhost:8000"
    host: str = "localhost"
    count: int = 0
    name: bytes = NAMED
    secret: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def create(self, question: str) -> str:
        """The answer to a question for a new key."""
        said = self._said(question, CollectedClientData.TYPE.CREATE)
        public = ES256.from_cryptography_key(self.secret.public_key())  # type: ignore[no-untyped-call]  # fido2 gives it none
        known = AttestedCredentialData.create(Aaguid.NONE, self.name, public)
        data = AuthenticatorData.create(self._host, NEW, self.count, known)
        attested = AttestationObject.create("none", data, {})
        return self._answer(clientDataJSON=bytes(said), attestationObject=bytes(attested))

    def get(self, question: str) -> str:
        """The answer at sign-in."""
        said = self._said(question, CollectedClientData.TYPE.GET)
        self.count += 1
        data = AuthenticatorData.create(self._host, PRESENT, self.count)
        signed = self.secret.sign(bytes(data) + said.hash, ec.ECDSA(SHA256()))
        return self._answer(
            clientDataJSON=bytes(said), authenticatorData=bytes(data), signature=signed
        )

    @property
    def _host(self) -> bytes:
        return sha256(self.host.encode()).digest()

    def _said(self, question: str, kind: str) -> CollectedClientData:
        challenge = json.loads(question)["publicKey"]["challenge"]
        return CollectedClientData.create(kind, challenge, self.site)

    def _answer(self, **parts: bytes) -> str:
        named = websafe_encode(self.name)
        whole = {"id": named, "rawId": named, "type": "public-key", "clientExtensionResults": {}}
        return json.dumps(
            whole | {"response": {part: websafe_encode(b) for part, b in parts.items()}}
        )
