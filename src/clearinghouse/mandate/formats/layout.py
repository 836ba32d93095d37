"""The files of a pack: their names, and the keys and columns of each kind of record."""

from collections.abc import Callable
from dataclasses import dataclass

from clearinghouse.mandate.formats import fields as f
from clearinghouse.mandate.formats import records
from clearinghouse.mandate.formats.fields import Field

ABOUT_FILE = "pack.json"
NOTES_FILE = "README.md"  # for people; never read

ORGANISATION_KINDS = ("international", "regional", "subregional", "other")
ROLES = ("member", "suspended", "associate", "observer", "partner", "candidate", "signatory")
GROUP_KINDS = ("un_group", "region", "subregion", "subcommittee")
MEETING_KINDS = ("special", "follow-up", "regional-only")
VOCABULARIES = ("obligations", "areas", "headings", "dac")
FORCES = ("decides", "calls upon", "notes with concern", "requests", "urges")
LETTER_FORMS = ("note_verbale", "letter")
PURPOSES = ("invite", "acknowledge", "forward", "remind", "follow_up", "thanks", "notice")
MERGE_KINDS = ("text", "passage", "date", "meeting")
ADOPTIONS = ("proposed", "adopted", "amended", "deferred", "dropped")
UNITS = ("days", "months", "working_days")
LEGAL_NATURES = (
    "treaty", "binding standard", "technical standard", "recommendation", "code", "best practice",
    "guidance", "methodology", "model law", "resolution", "declaration", "programme", "template",
)  # fmt: skip  # a list to be read as a paragraph

_count = f.whole(0, 1000)
_order = f.whole(1, 1000)

PERIODS = (
    "stale_after_months", "stale_warning_months",
    "opt_out_working_days", "opt_out_extensions", "need_met_after_months",
    "ranked_needs_per_state", "observation_words",
    "row_proofs_working_days", "draft_opens_working_days",
    "gaps_interval_months", "gaps_unmet_after_months",
    "no_objection_working_days", "hold_months", "hold_extension_months",
    "register_reply_days", "overdue_reminder_days",
    "coordination_reports_months", "experts_briefing_months", "state_report_days",
)  # fmt: skip  # grouped as in the procedures

SETTINGS: tuple[Field, ...] = (
    *(Field(name, _count) for name in PERIODS),
    Field("matrix_day", f.whole(1, 28)),
    Field("deadline_hour", f.whole(0, 23)),
    Field("became_month", f.whole(1, 12)),
    Field("reminder_days", f.many(_count, least=1)),
)

_url = f.matching(r"https?://\S+", "an address that begins with http:// or https://")

_reference = f.matching(
    r"[A-Za-z0-9/._-]*\{year\}[A-Za-z0-9/._-]*\{number\}[A-Za-z0-9/._-]*",
    "a reference with {year} and then {number}, such as CTC/L/{year}/{number}",
)
_merge_name = f.matching(r"[a-z][a-z0-9_]{0,39}", "a field's name: small letters, digits and _")

ABOUT: tuple[Field, ...] = (
    Field("code", f.code),
    Field("title", f.texts),
    Field("organ", f.texts),
    Field("resolution", f.text),
    Field("draft_symbol", f.text),
    Field("draft_symbol_note", f.texts),
    Field("languages", f.many(f.one_of(*f.LANGUAGES), least=1)),
    Field("time_zone", f.zone),
    Field("duty_station", f.text),
    Field("settings", f.table(SETTINGS)),
    Field(
        "disclaimers",
        f.table([Field(each, f.many(f.texts, least=1)) for each in ("directory", "matrix")]),
    ),
    Field("human_rights_reminder", f.texts),
    Field("blank_note", f.texts),
    Field(
        "sources",
        f.many(
            f.table(
                [
                    Field("for", f.text, "file"),
                    Field("text", f.text),
                    Field("url", f.optional(_url)),
                ],
                records.Source,
            )
        ),
    ),
    Field("letter_reference", f.at_most(60, _reference), needed=False),
)

TIMETABLES: dict[str, tuple[Field, ...]] = {
    "meeting": (
        Field("anchor", f.one_of(*MEETING_KINDS)),
        Field("meeting", f.code),
        Field("offset", f.whole(-3650, 3650)),
        Field("unit", f.one_of(*UNITS)),
    ),
    "absolute": (Field("date", f.day, "on"),),
    "monthly": (Field("day", f.whole(1, 28)),),
    "continuing": (),
    "interval": (),
    "by_decision": (),
}


def _timetable(value: object) -> object:
    kind = value.get("kind") if isinstance(value, dict) else None
    if not isinstance(kind, str) or kind not in TIMETABLES:
        raise f.Unfit(f"must be an object whose kind is one of {', '.join(TIMETABLES)}")
    return f.table((Field("kind", f.text), *TIMETABLES[kind]), records.Timetable)(value)


_body = f.at_most(40, f.code)
_line = f.at_most(120)
_sentence = f.at_most(300)
_passage = f.at_most(500)

_numbered = (Field("code", f.code), Field("number", _order))
_note = Field("note", f.optional(_passage))
_marks = (Field("illustrative", f.flag, needed=False), Field("provider", f.flag, needed=False))


@dataclass(frozen=True, slots=True)
class File:
    """One file of a pack; `part` is the attribute of the Pack that its records become."""

    name: str
    part: str
    make: Callable[..., object]
    fields: tuple[Field, ...]
    needed: bool = False  # in a pack that builds on no other


FILES: tuple[File, ...] = (
    File(
        "obligations.json", "obligations", records.Obligation,
        (
            Field("code", f.at_most(12, f.code)),
            Field("paragraph", _order),
            Field("title", f.texts),
            Field("force", f.one_of(*FORCES)),
        ),
        needed=True,
    ),
    File(
        "areas.json", "areas", records.Area,
        (*_numbered, Field("title", f.texts)), needed=True,
    ),
    File(
        "headings.json", "headings", records.Heading,
        (*_numbered, Field("paragraph", _order), Field("title", f.texts)),
    ),
    File(
        "purposes.csv", "purposes", records.Purpose,
        (Field("code", f.code), Field("name", _line), _note),
    ),
    File(
        "dac_bodies.csv", "dac_bodies", records.DacBody,
        (
            Field("code", f.at_most(20, f.code)),
            Field("name", _line),
            Field("body", f.optional(f.code)),
        ),
    ),
    File(
        "crosswalks.csv", "crosswalks", records.Crosswalk,
        (
            Field("from_vocabulary", f.one_of(*VOCABULARIES)),
            Field("from_code", f.code),
            Field("to_vocabulary", f.one_of(*VOCABULARIES)),
            Field("to_code", f.code),
            Field("source", _sentence),
        ),
    ),
    File(
        "instruments.json", "instruments", records.Instrument,
        (
            *_numbered,
            Field("date", f.partly),
            Field("title", f.texts),
            Field("depositary", _line),
            Field("depositary_verified", f.flag),
            Field("source", f.optional(_passage)),
        ),
    ),
    File(
        "standards.json", "standards", records.Standard,
        (
            Field("code", f.code),
            Field("organisation", f.code),
            Field("title", f.texts),
            Field("date", f.optional(f.partly)),
            Field("edition", f.optional(f.text)),
            Field(
                "obligations",
                f.many(
                    f.table(
                        [Field("obligation", f.code), Field("pinpoint", f.optional(f.text))],
                        records.Pinpoint,
                    ),
                    least=1,
                ),
            ),
            Field("legal_nature", f.one_of(*LEGAL_NATURES)),
            Field("verified", f.flag),
            Field("source", f.optional(_passage)),
        ),
    ),
    File(
        "organisations.json", "organisations", records.Organisation,
        (
            Field("code", _body),
            Field("names", f.texts),
            Field("acronym", f.optional(f.at_most(40))),
            Field("kind", f.one_of(*ORGANISATION_KINDS)),
            Field("parent", f.optional(f.code)),
            Field("note", f.optional(_passage), needed=False),
            *_marks,
        ),
        needed=True,
    ),
    File(
        "states.json", "states", records.State,
        (
            Field("code", f.two_letters),
            Field("iso3", f.three_letters),
            Field("names", f.texts),
            Field("region", f.optional(f.code)),
            Field("subregion", f.optional(f.code)),
            Field("un_groups", f.many(f.code)),
            _note,
            *_marks,
        ),
        needed=True,
    ),
    File(
        "groups.csv", "groups", records.Grouping,
        (
            Field("kind", f.one_of(*GROUP_KINDS)),
            Field("code", f.code),
            Field("name", _line),
            Field("state", f.two_letters),
            _note,
        ),
    ),
    File(
        "memberships.csv", "memberships", records.Membership,
        (
            Field("organisation", f.code),
            Field("member", f.code),
            Field("role", f.one_of(*ROLES)),
            Field("from", f.optional(f.partly), "since"),
            Field("to", f.optional(f.partly), "until"),
            Field("source", _passage),
            Field("as_of", f.partly),
        ),
    ),
    File(
        "meetings.json", "meetings", records.Meeting,
        (
            Field("code", f.code),
            Field("kind", f.one_of(*MEETING_KINDS)),
            Field("number", _order),
            Field("title", f.texts),
            Field("from", f.partly, "starts"),
            Field("to", f.optional(f.partly), "ends"),
            Field("place", _line),
            Field("host", _line),
            Field("host_organisations", f.many(f.code)),
            Field("source", f.optional(_passage)),
            _note,
            Field("illustrative", f.flag, needed=False),
        ),
    ),
    File(
        "commitments.json", "commitments", records.Commitment,
        (
            *_numbered,
            Field("session", f.one_of("I", "II", "III")),
            Field("text", f.texts),
            Field("owners", f.many(f.text, least=1)),
            Field("addressed_to", f.many(f.code)),
            Field("timetable", _timetable),
            Field("adoption", f.one_of(*ADOPTIONS)),
            Field("served_by", f.many(_order)),
        ),
    ),
    File(
        "letters.json", "letters", records.LetterTemplate,
        (
            Field("code", f.code),
            Field("form", f.one_of(*LETTER_FORMS)),
            Field("purpose", f.one_of(*PURPOSES)),
            Field("title", f.texts),
            Field(
                "fields",
                f.many(
                    f.table(
                        [
                            Field("name", _merge_name),
                            Field("kind", f.one_of(*MERGE_KINDS)),
                            Field("label", f.texts),
                        ],
                        records.MergeField,
                    )
                ),
            ),
        ),
    ),
    File(
        "letter_wordings.json", "letter_wordings", records.LetterWording,
        (
            Field("template", f.code),
            Field("language", f.one_of(*f.LANGUAGES)),
            Field("address", f.many(f.at_most(120), least=1)),
            Field("subject", f.optional(f.at_most(300))),
            Field("opening", f.at_most(1000)),
            Field("paragraphs", f.many(f.at_most(2000), least=1)),
            Field("closing", f.at_most(1000)),
        ),
    ),
    File(
        "styles.csv", "styles", records.Style,
        (
            Field("body", _body),
            Field("language", f.one_of(*f.LANGUAGES)),
            Field("name", f.at_most(200)),
        ),
    ),
    File(
        "holidays.csv", "holidays", records.Holiday,
        (
            Field("duty_station", f.at_most(60)),
            Field("date", f.day),
            Field("name", _line),
            Field("source", _sentence),
        ),
    ),
)  # fmt: skip  # each file on its own line with its part and its record
