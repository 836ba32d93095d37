"""No way of running a query gets past the guard, and nothing changes behind the record's back."""

from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.apps import apps
from django.core.exceptions import FieldError
from django.db.models import Count

from clearinghouse.access.actor import PUBLIC
from clearinghouse.access.scoping import RUNS_A_QUERY, ScopedQuerySet, Unscoped
from clearinghouse.ledger.models import OpenQuerySet, Recorded, Unrecorded
from clearinghouse.mandate.models import Body, State
from clearinghouse.needs.models import Need
from clearinghouse.submissions.models import Submission
from tests.committee import Committee


async def _collected(rows: Any) -> list[Any]:
    return [row async for row in rows]


# fmt: off
WAYS: dict[str, Callable[[Any], Any]] = {
    "list": list, "bool": bool, "len": len, "repr": repr, "first": lambda q: q.first(), "last": lambda q: q.last(),
    "get": lambda q: q.get(pk=1), "index": lambda q: q[0], "slice": lambda q: list(q[:1]),
    "iterator": lambda q: list(q.iterator()), "count": lambda q: q.count(), "exists": lambda q: q.exists(),
    "aggregate": lambda q: q.aggregate(n=Count("pk")), "annotate": lambda q: list(q.annotate(n=Count("pk"))),
    "values": lambda q: list(q.values("pk")), "values_list": lambda q: list(q.values_list("pk")),
    "dates": lambda q: list(q.dates("started_at", "year")), "in_bulk": lambda q: q.in_bulk(),
    "contains": lambda q: q.contains(Submission()), "earliest": lambda q: q.earliest("pk"), "latest": lambda q: q.latest("pk"),
    "explain": lambda q: q.explain(), "update": lambda q: q.update(kind=""), "delete": lambda q: q.delete(),
    "bulk_create": lambda q: q.bulk_create([Submission()]), "bulk_update": lambda q: q.bulk_update([Submission()], ["kind"]),
    "create": lambda q: q.create(kind=""), "get_or_create": lambda q: q.get_or_create(kind="x"),
    "update_or_create": lambda q: q.update_or_create(kind="x"), "raw": lambda q: list(q.raw("select 1 as id")),
    "union": lambda q: list(q.union(q.filter(pk=None))), "or": lambda q: list(q | q.filter(kind="x")),
    "and": lambda q: list(q & q.filter(kind="x")), "difference": lambda q: list(Submission.objects.visible_to(PUBLIC).difference(q)),
    "subquery": lambda q: list(Submission.objects.visible_to(PUBLIC).filter(pk__in=q)),
    "visible or all": lambda q: list(Submission.objects.visible_to(PUBLIC) | q),
    "visible union all": lambda q: list(Submission.objects.visible_to(PUBLIC).union(q)),
    "async first": lambda q: async_to_sync(q.afirst)(), "async iterator": async_to_sync(_collected),
}
# fmt: on

MODELS = {
    m._meta.label_lower: m
    for m in apps.get_models()
    if m.__module__.startswith("clearinghouse.")
    and isinstance(m._default_manager.none(), ScopedQuerySet)
}
CLOSED = {
    label: m
    for label, m in MODELS.items()
    if not isinstance(m._default_manager.none(), OpenQuerySet)
}


@pytest.mark.parametrize("way", WAYS)
def test_unscoped_queries_are_refused(committee: Committee, way: str) -> None:
    committee.submission()
    with pytest.raises((Unscoped, Unrecorded)):
        WAYS[way](Submission.objects.all())


@pytest.mark.django_db
@pytest.mark.parametrize("label", CLOSED)
def test_every_closed_table_asks_who_is_asking(label: str) -> None:
    manager = CLOSED[label]._default_manager
    for way in ("list", "count", "exists", "first", "values"):
        with pytest.raises(Unscoped, match=CLOSED[label].__name__):
            WAYS[way](manager.all())


@pytest.mark.parametrize("name", RUNS_A_QUERY)
def test_whatever_runs_a_query_is_guarded(name: str) -> None:
    """Django has it, and ours stands before it."""
    assert getattr(ScopedQuerySet, name) is not getattr(ScopedQuerySet.__mro__[1], name)


@pytest.mark.parametrize(
    "lookup", ["submission__kind", "submissions__kind", "submission_set__kind"]
)
def test_no_other_model_can_join_its_way_in(committee: Committee, lookup: str) -> None:
    committee.submission()
    with pytest.raises(FieldError):
        list(Body.objects.values(lookup))


def test_a_scope_survives_chaining(committee: Committee) -> None:
    made = committee.submission()
    own = Submission.objects.visible_to(committee.actor("focal_xio"))
    assert own.filter(kind="standard").exclude(state="listed").order_by("pk").get() == made
    assert Submission.objects.unscoped("test").count() == 1
    assert not Submission.objects.visible_to(PUBLIC).exists()


def test_two_scopes_together_show_no_more_than_both(committee: Committee) -> None:
    made = committee.submission()
    focal = Submission.objects.visible_to(committee.actor("focal_xio"))
    other = Submission.objects.visible_to(committee.actor("focal_xro"))
    assert list(focal | other) == [made]
    assert list(focal & other) == []


def test_what_is_public_needs_no_actor(committee: Committee) -> None:
    assert State.objects.count() == 4
    assert committee.body("XIO") in Body.objects.all()
    with pytest.raises(Unrecorded):
        Body.objects.filter(code="XA").update(code="XX")
    with pytest.raises(Unrecorded):
        State.objects.filter(code="XA").delete()


# fmt: off
BACK_DOORS: dict[str, Callable[[Any, Any], Any]] = {
    "save": lambda s, _: s.save(),
    "delete": lambda s, _: s.delete(),
    "create": lambda _, q: q.create(kind="standard"),
    "update": lambda _, q: q.update(kind="need"),
    "delete all": lambda _, q: q.delete(),
    "bulk_create": lambda s, q: q.bulk_create([s]),
    "bulk_update": lambda s, q: q.bulk_update([s], ["kind"]),
    "get_or_create": lambda s, q: q.get_or_create(kind="need", body=s.body),
    "update_or_create": lambda s, q: q.update_or_create(pk=s.pk, defaults={"kind": "need"}),
}
# fmt: on


@pytest.mark.parametrize("door", BACK_DOORS)
def test_nothing_changes_unrecorded(committee: Committee, door: str) -> None:
    made = committee.submission()
    with pytest.raises(Unrecorded):
        BACK_DOORS[door](made, Submission.objects.unscoped("test"))


def test_every_recorded_row_is_sealed_against_saving() -> None:
    recorded = [m for m in MODELS.values() if issubclass(m, Recorded)]
    assert Need in recorded
    for model in recorded:
        with pytest.raises(Unrecorded):
            model().save()
        with pytest.raises(Unrecorded):
            model().delete()
