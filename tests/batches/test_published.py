"""A donor's file comes in whole or not at all, is gone on with after a kill, and is kept up."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from clearinghouse.access.actor import OPERATOR
from clearinghouse.access.errors import Refused, Stale, Unseen
from clearinghouse.batches import actions, queries
from clearinghouse.batches.actions import For, applying, publishing
from clearinghouse.batches.actions.publishing import BroughtIn, Hearing
from clearinghouse.batches.models import Batch, Reading, Row
from clearinghouse.batches.queries import published as comparison
from clearinghouse.batches.rules.workflow import State
from clearinghouse.cli.main import main
from clearinghouse.directory.queries import owned
from clearinghouse.files import queries as files
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.ledger.models import Entry as Line
from clearinghouse.ledger.verify import verify
from clearinghouse.submissions.rules.keys import KeyUsed
from clearinghouse.submissions.rules.kinds import Kind
from tests.batches.activities import HEAD, TAIL, activity, brought_in, published
from tests.committee import Committee

KIND = Kind.ASSISTANCE_ACTIVITY
LATER = "2025-02-01T00:00:00Z"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of two activities, so that a file of some has several."""
    monkeypatch.setattr(comparison, "SOME", 2)


def counts(done: BroughtIn) -> dict[str, int]:
    return {name: count for name, count in done.batch.counts.items() if count}


def apply(committee: Committee, batch: Batch) -> None:
    actions.hand_in(batch, by=OPERATOR, now=committee.now)
    applying.apply(batch, by=committee.actor("secretariat"), now=committee.now)


def own(committee: Committee) -> list[dict[str, Any]]:
    found = queries.export(KIND, committee.body("XIO"), by=committee.actor("focal_xio"))
    return [dict(said) for _, said in found]


def left() -> tuple[int, int, int, int]:
    """Lines of the record, batches, rows, readings."""
    tables = (Line, Batch, Row, Reading)
    lines, batches, rows, readings = (t.objects.unscoped("test").count() for t in tables)
    return lines, batches, rows, readings


def rows() -> list[tuple[Any, ...]]:
    """All that is kept of rows, but for when."""
    columns = ("batch", "number", "verdict", "entry", "seen", "content", "was", "stood", "alike")
    return list(Row.objects.unscoped("test").order_by("number").values_list(*columns))


def test_it_is_handed_in_reviewed_and_applied_like_any_batch(
    committee: Committee, tmp_path: Path
) -> None:
    done = brought_in(committee, published(tmp_path, [activity(1), activity(2)]))
    assert (done.batch.state, counts(done)) == (State.CHECKED, {"new": 2})
    assert own(committee) == []
    apply(committee, done.batch)
    [first, second] = own(committee)
    assert (first["reference"], second["reference"]) == ("XM-1", "XM-2")
    assert first["areas"] == ["customs"]
    assert len(owned(committee.body("XIO"), KIND)) == 2
    assert verify() is None


def test_the_same_file_again_is_the_same_batch(committee: Committee, tmp_path: Path) -> None:
    file = published(tmp_path, [activity(1)])
    first = brought_in(committee, file)
    before = left()
    again = brought_in(committee, file)
    assert (again.batch, again.again, left()) == (first.batch, True, before)


def test_a_key_is_of_one_file(committee: Committee, tmp_path: Path) -> None:
    brought_in(committee, published(tmp_path, [activity(1)]), "k")
    with pytest.raises(KeyUsed):
        brought_in(committee, published(tmp_path, [activity(2)]), "k")


def test_identifier_and_moment_say_what_is_new(committee: Committee, tmp_path: Path) -> None:
    """Newer: changed where it says something else. Older or the same: unchanged, whatever it says."""
    first = brought_in(committee, published(tmp_path, [activity(n) for n in range(1, 5)]))
    apply(committee, first.batch)
    status = '<activity-status code="2"/>'
    second = [
        activity(1, status, updated=LATER),
        activity(2, status),
        activity(3, status, updated="2024-01-01T00:00:00Z"),
        activity(4, updated=LATER),
        activity(5),
    ]
    done = brought_in(committee, published(tmp_path, second))
    assert counts(done) == {"new": 1, "changed": 2, "unchanged": 2}
    changed = {row.content["reference"]: row.was for row in queries.rows_of(done.batch) if row.was}
    assert changed == {
        "XM-1": {"standing": None, "updated": "2025-01-01T00:00:00+00:00"},
        "XM-4": {"updated": "2025-01-01T00:00:00+00:00"},
    }
    apply(committee, done.batch)
    assert [one.get("standing") for one in own(committee)] == ["under_way", *[None] * 4]
    assert verify() is None


def test_what_was_not_understood_stands_with_the_batch(
    committee: Committee, tmp_path: Path
) -> None:
    strange = activity(2, sector="11110")
    done = brought_in(committee, published(tmp_path, [activity(1, "<result/>"), strange]))
    [kept] = files.files_of(done.batch)
    said = files.open_(kept).decode()
    assert '"element result": [1, 5]' in said
    assert "whose sectors bear on no paragraph" in said
    assert counts(done) == {"new": 1}


def test_one_that_cannot_be_taken_does_not_keep_out_the_others(
    committee: Committee, tmp_path: Path
) -> None:
    nameless = activity(2).replace("<iati-identifier>XM-2</iati-identifier>", "")
    done = brought_in(committee, published(tmp_path, [activity(1), nameless, activity(1)]))
    assert counts(done) == {"new": 1}
    told = "\n".join(done.notes.told())
    assert "without an identifier" in told
    assert "Row 1 is of the same entry." in told


class Killed(BaseException):
    """As a process ends that nobody asks."""


def killed(committee: Committee, file: Path, after: int) -> None:
    """A run that ends when it has looked at the clock so many times."""
    times = iter(range(after))

    def clock() -> Any:
        if next(times, None) is None:
            raise Killed
        return committee.now

    asked = For(body=committee.body("XIO"), key="", instrument="a test")
    publishing.bring_in(file, asked, Hearing(clock=clock), by=OPERATOR)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("after", range(7))
def test_killed_anywhere_it_goes_on_to_the_same_rows(
    committee: Committee, tmp_path: Path, after: int
) -> None:
    some = [activity(n, "<result/>" * (n % 3)) for n in (1, 2, 3, 4, 5, 1, 7)]
    file = published(tmp_path, [*some, activity(8, sector="11110")])
    with transaction.atomic():
        whole = brought_in(committee, file)
        wanted, told = rows(), whole.notes.told()
        transaction.set_rollback(True)
    with pytest.raises(Killed):
        killed(committee, file, after)
    assert left()[1] == 0
    resumed = brought_in(committee, file)
    assert resumed.went_on_from == max(0, after - 2) * 2
    assert (rows(), resumed.notes.told(), counts(resumed)) == (wanted, told, counts(whole))
    assert len(wanted) == 6


@pytest.mark.usefixtures("small")
def test_the_sweep_leaves_what_can_be_gone_on_with(committee: Committee, tmp_path: Path) -> None:
    file = published(tmp_path, [activity(n) for n in range(1, 6)])
    with pytest.raises(Killed):
        killed(committee, file, 4)
    assert actions.sweep(committee.now + timedelta(days=1)) == 0
    assert actions.sweep(committee.now + actions.PATIENCE + timedelta(hours=1)) == 4
    assert left()[2:] == (0, 0)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("look", "readings"), [(2, 1), (3, 0), (4, 0)])
def test_two_processes_do_not_bring_in_one_file(
    committee: Committee, tmp_path: Path, look: int, readings: int
) -> None:
    """Another one is done with it while this one looks at the clock: nothing is there twice."""
    file = published(tmp_path, [activity(n) for n in range(1, 6)])
    between = iter([*[False] * (look - 1), True])

    def clock() -> Any:
        if next(between, False):
            brought_in(committee, file)
        return committee.now

    asked = For(body=committee.body("XIO"), key="", instrument="a test")
    with pytest.raises(Stale):
        publishing.bring_in(file, asked, Hearing(clock=clock), by=OPERATOR)
    assert left()[1:] == (1, 5, readings)
    assert brought_in(committee, file).again


MANY = "".join(activity(n) for n in range(1, 4))
LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE: dict[str, tuple[str | bytes, str]] = {
    "nothing": (b"\n", "Line 2"),
    "no markup": ("hello", "Line 1"),
    "cut in the middle": (HEAD + MANY + activity(4)[:150], "Line 16"),
    "cut between two": (HEAD + MANY, "Line 15"),
    "an entity from outside": (
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<iati-activities>'
        + activity(1, "<title>&x;</title>")
        + TAIL,
        "Line 2",
    ),
    "billion laughs": (
        f'<!DOCTYPE a [<!ENTITY l0 "lol">{LOL}]>\n<iati-activities>&l9;{TAIL}',
        "Line 2",
    ),
    "laughs in an attribute": (
        f'<!DOCTYPE a [<!ENTITY l0 "lol">{LOL}]>\n<iati-activities a="&l9;">{TAIL}',
        "Line",
    ),
    "a document type elsewhere": (
        f'<!DOCTYPE a SYSTEM "http://192.0.2.1/x.dtd">\n<iati-activities>{TAIL}',
        "Line 2",
    ),
    "a NUL": (HEAD + MANY + "\0" + TAIL, "Line 15"),
    "a NUL written out": (HEAD + MANY + "&#0;" + TAIL, "Line 15"),
    "a wrong encoding": ((HEAD + MANY + "é").encode("latin-1") + TAIL.encode(), "Line 15"),
    "no such encoding": (HEAD.replace("UTF-8", "x-none") + MANY + TAIL, "Line 1"),
    "a lone surrogate": (HEAD + MANY + "&#xD800;" + TAIL, "Line 15"),
    "an attribute of 11 MB": (HEAD + MANY + f'<a b="{"x" * 11_000_000}"/>' + TAIL, "Line 16"),
    "a text of 11 MB": (HEAD + MANY + f"<a>{'x' * 11_000_000}</a>" + TAIL, "Line 15"),
    "very deep": (HEAD + MANY + "<a>" * 5000 + TAIL, "Line 15"),
    "another root": ("<rss><channel/></rss>", "“rss”"),
    "no activity": (HEAD + TAIL, "no activity"),
    "none that bears on it": (HEAD + activity(1, sector="11110") + TAIL, "bears on"),
}


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_naming_the_line(
    committee: Committee, tmp_path: Path, name: str
) -> None:
    content, place = HOSTILE[name]
    assert committee.accounts
    before = left()
    with pytest.raises(Unfit) as refused:
        brought_in(committee, published(tmp_path, whole=content))
    assert place in str(refused.value)
    assert left() == before


ODD: dict[str, str] = {
    "a code": f'<recipient-country code="{"x" * 100_000}"/>',
    "a name": f"<participating-org><narrative>{'y' * 100_000}</narrative></participating-org>",
    "a share": '<recipient-country code="XA" percentage="NaN"/>',
    "an amount": '<budget><value currency="EUR">1e999</value></budget>',
    "a date": '<activity-date type="1" iso-date="0000-99-99"/>',
    "marks of direction": "<title xml:lang='fr'>\u202eabc\u2066</title>",
    "a status": '<activity-status code="&lt;script&gt;"/>',
    "no code": "<sector/><recipient-country/><recipient-region/><transaction/>",
    "inside out": "<title><title><narrative>a</narrative></title></title>",
    "a namespace": '<o:title xmlns:o="urn:o">b</o:title>',
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_value_costs_itself_alone(committee: Committee, tmp_path: Path, name: str) -> None:
    done = brought_in(committee, published(tmp_path, [activity(1, ODD[name]), activity(2)]))
    assert counts(done) == {"new": 2}
    apply(committee, done.batch)
    assert [one["reference"] for one in own(committee)] == ["XM-1", "XM-2"]


def test_other_encodings_are_read_as_they_say(committee: Committee, tmp_path: Path) -> None:
    accent = activity(1, '<title xml:lang="fr">Activité</title>')
    for encoding in ("ISO-8859-1", "UTF-16", "windows-1252"):
        whole = (HEAD.replace("UTF-8", encoding) + accent + TAIL).encode(encoding)
        done = brought_in(committee, published(tmp_path, whole=whole))
        [row] = queries.rows_of(done.batch)
        assert row.content["title"]["fr"] == "Activité"


@pytest.mark.parametrize(
    ("name", "body", "refusal"),
    [("focal_xro", "XIO", Refused), ("expert", "XIO", Refused), ("mission_xa", "XB", Refused)],
)
def test_nobody_brings_in_for_another(
    committee: Committee, tmp_path: Path, name: str, body: str, refusal: type[Exception]
) -> None:
    file, asked = published(tmp_path, [activity(1)]), For(body=committee.body(body), key="k")
    hearing = Hearing(clock=lambda: committee.now)
    with pytest.raises((refusal, Unseen)):
        publishing.bring_in(file, asked, hearing, by=committee.actor(name))
    assert left()[1:] == (0, 0, 0)


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Any:
    return lambda: capsys.readouterr().out


def test_the_command_hands_in_and_reports(committee: Committee, tmp_path: Path, told: Any) -> None:
    assert committee.accounts
    file = str(published(tmp_path, [activity(1, "<result/>")]))
    assert main(["import", "iati", file, "--as", "XIO", "--dry-run"]) == 0
    assert left()[1:] == (0, 0, 0)
    assert main(["import", "iati", file, "--as", "XIO"]) == 0
    said = told()
    assert said.count("activities.xml: 1 new") == 2
    assert "element result: 1, first on line 5" in said
    [batch] = Batch.objects.unscoped("test")
    assert (batch.state, batch.instrument) == (State.SUBMITTED, "brought in from the command line")
    assert f"batch {batch.pk}: submitted" in said


@pytest.mark.parametrize("words", [[], ["--as", "XQQ"]])
def test_the_command_wants_a_body(committee: Committee, tmp_path: Path, words: list[str]) -> None:
    assert committee.accounts
    assert main(["import", "iati", str(published(tmp_path, [activity(1)])), *words]) == 1
    assert left()[1:] == (0, 0, 0)


def test_a_cut_file_is_refused_at_the_command(
    committee: Committee, tmp_path: Path, told: Any
) -> None:
    assert committee.accounts
    file = published(tmp_path, whole=HEAD + activity(1))
    assert main(["import", "iati", str(file), "--as", "XIO"]) == 1
    assert "Line 7" in told()
