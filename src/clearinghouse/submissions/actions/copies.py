"""Files that go with a contribution: attached, put in the place of another, removed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Invalid
from clearinghouse.files import actions as files
from clearinghouse.files import queries as kept
from clearinghouse.files.actions import Offered
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.ledger.models import Recorded
from clearinghouse.ledger.record import Change, record
from clearinghouse.submissions import policy
from clearinghouse.submissions.actions.events import CopyAttached, CopyRemoved
from clearinghouse.submissions.models import Copy, Submission
from clearinghouse.submissions.queries.copies import copies_of
from clearinghouse.submissions.rules import copies as rules
from clearinghouse.submissions.rules.workflow import Step


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A file as it is handed in, its edition, and the copy whose place it takes, if any."""

    file: Offered
    edition: str = ""
    replaces: Copy | None = None


@transaction.atomic
def attach(submission: Submission, brought: Brought, *, by: Actor, now: datetime) -> Copy:
    """Kept under a name of its own. Raises Invalid, saying what is wrong beside its field."""
    grant = policy.authorise(by, Step.ATTACH, submission)
    must_fit(brought, copies_of(submission))
    stored = files.keep(brought.file, owner=submission, now=now)
    made = Copy(submission=submission, file=stored, edition=brought.edition, attached_at=now)
    made.digest = hashlib.sha256(kept.published_copy(stored)).hexdigest()
    gone = _parting(brought.replaces) if brought.replaces else ()
    event = CopyAttached(digest=made.digest)
    record(grant, event, changed=Change(submission, [stored, made], gone), now=now)
    return made


def detach(submission: Submission, copy: Copy, *, by: Actor, now: datetime) -> None:
    """It does not go with this contribution; what was listed with it keeps it."""
    grant = policy.authorise(by, Step.DETACH, submission)
    record(grant, CopyRemoved(), changed=Change(submission, (), _parting(copy)), now=now)


def must_fit(brought: Brought, there: Sequence[Copy]) -> None:
    """Raises Invalid where this file may not be attached beside those; nothing is written."""
    offered, held = brought.file, [(each.file.sha256, each.file.name) for each in there]
    try:
        _name, kind = files.examine(offered)
    except Unfit as why:
        raise files.refusal(why, rules.FILE) from why
    digest = hashlib.sha256(offered.content).hexdigest()
    asked = rules.Asked(
        type=kind, sha256=digest, language=offered.language, edition=brought.edition
    )
    replaces = brought.replaces.file.sha256 if brought.replaces else ""
    if found := rules.faults(asked, held, replaces=replaces):
        faults: dict[str, list[str]] = {}
        for each in found:
            faults.setdefault(each.field, []).append(_(each.message) % dict(each.values))
        raise Invalid(faults)


def carried(listed: Submission, revision: Submission) -> list[Copy]:
    """What a revision goes on with: the same files, given back to be recorded with it."""
    return [
        Copy(
            submission=revision,
            file=each.file,
            edition=each.edition,
            digest=each.digest,
            attached_at=each.attached_at,
        )
        for each in copies_of(listed)
    ]


def _parting(copy: Copy) -> list[Recorded]:
    """The file goes with it where it came with this very contribution, and was never listed."""
    own = copy.file.owner == copy.submission.subject
    return [copy, copy.file] if own else [copy]
