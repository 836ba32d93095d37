"""A year later: warned a month before, confirmed at the desk or by a link, stale and shown as such."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from clearinghouse.access.errors import Unseen
from clearinghouse.crossings import confirmation, deliver, freshness, tick
from clearinghouse.directory.models import Entry
from clearinghouse.intake.forms import prefilled
from clearinghouse.kernel.calendar import add_months, midnight_of
from clearinghouse.ledger.models import Entry as Line
from clearinghouse.notices.models import Notice
from clearinghouse.notices.rules import Kind as NoticeKind
from clearinghouse.notices.rules import Status
from clearinghouse.people import actions as people
from clearinghouse.standards.models import Standard
from clearinghouse.submissions import actions as submissions
from clearinghouse.submissions.models import Submission
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import State as Stage
from tests.committee import NOW, Committee
from tests.crossings.april import Carrier
from tests.web.desk import Desk, text

HOUR = timedelta(hours=1)


def months(count: int) -> datetime:
    """At noon of that day of a later month."""
    return midnight_of(add_months(NOW.date(), count)) + 12 * HOUR


@pytest.fixture
def kept(committee: Committee) -> Iterator[Committee]:
    """XIO has a standard, a note and a contact in view; all were listed today."""
    committee.standard()
    committee.entry()
    committee.entry(Kind.CONTACT, person="A. Person")
    with time_machine.travel(NOW, tick=False) as clock:
        yield committee
        clock.move_to(NOW)


def page_at(address: str) -> str:
    """What the public reads there."""
    answer: Any = Client().get(address)
    return text(answer)


def asked() -> list[Notice]:
    found = Notice.objects.unscoped("test").filter(kind=NoticeKind.ENTRIES_DUE)
    return list(found.order_by("created_at"))


def states() -> dict[str, str]:
    entries = Entry.objects.unscoped("test").values_list("kind", "status")
    return dict(entries) | {"standard": Standard.objects.unscoped("test").get().status}


def link(now: datetime) -> str:
    """What the mail to the focal point of XIO leads to."""
    freshness.ask(now)
    by = Carrier()
    while deliver.deliver_next(now, by) is not None:
        pass
    (mail,) = [
        m for m in by.mails if m["To"] and "focal_xio" in m["To"] and "confirm" in m["Subject"]
    ]
    body = mail.get_body(("plain",))
    assert body is not None
    (found,) = re.findall(r"https?://[^/\s]+(/\S*/confirm/\S+)", body.get_content())
    return str(found)


def test_each_seat_of_a_body_is_asked_once_a_month_before_it_goes_stale(kept: Committee) -> None:
    for count in range(11):
        assert freshness.ask(months(count) - HOUR) == 0
    for moment in (months(11), months(11) + HOUR, months(11) + timedelta(days=3)):
        assert freshness.ask(moment) == 2
    assert {n.recipient for n in asked()} == {
        kept.seats["focal_xio"].pk,
        kept.seats["alternate_xio"].pk,
    }
    assert len(asked()) == 2


def test_what_is_not_confirmed_goes_stale_and_stays_in_view(kept: Committee) -> None:
    tick.mark_stale(months(12) - timedelta(days=1))
    assert set(states().values()) == {"listed"}
    assert tick.mark_stale(months(12)) == 3
    assert set(states().values()) == {"stale"}
    page = Client().get("/en/guidance/").content.decode()
    assert "not confirmed for a year" in page


def test_the_clock_does_all_of_it(kept: Committee, settings: object, tmp_path: object) -> None:
    settings.OUTBOX_FOLDER = tmp_path  # type: ignore[attr-defined]  # pytest-django's
    tick.tick(lambda: months(11))
    assert len(asked()) == 2
    tick.tick(lambda: months(12))
    assert set(states().values()) == {"stale"}


def test_the_link_shows_a_page_with_one_button_and_a_get_does_nothing(kept: Committee) -> None:
    address = link(months(11))
    with time_machine.travel(months(11) + HOUR, tick=False):
        lines = Line.objects.unscoped("test").count()
        for method in ("get", "head"):
            assert getattr(Client(), method)(address).status_code == 200
        shown = Client().get(address)
        assert shown["Cache-Control"] == "no-store"
        main = shown.content.decode().partition("<main")[2].partition("</main>")[0]
        assert (main.count("<button"), main.count("<form")) == (1, 1)
        assert Line.objects.unscoped("test").count() == lines
        assert Entry.objects.unscoped("test").first().last_confirmed == NOW.date()  # type: ignore[union-attr]  # there are two


def test_the_button_confirms_all_of_it_once_in_the_name_of_the_seat(kept: Committee) -> None:
    address, now = link(months(11)), months(11) + HOUR
    with time_machine.travel(now, tick=False):
        done: Any = Client().post(address)
        assert "confirmed as of 10 February 2026" in text(done)
        found = list(Entry.objects.unscoped("test"))
        assert {e.last_confirmed for e in found} == {now.date()}
        line = Line.objects.unscoped("test").filter(verb="directory.confirmed").latest("number")
        assert str(kept.person("focal_xio").pk) in line.actor
        assert Client().post(address).status_code == 404
        assert Client().get(address).status_code == 404


def test_a_link_covers_nothing_that_was_listed_since(kept: Committee) -> None:
    token = confirmation.make(kept.seats["focal_xio"].pk, months(11))
    with time_machine.travel(months(11) + HOUR, tick=False):
        later = Committee(kept.accounts, kept.seats, months(11) + HOUR)
        new = later.entry(title={"en": "A second note"}, reference="N-2")
        covered = {each.thing.code for each in confirmation.open_(token, later.now).some}
        assert new.code not in covered
        assert len(covered) == 3


@pytest.mark.parametrize("what", ["forged", "of another seat", "too old", "too early", "nonsense"])
def test_a_link_that_does_not_fit_opens_nothing(kept: Committee, what: str) -> None:
    own, other = kept.seats["focal_xio"].pk, kept.seats["focal_xro"].pk
    good, now = confirmation.make(own, months(11)), months(11) + HOUR
    token, moment = {
        "forged": (good[:-1] + ("0" if good[-1] != "0" else "1"), now),
        "of another seat": (good.replace(own.hex, other.hex), now),
        "too old": (good, months(11) + confirmation.VALID),
        "too early": (good, months(11) - HOUR),
        "nonsense": ("x" * 80, now),
    }[what]
    assert confirmation.open_(good, now).body.code == "XIO"
    with pytest.raises(Unseen):
        confirmation.open_(token, moment)


def test_a_link_ends_with_the_seat(kept: Committee) -> None:
    seat, now = kept.seats["focal_xio"], months(11)
    token = confirmation.make(seat.pk, now)
    people.unseat(seat, by=kept.actor("administrator"), now=now)
    with pytest.raises(Unseen):
        confirmation.open_(token, now + HOUR)


def test_a_mail_that_has_nothing_left_to_ask_is_not_sent(kept: Committee) -> None:
    freshness.ask(months(11))
    due = freshness.due(kept.actor("focal_xio"), months(11).date())
    freshness.confirm_all(due, by=kept.actor("focal_xio"), now=months(11))
    by = Carrier()
    while deliver.deliver_next(months(11), by) is not None:
        pass
    assert {notice.status for notice in asked()} == {Status.DROPPED}
    assert not [m for m in by.mails if "confirm" in m["Subject"]]


def test_the_desk_confirms_one_or_all_and_shows_what_is_due(kept: Committee) -> None:
    with time_machine.travel(months(11), tick=False):
        desk = Desk(kept, "focal_xio")
        page = text(desk.get("desk-entries"))
        assert page.count("to be confirmed") == 3
        assert "Confirm all 3 entries that are due" in page
        note = Entry.objects.unscoped("test").get(kind=Kind.GUIDANCE_NOTE)
        one = desk.post("desk-entry-confirm", note.code, version=note.version)
        assert one.status_code == 303
        assert text(desk.get("desk-entries")).count("to be confirmed") == 2
        assert desk.post("desk-entries-confirm").status_code == 303
        assert "to be confirmed" not in text(desk.get("desk-entries"))
        assert desk.post("desk-entry-confirm", note.code, version=note.version).status_code == 409


def test_nobody_confirms_what_is_anothers(kept: Committee) -> None:
    with time_machine.travel(months(11), tick=False):
        note = Entry.objects.unscoped("test").get(kind=Kind.GUIDANCE_NOTE)
        stranger = Desk(kept, "focal_xro")
        answer = stranger.post("desk-entry-confirm", note.code, version=note.version)
        assert answer.status_code == 403
        assert stranger.post("desk-entries-confirm").status_code == 303
        assert Entry.objects.unscoped("test").get(pk=note.pk).last_confirmed == NOW.date()


def test_the_committee_sees_by_body_what_is_stale(kept: Committee) -> None:
    tick.mark_stale(months(12))
    with time_machine.travel(months(12), tick=False):
        page = text(Desk(kept, "expert").get("desk-stale"))
    assert re.search(r"International [^0-9]*3 3 3 10 March 2025", page), page


def test_the_history_shows_what_was_changed_and_nothing_of_a_person(kept: Committee) -> None:
    author, office = kept.actor("focal_xio"), kept.actor("secretariat")
    listed = Submission.objects.unscoped("test").get(kind=Kind.GUIDANCE_NOTE)
    begun = submissions.revise(listed, by=author, now=NOW)
    said = listed.content | {"title": {"en": "Another title"}}
    submissions.save(begun, said, by=author, now=NOW)
    submissions.submit(begun, by=author, now=NOW)
    submissions.take_up(begun, by=office, now=NOW)
    submissions.list_(begun, by=office, now=NOW)
    page = page_at(f"/en/entries/{listed.entry}/history/")
    assert re.search(r"Title Illustrative text Another title", page)
    assert "What it is" not in page

    contact = Submission.objects.unscoped("test").get(kind=Kind.CONTACT)
    again = submissions.revise(contact, by=author, now=NOW)
    submissions.save(again, contact.content | {"person": "B. Other"}, by=author, now=NOW)
    submissions.announce(again, by=author, now=NOW)
    page = page_at(f"/en/entries/{contact.entry}/history/")
    assert "Other" not in page
    assert "It has not been revised since." in page


def test_a_withdrawn_entry_leaves_a_tombstone_and_says_no_more(kept: Committee) -> None:
    listed = Submission.objects.unscoped("test").get(kind=Kind.GUIDANCE_NOTE)
    submissions.withdraw(listed, "superseded", by=kept.actor("focal_xio"), now=NOW)
    for address in (f"/en/entries/{listed.entry}/", f"/en/entries/{listed.entry}/history/"):
        page = page_at(address)
        assert "withdrawn on 10 March 2025" in page
        assert "superseded" in page
        assert "Last confirmed" not in page
    assert listed.entry not in Client().get("/en/guidance/").content.decode()


def test_a_reference_of_ones_own_names_one_entry(kept: Committee) -> None:
    """Said at the form, before anything is handed in; the entry that stands stays as it is."""
    note = Entry.objects.unscoped("test").get(kind=Kind.GUIDANCE_NOTE)
    desk = Desk(kept, "focal_xio")
    typed = {"title-en": "Second", "summary-en": "It.", "obligations": ["1(a)"], "do": "submit"}
    answer = desk.post("desk-submission-new", "guidance_note", reference=note.reference, **typed)
    assert answer.status_code == 303
    led_to: Any = desk.client.get(answer["Location"])
    page = text(led_to)
    assert "an entry of yours stands under its reference already" in page
    draft = Submission.objects.unscoped("test").get(content__title={"en": "Second"})
    assert draft.state == "draft"
    again = submissions.revise(
        Submission.objects.unscoped("test").get(entry=note.code),
        by=kept.actor("focal_xio"),
        now=NOW,
    )
    submissions.submit(again, by=kept.actor("focal_xio"), now=NOW)
    assert again.state == "submitted", "a revision keeps the reference of its own entry"


def test_with_an_entry_all_that_it_was_listed_from_is_withdrawn(kept: Committee) -> None:
    """No form is filled with it again, whichever of its contributions was taken back."""
    author, office, body = kept.actor("focal_xio"), kept.actor("secretariat"), kept.body("XIO")
    first = Submission.objects.unscoped("test").get(kind=Kind.GUIDANCE_NOTE)
    second = submissions.revise(first, by=author, now=NOW)
    submissions.submit(second, by=author, now=NOW)
    submissions.take_up(second, by=office, now=NOW)
    submissions.list_(second, by=office, now=NOW)
    submissions.withdraw(second, "superseded", by=author, now=NOW)
    listed = Submission.objects.unscoped("test").filter(entry=first.entry)
    assert {each.state for each in listed} == {"withdrawn"}
    assert prefilled(Kind.GUIDANCE_NOTE, body, "", "en").entries == []


def test_the_list_says_what_was_said_of_what_came_back(kept: Committee) -> None:
    kept.submission(Stage.RETURNED, title={"en": "Second"})
    assert "Say whose code it is." in text(Desk(kept, "focal_xio").get("desk-submissions"))


def test_a_link_shows_nothing_that_not_everybody_may_see(kept: Committee) -> None:
    """A review of a State is confirmed at the desk, where one signs in."""
    kept.entry(Kind.MONITORING_VISIT, title={"en": "Hidden review"})
    address = link(months(11))
    with time_machine.travel(months(11) + HOUR, tick=False):
        assert "Hidden review" not in page_at(address)
        Client().post(address)
        desk = Desk(kept, "focal_xio")
        assert text(desk.get("desk-entries")).count("to be confirmed") == 1
        desk.post("desk-entries-confirm")
        assert "to be confirmed" not in text(desk.get("desk-entries"))
