"""A new password for whoever asks: by a link that only the holder of the address is sent."""

from datetime import datetime

from django.http import HttpRequest

from clearinghouse.notices.actions import tell
from clearinghouse.notices.rules import Kind
from clearinghouse.people import queries
from clearinghouse.people.signin import limits


def ask(request: HttpRequest, email: str, *, now: datetime) -> None:
    """Answered alike, in words and in work, whether the address has an account or not.

    At most three mails an hour to one address. Raises HeldBack where one place asks too often.
    """
    limits.may_ask(request)
    if not limits.may_mail(request, email):
        return
    account = queries.account_to_write_to(email)
    if account is None:
        limits.same_work(email)
        return
    cause = f"people.account:{account.pk}@{now:%Y-%m-%dT%H:%M:%S}"
    tell(Kind.ACCOUNT_ASKED, cause, [account.person_id], now=now)
