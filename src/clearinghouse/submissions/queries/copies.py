"""The copies that go with contributions, and with the entries these became."""

from collections.abc import Iterable
from uuid import UUID

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Unseen
from clearinghouse.submissions.models import Copy, CopyQuerySet, Submission
from clearinghouse.submissions.queries import submission_for
from clearinghouse.submissions.rules.workflow import State

WITH_THE_ENTRY = "copies of what stands in view, for whom the entry is shown to"


def copies_of(submission: Submission) -> list[Copy]:
    """In the order in which they were attached, for whoever was shown the contribution."""
    found = Copy.objects.unscoped("copies are seen with their contribution")
    return list(found.filter(submission=submission).select_related("file"))


def copy_for(actor: Actor, submission: UUID, pk: UUID) -> Copy:
    """One copy of a contribution that this reader may see. Raises Unseen for any other."""
    one = submission_for(actor, submission)
    return _one_of(copies_of(one), pk)


def copies_in_view(kind: str, code: str) -> list[Copy]:
    """Those of the revision that an entry was last listed from; the caller was shown the entry."""
    return by_entry(kind, [code]).get(code, [])


def copy_in_view(kind: str, code: str, pk: UUID) -> Copy:
    """One of them. Raises Unseen for any other: those of earlier revisions are not in view."""
    return _one_of(copies_in_view(kind, code), pk)


def by_entry(kind: str, codes: Iterable[str]) -> dict[str, list[Copy]]:
    """The same for many entries of one kind: three queries for all of them."""
    listed = Submission.objects.unscoped(WITH_THE_ENTRY).filter(kind=kind, state=State.LISTED)
    some = listed.filter(entry__in=list(codes))
    carrying = _all().filter(submission__in=some).values_list("submission__entry", flat=True)
    ordered = listed.filter(entry__in=set(carrying)).order_by("settled_at", "revises", "id")
    latest = dict(ordered.values_list("entry", "pk"))
    found: dict[str, list[Copy]] = {}
    for each in _all().filter(submission__in=latest.values()).select_related("file", "submission"):
        found.setdefault(each.submission.entry, []).append(each)
    return found


def _all() -> CopyQuerySet:
    return Copy.objects.unscoped(WITH_THE_ENTRY)


def _one_of(some: Iterable[Copy], pk: UUID) -> Copy:
    found = next((each for each in some if each.pk == pk), None)
    if found is None:
        raise Unseen("no such copy")
    return found
