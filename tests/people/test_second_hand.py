"""No one hand makes an Expert, or becomes one: by page, by command, or by taking an account over."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from clearinghouse.access.actor import CLOCK, OPERATOR, PUBLIC, Actor, Role, Standing
from clearinghouse.access.errors import Invalid, Refused, Stale
from clearinghouse.cli import people as command
from clearinghouse.cli.main import main
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.ledger.models import Entry
from clearinghouse.people import actions, queries
from clearinghouse.people.models import Account, Proposal, Seat
from clearinghouse.people.rules import Matter, Outcome
from tests.committee import CAST, Committee
from tests.people.front_door import delivered, notices, sign_in, with_factor, with_password
from tests.web.desk import Desk, buttons, text

EXPERT = actions.Naming(role=Role.EXPERT, instrument="letter 3")
LATE = datetime(2100, 1, 1, tzinfo=UTC)
FRIEND = {
    "name": "A. Friend",
    "email": "friend@example.org",
    "language": "en",
    "role": "expert",
    "standing": "",
    "body": "",
    "instrument": "letter 3",
}


def experts() -> set[str]:
    held = queries.seats_in({Role.EXPERT}, LATE)
    return {s.person.email for s in held}


def proposed(committee: Committee, who: str = "nobody", by: Actor | None = None) -> Proposal:
    admin = by or committee.actor("administrator")
    return actions.propose(committee.person(who), EXPERT, by=admin, now=committee.now)


# ── the seat ─────────────────────────────────────────────────────────────────────────────────────


def test_the_page_proposes_and_another_expert_confirms(committee: Committee) -> None:
    admin, expert, chair = (Desk(committee, n) for n in ("administrator", "expert", "chair"))
    for _ in range(2):
        answer = admin.post("desk-seat-give", **FRIEND)
        assert answer.headers["Location"].startswith(reverse("desk-proposals"))
    assert experts() == {"expert@example.org"}
    one = Proposal.objects.unscoped("a test looks").get(outcome="open")
    assert "A. Friend" in text(admin.get("desk-proposals"))
    assert buttons(admin.get("desk-proposals")) == {"decline"}
    assert buttons(chair.get("desk-proposals")) == {"confirm", "decline"}
    assert admin.post("desk-proposal-confirm", one.pk, version=one.version).status_code == 404
    assert expert.post("desk-proposal-confirm", one.pk, version=0).status_code == 409
    done = expert.post("desk-proposal-confirm", one.pk, version=one.version)
    again = chair.post("desk-proposal-confirm", one.pk, version=one.version)
    assert (done.status_code, again.status_code) == (303, 409)
    assert experts() == {"expert@example.org", "friend@example.org"}
    assert notices("proposal.made") == 2
    assert notices("account.invited") == 1


@pytest.mark.parametrize("name", CAST)
def test_who_is_a_second_hand(committee: Committee, name: str) -> None:
    made, by = proposed(committee), committee.actor(name)
    if name in {"expert", "chair"}:
        actions.confirm(made, by=by, now=committee.now)
        assert "nobody@example.org" in experts()
    else:
        with pytest.raises(Refused):
            actions.confirm(made, by=by, now=committee.now)
        assert "nobody@example.org" not in experts()


@pytest.mark.parametrize("by", [OPERATOR, CLOCK, PUBLIC])
def test_no_machine_is_a_second_hand(committee: Committee, by: Actor) -> None:
    with pytest.raises(Refused):
        actions.confirm(proposed(committee), by=by, now=committee.now)


def test_who_proposes_does_not_confirm_under_another_seat(committee: Committee) -> None:
    """An administrator who is also the Chair: the person counts, not the seat."""
    person, chair = committee.person("chair"), committee.accounts["chair"]
    naming = actions.Naming(role=Role.ADMINISTRATOR, instrument="note")
    actions.seat(person, naming, by=OPERATOR, now=committee.now)
    both = queries.actor_for(chair, committee.now)
    assert both.holds(Role.ADMINISTRATOR)
    made = proposed(committee, by=both)
    with pytest.raises(Refused):
        actions.confirm(made, by=both, now=committee.now)
    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(Proposal).filter(pk=made.pk).update(
            outcome=Outcome.CONFIRMED, decided_by=person
        )
    actions.confirm(made, by=committee.actor("expert"), now=committee.now)


def test_nobody_confirms_what_concerns_themselves(committee: Committee) -> None:
    what = actions.Resetting(matter=Matter.FACTOR, instrument="lost")
    admin = committee.actor("administrator")
    made = actions.propose(committee.person("expert"), what, by=admin, now=committee.now)
    with pytest.raises(Refused):
        actions.confirm(made, by=committee.actor("expert"), now=committee.now)
    actions.confirm(made, by=committee.actor("chair"), now=committee.now)


@pytest.mark.parametrize(
    "naming",
    [
        EXPERT,
        actions.Naming(role=Role.MEMBER, standing=Standing.CHAIR, instrument="letter"),
    ],
)
@pytest.mark.parametrize("by", ["administrator", "operator"])
def test_nobody_seats_whoever_may_confirm_alone(
    committee: Committee, naming: actions.Naming, by: str
) -> None:
    """Nor the Chair: else an administrator would seat the second hand first."""
    body = committee.body("XB") if naming.role == Role.MEMBER else None
    wanted = actions.Naming(
        role=naming.role, standing=naming.standing, body=body, instrument="letter"
    )
    with pytest.raises(Refused):
        actions.seat(committee.person("nobody"), wanted, by=committee.actor(by), now=committee.now)


@pytest.mark.parametrize("held", ["administrator", "secretariat", "member_xb", "auditor"])
def test_an_experts_seat_is_not_held_beside_these(committee: Committee, held: str) -> None:
    """Refused when proposed; and when confirmed, where the other seat was given in between."""
    with pytest.raises(Invalid):
        proposed(committee, held)
    made = proposed(committee, "nobody")
    seat = committee.seats[held]
    naming = actions.Naming(role=Role(seat.role), body=seat.body, instrument="note")
    actions.seat(committee.person("nobody"), naming, by=OPERATOR, now=committee.now)
    with pytest.raises(Invalid):
        actions.confirm(made, by=committee.actor("expert"), now=committee.now)
    assert "nobody@example.org" not in experts()


def test_an_administrators_page_says_why_not(committee: Committee) -> None:
    own = FRIEND | {"email": "administrator@example.org"}
    back = Desk(committee, "administrator").post("desk-seat-give", **own)
    assert back.status_code == 400
    assert "not held together" in text(back)
    assert Proposal.objects.unscoped("a test counts").filter(outcome="open").count() == 0


# ── a proposal is decided once, in its time, as it was shown ─────────────────────────────────────


def test_it_lapses_and_is_decided_once(committee: Committee) -> None:
    made, expert = proposed(committee), committee.actor("expert")
    late = committee.now + timedelta(days=14)
    for act in (actions.confirm, actions.decline):
        with pytest.raises(OutOfOrder):
            act(made, by=expert, now=late)
    actions.decline(made, by=expert, now=late - timedelta(seconds=1))
    for act in (actions.confirm, actions.decline):
        with pytest.raises(OutOfOrder):
            act(made, by=committee.actor("chair"), now=committee.now)


def test_of_two_second_hands_one_decides(committee: Committee) -> None:
    pk, expert, chair = proposed(committee).pk, committee.actor("expert"), committee.actor("chair")
    first, second = queries.proposal_for(expert, pk), queries.proposal_for(chair, pk)
    actions.confirm(first, by=expert, now=committee.now)
    with pytest.raises(Stale):
        actions.decline(second, by=chair, now=committee.now)
    held = Seat.objects.unscoped("a test counts").filter(person=committee.person("nobody"))
    assert held.count() == 1


def test_the_proposer_takes_it_back_and_another_administrator_does_not(
    committee: Committee,
) -> None:
    naming = actions.Naming(role=Role.ADMINISTRATOR, instrument="note")
    person = committee.person("focal_xro")
    actions.seat(person, naming, by=OPERATOR, now=committee.now)
    other = queries.actor_for(committee.accounts["focal_xro"], committee.now)
    made = proposed(committee)
    with pytest.raises(Refused):
        actions.decline(made, by=other, now=committee.now)
    actions.decline(made, by=committee.actor("administrator"), now=committee.now)
    assert made.outcome == Outcome.DECLINED


def test_an_address_changed_in_between_voids_it(committee: Committee) -> None:
    """Proposed with one address, taken over with another: what is confirmed is what was shown."""
    admin, made = committee.actor("administrator"), proposed(committee)
    what = actions.Resetting(matter=Matter.ADDRESS, address="mine@example.org", instrument="x")
    actions.reset(committee.person("nobody"), what, by=admin, now=committee.now)
    expert = committee.actor("expert")
    with pytest.raises(Stale):
        actions.confirm(queries.proposal_for(expert, made.pk), by=expert, now=committee.now)
    assert len(experts()) == 1


# ── taking an account over ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("whose", ["expert", "chair"])
@pytest.mark.parametrize("matter", [Matter.PASSWORD, Matter.ADDRESS, Matter.FACTOR])
def test_an_account_that_may_confirm_is_not_reset_by_one_hand(
    committee: Committee, whose: str, matter: Matter
) -> None:
    account = with_factor(with_password(committee, whose))
    before = (account.password, account.email)
    typed = {"matter": matter.value, "address": "mine@example.org", "instrument": "lost"}
    admin, person = Desk(committee, "administrator"), committee.person(whose)
    what = actions.Resetting(matter=matter, address="mine@example.org", instrument="lost")
    for by in (committee.actor("administrator"), OPERATOR):
        with pytest.raises(Refused):
            actions.reset(person, what, by=by, now=committee.now)
    sent = admin.post("desk-person-reset", person.pk, version=person.version, **typed)
    assert sent.headers["Location"].startswith(reverse("desk-proposals"))
    kept = Account.objects.get(pk=account.pk)
    assert (kept.password, kept.email) == before
    assert Authenticator.objects.filter(user=account).exists()
    assert notices("account.reset") == 0

    (made,) = Proposal.objects.unscoped("a test looks").filter(outcome="open")
    other = "chair" if whose == "expert" else "expert"
    mine = Desk(committee, whose)
    assert mine.post("desk-proposal-confirm", made.pk, version=made.version).status_code == 403
    done = Desk(committee, other).post("desk-proposal-confirm", made.pk, version=made.version)
    assert done.status_code == 303
    kept = Account.objects.get(pk=account.pk)
    assert kept.email == ("mine@example.org" if matter == Matter.ADDRESS else before[1])
    assert Authenticator.objects.filter(user=account).exists() is (matter != Matter.FACTOR)
    assert notices("account.reset") == (1 if matter == Matter.PASSWORD else 0)


def test_others_are_reset_by_the_administrator_on_the_record(committee: Committee) -> None:
    account = with_factor(with_password(committee, "mission_xa"))
    desk, admin = Desk(committee, "mission_xa"), Desk(committee, "administrator")
    person = committee.person("mission_xa")
    typed = {"matter": "factor", "instrument": "telephone lost"}
    sent = admin.post("desk-person-reset", person.pk, version=person.version, **typed)
    assert sent.status_code == 303
    assert not Authenticator.objects.filter(user=account).exists()
    assert desk.get("desk").status_code == 302
    line = Entry.objects.unscoped("a test looks").get(verb="people.reset")
    assert line.facts == '{"matter":"factor"}'
    taken = {"matter": "address", "address": "expert@example.org", "instrument": "x"}
    back = admin.post("desk-person-reset", person.pk, version=person.version + 1, **taken)
    assert back.status_code == 400


# ── the command line ─────────────────────────────────────────────────────────────────────────────


def run(*words: str) -> int:
    return main(["people", *words])


def test_the_command_proposes_once_somebody_could_confirm(
    committee: Committee, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    seat = ["seat", "nobody@example.org", "--role", "expert", "--instrument", "letter"]
    assert run(*seat) == 0
    assert "takes effect when" in capsys.readouterr().out
    reset = ["reset", "expert@example.org", "--matter", "address", "--address", "m@example.org"]
    assert run(*reset) == 0
    assert run("password", "expert@example.org") == 1
    assert "second hand" in capsys.readouterr().err
    assert run("proposals") == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert experts() == {"expert@example.org"}
    assert "confirm" not in command.ACTIONS


def test_where_nobody_could_confirm_the_operator_names_the_first(committee: Committee) -> None:
    """The way back for an installation whose last Expert and Chair have gone."""
    for name in ("chair", "expert"):
        actions.unseat(committee.seats[name], by=OPERATOR, now=committee.now)
    admin, person = committee.actor("administrator"), committee.person("nobody")
    with pytest.raises(Refused):
        actions.seat(person, EXPERT, by=admin, now=committee.now)
    assert actions.seat(person, EXPERT, by=OPERATOR, now=committee.now).role == "expert"


def test_the_circle_is_told(committee: Committee) -> None:
    """All who may confirm are told of a proposal, of its end, and of a seat of theirs that ends."""
    made = proposed(committee)
    told = delivered(committee.now)
    assert sorted(str(m["To"]) for m in told) == [
        "chair <chair@example.org>",
        "expert <expert@example.org>",
    ]
    assert all("nobody@example.org" not in m.get_content() for m in told)
    actions.confirm(made, by=committee.actor("chair"), now=committee.now)
    assert len(delivered(committee.now)) == 2 + 1  # and the new Expert's invitation
    actions.unseat(committee.seats["expert"], by=OPERATOR, now=committee.now)
    assert len(delivered(committee.now)) == 2


def test_an_administrator_sees_no_content_of_the_experts(committee: Committee) -> None:
    admin = Desk(committee, "administrator")
    for route in ("desk-needs", "desk-circulars", "desk-outbox", "desk-ledger", "desk-plan"):
        assert admin.get(route).status_code == 404
    assert admin.client.get("/admin/").status_code == 404
    assert sign_in(with_password(committee, "administrator")).status_code == 302
