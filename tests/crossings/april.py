"""The matrix of April 2025 in the committee of the tests: its moments, clearances and mails."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

from clearinghouse.circulars import actions
from clearinghouse.circulars.models import Clearance, Issue
from clearinghouse.circulars.queries import issues
from clearinghouse.circulars.rules import Office
from clearinghouse.crossings import issue_matrix
from clearinghouse.notices.couriers import Message
from clearinghouse.notices.models import Notice
from tests.committee import Committee

APRIL, MAY = date(2025, 4, 1), date(2025, 5, 1)
OPENS = datetime(2025, 3, 25, 4, 0, tzinfo=UTC)  # five working days before the 1st
FREEZES = datetime(2025, 4, 1, 4, 0, tzinfo=UTC)  # 00:00 New York, in summer time
SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
BY_NAME = {Office.CHAIR: "chair", Office.EXPERT: "expert"}


class Carrier:
    """Takes every mail and keeps it as it would have gone out; or refuses as it is told."""

    def __init__(self, refusal: Exception | None = None) -> None:
        self.refusal = refusal
        self.taken: list[bytes] = []

    def carry(self, message: Message) -> None:
        self.taken.append(message.content)
        if self.refusal:
            raise self.refusal

    def close(self) -> None:
        """Nothing is held open."""

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(each, policy=policy.default) for each in self.taken]


def issue(month: date = APRIL) -> Issue:
    found = issues.issue_of(month)
    assert found is not None
    return found


def clear(committee: Committee, office: Office, about: Issue | None = None) -> Clearance:
    name = BY_NAME[office]
    person, by = committee.person(name), committee.actor(name)
    return actions.clear(office, about, given_by=person, by=by, now=OPENS + DAY)


def enlist(committee: Committee, names: Iterable[str], *, attach: bool = False) -> None:
    for name in names:
        by = committee.actor("secretariat")
        actions.enlist(committee.seats[name], attach=attach, by=by, now=committee.now)


def cleared(committee: Committee) -> None:
    """The draft of April is open, the Chair's clearance stands, the Expert has given its own."""
    issue_matrix.run(OPENS)
    clear(committee, Office.CHAIR)
    clear(committee, Office.EXPERT, issue())


def notices(kind: str = "matrix.issued") -> list[Notice]:
    found = Notice.objects.unscoped("the test looks into the outbox")
    return list(found.filter(kind=kind).order_by("created_at", "recipient"))
