"""Looks at what comes in: what it is, whose mail it answers, what it says; changes nothing yet."""

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from clearinghouse.access.actor import Role
from clearinghouse.files import actions as files
from clearinghouse.files import queries as kept_files
from clearinghouse.files import reading
from clearinghouse.files.actions import Offered
from clearinghouse.files.formats import mail, names
from clearinghouse.files.formats.contents import Book, Letter, Paper
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.models import StoredFile
from clearinghouse.files.rules import ALLOWED, MIB, Type
from clearinghouse.intake.actions import understanding
from clearinghouse.intake.formats import forms
from clearinghouse.intake.formats.forms import Filled
from clearinghouse.intake.models import Item
from clearinghouse.intake.rules import replies
from clearinghouse.intake.rules.arrival import Mark, address_of, is_automatic
from clearinghouse.intake.rules.workflow import Channel
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.kernel.marking import N_
from clearinghouse.mandate.models import Body
from clearinghouse.notices import queries as notices
from clearinghouse.notices.rules import names_in
from clearinghouse.people.queries import seat_written_to

MOST_ATTACHED = 20
ORIGINAL = "original"
FORMS = frozenset({Type.XLSX, Type.DOCX})
SENDERS = frozenset({Role.STATE.value, Role.FOCAL_POINT.value})

LARGE = N_("The mail has %(size)s MiB; at most %(most)s are read.")
LEFT_OUT = N_("“%(name)s” was not kept:")
NOT_READ = N_("“%(name)s” was kept and not read:")
MANY = N_("%(count)s files came with it; the first %(most)s were kept.")


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """What is handed over: a mail or a file with its bytes, or what the secretariat typed in."""

    channel: Channel
    content: bytes = b""
    name: str = ""
    text: str = ""
    title: str = ""
    body: Body | None = None  # by the secretariat's word
    reference: str = ""  # as it stands on the paper
    received_on: date | None = None


@dataclass
class _Seen:
    """What was found in it so far."""

    title: str = ""
    text: str = ""
    claims: str = ""
    address: str = ""
    refers: str = ""  # every text that a reference of ours may stand in
    offered: list[Offered] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    faults: list[Any] = field(default_factory=list)

    def fault(self, mark: Mark, why: Unfit, *before: Any) -> None:
        self.marks += [mark] if mark not in self.marks else []
        self.faults += [*before, [why.message, dict(why.values)]]


def fingerprint(incoming: Incoming) -> str:
    """Of a mail or file its bytes; of what was typed in its words, day, body and reference."""
    about = (incoming.title, incoming.text, incoming.received_on, incoming.reference)
    body = incoming.body.pk if incoming.body else ""
    typed = "" if incoming.channel == Channel.MAIL else repr((about, body))
    return hashlib.sha256(typed.encode() + incoming.content).hexdigest()


def made(incoming: Incoming, now: datetime) -> tuple[Item, list[StoredFile]]:
    """The item as it will be stored, and the files to be recorded with it."""
    seen = _mail(incoming.content) if incoming.channel == Channel.MAIL else _other(incoming)
    item = Item(channel=incoming.channel, body=incoming.body, arrived_at=now)
    item.received_on = incoming.received_on or day_in_new_york(now)
    kept = _keep(item, seen, now)
    filled, refers = _forms(kept, seen)
    item.title, item.text = _text(seen.title)[:300], _text(seen.text)
    item.claims = _text(seen.claims)[:300]
    _attribute(item, seen, f"{seen.refers}\n{refers}\n{incoming.reference}", now)
    item.marks, item.faults = [m.value for m in seen.marks], seen.faults
    understand(item, filled)
    return item, kept


def understand(item: Item, filled: Sequence[Filled]) -> None:
    """What it asks to be recorded, as far as it says so in the form of a reply or on a form."""
    answers, faults = understanding.answers(item.body, item.text, filled)
    item.answers = answers
    ours = [f for f in item.faults if f[0] not in understanding.MESSAGES]
    item.faults = ours + faults
    item.marks = [m for m in item.marks if m != Mark.NOTHING_SAID]
    item.marks += [] if answers else [Mark.NOTHING_SAID.value]
    item.marks = [m for m in item.marks if m != Mark.TRANSLATED]
    if answers and replies.read_by_unreviewed(item.text):
        item.marks.append(Mark.TRANSLATED.value)


def forms_in(kept: Iterable[StoredFile]) -> list[Filled]:
    """The forms among files that were kept before."""
    filled: list[Filled] = []
    for each in kept:
        if Type(each.type) in FORMS:
            try:
                filled += _filled(Type(each.type), kept_files.open_(each), each.name)[0]
            except Unfit:
                continue
    return filled


def _mail(content: bytes) -> _Seen:
    seen = _Seen()
    try:
        letter = _letter(content)
    except Unfit as why:
        seen.fault(Mark.UNREAD, why)
        return seen
    _of_letter(seen, letter, content)
    return seen


def _letter(content: bytes) -> Letter:
    if len(content) > ALLOWED[Type.EML].largest:
        size, most = f"{len(content) / MIB:.0f}", ALLOWED[Type.EML].largest // MIB
        raise Unfit(LARGE, size=size, most=most)
    letter = reading.read(Type.EML, content)
    assert isinstance(letter, Letter)  # noqa: S101  # what that reader makes
    return letter


def _of_letter(seen: _Seen, letter: Letter, content: bytes) -> None:
    told = letter.headers
    seen.title, seen.text, seen.claims = told.get("subject", ""), letter.text, told.get("from", "")
    seen.address = address_of(told)
    headers = (told.get(name, "") for name in ("in-reply-to", "references", "subject"))
    seen.refers = "\n".join([*headers, letter.text])
    facts = {
        Mark.AUTOMATIC: is_automatic(told),
        Mark.ONLY_A_PAGE: letter.is_html,
        Mark.ENCODING: mail.ENCODING in letter.defects,
        Mark.CUT: mail.CUT_TEXT in letter.defects,
    }
    seen.marks += [mark for mark, holds in facts.items() if holds]
    if len(letter.parts) > MOST_ATTACHED:
        seen.faults.append([MANY, {"count": len(letter.parts), "most": MOST_ATTACHED}])
        seen.marks.append(Mark.NOT_KEPT)
    seen.offered = [Offered(name=p.name, content=p.content) for p in letter.parts[:MOST_ATTACHED]]
    seen.offered.append(Offered(name="mail.eml", content=content, part=ORIGINAL))


def _other(incoming: Incoming) -> _Seen:
    """A file handed in by somebody who stands there: an unfit one is refused to their face."""
    seen = _Seen(title=incoming.title or incoming.name, text=incoming.text)
    if incoming.content:
        seen.offered = [Offered(name=incoming.name, content=incoming.content)]
        files.examine(seen.offered[0])
    return seen


def _keep(item: Item, seen: _Seen, now: datetime) -> list[StoredFile]:
    """Each that may be kept. The mail itself only if all that came with it may."""
    kept: list[StoredFile] = []
    for each in seen.offered:
        if each.part == ORIGINAL and Mark.NOT_KEPT in seen.marks:
            continue
        try:
            kept.append(files.keep(each, owner=item, now=now))
        except Unfit as why:
            name = names.shown(each.name)
            seen.fault(Mark.NOT_KEPT, why, [LEFT_OUT, {"name": name}])
    return kept


def _forms(kept: Sequence[StoredFile], seen: _Seen) -> tuple[list[Filled], str]:
    filled: list[Filled] = []
    refers = ""
    bodies = {each.name: each.content for each in seen.offered}
    for each in kept:
        if Type(each.type) in FORMS:
            content = bodies.get(each.name) or kept_files.open_(each)
            try:
                lines, reference = _filled(Type(each.type), content, each.name)
            except Unfit as why:
                seen.fault(Mark.UNREAD, why, [NOT_READ, {"name": each.name}])
                continue
            filled, refers = filled + lines, f"{refers}\n{reference}"
    return filled, refers


def _filled(kind: Type, content: bytes, name: str) -> tuple[list[Filled], str]:
    read = reading.read(kind, content)
    if not isinstance(read, Book | Paper):
        return [], ""
    return forms.filled(read, name), forms.reference_in(read)


def _attribute(item: Item, seen: _Seen, refers: str, now: datetime) -> None:
    """By the reference it carries, and by nothing else; whoever it claims to be from is told."""
    found = notices.named(names_in(refers))
    seats = [s for s in (seat_written_to(n.recipient) for n in found) if s]
    bodies = {s.body_id for s in seats}
    if not seats:
        seen.marks += [] if item.body_id else [Mark.NO_REFERENCE]
        return
    seat = seats[0]
    item.notice, item.seat = found[0].pk, seat.pk
    if item.body_id is None and seat.role in SENDERS:
        item.body = seat.body
    facts = {
        Mark.SEVERAL: len(bodies) > 1,
        Mark.SEAT_ENDED: bool(seat.held_until and seat.held_until <= now),
        Mark.MISMATCH: bool(seen.address) and seen.address != seat.person.email.lower(),
    }
    seen.marks += [mark for mark, holds in facts.items() if holds]


def _text(text: str) -> str:
    """As any database holds it: NFC, without control characters or halves of characters."""
    told = unicodedata.normalize("NFC", text)
    return "".join(c if c in "\n\t" or c.isprintable() else " " for c in told).strip()
