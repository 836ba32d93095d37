"""`ledger`: verify the record and every recorded row, or export the lines for an auditor."""

from argparse import ArgumentParser, Namespace

from clearinghouse.cli.answer import REFUSED, Answer, Verb, choose
from clearinghouse.kernel.canonical import plain
from clearinghouse.ledger import queries, verify


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("action", choices=("verify", "export"))
    parser.add_argument(
        "--root", default="", help="a hash made known earlier: must be in the chain"
    )


def _verify(options: Namespace) -> Answer:
    broken, (number, root) = verify.verify(options.root), queries.head()
    data = {"lines": number, "root": root, "broken": str(broken) if broken else None}
    if broken:
        return Answer([f"broken: {broken}"], data, REFUSED)
    return Answer([f"the record holds: {number} lines, root {root}"], data)


def _export(_options: Namespace) -> Answer:
    """One line each: references, enums and hashes; the texts lie in the rooms."""
    lines = [
        {k: plain(v) if k == "at" else v for k, v in line.items()} for line in queries.export()
    ]
    return Answer([str(queries.as_text(line)) for line in lines], lines)


def _run(options: Namespace) -> Answer:
    return choose(options, {"verify": _verify, "export": _export})


VERB = Verb("Verify the record, or export it.", _arguments, _run)
