"""What a listed entry has said, revision by revision: the contributions it was listed from."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from clearinghouse.submissions.models import Submission
from clearinghouse.submissions.rules.fields import Field
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Kind
from clearinghouse.submissions.rules.workflow import State

Change = tuple[Field, Any, Any]  # field, what it said before, what it says since


@dataclass(frozen=True)
class Revision:
    """That an entry began to say something else: when, and which fields."""

    on: datetime
    changes: Sequence[Change]
    unreviewed: bool  # listed at its owner's own hand, as a change of a body that is trusted


def revisions(kind: Kind, code: str) -> list[Revision]:
    """The latest first, for whoever may see the entry: what was listed was in view.

    What tells of a person is left out, and with it a revision that changed nothing else.
    """
    reason = "what an entry said while it was listed, to whom the entry is shown"
    listed = Submission.objects.unscoped(reason).filter(kind=kind, entry=code, state=State.LISTED)
    ordered = listed.order_by("settled_at", "revises", "id")
    said = list(ordered.values_list("settled_at", "content", "unreviewed"))
    found = (
        Revision(on, changes, unreviewed)
        for (_, before, _was), (on, after, unreviewed) in pairwise(said)
        if on and (changes := list(_changes(kind, before, after)))
    )
    return list(found)[::-1]


def _changes(kind: Kind, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for each in DEFINITIONS[kind].fields:
        then, since = before.get(each.name), after.get(each.name)
        if then != since and not each.personal:
            yield each, then, since
