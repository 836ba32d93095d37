"""Roads the guards cannot see are closed by name. A reason for an exception is given here or nowhere."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import clearinghouse

ROOT = Path(clearinghouse.__file__).parent
CLOSED = {
    "_base_manager",
    "_raw_delete",
    "save_base",
    "RawSQL",
    "cursor",
    "execute",
    "connection",
    "connections",
}
SUBQUERIES = {"Exists", "Subquery", "ArraySubquery"}
BARE = {"models.Model.save", "models.Model.delete", "models.QuerySet", "QuerySet.as_manager"}
EXCEPTIONS = {
    ("access/scoping.py", "models.QuerySet"),  # the guard is made of it
    ("ledger/chain.py", "models.Model.save"),  # the line itself
    ("ledger/record.py", "models.Model.save"),  # the rows of a batch line
    ("ledger/record.py", "models.QuerySet"),  # the change it describes, as compare-and-set
    ("ledger/prepared.py", "connection"),  # rows of a line, in tables of this connection's own
    ("ledger/prepared.py", "connection.cursor"),
    ("ledger/prepared.py", "cursor"),
    ("ledger/prepared.py", "cursor.execute"),
    ("ledger/rooms.py", "connection"),  # where those tables are
    ("ledger/rooms.py", "connection.cursor"),
    ("ledger/rooms.py", "cursor"),
    ("ledger/rooms.py", "cursor.execute"),
    ("ledger/reconcile.py", "models.QuerySet"),  # what a load would change, whoever may see it
    ("ledger/verify.py", "models.QuerySet"),  # every row is held against its hash
    ("ledger/triggers.py", "connection"),  # the database's own refusal
    ("ledger/triggers.py", "connections"),
    ("ledger/triggers.py", "connection.cursor"),
    ("ledger/triggers.py", "cursor"),
    ("ledger/triggers.py", "cursor.execute"),
    ("ledger/roles.py", "connection"),  # gives the application's role its rights, and no more
    ("ledger/roles.py", "connections"),
    ("ledger/roles.py", "connection.cursor"),
    ("ledger/roles.py", "cursor"),
    ("ledger/roles.py", "cursor.execute"),
    ("ledger/upgrade.py", "connections"),  # tables as they are before and after a migration
    ("notices/couriers.py", "connection"),  # to a mail server
    ("watch/health.py", "connection"),  # asks whether there is a database, and of no row in it
    ("watch/health.py", "connection.cursor"),
    ("watch/health.py", "cursor"),
    ("watch/health.py", "cursor.execute"),
}
# A backup copies whole databases, whoever may see what; an installation of it is filled the same way.
WHOLE = {f"backups/{name}.py" for name in ("sqlite", "postgresql", "take", "restore")}
CLOCKS = {"now", "today", "utcnow", "fromtimestamp", "localtime", "localdate"}
CLOCK_READERS = {
    ("ledger/apps.py", "timezone.now"),  # a migration comes from no request and no tick
    ("people/asking.py", "timezone.now"),  # the moment of a request is fixed once, as it comes in
    ("watch/logs.py", "datetime.fromtimestamp"),  # the moment that a line of the log brings along
}
DOORS = {"web", "api", "cli", "project"}


def modules() -> Iterator[tuple[str, str]]:
    for path in ROOT.rglob("*.py"):
        if "migrations" not in path.parts:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def roads(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        text = ast.unparse(node) if isinstance(node, ast.Attribute | ast.Name | ast.Call) else ""
        named = isinstance(node, ast.Attribute | ast.Name)
        if text in BARE or (named and text.rpartition(".")[2] in CLOSED):
            yield text
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in SUBQUERIES:
            inner = " ".join(map(ast.unparse, node.args))
            if not (
                ".visible_to(" in inner or ".unscoped(" in inner or _scoped_before(inner, source)
            ):
                yield text


def _scoped_before(inner: str, source: str) -> bool:
    """`Exists(mine)`, where `mine = X.objects.unscoped(…)` stands before it."""
    name = inner.partition(".")[0]
    return any(f"{name} = {each}" in source for each in _scopes(source))


def _scopes(source: str) -> list[str]:
    assigned = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Assign)]
    values = [ast.get_source_segment(source, n.value) or "" for n in assigned]
    return [v for v in values if ".visible_to(" in v or ".unscoped(" in v]


def clocks(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called.rpartition(".")[2] in CLOCKS or called == "time.time":
                yield called


def taken(search: Callable[[str], Iterator[str]]) -> set[tuple[str, str]]:
    return {(where, hit) for where, source in modules() for hit in search(source)}


def test_the_search_finds_what_it_looks_for() -> None:
    source = "Exists(Secret.objects.filter(pk=1)); Secret._base_manager.all(); connection.cursor()"
    assert len(set(roads(source))) == 4
    assert list(roads("Exists(Secret.objects.visible_to(actor))")) == []
    assert list(roads("mine = Secret.objects.unscoped('x')\nExists(mine.filter(pk=1))")) == []
    assert len(set(roads("mine = Secret.objects.filter()\nExists(mine)"))) == 1
    assert set(clocks("timezone.now(); date.today(); time.time(); self.now")) == {
        "timezone.now",
        "date.today",
        "time.time",
    }


def test_back_roads_are_closed() -> None:
    below = {hit for hit in taken(roads) if hit[0].partition("/")[0] not in DOORS}
    assert {hit for hit in below if hit[0] not in WHOLE} == EXCEPTIONS
    assert {where for where, _ in below} >= WHOLE


def test_nobody_below_the_doors_reads_a_clock() -> None:
    below = {hit for hit in taken(clocks) if hit[0].partition("/")[0] not in DOORS}
    assert below == CLOCK_READERS


def test_whoever_acts_for_nobody_says_why() -> None:
    """`unscoped` is given a reason in words, every time."""
    for where, source in modules():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".unscoped"):
                (reason,) = node.args
                said = reason.value if isinstance(reason, ast.Constant) else ast.unparse(reason)
                assert isinstance(said, str), where
                assert len(said) > 2, where
