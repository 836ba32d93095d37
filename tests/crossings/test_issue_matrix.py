"""The matrix goes out once a month: on time or late, cleared by both, whoever asks and how often."""

import multiprocessing
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections

from clearinghouse.access.actor import CLOCK
from clearinghouse.circulars import actions as circulars
from clearinghouse.circulars.models import Clearance, FrozenNeed, Issue, Rendition
from clearinghouse.circulars.queries import cutting, document, frozen, issues, rendition
from clearinghouse.circulars.rules import FULL, MEMBER, PUBLIC, Audience, Office, Sight
from clearinghouse.crossings import issue_matrix, tick
from clearinghouse.documents import delimited
from clearinghouse.kernel.calendar import add_months, midnight_of
from clearinghouse.kernel.canonical import canonical, digest
from clearinghouse.ledger import verify
from clearinghouse.ledger.models import Entry
from clearinghouse.needs import actions as needs
from clearinghouse.needs.rules import Consent
from clearinghouse.notices import actions as outbox
from clearinghouse.standards.models import Standard
from tests.committee import Committee, found_committee
from tests.crossings.april import (
    APRIL,
    DAY,
    FREEZES,
    MAY,
    OPENS,
    SECOND,
    clear,
    cleared,
    enlist,
    issue,
    notices,
)


def months() -> set[date]:
    return issues.months()


# ── when ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("committee")
def test_a_new_installation_begins_with_the_coming_month() -> None:
    assert not issue_matrix.run(OPENS - SECOND).anything
    assert months() == set()
    assert issue_matrix.run(OPENS).opened == ["2025-04"]


@pytest.mark.usefixtures("committee")
def test_an_installation_made_after_the_1st_does_not_issue_the_month_begun() -> None:
    assert not issue_matrix.run(FREEZES + DAY).anything
    assert months() == set()


def test_it_goes_out_at_midnight_in_new_york_and_not_before(committee: Committee) -> None:
    cleared(committee)
    assert not issue_matrix.run(FREEZES - SECOND).anything
    done = issue_matrix.run(FREEZES)
    assert (done.frozen, done.issued) == (["2025-04"], ["2025-04"])
    assert (issue().frozen_at, issue().issued_at, issue().late) == (FREEZES, FREEZES, False)


def test_asking_again_does_nothing_more(committee: Committee) -> None:
    enlist(committee, ["chair", "expert"])
    cleared(committee)
    issue_matrix.run(FREEZES)
    lines = Entry.objects.unscoped("the test counts").count()
    assert not issue_matrix.run(FREEZES).anything
    assert not issue_matrix.run(FREEZES - timedelta(minutes=30)).anything  # the clock stepped back
    assert Entry.objects.unscoped("the test counts").count() == lines
    assert len(notices()) == 2


def test_later_on_the_1st_is_not_late(committee: Committee) -> None:
    cleared(committee)
    issue_matrix.run(FREEZES + DAY - SECOND)
    assert not issue().late


def test_after_the_1st_it_is_late_dated_for_its_month_and_says_when_it_was_frozen(
    committee: Committee,
) -> None:
    cleared(committee)
    committee.need("XB", consent=Consent.PUBLIC)
    three = FREEZES + 2 * DAY + timedelta(hours=10)
    assert issue_matrix.run(three).issued == ["2025-04"]
    made = issue()
    assert (made.late, made.month, made.frozen_at) == (True, APRIL, three)
    page = document.render(rendition.copy_for(made, PUBLIC), "html", "en")[0].decode()
    assert "Issued late" in page
    assert "3 April 2025, 10:00 New York" in page
    assert "April 2025" in page
    assert not issue_matrix.run(three + SECOND).anything


def test_months_missed_are_each_issued_once_and_none_is_skipped(committee: Committee) -> None:
    enlist(committee, ["chair", "secretariat"])
    cleared(committee)
    august = FREEZES + 130 * DAY
    done = issue_matrix.run(august)
    missed = ["2025-05", "2025-06", "2025-07", "2025-08"]
    assert done.opened == missed
    assert done.issued == ["2025-04"]
    assert done.waiting == missed  # an Expert's clearance never stands
    for month in sorted(months()):
        if month != APRIL:
            clear(committee, Office.EXPERT, issue(month))
    assert issue_matrix.run(august + DAY).issued == missed
    made = Issue.objects.unscoped("the test looks")
    assert {i.number: i.late for i in made} == dict.fromkeys(["2025-04", *missed], True)
    told = Counter(n.cause for n in notices())
    assert set(told.values()) == {2}
    assert len(told) == 5


def test_a_draft_opened_too_far_ahead_does_not_make_the_clock_skip_a_month(
    committee: Committee,
) -> None:
    cleared(committee)
    by = committee.actor("secretariat")
    circulars.open_draft(date(2025, 7, 1), by=by, now=OPENS)
    assert issue_matrix.run(FREEZES + 50 * DAY).opened == ["2025-05"]
    assert issue_matrix.run(FREEZES + 85 * DAY).opened == ["2025-06"]


@pytest.mark.usefixtures("committee")
def test_in_three_years_every_month_is_frozen_at_its_own_midnight() -> None:
    issue_matrix.run(OPENS)
    firsts = [add_months(APRIL, n) for n in range(36)]
    moments = [midnight_of(first) for first in firsts]
    assert {m.hour for m in moments} == {4, 5}  # summer and winter time
    for first, moment in zip(firsts, moments, strict=True):
        assert issue_matrix.run(moment - SECOND).frozen == []
        assert issue_matrix.run(moment).frozen == [f"{first:%Y-%m}"]
    assert months() == set(firsts)


# ── with whose clearance ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("given", [None, Office.CHAIR, Office.EXPERT])
def test_without_both_clearances_it_freezes_waits_and_says_so_once(
    committee: Committee, given: Office | None
) -> None:
    enlist(committee, ["member_xb"])
    issue_matrix.run(OPENS)
    if given:
        clear(committee, given, issue())
    done = issue_matrix.run(FREEZES)
    assert (done.frozen, done.issued, done.waiting) == (["2025-04"], [], ["2025-04"])
    issue_matrix.run(FREEZES + DAY)
    waits = notices("matrix.waits")
    who = {"chair", "expert", "secretariat", "secretariat_2"}
    assert sorted(str(n.recipient) for n in waits) == sorted(
        str(committee.seats[name].pk) for name in who
    )
    assert notices() == []


def test_it_goes_out_when_it_has_been_cleared_as_it_was_frozen(committee: Committee) -> None:
    enlist(committee, ["member_xb"])
    issue_matrix.run(OPENS)
    clear(committee, Office.CHAIR, issue())
    issue_matrix.run(FREEZES)
    committee.need("XA", consent=Consent.PUBLIC)  # too late for April
    clear(committee, Office.EXPERT, issue())
    assert issue_matrix.run(FREEZES + 4 * DAY).issued == ["2025-04"]
    made = issue()
    assert (made.late, made.frozen_at) == (False, FREEZES)
    assert rendition.copy_for(made, FULL).rows == []
    assert len(notices()) == 1


def test_a_revoked_standing_clearance_holds_the_next_issue(committee: Committee) -> None:
    cleared(committee)
    issue_matrix.run(FREEZES)
    standing = Clearance.objects.unscoped("the test looks").get(issue__isnull=True)
    circulars.revoke(standing, by=committee.actor("chair"), now=FREEZES + DAY)
    assert issue().state == "issued"  # what went out stays out
    issue_matrix.run(FREEZES + 25 * DAY)
    clear(committee, Office.EXPERT, issue(MAY))
    assert issue_matrix.run(midnight_of(MAY)).waiting == ["2025-05"]
    clear(committee, Office.CHAIR, issue(MAY))
    assert issue_matrix.run(midnight_of(MAY) + DAY).issued == ["2025-05"]


# ── many clocks ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def own_committee(own_database: str) -> Iterator[Committee]:
    """Committed, so that threads and processes meet in it."""
    assert own_database
    made = found_committee()
    enlist(made, ["chair", "expert", "member_xb"])
    cleared(made)
    yield made
    connections.close_all()


def _ask(together: Barrier, moment: datetime, said: list[str]) -> None:
    together.wait()
    try:
        issue_matrix.run(moment)
        tick.mark_stale(moment)
    except Exception as why:  # noqa: BLE001  # whatever a thread meets is the test's to see
        said.append(repr(why))
    finally:
        connections.close_all()


def test_four_threads_at_once_issue_it_once(own_committee: Committee) -> None:
    own_committee.standard()
    together, said = Barrier(4), list[str]()
    year_later = FREEZES + 400 * DAY  # entries have gone stale as well
    clocks = [Thread(target=_ask, args=(together, year_later, said)) for _ in range(4)]
    for each in clocks:
        each.start()
    for each in clocks:
        each.join()
    assert said == []
    lines = Entry.objects.unscoped("the test counts")
    assert lines.filter(verb="circulars.issued").count() == 1
    assert lines.filter(verb="circulars.opened").count() == len(months()) == 14
    stale = Standard.objects.unscoped("the test counts").filter(status="stale").count()
    assert stale == lines.filter(verb="standards.went_stale").count() == 1
    assert len(notices()) == 3
    assert verify.verify() is None


def _issue_in_a_process(moment: datetime) -> None:
    issue_matrix.run(moment)


@pytest.mark.usefixtures("own_committee")
def test_three_processes_at_once_issue_it_once() -> None:
    connections.close_all()
    processes = multiprocessing.get_context("fork")
    clocks = [processes.Process(target=_issue_in_a_process, args=(FREEZES,)) for _ in range(3)]
    for each in clocks:
        each.start()
    for each in clocks:
        each.join()
    assert [each.exitcode for each in clocks] == [0, 0, 0]
    lines = Entry.objects.unscoped("the test counts")
    assert lines.filter(verb="circulars.issued").count() == 1
    assert len(notices()) == 3


@pytest.mark.usefixtures("own_committee")
def test_a_crash_after_freezing_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("the lights went out")

    monkeypatch.setattr(outbox, "tell", dies)
    with pytest.raises(RuntimeError, match="lights"):
        issue_matrix.run(FREEZES)
    assert issue().state == "draft"
    assert not FrozenNeed.objects.unscoped("the test looks").exists()
    monkeypatch.undo()
    assert issue_matrix.run(FREEZES + SECOND).issued == ["2025-04"]


# ── what each reader is shown ───────────────────────────────────────────────────────────────────


def _issue_now(month: date) -> Issue:
    moment = midnight_of(month)
    made = circulars.open_draft(month, by=CLOCK, now=moment - 7 * DAY)
    circulars.freeze(made, late=False, by=CLOCK, now=moment)
    return made


def _some_needs(committee: Committee) -> None:
    committee.need("XA", "legislation", Consent.PUBLIC)
    committee.need("XA", "customs", Consent.COMMITTEE, rank=1)
    committee.need("XB", "legislation", Consent.PROVIDERS)
    committee.need("XB", "customs", Consent.NAMED, named=["XIO"])
    committee.need("XB", "police", Consent.NONE, rank=2)


def test_every_renditions_hash_is_that_of_its_canonical_json(committee: Committee) -> None:
    _some_needs(committee)
    made = _issue_now(APRIL)
    kept = list(Rendition.objects.unscoped("the test looks").filter(issue=made))
    bodies = [committee.body(code) for code in ("XA", "XB", "XC", "XIO")]
    audiences = [
        PUBLIC,
        MEMBER,
        FULL,
        *(Audience(Sight.BODY, str(b.pk), b.provider) for b in bodies),
    ]
    copies = {a.key: rendition.copy_for(made, a) for a in audiences}
    assert {r.audience: r.hash for r in kept} == {k: c.hash for k, c in copies.items()}
    for copy in copies.values():
        assert digest(rendition.content(copy)) == copy.hash
        assert copy.hash in document.render(copy, "html", "en")[0].decode()
    seen = {k: len(c.rows) for k, c in copies.items()}
    assert list(seen.values()) == [1, 4, 5, 2, 4, 2, 3]
    assert len({c.hash for c in copies.values()}) == len(copies)


def test_the_seal_put_together_by_rows_is_the_seal_of_the_whole(committee: Committee) -> None:
    _some_needs(committee)
    _issue_now(APRIL)
    committee.need("XA", "police", Consent.PUBLIC, descriptions={"en": '"rows":[] \\ "é\u2028"'})
    made = _issue_now(MAY)
    cutter = cutting.Cutter(made)
    for audience in cutting.audiences(frozen.frozen_rows(made)):
        copy = rendition.copy_for(made, audience)
        changed = canonical(copy.changes)[1:-1].encode()
        assert cutter.seal(audience, changed, copy.since) == copy.hash
        assert digest(rendition.content(copy)) == copy.hash


def test_the_csv_is_the_table_of_the_whole_document(committee: Committee) -> None:
    _some_needs(committee)
    made = _issue_now(APRIL)
    for audience in (PUBLIC, FULL):
        copy = rendition.copy_for(made, audience)
        for language in ("en", "ar-xb"):
            whole = delimited.render(document.compose(copy, language), document.DETAIL)
            assert document.render(copy, "csv", language)[0] == whole


def test_a_need_narrowed_after_the_issue_makes_a_reduced_copy_under_the_old_hash(
    committee: Committee,
) -> None:
    need = committee.need("XA", consent=Consent.PUBLIC, titles={"en": "Mulberry"})
    made = _issue_now(APRIL)
    before = rendition.copy_for(made, PUBLIC)
    sharing = needs.Sharing(consent=Consent.COMMITTEE)
    needs.share(need, sharing, by=committee.actor("mission_xa"), now=FREEZES + DAY)
    after = rendition.copy_for(made, PUBLIC)
    assert (before.reduced, len(before.rows)) == (False, 1)
    assert (after.reduced, after.rows, after.changes) == (True, [], {})
    assert after.hash == before.hash
    for kind in document.FORMATS:
        assert b"Mulberry" not in document.render(after, kind, "en")[0]
    assert "Reduced copy" in document.render(after, "html", "en")[0].decode()
    assert len(rendition.copy_for(made, MEMBER).rows) == 1


def test_narrowing_between_two_issues_is_not_told_of(committee: Committee) -> None:
    need = committee.need("XA", consent=Consent.PUBLIC)
    _issue_now(APRIL)
    sharing = needs.Sharing(consent=Consent.COMMITTEE)
    needs.share(need, sharing, by=committee.actor("mission_xa"), now=FREEZES + DAY)
    made = _issue_now(MAY)
    copy = rendition.copy_for(made, PUBLIC)
    assert (copy.rows, copy.changes, copy.reduced, copy.since) == ([], {}, False, "2025-04")
    assert rendition.copy_for(made, MEMBER).changes == {}


def test_a_need_withdrawn_between_two_issues_is_told_of_as_ended(committee: Committee) -> None:
    need = committee.need("XA", consent=Consent.PUBLIC, titles={"en": "Mulberry"})
    _issue_now(APRIL)
    needs.withdraw(need, by=committee.actor("mission_xa"), now=FREEZES + DAY)
    copy = rendition.copy_for(_issue_now(MAY), PUBLIC)
    assert copy.rows == []
    assert [told["change"] for told in copy.changes.values()] == ["ended"]
    assert "Mulberry" in document.render(copy, "html", "en")[0].decode()


def test_one_that_ended_after_it_was_narrowed_is_not_told_of(committee: Committee) -> None:
    need = committee.need("XA", consent=Consent.PUBLIC)
    _issue_now(APRIL)
    by = committee.actor("mission_xa")
    needs.share(need, needs.Sharing(consent=Consent.NONE), by=by, now=FREEZES + DAY)
    needs.withdraw(need, by=by, now=FREEZES + 2 * DAY)
    assert rendition.copy_for(_issue_now(MAY), PUBLIC).changes == {}


def test_new_and_changed_rows_are_told_of_to_those_who_see_them(committee: Committee) -> None:
    changed = committee.need("XA", "legislation", Consent.COMMITTEE)
    _issue_now(APRIL)
    by = committee.actor("mission_xa")
    said = needs.Wording(columns={"rough_cost": "USD 1"})
    needs.revise(changed, said, by=by, now=FREEZES + DAY)
    new = committee.need("XA", "customs", Consent.PUBLIC)
    made = _issue_now(MAY)
    told = rendition.copy_for(made, MEMBER).changes
    assert {k: v["change"] for k, v in told.items()} == {
        str(changed.pk): "changed",
        str(new.pk): "new",
    }
    assert list(rendition.copy_for(made, PUBLIC).changes) == [str(new.pk)]


def test_what_was_written_after_freezing_waits_for_the_next_issue(committee: Committee) -> None:
    first = committee.need("XA", consent=Consent.PUBLIC, titles={"en": "Quince"})
    made = _issue_now(APRIL)
    said = needs.Wording(columns={"titles": {"en": "Medlar"}})
    needs.revise(first, said, by=committee.actor("mission_xa"), now=FREEZES + DAY)
    committee.need("XB", consent=Consent.PUBLIC)
    copy = rendition.copy_for(made, PUBLIC)
    assert [row["title"] for row in copy.rows] == [{"en": "Quince"}]
    assert digest(rendition.content(copy)) == copy.hash
