"""The records of a mandate pack, one class a kind; partial dates stay text, as they were given."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

Texts = Mapping[str, str]  # by language code; English is always there
Settings = Mapping[str, int | tuple[int, ...]]  # the periods of the procedures, by name


@dataclass(frozen=True, slots=True)
class Source:
    """Where the facts of one file come from."""

    file: str
    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class About:
    """Who the committee is, its clock, its periods and its standing sentences.

    `draft_symbol` holds `{year}` and `{month}`; real symbols are assigned by the UN Secretariat.
    `disclaimers` has the keys `directory` and `matrix`. `letter_reference` holds `{year}` and
    `{number}`: what is printed on a letter.
    """

    code: str
    title: Texts
    organ: Texts
    resolution: str
    draft_symbol: str
    draft_symbol_note: Texts
    languages: tuple[str, ...]
    time_zone: str
    duty_station: str
    settings: Settings
    disclaimers: Mapping[str, tuple[Texts, ...]]
    human_rights_reminder: Texts
    blank_note: Texts
    sources: tuple[Source, ...]
    letter_reference: str = "L/{year}/{number}"


@dataclass(frozen=True, slots=True)
class Obligation:
    """An operative paragraph; the code is its reference, such as "2(e)"."""

    code: str
    paragraph: int
    title: Texts
    force: str


@dataclass(frozen=True, slots=True)
class Area:
    """A subject area of assistance: a column of the matrix, at place `number`."""

    code: str
    number: int
    title: Texts


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the technical guide, under a paragraph of the resolution."""

    code: str
    number: int
    paragraph: int
    title: Texts


@dataclass(frozen=True, slots=True)
class Purpose:
    """A purpose code of the OECD Development Assistance Committee."""

    code: str
    name: str
    note: str | None


@dataclass(frozen=True, slots=True)
class DacBody:
    """A recipient or donor as the tables of the same committee name it; `body` where it is ours.

    None is one that is no Member State and no organisation of the pack: it keeps that name.
    """

    code: str
    name: str
    body: str | None


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """From a word of one vocabulary (areas, headings, dac …) to a word of another."""

    from_vocabulary: str
    from_code: str
    to_vocabulary: str
    to_code: str
    source: str


@dataclass(frozen=True, slots=True)
class Instrument:
    """A universal instrument; `date` is that of its adoption, as far as it is recorded."""

    code: str
    number: int
    date: str
    title: Texts
    depositary: str
    depositary_verified: bool
    source: str | None


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """An obligation a standard bears on, and where in the standard; None is not recorded."""

    obligation: str
    pinpoint: str | None


@dataclass(frozen=True, slots=True)
class Standard:
    """A code, standard, model law or guidance of an organisation; None is not recorded."""

    code: str
    organisation: str
    title: Texts
    date: str | None
    edition: str | None
    obligations: tuple[Pinpoint, ...]
    legal_nature: str
    verified: bool
    source: str | None


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation; `parent` is the code of the one it belongs to."""

    code: str
    names: Texts
    acronym: str | None
    kind: str
    parent: str | None
    note: str | None = None
    illustrative: bool = False
    provider: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """A State; the code is ISO 3166-1's of two letters; regions are codes of groups."""

    code: str
    iso3: str
    names: Texts
    region: str | None
    subregion: str | None
    un_groups: tuple[str, ...]
    note: str | None
    illustrative: bool = False
    provider: bool = False


@dataclass(frozen=True, slots=True)
class Membership:
    """A State or organisation in an organisation; an ended one has `until`."""

    organisation: str
    member: str
    role: str
    since: str | None
    until: str | None
    source: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """One State in one group; a State may be in two UN regional groups, or in none."""

    kind: str
    code: str
    name: str
    state: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that deadlines hang on; no host organisation means the committee itself."""

    code: str
    kind: str
    number: int
    title: Texts
    starts: str
    ends: str | None
    place: str
    host: str
    host_organisations: tuple[str, ...]
    source: str | None
    note: str | None
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Timetable:
    """When a commitment is due: `kind` says which of the others is set.

    `meeting`: `offset` (in `unit`) from the meeting with that code, which is of kind `anchor`;
    `absolute`: on that day (`on`); `monthly`: on `day` of each month; `continuing`, `interval`
    (the pack's setting) and `by_decision` need nothing more.
    """

    kind: str
    anchor: str | None = None
    meeting: str | None = None
    offset: int = 0
    unit: str = "days"
    day: int | None = None
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """A proposal of the checklist; `served_by` numbers the capabilities that serve it."""

    code: str
    number: int
    session: str
    text: Texts
    owners: tuple[str, ...]
    addressed_to: tuple[str, ...]
    timetable: Timetable
    adoption: str
    served_by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MergeField:
    """A field of a letter's template: what stands in braces in its texts."""

    name: str
    kind: str
    label: Texts


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """A form and purpose of letter with its fields; the texts are `LetterWording`s."""

    code: str
    form: str
    purpose: str
    title: Texts
    fields: tuple[MergeField, ...]


@dataclass(frozen=True, slots=True)
class LetterWording:
    """A template's text in one language. A note verbale has no subject."""

    template: str
    language: str
    address: tuple[str, ...]
    subject: str | None
    opening: str
    paragraphs: tuple[str, ...]
    closing: str


@dataclass(frozen=True, slots=True)
class Style:
    """What a State's mission or an organisation is called in a letter, in one language."""

    body: str
    language: str
    name: str


@dataclass(frozen=True, slots=True)
class Holiday:
    """An official holiday as observed at a duty station."""

    duty_station: str
    date: dt.date
    name: str
    source: str


@dataclass(frozen=True)
class Pack:
    """A pack as read. It holds its own records only; those it builds on stand in `base`."""

    about: About
    obligations: tuple[Obligation, ...] = ()
    areas: tuple[Area, ...] = ()
    headings: tuple[Heading, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    dac_bodies: tuple[DacBody, ...] = ()
    crosswalks: tuple[Crosswalk, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    standards: tuple[Standard, ...] = ()
    states: tuple[State, ...] = ()
    groups: tuple[Grouping, ...] = ()
    memberships: tuple[Membership, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    letters: tuple[LetterTemplate, ...] = ()
    letter_wordings: tuple[LetterWording, ...] = ()
    styles: tuple[Style, ...] = ()
    base: "Pack | None" = None
