"""The offices on the desk: clearing an issue, seats, the record, the outbox, signing in."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from clearinghouse.circulars.models import Clearance
from clearinghouse.circulars.rules import State
from clearinghouse.needs.rules import Consent, Origin
from clearinghouse.notices import actions as notices
from clearinghouse.people.models import Person, Seat
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import State as Stage
from tests.committee import CAST, Committee
from tests.web.desk import Desk, buttons, faults, text

NEXT = date(2025, 5, 1)
SEAT = {
    "name": "A. Person",
    "email": "a.person@example.org",
    "language": "fr",
    "role": "state",
    "standing": "capital",
    "body": "XB",
    "instrument": "Note verbale 12",
}


def clearances() -> list[Clearance]:
    return list(Clearance.objects.unscoped("a test counts"))


def seats() -> int:
    return Seat.objects.unscoped("a test counts").count()


def test_the_chair_and_an_expert_clear_and_may_take_it_back(committee: Committee) -> None:
    issue = committee.issue(State.DRAFT)
    chair, expert = Desk(committee, "chair"), Desk(committee, "expert")
    assert "clearance of the Chair and an Expert" in text(chair.get("desk-circular", "2025-04"))
    for desk in (chair, expert):
        assert "waits for your clearance" in text(desk.get("desk"))
        sent = desk.post("desk-circular-clear", "2025-04", version=issue.version)
        again = desk.post("desk-circular-clear", "2025-04", version=issue.version)
        assert (sent.status_code, again.status_code) == (303, 303)
    assert sorted(c.office for c in clearances()) == ["chair", "expert"]
    assert "have cleared it" in text(chair.get("desk-circular", "2025-04"))

    mine = next(c for c in clearances() if c.office == "chair")
    refused = expert.post("desk-clearance-revoke", mine.pk, version=mine.version)
    assert refused.status_code == 403
    assert chair.post("desk-clearance-revoke", mine.pk, version=0).status_code == 409
    done = chair.post("desk-clearance-revoke", mine.pk, version=mine.version)
    assert done.status_code == 303
    assert "waits for the clearance of the Chair" in text(expert.get("desk-circular", "2025-04"))


@pytest.mark.parametrize("who", ["secretariat", "focal_xio", "mission_xa", "auditor", "public"])
def test_nobody_else_clears(committee: Committee, who: str) -> None:
    issue = committee.issue(State.DRAFT)
    answer = Desk(committee, who).post("desk-circular-clear", "2025-04", version=issue.version)
    assert answer.status_code == 404
    assert clearances() == []


def test_a_member_without_the_chair_does_not_clear(committee: Committee) -> None:
    issue = committee.issue(State.DRAFT)
    member = Desk(committee, "member_xb")
    assert "clear" not in buttons(member.get("desk-circular", "2025-04"))
    answer = member.post("desk-circular-clear", "2025-04", version=issue.version)
    assert answer.status_code == 403
    assert member.post("desk-standing-clear").status_code == 403
    assert clearances() == []


def test_what_has_gone_out_is_no_longer_cleared(committee: Committee) -> None:
    issue = committee.issue()
    late = Desk(committee, "chair").post("desk-circular-clear", "2025-04", version=issue.version)
    assert late.status_code == 409


def test_the_chairs_clearance_may_stand_until_it_is_revoked(committee: Committee) -> None:
    chair = Desk(committee, "chair")
    assert chair.post("desk-standing-clear").status_code == 303
    assert chair.post("desk-standing-clear").status_code == 303
    [standing] = clearances()
    assert standing.issue_id is None
    assert "revoke" in buttons(chair.get("desk-circulars"))
    assert "revoke" not in buttons(Desk(committee, "member_xb").get("desk-circulars"))
    chair.post("desk-clearance-revoke", standing.pk, version=standing.version)
    assert "None is given" in text(chair.get("desk-circulars"))


def test_a_draft_issue_is_shown_to_each_in_its_own_rendition(committee: Committee) -> None:
    committee.need("XA", "legislation", Consent.NONE)
    committee.need("XA", "customs", Consent.COMMITTEE)
    committee.issue(State.DRAFT)
    seen = {
        who: re.findall(r"XA \w+", text(Desk(committee, who).get("desk-circular", "2025-04")))
        for who in ("expert", "chair")
    }
    assert seen == {"expert": ["XA legislation", "XA customs"], "chair": ["XA customs"]}
    assert Desk(committee, "mission_xa").get("desk-circular", "2025-04").status_code == 404
    for number in ("2025-06", "2025-13", "x", "0000-01"):
        assert Desk(committee, "expert").get("desk-circular", number).status_code == 404


def test_a_seat_is_given_once_and_ends_at_once(committee: Committee) -> None:
    admin = Desk(committee, "administrator")
    before = seats()
    assert admin.post("desk-seat-give", **SEAT).status_code == 303
    assert admin.post("desk-seat-give", **SEAT).status_code == 303
    assert seats() == before + 1
    held = Seat.objects.unscoped("a test looks").get(instrument="Note verbale 12")
    assert (held.role, held.standing, held.person.language) == ("state", "capital", "fr")

    auditor = Desk(committee, "auditor")
    assert "A. Person" in text(auditor.get("desk-people"))
    assert buttons(auditor.get("desk-people")) == set()
    assert auditor.post("desk-seat-end", held.pk, version=held.version).status_code == 404
    assert admin.post("desk-seat-end", held.pk, version=0).status_code == 409
    assert admin.post("desk-seat-end", held.pk, version=held.version).status_code == 303
    assert Seat.objects.unscoped("a test looks").get(pk=held.pk).held_until is not None


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ({"role": "expert", "standing": ""}, "body"),
        ({"role": "emperor"}, "role"),
        ({"standing": "chair"}, "standing"),
        ({"body": ""}, "body"),
        ({"body": "XIO"}, "body"),
        ({"role": "auditor", "standing": ""}, "body"),
        ({"instrument": ""}, "instrument"),
        ({"email": "nobody at all"}, "email"),
        ({"name": "x" * 201}, "name"),
    ],
)
def test_a_seat_that_cannot_be_is_refused_beside_its_field(
    committee: Committee, typed: dict[str, str], place: str
) -> None:
    before = seats()
    back = Desk(committee, "administrator").post("desk-seat-give", **SEAT | typed)
    assert back.status_code == 400
    assert place in faults(back)
    assert seats() == before
    assert not Person.objects.unscoped("a test looks").filter(email=SEAT["email"]).exists()


def test_a_person_is_not_entered_where_the_seat_is_refused(committee: Committee) -> None:
    expert = committee.person("expert")
    typed = {"email": expert.email, "role": "auditor", "standing": "", "body": ""}
    before = seats()
    back = Desk(committee, "administrator").post("desk-seat-give", **SEAT | typed)
    assert back.status_code == 400
    assert "not held together" in text(back)
    assert seats() == before


def test_the_auditor_reads_the_record_fifty_lines_a_page(committee: Committee) -> None:
    page = Desk(committee, "auditor").get("desk-ledger")
    lines = re.findall(r'<th scope="row"[^>]*>(\d+)</th>', page.content.decode())
    assert lines == sorted(lines, key=int, reverse=True)
    assert 30 < len(lines) <= 50
    own = Desk(committee, "auditor").get("desk-ledger", subject=str(committee.seats["expert"].pk))
    assert "Seat given" in text(own)
    assert Desk(committee, "auditor").get("desk-ledger", page="999").status_code == 404
    assert Desk(committee, "secretariat").get("desk-ledger").status_code == 404


def test_the_outbox_says_what_became_of_each_notice(committee: Committee) -> None:
    committee.submission(Stage.RETURNED)
    page = text(Desk(committee, "secretariat").get("desk-outbox"))
    assert "Code of conduct" in page
    assert "queued" in page
    assert "Code of conduct" not in text(
        Desk(committee, "secretariat").get("desk-outbox", status="failed")
    )


@pytest.mark.parametrize("language", ["en", "ar-xb"])
def test_every_page_of_the_desk_opens_for_those_who_may(
    committee: Committee, language: str
) -> None:
    """No page asks the database while it is rendered; none says "None" where nothing is."""
    standards = [committee.submission(s) for s in (Stage.DRAFT, Stage.RETURNED, Stage.LISTED)]
    kept = committee.submission(Stage.AUTHENTICATED, Kind.NEED)
    theirs = committee.need(origin=Origin.EXPERT)
    committee.issue()
    committee.issue(State.DRAFT, NEXT)
    things: list[tuple[str, object]] = [("desk-submission", s.pk) for s in (*standards, kept)]
    things += [("desk-need", theirs.pk), ("desk-need-revise", theirs.pk)]
    things += [("desk-person", committee.person("expert").pk)]
    things += [("desk-circular", "2025-04"), ("desk-circular", "2025-05")]
    lists = ("account", "account-factor", "account-password", "desk-proposals",
             "desk-sign-ins", "desk", "desk-submissions", "desk-entries", "desk-needs", "desk-need-identify",
             "desk-circulars", "desk-people", "desk-ledger", "desk-outbox", "desk-plan")  # fmt: skip
    places = [reverse(name) for name in lists] + [reverse(n, args=[a]) for n, a in things]
    for who in CAST:
        client = Desk(committee, who).client
        for place in places:
            answer = client.get(place.replace("/en/", f"/{language}/", 1))
            assert answer.status_code in {200, 302, 303, 404}, (who, place)
            if answer.status_code == 200:
                assert "Seen by" in answer.content.decode() or language != "en"
                assert ">None<" not in answer.content.decode()


def test_sign_in_says_the_same_to_a_stranger_and_to_a_wrong_password(
    committee: Committee,
) -> None:
    account = committee.accounts["focal_xio"]
    account.set_password("a long enough password")
    account.save()
    sign_in = reverse("account_login")

    def answer(email: str, password: str) -> tuple[int, str]:
        given = Client().post(sign_in, {"login": email, "password": password})
        html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", given.content.decode())
        return given.status_code, html.replace(email, "ADDRESS")

    assert answer("focal_xio@example.org", "wrong") == answer("stranger@example.org", "wrong")
    assert answer("focal_xio@example.org", "wrong")[0] == 400
    client = Client()
    inside = client.post(
        sign_in + "?next=/en/desk/needs/",
        {"login": "focal_xio@example.org", "password": "a long enough password"},
    )
    assert inside.status_code == 302
    assert client.get(reverse("desk")).status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302
    assert client.get(reverse("desk")).status_code == 302


def test_there_is_no_way_to_sign_up(committee: Committee) -> None:
    html = Desk(committee, "public").get("account_login").content.decode()
    assert not re.search(r"sign.?up|<script", html, re.IGNORECASE)
    for path in ("signup", "email", "password/set", "password/reset", "2fa", "sessions"):
        assert Client().get(f"/en/account/{path}/").status_code == 404


@pytest.mark.parametrize("seat", ["administrator", "auditor"])
def test_the_masthead_of_a_persons_page_names_the_readers_seats(
    committee: Committee, seat: str
) -> None:
    """Not the seats of the person looked at, which stand below."""
    page = Desk(committee, seat).get("desk-person", committee.person("chair").pk)
    told = page.content.decode()
    masthead = told.partition("</header>")[0]
    assert "Cell(" not in told
    assert "{" not in masthead


def test_the_outbox_says_why_nothing_is_sent_since_a_restore(committee: Committee) -> None:
    desk = Desk(committee, "secretariat")
    assert "since the restore" not in text(desk.get("desk-outbox"))
    notices.raise_fence(committee.now, "0" * 64, now=committee.now)
    told = text(desk.get("desk-outbox"))
    assert "Nothing is sent since the restore of" in told
    assert "releases it" in told
