"""`init`: the database, the mandate pack and the first seats of an installation."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from clearinghouse.access.actor import OPERATOR, Role
from clearinghouse.access.errors import Invalid
from clearinghouse.cli.answer import Answer, Verb, progress
from clearinghouse.cli.pack import SHIPPED
from clearinghouse.crossings import load_pack
from clearinghouse.ledger import roles, triggers
from clearinghouse.mandate.formats import pack
from clearinghouse.mandate.queries import is_demonstration
from clearinghouse.people import actions, queries

FIRST = "named by the operator when the installation was made"


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--pack", type=Path, default=SHIPPED, help="another mandate pack")
    parser.add_argument("--administrator", metavar="EMAIL", help="the first administrator")
    parser.add_argument("--expert", metavar="EMAIL", help="the first Expert")


def _run(options: Namespace) -> Answer:
    progress("making the database")
    make_database()
    if is_demonstration():
        raise Invalid({"data folder": ["it holds a demonstration; choose another"]})
    files = pack.read(options.pack)
    found = load_pack.load(files, by=OPERATOR, now=timezone.now())
    rows = sum(len(d.rows) for d in found)
    lines = [f"the pack {files.about.code} is loaded: {rows} rows new or changed"]
    for email, role in (
        (options.administrator, Role.ADMINISTRATOR),
        (options.expert, Role.EXPERT),
    ):
        lines += [_first(email, role)] if email else []
    return Answer([*lines, "now run `clearinghouse serve`"], {"rows": rows})


def make_database() -> None:
    """Bring the tables and the triggers to this version; what is there stays.

    Where an owner's address is set, it migrates, and the application's role gets its rights.
    """
    owner = "owner" if "owner" in settings.DATABASES else "default"
    call_command("migrate", database=owner, verbosity=0, interactive=False)
    triggers.install(owner)
    if owner == "owner":
        roles.grant(owner, str(settings.DATABASES["default"]["USER"]))


def _first(email: str, role: Role) -> str:
    """Naming again a person who is seated already changes nothing."""
    now = timezone.now()
    person = queries.person_by_email(email)
    if person and queries.seats_in({role}, now).filter(person=person).exists():
        return f"{email} already has a seat as {role}"
    person = person or actions.enter(name=email, email=email, language="en", by=OPERATOR, now=now)
    actions.seat(person, actions.Naming(role=role, instrument=FIRST), by=OPERATOR, now=now)
    return f"{email} is seated as {role}: set a password with `clearinghouse people password`"


VERB = Verb("Make the data folder and the database, load the mandate pack.", _arguments, _run)
