"""Which URL answers whom: every route and method, every seat, and the status it is given."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.urls import reverse

from clearinghouse.ledger.models import Entry
from clearinghouse.circulars.queries.issues import clearances_for
from clearinghouse.ledger.models import Entry
from clearinghouse.needs.rules import Consent
from clearinghouse.project.doors import TABLE
from clearinghouse.submissions.rules.kinds import Kind
from clearinghouse.submissions.rules.workflow import State as Stage
from tests.committee import CAST, NOW, Committee
from tests.two_worlds.addresses import Ask, routes
from tests.two_worlds.crawl import Answer, Crawler
from tests.two_worlds.worlds import sign_in

# The things that addresses name: the organisation XIO's standard, listed; its next one, handed in;
# XA's need, shared with the committee; XA's need, handed in by its capital; the issue of April; the
# standing clearance of the Chair; the seat of XRO's focal point.
PICTURE = """
"""
ARGUMENTS: dict[str, dict[str, str]] = {
    # argument → one of `Made.things`, or else what is written
    "standard": {"code": "entry"},
    "organisation": {"code": "XIO"},
    "state": {"code": "XA"},
    "matrix-issue": {"number": "2025-04"},
    "matrix-file": {"number": "2025-04", "kind": "csv"},
    "api-v1:nowhere": {"rest": "nowhere"},
    "api-v1:standard": {"code": "entry"},
    "api-v1:organisation": {"code": "XIO"},
    "api-v1:state": {"code": "XA"},
    "api-v1:need": {"pk": "need"},
    "api-v1:matrix-issue": {"number": "2025-04"},
    "demo-as": {"persona": "expert"},
    "demo-mail": {"name": "absent"},
    "desk-submission-new": {"kind": "standard"},
    "desk-submission": {"pk": "handed in"},
    "desk-submission-edit": {"pk": "handed in"},
    "desk-submission-take-up": {"pk": "handed in"},
    "desk-submission-return": {"pk": "handed in"},
    "desk-submission-list": {"pk": "handed in"},
    "desk-submission-authenticate": {"pk": "by the capital"},
    "desk-submission-confirm": {"pk": "by the capital"},
    "desk-submission-withdraw": {"pk": "handed in"},
    "desk-submission-revise": {"pk": "handed in"},
    "desk-entry-confirm": {"code": "entry"},
    "desk-need": {"pk": "need"},
    "desk-need-revise": {"pk": "need"},
    "desk-need-confirm": {"pk": "need"},
    "desk-need-share": {"pk": "need"},
    "desk-need-observe": {"pk": "need"},
    "desk-need-withdraw": {"pk": "need"},
    "desk-circular": {"number": "2025-04"},
    "desk-circular-clear": {"number": "2025-04"},
    "desk-clearance-revoke": {"pk": "clearance"},
    "desk-seat-end": {"pk": "seat"},
}


@dataclass(frozen=True)
class Made:
    """The committee's site, with something at every address."""

    site: Crawler
    things: Mapping[str, Any]

    def address(self, route: str) -> str:
        wanted = ARGUMENTS.get(route, {})
        return reverse(route, kwargs={k: self.things.get(v, v) for k, v in wanted.items()})

    def ask(self, seat: str, route: str, method: str, **more: Any) -> Answer:
        """Asked, answered, and taken back."""
        with transaction.atomic():
            answer = self.site.ask(seat, Ask(route, method, self.address(route), **more))
            transaction.set_rollback(True)
        return answer


@pytest.fixture
def _kept_open(committee: Committee) -> Iterator[None]:
    """A request ends with its connection looked at, and the test's would be closed in mid-way."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def made(committee: Committee, _kept_open: None) -> Iterator[Made]:
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        issue = committee.issue()
        things = {
            "entry": committee.standard().code,
            "handed in": committee.submission(Stage.SUBMITTED).pk,
            "by the capital": committee.submission(Stage.SUBMITTED, Kind.NEED).pk,
            "need": committee.need("XA", "police", Consent.COMMITTEE).pk,
            "clearance": clearances_for(committee.actor("chair"), issue)[0].pk,
            "seat": committee.seats["focal_xro"].pk,
        }
        cookies = {name: sign_in(account) for name, account in committee.accounts.items()}
        yield Made(Crawler(cookies), things)


def picture() -> dict[tuple[str, str], dict[str, int]]:
    """By route and method: the status that each of the cast is given."""
    rows = [line.split() for line in PICTURE.strip().splitlines() if not line.startswith("#")]
    return {
        (route, method): dict(zip(CAST, map(int, statuses), strict=True))
        for route, method, *statuses in rows
    }
