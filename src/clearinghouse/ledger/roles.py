"""On PostgreSQL, what the application's role may do: it owns no table, and lines it only adds."""

from django.db import connections

from clearinghouse.ledger.triggers import ENTRY, LEAVES

KEPT = f"{ENTRY}, {LEAVES}"


def grant(owner: str, role: str) -> None:
    """Give the application's role its rights, as the owner of the tables. Safe to repeat.

    `owner` is the alias of the owner's connection, `role` the name of the application's role.
    """
    connection = connections[owner]
    named = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        for statement in (
            f"GRANT USAGE ON SCHEMA public TO {named}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {named}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {named}",
            f"REVOKE UPDATE, DELETE, TRUNCATE ON {KEPT} FROM {named}",
        ):
            cursor.execute(statement)
