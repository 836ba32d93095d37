"""How long a notice waits after each refusal, and the name that its mail keeps."""

from datetime import timedelta

import pytest

from clearinghouse.notices.rules import (
    GIVE_UP_AFTER,
    LEASE,
    WAITING,
    WAITS,
    Status,
    message_name,
    wait_after,
)


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 1), (2, 2), (3, 5), (4, 10), (5, 10), (700, 10)]
)
def test_the_wait_after_each_attempt(attempts: int, minutes: int) -> None:
    assert wait_after(attempts) == timedelta(minutes=minutes)


def test_all_leave_within_a_quarter_of_an_hour_of_the_servers_return() -> None:
    longest = max(wait_after(n) for n in range(1, GIVE_UP_AFTER + 1))
    assert longest + LEASE < timedelta(minutes=15)


def test_a_wait_is_never_shorter_than_the_one_before() -> None:
    assert list(WAITS) == sorted(WAITS)


def test_five_days_pass_before_anybody_gives_up() -> None:
    total = sum((wait_after(n) for n in range(1, GIVE_UP_AFTER + 1)), timedelta())
    assert timedelta(days=4) < total < timedelta(days=6)


def test_what_waits() -> None:
    assert {s.value for s in WAITING} == {"queued", "deferred"}
    assert {s.value for s in set(Status) - WAITING} == {"sent", "failed", "dropped"}


def test_a_mail_is_named_by_cause_and_recipient() -> None:
    name = message_name("circulars.issue:1", "seat")
    assert name == message_name("circulars.issue:1", "seat")
    others = {
        message_name("circulars.issue:2", "seat"),
        message_name("circulars.issue:1", "other"),
        message_name("circulars.issue:1\nseat", ""),
    }
    assert len(others) == 3
    assert name not in others
    assert name.isalnum()
    assert len(name) == 40
