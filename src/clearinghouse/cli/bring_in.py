"""`import`: `import KIND FILE --as BODY`, contributions; `import crs FILE`, tables of aid.

`import iati FILE --as BODY` is of activities as their donor publishes them.
"""

import re
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.utils import timezone

from clearinghouse.access.actor import OPERATOR
from clearinghouse.access.errors import Invalid
from clearinghouse.assistance import actions
from clearinghouse.assistance.actions import Report
from clearinghouse.assistance.rules import EARLIEST, LATEST
from clearinghouse.batches.rules.workflow import TOGETHER
from clearinghouse.cli.answer import Answer, Verb, choose
from clearinghouse.cli.bring_in_published import activities
from clearinghouse.cli.bring_in_rows import INSTRUMENT, rows


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "action", choices=("crs", "iati", *sorted(TOGETHER)), metavar="KIND|crs|iati"
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--as", dest="body", default="", help="for which body: its code")
    parser.add_argument("--dry-run", action="store_true", help="say what it would change")
    parser.add_argument("--key", default="", help="the same key again is the same batch")
    parser.add_argument("--instrument", default=INSTRUMENT, help="the paper that asks for it")
    parser.add_argument("--year", type=int, help="of the figures; else the one in the file's name")


def _year(options: Namespace) -> int:
    named = re.findall(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", options.file.name)
    year: int = options.year or (int(named[0]) if len(named) == 1 else 0)
    if not EARLIEST <= year <= LATEST:
        raise Invalid({"year": ["say of which year the figures are, with --year"]})
    return year


def _crs(options: Namespace) -> Answer:
    """All of it or nothing; then every row and column that was not matched."""
    content, now = options.file.read_bytes(), timezone.now()
    report = actions.import_crs(content, options.file.name, _year(options), by=OPERATOR, now=now)
    return Answer(_told(report), vars(report))


def _told(report: Report) -> list[str]:
    if report.again:
        return ["nothing changed: these are the figures as they stand"]
    left_out = ", ".join(report.columns_unknown) or "none"
    return [
        f"aid by {report.kind}, {report.year}: {_counts(report)}",
        f"{len(report.rows_kept_as_named)} rows kept as named by the source (no Member State):",
        *(f"  {row}" for row in report.rows_kept_as_named),
        f"{len(report.columns_unknown)} columns left out (no such code is known): {left_out}",
        *_of_purposes(report),
    ]


def _counts(report: Report) -> str:
    moved = f"{report.new} new, {report.changed} changed, {report.removed} gone"
    return f"{moved}, {report.unchanged} as they were"


def _of_purposes(report: Report) -> list[str]:
    if report.kind != "purpose":
        return []
    missing = ", ".join(report.purposes_without_column) or "none"
    return [
        f"{report.columns_bearing_on_nothing} columns bear on no obligation by the cross-walk",
        f"purposes of the cross-walk without a column of their own here: {missing}",
    ]


def _run(options: Namespace) -> Answer:
    return choose(
        options, {"crs": _crs, "iati": activities} | dict.fromkeys(map(str, TOGETHER), rows)
    )


VERB = Verb("Bring in contributions, or a published table of aid.", _arguments, _run)
