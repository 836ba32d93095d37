"""Which seats there are, for whom, and which may not be held together."""

from itertools import product

import pytest

from clearinghouse.access.actor import Role, Standing
from clearinghouse.people.rules import fault_of, incompatible

# fmt: off
SEATS = {
    #                    for a body  held as
    Role.FOCAL_POINT:   ("body",     "main alternate validating"),
    Role.STATE:         ("body",     "mission capital"),
    Role.EXPERT:        ("-",        "none"),
    Role.MEMBER:        ("body",     "none chair vice_chair"),
    Role.SECRETARIAT:   ("-",        "none"),
    Role.AUDITOR:       ("-",        "none"),
    Role.ADMINISTRATOR: ("-",        "none"),
}
WITH_AN_EXPERT = {
    Role.FOCAL_POINT: True, Role.STATE: True, Role.EXPERT: True, Role.MEMBER: False,
    Role.SECRETARIAT: False, Role.AUDITOR: False, Role.ADMINISTRATOR: False,
}
# fmt: on


@pytest.mark.parametrize("role", Role)
def test_every_form_of_every_seat(role: Role) -> None:
    needs_body, standings = SEATS[role]
    for standing, has_body in product(Standing, (True, False)):
        exists = (
            has_body is (needs_body == "body") and (standing.value or "none") in standings.split()
        )
        assert (fault_of(role, standing, has_body=has_body) == "") is exists, (standing, has_body)


@pytest.mark.parametrize("role", Role)
def test_what_is_not_held_together_with_an_experts_seat(role: Role) -> None:
    may = WITH_AN_EXPERT[role]
    assert incompatible({Role.EXPERT}, role) is not may
    assert incompatible({role}, Role.EXPERT) is not may


def test_seats_other_than_an_experts_go_together() -> None:
    for held, wanted in product(set(Role) - {Role.EXPERT}, repeat=2):
        assert not incompatible({held}, wanted)


def test_one_seat_too_many_among_several_is_noticed() -> None:
    assert incompatible({Role.FOCAL_POINT, Role.SECRETARIAT}, Role.EXPERT)
    assert not incompatible({Role.FOCAL_POINT, Role.STATE}, Role.EXPERT)
    assert not incompatible(set(), Role.EXPERT)


def test_a_fault_says_what_the_seat_would_take() -> None:
    assert (
        fault_of(Role.STATE, Standing.NONE, has_body=True)
        == "a state seat is held as capital or mission"
    )
    assert fault_of(Role.STATE, Standing.MISSION, has_body=False) == "a state seat needs a body"
    assert fault_of(Role.EXPERT, Standing.NONE, has_body=True) == "a expert seat is for no body"
