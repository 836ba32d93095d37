"""Everything that reads the tray: items, the question each answers, what is recorded now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Unseen
from clearinghouse.intake import policy
from clearinghouse.intake.models import Item, ItemQuerySet
from clearinghouse.intake.rules.workflow import WORKFLOW, State, Step
from clearinghouse.needs import queries as needs
from clearinghouse.needs.queries import Row
from clearinghouse.notices import queries as notices
from clearinghouse.notices.models import Notice
from clearinghouse.submissions.rules.kinds import Kind


@dataclass(frozen=True)
class Answer:
    """One thing that an item asks to be recorded, beside what is recorded now.

    `now` is empty for what is new; `gone`: the need has ended since, or belongs to another body.
    """

    kind: Kind
    entry: str
    do: str
    content: Mapping[str, Any]
    place: str
    now: Mapping[str, Any]
    gone: bool = False

    @property
    def differences(self) -> list[tuple[str, Any, Any]]:
        """Field, what is recorded now, what the reply says; only where they differ."""
        return [
            (name, self.now.get(name), said)
            for name, said in self.content.items()
            if not same(self.now.get(name), said)
        ]


def items_for(actor: Actor) -> ItemQuerySet:
    return Item.objects.visible_to(actor).select_related("body")


def item_for(actor: Actor, pk: UUID) -> Item:
    found = items_for(actor).filter(pk=pk).first()
    if found is None:
        raise Unseen("no such item")
    return found


def waiting(actor: Actor) -> ItemQuerySet:
    return items_for(actor).filter(state=State.WAITING)


def steps_open_to(actor: Actor, item: Item) -> set[Step]:
    return WORKFLOW.open_steps(State(item.state), policy.relations(actor))


def item_with(fingerprint: str) -> Item | None:
    """The same thing, if it came before."""
    reason = "the same mail or file twice is one item"
    return Item.objects.unscoped(reason).filter(fingerprint=fingerprint).first()


def question_of(item: Item) -> Notice | None:
    """The mail of ours that it answers."""
    return notices.by_id(item.notice) if item.notice else None


def answers_of(item: Item) -> list[Answer]:
    """What it asks for, beside what is recorded at this moment; or was, when it was accepted."""
    rows = {str(r.need.pk): r for r in needs.own_rows(item.body_id)} if item.answers else {}
    return [_answer(said, rows) for said in item.answers]


def _answer(said: Mapping[str, Any], rows: Mapping[str, Row]) -> Answer:
    kind, entry = Kind(said["kind"]), said["entry"]
    row = rows.get(entry) if kind == Kind.NEED else None
    return Answer(
        kind=kind,
        entry=entry,
        do=said["do"],
        content=said["content"],
        place=said["place"],
        now=said.get("was") or (content_of(row) if row else {}),
        gone=bool(entry) and kind == Kind.NEED and row is None and "was" not in said,
    )


def content_of(row: Row) -> dict[str, Any]:
    """A need as the content of a contribution: what forms are filled with and replies held to."""
    need = row.need
    return {
        "area": need.area.code,
        "title": need.titles,
        "description": need.descriptions,
        "obligations": [{"ref": ref} for ref in row.obligations],
        "counterpart": need.counterpart,
        "rough_cost": need.rough_cost,
        "needed_by": need.needed_by,
        "priority": str(need.priority),
        "rank": str(need.rank or ""),
        "consent": need.consent,
        "providers": [b.code for b in row.named],
        "observation": need.observations,
    }


def same(recorded: Any, said: Any) -> bool:
    """Whether two values of a field say the same; nothing is nothing, however it is written."""
    if isinstance(recorded, list) and isinstance(said, list):
        return sorted(map(str, recorded)) == sorted(map(str, said))
    return (recorded or None) == (said or None)
