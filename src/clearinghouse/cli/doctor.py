"""`doctor`: says what is wrong with this installation, one line a check."""

from argparse import Namespace
from collections.abc import Callable

from clearinghouse.cli.answer import REFUSED, Answer, Verb, nothing
from clearinghouse.cli.checks import contents, machine, standing
from clearinghouse.cli.checks.said import Note
from clearinghouse.ledger import queries as ledger

CHECKS: dict[str, Callable[[], str]] = {
    "data folder": machine.data_folder,
    "disk": machine.disk,
    "keys' place": machine.keys_place,
    "time zones": machine.time_zones,
    "database": contents.tables,
    "integrity": contents.integrity,
    "durability": contents.durability,
    "triggers of the record": contents.triggers_,
    "mandate pack": contents.pack,
    "holidays": contents.holidays,
    "demonstration": contents.demonstration,
    "clock": machine.clock,
    "stored files": contents.files,
    "mail": machine.mail,
    "outbox": standing.outbox,
    "fence": standing.fence,
    "matrix": standing.matrix,
    "backup": standing.backup,
    "backup of the keys": standing.keys_backup,
}
FOUNDATION = "database"  # without it the checks after it ask tables that are not there


def _run(_options: Namespace) -> Answer:
    found: dict[str, str] = {}
    for name, check in CHECKS.items():
        found[name] = check()
        if name == FOUNDATION and found[name]:
            break
    lines = [_line(name, said) for name, said in found.items()]
    if not found[FOUNDATION]:
        number, _ = ledger.head()
        lines.append(
            f"       the record has {number} lines; `clearinghouse ledger verify` checks them"
        )
    data = {name: {"level": _level(said), "said": str(said)} for name, said in found.items()}
    faults = any(_level(said) == "fault" for said in found.values())
    return Answer(lines, data, REFUSED if faults else 0)


def _line(name: str, said: str) -> str:
    return f"{_level(said):6} {name}{': ' if said else ''}{said}"


def _level(said: str) -> str:
    """A note is to be known, and is no fault."""
    if not said:
        return "ok"
    return "note" if isinstance(said, Note) else "fault"


VERB = Verb("Say what is wrong with this installation.", nothing, _run)
