"""Who sees a batch, and in whose hand it is, state by state: the body's own, whole or nothing."""

import pytest

from clearinghouse.access.errors import Refused, Unseen
from clearinghouse.batches import actions, policy, queries
from clearinghouse.batches.actions import applying
from clearinghouse.batches.models import Batch
from clearinghouse.batches.rules.workflow import ASKED, State, Step
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.submissions.rules.kinds import Kind
from tests.access.pictures import hands, who
from tests.batches.files import made, several, staged
from tests.committee import CAST, Committee

# fmt: off
#              pub no | xio alt xro | mxa cxa mxb mxc | exp cha mem | sec se2 aud adm
OWN =         "-   -  | yes yes -   | -   -   -   -   | -   -   -   | -   -   -   -"
HANDED_IN =   "-   -  | yes yes -   | -   -   -   -   | yes -   -   | yes yes -   -"
ANNOUNCED =   "-   -  | yes yes -   | -   -   -   -   | yes -   -   | -   -   -   -"
SEEN = {
    (Kind.STANDARD, State.CHECKED): OWN,
    (Kind.STANDARD, State.WITHDRAWN): OWN,
    (Kind.STANDARD, State.SUBMITTED): HANDED_IN,
    (Kind.STANDARD, State.RETURNED): HANDED_IN,
    (Kind.STANDARD, State.APPLIED): HANDED_IN,
    (Kind.STANDARD, State.UNDONE): HANDED_IN,
    (Kind.MONITORING_VISIT, State.CHECKED): OWN,
    (Kind.MONITORING_VISIT, State.APPLIED): ANNOUNCED,  # never the secretariat's
}
_OWN, _REV = "hand_in+withdraw", "apply+return"
HANDS = {
    (Kind.STANDARD, State.CHECKED):
        f"- - | {_OWN} {_OWN} - | - - - - | - - - | - - - -",
    (Kind.STANDARD, State.SUBMITTED):
        f"- - | withdraw withdraw - | - - - - | - - - | {_REV} {_REV} - -",
    (Kind.STANDARD, State.RETURNED): "- - | - - - | - - - - | - - - | - - - -",
    (Kind.STANDARD, State.APPLIED):  "- - | undo undo - | - - - - | - - - | undo undo - -",
    (Kind.STANDARD, State.UNDONE):   "- - | - - - | - - - - | - - - | - - - -",
    (Kind.STANDARD, State.WITHDRAWN): "- - | - - - | - - - - | - - - | - - - -",
    (Kind.MONITORING_VISIT, State.CHECKED):
        "- - | apply+withdraw apply+withdraw - | - - - - | - - - | - - - -",
    (Kind.MONITORING_VISIT, State.APPLIED): "- - | undo undo - | - - - - | - - - | - - - -",
}
NOBODY = "- - | - - - | - - - - | - - - | - - - -"
WITHDRAW = "- - | withdraw withdraw - | - - - - | - - - | - - - -"
# Of a large file, in the order in which it passes through them; the rest is as above.
LARGE: dict[State, tuple[str, str]] = {
    State.RECEIVED: (OWN, WITHDRAW),
    State.APPLYING: (HANDED_IN, NOBODY),
    State.UNDOING: (HANDED_IN, NOBODY),
    State.UNREAD: (OWN, NOBODY),
}
# fmt: on


def brought_to(committee: Committee, kind: Kind, state: State) -> Batch:
    author, office, now = (
        committee.actor("focal_xio"),
        committee.actor("secretariat"),
        committee.now,
    )
    batch = staged(committee, kind, made(kind, "json", several(kind, 2)))
    if state == State.WITHDRAWN:
        actions.withdraw(batch, by=author, now=now)
    elif state != State.CHECKED:
        announced = kind == Kind.MONITORING_VISIT
        if not announced:
            actions.hand_in(batch, by=author, now=now)
        if state == State.RETURNED:
            actions.return_(batch, "Say which edition.", by=office, now=now)
        elif state != State.SUBMITTED:
            applying.apply(batch, by=author if announced else office, now=now)
        if state == State.UNDONE:
            applying.undo(batch, by=author, now=now)
    assert batch.state == state
    return batch


def granted(committee: Committee, batch: Batch) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name in CAST:
        for step in Step:
            try:
                policy.authorise(committee.actor(name), step, batch)
            except (Refused, OutOfOrder):
                continue
            found.setdefault(name, set()).add(step.value)
    asked = {name: {s for s in steps if s in ASKED} for name, steps in found.items()}
    shown = {name: {s for s in steps if s not in ASKED} for name, steps in found.items()}
    plain = {s.removeprefix("ask_") for steps in asked.values() for s in steps}
    for name, steps in shown.items():  # whoever may do it may ask the clock to
        assert {f"ask_{step}" for step in steps & plain} == asked[name]
    return {name: steps for name, steps in shown.items() if steps}


@pytest.mark.parametrize(("kind", "state"), SEEN)
def test_who_sees_a_batch(committee: Committee, kind: Kind, state: State) -> None:
    batch = brought_to(committee, kind, state)
    for name in CAST:
        found = batch in queries.batches_for(committee.actor(name))
        assert found == (name in who(SEEN[kind, state])), name


@pytest.mark.parametrize(("kind", "state"), HANDS)
def test_whose_hand_a_batch_is_in(committee: Committee, kind: Kind, state: State) -> None:
    batch = brought_to(committee, kind, state)
    assert granted(committee, batch) == hands(HANDS[kind, state])
    open_ = {n: queries.steps_open_to(committee.actor(n), batch) for n in CAST}
    shown = {name: {str(step) for step in steps} for name, steps in open_.items() if steps}
    assert shown == hands(HANDS[kind, state])


def test_every_stored_state_is_in_the_pictures() -> None:
    wanted = set(State) - {State.NEW} - set(LARGE)
    assert {state for _, state in SEEN} == {state for _, state in HANDS} == wanted


@pytest.mark.parametrize("name", [n for n in CAST if n not in {"focal_xio", "alternate_xio"}])
def test_nobody_brings_in_or_takes_out_what_is_another_body_s(
    committee: Committee, name: str
) -> None:
    kind = Kind.MONITORING_VISIT
    committee.entry(kind)
    with pytest.raises(Refused):
        staged(committee, kind, made(kind, "json", several(kind)), name=name)
    with pytest.raises(Unseen):
        queries.export(kind, committee.body("XIO"), by=committee.actor(name))


def test_whoever_wrote_on_behalf_does_not_apply(committee: Committee) -> None:
    office, second = committee.actor("secretariat"), committee.actor("secretariat_2")
    asked = actions.For(body=committee.body("XIO"), key="k", instrument="letter of 1 March")
    file = made(Kind.STANDARD, "json", several(Kind.STANDARD))
    batch = actions.stage(Kind.STANDARD, asked, file, by=office, now=committee.now)
    assert batch.instrument == "letter of 1 March"
    actions.hand_in(batch, by=office, now=committee.now)
    with pytest.raises(Refused):
        applying.apply(batch, by=office, now=committee.now)
    applying.apply(batch, by=second, now=committee.now)
    assert batch.state == State.APPLIED
