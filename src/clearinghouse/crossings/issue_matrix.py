"""Opens, freezes and issues the matrix of each month when it is due: once, however many ask.

Source: `docs/rules/matrix-issue.md`. The pen is held while looking and acting, so of many
schedulers one acts and the others find it done; a crash at any step leaves nothing half-done.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from clearinghouse.access.actor import CLOCK, Role, Standing
from clearinghouse.circulars import actions, rules
from clearinghouse.circulars.models import Issue
from clearinghouse.circulars.queries import issues
from clearinghouse.circulars.rules import State
from clearinghouse.kernel.calendar import add_months, day_in_new_york
from clearinghouse.ledger import chain
from clearinghouse.notices import actions as notices
from clearinghouse.notices.rules import Kind
from clearinghouse.people.queries import seats_in


@dataclass
class Done:
    """The numbers of the issues opened, frozen, issued, or found waiting for a clearance."""

    opened: list[str] = field(default_factory=list)
    frozen: list[str] = field(default_factory=list)
    issued: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    @property
    def anything(self) -> bool:
        return bool(self.opened or self.frozen or self.issued)


def run(now: datetime) -> Done:
    """Do all that is due at this moment. Asking again at once does nothing more."""
    done = Done()
    if not _is_due(now):
        return done
    with chain.pen():
        for month in _missing(now):
            done.opened.append(actions.open_draft(month, by=CLOCK, now=now).number)
        for issue in issues.unfinished(day_in_new_york(now)):
            _advance(issue, now, done)
    return done


def _is_due(now: datetime) -> bool:
    """A look without the pen, so that an idle tick makes nobody wait."""
    return bool(_missing(now) or issues.unfinished(day_in_new_york(now)))


def _missing(now: datetime) -> list[date]:
    """The months whose draft should be open by now and is not, oldest first.

    A month that passed while the machine was down is issued late, never skipped; nor is one that
    somebody overtook by opening the draft of a later month. A new installation begins with the
    coming month.
    """
    today = day_in_new_york(now)
    periods, holidays = issues.settings(), issues.holidays()
    due = rules.month_due(today, periods.draft_opens_working_days, holidays)
    there = issues.months()
    if not there:
        return [due] if due > today else []
    each, missing = min(there), []
    while each <= due:
        missing += [] if each in there else [each]
        each = add_months(each, 1)
    return missing


def _advance(issue: Issue, now: datetime, done: Done) -> None:
    if issue.state == State.DRAFT and rules.freezes_at(issue.month) <= now:
        late = day_in_new_york(now) > issue.month
        actions.freeze(issue, late=late, by=CLOCK, now=now)
        done.frozen.append(issue.number)
    if issue.state != State.FROZEN:
        return
    if issues.missing_clearances(issue):
        _say_it_waits(issue, now)
        done.waiting.append(issue.number)
        return
    actions.issue_(issue, by=CLOCK, now=now)
    notices.tell(Kind.MATRIX_ISSUED, issue.subject, issues.circulation(), now=now)
    done.issued.append(issue.number)


def _say_it_waits(issue: Issue, now: datetime) -> None:
    """Once for each issue, to whoever can clear it and to the secretariat."""
    seats = seats_in({Role.EXPERT, Role.SECRETARIAT, Role.MEMBER}, now)
    told = [s.pk for s in seats if s.role != Role.MEMBER or s.standing == Standing.CHAIR]
    notices.tell(Kind.MATRIX_WAITS, f"{issue.subject}#waits", told, now=now)
