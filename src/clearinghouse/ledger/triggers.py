"""The database's own refusal to change or remove a line, whoever asks. Re-created by post_migrate.

SQLite drops a table's triggers when a migration rebuilds it; `doctor` asks `missing()`.
"""

from django.db import connections

from clearinghouse.ledger.models import Head

ENTRY, LEAVES, HEAD = "ledger_entry", "ledger_leaves", "ledger_head"
APPEND_ONLY = "the record is append-only"
FORWARD = "the head of the record moves forward, one line at a time"


def install(using: str = "default") -> None:
    """Put every trigger in place (again), and the head's only row. Safe to repeat."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in STATEMENTS[connection.vendor]():
            cursor.execute(statement)
    Head.objects.using(using).get_or_create(pk=1)


def missing(using: str = "default") -> list[str]:
    """The names of the triggers that ought to be there and are not."""
    connection = connections[using]
    where = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }
    with connection.cursor() as cursor:
        cursor.execute(where[connection.vendor])
        present = {name for (name,) in cursor.fetchall()}
    return sorted(NAMES[connection.vendor] - present)


def _sqlite() -> list[str]:
    made = []
    for table in (ENTRY, LEAVES):
        for act in ("update", "delete"):
            made += _sqlite_trigger(f"{table}_no_{act}", f"{act} ON {table}", "", APPEND_ONLY)
    backward = "WHEN NEW.number <> OLD.number + 1 "
    made += _sqlite_trigger(f"{HEAD}_forward", f"update ON {HEAD}", backward, FORWARD)
    made += _sqlite_trigger(f"{HEAD}_no_delete", f"delete ON {HEAD}", "", FORWARD)
    return made


def _sqlite_trigger(name: str, event: str, when: str, said: str) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} BEFORE {event} {when}BEGIN SELECT RAISE(ABORT, '{said}'); END",
    ]


def _postgresql() -> list[str]:
    made = [
        _function("ledger_refuse", f"RAISE EXCEPTION '{APPEND_ONLY}';"),
        _function(
            "ledger_forward",
            "IF NEW.number <> OLD.number + 1 THEN "
            f"RAISE EXCEPTION '{FORWARD}'; END IF; RETURN NEW;",
        ),
    ]
    for table in (ENTRY, LEAVES):
        for act in ("update", "delete", "truncate"):
            each = "STATEMENT" if act == "truncate" else "ROW"
            made += _pg_trigger(f"{table}_no_{act}", f"{act} ON {table}", each, "ledger_refuse")
    made += _pg_trigger(f"{HEAD}_forward", f"update ON {HEAD}", "ROW", "ledger_forward")
    made += _pg_trigger(f"{HEAD}_no_delete", f"delete ON {HEAD}", "ROW", "ledger_refuse")
    return made


def _function(name: str, body: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {body} END $$"
    )


def _pg_trigger(name: str, event: str, each: str, function: str) -> list[str]:
    table = event.rpartition(" ")[2]
    return [
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE {event} FOR EACH {each} EXECUTE FUNCTION {function}()",
    ]


STATEMENTS = {"sqlite": _sqlite, "postgresql": _postgresql}
_KEPT = {f"{t}_no_{act}" for t in (ENTRY, LEAVES) for act in ("update", "delete")}
_HEAD = {f"{HEAD}_forward", f"{HEAD}_no_delete"}
NAMES = {
    "sqlite": _KEPT | _HEAD,
    "postgresql": _KEPT | _HEAD | {f"{t}_no_truncate" for t in (ENTRY, LEAVES)},
}
