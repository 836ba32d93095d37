"""The rows of an issue: frozen with it or, while it is a draft, the needs as they stand."""

from collections.abc import Iterable
from typing import Any

from clearinghouse.circulars.models import FrozenNeed, Issue
from clearinghouse.circulars.rules import Place, State
from clearinghouse.kernel.canonical import digest
from clearinghouse.needs import queries as needs
from clearinghouse.needs.models import Need

CUT = "a rendition is cut from frozen rows by its audience"


def place_of(row: FrozenNeed) -> Place:
    return Place(str(row.state), row.consent, row.status, frozenset(row.named))


def frozen_rows(issue: Issue) -> list[FrozenNeed]:
    """Every row of the issue, whoever may see it; for an open draft, the needs as they stand."""
    if issue.state == State.DRAFT:
        return [freeze(issue, *live, order=n) for n, live in enumerate(needs.all_rows(), start=1)]
    return list(FrozenNeed.objects.unscoped(CUT).filter(issue=issue))


def freeze(
    issue: Issue, need: Need, obligations: list[str], named: Iterable[Any], *, order: int
) -> FrozenNeed:
    """A need as a row of the issue, not yet stored."""
    shown = {
        "id": str(need.pk),
        "state": need.state.code,
        "area": need.area.code,
        "title": need.titles,
        "description": need.descriptions,
        "obligations": obligations,
        "counterpart": need.counterpart,
        "rough_cost": need.rough_cost,
        "needed_by": need.needed_by,
        "priority": need.priority,
        "origin": need.origin,
        "status": need.status,
        "stage": need.stage,
        "contested": need.contested,
        "observation": need.observations,
        "last_confirmed": need.last_confirmed.isoformat() if need.last_confirmed else "",
    }
    providers = sorted(map(str, named))
    return FrozenNeed(
        issue=issue,
        need=need.pk,
        state=need.state_id,
        consent=need.consent,
        status=need.status,
        named=providers,
        order=order,
        shown=shown,
        inner={"rank": need.rank, "consent": need.consent, "named": providers},
        digest=digest(shown),
    )
