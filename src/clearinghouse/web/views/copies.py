"""The download of a copy, for whoever is shown the entry that it goes with."""

from uuid import UUID

from django.http import HttpResponse

from clearinghouse.access.errors import Unseen
from clearinghouse.crossings import freshness
from clearinghouse.directory.rules import Status
from clearinghouse.files.queries import published_copy
from clearinghouse.files.rules import Type
from clearinghouse.people.asking import Asking
from clearinghouse.submissions.queries import copies
from clearinghouse.web import downloads


def download(request: Asking, code: str, pk: UUID) -> HttpResponse:
    """As the entry was last listed. No cache keeps it: once withdrawn, it is not there."""
    kept = freshness.kept_for(request.actor, code)
    if kept.thing.status == Status.WITHDRAWN:
        raise Unseen("a tombstone has no copies")
    found = copies.copy_in_view(kept.kind, code, pk).file
    return downloads.download(published_copy(found), name=found.name, kind=Type(found.type))
