"""Rows made ready before the pen is taken: all of them are moved, or none; nobody sees them wait."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection

from clearinghouse.access.actor import OPERATOR
from clearinghouse.access.errors import Stale
from clearinghouse.ledger.models import Entry
from clearinghouse.ledger.prepared import Prepared, preparing
from clearinghouse.ledger.record import recording
from clearinghouse.ledger.verify import verify
from clearinghouse.mandate import policy
from clearinghouse.mandate.actions import Loaded
from clearinghouse.mandate.models import Holiday, Pack
from clearinghouse.mandate.rules import Step
from tests.committee import NOW

pytestmark = pytest.mark.usefixtures("committee")


def holidays(count: int) -> list[Holiday]:
    first = date(1900, 1, 1)
    return [
        Holiday(duty_station="Example", date=first + timedelta(days=n), name=f"Day {n}")
        for n in range(count)
    ]


def there() -> dict[str, str]:
    return {f"{h.date}": h.name for h in Holiday.objects.filter(date__year=1900)}


def taken(ready: Prepared) -> Entry:
    pack = Pack.objects.get()
    grant = policy.authorise(OPERATOR, Step.LOAD, pack)
    event = Loaded(pack=pack.code, new=0, changed=0)
    with recording(grant, event, subject=pack, now=NOW) as line:
        line.take(ready)
    return Entry.objects.unscoped("test").latest("number")


def waiting() -> list[str]:
    table = {
        "sqlite": "SELECT name FROM sqlite_temp_master WHERE name LIKE 'waiting%'",
        "postgresql": "SELECT relname FROM pg_class WHERE relname LIKE 'waiting%'",
    }
    with connection.cursor() as cursor:
        cursor.execute(table[connection.vendor])
        return [name for (name,) in cursor.fetchall()]


def stored(count: int) -> list[Holiday]:
    with preparing() as ready:
        ready.store(holidays(count))
        assert there() == {}, "they wait"
        line = taken(ready)
    assert line.count == count + 1
    return list(Holiday.objects.filter(date__year=1900).order_by("date"))


def test_new_changed_and_removed_rows_are_one_line() -> None:
    first, second, third = stored(3)
    first.name = "Another “day”, with % and \\ and '"
    with preparing() as ready:
        ready.store([first])
        ready.remove([second])
        ready.store([Holiday(duty_station="Example", date=date(1900, 2, 1), name="New")])
        assert taken(ready).count == 4
        assert waiting() != []
    assert there() == {"1900-01-01": first.name, "1900-01-03": "Day 2", "1900-02-01": "New"}
    assert third.name == "Day 2"
    assert waiting() == []
    assert verify() is None


@pytest.mark.parametrize("act", ["store", "remove"])
def test_one_row_that_has_changed_since_refuses_them_all(act: str) -> None:
    rows = stored(3)
    others = list(Holiday.objects.filter(date__year=1900).order_by("date"))
    others[1].name = "Somebody else's"
    with preparing() as ready:
        ready.store([others[1]])
        taken(ready)
    before = there()
    with preparing() as ready:
        for row in rows:
            row.name = "Mine"
        getattr(ready, act)(rows)
        with pytest.raises(Stale):
            taken(ready)
    assert there() == before
    assert waiting() == []
    assert verify() is None


def test_a_constraint_holds_here_as_well() -> None:
    stored(2)
    with preparing() as ready:
        ready.store(holidays(1))
        with pytest.raises(IntegrityError):
            taken(ready)
    assert len(there()) == 2
    assert verify() is None


def test_what_a_dead_life_left_is_in_nobodys_way() -> None:
    left = Prepared()
    left.store(holidays(1))  # and it never came to dropping them
    with preparing() as ready:
        ready.store(holidays(2)[1:])
        taken(ready)
    assert there() == {"1900-01-02": "Day 1"}
