"""The clearinghouse command: one table of verbs, one translation of errors into exit codes."""

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from importlib import import_module

import django

from clearinghouse.access.errors import Invalid, Refused, Stale, Unavailable, Unseen
from clearinghouse.cli import folder
from clearinghouse.cli.answer import CONFLICT, DONE, REFUSED, UNAVAILABLE, USAGE, Answer, Verb
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.mandate.formats.fault import PackRefused

VERBS = {
    "demo": "build the demonstration and serve it",
    "init": "make the data folder and the database, load the mandate pack",
    "serve": "serve the site, with the clock beside it",
    "tick": "do what is due: the matrix, stale entries, mails",
    "doctor": "say what is wrong with this installation",
    "pack": "check a mandate pack, or load it",
    "check": "hold a contribution file against the format of its kind: check KIND FILE",
    "import": "bring in contributions, or a table of aid: import KIND FILE --as BODY",
    "matrix": "draft, issue or show the matrix of needs",
    "outbox": "list the deliveries, send what waits, or release it after a restore",
    "intake": "take replies, forms and scans into the tray",
    "ledger": "verify the record, or export it",
    "people": "accounts and seats",
    "backup": "write an encrypted backup of the running installation",
    "restore": "make an installation of a backup, in an empty place",
}
FOUNDING = {"demo", "init", "restore"}  # the verbs that may make a data folder
MODULES = {"import": "bring_in"}  # a word of the language is no name of a module
CODES: dict[type[BaseException], int] = {
    Invalid: REFUSED,
    Refused: REFUSED,
    Unseen: REFUSED,
    PackRefused: REFUSED,
    OutOfOrder: CONFLICT,
    Stale: CONFLICT,
    Unavailable: UNAVAILABLE,
    OSError: UNAVAILABLE,
}


def main(words: list[str] | None = None) -> int:
    """Exit codes: 0 done, 1 refused or invalid, 2 usage, 3 stale or conflict, 4 unavailable."""
    given = sys.argv[1:] if words is None else words
    chosen = given[0] if given else ""
    try:
        if chosen not in VERBS:
            return _overview(given)
        _start(chosen, given)
        verb: Verb = import_module(f"clearinghouse.cli.{MODULES.get(chosen, chosen)}").VERB
        options = _parser(chosen, verb).parse_args(given[1:])
        return _say(verb.run(options), options)
    except KeyboardInterrupt:
        return REFUSED
    except BrokenPipeError:
        return _nobody_reads_on()
    except Exception as why:
        if (code := _code(why)) is None:
            raise
        print(f"clearinghouse {chosen}: {why}", file=sys.stderr)
        return code


def _overview(given: list[str]) -> int:
    asked = given in ([], ["--help"], ["-h"])
    out = sys.stdout if asked else sys.stderr
    if not asked:
        print(f"clearinghouse: {given[0]!r} is no verb of this command\n", file=out)
    print("usage: clearinghouse VERB …  (clearinghouse VERB --help says more)\n", file=out)
    print("\n".join(f"  {name:8} {said}" for name, said in VERBS.items()), file=out)
    out.flush()
    return DONE if asked else USAGE


def _start(chosen: str, given: list[str]) -> None:
    """The demonstration chooses its folder and address before the settings are read."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clearinghouse.project.settings")
    if chosen == "demo":
        os.environ.update(of_demonstration(given))
    if "--help" not in given:
        folder.prepare() if chosen in FOUNDING else folder.require()
    django.setup()


def of_demonstration(given: list[str]) -> dict[str, str]:
    """What the arguments of a demonstration say to the settings.

    Its mails lead to the port where it is served, and a security key answers that address alone;
    a site's address in the environment goes before.
    """
    early = ArgumentParser(add_help=False)
    early.add_argument("--data-dir", default="")
    early.add_argument("--port", default="8000")
    named = early.parse_known_args(given)[0]
    site = os.environ.get("CLEARINGHOUSE_SITE_URL", f"http://localhost:{named.port}")
    found = {"CLEARINGHOUSE_DEMO": "true", "CLEARINGHOUSE_SITE_URL": site}
    return found | ({"CLEARINGHOUSE_DATA_DIR": named.data_dir} if named.data_dir else {})


def _parser(name: str, verb: Verb) -> ArgumentParser:
    parser = ArgumentParser(prog=f"clearinghouse {name}", description=verb.help)
    parser.add_argument("--quiet", action="store_true", help="print nothing but faults")
    parser.add_argument("--json", action="store_true", help="print data instead of sentences")
    verb.arguments(parser)
    return parser


def _say(answer: Answer, options: Namespace) -> int:
    if options.json:
        print(json.dumps(answer.data, ensure_ascii=False, default=str, indent=1))
    elif not options.quiet or answer.code != DONE:
        for line in answer.lines:
            print(line)
    sys.stdout.flush()  # a broken pipe is met here, not while Python is ending
    return answer.code


def _nobody_reads_on() -> int:
    """`clearinghouse outbox list | head -1`: the reader has had enough, and nothing is wrong.

    What is still unwritten goes nowhere, lest Python complain about the pipe as it ends.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _code(why: Exception) -> int | None:
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415  # Django is late here
    from django.db import DatabaseError  # noqa: PLC0415  # the same

    known = {ImproperlyConfigured: USAGE, DatabaseError: UNAVAILABLE} | CODES
    return next((code for kind, code in known.items() if isinstance(why, kind)), None)
