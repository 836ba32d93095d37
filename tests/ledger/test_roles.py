"""On PostgreSQL the application's role owns no table, and of the record it can only add lines."""

import pytest
from django.db import ProgrammingError, connection, transaction

from clearinghouse.ledger import roles
from tests.committee import Committee

ROLE = "clearinghouse_app"
pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no roles: its triggers stand alone"
)
KEPT = ("UPDATE ledger_entry SET verb = 'x'", "DELETE FROM ledger_entry", "TRUNCATE ledger_leaves")


@pytest.fixture
def as_application(committee: Committee) -> None:
    """What `init` grants, then the rest of the test's transaction in the application's role."""
    roles.grant("default", ROLE)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {ROLE}")


@pytest.mark.usefixtures("as_application")
@pytest.mark.parametrize("statement", KEPT)
def test_the_record_is_refused_before_any_trigger_is_asked(statement: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.usefixtures("as_application")
def test_the_application_owns_nothing_and_works_all_the_same(committee: Committee) -> None:
    committee.need("XA", "police")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = %s", [ROLE])
        assert cursor.fetchone() == (0,)
