"""Sessions: begun with a new name, held against the seats at each request, listed, ended."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.db import DatabaseError, transaction
from django.http import HttpRequest

from clearinghouse.access.actor import PUBLIC, Actor, Role
from clearinghouse.people.models import Account
from clearinghouse.people.queries import account_by_person, actor_for
from clearinghouse.people.rules import FACTOR_NEEDED, may_idle

SEATS = "people.seats"  # the seats that this session was begun with
PROVED = "people.proved"  # that it has shown a second factor
TOUCHED_EVERY = timedelta(minutes=1)  # reading is not to write at every page


@dataclass(frozen=True)
class Session:
    """A session as its holder sees it. `handle` names it in a form and opens nothing."""

    handle: str
    begun: datetime
    seen: datetime
    where: str
    device: str
    is_current: bool


def who(request: HttpRequest, now: datetime) -> tuple[Actor, bool]:
    """Who is asking, and whether a second factor is still owed.

    Whoever owes one has no capacity at all until it is shown. A session that has been left alone,
    was ended elsewhere, or has lost a seat since it was begun is over with this request; one that
    has gained a seat goes on under a new name.
    """
    actor = actor_for(request.user, now)
    if actor.person_id is None:
        return actor, False
    known = UserSession.objects.filter(session_key=request.session.session_key).first()
    roles = {c.role for c in actor.capacities}
    if known is None or _has_idled(known, roles, now) or not _keeps_seats(request, actor):
        end(request)
        return PUBLIC, False
    _touch(known, now)
    if roles & FACTOR_NEEDED and not has_proved(request):
        return Actor(person_id=actor.person_id), True
    return actor, False


def list_new(request: HttpRequest, user: Account, **_signal: object) -> None:
    """Whichever way somebody came in: a session that is not listed is none."""
    request.user = user
    UserSession.objects.create_from_request(request)


def has_proved(request: HttpRequest) -> bool:
    """Whether this session has shown a second factor, here or where its holder came from."""
    if not isinstance(request.user, Account):
        return False
    records = get_authentication_records(request, request.user)
    shown = any(record.get("method") == "mfa" for record in records)
    return shown or request.session.get(PROVED) == str(request.user.pk)


def prove(request: HttpRequest, account: Account) -> None:
    request.session[PROVED] = str(account.pk)


def renew(request: HttpRequest) -> None:
    """The same session under a new name; the old name opens nothing any more."""
    old = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)


def end(request: HttpRequest) -> None:
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    logout(request)


def end_all(person_id: UUID, besides: HttpRequest | None = None) -> int:
    """End the sessions of a person, all or all but the one that asks. How many there were."""
    kept = besides.session.session_key if besides else ""
    found = UserSession.objects.filter(user__person_id=person_id).exclude(session_key=kept)
    some = list(found)
    for session in some:
        session.end()
    return len(some)


def end_one(person_id: UUID, handle: str) -> int:
    some = UserSession.objects.filter(user__person_id=person_id)
    chosen = [s for s in some if _handle(s) == handle]
    for session in chosen:
        session.end()
    return len(chosen)


def of(person_id: UUID, request: HttpRequest | None = None) -> list[Session]:
    """The live sessions of a person, the latest first."""
    current = request.session.session_key if request else None
    account = account_by_person(person_id)
    live = UserSession.objects.purge_and_list(account)
    return [
        Session(
            handle=_handle(each),
            begun=each.created_at,
            seen=each.last_seen_at,
            where=each.ip,
            device=each.user_agent,
            is_current=each.session_key == current,
        )
        for each in sorted(live, key=lambda s: s.last_seen_at, reverse=True)
    ]


def _handle(session: UserSession) -> str:
    return hashlib.sha256(session.session_key.encode()).hexdigest()[:32]


def _has_idled(session: UserSession, roles: set[Role], now: datetime) -> bool:
    longer = timedelta(minutes=settings.IDLE_MINUTES)
    return bool(now - session.last_seen_at >= may_idle(roles, longer))


def _keeps_seats(request: HttpRequest, actor: Actor) -> bool:
    """False where a seat was lost. Where one was gained the session is renewed."""
    held = sorted(str(c.seat_id) for c in actor.capacities)
    before = request.session.get(SEATS)
    if before is not None and set(before) - set(held):
        return False
    if before != held:
        request.session[SEATS] = held
        if before is not None:
            renew(request)
    return True


def _touch(session: UserSession, now: datetime) -> None:
    """A store that cannot be written now does not keep anybody from reading."""
    if now - session.last_seen_at < TOUCHED_EVERY:
        return
    try:
        with transaction.atomic():
            UserSession.objects.filter(pk=session.pk).update(last_seen_at=now)
    except DatabaseError:
        return
