"""`demo`: builds the demonstration where there is none yet, and serves it on this machine alone."""

import socket
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils import timezone

import clearinghouse
from clearinghouse.access.errors import Invalid, Unavailable
from clearinghouse.cli import serve
from clearinghouse.cli.answer import Answer, Verb, progress
from clearinghouse.cli.init import make_database
from clearinghouse.crossings import demonstration
from clearinghouse.crossings.demonstration import Story
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.formats import pack

PACKS = Path(clearinghouse.__file__).parent / "packs"
LOOPBACK = "127.0.0.1"


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-serve", action="store_true", help="build only")
    parser.add_argument("--data-dir", help="where the demonstration is kept (default: data)")


def _run(options: Namespace) -> Answer:
    if not options.no_serve:
        _free(options.port)
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
        return "the demonstration is there already; remove its folder to begin anew"
    if mandate.committee().facts:
        raise Invalid({"data folder": ["it holds a real installation; choose another"]})
    progress("building the demonstration")
    files = pack.read(PACKS / "un1373")
    story = Story(
        mandate=files,
        invented=pack.read(PACKS / "demonstration", base=files),
        needs=demonstration.read_needs(PACKS / "story" / "needs.json"),
    )
    told = demonstration.make(story, timezone.now())
    issued = [number for each in told for number in each.matrix.issued]
    mails = sum(sum(each.mails.values()) for each in told)
    return f"built: matrix {' and '.join(issued)} issued, {mails} mails in the outbox"


def _free(port: int) -> None:
    """Said before the building begins, not after."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as why:
            raise Unavailable(f"port {port}: {why.strerror}; choose another with --port") from why


VERB = Verb("Build the demonstration and serve it.", _arguments, _run)
