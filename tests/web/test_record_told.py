"""The record is told in words: every verb, thing, right and fact of every room has its phrase."""

import re
from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from importlib import import_module
from pkgutil import walk_packages

import pytest
from django.apps import apps
from django.utils import translation

import clearinghouse
from clearinghouse.access.actor import Role
from clearinghouse.assistance.rules import Kind as Figures
from clearinghouse.circulars.rules import Office
from clearinghouse.intake.rules.workflow import Channel
from clearinghouse.ledger.models import UPGRADED, Entry
from clearinghouse.ledger.record import Event
from clearinghouse.letters.rules.workflow import Means
from clearinghouse.meetings.rules import Answer
from clearinghouse.needs.rules import Origin
from clearinghouse.outreach import rules as outreach
from clearinghouse.people.rules import Matter
from clearinghouse.submissions.rules.kinds import Kind as Contribution
from clearinghouse.submissions.rules.workflow import Origin as Source
from clearinghouse.submissions.rules.workflow import State as Stage
from clearinghouse.web import record_told
from clearinghouse.web.record_words import FACTS, NAMELESS, RIGHTS, THINGS, VALUES, VERBS
from tests.committee import Committee
from tests.web.desk import Desk, text

DOTTED = re.compile(r"\b[a-z]+\.[a-z]+(_[a-z]+)*\b")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def modules(*last: str) -> list[str]:
    found = walk_packages(clearinghouse.__path__, "clearinghouse.")
    return [each.name for each in found if set(each.name.split(".")) & set(last)]


def events() -> list[type[Event]]:
    for name in modules("actions"):
        import_module(name)
    return Event.__subclasses__()


def relations() -> set[str]:
    loaded = (import_module(name) for name in modules("rules"))
    found = {getattr(each, "Relation", None) for each in loaded}
    return {str(one) for each in found if each is not None for one in each}


def test_every_event_of_every_room_has_its_words_and_no_word_is_left_over() -> None:
    assert {each.verb for each in events()} | {UPGRADED} == set(VERBS)
    assert {f.name for each in events() for f in fields(each)} | {"code", "tables"} == set(FACTS)


def test_every_right_has_its_words() -> None:
    assert relations() == set(RIGHTS)


def test_every_thing_named_is_one_the_record_knows() -> None:
    known = {model._meta.label_lower for model in apps.get_models()} | {"ledger.upgrade"}
    assert set(THINGS) <= known


@pytest.mark.parametrize(
    ("fact", "kinds"),
    [
        ("answer", (Answer, outreach.Answer)),
        ("channel", (Channel, outreach.Channel)),
        ("standing", (outreach.Standing,)),
        ("kind", (Contribution, Figures)),
        ("matter", (Matter,)),
        ("means", (Means,)),
        ("office", (Office,)),
        ("origin", (Source, Origin)),
        ("role", (Role,)),
    ],
)
def test_a_fact_of_an_enumeration_has_a_word_for_each_value(
    fact: str, kinds: tuple[type[StrEnum], ...]
) -> None:
    assert {str(one) for kind in kinds for one in kind} == {str(each) for each in VALUES[fact]}


def test_an_auditor_meets_no_machine_word(committee: Committee) -> None:
    committee.submission(Stage.LISTED)
    committee.need(named=())
    committee.letter()
    committee.guest()
    page = Desk(committee, "auditor").get("desk-ledger")
    said = text(page)
    assert not DOTTED.findall(said), DOTTED.findall(said)[:5]
    for machine in ("_id", "{", '["', "focal_point"):
        assert machine not in said
    assert not re.search(r"person:[0-9a-f]", said)
    assert "Contribution listed" in said
    assert "as a reviewer who did not write it" in said


@pytest.mark.parametrize(
    ("machine", "said"),
    [
        ("{}", ""),
        ('{"contested":true}', "contested: yes"),
        ('{"digest":"","issue_id":null,"letters":4,"means":"pouch"}', "letters: 4; sent: by pouch"),
        ('{"late":false,"month":"2026-10-01","renditions":22}', "late: no; month: October 2026; files: 22"),
        ('{"digest":"%s"}' % ("ab" * 32), "hash of the file: abababababababab"),
        ('{"on":"2026-10-09"}', "on: 9 October 2026"),
        ('{"code":"1.2","tables":{"needs.need":{"new":["x"]}}}', "program: 1.2; tables: Need"),
        ('{"a_name_of_the_future":"x"}', "a_name_of_the_future: x"),
    ],
)  # fmt: skip
def test_facts_are_told_as_words_dates_and_figures(machine: str, said: str) -> None:
    assert record_told.facts(Entry(facts=machine)) == said


@pytest.mark.parametrize(("machine", "said"), [*NAMELESS.items(), ("person:7-3", "Person 7-3")])
def test_nobody_is_named(machine: str, said: str) -> None:
    assert record_told.actor(Entry(actor=machine)) == said
