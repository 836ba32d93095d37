"""A mission corrects its needs by replying to the last matrix mail, without ever signing in."""

from datetime import date
from pathlib import Path

from clearinghouse.intake import actions as intake
from clearinghouse.intake.actions import Acceptance
from clearinghouse.ledger.models import Entry
from clearinghouse.needs.rules import Consent, Origin, Status
from tests.committee import Committee
from tests.intake.post import (
    arrive,
    code,
    current_need,
    delivered,
    reply,
    sent_matrix,
    words,
)

TODAY = date(2025, 3, 10)
NOTE = "reply of 10 March 2025"


def test_a_mission_corrects_a_need_by_reply(committee: Committee, tmp_path: Path) -> None:
    cost = committee.need("XA", "legislation", Consent.COMMITTEE)
    seen = committee.need("XA", "police", origin=Origin.EXPERT)
    gone = committee.need("XA", "customs")
    (mail,) = sent_matrix(committee, tmp_path, "mission_xa")
    said = words(mail)
    for need in (cost, seen, gone):
        assert f"• {code(need)}  " in said
    assert "Reference: " in said
    text = "\n".join(
        (
            "Excellency, please find below:",
            f"{code(cost)} rough cost: USD 20,000",
            f"{code(cost)} who may see it: every provider",
            f"* {code(cost)} description: A draft law,",
            "and two weeks of advice.",
            "",
            f"{code(seen).lower()} Confirmed.",
            f"{code(gone)} withdrawn",
        )
    )
    item = arrive(committee, reply(mail, text))
    assert (item.state, item.body, item.marks, item.faults) == (
        "waiting",
        committee.body("XA"),
        [],
        [],
    )
    assert current_need(cost).rough_cost == ""  # nothing takes effect until it is accepted
    office = committee.actor("secretariat")
    intake.accept(item, Acceptance(NOTE, TODAY), by=office, now=committee.now)
    changed = current_need(cost)
    assert (changed.rough_cost, changed.consent) == ("USD 20,000", Consent.PROVIDERS)
    assert changed.descriptions == {"en": "A draft law, and two weeks of advice."}
    assert current_need(seen).status == Status.CONFIRMED
    assert current_need(gone).status == Status.WITHDRAWN
    revised = Entry.objects.unscoped("test").get(verb="needs.revised")
    assert revised.because == '["on_instrument"]'
    assert revised.actor == office.reference
    told = [m for m in delivered(committee, tmp_path) if "recorded" in m["Subject"]]
    assert [m["To"] for m in told] == [mail["To"]]
    assert NOTE in words(told[0])
    assert f"• {code(cost)}  XA legislation: changed" in words(told[0])
