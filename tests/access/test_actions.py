"""Each action of each room asks, changes, records."""

import inspect
import json
from importlib import import_module
from types import ModuleType

import pytest

from clearinghouse.access.actor import Actor
from clearinghouse.access.errors import Refused, Stale
from clearinghouse.ledger.models import Entry
from clearinghouse.ledger.record import Event
from clearinghouse.submissions import actions, queries
from clearinghouse.submissions.rules.workflow import State
from tests.committee import Committee

STEPS = {  # where each room's steps are named
    "circulars": "rules",
    "letters": "rules.workflow",
    "mandate": "rules",
    "needs": "rules",
    "people": "rules",
    "plan": "rules",
    "standards": "rules",
    "submissions": "rules.workflow",
}
# These write nothing of the committee's: they compute a value that a caller hands to an action,
# or write what lies outside the record.
UNRECORDED = {
    ("people", "set_password"),  # credentials
    ("standards", "edition_values"),
    ("standards", "sort_key"),
    ("standards", "listed_on"),
    # of many at once: given back, and recorded in one line by whoever has the grant for all
    ("standards", "find_all"),
    ("standards", "gone"),
    ("standards", "index"),
    ("standards", "with_editions"),
    ("standards", "worded"),
    ("submissions", "faults"),
}
EVENTED = ("letters", "people", "submissions")
EVENTS = {room: f"clearinghouse.{room}.actions.events" for room in EVENTED}
EACH = pytest.mark.parametrize("room", STEPS)


def of(room: str) -> ModuleType:
    return import_module(f"clearinghouse.{room}.actions")


def events(room: str) -> list[type[Event]]:
    """Those of the room's actions; where these are a package, those of its module of events."""
    module = import_module(EVENTS.get(room, f"clearinghouse.{room}.actions"))
    found = [e for _, e in inspect.getmembers(module, inspect.isclass) if issubclass(e, Event)]
    return [e for e in found if e.__module__ == module.__name__]


@EACH
def test_every_step_leaves_a_line_of_its_own(room: str) -> None:
    steps = import_module(f"clearinghouse.{room}.{STEPS[room]}").Step
    single = [e for e in events(room) if ".batch_" not in e.verb]
    assert sorted(e.step for e in single) == sorted(steps)
    together = [e.step for e in events(room) if ".batch_" in e.verb]
    assert sorted(set(together)) == sorted(together)
    assert set(together) <= set(steps)


def test_no_two_events_of_any_rooms_have_one_verb() -> None:
    verbs = [(room, e.verb) for room in STEPS for e in events(room)]
    assert len({verb for _, verb in verbs}) == len(verbs)
    assert all(verb.startswith(f"{room}.") for room, verb in verbs)


@EACH
def test_every_action_is_told_who_is_acting_and_when(room: str) -> None:
    untold = set()
    for name, action in inspect.getmembers(of(room), inspect.isfunction):
        if not action.__module__.startswith(of(room).__name__) or name.startswith("_"):
            continue
        asked = inspect.signature(action).parameters
        if "by" not in asked:
            untold.add((room, name))
            continue
        by, now = asked["by"], asked["now"]
        assert (by.kind, by.annotation) == (by.KEYWORD_ONLY, Actor), name
        assert (now.kind, now.annotation.__name__) == (now.KEYWORD_ONLY, "datetime"), name
    assert untold == {pair for pair in UNRECORDED if pair[0] == room}


def lines(verb: str) -> list[Entry]:
    return list(Entry.objects.unscoped("test").filter(verb=verb))


def test_listing_is_written_down_with_the_reason(committee: Committee) -> None:
    made, office = committee.submission(State.IN_REVIEW), committee.actor("secretariat")
    actions.list_(made, by=office, now=committee.now)
    assert queries.submission_for(office, made.pk).state == State.LISTED
    (line,) = lines("submissions.listed")
    assert (line.actor, line.subject) == (f"person:{office.person_id}", made.subject)
    assert json.loads(line.because) == ["reviewer"]
    assert json.loads(line.facts) == {"entry": made.entry}
    assert line.at == committee.now


def test_an_author_is_refused_and_nothing_is_written(committee: Committee) -> None:
    made, focal = committee.submission(State.IN_REVIEW), committee.actor("focal_xio")
    with pytest.raises(Refused):
        actions.list_(made, by=focal, now=committee.now)
    assert queries.submission_for(focal, made.pk).state == State.IN_REVIEW
    assert lines("submissions.listed") == lines("standards.listed") == []


def test_the_second_of_two_hands_is_stale(committee: Committee) -> None:
    office, pk = committee.actor("secretariat"), committee.submission(State.SUBMITTED).pk
    first, second = (queries.submission_for(office, pk) for _ in range(2))
    actions.take_up(first, by=office, now=committee.now)
    with pytest.raises(Stale):
        actions.take_up(second, by=office, now=committee.now)
    assert len(lines("submissions.taken_up")) == 1


def test_what_a_failed_action_did_in_other_rooms_is_undone(committee: Committee) -> None:
    """Listing writes the register first; where the contribution is stale, nothing stays."""
    office, pk = committee.actor("secretariat"), committee.submission(State.IN_REVIEW).pk
    first, second = (queries.submission_for(office, pk) for _ in range(2))
    actions.return_(first, {"": "Not yet."}, by=office, now=committee.now)
    with pytest.raises(Stale):
        actions.list_(second, by=office, now=committee.now)
    assert lines("standards.listed") == []


def test_each_version_of_a_contribution_has_its_line(committee: Committee) -> None:
    made = committee.submission(State.LISTED)
    written = Entry.objects.unscoped("test").filter(subject=made.subject)
    assert [line.version for line in written] == list(range(1, made.version + 1))
