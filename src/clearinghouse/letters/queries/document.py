"""A letter as a document: what is read on the screen, printed, sent."""

from dataclasses import dataclass
from datetime import datetime

from clearinghouse.access.actor import Role, Standing
from clearinghouse.documents import docx, pdf
from clearinghouse.documents.model import Document, Masthead, Paragraph, Section
from clearinghouse.documents.model import Letter as Sheet
from clearinghouse.kernel import languages
from clearinghouse.letters.models import Letter
from clearinghouse.letters.queries.letters import Text, text_of
from clearinghouse.letters.queries.merging import Known, day
from clearinghouse.letters.queries.words import (
    CANCELLED,
    CHAIR,
    DATED,
    DRAFT,
    FORMS,
    ILLUSTRATIVE,
    SEEN_BY,
    labels,
    say,
)
from clearinghouse.letters.rules.workflow import Form, State
from clearinghouse.people.queries import seats_in

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = {"pdf": (pdf.render, "application/pdf"), "docx": (docx.render, WORD)}


@dataclass(frozen=True)
class File:
    """A letter rendered: what to call it, what it is, and its bytes."""

    name: str
    type: str
    content: bytes


def render(letter: Letter, kind: str, known: Known | None = None) -> File:
    """Raises KeyError for a kind that is not made."""
    make, media = FORMATS[kind]
    return File(filename(letter, kind), media, make(document(letter, known)))


def filename(letter: Letter, kind: str) -> str:
    """Of plain letters alone: the reference where there is one."""
    called = letter.reference or f"draft {letter.body.code} {str(letter.pk)[:8]}"
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in called)
    return f"{plain}.{kind}"


def document(letter: Letter, known: Known | None = None) -> Document:
    """The same letter gives the same document: nothing in it depends on who looks, or when."""
    known = known or Known.about([letter.body])
    language, form, text = letter.language, Form(letter.form), text_of(letter, known)
    titled = f"{say(FORMS[form], language)} {letter.reference}".strip()
    masthead = Masthead(
        organ=languages.pick(known.organ, language)[0],
        title=titled,
        language=language,
        direction=languages.direction(language),
        as_of="",
        seen_by=say(SEEN_BY[form], language),
        date=_dated(letter, known),
        notices=_notices(letter),
    )
    note = form == Form.NOTE_VERBALE
    body = (text.opening, *text.paragraphs, text.closing) if note else text.paragraphs
    blocks = tuple(Paragraph(text=each) for each in body)
    return Document(
        masthead=masthead,
        labels=labels(language),
        sections=(Section(key="text", title=text.subject, blocks=blocks),),
        letter=_sheet(letter, text, note=note, known=known),
    )


def chair_now(now: datetime) -> str:
    """The name under a letter: whoever sits as the Chair; empty where nobody does."""
    seat = seats_in({Role.MEMBER}, now).filter(standing=Standing.CHAIR).first()
    return seat.person.name if seat else ""


def _sheet(letter: Letter, text: Text, *, note: bool, known: Known) -> Sheet:
    if note:
        return Sheet(form="note-verbale", addressee=text.address, reference=letter.reference)
    language = letter.language
    organ = languages.pick(known.organ, language)[0]
    lines = (text.signatory, say(CHAIR, language), organ)
    return Sheet(
        form="letter",
        addressee=text.address,
        reference=letter.reference,
        salutation=text.opening,
        closing=text.closing,
        signatory=tuple(line for line in lines if line),
    )


def _dated(letter: Letter, known: Known) -> str:
    if not letter.dated:
        return ""
    written = day(letter.dated, letter.language)
    if not known.city:
        return written
    return say(DATED, letter.language) % {"city": known.city, "day": written}


def _notices(letter: Letter) -> tuple[str, ...]:
    said = {
        DRAFT: letter.state == State.DRAFT,
        CANCELLED: letter.state == State.CANCELLED,
        ILLUSTRATIVE: letter.body.illustrative,
    }
    return tuple(say(text, letter.language) for text, holds in said.items() if holds)
