"""An upgrade changes tables and keeps the record's word for every row; it launders nothing."""

import json
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations import Migration
from django.test import override_settings

from clearinghouse.ledger import queries, triggers, upgrade
from clearinghouse.ledger.models import Entry
from clearinghouse.ledger.verify import recorded_models, verify
from clearinghouse.needs.rules import Consent
from tests.committee import Committee, found_committee

pytestmark = pytest.mark.usefixtures("own_database")
LINES = Entry.objects.unscoped("test")
UPGRADES = LINES.filter(verb="ledger.upgraded")
TABLE = "needs_namedprovider"


@pytest.fixture
def committee(own_database: str) -> Iterator[Committee]:
    """With a need that names a provider, and the migrations of a version to come."""
    assert own_database
    committee = found_committee()
    committee.need("XA", "police", Consent.NAMED, named=["XIO"])
    with override_settings(MIGRATION_MODULES={"needs": "tests.ledger.migrations"}):
        yield committee


def migrate(to: str) -> None:
    call_command("migrate", "needs", to, verbosity=0, interactive=False)


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [c.name for c in connection.introspection.get_table_description(cursor, table)]


def by_hand(what: str) -> None:
    """Past the product, with the rights of the tables' owner."""
    if what == "changed":
        run("UPDATE needs_need SET priority = priority + 1")
    if what == "removed":
        run(f"DELETE FROM {TABLE}")
    if what == "added":
        forged = {"id": "'" + "a" * 32 + "'", "provider_id": _another_body()}
        told = ", ".join(forged.get(name, name) for name in columns(TABLE))
        run(f"INSERT INTO {TABLE} SELECT {told} FROM {TABLE} LIMIT 1")


def _another_body() -> str:
    taken = f"SELECT provider_id FROM {TABLE}"
    return f"(SELECT id FROM mandate_body WHERE id NOT IN ({taken}) LIMIT 1)"


BY_HAND = ("changed", "removed", "added")


def test_columns_added_dropped_renamed_and_widened_keep_the_record_whole(
    committee: Committee,
) -> None:
    before = LINES.count()
    migrate("0002")
    (line,) = UPGRADES.all()
    assert json.loads(line.facts)["tables"] == {
        "needs.need": {
            "gone": ["counterpart", "rough_cost"],
            "new": ["colour", "office"],
            "other": ["priority"],
        }
    }
    assert (line.actor, line.count) == ("operator", 2)  # one need, and the upgrade itself
    migrate("0003")
    assert LINES.count() == before + 2
    assert verify() is None
    assert triggers.missing() == []
    committee.need("XB", "police")  # and the house goes on writing
    assert verify() is None


def test_a_migration_that_changes_no_row_writes_no_line(committee: Committee) -> None:
    assert committee.seats
    migrate("0003")
    before = LINES.count()
    migrate("0004")
    assert LINES.count() == before
    assert verify() is None


@pytest.mark.parametrize("what", BY_HAND)
def test_what_was_done_by_hand_before_stops_the_upgrade(committee: Committee, what: str) -> None:
    """Else the upgrade would seal it: nothing is migrated, and it is named."""
    assert committee.seats
    before = LINES.count()
    by_hand(what)
    with pytest.raises(upgrade.Unvouched, match="nothing was migrated"):
        migrate("0002")
    assert LINES.count() == before
    assert "colour" not in columns("needs_need")
    assert verify() is not None


@pytest.mark.parametrize("what", BY_HAND)
def test_what_is_done_by_hand_after_is_found(committee: Committee, what: str) -> None:
    assert committee.seats
    migrate("0003")
    assert verify() is None
    by_hand(what)
    assert verify() is not None


@pytest.mark.parametrize("what", BY_HAND)
def test_what_is_done_meanwhile_to_a_table_that_keeps_its_columns_is_not_sealed(
    committee: Committee, what: str
) -> None:
    before = upgrade.begin(apps, [(Migration("x", "needs"), False)], "default")
    assert before is not None
    by_hand(what)
    assert upgrade.finish(before, apps, "default", committee.now) is None
    assert verify() is not None


def test_the_line_of_an_upgrade_cannot_be_rewritten(committee: Committee) -> None:
    assert committee.seats
    migrate("0002")
    with pytest.raises(DatabaseError, match="append-only"):
        run("UPDATE ledger_entry SET facts = '{}' WHERE verb = 'ledger.upgraded'")


def test_a_backup_ends_where_it_says_but_for_upgrades(committee: Committee) -> None:
    number, root = queries.head()
    migrate("0003")
    assert queries.ended_at(number, root)
    assert not queries.ended_at(number, "0" * 64)
    committee.need("XB", "police")
    assert not queries.ended_at(number, root)


def test_recorded_tables_are_told_by_their_columns() -> None:
    """What stands for a base class that tables of the past do not have."""
    assert set(upgrade.recorded(apps).values()) == set(recorded_models())
