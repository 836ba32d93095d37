"""What goes into a letter's fields: who is written to, typed values in the letter's language."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from babel.dates import format_date, format_skeleton

from clearinghouse.access.actor import Role, Standing
from clearinghouse.kernel import languages, partial_date
from clearinghouse.kernel.merging import fields_in
from clearinghouse.letters.models import Letter, Style, Template
from clearinghouse.letters.rules.wording import Kind, MergeField, Wording, is_day
from clearinghouse.letters.rules.workflow import Form
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.models import Body, Meeting
from clearinghouse.people.queries import seats_in

MISSION = "Permanent Mission of %s to the United Nations"  # where the pack gives no style
SPOKESMEN = (Standing.MISSION, Standing.MAIN)


@dataclass
class Known:
    """What merging needs, read once for however many letters."""

    styles: dict[tuple[UUID, str], str] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    organ: Mapping[str, str] = field(default_factory=dict)
    human_rights: Mapping[str, str] = field(default_factory=dict)
    city: str = ""

    @classmethod
    def about(cls, bodies: Iterable[Body]) -> "Known":
        ids = [b.pk for b in bodies]
        facts = mandate.committee().facts
        return cls(
            {(s.body_id, s.language): s.name for s in Style.objects.filter(body__in=ids)},
            {m.code: m for m in mandate.meetings()},
            facts.get("organ", {}),
            facts.get("human_rights_reminder", {}),
            facts.get("duty_station", ""),
        )

    def addressee(self, body: Body, form: Form, language: str) -> str:
        """As the body is called in a sentence; empty where it has no style in that language."""
        if styled := self.styles.get((body.pk, language)):
            return styled
        if form == Form.LETTER:
            return str(body.names.get(language, ""))
        name = body.names.get(languages.DEFAULT, "")
        return MISSION % name if language == languages.DEFAULT and name else ""


def registered_languages(bodies: Iterable[Body], now: datetime) -> dict[UUID, str]:
    """The language of the seat that speaks for each: its mission's, its main focal point's."""
    seats = seats_in({Role.STATE, Role.FOCAL_POINT}, now)
    seats = seats.filter(body__in=[b.pk for b in bodies], standing__in=SPOKESMEN)
    found: dict[UUID, str] = {}
    for seat in seats.order_by("held_from", "id"):
        if seat.body_id:
            found.setdefault(seat.body_id, seat.person.language)
    return found


def language_of(template: Template, body: Body, wanted: str, known: Known) -> str:
    """The one wanted, where there is a text in it and the addressee has a name in it."""
    has_text = wanted in template.wordings
    has_name = bool(known.addressee(body, Form(template.form), wanted))
    return wanted if has_text and has_name else languages.DEFAULT


def fields_of(template: Template) -> tuple[MergeField, ...]:
    return tuple(map(MergeField.of, template.fields))


def proposed(template: Template, language: str, without: Collection[str] = frozenset()) -> Wording:
    """The template's own wording in that language, with its fields still open.

    `without`: fields that there is nothing to say of; the paragraphs that name them are left out.
    """
    said = template.wordings[language]
    told = [each for each in said["paragraphs"] if not _names(each) & set(without)]
    return Wording(
        address="\n".join(said["address"]),
        subject=template.subjects.get(language, ""),
        opening=said["opening"],
        passage="\n\n".join(told),
        closing=said["closing"],
    )


def wording_of(letter: Letter) -> Wording:
    return Wording(
        letter.address, letter.subject_line, letter.opening, letter.passage, letter.closing
    )


@dataclass(frozen=True)
class Target:
    """To whom, in which form and language: what the house's own fields depend on."""

    body: Body
    form: Form
    language: str


def merged(
    fields: tuple[MergeField, ...], given: Mapping[str, str], to: Target, known: Known
) -> dict[str, str]:
    """By the name of each field, what stands in its place. What is not given is left out."""
    found = {
        "addressee": known.addressee(to.body, to.form, to.language),
        "body": languages.pick(to.body.names, to.language)[0],
        "organ": languages.pick(known.organ, to.language)[0],
        "human_rights": _said(known.human_rights, to.language),
    }
    for each in fields:
        value = given.get(each.name, "")
        if value and each.kind == Kind.MEETING and value in known.meetings:
            found |= _meeting(each.name, known.meetings[value], to.language)
        elif value:
            dated = each.kind == Kind.DATE and is_day(value)
            found[each.name] = day(value, to.language) if dated else value
    return {name: text for name, text in found.items() if text}


def _names(paragraph: str) -> set[str]:
    return {name.partition(".")[0] for name in fields_in(paragraph)}


def _said(texts: Mapping[str, str], language: str) -> str:
    return languages.pick(texts, language)[0] if texts else ""


def day(given: str | date, language: str) -> str:
    """A date as far as it is known, written out: 6 March 2026, or March 2026."""
    text, locale = str(given), languages.locale(language)
    first = partial_date.earliest(text)
    skeletons = {0: "y", 1: "yMMMM"}
    if (skeleton := skeletons.get(text.count("-"))) is not None:
        return str(format_skeleton(skeleton, first, locale=locale))
    return str(format_date(first, "long", locale=locale))


def _meeting(name: str, meeting: Meeting, language: str) -> dict[str, str]:
    return {
        name: languages.pick(meeting.title, language)[0],
        f"{name}.date": day(meeting.starts, language),
        f"{name}.place": meeting.place,
    }
