"""Who may see a need, and what each may do to it. All of it, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from clearinghouse.access.actor import Actor, Role
from clearinghouse.access.grant import Grant, grant
from clearinghouse.ledger.models import NOTHING
from clearinghouse.needs.rules import (
    WORKFLOW,
    Consent,
    Reader,
    Relation,
    Status,
    Step,
    readers,
)
from clearinghouse.search.rules import EVERYBODY, PROVIDERS, named_mark, role_mark, seat_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Set
    from uuid import UUID

    from clearinghouse.needs.models import Need


def visibility(actor: Actor, named: Callable[[Set[UUID]], Q]) -> Q:
    """The table of `rules.readers`, read from the reader's side.

    `named` tells, as a condition of the database, which needs name one of these providers.
    """
    seen = Q()
    for reader in Reader:
        if (who := _as(actor, reader, named)) is not None:
            seen |= who & _open_to(reader)
    return seen or NOTHING


def _open_to(reader: Reader) -> Q:
    """The consents and statuses under which this reader sees a need."""
    unconfirmed = [c for c in Consent if reader in readers(c, Status.IDENTIFIED)]
    settled = [c for c in Consent if reader in readers(c, Status.CONFIRMED)]
    return Q(status=Status.IDENTIFIED, consent__in=unconfirmed) | (
        ~Q(status=Status.IDENTIFIED) & Q(consent__in=settled)
    )


def _as(actor: Actor, reader: Reader, named: Callable[[Set[UUID]], Q]) -> Q | None:
    """For which needs this actor is that reader: Q() for all of them, None for none."""
    everything, bodies = Q(), actor.provider_bodies()
    answers: dict[Reader, Q | None] = {
        Reader.SERVING: everything if actor.holds(Role.EXPERT, Role.SECRETARIAT) else None,
        Reader.MEMBER: everything if actor.holds(Role.MEMBER) else None,
        Reader.PROVIDER: everything if bodies else None,
        Reader.OWN: _any(state__in=actor.bodies_as(Role.STATE)),
        Reader.DRAFTER: _any(drafted_by__in=actor.bodies_as(Role.FOCAL_POINT)),
        Reader.NAMED: named(bodies) if bodies else None,
        Reader.ANYONE: everything,
    }
    return answers[reader]


def _any(**bodies: set[UUID]) -> Q | None:
    return Q(**bodies) if all(bodies.values()) else None


def marks(need: Need, named: set[UUID]) -> frozenset[str]:
    """Who may find it: the same table as marks of the index."""
    marked: dict[Reader, set[str]] = {
        Reader.SERVING: {role_mark(Role.EXPERT), role_mark(Role.SECRETARIAT)},
        Reader.OWN: {seat_mark(Role.STATE, need.state_id)},
        Reader.DRAFTER: {seat_mark(Role.FOCAL_POINT, need.drafted_by_id)}
        if need.drafted_by_id
        else set(),
        Reader.MEMBER: {role_mark(Role.MEMBER)},
        Reader.NAMED: {named_mark(body) for body in named},
        Reader.PROVIDER: {PROVIDERS},
        Reader.ANYONE: {EVERYBODY},
    }
    shown = readers(Consent(need.consent), Status(need.status))
    return frozenset(mark for reader in shown for mark in marked[reader])


def relations(actor: Actor, need: Need, *, on_instrument: bool = False) -> set[Relation]:
    """`on_instrument`: what is asked for is what the mission itself wrote, on a paper named."""
    facts = {
        Relation.MISSION: need.state_id in actor.missions(),
        Relation.STATE: need.state_id in actor.bodies_as(Role.STATE),
        Relation.EXPERT: actor.holds(Role.EXPERT),
        Relation.SECRETARIAT: actor.holds(Role.SECRETARIAT),
        Relation.ON_INSTRUMENT: on_instrument and actor.holds(Role.SECRETARIAT),
    }
    return {relation for relation, holds in facts.items() if holds}


def authorise(actor: Actor, step: Step, need: Need, *, on_instrument: bool = False) -> Grant:
    move = WORKFLOW.move(Status(need.status), step)
    has = relations(actor, need, on_instrument=on_instrument)
    return grant(actor, step, need, needs=move.by, has=has)
