"""Unique strings planted in every confidential field, and the forms in which they might escape."""

import base64
import io
import re
import secrets
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from functools import cache, cached_property

from pypdf import PdfReader

from clearinghouse.needs import actions as needs
from clearinghouse.needs.rules import Consent, Origin
from clearinghouse.submissions import actions as submissions
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import State as Stage
from tests.committee import STANDARD, Committee
from tests.two_worlds.differences import (
    AUTHORS,
    HIDING,
    NEED_SEEN,
    REVIEWED_SEEN,
    UNCONFIRMED_SEEN,
    WORDS,
    XIO,
)
from tests.two_worlds.worlds import Things

WHERE_LINES_END = re.compile(r"-\n|[\s\u200b\u00ad]")  # a PDF breaks its words

KIND = "canarybird"  # what each begins with


@dataclass(frozen=True)
class Canary:
    """128 bits that stand nowhere else, the field they were planted in, and who may read it."""

    word: str
    where: str
    seen_by: frozenset[str]


@dataclass
class Aviary:
    """Plants canaries by the product's own actions; `hidden` are the things they were planted in."""

    canaries: list[Canary] = field(default_factory=list)
    hidden: Things = field(default_factory=Things)

    def __call__(self, c: Committee) -> None:
        for hiding in HIDING:
            self._need(c, hiding, Origin.STATE, NEED_SEEN[hiding])
        for level, seen in UNCONFIRMED_SEEN.items():
            self._need(c, level, Origin.EXPERT, seen)
        for stage in (Stage.DRAFT, Stage.SUBMITTED, Stage.RETURNED):
            self._standard(c, stage)
        for stage in (Stage.DRAFT, Stage.AUTHENTICATED):
            self._contributed_need(c, stage)
        self._on_behalf(c)

    def _plant(self, where: str, seen_by: Iterable[str]) -> str:
        canary = Canary(f"{KIND}{secrets.token_hex(16)}", where, frozenset(seen_by))
        self.canaries.append(canary)
        return f"{WORDS} {canary.word}"

    def _need(self, c: Committee, level: Consent, origin: Origin, seen: set[str]) -> None:
        name = f"need {level} of {origin}"
        made = c.need(
            area="police",
            consent=level,
            named=["XIO"] if level == Consent.NAMED else [],
            origin=origin,
            titles={"en": self._plant(f"{name}: title", seen)},
            descriptions={"fr": self._plant(f"{name}: description", seen)},
            counterpart=self._plant(f"{name}: counterpart", seen),
            rough_cost=self._plant(f"{name}: cost", seen),
        )
        words = {"en": self._plant(f"{name}: observation", seen)}
        needs.observe(made, words, contested=True, by=c.actor("mission_xa"), now=c.now)
        self.hidden += Things(needs=(made.pk,))

    def _standard(self, c: Committee, stage: Stage) -> None:
        seen = XIO if stage == Stage.DRAFT else XIO | REVIEWED_SEEN
        said = self._standard_said(f"standard, {stage}", seen)
        made = c.submission(Stage.DRAFT, Kind.STANDARD, **said)
        author, office = c.actor("focal_xio"), c.actor("secretariat")
        if stage != Stage.DRAFT:
            submissions.submit(made, by=author, now=c.now)
        if stage == Stage.RETURNED:
            submissions.take_up(made, by=office, now=c.now)
            remarks = {
                name: self._plant(f"remark on {name or 'the whole'}", seen)
                for name in ("title", "")
            }
            submissions.return_(made, remarks, by=office, now=c.now)
        self.hidden += Things(submissions=(made.pk,))

    def _standard_said(self, name: str, seen: Iterable[str]) -> dict[str, object]:
        return {
            "title": {"en": self._plant(f"{name}: title", seen)},
            "summary": {"es": self._plant(f"{name}: summary", seen)},
            "human_rights": {"en": self._plant(f"{name}: human rights", seen)},
            "edition": self._plant(f"{name}: edition", seen),
        }

    def _contributed_need(self, c: Committee, stage: Stage) -> None:
        authors = AUTHORS[Kind.NEED]
        seen = authors if stage == Stage.DRAFT else authors | REVIEWED_SEEN
        name = f"need contributed, {stage}"
        said = {
            "title": {"en": self._plant(f"{name}: title", seen)},
            "description": {"en": self._plant(f"{name}: description", seen)},
            "counterpart": self._plant(f"{name}: counterpart", seen),
            "rough_cost": self._plant(f"{name}: cost", seen),
        }
        self.hidden += Things(submissions=(c.submission(stage, Kind.NEED, **said).pk,))

    def _on_behalf(self, c: Committee) -> None:
        seen = {"focal_xro", "secretariat", "secretariat_2"}
        said = STANDARD | self._standard_said("standard on behalf", seen)
        paper, by = self._plant("standard on behalf: instrument", seen), c.actor("secretariat")
        made = submissions.draft(
            Kind.STANDARD, c.body("XRO"), said, instrument=paper, by=by, now=c.now
        )
        self.hidden += Things(submissions=(made.pk,))


def found(canary: Canary, laid_open: "Open") -> bool:
    """Plain in any case, backwards, in hexadecimal, in UTF-16, in base64 at any offset."""
    return laid_open.is_suspect and laid_open.holds(canary.word)


@cache
def folded_forms(word: str) -> tuple[bytes, ...]:
    plain = word.encode()
    wide = (word.encode("utf-16-le"), word.encode("utf-16-be"))
    return (plain, plain[::-1], plain.hex().encode(), *wide)


@cache
def base64_forms(word: str) -> tuple[bytes, ...]:
    """Without the letters at either end that depend on what stands before and after."""
    whole = [base64.b64encode(bytes(offset) + word.encode()) for offset in range(3)]
    return tuple(each[4 if offset else 0 : -4] for offset, each in enumerate(whole))


@dataclass(frozen=True)
class Open:
    """Bytes with what is packed in them laid open: the parts of an office file, a PDF's text."""

    plain: bytes

    @cached_property
    def folded(self) -> bytes:
        return self.plain.lower()

    @cached_property
    def is_suspect(self) -> bool:
        """Whether what all canaries begin with is there in any form: a quick look at the whole."""
        return self.holds(KIND)

    def holds(self, word: str) -> bool:
        return any(form in self.folded for form in folded_forms(word)) or any(
            form in self.plain for form in base64_forms(word)
        )

    @classmethod
    def of(cls, content: bytes) -> "Open":
        if content.startswith(b"%PDF"):
            texts = (page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
            return cls(content + WHERE_LINES_END.sub("", "".join(texts)).encode(errors="replace"))
        if not content.startswith(b"PK"):
            return cls(content)
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return cls(b"\n".join(packed.read(name) for name in packed.namelist()))


def mail_parts(mail: bytes) -> list[Open]:
    """The mail as it was sent, and each of its parts as the reader's program opens it."""
    message = message_from_bytes(mail, policy=policy.default)
    parts = [p.get_payload(decode=True) for p in message.walk() if not p.is_multipart()]
    return [Open.of(mail), *(Open.of(p) for p in parts if isinstance(p, bytes))]
