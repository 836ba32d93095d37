"""However many press at once, a year's numbers are 1, 2, 3 … without a gap and without a twin."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from clearinghouse.access.errors import Stale
from clearinghouse.letters import actions
from clearinghouse.letters.models import Letter
from clearinghouse.letters.queries import letters as queries
from clearinghouse.letters.rules.workflow import State
from tests.committee import NOW, found_committee

HANDS, EACH = 4, 3


@pytest.mark.usefixtures("own_database")
def test_each_letter_gets_one_number_and_none_is_left_out() -> None:
    """Every letter is pressed by four hands, from both ends of the list: one of them is first."""
    committee = found_committee()
    office = committee.actor("secretariat_2")
    drafts = [committee.letter().pk for _ in range(HANDS * EACH // 2)]
    together = Barrier(HANDS)

    def press(hand: int) -> list[str]:
        done = []
        try:
            for pk in drafts if hand % 2 else reversed(drafts):
                together.wait()
                done.append(_press(pk))
        finally:
            connection.close()
        return done

    def _press(pk: UUID) -> str:
        try:
            mine = Letter.objects.visible_to(office).get(pk=pk)
            if mine.state != State.DRAFT:
                return "late"
            actions.clear(mine, by=office, now=NOW)
        except Stale:
            return "stale"
        return "done"

    with ThreadPoolExecutor(HANDS) as pool:
        answers = [said for some in pool.map(press, range(HANDS)) for said in some]
    assert answers.count("done") == len(drafts)
    numbers = queries.register(office).values_list("number", flat=True)
    assert sorted(n for n in numbers if n) == list(range(1, len(drafts) + 1))
