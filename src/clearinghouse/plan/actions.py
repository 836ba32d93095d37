"""What can be done to the action plan. Each action asks, changes, records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from clearinghouse.access.actor import Actor
from clearinghouse.ledger.reconcile import Difference, reconcile
from clearinghouse.ledger.record import Change, Event, record
from clearinghouse.mandate.models import Pack
from clearinghouse.plan import policy
from clearinghouse.plan.models import Commitment
from clearinghouse.plan.rules import Step


@dataclass(frozen=True, kw_only=True)
class Loaded(Event):
    verb: ClassVar[str] = "plan.loaded"
    step: ClassVar[Step] = Step.LOAD
    new: int
    changed: int


def load(
    pack: Pack, wanted: Sequence[Mapping[str, Any]], *, by: Actor, now: datetime
) -> list[Difference[Any]]:
    """Bring the plan to what the pack says: one line of the record, or none if nothing moves."""
    found = reconcile(Commitment, ("code",), wanted)
    if found.rows:
        grant = policy.authorise_load(by, pack)
        event = Loaded(new=len(found.new), changed=len(found.changed))
        record(grant, event, changed=Change(pack, found.rows), now=now)
    return [found]
