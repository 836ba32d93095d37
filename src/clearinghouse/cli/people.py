"""`people`: who is named to which seat, from the command line of the installation."""

import getpass
import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from clearinghouse.access.actor import OPERATOR, Role, Standing
from clearinghouse.access.errors import Invalid, Unseen
from clearinghouse.cli.answer import Answer, Verb, choose
from clearinghouse.kernel import languages
from clearinghouse.mandate.queries import body
from clearinghouse.people import actions, queries
from clearinghouse.people.rules import RESETS, Matter
from clearinghouse.people.signin import sessions

if TYPE_CHECKING:
    from clearinghouse.people.models import Person, Proposal


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("action", choices=tuple(ACTIONS))
    parser.add_argument("whom", nargs="?", default="", help="an address; a seat's id for unseat")
    parser.add_argument("--name", default="")
    parser.add_argument("--language", choices=tuple(languages.BY_CODE), default=languages.DEFAULT)
    parser.add_argument("--role", type=Role, choices=list(Role))
    parser.add_argument("--standing", type=Standing, choices=list(Standing), default=Standing.NONE)
    parser.add_argument("--body", default="", help="the code of a State or organisation")
    parser.add_argument("--instrument", default="", help="the paper that names the person")
    parser.add_argument("--matter", type=Matter, choices=RESETS, help="what reset resets")
    parser.add_argument("--address", default="", help="the new address, for reset")


def _invite(options: Namespace) -> Answer:
    """Enter a person and write to them; somebody who has no password yet is written to again."""
    _named(options.whom)
    name = options.name or options.whom
    now = timezone.now()
    with transaction.atomic():
        person = queries.person_by_email(options.whom) or actions.enter(
            name=name, email=options.whom, language=options.language, by=OPERATOR, now=now
        )
        actions.invite(person, by=OPERATOR, now=now)
    return Answer([f"{person.email} has an account and is written to"], {"person": person.pk})


def _password(options: Namespace) -> Answer:
    """Read from the terminal without showing it, or from standard input."""
    account = queries.account_of(options.whom)
    actions.must_be_free_to_reset(account.person, by=OPERATOR, now=timezone.now())
    asked = sys.stdin.isatty()
    given = getpass.getpass("New password: ") if asked else sys.stdin.readline().rstrip("\n")
    actions.set_password(account, given)
    return Answer([f"{options.whom}: the password is set"])


def _seat(options: Namespace) -> Answer:
    person, now = _person(options), timezone.now()
    if options.role is None:
        raise Invalid({"role": ["say which with --role"]})
    naming = actions.Naming(
        role=options.role,
        standing=options.standing,
        body=body(options.body) if options.body else None,
        instrument=options.instrument,
    )
    if naming.takes_two and queries.second_hands(now, besides={person.pk}).exists():
        return _proposed(actions.propose(person, naming, by=OPERATOR, now=now))
    taken = actions.seat(person, naming, by=OPERATOR, now=now)
    return Answer([f"{options.whom} is seated as {taken.role}: {taken.pk}"], {"seat": taken.pk})


def _reset(options: Namespace) -> Answer:
    """A password (by a link), an address or a factor; proposed where it takes two hands."""
    person, now = _person(options), timezone.now()
    if options.matter is None:
        raise Invalid({"matter": ["say what with --matter"]})
    if options.matter == Matter.ADDRESS:
        _named(options.address)
    given = {"address": options.address, "instrument": options.instrument}
    what = actions.Resetting(matter=options.matter, **given)
    alone = not queries.second_hands(now, besides={person.pk}).exists()
    if queries.is_vouching(person.pk, now) and not alone:
        return _proposed(actions.propose(person, what, by=OPERATOR, now=now))
    actions.reset(person, what, by=OPERATOR, now=now)
    return Answer([f"{options.whom}: the {options.matter} is reset"])


def _proposed(made: "Proposal") -> Answer:
    said = f"proposed: {made.pk}; it takes effect when an Expert or the Chair confirms it"
    return Answer([said], {"proposal": made.pk})


def _proposals(_options: Namespace) -> Answer:
    found = queries.open_proposals(timezone.now())
    data = [
        {"proposal": p.pk, "matter": p.matter, "role": p.role, "email": p.person.email}
        | {"address": p.address, "since": p.proposed_at}
        for p in found
    ]
    lines = [f"{d['proposal']}  {d['matter']:8} {d['role']:7} {d['email']}" for d in data]
    return Answer(lines or ["nothing waits for a second hand"], data)


def _sign_out(options: Namespace) -> Answer:
    """End every session of a person."""
    ended = sessions.end_all(_person(options).pk)
    return Answer([f"{options.whom}: {ended} sessions ended"], {"ended": ended})


def _person(options: Namespace) -> "Person":
    found = queries.person_by_email(options.whom)
    if found is None:
        raise Unseen(f"{options.whom}: invite this person first")
    return found


def _unseat(options: Namespace) -> Answer:
    held = queries.seat_by_id(_id(options.whom))
    actions.unseat(held, by=OPERATOR, now=timezone.now())
    return Answer([f"the seat {held.pk} has ended"])


def _list(_options: Namespace) -> Answer:
    held = queries.seats_in(set(Role), timezone.now())
    data = [
        {"seat": s.pk, "email": s.person.email, "role": s.role, "standing": s.standing}
        | {"body": s.body.code if s.body else "", "since": s.held_from}
        for s in held
    ]
    lines = [
        f"{d['seat']}  {d['role']:13} {d['standing']:11} {d['body']:14} {d['email']}" for d in data
    ]
    return Answer(lines or ["nobody has a seat"], data)


def _named(whom: str) -> None:
    try:
        validate_email(whom)
    except ValidationError as why:
        raise Invalid({"address": [f"{whom!r} is not an address"]}) from why


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as why:
        raise Invalid({"seat": [f"{text!r} is not a seat's id: see `people list`"]}) from why


ACTIONS = {
    "invite": _invite,
    "password": _password,
    "seat": _seat,
    "unseat": _unseat,
    "reset": _reset,
    "proposals": _proposals,
    "sign-out": _sign_out,
    "list": _list,
}


def _run(options: Namespace) -> Answer:
    return choose(options, ACTIONS)


VERB = Verb("Accounts and seats.", _arguments, _run)
