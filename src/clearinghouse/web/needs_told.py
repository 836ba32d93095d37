"""A need as a reader is told it, whether it stands in a frozen issue or as it is today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from clearinghouse.needs.rules import CONSENT_WORDS, ORIGIN_WORDS, STATUS_WORDS, Status
from clearinghouse.web import dates, naming
from clearinghouse.web.parts import Cell, Tone

if TYPE_CHECKING:
    from clearinghouse.needs.queries import Row

QUIET: dict[str, Tone] = {Status.IDENTIFIED: "waiting"}


@dataclass(frozen=True)
class Told:
    """What stands on a page about one need. `facts` are sentences without a full stop."""

    key: str
    title: Mapping[str, str]
    text: Mapping[str, str]
    observation: Mapping[str, str]
    marks: tuple[Cell, ...]
    facts: tuple[str, ...]


def told(row: Mapping[str, Any], areas: Mapping[str, str], providers: Mapping[str, str]) -> Told:
    """From a row of a rendition (see `live` for needs of today). `providers`: names by id."""
    facts = (*_facts(row, areas), *_inner_facts(row, providers))
    return Told(
        key=row["id"],
        title=row["title"],
        text=row["description"],
        observation=row["observation"],
        marks=_marks(row),
        facts=tuple(fact for fact in facts if fact),
    )


def live(row: "Row") -> dict[str, Any]:
    """A need of today as a row of a rendition has it; its inner part for whom that is open."""
    need = row.need
    shown = {
        "id": str(need.pk),
        "area": need.area.code,
        "title": need.titles,
        "description": need.descriptions,
        "obligations": row.obligations,
        "counterpart": need.counterpart,
        "rough_cost": need.rough_cost,
        "needed_by": need.needed_by,
        "priority": need.priority,
        "origin": need.origin,
        "status": need.status,
        "contested": need.contested,
        "observation": need.observations,
        "last_confirmed": need.last_confirmed.isoformat() if need.last_confirmed else "",
    }
    named = [str(body.pk) for body in row.named]
    inner = {"rank": need.rank, "consent": need.consent, "named": named}
    return shown | (inner if row.whole else {})


def _marks(row: Mapping[str, Any]) -> tuple[Cell, ...]:
    status = Cell(_(STATUS_WORDS[row["status"]]), tone=QUIET.get(row["status"], "settled"))
    return (status, Cell(_("contested"), tone="alert")) if row["contested"] else (status,)


def _facts(row: Mapping[str, Any], areas: Mapping[str, str]) -> tuple[str, ...]:
    confirmed = _date(row["last_confirmed"]) or _("not recorded")
    return (
        areas.get(row["area"], row["area"]),
        _("priority %(priority)s of 3, as the State sets it") % row,
        _("according to %(origin)s") % {"origin": _(ORIGIN_WORDS[row["origin"]])},
        _of(_("paragraphs %(value)s"), _references(row["obligations"])),
        _of(_("needed by %(value)s"), _date(row["needed_by"])),
        _of(_("rough cost: %(value)s"), row["rough_cost"]),
        _of(_("counterpart: %(value)s"), row["counterpart"]),
        _of(_("last confirmed: %(value)s"), confirmed),
    )


def _inner_facts(row: Mapping[str, Any], providers: Mapping[str, str]) -> tuple[str, ...]:
    """For whom sees the State's whole list."""
    if "consent" not in row:
        return ()
    named = ", ".join(providers[key] for key in row["named"] if key in providers)
    return (
        _of(_("place %(value)s among the State's most pressing needs"), row["rank"]),
        _("open to: %(readers)s") % {"readers": _(CONSENT_WORDS[row["consent"]])},
        _of(_("named: %(value)s"), named),
    )


def _of(sentence: str, value: Any) -> str:
    return sentence % {"value": value} if value else ""


def _references(refs: Sequence[str]) -> str:
    return naming.reference(", ".join(refs)) if refs else ""


def _date(text: str) -> str:
    return dates.partial(text, naming.language()) if text else ""
