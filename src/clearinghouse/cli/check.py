"""`check`: hold a contribution file against the format of its kind; nothing is stored."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from clearinghouse.access.errors import Invalid
from clearinghouse.cli.answer import DONE, REFUSED, Answer, Verb
from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.submissions.formats.rows import LARGEST
from clearinghouse.submissions.queries import checking
from clearinghouse.submissions.queries.checking import Checked
from clearinghouse.submissions.rules.kinds import Kind


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("kind", choices=[kind.value for kind in Kind], metavar="KIND")
    parser.add_argument("file", type=Path, metavar="FILE")


def _run(options: Namespace) -> Answer:
    """One line for each fault, FILE:ROW:COLUMN message; exit code 1 where there is any."""
    file: Path = options.file
    if not file.is_file():
        raise Invalid({"FILE": [f"{file} is not a file"]})
    with file.open("rb") as opened:
        content = opened.read(LARGEST + 1)
    try:
        checked = checking.check(Kind(options.kind), file.name, content)
    except Unfit as why:
        return Answer([f"{file}: {why}"], {"file": str(file), "refused": str(why)}, REFUSED)
    lines = list(_said(file, checked))
    return Answer(lines, _data(file, checked), DONE if checked.is_sound else REFUSED)


def _said(file: Path, checked: Checked) -> Iterator[str]:
    for each in checked.found:
        message = each.fault.message % dict(each.fault.values)
        yield f"{file}:{each.row}:{each.column} {each.fault.field}: {message}"
    if checked.more:
        yield f"{file}: and {checked.more} more faults"
    if checked.is_sound:
        yield f"{file}: {checked.rows} rows, nothing wrong"


def _data(file: Path, checked: Checked) -> dict[str, object]:
    faults = [
        {
            "row": each.row,
            "column": each.column,
            "field": each.fault.field,
            "message": each.fault.message % dict(each.fault.values),
        }
        for each in checked.found
    ]
    return {
        "file": str(file),
        "rows": checked.rows,
        "faulty": checked.faulty,
        "read_as": dict(checked.read_as),
        "faults": faults,
        "more": checked.more,
    }


VERB = Verb("Hold a contribution file against the format of its kind.", _arguments, _run)
