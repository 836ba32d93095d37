"""A file becomes entries, is given out and taken in again, and is undone as one: for every kind."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from clearinghouse.access.errors import Invalid, Stale
from clearinghouse.batches import actions, queries
from clearinghouse.batches.actions import applying
from clearinghouse.batches.models import Batch, Row
from clearinghouse.batches.queries.comparing import AGAIN, NO_SUCH, TAKEN
from clearinghouse.batches.rules.workflow import ANNOUNCED, TOGETHER, WORKFLOWS, State, Verdict
from clearinghouse.directory import actions as directory
from clearinghouse.directory.models import Entry
from clearinghouse.files import queries as files
from clearinghouse.ledger.models import Entry as Line
from clearinghouse.ledger.verify import verify
from clearinghouse.submissions import actions as submissions
from clearinghouse.submissions.models import Submission
from clearinghouse.submissions.rules.keys import KeyUsed
from clearinghouse.submissions.rules.kinds import Kind
from tests.batches.files import ENDINGS, Records, example, made, odd, several, staged
from tests.committee import Committee

EVERY = pytest.mark.parametrize("kind", sorted(TOGETHER))


def counts(batch: Batch) -> dict[str, int]:
    return {name: count for name, count in batch.counts.items() if count}


def applied(committee: Committee, kind: Kind, records: Records, key: str = "key-0") -> Batch:
    """Brought in and applied by those who may."""
    batch = staged(committee, kind, made(kind, "json", records), key)
    apply(committee, batch)
    return batch


def apply(committee: Committee, batch: Batch) -> None:
    author, office = committee.actor("focal_xio"), committee.actor("secretariat")
    if WORKFLOWS[Kind(batch.kind)] is ANNOUNCED:
        applying.apply(batch, by=author, now=committee.now)
    else:
        actions.hand_in(batch, by=author, now=committee.now)
        applying.apply(batch, by=office, now=committee.now)


def own(committee: Committee, kind: Kind) -> list[tuple[str, dict[str, Any]]]:
    by = committee.actor("focal_xio")
    found = queries.export(kind, committee.body("XIO"), by=by)
    return [(code, dict(said)) for code, said in found]


def lines() -> int:
    return Line.objects.unscoped("test").count()


def messages(batch: Batch) -> list[tuple[int, str, str]]:
    found = queries.rows_of(batch, Verdict.FAULTY)
    return [(row.number, fault[0], fault[2]) for row in found for fault in row.faults]


@EVERY
def test_a_file_becomes_entries_in_one_line(committee: Committee, kind: Kind) -> None:
    batch = staged(committee, kind, made(kind, "csv", several(kind)))
    assert (batch.state, counts(batch)) == (State.CHECKED, {"new": 3})
    assert own(committee, kind) == []
    before = lines()
    apply(committee, batch)
    assert lines() - before == (1 if WORKFLOWS[kind] is ANNOUNCED else 2)
    assert [said["reference"] for _, said in own(committee, kind)] == ["R-1", "R-2", "R-3"]
    listed = Submission.objects.unscoped("test").filter(kind=kind, state="listed")
    assert {one.entry for one in listed} == {code for code, _ in own(committee, kind)}
    assert verify() is None


@EVERY
def test_what_is_given_out_and_taken_in_again_changes_nothing(
    committee: Committee, kind: Kind
) -> None:
    """In every format; and one changed cell changes exactly that field, once it is applied."""
    applied(committee, kind, [*several(kind), ("", odd(kind))])
    before = own(committee, kind)
    for number, ending in enumerate(ENDINGS):
        again = staged(committee, kind, made(kind, ending, before), f"same-{number}")
        assert counts(again) == {"unchanged": 4}, ending
        with pytest.raises(Invalid):
            apply(committee, again)
        one_cell = [(code, dict(said)) for code, said in before]
        was, one_cell[1][1]["title"] = one_cell[1][1]["title"], {"en": f"Number two, {ending}"}
        changed = staged(committee, kind, made(kind, ending, one_cell), f"new-{number}")
        assert counts(changed) == {"changed": 1, "unchanged": 3}, ending
        row = queries.rows_of(changed, Verdict.CHANGED).get()
        assert row.was == {"title": was}
        assert row.content == dict(one_cell)[row.entry]
    apply(committee, changed)
    assert dict(own(committee, kind)) == dict(before) | {row.entry: row.content}
    assert verify() is None


@EVERY
def test_undone_as_one(committee: Committee, kind: Kind) -> None:
    applied(committee, kind, several(kind, 2))
    stood = own(committee, kind)
    mixed = [*stood[1:], ("", example(kind, title={"en": "One more"}))]
    mixed[0] = (mixed[0][0], mixed[0][1] | {"title": {"en": "Said otherwise"}})
    batch = staged(committee, kind, made(kind, "json", mixed))
    assert counts(batch) == {"new": 1, "changed": 1}
    apply(committee, batch)
    assert len(own(committee, kind)) == 3
    applying.undo(batch, by=committee.actor("focal_xio"), now=committee.now + timedelta(days=1))
    assert (batch.state, own(committee, kind)) == (State.UNDONE, stood)
    assert verify() is None


def test_an_undone_standard_has_the_editions_it_had(committee: Committee) -> None:
    first = example(Kind.STANDARD, edition="1st", issued="2001")
    applied(committee, Kind.STANDARD, [("", first)])
    [(code, said)] = own(committee, Kind.STANDARD)
    later = [(code, said | {"edition": "2nd", "issued": "2020"})]
    batch = applied(committee, Kind.STANDARD, later, "key-1")
    assert own(committee, Kind.STANDARD)[0][1]["edition"] == "2nd"
    applying.undo(batch, by=committee.actor("focal_xio"), now=committee.now)
    assert own(committee, Kind.STANDARD) == [(code, said)]
    assert verify() is None


def test_nothing_is_undone_under_what_was_built_on_it(committee: Committee) -> None:
    batch = applied(committee, Kind.GUIDANCE_NOTE, several(Kind.GUIDANCE_NOTE))
    author = committee.actor("focal_xio")
    entry = Entry.objects.visible_to(author).get(reference="R-2")
    directory.confirm(entry, by=author, now=committee.now)
    stood = own(committee, Kind.GUIDANCE_NOTE)
    with pytest.raises(Stale):
        applying.undo(batch, by=author, now=committee.now)
    assert own(committee, Kind.GUIDANCE_NOTE) == stood
    assert Batch.objects.visible_to(author).get().state == State.APPLIED


def test_what_has_changed_since_it_was_looked_at_is_not_overwritten(committee: Committee) -> None:
    kind = Kind.GUIDANCE_NOTE
    applied(committee, kind, several(kind))
    said = [(code, one | {"url": "https://example.org/new"}) for code, one in own(committee, kind)]
    batch = staged(committee, kind, made(kind, "json", said))
    author = committee.actor("focal_xio")
    entry = Entry.objects.visible_to(author).get(reference="R-3")
    directory.confirm(entry, by=author, now=committee.now)
    stood = own(committee, kind)
    with pytest.raises(Stale):
        apply(committee, batch)
    assert own(committee, kind) == stood


def test_the_same_key_is_the_same_batch(committee: Committee) -> None:
    file = made(Kind.STANDARD, "csv", several(Kind.STANDARD))
    first = staged(committee, Kind.STANDARD, file)
    before = lines()
    assert staged(committee, Kind.STANDARD, file).pk == first.pk
    assert lines() == before
    with pytest.raises(KeyUsed):
        staged(committee, Kind.STANDARD, replace(file, content=file.content + b"\n"))
    assert Row.objects.unscoped("test").count() == 3


def test_the_same_file_twice_changes_nothing(committee: Committee) -> None:
    """Even where its rows have no reference: they stand already, word by word."""
    rows = [("", example(Kind.STANDARD, title={"en": f"Code {n}"})) for n in range(3)]
    applied(committee, Kind.STANDARD, rows)
    again = staged(committee, Kind.STANDARD, made(Kind.STANDARD, "json", rows))
    assert counts(again) == {"unchanged": 3}


def test_a_reference_finds_the_entry_again(committee: Committee) -> None:
    kind = Kind.ASSISTANCE_PROGRAMME
    applied(committee, kind, several(kind))
    renamed = [("", said | {"unit": "Another"}) for _, said in several(kind)]
    batch = staged(committee, kind, made(kind, "xlsx", renamed))
    assert counts(batch) == {"changed": 3}


def test_a_column_that_a_file_leaves_out_stays_as_it_was(committee: Committee) -> None:
    kind = Kind.STANDARD
    applied(committee, kind, [("", example(kind, reference="A-1"))])
    narrow = b"reference;title[fr]\nA-1;Code\n"
    batch = staged(committee, kind, replace(made(kind, "csv", []), content=narrow))
    assert batch.read_as == {"encoding": "utf-8", "separator": "semicolons"}
    assert queries.rows_of(batch).get().was == {"title": {"en": "Illustrative text"}}


@pytest.mark.parametrize("which", ["foreign", "absent", "withdrawn"])
def test_one_entry_that_is_not_its_own_refuses_the_whole(committee: Committee, which: str) -> None:
    """Another's entry, one that never was and one that is gone are told alike."""
    kind = Kind.GUIDANCE_NOTE
    code = "absent" if which == "absent" else committee.entry(kind).code
    if which == "withdrawn":
        entry = Entry.objects.visible_to(committee.actor("focal_xio")).get(code=code)
        directory.withdraw(entry, "gone", by=committee.actor("focal_xio"), now=committee.now)
    foreign = which == "foreign"
    name, body = ("focal_xro", "XRO") if foreign else ("focal_xio", "XIO")
    rows = [*several(kind, 2), (code, example(kind, reference="R-9"))]
    batch = staged(committee, kind, made(kind, "csv", rows), name=name, body=body)
    assert counts(batch) == {"new": 2, "faulty": 1}
    assert messages(batch) == [(4, "entry", NO_SUCH)]
    before = lines()
    with pytest.raises(Invalid):
        actions.hand_in(batch, by=committee.actor(name), now=committee.now)
    assert lines() == before


def test_two_rows_of_one_entry_and_a_reference_that_is_taken(committee: Committee) -> None:
    kind = Kind.STANDARD
    applied(committee, kind, several(kind, 2))
    (one, first), (two, _) = own(committee, kind)
    rows = [(one, first), (one, first), (two, first)]
    batch = staged(committee, kind, made(kind, "csv", rows))
    assert [m for _, _, m in messages(batch)] == [AGAIN, TAKEN, AGAIN]


@pytest.mark.parametrize("extra", ["state", "listed", "body", "version", "status"])
def test_a_field_that_the_kind_does_not_have_is_named(committee: Committee, extra: str) -> None:
    said = example(Kind.STANDARD) | {extra: "XRO"}
    batch = staged(committee, Kind.STANDARD, made(Kind.STANDARD, "json", [("", said)]))
    row = queries.rows_of(batch, Verdict.FAULTY).get()
    assert [fault[1] for fault in row.faults] == [extra]
    assert batch.body == committee.body("XIO")


def test_rows_may_be_refused_with_reasons_and_the_rest_listed(committee: Committee) -> None:
    kind = Kind.STANDARD
    batch = staged(committee, kind, made(kind, "csv", several(kind)))
    actions.hand_in(batch, by=committee.actor("focal_xio"), now=committee.now)
    office = committee.actor("secretariat")
    applying.apply(batch, {3: "Say which edition."}, by=office, now=committee.now)
    assert counts(batch) == {"new": 2, "refused": 1}
    assert [said["reference"] for _, said in own(committee, kind)] == ["R-1", "R-3"]
    assert queries.rows_of(batch, Verdict.REFUSED).get().remark == "Say which edition."


def test_what_looks_alike_is_shown_and_merged_with_nothing(committee: Committee) -> None:
    standard = committee.standard()  # "Code of conduct", of XIO
    rows = [
        ("", example(Kind.STANDARD, title={"en": "Conduct at sea"})),
        ("", example(Kind.STANDARD, title={"en": "Something else entirely"})),
    ]
    file = made(Kind.STANDARD, "json", rows)
    batch = staged(committee, Kind.STANDARD, file, name="focal_xro", body="XRO")
    near, far = queries.rows_of(batch)
    assert (near.alike, far.alike) == ([], [])
    same = [("", example(Kind.STANDARD, title={"en": "CODE: of a Conduct"}))]
    file = made(Kind.STANDARD, "json", same)
    batch = staged(committee, Kind.STANDARD, file, "k2", name="focal_xro", body="XRO")
    row = queries.rows_of(batch).get()
    assert (row.verdict, row.alike) == (Verdict.NEW, [[standard.code, "title"]])


def test_what_is_under_way_elsewhere_is_shown_to_the_reviewer_alone(committee: Committee) -> None:
    draft = committee.submission(title={"en": "Draft of a code of conduct"})  # of XIO
    rows = [("", example(Kind.STANDARD, title={"en": "Draft of a code of conduct"}))]
    file = made(Kind.STANDARD, "json", rows)
    batch = staged(committee, Kind.STANDARD, file, name="focal_xro", body="XRO")
    office, found = committee.actor("secretariat"), list(queries.rows_of(batch))
    assert found[0].alike == []
    assert queries.alike_for_review(office, batch, found) == {}
    submissions.submit(draft, by=committee.actor("focal_xio"), now=committee.now)
    assert queries.alike_for_review(office, batch, found) == {
        found[0].number: [(str(draft.pk), "title")]
    }
    assert queries.alike_for_review(committee.actor("focal_xro"), batch, found) == {}


def test_the_original_file_is_kept(committee: Committee) -> None:
    file = made(Kind.STANDARD, "csv", several(Kind.STANDARD))
    batch = staged(committee, Kind.STANDARD, file)
    [kept] = files.files_of(batch)
    assert files.open_(kept) == file.content


def test_rows_of_a_killed_process_are_swept(committee: Committee) -> None:
    batch = staged(committee, Kind.STANDARD, made(Kind.STANDARD, "csv", several(Kind.STANDARD)))
    row = Row.objects.unscoped("test").first()
    assert row is not None
    row.pk, row.batch = None, "00000000-0000-4000-8000-000000000001"
    row.save()
    assert actions.sweep(committee.now) == 0
    assert actions.sweep(committee.now + timedelta(hours=2)) == 1
    assert queries.rows_of(batch).count() == 3
