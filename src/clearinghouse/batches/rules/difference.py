"""What a row changes in what stands: field by field, the order of a list aside."""

from collections.abc import Mapping
from typing import Any

from clearinghouse.kernel.canonical import canonical
from clearinghouse.submissions.rules.fields import SETS, Type
from clearinghouse.submissions.rules.kinds import Definition

Content = Mapping[str, Any]


def changes(definition: Definition, before: Content, after: Content) -> dict[str, Any]:
    """What each field that changes said before; None where it said nothing."""
    return {
        each.name: before.get(each.name)
        for each in definition.fields
        if _told(each.type, before.get(each.name)) != _told(each.type, after.get(each.name))
    }


def without(after: Content, was: Mapping[str, Any]) -> dict[str, Any]:
    """The content as it was before those changes."""
    said = {**after, **was}
    return {name: value for name, value in said.items() if value is not None}


def _told(kind: Type, value: Any) -> Any:
    if kind in SETS and isinstance(value, list):
        return sorted(canonical(one) for one in value)
    return value
