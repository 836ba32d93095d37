"""A focal point from its invitation to the yearly confirmation; and a file, from fault to undone."""

import re
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import time_machine
from django.utils import timezone

from clearinghouse.access.actor import OPERATOR, Role, Standing
from clearinghouse.crossings.tick import tick
from clearinghouse.mandate import queries as mandate
from clearinghouse.people import actions as people
from clearinghouse.people.actions import Naming
from tests.browser.conftest import Arrive
from tests.browser.mailbox import all_mails, words
from tests.browser.visitor import Visitor
from tests.people.front_door import PASSWORD

NEWCOMER = "newcomer@example.org"
TITLE = "Model course on sealing crates"
CORRECTED = "Model course on sealing crates and lids"
YEAR = timedelta(days=340)


def test_from_the_invitation_to_the_confirmation_a_year_later(
    arrive: Arrive, clock: time_machine.Traveller, outbox: Path
) -> None:
    office = arrive("secretariat")
    author = _signed_in(arrive(), office, outbox)
    assert author.sees("is invited to contribute by")
    author.press("Contribute, or say why not").press("Submit a standard")
    author.write("English", TITLE).choose("What it is in law", "code").tick("2(g)")
    author.press("Submit")
    assert author.sees("Submitted")

    office.open("desk/").press_beside(TITLE)
    office.press("Take it up")
    office.unfold("Return it with remarks").write("Title", "Say what else it covers.")
    office.press("Return it to its author")
    tick(timezone.now)
    author.page.goto(_link(_mails(outbox)[-1]))
    assert author.sees("Say what else it covers.")
    author.press("Go on writing").write("English", CORRECTED).press("Submit")
    office.open("desk/").press_beside(CORRECTED)
    office.press("Take it up").press("List it")
    _finds(arrive(), CORRECTED)

    clock.shift(YEAR)
    tick(timezone.now)
    link = next(found for mail in _mails(outbox) if "/confirm/" in (found := _link(mail)))
    stranger = arrive()
    stranger.page.goto(link)
    assert stranger.sees(CORRECTED)
    assert not stranger.sees("Thank you")
    stranger.page.goto(link)
    stranger.press("All of this still holds")
    assert stranger.sees("Thank you")
    assert stranger.page.goto(link).status == 404  # type: ignore[union-attr]  # a page was asked for
    reader = _finds(arrive(), CORRECTED)
    assert reader.sees("17 September 2027")
    assert not reader.sees("not confirmed for a year")


def test_a_file_is_corrected_previewed_listed_and_undone(arrive: Arrive, tmp_path: Path) -> None:
    """The first with a fault, the second large enough to be read by the clock."""
    author, office = arrive("focal-xio"), arrive("secretariat")
    _bring_in(author, _file(tmp_path, "what it is", lines=0))
    assert author.sees("correct the faulty rows")
    assert author.sees("legal nature") or author.sees("What it is in law")

    _bring_in(author, _file(tmp_path, "code", lines=1_001))
    assert author.sees("being read")
    assert author.sees("Rows read: 0")
    tick(timezone.now)
    author.press("See how far it is")
    assert author.sees("checked, not handed in")
    assert author.sees(TITLE)
    author.press("Hand it in")
    assert author.sees("with the secretariat")

    office.open("desk/").press_beside("handed this file in on")
    assert office.sees(TITLE)
    office.press("Apply it")
    assert office.sees("in view")
    _finds(arrive(), TITLE)

    author.page.reload()
    author.press("Undo it")
    assert author.sees("undone")
    reader = arrive().open(f"search/?q={TITLE.replace(' ', '+')}")
    assert not reader.sees(f"{TITLE} one")


def _signed_in(visitor: Visitor, office: Visitor, outbox: Path) -> Visitor:
    """Seated by the operator, its body invited by the secretariat; the rest is in the mails."""
    now: Any = {"by": OPERATOR, "now": timezone.now()}
    person = people.enter(name="A newcomer", email=NEWCOMER, language="en", **now)
    naming = Naming(
        role=Role.FOCAL_POINT,
        standing=Standing.ALTERNATE,
        body=mandate.body("XRO"),
        instrument="its letter of 12 October",
    )
    people.seat(person, naming, **now)
    people.invite(person, **now)
    office.open("desk/outreach/invitations/new/").tick("Standard")
    office.write("Or a fixed day", "2026-11-30")
    office.page.locator('input[name="bodies"][value="XRO"]').check()
    office.press("Invite them")
    tick(timezone.now)
    account, invitation = sorted(_mails(outbox), key=lambda mail: "contribute" in mail["Subject"])
    visitor.page.goto(_link(account))
    visitor.write("New password", PASSWORD).write("The new password again", PASSWORD)
    visitor.press("Set the password")
    visitor.page.goto(_link(invitation))
    visitor.write("E-mail address", NEWCOMER)
    return visitor.write("Password", PASSWORD).press("Sign in")


def _bring_in(visitor: Visitor, file: Path) -> None:
    visitor.open("desk/batches/").choose("What the file holds", "Standards")
    visitor.field("File").set_input_files(file)
    visitor.press("Check it and show what it would change")


def _file(folder: Path, legal_nature: str, *, lines: int) -> Path:
    made = folder / f"own-{lines}.csv"
    rows = "".join(f"C-{n},{TITLE} {n},{legal_nature},2(g)\n" for n in ("one", "two"))
    made.write_text("reference,title[en],legal_nature,obligations\n" + rows + "\n" * lines)
    return made


def _finds(reader: Visitor, title: str) -> Visitor:
    """By the search on the front page, and the link it finds."""
    reader.open().write("Search standards", title).press("Search")
    reader.follow(re.compile(title))
    assert reader.sees(title)
    return reader


def _mails(outbox: Path) -> list[EmailMessage]:
    return [mail for mail in all_mails(outbox) if NEWCOMER in mail["To"]]


def _link(mail: EmailMessage) -> str:
    found = re.search(r"http://\S+", words(mail))
    assert found is not None
    return found[0]
