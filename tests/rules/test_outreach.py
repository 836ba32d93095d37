"""When a body is reminded, how an invitation stands, what a line of the log needs: no database."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearinghouse.outreach.rules import (
    ITS_OWN,
    OPEN,
    WHO,
    Answer,
    Progress,
    Relation,
    Step,
    faults_of_exchange,
    its_own,
    progress,
    reminder,
)

DUE = date(2025, 5, 10)
OFFSETS = (-30, -7, -1, 7)
ASKED = date(2025, 3, 10)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("today", "key"),
    [
        (date(2025, 4, 9), None),
        (date(2025, 4, 10), "-30"),
        (date(2025, 5, 2), None),  # the thirty days' one has been overtaken by time
        (date(2025, 4, 24), "-30"),
        (date(2025, 5, 3), "-7"),
        (date(2025, 5, 8), "-7"),
        (date(2025, 5, 9), "-1"),
        (date(2025, 5, 10), "-1"),
        (date(2025, 5, 16), "-1"),
        (date(2025, 5, 17), "+7"),
        (date(2025, 5, 31), "+7"),
        (date(2025, 6, 1), None),
    ],
)
def test_the_latest_reminder_whose_day_has_come(today: date, key: str | None) -> None:
    found = reminder(DUE, today, asked_on=ASKED, offsets=OFFSETS)
    assert (found.key if found else None) == key


def test_whoever_is_asked_late_is_not_reminded_of_days_that_had_passed() -> None:
    asked = date(2025, 4, 20)
    assert reminder(DUE, asked + DAY, asked_on=asked, offsets=OFFSETS) is None
    assert reminder(DUE, date(2025, 5, 3), asked_on=asked, offsets=OFFSETS) is not None


@settings(deadline=None)
@given(
    due=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    asked=st.integers(1, 400),
    pause=st.integers(1, 40),
)
def test_a_clock_that_looks_every_so_often_sends_each_once_at_most(
    due: date, asked: int, pause: int
) -> None:
    """However it stands still, there are as many reminders as the table has, in their order."""
    asked_on = due - timedelta(days=asked)
    seen = [
        found.days
        for n in range(0, asked + 60, pause)
        if (found := reminder(due, asked_on + n * DAY, asked_on=asked_on, offsets=OFFSETS))
    ]
    once = list(dict.fromkeys(seen))
    assert seen == sorted(seen)
    assert len(once) <= len(OFFSETS)
    assert all(due + timedelta(days=days) > asked_on for days in once)
    assert pause > 1 or asked <= 30 or once == list(OFFSETS)


@pytest.mark.parametrize(
    ("answer", "has_given", "today", "stands"),
    [
        (Answer.AWAITED, False, DUE, Progress.INVITED),
        (Answer.WILL, False, DUE, Progress.ANSWERED),
        (Answer.AWAITED, False, DUE + DAY, Progress.OVERDUE),
        (Answer.WILL, False, DUE + DAY, Progress.OVERDUE),
        (Answer.AWAITED, True, DUE + DAY, Progress.CONTRIBUTED),
        (Answer.DECLINES, True, DUE, Progress.CONTRIBUTED),
        (Answer.DECLINES, False, DUE + DAY, Progress.DECLINED),
        (Answer.GAVE, False, DUE + DAY, Progress.CONTRIBUTED),
        (Answer.TAKEN_BACK, True, DUE, Progress.TAKEN_BACK),
        (Answer.TAKEN_BACK, False, DUE + DAY, Progress.TAKEN_BACK),
    ],
)
def test_how_an_invitation_stands(
    *,
    answer: Answer,
    has_given: bool,
    today: date,
    stands: Progress,
) -> None:
    assert progress(answer, has_given=has_given, due=DUE, today=today) == stands


def test_what_is_settled_is_not_reminded_of() -> None:
    assert set(Answer) - OPEN == {Answer.GAVE, Answer.DECLINES, Answer.TAKEN_BACK}


@pytest.mark.parametrize(
    ("on", "step", "due_on", "has_owner", "wrong"),
    [
        (DUE, "", None, False, set()),
        (DUE, "Call", DUE, True, set()),
        (DUE + DAY, "", None, False, {"on"}),
        (DUE, "Call", None, False, {"due_on", "owner"}),
        (DUE, "Call", DUE, False, {"owner"}),
        (DUE, "", DUE, False, {"next_step"}),
        (DUE, "", None, True, {"next_step"}),
    ],
)
def test_what_a_line_of_the_log_needs(
    *,
    on: date,
    step: str,
    due_on: date | None,
    has_owner: bool,
    wrong: set[str],
) -> None:
    found = faults_of_exchange(
        on=on, today=DUE, next_step=step, due_on=due_on, has_owner=has_owner
    )
    assert set(found) == wrong


def test_every_step_is_in_the_hands_of_those_who_serve_but_for_the_bodys_own() -> None:
    own = {Step.DECLINE, Step.RECONSIDER}
    serving = frozenset({Relation.SECRETARIAT, Relation.EXPERT})
    assert set(WHO) == set(Step)
    assert {step for step, needs in WHO.items() if needs == serving} == set(Step) - own - {
        Step.WRITE  # letters are the secretariat's
    }
    assert {WHO[step] for step in own} == {frozenset({Relation.INVITED})}


@pytest.mark.parametrize("answer", Answer)
@pytest.mark.parametrize("late", [-1, 0, 1])
@pytest.mark.parametrize("has_given", [False, True])
def test_what_a_body_answers_itself(answer: Answer, late: int, *, has_given: bool) -> None:
    """It declines what is open, late too; takes that back until the day; nothing once it gave."""
    found = its_own(answer, has_given=has_given, due=DUE, today=DUE + late * DAY)
    may_decline = answer in OPEN and not has_given
    takes_back = answer == Answer.DECLINES and late <= 0 and not has_given
    wanted = {Step.DECLINE} if may_decline else {Step.RECONSIDER} if takes_back else set()
    assert found == wanted


def test_a_declined_invitation_is_not_reminded_of_and_every_answer_has_its_row() -> None:
    assert set(ITS_OWN) == set(Answer)
    assert Answer.DECLINES not in OPEN
