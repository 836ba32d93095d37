"""The demonstration's meeting to come: its agenda, its documents, who is invited."""

from datetime import datetime
from typing import TYPE_CHECKING

from clearinghouse.mandate import queries as mandate
from clearinghouse.meetings.actions import around, meetings
from clearinghouse.meetings.rules import Answer

if TYPE_CHECKING:
    from clearinghouse.crossings.demonstration import Cast

AGENDA = (
    "Opening by the Chair",
    "What has become of the needs stated at the special meeting",
    "Offers of assistance: statements by providers",
    "Next steps and dates",
)
DOCUMENTS = (
    ("Provisional agenda (illustrative)", "DEMO/AGENDA/1", False),
    ("Background note by the secretariat (illustrative)", "DEMO/NOTE/1", False),
    ("Arrangements in the building (illustrative)", "DEMO/INF/1", True),
)
INVITED = (
    ("XA", Answer.ATTENDS, "One delegate of the Permanent Mission"),
    ("XB", Answer.AWAITED, ""),
    ("XC", Answer.ATTENDS, "Two delegates of the Permanent Mission"),
    ("XIO", Answer.ATTENDS, "The focal point for travel documents"),
    ("XRO", Answer.DECLINES, ""),
)


def begin(cast: "Cast", now: datetime) -> None:
    """All of it by the secretariat, who also enters what invited bodies have answered."""
    meeting = next(m for m in mandate.meetings() if m.illustrative and m.kind == "follow-up")
    by = cast.actor("secretariat", now)
    meetings.set_agenda(meeting, AGENDA, "en", by=by, now=now)
    for title, symbol, restricted in DOCUMENTS:
        paper = around.Reference(titles={"en": title}, symbol=symbol, is_restricted=restricted)
        around.add_document(meeting, paper, by=by, now=now)
    for code, said, names in INVITED:
        guest = around.invite(meeting, mandate.body(code), by=by, now=now)
        if said != Answer.AWAITED:
            around.answer(guest, said, names, by=by, now=now)
