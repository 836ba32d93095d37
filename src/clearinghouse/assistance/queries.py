"""Everything that reads figures of aid, with the obligations and areas a purpose bears on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from clearinghouse.access.actor import Actor
from clearinghouse.assistance import policy
from clearinghouse.assistance.models import Figure, FigureTable, Purpose, SourceName
from clearinghouse.assistance.rules import Kind
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.rules import Vocabulary


def may_import(actor: Actor) -> bool:
    """Whether this reader brings tables in, and so is shown the place where it is done."""
    return policy.may_import(actor)


@dataclass(frozen=True)
class Borne:
    """A figure under one obligation its purpose bears on; `others` are the rest of them."""

    figure: Figure
    obligation: str
    others: tuple[str, ...]
    areas: tuple[str, ...]


def figures() -> QuerySet[Figure]:
    return Figure.objects.select_related("table", "recipient", "donor")


def purposes() -> dict[str, Purpose]:
    return {p.code: p for p in Purpose.objects.all()}


def source_names() -> dict[str, SourceName]:
    return {n.code: n for n in SourceName.objects.all()}


def table_of(kind: Kind, year: int) -> FigureTable | None:
    return FigureTable.objects.filter(kind=kind, year=year).first()


def tables() -> list[FigureTable]:
    """The latest year first."""
    return list(FigureTable.objects.order_by("-year", "kind"))


def purposes_borne() -> dict[str, list[str]]:
    """From each purpose code to the obligations it bears on, by the cross-walk of today."""
    return mandate.walk(Vocabulary.DAC, Vocabulary.OBLIGATIONS)


def under_obligations(state_id: UUID) -> list[Borne]:
    """What a State received under the purposes that bear on the resolution: nothing is added up.

    In the order of the obligations; a purpose that bears on two stands under both.
    """
    walk = purposes_borne()
    found = list(
        figures().filter(
            recipient_id=state_id, table__kind=Kind.PURPOSE, other_code__in=list(walk)
        )
    )
    if not found:
        return []
    order = {o.ref: n for n, o in enumerate(mandate.obligations())}
    areas = mandate.walk(Vocabulary.AREAS, Vocabulary.OBLIGATIONS)
    borne = [each for figure in found for each in _borne(figure, walk[figure.other_code], areas)]
    return sorted(borne, key=lambda b: (order.get(b.obligation, 0), b.figure.other_code))


def _borne(figure: Figure, refs: Sequence[str], areas: Mapping[str, Sequence[str]]) -> list[Borne]:
    return [
        Borne(
            figure,
            ref,
            tuple(other for other in refs if other != ref),
            tuple(area for area, led in areas.items() if ref in led),
        )
        for ref in refs
    ]
