"""Whoever may not see a thing is answered alike with it and without it: not one byte differs."""

import sys
from dataclasses import replace

import pytest

from clearinghouse.project.doors import TABLE
from tests.committee import CAST
from tests.two_worlds import addresses, worlds
from tests.two_worlds.crawl import Observer
from tests.two_worlds.differences import SECRETS, Pair, pair

REQUESTS = 500  # at least, in each pair, over all seats together

PAIRS = [
    pair(
        "kept by the State: needs, whom it named, how it ranks them",
        "need added, none, legislation",
        "need identified, none",
        "need revised, none",
        "need observed, was public, now none",
        "need confirmed again, was public, now none",
        "another provider named",
        "rank given to a public need",
    ),
    pair(
        "shared with the committee",
        "need added, committee, customs",
        "need identified, public",
        "need narrowed, committee",
        "need withdrawn, was public, now committee",
    ),
    pair(
        "shared with providers, by name or all",
        "need added, named, customs",
        "need revised, was public, now named",
        "need added, providers, legislation",
        "need narrowed, providers",
        "need withdrawn, was public, now providers",
    ),
    pair(
        "drafts",
        "standard contributed, draft",
        "need contributed, draft",
        "revision begun",
        "need contributed, withdrawn",
    ),
    pair(
        "contributions under review",
        "standard contributed, submitted",
        "standard contributed, returned",
        "standard contributed, in_review",
        "need contributed, authenticated",
        "standard drafted on behalf",
        "need submitted on behalf",
        "item of a State in the tray",
        "item of a body in the tray",
        "item of nobody in the tray",
    ),
    pair(
        "what monitors tell each other, and persons behind offices",
        "review of XA announced",
        "another person behind an office",
        "XIO invited to contribute",
    ),
    pair(
        "contact with bodies, and what another body is asked",
        "line of the contact log",
        "XRO takes part in the exchange",
        "XRO trusted once",
        "XRO invited to contribute",
    ),
    pair(
        "letters that are another's, or not out yet",
        "note drafted to XA",
        "note initialled, to XA",
        "note cancelled, to XC",
        "notes drafted together",
        "letter to sign, to XIO",
        "letter out, to XRO",
        "note out, to XB",
    ),
    pair(
        "the committee's own work, and another State's needs",
        "need of XB added, none",
        "need of XB added, named",
        "proposal for the plan",
        "clearance given and revoked",
        "seat enlisted",
        "restricted document",
        "body invited",
        "calendar subscribed to",
        "review of XB announced",
        "person entered and seated",
    ),
]


def test_every_route_of_the_resolver_has_its_entry() -> None:
    assert addresses.routes() == set(addresses.FILLED)
    assert set(addresses.FILLED) == set(TABLE)


def test_every_seat_is_a_reader_of_some_pair() -> None:
    assert set().union(*(p.readers for p in PAIRS)) == set(CAST)


@pytest.mark.parametrize("each", PAIRS, ids=lambda p: p.name)
def test_two_worlds_answer_alike(observer: Observer, each: Pair) -> None:
    report = observer.compare(each, REQUESTS)
    sys.stdout.write(f"\n{report}\n")
    assert not report.faults
    assert not report.differences, "\n".join(map(str, report.differences[:20]))
    assert report.differing == 0
    assert report.requests >= REQUESTS


def test_a_difference_is_found_wherever_it_shows(observer: Observer) -> None:
    """A public need, claimed to be a secret, betrays itself in pages, search, files and mails."""
    told = SECRETS["need added, providers, legislation"]
    claimed = Pair(
        "claimed to be hidden", (replace(told, seen_by=frozenset(CAST) - {"mission_xc"}),)
    )
    report = observer.compare(claimed, 240)
    shown = {d.ask.route for d in report.differences}
    assert report.differing > 0
    assert shown >= {"mail", "state", "search", "matrix", "matrix-file", "matrix-archive"}
    assert shown >= {"api-v1:need", "api-v1:needs", "api-v1:matrix", "desk-need", "desk-circular"}
    assert not shown & {"standards", "action-plan", "desk-submissions", "api-v1:commitments"}


def test_every_seat_is_signed_in_on_the_day_of_the_crawl(observer: Observer) -> None:
    """Else all of them would be the public, and no world could be told from another."""
    desk = addresses.Ask("desk", "GET", "/en/desk/")
    with worlds.entered(observer.first):
        answers = {seat: observer.crawler.ask(seat, desk).code for seat in CAST}
    assert answers == {s: {"public": 302, "nobody": 404}.get(s, 200) for s in CAST}


@pytest.mark.parametrize("each", PAIRS, ids=lambda p: p.name)
def test_the_figures_name_the_same_things_in_both_worlds(observer: Observer, each: Pair) -> None:
    """What is measured has no name or label from what is in the database."""
    one, other = observer.in_both(each, "public", addresses.AT_THE_MACHINE)
    assert (one.code, b"clearinghouse_" in one.body) == (200, True)
    assert one.body == other.body
