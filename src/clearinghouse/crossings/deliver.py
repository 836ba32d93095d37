"""Sends what waits in the outbox: checks the seat again, composes, hands over, settles."""

import logging
from datetime import datetime

from django.conf import settings
from django.utils import translation

from clearinghouse.access.errors import Unseen
from clearinghouse.crossings import mails
from clearinghouse.crossings.mails import posted
from clearinghouse.kernel.marking import N_
from clearinghouse.notices import actions as notices
from clearinghouse.notices.couriers import Courier, Deferred, Folder, Parked, Post
from clearinghouse.notices.models import Notice
from clearinghouse.notices.rules import Status
from clearinghouse.people.clock import reading_in
from clearinghouse.people.queries import addressee

log = logging.getLogger(__name__)
ENDED = N_("the seat has ended")
NOTHING_LEFT = N_("there is nothing left that this seat may see")


def courier() -> Courier:
    """The mail server of the settings, or the local outbox folder."""
    return Post(settings.MAIL_SERVER) if settings.MAIL_SERVER else Folder(settings.OUTBOX_FOLDER)


def deliver_next(now: datetime, by: Courier) -> Status | None:
    """Deliver one notice that is due; None where nothing is. A refusal is settled, not raised."""
    notice = notices.claim(now)
    if notice is None:
        return None
    status, said = _deliver(notice, now, by)
    notices.settle(notice, status, said=said, now=now)
    return status


def _deliver(notice: Notice, now: datetime, by: Courier) -> tuple[Status, str]:
    to = addressee(notice.recipient, now)
    if to is None:
        return Status.DROPPED, ENDED
    try:
        with translation.override(to.language), reading_in(to.time_zone):
            by.carry(posted.message(notice, to, mails.compose(notice, to)))
    except Deferred as why:
        return Status.DEFERRED, str(why)
    except Parked as why:
        return Status.FAILED, str(why)
    except Unseen:
        return Status.DROPPED, NOTHING_LEFT
    except Exception as why:
        log.exception("notice %s could not be composed", notice.pk)
        return Status.DEFERRED, type(why).__name__
    return Status.SENT, ""
