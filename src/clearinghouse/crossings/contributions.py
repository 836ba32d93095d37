"""The demonstration's contributions under way: one listed, one returned, some under way."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from clearinghouse.mandate import queries as mandate
from clearinghouse.submissions import actions
from clearinghouse.submissions.rules.kinds import Kind

if TYPE_CHECKING:
    from clearinghouse.crossings.demonstration import Cast

DAY = timedelta(days=1)


def begin(cast: "Cast", now: datetime) -> None:
    """One of each that a visitor may want to look at, through the same steps as any other."""
    _listed(cast, now)
    _returned(cast, now)
    _on_behalf(cast, now)
    _need_to_confirm(cast, now)
    draft = _standard("Machine-readable seafarers' cards: reading practice", ["2(g)"])
    by = cast.actor("alternate-xio", now)
    actions.draft(Kind.STANDARD, mandate.body("XIO"), draft, by=by, now=now + 9 * DAY)


def _listed(cast: "Cast", now: datetime) -> None:
    said = _standard(
        "Examination of travel documents at the second line: practice guide",
        ["2(g)"],
        summary={"en": "How to set up and run a second line of document examination."},
        edition="2nd edition",
        issued="2024-05",
    )
    by, sec = cast.actor("focal-xio", now), cast.actor("secretariat", now)
    started = actions.draft(Kind.STANDARD, mandate.body("XIO"), said, by=by, now=now)
    actions.submit(started, by=by, now=now + DAY)
    actions.take_up(started, by=sec, now=now + 2 * DAY)
    actions.list_(started, by=sec, now=now + 3 * DAY)


def _returned(cast: "Cast", now: datetime) -> None:
    said = _standard("Indicators for money transfer services", ["1(a)", "1(d)"])
    by, sec = cast.actor("focal-xfo", now), cast.actor("secretariat-2", now)
    started = actions.draft(Kind.STANDARD, mandate.body("XFO"), said, by=by, now=now + DAY)
    actions.submit(started, by=by, now=now + 2 * DAY)
    actions.take_up(started, by=sec, now=now + 4 * DAY)
    remarks = {
        "obligations": "Please say which part bears on 1(d).",
        "issued": "Please give the year of this edition.",
    }
    actions.return_(started, remarks, by=sec, now=now + 5 * DAY)


def _on_behalf(cast: "Cast", now: datetime) -> None:
    """Held by the first officer of the secretariat, so that only the second may list it."""
    said = _standard("Port security drills: a checklist", ["2(b)", "2(g)"])
    by = cast.actor("secretariat", now)
    paper = "Letter of the Illustrative Association of Port Authorities, reference 12"
    body = mandate.body("XPO")
    started = actions.draft(Kind.STANDARD, body, said, instrument=paper, by=by, now=now + 3 * DAY)
    actions.submit(started, by=by, now=now + 4 * DAY)


def _need_to_confirm(cast: "Cast", now: datetime) -> None:
    content = {
        "area": "customs",
        "title": {"en": "Risk profiles for small parcels"},
        "description": {"en": "Help in writing and testing risk profiles at two postal centres."},
        "obligations": [{"ref": "2(g)"}],
        "priority": "2",
        "consent": "public",
    }
    capital, sec = cast.actor("capital-xa", now), cast.actor("secretariat", now)
    started = actions.draft(Kind.NEED, mandate.body("XA"), content, by=capital, now=now + 6 * DAY)
    actions.submit(started, by=capital, now=now + 7 * DAY)
    actions.authenticate(started, by=sec, now=now + 8 * DAY)


def _standard(title: str, refs: list[str], **more: Any) -> dict[str, Any]:
    return {
        "title": {"en": title},
        "legal_nature": "best practice",
        "obligations": [{"ref": ref} for ref in refs],
    } | more
