"""The run of a day: what went out and by which means, what is to go, what came in, to print."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from clearinghouse.access.actor import Actor
from clearinghouse.documents import pdf, words
from clearinghouse.documents.model import Cell, Column, Document, Masthead, Section, Table
from clearinghouse.kernel import languages
from clearinghouse.letters.models import Letter, Reply
from clearinghouse.letters.queries import document
from clearinghouse.letters.queries.letters import in_address_order
from clearinghouse.letters.queries.merging import Known, day
from clearinghouse.letters.queries.words import FORMS, MEANS
from clearinghouse.letters.rules.workflow import WAITING, Form, Means
from clearinghouse.mandate import queries as mandate

UNDATED = (1980, 1, 1, 0, 0, 0)  # a zip file must give its entries some date


@dataclass(frozen=True)
class Run:
    """One day's letters in address order, and what came in on it."""

    day: date
    out: list[Letter]
    waiting: list[Letter]
    received: list[Letter]
    replies: list[Reply]

    @property
    def printed(self) -> list[Letter]:
        """What is laid out for initials, signature and envelopes."""
        return [*self.out, *self.waiting]


def run_of(actor: Actor, day_: date, language: str, *, today: date) -> Run:
    """What waits to go is part of today's run alone."""
    found = Letter.objects.visible_to(actor).select_related("body")
    waiting = found.filter(state__in=[s.value for s in WAITING]) if day_ == today else ()
    replies = Reply.objects.visible_to(actor).filter(received_on=day_)
    return Run(
        day_,
        in_address_order(found.filter(sent_on=day_), language),
        in_address_order(waiting, language),
        in_address_order(found.filter(received_on=day_), language),
        list(replies.select_related("letter__body")),
    )


def sheet(run: Run, language: str) -> Document:
    """The in/out sheet of the day, in the language of the page."""
    masthead = Masthead(
        organ=languages.pick(mandate.committee().facts.get("organ", {}), language)[0],
        title=_("Letters of the day"),
        subtitle=day(run.day, language),
        language=language,
        direction=languages.direction(language),
        as_of="",
        seen_by=_("the secretariat and the Experts."),
        date=day(run.day, language),
    )
    out = _table("out", _("Went out"), [_letter(x, language) for x in run.out])
    waiting = _table("to-go", _("To go"), [_letter(x, language) for x in run.waiting])
    came = [*(_receipt(x, language) for x in run.received), *_replies(run, language)]
    tables = (out, waiting, _table("in", _("Came in"), came))
    sections = (Section(key="day", title=_("Out and in"), blocks=tables),)
    return Document(masthead=masthead, labels=words.labels(_), sections=sections)


def archive(run: Run, language: str) -> bytes:
    """The sheet and every letter as PDF in one zip file, named so that they print in order."""
    known = Known.about([letter.body for letter in run.printed])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, content in _files(run, known, language):
            entry = zipfile.ZipInfo(name, date_time=UNDATED)
            zipped.writestr(entry, content)  # stored: a PDF is packed already
    return out.getvalue()


def _files(run: Run, known: Known, language: str) -> Iterator[tuple[str, bytes]]:
    yield "000-sheet.pdf", pdf.render(sheet(run, language))
    for number, letter in enumerate(run.printed, start=1):
        made = document.render(letter, "pdf", known)
        yield f"{number:03d}-{letter.body.code}-{made.name}", made.content


def _table(key: str, caption: str, rows: list[tuple[Cell, ...]]) -> Table:
    columns = (
        Column(key="reference", label=_("Reference"), kind="code", width=20, row_header=True),
        Column(key="body", label=_("State or organisation"), width=36),
        Column(key="what", label=_("What"), width=18),
        Column(key="how", label=_("How"), width=24),
    )
    return Table(key=key, caption=caption, columns=columns, rows=tuple(rows), empty=_("Nothing."))


def _letter(letter: Letter, language: str) -> tuple[Cell, ...]:
    how = _(MEANS[Means(letter.means)]) if letter.means else ""
    return (letter.reference, _name(letter, language), _(FORMS[Form(letter.form)]), how)


def _receipt(letter: Letter, language: str) -> tuple[Cell, ...]:
    return (letter.reference, _name(letter, language), _("Receipt"), letter.received_by)


def _replies(run: Run, language: str) -> Iterator[tuple[Cell, ...]]:
    for reply in run.replies:
        letter = reply.letter
        yield letter.reference, _name(letter, language), _("Reply"), reply.reference


def _name(letter: Letter, language: str) -> str:
    return languages.pick(letter.body.names, language)[0]
