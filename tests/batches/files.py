"""Files of rows as a body would bring them, in each format."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from clearinghouse.batches import actions
from clearinghouse.batches.actions import For
from clearinghouse.batches.models import Batch
from clearinghouse.files.actions import Offered
from clearinghouse.submissions.formats import examples, sheets
from clearinghouse.submissions.formats.sheets import Told
from clearinghouse.submissions.queries import known
from clearinghouse.submissions.rules.fields import Field, Type
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from tests.committee import Committee

TOLD = Told(say=str, example="Example", how=["How"], notes="Notes")
Records = Sequence[tuple[str, Mapping[str, Any]]]
ENDINGS = ("json", "jsonl", "csv", "xlsx")


def made(kind: Kind, ending: str, records: Records) -> Offered:
    """These records as a file with that ending."""
    return Offered(name=f"own.{ending}", content=MAKERS[ending](kind, records))


def _jsonl(_: Kind, records: Records) -> bytes:
    lines = [({"entry": code} if code else {}) | dict(said) for code, said in records]
    return "\n".join(json.dumps(line) for line in lines).encode()


MAKERS: Mapping[str, Callable[[Kind, Records], bytes]] = {
    "json": lambda _kind, records: sheets.as_json(records),
    "jsonl": _jsonl,
    "csv": lambda kind, records: sheets.as_csv(DEFINITIONS[kind], records),
    "xlsx": lambda kind, records: sheets.as_xlsx(
        DEFINITIONS[kind], records, known(), TOLD, example=example(kind)
    ),
}


def example(kind: Kind, **said: Any) -> dict[str, Any]:
    """A sound record of the kind, without a reference unless one is said."""
    found = examples.example(DEFINITIONS[kind], known())
    found.pop("reference", None)
    return found | said


# What a table, a spreadsheet or a form might take for something else.
ODD: Mapping[Type, Callable[[Field], Any]] = {
    Type.TEXTS: lambda _: {"en": '=a "b" <i>; c', "ar": "عربي"},
    Type.LONG_TEXTS: lambda _: {"en": "one\n\n- two\n</textarea>", "fr": "'=é"},
    Type.LINES: lambda _: ["a; b", "c\\", "=d"],
    Type.MILESTONES: lambda _: [{"date": "2026-05", "what": "a; b: c"}],
    Type.CHECKLIST: lambda each: {next(iter(each.questions)): "no"},
}


def odd(kind: Kind) -> dict[str, Any]:
    """A sound record whose values are the oddest there can be."""
    all_ = DEFINITIONS[kind].fields
    return example(kind) | {each.name: ODD[each.type](each) for each in all_ if each.type in ODD}


def several(kind: Kind, count: int = 3) -> list[tuple[str, dict[str, Any]]]:
    """Records that differ in title and reference."""
    return [
        ("", example(kind, title={"en": f"Entry number {n}"}, reference=f"R-{n}"))
        for n in range(1, count + 1)
    ]


def staged(
    committee: Committee,
    kind: Kind,
    offered: Offered,
    key: str = "key-1",
    *,
    name: str = "focal_xio",
    body: str = "XIO",
) -> Batch:
    asked = For(body=committee.body(body), key=key)
    return actions.stage(kind, asked, offered, by=committee.actor(name), now=committee.now)
