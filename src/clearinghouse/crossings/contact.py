"""The demonstration's contact with bodies: log, invitation, the exchange, and whom it trusts."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from clearinghouse.batches.actions import trusting
from clearinghouse.crossings import reaching_out
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.rules import Unit
from clearinghouse.outreach import actions, queries
from clearinghouse.outreach.actions import Call, Next, Said, participation
from clearinghouse.outreach.actions.participation import Agreed
from clearinghouse.outreach.rules import Answer, Channel, Standing
from clearinghouse.submissions.rules.kinds import Kind

if TYPE_CHECKING:
    from clearinghouse.crossings.demonstration import Cast

SAID = (
    (
        "XIO",
        Channel.TELEPHONE,
        Standing.AGREED,
        "Will send its plan of standards each spring.",
        "",
    ),
    (
        "XFO",
        Channel.MAIL,
        Standing.REPLIED,
        "Asks which of its papers the committee can list.",
        "Send the list of papers",
    ),
    (
        "XRO",
        Channel.MEETING,
        Standing.CONTACTED,
        "Was shown the forms after the session.",
        "Ask for a second focal point",
    ),
)
KINDS = (Kind.STANDARD_PLAN, Kind.GUIDANCE_NOTE, Kind.COORDINATION_REPORT)
INVITED = ("XIO", "XFO", "XRO", "XDO")


def begin(cast: "Cast", now: datetime, today: datetime) -> None:
    """By the secretariat. Next steps are due in the days after `today`."""
    by, owner = cast.actor("secretariat", now), cast.person("secretariat")
    for number, (code, channel, standing, summary, step) in enumerate(SAID, start=1):
        due = day_in_new_york(today) + timedelta(days=2 * number)
        then = Next(step=step, owner=owner, due_on=due) if step else Next()
        said = Said(
            on=day_in_new_york(now),
            channel=channel,
            standing=standing,
            summary=summary,
            with_whom="the focal point",
            next=then,
        )
        actions.note(mandate.body(code), said, by=by, now=now)
    _invite(cast, now)
    _take_part(cast, now)
    reason = "Its files of the last two years were sound; it keeps them in a program of its own."
    trusting.trust(mandate.body("XIO"), reason, by=cast.actor("secretariat", now), now=now)


def _take_part(cast: "Cast", now: datetime) -> None:
    """Two organisations take part in the confidential exchange; one of them on other terms."""
    by, since = cast.actor("expert", now), day_in_new_york(now)
    words = {"en": "For the Experts alone. Nothing goes on without our written consent."}
    participation.join(mandate.body("XIO"), since, Agreed(words=words), by=by, now=now)
    paper = Agreed(words={}, paper="Exchange of letters, Illustrative Financial Organization")
    line = participation.join(mandate.body("XFO"), since, paper, by=by, now=now)
    words = {"en": "As in the letters; what is older than two years is destroyed."}
    later = since + timedelta(days=1)
    other = Agreed(words=words, paper=paper.paper)
    participation.amend(line, later, other, by=by, now=now + timedelta(days=1))


def _invite(cast: "Cast", now: datetime) -> None:
    by = cast.actor("secretariat", now)
    meeting = next(m for m in mandate.meetings() if m.illustrative and m.kind == "follow-up")
    call = Call(
        kinds=[kind.value for kind in KINDS],
        texts={
            "en": "What is new since the special meeting is laid before the follow-up meeting."
        },
        meeting=meeting,
        offset=-1,
        unit=Unit.MONTHS,
    )
    bodies = [mandate.body(code) for code in INVITED]
    made = reaching_out.invite(call, bodies, by=by, now=now)
    for line in queries.asked_for(by).filter(invitation=made):
        if line.body.code == "XRO":
            actions.answer(line, Answer.WILL, by=by, now=now)
        if line.body.code == "XFO":
            why = "Our council adopts its papers in autumn; we have nothing new before."
            reaching_out.decline(line, why, by=cast.actor("focal-xfo", now), now=now)
