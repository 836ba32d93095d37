"""A guidance note through the doors: written, returned, mended, listed, found, confirmed by link."""

import re
from datetime import datetime
from typing import Any

import time_machine
from django.test import Client

from clearinghouse.crossings import deliver, freshness
from clearinghouse.kernel.calendar import add_months, midnight_of
from clearinghouse.submissions.models import Submission
from tests.committee import NOW, Committee
from tests.crossings.april import Carrier
from tests.web.desk import Desk, faults, text, the_submission

NOTE: dict[str, Any] = {
    "title-en": "Lighting a second line",
    "summary-en": "What a small post needs.",
    "obligations": ["1(a)"],
    "obligations-at-1(a)": "chapter 2",
    "human_rights_check-remedies": "no",
}


def mailed(now: datetime) -> str:
    """The link of the mail that asks the focal point of XIO to confirm."""
    by = Carrier()
    while deliver.deliver_next(now, by) is not None:
        pass
    (mail,) = [m for m in by.mails if "focal_xio@" in m["To"] and "confirm" in m["Subject"]]
    body = mail.get_body(("plain",))
    assert body is not None
    (found,) = re.findall(r"https?://[^/\s]+(/\S*/confirm/\S+)", body.get_content())
    return str(found)


def written(author: Desk, office: Desk) -> Submission:
    """Begun without a summary, mended, returned once with a reason, mended again, taken up."""
    new = ("desk-submission-new", "guidance_note")
    short: Any = author.post(*new, **NOTE | {"summary-en": "", "do": "submit"})
    assert set(faults(short)) == {"summary_0"}
    assert author.post(*new, **NOTE, do="submit").status_code == 303
    one = the_submission()
    office.step("take-up", one)
    office.step("return", one, **{"remark-title": "Say for which posts."})
    assert "Say for which posts." in text(author.get("desk-submissions"))
    one.refresh_from_db()
    said = NOTE | {"title-en": "Lighting a second line at small posts"}
    sent = author.post(
        "desk-submission-edit", one.pk, **said, version=str(one.version), do="submit"
    )
    assert sent.status_code == 303
    office.step("take-up", one)
    return one


def test_from_an_empty_form_to_a_confirmation_a_year_later(committee: Committee) -> None:
    with time_machine.travel(NOW, tick=False):
        author, office = Desk(committee, "focal_xio"), Desk(committee, "secretariat")
        one = written(author, office)
        public: Any = Client().get("/en/guidance/")
        assert "small posts" not in text(public), "under review it is not in view"
        assert office.step("list", one).status_code == 303
        found: Any = Client().get("/en/search/", {"q": "lighting posts"})
        assert "Lighting a second line at small posts" in text(found)
        one.refresh_from_db()
        page: Any = Client().get(f"/en/entries/{one.entry}/")
        assert text(page).count("not answered") == 5

    later = midnight_of(add_months(NOW.date(), 11))
    with time_machine.travel(later, tick=False):
        freshness.ask(later)
        address = mailed(later)
        shown: Any = Client().get(address)
        assert "Lighting a second line at small posts" in text(shown)
        assert Client().post(address).status_code == 200
        page = Client().get(f"/en/entries/{one.entry}/")
        assert "Last confirmed by its contributor 10 February 2026" in text(page)
