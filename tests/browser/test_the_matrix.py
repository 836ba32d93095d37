"""The month's matrix: cleared, issued at midnight in New York, read by a mission from its mail."""

import re
from datetime import date, timedelta
from pathlib import Path

import time_machine
from django.utils import timezone
from python_calamine import load_workbook

from clearinghouse.circulars import rules
from clearinghouse.circulars.queries import issues
from clearinghouse.crossings.tick import tick
from clearinghouse.kernel.calendar import midnight_of
from tests.browser.conftest import Arrive
from tests.browser.mailbox import mails_to, words

CONFIDED = "Case conference between police and prosecutors"  # for the State, Experts, secretariat
PUBLIC = "Train a first team of financial analysts"
NOVEMBER = date(2026, 11, 1)


def test_cleared_issued_and_read(
    arrive: Arrive, clock: time_machine.Traveller, outbox: Path
) -> None:
    periods = issues.settings()
    opens = rules.opens_on(NOVEMBER, periods.draft_opens_working_days, issues.holidays())
    clock.move_to(midnight_of(opens) + timedelta(hours=10))
    tick(timezone.now)

    expert = arrive("expert")
    expert.open("desk/circulars/2026-11/")
    assert expert.sees("Draft: not issued yet")
    expert.press("Clear this issue")
    assert expert.sees("The Chair and an Expert have cleared it.")

    clock.move_to(midnight_of(NOVEMBER))
    tick(timezone.now)
    mission = arrive("state-xa")
    mission.page.goto(link_of_the_mail_to("state-xa", outbox))
    assert mission.sees("2026-11")
    assert mission.sees("Distribution Restricted")
    assert mission.sees(CONFIDED)
    assert CONFIDED in cells_of(mission.take("Spreadsheet"))

    stranger = arrive().open("matrix/2026-11/")
    assert stranger.sees(PUBLIC)
    assert not stranger.sees(CONFIDED)
    assert CONFIDED not in cells_of(stranger.take("Spreadsheet"))


def cells_of(file: Path) -> set[object]:
    with load_workbook(file) as book:
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        return {cell for sheet in sheets for row in sheet.to_python() for cell in row}


def link_of_the_mail_to(persona: str, outbox: Path) -> str:
    (mail,) = [m for m in mails_to(persona, outbox) if "November 2026" in m["Subject"]]
    found = re.search(r"http://\S+", words(mail))
    assert found is not None
    return found[0]
