"""A file made to do harm, at every door: answered with the place, and nothing is stored by halves."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from clearinghouse.batches import queries
from clearinghouse.batches.actions import errands
from clearinghouse.batches.models import Batch, Row
from clearinghouse.batches.rules.workflow import State
from clearinghouse.cli.main import main
from clearinghouse.files.models import StoredFile
from clearinghouse.submissions.rules.kinds import Kind
from tests.api.test_writes import Program, token
from tests.batches.activities import HEAD as PUBLISHED
from tests.batches.activities import activity
from tests.committee import NOW, Committee
from tests.files import samples
from tests.hostile.rows import written
from tests.web.desk import Desk, text

KIND = Kind.GUIDANCE_NOTE
HEAD = "title[en],summary[en],obligations,url"
NOTE = f"{HEAD}\nA note,What it is,1(a),https://example.org/\n"

MANY_ROWS = "row 100,001"
# What is sent, by its name and content, and what is said of it: one of several, parted by a bar.
# fmt: off
HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "a bomb":                ("f.xlsx", samples.zip_bomb(), "unpacks to more than"),
    "a bomb that lies":      ("f.xlsx", samples.lying_bomb(), "unpacks to more than|cannot be read|damaged"),
    "a far corner":          ("f.xlsx", samples.far_corner(), "row 1048576"),
    "formulas":              ("f.xlsx", samples.formula_everywhere(), "cell A1 holds a formula"),
    "laughs":                ("f.xlsx", samples.billion_laughs(), "document type"),
    "an entity outside":     ("f.xlsx", samples.outside_entity(), "document type"),
    "half a book":           ("f.xlsx", samples.xlsx()[:2000], "cannot be read|archive|damaged"),
    "a book of other cells": ("f.xlsx", samples.xlsx(), "no column|names of the columns"),
    "NUL":                   ("f.csv",  NOTE.encode() + b"\0,b\n", "Line 3 holds a NUL"),
    "a lone surrogate":      ("f.json", b'[{"title": {"en": "\\ud800"}}]', "Record 1 holds half of a character"),
    "half a name":           ("f.json", b'[{"title": {"en": "a"}, "\\udfff": 1}]', "Record 1 holds half of a character"),
    "a surrogate in bytes":  ("f.json", b'[{"title": {"en": "\xed\xa0\x80"}}]', "encoding|is not in the list|needed"),
    "lists for values":      ("f.json", b'[{"title": [], "areas": [[1]], "human_rights_check": {"remedies": []}}]', "is not in the list"),
    "a header twice":        ("f.csv",  b"title[en],title[en]\na,b\n", "stands here twice"),
    "an unknown column":     ("f.csv",  b"title[en],state_of\na,b\n", "no column"),
    "10,000 columns":        ("f.csv",  b"a," * 10_000 + b"b\n1\n", "10001 columns"),
    "a row of 10,000":       ("f.csv",  NOTE.encode() + b"," * 10_000 + b"\n", "Line 3 has 10001 columns"),
    "a cell of 200,000":     ("f.csv",  NOTE.encode() + b"a" * 200_000 + b",b\n", "Line 3 cannot be read"),
    "no header":             ("f.csv",  b"1,2,3\n4,5,6\n", "names of the columns"),
    "nothing":               ("f.csv",  b"", "empty|names of the columns"),
    "a header alone":        ("f.csv",  HEAD.encode() + b"\n", "no row"),
    MANY_ROWS:               ("f.csv",  b"title[en]\n" + b"a\n" * 100_001, "Row 100002"),
    "an open quotation":     ("f.csv",  NOTE.encode() + b'"a,b\n', "cannot be read"),
    "no JSON":               ("f.json", b'{"title": ', "Line 1 is no JSON"),
    "deep JSON":             ("f.json", b"[" * 100_000, "nested too deeply|no JSON"),
    "a number for a record": ("f.json", b"[1]", "no record"),
    "a record cut":          ("f.jsonl", b'{"title": {"en": "a"}}\n{"title": {"en', "Line 2 is no JSON"),
    "a PDF":                 ("f.pdf",  samples.PDF, "hold no rows|ending|type"),
    "activities cut":        ("f.xml",  (PUBLISHED + activity(1)).encode(), "hold no rows|Line|type"),
    "bytes":                 ("f.csv",  bytes(range(128, 256)) * 9, "encoding|names of the columns"),
    "UTF-16 cut":            ("f.csv",  NOTE.encode("utf-16")[:-1], "encoding"),
    "extra fields":          ("f.json", b'[{"title": {"en": "a"}, "state": "listed"}]', "“state” is not in the list"),
}
# fmt: on


@dataclass(frozen=True)
class Sent:
    """One file at one door."""

    committee: Committee
    name: str
    content: bytes
    folder: Path
    say: Callable[[], str]  # what was printed

    @property
    def upload(self) -> SimpleUploadedFile:
        return SimpleUploadedFile(self.name, self.content)

    @property
    def path(self) -> str:
        file = self.folder / self.name
        file.write_bytes(self.content)
        return str(file)


Told = tuple[bool, str]  # whether it was said in good order; and what was said


def at_the_checker(sent: Sent) -> Told:
    answer: Any = Client().post(f"/en/formats/{KIND.value}/", {"file": sent.upload})
    return answer.status_code in {200, 400}, text(answer)


def at_the_check_for_programs(sent: Sent) -> Told:
    answer: Any = Client().post(f"/api/v1/check/{KIND.value}", {"file": sent.upload})
    told = answer.json()
    found = told["faults"] if answer.status_code == 200 else told["errors"]
    return answer.status_code in {200, 400}, " ".join(fault["message"] for fault in found)


def at_the_desk(sent: Sent) -> Told:
    desk = Desk(sent.committee, "focal_xio")
    asked = {"kind": KIND.value, "body": "XIO", "key": "key-1", "file": sent.upload}
    answer = desk.post("desk-batches", **asked)
    if answer.status_code != 303:
        return answer.status_code == 400, text(answer)
    errands.do_next(lambda: sent.committee.now)
    return True, text(desk.client.get(answer["Location"]))  # type: ignore[arg-type]  # a page


def by_a_program(sent: Sent) -> Told:
    program = Program(token(sent.committee))
    asked = program.headers | {"Idempotency-Key": "key-1"}
    address = f"/api/v1/batches/{KIND.value}"
    answer: Any = program.client.post(address, {"file": sent.upload}, headers=asked)
    if answer.status_code == 202:
        errands.do_next(lambda: sent.committee.now)
        answer = program.client.get(answer["Location"], headers=program.headers)
    told = answer.json()
    found = [*told.get("faults", ()), *told.get("errors", ())]
    said = [fault["message"] for fault in found]
    in_order = answer.status_code in {200, 400}
    return in_order, " ".join([*said, *told.get("given_up", ()), str(answer.status_code)])


def at_the_command(sent: Sent) -> Told:
    return main(["check", KIND.value, sent.path]) == 1, sent.say()


def at_the_command_that_brings_in(sent: Sent) -> Told:
    return main(["import", KIND.value, sent.path, "--as", "XIO"]) == 1, sent.say()


DOORS: tuple[Callable[[Sent], Told], ...] = (
    at_the_checker, at_the_check_for_programs, at_the_desk, by_a_program, at_the_command,
    at_the_command_that_brings_in,
)  # fmt: skip
STORE = {at_the_desk, by_a_program, at_the_command_that_brings_in}


@pytest.mark.parametrize("door", DOORS)
def test_a_hostile_file_is_answered_with_its_place(
    committee: Committee,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    door: Callable[[Sent], Told],
) -> None:
    """What is refused leaves nothing; what is kept to be corrected is there whole, and goes nowhere."""
    for what, (name, content, wanted) in HOSTILE.items():
        if what == MANY_ROWS and door is not at_the_checker:
            continue  # it takes seconds; the reading is the same
        before = written()
        said = lambda: "".join(capsys.readouterr())  # noqa: E731  # both streams, read once
        with transaction.atomic(), time_machine.travel(NOW, tick=False):
            in_order, told = door(Sent(committee, name, content, tmp_path, said))
            assert in_order, (what, told[:2000])
            assert any(part in told for part in wanted.split("|")), (what, told[:2000])
            if door not in STORE:
                assert written() == before, what
            _is_whole(what)
            transaction.set_rollback(True)


def _is_whole(what: str) -> None:
    """No row without its batch, no batch without its file, and every row accounted for."""
    batches = list(Batch.objects.unscoped("test"))
    assert Row.objects.unscoped("test").count() == sum(sum(b.counts.values()) for b in batches)
    assert StoredFile.objects.unscoped("test").count() == len(batches), what
    for batch in batches:
        assert batch.state in {State.CHECKED, State.UNREAD}, what
        assert not queries.is_whole(batch), what
