"""`people`: who is named to which seat, from the command line of the installation."""

import getpass
import sys
from argparse import ArgumentParser, Namespace
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from clearinghouse.access.actor import OPERATOR, Role, Standing
from clearinghouse.access.errors import Invalid, Unseen
from clearinghouse.cli.answer import Answer, Verb, choose
from clearinghouse.kernel import languages
from clearinghouse.mandate.queries import body
from clearinghouse.people import actions, queries


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("action", choices=("invite", "password", "seat", "unseat", "list"))
    parser.add_argument("whom", nargs="?", default="", help="an address; a seat's id for unseat")
    parser.add_argument("--name", default="")
    parser.add_argument("--language", choices=tuple(languages.BY_CODE), default=languages.DEFAULT)
    parser.add_argument("--role", type=Role, choices=list(Role))
    parser.add_argument("--standing", type=Standing, choices=list(Standing), default=Standing.NONE)
    parser.add_argument("--body", default="", help="the code of a State or organisation")
    parser.add_argument("--instrument", default="", help="the paper that names the person")


def _invite(options: Namespace) -> Answer:
    _named(options.whom)
    name = options.name or options.whom
    now = timezone.now()
    person = actions.enter(
        name=name, email=options.whom, language=options.language, by=OPERATOR, now=now
    )
    return Answer([f"{person.email} has an account; no seat yet"], {"person": person.pk})


def _password(options: Namespace) -> Answer:
    """Read from the terminal without showing it, or from standard input."""
    asked = sys.stdin.isatty()
    given = getpass.getpass("New password: ") if asked else sys.stdin.readline().rstrip("\n")
    actions.set_password(queries.account_of(options.whom), given)
    return Answer([f"{options.whom}: the password is set"])


def _seat(options: Namespace) -> Answer:
    person = queries.person_by_email(options.whom)
    if person is None:
        raise Unseen(f"{options.whom}: invite this person first")
    if options.role is None:
        raise Invalid({"role": ["say which with --role"]})
    naming = actions.Naming(
        role=options.role,
        standing=options.standing,
        body=body(options.body) if options.body else None,
        instrument=options.instrument,
    )
    taken = actions.seat(person, naming, by=OPERATOR, now=timezone.now())
    return Answer([f"{options.whom} is seated as {taken.role}: {taken.pk}"], {"seat": taken.pk})


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


def _run(options: Namespace) -> Answer:
    known = {"invite": _invite, "password": _password, "seat": _seat, "unseat": _unseat}
    return choose(options, known | {"list": _list})


VERB = Verb("Accounts and seats.", _arguments, _run)
