"""A bulk change is one line over many rows, and each of those rows is vouched for by itself."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, models, transaction

from clearinghouse.access.actor import OPERATOR
from clearinghouse.ledger.models import Entry, Leaves, Recorded
from clearinghouse.ledger.record import CHUNK, Change, record
from clearinghouse.ledger.verify import recorded_models, verify
from clearinghouse.mandate import policy
from clearinghouse.mandate.actions import Loaded
from clearinghouse.mandate.models import Body, Holiday, Pack
from clearinghouse.mandate.rules import Step
from clearinghouse.needs import actions as needs
from clearinghouse.needs.models import NamedProvider, Need
from clearinghouse.needs.rules import Consent
from tests.committee import NOW, Committee

MANY = 10_000


def raw(model: type[Recorded]) -> models.QuerySet[Any]:
    """The road of an intruder: no guard, no seal."""
    return models.QuerySet(model)


def holidays(count: int) -> list[Holiday]:
    first = date(1900, 1, 1)
    return [
        Holiday(duty_station="Example", date=first + timedelta(days=n), name=f"{n}")
        for n in range(count)
    ]


def batch(rows: list[Recorded], removed: list[Recorded] | None = None) -> Entry:
    pack = Pack.objects.get()
    grant = policy.authorise(OPERATOR, Step.LOAD, pack)
    event = Loaded(pack=pack.code, new=len(rows), changed=0)
    return record(grant, event, changed=Change(pack, rows, removed or []), now=NOW)


def said(found: object) -> str:
    assert found is not None
    return str(found)


@pytest.mark.usefixtures("committee")
def test_ten_thousand_rows_are_one_line() -> None:
    before = Entry.objects.unscoped("test").count()
    line = batch([*holidays(MANY)])
    assert Entry.objects.unscoped("test").count() == before + 1
    assert line.count == MANY + 1  # the pack itself is its subject
    kept = Leaves.objects.unscoped("test").filter(entry=line)
    assert sum(len(k.leaves) // 48 for k in kept) == MANY + 1
    assert max(len(k.leaves) // 48 for k in kept) == CHUNK
    assert verify() is None
    middle = Holiday.objects.get(name=str(MANY // 2))
    raw(Holiday).filter(pk=middle.pk).update(name="forged")
    assert said(verify()) == f"row {middle.subject} (line {line.number}) is not what was recorded"


@pytest.fixture
def loaded(committee: Committee) -> Entry:
    assert committee.accounts
    return batch([*holidays(5)])


def test_a_changed_row_of_a_batch_is_named(loaded: Entry) -> None:
    row = Holiday.objects.get(name="3")
    raw(Holiday).filter(pk=row.pk).update(source="forged")
    assert said(verify()) == f"row {row.subject} (line {loaded.number}) is not what was recorded"
    raw(Holiday).filter(pk=row.pk).update(source="")
    assert verify() is None


def test_a_row_deleted_by_hand_is_named(loaded: Entry) -> None:
    row = Holiday.objects.get(name="3")
    raw(Holiday).filter(pk=row.pk).delete()
    assert said(verify()) == f"row {row.subject} (line {loaded.number}) is missing"


@pytest.mark.usefixtures("loaded")
def test_a_row_added_by_hand_is_named() -> None:
    row = Holiday(pk=uuid4(), duty_station="Example", date=date(1899, 1, 1), name="forged")
    row.version = 1
    row.seal()
    raw(Holiday).bulk_create([row])
    assert said(verify()) == f"row {row.subject} (line 0) was never recorded"


def test_a_salt_exchanged_is_named(loaded: Entry) -> None:
    row = Holiday.objects.get(name="3")
    raw(Holiday).filter(pk=row.pk).update(salt="0" * 32)
    assert said(verify()) == f"row {row.subject} (line {loaded.number}) is not what was recorded"


def test_a_row_of_a_batch_changed_later_is_held_to_its_later_line(loaded: Entry) -> None:
    row = Holiday.objects.get(name="3")
    before = raw(Holiday).filter(pk=row.pk).values().get()
    row.name = "moved"
    later = batch([row])
    assert verify() is None
    raw(Holiday).filter(pk=row.pk).update(**before)  # back to what the first line said
    assert later.number == loaded.number + 1
    assert said(verify()) == f"row {row.subject} (line {later.number}) is not what was recorded"


@pytest.mark.usefixtures("loaded")
def test_a_row_removed_on_the_record_is_gone_for_good() -> None:
    row = Holiday.objects.get(name="3")
    kept = raw(Holiday).filter(pk=row.pk).values().get()
    line = batch([], [row])
    assert verify() is None
    raw(Holiday).bulk_create([Holiday(**kept)])  # brought back by hand
    assert said(verify()) == f"row {row.subject} (line {line.number}) is not what was recorded"


def test_the_rows_kept_for_a_batch_are_those_of_its_root(loaded: Entry) -> None:
    """An added leaf would let a forged row pass: the root betrays it."""
    forged = Leaves(entry=loaded, part=99, model="mandate.holiday", leaves=b"\x01" * 48)
    models.Model.save(forged, force_insert=True)
    assert said(verify()) == f"line {loaded.number} has rows that are not those it was written for"


def test_a_need_rolled_back_to_an_older_version_is_noticed(committee: Committee) -> None:
    """As a hand would that undoes a State's narrowing."""
    need = committee.need(consent=Consent.PUBLIC)
    before = raw(Need).filter(pk=need.pk).values().get()
    narrower = needs.Sharing(consent=Consent.NONE)
    needs.share(need, narrower, by=committee.actor("mission_xa"), now=NOW)
    assert verify() is None
    raw(Need).filter(pk=need.pk).update(**before)
    assert said(verify()).endswith("is not what was recorded")


def test_a_provider_named_by_hand_is_noticed(committee: Committee) -> None:
    need = committee.need(consent=Consent.NAMED, named=["XC"])
    forged = NamedProvider(need=need, provider=committee.body("XIO"), version=1)
    raw(NamedProvider).bulk_create([forged])
    assert said(verify()) == f"row {forged.subject} (line 0) was never recorded"


@pytest.mark.usefixtures("committee")
def test_a_batch_told_twice_is_told_once() -> None:
    """Rows go with their line or not at all."""
    before = Holiday.objects.count()
    twins = holidays(2)
    twins[1].date = twins[0].date  # breaks a constraint
    with pytest.raises(IntegrityError), transaction.atomic():
        batch([*twins])
    assert Holiday.objects.count() == before
    assert verify() is None


@pytest.mark.parametrize("model", recorded_models(), ids=lambda m: m._meta.label_lower)
def test_every_recorded_table_has_an_id_a_version_and_a_salt(model: type[Recorded]) -> None:
    columns = {f.attname: f for f in model._meta.concrete_fields}
    assert columns["id"].get_internal_type() == "UUIDField"
    assert {"version", "salt"} <= set(columns)
    assert isinstance(model().pk, UUID)


@pytest.mark.usefixtures("committee")
def test_the_small_pack_is_verified_row_by_row() -> None:
    """Every table that has rows after loading: one forged value in each is named."""
    tables = [m for m in recorded_models() if raw(m).exists()]
    assert {Body, Holiday, Pack} <= set(tables)
    for model in tables:
        row = raw(model).order_by("pk")[0]
        raw(model).filter(pk=row.pk).update(version=row.version + 1)
        assert row.subject in said(verify())
        raw(model).filter(pk=row.pk).update(version=row.version)
    assert verify() is None
