"""The database itself refuses to change or remove a line, whoever asks and by whatever road."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models.signals import post_migrate

from clearinghouse.ledger import triggers
from clearinghouse.ledger.verify import verify

ON_POSTGRESQL = connection.vendor == "postgresql"
# fmt: off
REFUSED = {
    "a line changed":              "UPDATE ledger_entry SET facts = '{}' WHERE number = 1",
    "every line changed":          "UPDATE ledger_entry SET verb = 'x'",
    "a line removed":              "DELETE FROM ledger_entry WHERE number = 1",
    "the last line removed":       "DELETE FROM ledger_entry WHERE number = (SELECT MAX(number) FROM ledger_entry)",
    "rows of a batch changed":     "UPDATE ledger_leaves SET part = part + 100",
    "rows of a batch removed":     "DELETE FROM ledger_leaves",
    "the head set back":           "UPDATE ledger_head SET number = number - 1",
    "the head set far forward":    "UPDATE ledger_head SET number = number + 2",
    "the head's hash exchanged":   "UPDATE ledger_head SET hash = 'x'",
    "the head removed":            "DELETE FROM ledger_head",
}
ON_POSTGRESQL_ALONE = {
    "every line emptied out":      "TRUNCATE ledger_entry CASCADE",
    "every batch emptied out":     "TRUNCATE ledger_leaves",
}
# fmt: on
# SQLite has no TRUNCATE: there it is a DELETE, and refused as such.
ATTEMPTS = REFUSED | (ON_POSTGRESQL_ALONE if ON_POSTGRESQL else {})


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def lines() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, hash, facts FROM ledger_entry ORDER BY number")
        return list(cursor.fetchall())


@pytest.mark.usefixtures("committee")
@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_raw_sql_is_refused(attempt: str) -> None:
    if ON_POSTGRESQL:  # else it refuses TRUNCATE for checks it has put off, before ours is asked
        run("SET CONSTRAINTS ALL IMMEDIATE")
    before = lines()
    with pytest.raises(DatabaseError, match=r"append-only|moves forward"):
        run(ATTEMPTS[attempt])
    assert lines() == before
    assert verify() is None


@pytest.mark.django_db
def test_all_are_there_after_migrating() -> None:
    assert triggers.missing() == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(triggers.NAMES[connection.vendor]))
def test_a_missing_one_is_named_and_comes_back_after_migrating(name: str) -> None:
    table = next(t for t in (triggers.ENTRY, triggers.LEAVES, triggers.HEAD) if name.startswith(t))
    run(f"DROP TRIGGER {name}" + (f" ON {table}" if ON_POSTGRESQL else ""))
    assert triggers.missing() == [name]
    _migrated()
    assert triggers.missing() == []


@pytest.mark.usefixtures("committee")
def test_a_table_rebuilt_by_a_migration_is_guarded_again() -> None:
    """As SQLite does for most changes of a table: a new one takes the name of the old."""
    guards = [n for n in triggers.NAMES[connection.vendor] if n.startswith(triggers.ENTRY)]
    if ON_POSTGRESQL:
        for name in guards:
            run(f"ALTER TABLE ledger_entry DISABLE TRIGGER {name}")
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'ledger_entry'")
            definition = cursor.fetchone()[0]
        run(definition.replace('"ledger_entry"', '"rebuilt"', 1))
        run("INSERT INTO rebuilt SELECT * FROM ledger_entry")
        run("DROP TABLE ledger_entry")
        run("ALTER TABLE rebuilt RENAME TO ledger_entry")
    assert triggers.missing() == sorted(guards)
    _migrated()
    assert triggers.missing() == []
    with pytest.raises(DatabaseError, match="append-only"):
        run(REFUSED["every line changed"])


def _migrated() -> None:
    config = apps.get_app_config("ledger")
    post_migrate.send(
        sender=config, app_config=config, verbosity=0, interactive=False, using="default"
    )
