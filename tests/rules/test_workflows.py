"""Every procedure's table, read from the other side: from each state, where each step leads."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Any

import pytest

from clearinghouse.circulars import rules as circulars
from clearinghouse.intake.rules import workflow as intake
from clearinghouse.kernel.workflow import Move, OutOfOrder, Workflow
from clearinghouse.letters.rules import workflow as letters
from clearinghouse.needs import rules as needs
from clearinghouse.standards import rules as standards
from clearinghouse.submissions.rules import workflow as submissions

_SETTLED = "confirm> revise> observe> widen> narrow> withdraw>withdrawn"
# fmt: off
NEEDS = {
    #               step>where it leads; nothing after > where the state stays
    "new":         "write>confirmed identify>identified",
    "identified":  "confirm>confirmed revise> observe> widen> narrow> withdraw>withdrawn",
    "confirmed":   _SETTLED, "requested": _SETTLED, "offered":     _SETTLED,
    "matched":     _SETTLED, "in_delivery": _SETTLED, "delivered": _SETTLED,
    "closed":      "", "lapsed": "", "withdrawn": "",
}
REVIEWED = {
    "new":           "draft>draft",
    "draft":         "save> submit>submitted withdraw>withdrawn",
    "submitted":     "take_up>in_review withdraw>withdrawn",
    "in_review":     "return>returned list>listed withdraw>withdrawn",
    "returned":      "save> submit>submitted withdraw>withdrawn",
    "listed":        "withdraw>withdrawn revise>",
    "authenticated": "", "confirmed": "", "withdrawn": "",
}
_COPIES = " attach> detach>"
WITH_COPIES = REVIEWED | {k: REVIEWED[k] + _COPIES for k in ("draft", "returned")}
AUTHENTICATED = {
    "new":           "draft>draft",
    "draft":         "save> submit>submitted withdraw>withdrawn",
    "submitted":     "authenticate>authenticated withdraw>withdrawn",
    "authenticated": "confirm>confirmed withdraw>withdrawn",
    "confirmed":     "", "in_review": "", "returned": "", "listed": "", "withdrawn": "",
}
ANNOUNCED = {
    "new":           "draft>draft",
    "draft":         "save> announce>listed withdraw>withdrawn",
    "listed":        "withdraw>withdrawn revise>",
    "submitted":     "", "in_review": "", "returned": "",
    "authenticated": "", "confirmed": "", "withdrawn": "",
}
STANDARDS = {
    "new":       "list>listed",
    "listed":    "revise>listed confirm>listed go_stale>stale withdraw>withdrawn",
    "stale":     "revise>listed confirm>listed withdraw>withdrawn",
    "withdrawn": "",
}
CIRCULARS = {
    "new":    "open>draft",
    "draft":  "freeze>frozen",
    "frozen": "issue>issued",
    "issued": "",
}
_WRITTEN = "revise>draft cancel>cancelled"
LETTERS = {
    "new":        "draft>draft",
    "draft":      f"{_WRITTEN} clear>cleared",
    "cleared":    f"{_WRITTEN} send_back>draft initial>initialled sign>signed",
    "initialled": f"{_WRITTEN} scan> dispatch>dispatched",
    "signed":     f"{_WRITTEN} scan> dispatch>dispatched",
    "dispatched": "scan> receive>received reply>",
    "received":   "scan> reply>",
    "cancelled":  "",
}
INTAKE = {
    "new":       "arrive>waiting",
    "waiting":   "attribute> file> accept>accepted refuse>refused set_aside>set_aside",
    "set_aside": "bring_back>waiting",
    "accepted":  "", "refused": "",
}
# fmt: on


@dataclass(frozen=True)
class Procedure:
    table: Workflow[Any, Any, Any]
    picture: dict[str, str]
    states: type[StrEnum]
    steps: type[StrEnum]
    relations: type[StrEnum]
    # where not every state is on this way, and which steps are of other things
    elsewhere: frozenset[str] = frozenset()


_OF = submissions
PROCEDURES = {
    "item of the tray": Procedure(
        intake.WORKFLOW, INTAKE, intake.State, intake.Step, intake.Relation
    ),
    "need": Procedure(needs.WORKFLOW, NEEDS, needs.Status, needs.Step, needs.Relation),
    "standard": Procedure(
        standards.WORKFLOW,
        STANDARDS,
        standards.Status,
        standards.Step,
        standards.Relation,
        frozenset({"load"}),
    ),
    "contribution, reviewed": Procedure(
        _OF.REVIEWED,
        REVIEWED,
        _OF.State,
        _OF.Step,
        _OF.Relation,
        frozenset({"authenticate", "confirm", "announce", "attach", "detach"}),
    ),
    "contribution with copies": Procedure(
        _OF.WITH_COPIES,
        WITH_COPIES,
        _OF.State,
        _OF.Step,
        _OF.Relation,
        frozenset({"authenticate", "confirm", "announce"}),
    ),
    "contribution, authenticated": Procedure(
        _OF.AUTHENTICATED,
        AUTHENTICATED,
        _OF.State,
        _OF.Step,
        _OF.Relation,
        frozenset({"take_up", "return", "list", "revise", "announce", "attach", "detach"}),
    ),
    "contribution, announced": Procedure(
        _OF.ANNOUNCED,
        ANNOUNCED,
        _OF.State,
        _OF.Step,
        _OF.Relation,
        frozenset(
            {
                "submit",
                "take_up",
                "return",
                "list",
                "authenticate",
                "confirm",
                "attach",
                "detach",
            }
        ),
    ),
    "issue": Procedure(
        circulars.WORKFLOW,
        CIRCULARS,
        circulars.State,
        circulars.Step,
        circulars.Relation,
        frozenset({"clear", "revoke", "enlist", "strike"}),
    ),
    "letter": Procedure(
        letters.WORKFLOW,
        LETTERS,
        letters.State,
        letters.Step,
        letters.Relation,
        frozenset({"load"}),
    ),
}
EACH = pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES)


def pictured(procedure: Procedure, state: str) -> dict[str, str]:
    cells = (cell.partition(">") for cell in procedure.picture[state].split())
    return {step: target or state for step, _, target in cells}


@EACH
def test_every_state_is_in_the_picture(procedure: Procedure) -> None:
    assert set(procedure.picture) == {s.value for s in procedure.states}


@EACH
def test_where_every_step_leads_from_every_state(procedure: Procedure) -> None:
    for state, step in product(procedure.states, procedure.steps):
        wanted = pictured(procedure, state).get(step)
        if wanted is None:
            with pytest.raises(OutOfOrder):
                procedure.table.target(state, step)
        else:
            assert procedure.table.target(state, step) == wanted, (state, step)


@EACH
def test_a_step_from_a_state_has_one_row(procedure: Procedure) -> None:
    for state, step in product(procedure.states, procedure.steps):
        rows = [m for m in procedure.table.moves if m.step == step and state in m.sources]
        assert len(rows) <= 1, (state, step)


@EACH
def test_every_step_is_somebodys(procedure: Procedure) -> None:
    assert all(move.by for move in procedure.table.moves)
    taken = {str(move.step) for move in procedure.table.moves}
    assert taken == {s.value for s in procedure.steps} - procedure.elsewhere


@EACH
def test_nothing_becomes_new_again(procedure: Procedure) -> None:
    assert all(move.target != "new" for move in procedure.table.moves)


@EACH
def test_the_steps_shown_are_the_steps_that_can_be_taken(procedure: Procedure) -> None:
    for state, relation in product(procedure.states, procedure.relations):
        shown = procedure.table.open_steps(state, {relation})
        taken = set()
        for step in procedure.steps:
            try:
                move = procedure.table.move(state, step)
            except OutOfOrder:
                continue
            taken |= {step} if relation in move.by else set()
        assert shown == taken, (state, relation)


@EACH
def test_nobody_in_particular_may_do_nothing(procedure: Procedure) -> None:
    assert all(procedure.table.open_steps(state, set()) == set() for state in procedure.states)


def test_the_steps_outside_the_issues_table_have_hands_of_their_own() -> None:
    assert set(circulars.HANDS) == {
        circulars.Step.CLEAR,
        circulars.Step.REVOKE,
        circulars.Step.ENLIST,
        circulars.Step.STRIKE,
    }
    assert all(circulars.HANDS.values())


def test_no_contribution_of_a_state_is_returned_or_listed() -> None:
    steps = {move.step for move in submissions.AUTHENTICATED.moves}
    assert steps & {submissions.Step.RETURN, submissions.Step.LIST} == set()


def test_the_first_row_that_fits_is_the_row() -> None:
    class Light(StrEnum):
        RED = "red"

    move = Move(Light.RED, {Light.RED}, None, {Light.RED})
    table = Workflow[Light, Light, Light](moves=(move,))
    assert table.move(Light.RED, Light.RED) is move
    assert table.target(Light.RED, Light.RED) == Light.RED
