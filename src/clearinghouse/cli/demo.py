"""`demo`: builds the demonstration where there is none, and serves it on this machine alone."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils import timezone

import clearinghouse
from clearinghouse.access.actor import PUBLIC
from clearinghouse.access.errors import Invalid
from clearinghouse.circulars.queries import issues
from clearinghouse.cli import serve
from clearinghouse.cli.answer import Answer, Verb, progress
from clearinghouse.cli.init import make_database
from clearinghouse.crossings import demonstration
from clearinghouse.crossings.demonstration import Story
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.formats import pack

PACKS = Path(clearinghouse.__file__).parent / "packs"
LOOPBACK = "127.0.0.1"
ISSUES = 2  # that the demonstration is made with


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-serve", action="store_true", help="build only")
    parser.add_argument("--data-dir", help="where the demonstration is kept (default: data)")


def _run(options: Namespace) -> Answer:
    if not options.no_serve:
        serve.free(LOOPBACK, options.port)
    made = build()
    if options.no_serve:
        return Answer([made], {"made": made})
    progress(made)
    progress(f"\n  The demonstration is at http://localhost:{options.port}/\n  Ctrl-C stops it.\n")
    return serve.serve(LOOPBACK, options.port, workers=1)


def build() -> str:
    """Make the demonstration, once; one that is there is served as it is. Says which it was."""
    make_database()
    if mandate.is_demonstration():
        _check_whole()
        return "the demonstration is there already; remove its folder to begin anew"
    if mandate.committee().facts:
        raise Invalid({"data folder": ["it holds a real installation; choose another"]})
    progress("building the demonstration")
    files = pack.read(PACKS / "un1373")
    story = Story(
        mandate=files,
        invented=pack.read(PACKS / "demonstration", base=files),
        needs=demonstration.read_needs(PACKS / "story" / "needs.json"),
        figures=(PACKS / "story" / demonstration.FIGURES).read_bytes(),
    )
    told = demonstration.make(story, timezone.now())
    issued = [number for each in told for number in each.matrix.issued]
    mails = sum(sum(each.mails.values()) for each in told)
    return f"built: matrix {' and '.join(issued)} issued, {mails} mails in the outbox"


def _check_whole() -> None:
    """Stopped before its second issue it is of no use; a moment after that it lacks a tray."""
    if issues.issues_for(PUBLIC).count() < ISSUES:
        raise Invalid(
            {"data folder": ["the building was interrupted; remove the folder and begin anew"]}
        )


VERB = Verb("Build the demonstration and serve it.", _arguments, _run)
