"""Reads a mail: some headers, its words, what came with it. Loads nothing that it points at."""

import re
from collections.abc import Sequence
from email import message_from_bytes, policy
from email.message import Message
from html.parser import HTMLParser

from clearinghouse.files.formats.contents import Letter, Part
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.kernel.marking import N_

MOST_PARTS = 200
LONGEST_HEADER = 2000
LONGEST_TEXT = 200_000  # characters
KEPT = (
    "from", "to", "subject", "date", "message-id", "in-reply-to", "references", "return-path",
    "auto-submitted", "precedence", "x-auto-response-suppress", "x-autoreply", "x-loop", "list-id",
    "content-type",
)  # fmt: skip
UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript"})
BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "table"})

MANY_PARTS = N_("The mail has more than %(most)s parts.")
TANGLED = N_("The mail cannot be taken apart: its parts lie too deep in one another.")

ENCODING, CUT_TEXT = "encoding", "cut"


def read(content: bytes) -> Letter:
    """Raises Unfit for a mail of too many parts, or parts too deep in one another."""
    try:
        message = message_from_bytes(content, policy=policy.default)
        every = list(message.walk())
    except RecursionError:
        raise Unfit(TANGLED) from None
    if len(every) > MOST_PARTS:
        raise Unfit(MANY_PARTS, most=MOST_PARTS)
    defects: list[str] = []
    text, is_html = _words(message, every, defects)
    return Letter(_headers(message), text, is_html, sorted(set(defects)), _parts(message))


def _headers(message: Message) -> dict[str, str]:
    found = {}
    for name in KEPT:
        try:
            value = str(message.get(name, ""))
        except Exception:  # noqa: BLE001  # the library fails in many ways over what is malformed
            value = "?"
        if value:
            found[name] = " ".join(_printable(value).split())[:LONGEST_HEADER]
    return found


def _words(message: Message, every: Sequence[Message], defects: list[str]) -> tuple[str, bool]:
    """The first plain text; where there is none, the words of the first page."""
    texts = [p for p in every if p.get_content_maintype() == "text" and not _is_attached(p)]
    for kind in ("plain", "html"):
        for part in texts:
            if part.get_content_subtype() == kind:
                said = _decoded(part, defects)
                said = _spoken(said) if kind == "html" else said
                if len(said) > LONGEST_TEXT:
                    defects.append(CUT_TEXT)
                return _tidy(said[:LONGEST_TEXT]), kind == "html"
    del message
    return "", False


def _decoded(part: Message, defects: list[str]) -> str:
    """As its sender says it is written; where that is wrong, what can be made of it."""
    raw = part.get_payload(decode=True)
    content = raw if isinstance(raw, bytes) else b""
    declared = part.get_content_charset() or "utf-8"
    try:
        return content.decode(declared)
    except (LookupError, UnicodeError, ValueError):
        defects.append(ENCODING)
        return content.decode("utf-8", errors="replace")


def _is_attached(part: Message) -> bool:
    try:
        return part.get_content_disposition() == "attachment" or bool(part.get_filename())
    except Exception:  # noqa: BLE001  # as above
        return True


def _parts(message: Message) -> list[Part]:
    found: list[Part] = []
    for part in _attached(message):
        try:
            name = part.get_filename() or ""
        except Exception:  # noqa: BLE001  # as above
            name = ""
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            content = inner.as_bytes() if isinstance(inner, Message) else b""
            name = name or "forwarded.eml"
        else:
            raw = part.get_payload(decode=True)
            content = raw if isinstance(raw, bytes) else b""
        found.append(Part(_printable(name)[:300] or f"part-{len(found) + 1}", content))
    return found


def _attached(message: Message) -> list[Message]:
    """Whatever is no text to be read; a mail within the mail is one thing, not its parts."""
    if message.get_content_type() == "message/rfc822":
        return [message]
    if message.is_multipart():
        inner = message.get_payload()
        some = inner if isinstance(inner, list) else []
        return [p for each in some if isinstance(each, Message) for p in _attached(each)]
    is_text = message.get_content_type() in {"text/plain", "text/html"}
    return [] if is_text and not _is_attached(message) else [message]


class _Page(HTMLParser):
    """The words of a page; nothing in it is loaded or run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._hidden += tag in UNSEEN
        if tag in BLOCKS:
            self.said.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in UNSEEN and self._hidden > 0
        if tag in BLOCKS:
            self.said.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.said.append(re.sub(r"\s+", " ", data))


def _spoken(page: str) -> str:
    reader = _Page()
    reader.feed(page)
    reader.close()
    return re.sub(r"\n\s*\n+", "\n\n", "".join(reader.said))


def _tidy(text: str) -> str:
    return "\n".join(_printable(line).rstrip() for line in text.splitlines()).strip()


def _printable(text: str) -> str:
    """Without control characters, signs that turn the direction, and halves of characters."""
    return "".join(c if c.isprintable() or c == "\t" else " " for c in text)
