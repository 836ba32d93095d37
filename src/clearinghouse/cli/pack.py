"""`pack`: check a mandate pack, naming every fault with file and line, or load it."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils import timezone

import clearinghouse
from clearinghouse.access.actor import OPERATOR
from clearinghouse.cli.answer import REFUSED, Answer, Verb, choose
from clearinghouse.crossings import load_pack
from clearinghouse.mandate.formats import check, pack
from clearinghouse.mandate.formats.fault import PackRefused

SHIPPED = Path(clearinghouse.__file__).parent / "packs" / "un1373"


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("action", choices=("check", "load"))
    parser.add_argument("folder", type=Path, nargs="?", default=SHIPPED)


def _check(options: Namespace) -> Answer:
    faults = [str(fault) for fault in check.check(options.folder)]
    if faults:
        return Answer(faults, {"faults": faults}, REFUSED)
    return Answer([f"{options.folder}: no faults"], {"faults": []})


def _load(options: Namespace) -> Answer:
    """All of it or nothing; says table by table what changed."""
    try:
        files = pack.read(options.folder)
    except PackRefused as refused:
        faults = [str(fault) for fault in refused.faults]
        return Answer([*faults, "nothing was loaded"], {"faults": faults}, REFUSED)
    found = load_pack.load(files, by=OPERATOR, now=timezone.now())
    data = [
        {"table": d.table, "new": len(d.new), "changed": len(d.changed)}
        | {"unchanged": d.unchanged, "kept": d.kept, "held": d.held}
        for d in found
    ]
    moved = [d for d in found if d.rows]
    lines = [f"{d.table}: {len(d.new)} new, {len(d.changed)} changed" for d in moved]
    lines = lines or ["nothing changed: the pack is loaded as it is"]
    held = [(d.table, name) for d in found for name in d.held]
    by_hand = [f"{table}: {name} was changed by hand and stays so" for table, name in held]
    return Answer([*lines, *by_hand], data)


def _run(options: Namespace) -> Answer:
    return choose(options, {"check": _check, "load": _load})


VERB = Verb("Check a mandate pack, or load it.", _arguments, _run)
