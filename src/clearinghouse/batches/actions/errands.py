"""What the clock does of what is too long for a request, piece by piece.

It may be killed at any moment: what it had begun is begun again. What comes of it, or why not,
stands on the batch.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q

from clearinghouse.access.actor import CLOCK, OPERATOR, PUBLIC, Actor
from clearinghouse.access.errors import Invalid, Stale
from clearinghouse.batches import policy, queries
from clearinghouse.batches.actions import (
    after,
    applying,
    publishing,
    tell_author,
    write,
)
from clearinghouse.batches.actions.publishing import Hearing
from clearinghouse.batches.models import Batch, Errand
from clearinghouse.batches.queries import comparing
from clearinghouse.batches.queries.comparing import Misread
from clearinghouse.batches.rules.workflow import State, Step, Verdict
from clearinghouse.files import actions as keeping
from clearinghouse.files import queries as files
from clearinghouse.files.actions import Offered
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.rules import Type
from clearinghouse.kernel.marking import N_
from clearinghouse.ledger.record import Change, Event, record
from clearinghouse.people.queries import addressee
from clearinghouse.submissions.queries import checking
from clearinghouse.submissions.rules.kinds import Kind

LEASE = timedelta(minutes=2)
"""How long a run may be silent before another takes its place: longer than any step of it."""
TRIES = 5
"""Runs that may be killed over one errand before it is given up."""
TIRED = N_("The program ended %(count)s times over this file; tell whoever runs it.")
OVERTAKEN = N_("Something in it has changed since it was looked at: bring the file in again.")

Clock = Callable[[], datetime]
Fault = list[str | dict[str, str]]  # place, message, values


class Overtaken(Exception):
    """Another run does this now."""


@dataclass(frozen=True, kw_only=True)
class Read(Event):
    verb: ClassVar[str] = "batches.read"
    step: ClassVar[Step] = Step.READ
    new: int
    changed: int
    unchanged: int
    faulty: int


@dataclass(frozen=True, kw_only=True)
class GivenUp(Event):
    verb: ClassVar[str] = "batches.given_up"
    step: ClassVar[Step] = Step.GIVE_UP


@dataclass
class Run:
    """One life of an errand: it says that it lives, and ends where another has taken over."""

    batch: UUID
    clock: Clock
    id: UUID = field(default_factory=uuid4)
    tries: int = 0

    def told(self, done: int) -> None:
        """Raises Overtaken."""
        held = Errand.objects.unscoped("its own").filter(batch=self.batch, run=self.id)
        if not held.update(done=done, beat_at=self.clock()):
            raise Overtaken

    def end(self) -> None:
        """In the transaction of what comes of it. Raises Overtaken."""
        held = Errand.objects.unscoped("its own").filter(batch=self.batch, run=self.id)
        if not held.delete()[0]:
            raise Overtaken


def do_next(clock: Clock) -> bool:
    """The errand that waits longest; whether there was one."""
    run = _taken(clock)
    if run is None:
        return False
    batch = queries.for_the_clock(run.batch)
    act = ACTS.get(State(batch.state)) if batch else None
    try:
        if batch is None or act is None:  # it was done, and killed before it could say so
            run.end()
        elif run.tries > TRIES:
            _give_up(batch, run, [["", TIRED, {"count": str(TRIES)}]])
        else:
            _tried(act, batch, run)
    except Overtaken:
        pass
    return True


def _taken(clock: Clock) -> Run | None:
    """Of two clocks that look at once, one gets it: the other finds another `run` there."""
    now = clock()
    free = Q(beat_at=None) | Q(beat_at__lt=now - LEASE)
    every = Errand.objects.unscoped("the clock does what was asked")
    for one in every.filter(free):
        run = Run(one.batch, clock, tries=one.tries + 1)
        same = every.filter(batch=one.batch, run=one.run)
        if same.update(run=run.id, beat_at=now, done=0, tries=F("tries") + 1):
            return run
    return None


def _tried(act: "Act", batch: Batch, run: Run) -> None:
    try:
        act(batch, run)
    except (Unfit, Invalid, Stale) as why:
        there = queries.for_the_clock(batch.pk)
        if there is not None and there.state == batch.state:
            _give_up(there, run, _told(why))


def _read(batch: Batch, run: Run) -> None:
    """As `stage` does, from the file that was kept; what a run before has written goes first."""
    [file] = files.files_of(batch, "")
    author = _author(batch, run.clock())
    if file.type == Type.XML:
        _read_published(batch, run, files.open_(file), author)
        return
    with transaction.atomic():
        run.told(0)
        queries.rows_of(batch).delete()
    kind, content = Kind(batch.kind), files.open_(file)
    comparison = comparing.begin(kind, batch.body, file.name, content, by=author)
    done = 0
    for rows in comparison.rows():
        done += len(rows)
        with transaction.atomic():
            run.told(done)
            write(rows, batch, run.clock())
    batch.counts, batch.read_as = dict(comparison.counts), dict(comparison.table.read_as)
    batch.keeps_shape = comparison.keeps_shape
    _end_reading(batch, run)


def _read_published(batch: Batch, run: Run, content: bytes, author: Actor) -> None:
    """From where a run before has come to; with what was not understood beside the file."""
    hearing = Hearing(clock=run.clock, alive=run.told)
    _end_reading(batch, run, publishing.read_received(batch, content, hearing, by=author))


def _end_reading(batch: Batch, run: Run, report: Offered | None = None) -> None:
    grant = policy.authorise(CLOCK, Step.READ, batch)
    event = Read(
        new=batch.counts[Verdict.NEW],
        changed=batch.counts[Verdict.CHANGED],
        unchanged=batch.counts[Verdict.UNCHANGED],
        faulty=batch.counts[Verdict.FAULTY],
    )

    def keep(now: datetime) -> None:
        beside = [keeping.keep(report, owner=batch, now=now)] if report else []
        record(grant, event, changed=Change(batch, beside), now=now)
        publishing.end(batch.pk)

    _settle(batch, run, after(batch, Step.READ), keep)


def _apply(batch: Batch, run: Run) -> None:
    applying.apply(batch, by=CLOCK, now=run.clock(), told=run.told)
    run.end()


def _undo(batch: Batch, run: Run) -> None:
    applying.undo(batch, by=CLOCK, now=run.clock(), told=run.told)
    run.end()


def _give_up(batch: Batch, run: Run, faults: list[Fault]) -> None:
    """Back to where it was asked from; a file that could not be read stays, to be looked at."""
    grant = policy.authorise(CLOCK, Step.GIVE_UP, batch)
    state = after(batch, Step.GIVE_UP)

    def kept_so(now: datetime) -> None:
        record(grant, GivenUp(), changed=batch, now=now)
        if state == State.UNREAD:
            publishing.forget(batch.pk)
        elif state != State.APPLIED:
            applying.take_in_again(batch)

    batch.faults = faults
    if state == State.SUBMITTED:  # it waits for review, as any other does
        batch.unreviewed = False
    _settle(batch, run, state, kept_so)


def _settle(batch: Batch, run: Run, state: State, keep: Callable[[datetime], object]) -> None:
    now = run.clock()
    batch.state = state
    with transaction.atomic():
        keep(now)
        run.end()
        tell_author(batch, by=CLOCK, now=now)


def _author(batch: Batch, now: datetime) -> Actor:
    """With the eyes of whoever brought it in; of nobody once that seat has ended."""
    if batch.seat is None:
        return OPERATOR
    held = addressee(batch.seat, now)
    return held.actor if held else PUBLIC


def _told(why: Unfit | Invalid | Stale) -> list[Fault]:
    if isinstance(why, Unfit):
        return [["", why.message, _texts(why.values)]]
    if isinstance(why, Misread):
        return [
            [f"{f.column}{f.row}", f.fault.message, _texts(f.fault.values)] for f in why.found[:50]
        ]
    if isinstance(why, Invalid):
        return [[place, said, {}] for place, each in why.faults.items() for said in each]
    return [["", OVERTAKEN, {}]]


def _texts(values: Mapping[str, object]) -> dict[str, str]:
    """As they can be kept and shown."""
    return {name: checking.UNSAYABLE.sub(checking.MARK, str(v)) for name, v in values.items()}


Act = Callable[[Batch, Run], None]
ACTS: Mapping[State, Act] = {
    State.RECEIVED: _read,
    State.APPLYING: _apply,
    State.UNDOING: _undo,
}
