"""What is worked out once for all audiences is what each would be told if asked by itself."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import cycle, islice, product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clearinghouse.access.actor import CLOCK
from clearinghouse.circulars import actions as circulars
from clearinghouse.circulars.models import FrozenNeed, Issue, Rendition
from clearinghouse.circulars.queries import cutting, frozen
from clearinghouse.circulars.queries.woven import Woven
from clearinghouse.circulars.rules import FULL, MEMBER, PUBLIC, Audience, Sight, changes
from clearinghouse.kernel.calendar import midnight_of
from clearinghouse.kernel.canonical import canonical, digest
from clearinghouse.mandate.models import Area
from clearinghouse.needs import actions as needs
from clearinghouse.needs.models import Need
from clearinghouse.needs.queries import current
from clearinghouse.needs.rules import ENDED, Consent
from tests.committee import Committee
from tests.crossings.april import APRIL, DAY, FREEZES, MAY

WIDEST = [None, *Consent]


@pytest.mark.parametrize("shared", ["", "b", "bd", "bdf"])
def test_own_texts_are_woven_in_without_the_others_changing(shared: str) -> None:
    """Every way to put in, replace or leave out, before, between and after what is shared."""
    woven = Woven({key: f'"{key}"'.encode() for key in shared})
    for answers in product((None, b"", b"own"), repeat=5):
        own = {k: told for k, told in zip("abcfg", answers, strict=True) if told is not None}
        whole = {**{key: f'"{key}"'.encode() for key in shared}, **own}
        plainly = b",".join(whole[key] for key in sorted(whole) if whole[key])
        assert b"".join(woven.read(own)) == plainly


def _frozen(month: date) -> Issue:
    moment = midnight_of(month)
    made = circulars.open_draft(month, by=CLOCK, now=moment - 7 * DAY)
    circulars.freeze(made, late=False, by=CLOCK, now=moment)
    return made


def _areas() -> Iterator[str]:
    return cycle(Area.objects.values_list("code", flat=True))


def _share(committee: Committee, need: Need, consent: Consent, named: list[str]) -> None:
    providers = [committee.body(code) for code in named] if consent == Consent.NAMED else []
    sharing = needs.Sharing(consent=consent, providers=providers)
    if need.consent != consent or consent == Consent.NAMED:
        needs.share(need, sharing, by=committee.actor("mission_xa"), now=FREEZES + DAY)


def _every_change(committee: Committee) -> None:
    """Two issues between which needs came, went, were reworded, and were shared with others."""
    mission, areas = committee.actor("mission_xa"), _areas()
    before: list[tuple[Need, Consent, str]] = []
    for consent, later, what in product(Consent, Consent, ("shared", "ended", "reworded")):
        named = ["XC"] if consent == Consent.NAMED else []
        before.append((committee.need("XA", next(areas), consent, named=named), later, what))
    _frozen(APRIL)
    for need, later, what in before:
        _share(committee, need, later, ["XIO"])
        if what == "ended":
            needs.withdraw(need, by=mission, now=FREEZES + DAY)
        elif what == "reworded":
            said = needs.Wording(columns={"titles": {"en": "Other words"}})
            needs.revise(need, said, by=mission, now=FREEZES + DAY)
    for consent in Consent:
        named = ["XC"] if consent == Consent.NAMED else []
        committee.need("XB", next(areas), consent, named=named)


def _audiences(committee: Committee) -> list[Audience]:
    bodies = [committee.body(code) for code in ("XA", "XB", "XC", "XIO", "XRO")]
    ours = [Audience(Sight.BODY, str(b.pk), p) for b in bodies for p in (False, True)]
    return [PUBLIC, MEMBER, FULL, *ours]


def _rows(issue: Issue, audience: Audience) -> list[FrozenNeed]:
    """Row by row, as the table of readers has it."""
    return [r for r in frozen.frozen_rows(issue) if audience.sees(frozen.place_of(r))]


def _told(last: Issue, now: Issue, audience: Audience) -> Mapping[str, str]:
    live = current(row.need for row in frozen.frozen_rows(last))
    ended = {pk: one for pk, one in live.items() if one[0].status in ENDED}
    gone = {str(pk) for pk, one in ended.items() if audience.sees(cutting.place_now(one))}
    before, after = (
        {str(row.need): row.digest for row in _rows(issue, audience)} for issue in (last, now)
    )
    return changes(before, after, gone)


def test_each_audience_is_told_what_it_would_be_told_alone(committee: Committee) -> None:
    _every_change(committee)
    april = Issue.objects.unscoped("the test looks").get(month=APRIL)
    may = circulars.open_draft(MAY, by=CLOCK, now=midnight_of(MAY) - 7 * DAY)
    cutter, last = cutting.Cutter(may), cutting.Cutter(april)
    compared = cutting.Comparison(cutter, last)
    by_need, answers = last.by_need | cutter.by_need, set()
    for audience in _audiences(committee):
        told, plainly = compared.told(audience), _told(april, may, audience)
        assert told.changes == plainly, audience.key
        written = {key: cutting.changed(by_need[key], change) for key, change in plainly.items()}
        assert told.text == canonical(written)[1:-1].encode(), audience.key
        rows = _rows(may, audience)
        assert list(cutter.visible(audience)) == [cutter.by_need[str(r.need)] for r in rows]
        whole = [cutting.columns(r, inner=audience.sees_whole_list_of(str(r.state))) for r in rows]
        head = cutting.head(may, audience, written, april.number)
        assert cutter.seal(audience, told.text, april.number) == digest(head | {"rows": whole})
        answers.add(canonical(plainly))
    assert len(answers) > len(WIDEST)  # the agreement is worth something only if they differ


def _asked_when_frozen(committee: Committee, month: date, number: int) -> tuple[int, int]:
    """How many queries a freeze takes after so many needs more, and how many renditions it cuts."""
    states = cycle(["XA", "XB"][: 1 if number == 1 else 2])
    for state, area in islice(zip(states, _areas(), strict=False), number):
        committee.need(state, area, Consent.PUBLIC)
    moment = midnight_of(month)
    made = circulars.open_draft(month, by=CLOCK, now=moment - 7 * DAY)
    with CaptureQueriesContext(connection) as asked:
        circulars.freeze(made, late=False, by=CLOCK, now=moment)
    return len(asked), Rendition.objects.unscoped("counted").filter(issue=made).count()


def test_a_freeze_asks_as_often_for_many_needs_and_audiences_as_for_few(
    committee: Committee,
) -> None:
    """Rows are stored in parts of as many as the database takes at once: these are one part."""
    _frozen(APRIL)
    few, cut = _asked_when_frozen(committee, MAY, 1)
    many, cut_more = _asked_when_frozen(committee, date(2025, 6, 1), 40)
    assert cut_more > cut
    assert many <= few, "a query for each need or each audience"
