"""The chair moves a meeting: what will move is shown first, and those concerned are told once."""

from pathlib import Path

from django.utils import timezone

from clearinghouse.crossings.tick import tick
from tests.browser.conftest import Arrive
from tests.browser.mailbox import all_mails, words

CODE = "follow-up-demonstration"


def test_moved_and_everybody_told_once(arrive: Arrive, outbox: Path) -> None:
    chair = arrive("chair").open(f"desk/meetings/{CODE}/")
    assert chair.sees("12 December 2026")
    chair.press("Move it").write("First day", "2026-12-16").press("See what will move")
    assert chair.sees("The meeting would move to 16 December 2026")
    chair.press("Move it now")
    assert chair.sees("16 December 2026")
    assert chair.sees("12 December 2026"), "the old day is kept"

    stranger = arrive().open(f"meetings/{CODE}/")
    assert stranger.sees("16 December 2026")

    tick(timezone.now)
    tick(timezone.now)
    told = [mail for mail in all_mails(outbox) if "16 December 2026" in words(mail)]
    assert told
    assert len({mail["To"] for mail in told}) == len(told)
    assert all("12 December 2026" in words(mail) for mail in told)
