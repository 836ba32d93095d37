"""Every kind, out and in again: the same to the letter; and a changed cell is one changed field."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest

from clearinghouse.batches.rules.difference import changes
from clearinghouse.submissions import actions as submissions
from clearinghouse.submissions.formats import examples, rows, sheets
from clearinghouse.submissions.formats.sheets import Told
from clearinghouse.submissions.queries import checking
from clearinghouse.submissions.rules import fields
from clearinghouse.submissions.rules.fields import Field, Known, Type
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Definition, Kind
from tests.batches.files import odd
from tests.committee import Committee
from tests.hostile.shown import Shown
from tests.web.desk import Desk, faults

KNOWN = Known(
    areas=frozenset({"customs", "legislation", "police"}),
    obligations=frozenset({"1(a)", "2(e)", "3(c)"}),
    providers=frozenset({"XIO", "XRO"}),
    states=frozenset({"XA", "XB", "XC"}),
    regions=frozenset({"africa", "asia"}),
)
WORDS = Told(say=str, example="Example", how=["How"], notes="Notes")
Records = Sequence[tuple[str, Mapping[str, Any]]]

# One-line texts that a table, a spreadsheet or a reader of either might take for something else.
TEXTS = (
    "=SUM(A1:B2)", "'=said", "''-1", "-1", "+1", "@here", "a;=b; c", "a;'=b", "007", "1e5", "1.0",
    "TRUE", "2026-05-04", "#N/A", "NULL", 'say "so", and so', "a, b", "a;b", "a\\;b", "a\\", "\\",
    "a\tb", "a  b", "_x0041_", "_x000D_", "<b>&amp;</b>", "{}", "[en]", "é ñ ü", "عربي", "中文",
    "👩‍👩‍👧", "a\u0085b", "a\u00a0b", ": a: b", "2026: a", "\ufeffa", "\uff1d1", "%(value)s %", "x" * 120,
)  # fmt: skip
PARAGRAPHS = (*TEXTS, "one\n\ntwo\n=three\n-four", "a\n;\nb", '"\n"')

Made = Callable[[Field], Any]
VALUES: dict[Type, Made] = {
    Type.TEXT: lambda each: [t for t in TEXTS if len(t) <= each.longest],
    Type.TEXTS: lambda _: [*({"en": t} for t in TEXTS), {"fr": "A", "ar": "=B"}],
    Type.LONG_TEXTS: lambda _: [*({"en": t} for t in PARAGRAPHS), {"ru": "A", "zh": "B\nC"}],
    Type.CHOICE: lambda each: list(each.choices),
    Type.NUMBER: lambda each: list(each.choices),
    Type.DATE: lambda _: ["1999", "2026-01", "2026-12-31"],
    Type.URL: lambda _: ["http://example.org/a;b,c?d=e&f=%20#g", "https://example.org/'=a"],
    Type.EMAIL: lambda _: ["=a+b@example.org", "-a@example.org", "'a@example.org"],
    Type.LANGUAGES: lambda _: [["ar"], ["zh", "en", "fr", "ru", "es", "ar"]],
    Type.AREA: lambda _: sorted(KNOWN.areas),
    Type.AREAS: lambda _: [["police"], ["police", "customs", "legislation"]],
    Type.STATE: lambda _: sorted(KNOWN.states),
    Type.STATES: lambda _: [["XB"], ["XC", "XA", "XB"]],
    Type.REGIONS: lambda _: [["asia"], ["asia", "africa"]],
    Type.PROVIDERS: lambda _: [["XIO"], ["XRO", "XIO"]],
    Type.OBLIGATIONS: lambda each: [
        [{"ref": "3(c)"}, {"ref": "1(a)"}],
        *([{"ref": "2(e)", "pinpoint": t}, {"ref": "1(a)"}] for t in TEXTS if each.pinpoints),
    ],
    Type.CHECKLIST: lambda each: [
        *({question: answer} for question in each.questions for answer in each.choices),
        dict.fromkeys(each.questions, list(each.choices)[-1]),
    ],
    Type.LINES: lambda _: [list(TEXTS), *([t, "after"] for t in TEXTS)],
    Type.MILESTONES: lambda _: [
        [{"date": "2026-05", "what": t}, {"date": "2027", "what": "after"}] for t in TEXTS
    ],
}


def _jsonl(_: Definition, records: Records) -> bytes:
    """As programs write it: every character as it is."""
    told = [{"entry": code} | dict(said) for code, said in records]
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in told).encode()


WRITERS: dict[str, Callable[[Definition, Records], bytes]] = {
    "csv": sheets.as_csv,
    "json": lambda _, records: sheets.as_json(records),
    "jsonl": _jsonl,
    "xlsx": lambda definition, records: sheets.as_xlsx(
        definition, records, KNOWN, WORDS, example=records[0][1]
    ),
}


def varied(definition: Definition, before: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each field in turn: with every value that differs, and left blank where it may be."""
    for each in definition.fields:
        own = before.get(each.name)
        found = [
            value
            for value in VALUES[each.type](each)
            if changes(definition, before, before | {each.name: value})  # no order of a set
        ]
        assert found, f"nothing to change {each.name} to"
        yield from ((each.name, value) for value in found)
        if not each.required and own is not None:
            yield each.name, None


def read_back(definition: Definition, ending: str, content: bytes) -> list[tuple[str, Any]]:
    """The code and the content of each row, as they would be kept."""
    name = f"own.{ending}"
    table = rows.read(definition, checking.type_of(name, content), content)
    assert not table.faults
    return [(row.entry, fields.clean(definition.fields, row.over({}))) for row in table.rows]


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("kind", Kind)
def test_each_changed_cell_is_exactly_one_changed_field(kind: Kind, ending: str) -> None:
    """And what was not changed comes back as it was, whatever it looks like in a table."""
    definition = DEFINITIONS[kind]
    before = examples.example(definition, KNOWN)
    changed = [("", None), *varied(definition, before)]
    said = [
        {n: v for n, v in (before | {f: value}).items() if v is not None} for f, value in changed
    ]
    records = [(f"code-{number}", one) for number, one in enumerate(said)]
    for one in said:
        assert fields.check(definition.fields, one, KNOWN) == []
    found = read_back(definition, ending, WRITERS[ending](definition, records))
    assert found == records
    for (name, _), (_, after) in zip(changed, found, strict=True):
        wanted = {name: before.get(name)} if name else {}
        assert changes(definition, before, after) == wanted, name


@pytest.mark.parametrize("kind", Kind)
def test_what_is_kept_is_what_a_table_can_hold(kind: Kind) -> None:
    """What programs write as numbers, twice or with more in it, is kept as a table says it."""
    definition = DEFINITIONS[kind]
    before = examples.example(definition, KNOWN)
    loose = {Type.DATE: 2026, Type.NUMBER: 2, Type.LINES: ["a", " a ", ""]}
    said = before | {f.name: loose[f.type] for f in definition.fields if f.type in loose}
    assert fields.check(definition.fields, said, KNOWN) == []
    kept = fields.clean(definition.fields, said)
    for ending in ("csv", "json"):
        content = WRITERS[ending](definition, [("code", kept)])
        assert read_back(definition, ending, content) == [("code", kept)], ending


@pytest.mark.parametrize("kind", Kind)
def test_what_is_said_twice_is_kept_once(kind: Kind) -> None:
    """A list of codes or of paragraphs; not lines, of which two may be alike."""
    all_ = DEFINITIONS[kind].fields
    once = {each.name: VALUES[each.type](each)[0] for each in all_ if each.type in fields.SETS}
    lines = {each.name: ["a", "a"] for each in all_ if each.type == Type.LINES}
    twice = {name: [*values, *values] for name, values in once.items()}
    assert fields.clean(all_, twice | lines) == once | lines


def test_the_same_paragraph_is_the_same_however_it_is_written() -> None:
    said = [{"ref": "1(a)", "pinpoint": "2"}, {"ref": "1(a)"}, {"pinpoint": "2 ", "ref": "1(a)"}]
    asked = (DEFINITIONS[Kind.STANDARD].field("obligations"),)
    assert fields.clean(asked, {"obligations": said}) == {"obligations": said[:2]}


def test_no_part_of_a_reference_is_unknown_and_kept() -> None:
    """What no table has a place for is refused by the checks, and not lost on the way."""
    definition = DEFINITIONS[Kind.STANDARD]
    odd = [{"ref": "1(a)", "listed": "yes"}]
    said = examples.example(definition, KNOWN) | {"obligations": odd}
    assert [fault.field for fault in fields.check(definition.fields, said, KNOWN)] == [
        "obligations"
    ]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_no_cell_can_hold_is_refused_before_it_is_lost(ending: str) -> None:
    """A cell of a spreadsheet ends at 32,767 characters: the longest list that is taken fits."""
    definition = DEFINITIONS[Kind.ASSISTANCE_ACTIVITY]
    before = examples.example(definition, KNOWN)
    for text in ("x" * 300, ";" * 300):
        fitting, found = [text], list[Any]()
        while not found:
            longest, fitting = fitting, [*fitting, text]
            found = fields.check(definition.fields, before | {"partners": fitting}, KNOWN)
        assert [fault.field for fault in found] == ["partners"]
        content = WRITERS[ending](definition, [("code", before | {"partners": longest})])
        assert read_back(definition, ending, content)[0][1]["partners"] == longest


@pytest.mark.parametrize("kind", Kind)
def test_a_form_sent_back_as_it_is_changes_nothing(committee: Committee, kind: Kind) -> None:
    """A need too, which comes one by one: by the form that its State is shown."""
    name, body = ("mission_xa", "XA") if kind == Kind.NEED else ("focal_xio", "XIO")
    by = committee.actor(name)
    made = submissions.draft(kind, committee.body(body), odd(kind), by=by, now=committee.now)
    kept, desk = dict(made.content), Desk(committee, name)
    page = desk.get("desk-submission-edit", made.pk).content.decode()
    (form,) = (f for f in Shown.of(page).forms if "version" in f.names)
    typed = {each.name: each.values for each in form.inputs.values()}
    answer = desk.post("desk-submission-edit", made.pk, **typed, do="save")
    assert answer.status_code == 303, faults(answer)
    made.refresh_from_db()
    assert changes(DEFINITIONS[kind], kept, made.content) == {}
    assert (made.content.keys(), made.version) == (kept.keys(), 2)
