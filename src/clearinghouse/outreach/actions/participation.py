"""What can be recorded of who takes part in the confidential exchange, with its history.

The record names the line and never the body: who takes part is known to focal points and Experts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Invalid, Refused, Stale
from clearinghouse.kernel.calendar import day_in_new_york
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.ledger.record import Change, Event, record
from clearinghouse.mandate.models import Body
from clearinghouse.outreach import policy
from clearinghouse.outreach.models import Participation, Terms
from clearinghouse.outreach.queries import participation as queries
from clearinghouse.outreach.rules.participation import (
    NO_TERMS,
    Step,
    faults_of_amending,
    faults_of_joining,
    faults_of_leaving,
)


@dataclass(frozen=True, kw_only=True)
class Joined(Event):
    verb: ClassVar[str] = "outreach.joined"
    step: ClassVar[Step] = Step.JOIN


@dataclass(frozen=True, kw_only=True)
class Amended(Event):
    verb: ClassVar[str] = "outreach.terms_changed"
    step: ClassVar[Step] = Step.AMEND


@dataclass(frozen=True, kw_only=True)
class Left(Event):
    verb: ClassVar[str] = "outreach.left"
    step: ClassVar[Step] = Step.LEAVE


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """On what terms: in words, by language, or by a paper that is named; until when, if known."""

    words: Mapping[str, str]
    paper: str = ""
    until: date | None = None


def join(body: Body, since: date, agreed: Agreed, *, by: Actor, now: datetime) -> Participation:
    """The body takes part from that day on; again, where it did before. Raises Invalid."""
    line = queries.of_body(by, body) or Participation(body=body)
    policy.authorise_participation(by, Step.JOIN, line)
    _must_be_open(by, Step.JOIN, line, now)
    if body.is_state:
        raise Refused("States do not take part in the exchange of organisations")
    _must_be_sound(faults_of_joining(since, agreed.until, line.until), agreed)
    line.since = line.holds_from = since
    return _agreed(line, agreed, since, Joined(), by=by, now=now)


def amend(line: Participation, on: date, agreed: Agreed, *, by: Actor, now: datetime) -> None:
    """Other terms hold from that day on; what held before stays in the history."""
    policy.authorise_participation(by, Step.AMEND, line)
    _must_be_open(by, Step.AMEND, line, now)
    found = faults_of_amending(on, since=line.since, until=agreed.until, last=line.holds_from)
    _must_be_sound(found, agreed)
    line.holds_from = on
    _agreed(line, agreed, on, Amended(), by=by, now=now)


def leave(line: Participation, until: date, *, by: Actor, now: datetime) -> None:
    """That is its last day. The terms stay as they were, to be read."""
    policy.authorise_participation(by, Step.LEAVE, line)
    _must_be_open(by, Step.LEAVE, line, now)
    agreed = Agreed(words=line.words, paper=line.paper, until=until)
    _must_be_sound(faults_of_leaving(until, since=line.since), agreed)
    _agreed(line, agreed, day_in_new_york(now), Left(), by=by, now=now)


def _agreed(
    line: Participation, agreed: Agreed, on: date, event: Event, *, by: Actor, now: datetime
) -> Participation:
    """Kept as it is to hold, and once more in the history, under one line of the record."""
    grant = policy.authorise_participation(by, Step(event.step), line)
    line.words, line.paper = dict(agreed.words), agreed.paper.strip()
    line.until = agreed.until
    told = Terms(participation=line, step=event.step, on=on, since=line.since, until=line.until)
    told.words, told.paper = line.words, line.paper
    told.noted_by_id, told.noted_at = policy.hand(by), now
    try:
        with transaction.atomic():
            record(grant, event, changed=Change(line, [told]), now=now)
    except IntegrityError:  # another Expert recorded the same body at the same moment
        raise Stale("it has been recorded meanwhile") from None
    return line


def _must_be_open(by: Actor, step: Step, line: Participation, now: datetime) -> None:
    if step not in queries.steps_open_to(by, line, day_in_new_york(now)):
        raise OutOfOrder(f"{step} is not open")


def _must_be_sound(faults: Mapping[str, str], agreed: Agreed) -> None:
    told = dict(faults)
    if not agreed.paper.strip() and not any(said.strip() for said in agreed.words.values()):
        told["words"] = NO_TERMS
    if told:
        raise Invalid({name: [_(said)] for name, said in told.items()})
