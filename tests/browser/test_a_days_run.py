"""The secretariat prints the day's run of letters: the sheet, and every letter that is to go."""

from pypdf import PdfReader

from tests.browser.conftest import Arrive

CLEARED = "CTC/L/2026/0009"


def test_the_run_is_printed(arrive: Arrive) -> None:
    office = arrive("secretariat").open("desk/letters/run/")
    assert office.sees(CLEARED)
    run = PdfReader(office.take("Take the run as one file"))
    printed = "".join(page.extract_text() for page in run.pages)
    letters_alone = "".join(c for c in printed if c.isalnum() or c == "/")
    assert CLEARED in letters_alone, printed
