"""A line of the log has a fixed set of fields, and nothing that anybody wrote is in any of them."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.test import Client

from clearinghouse.watch import logs
from clearinghouse.watch.logs import JsonLines, Words
from tests.committee import Committee
from tests.web.desk import Desk

CANARY = "7d1f0a62c4be49d8a3e59b6c0f2d8e71"
FIELDS = {"time", "level", "logger", "request", "said", *logs.FIELDS, "exception", "at"}


@pytest.fixture
def written() -> Iterator[StringIO]:
    """Everything that is logged while the test runs, as the program would write it."""
    stream = StringIO()
    handlers = [logging.StreamHandler(stream) for _ in range(2)]
    handlers[0].setFormatter(JsonLines())
    handlers[1].setFormatter(Words())
    root, requests = logging.getLogger(), logging.getLogger(logs.REQUESTS)
    before = requests.level
    requests.setLevel(logging.INFO)
    for each in handlers:
        root.addHandler(each)
    yield stream
    for each in handlers:
        root.removeHandler(each)
    requests.setLevel(before)


def lines(stream: StringIO) -> list[dict[str, object]]:
    return [json.loads(t) for t in stream.getvalue().splitlines() if t.startswith("{")]


def test_a_request_is_told_by_its_route_and_seats_alone(
    committee: Committee, written: StringIO
) -> None:
    desk = Desk(committee, "focal_xio")
    desk.client.get(f"/en/search/?q={CANARY}")
    desk.client.get(f"/en/{CANARY}/")
    desk.client.post(f"/en/desk/submissions/new/standard/?x={CANARY}", {"title-en": CANARY})
    told = lines(written)
    assert CANARY not in written.getvalue()
    assert "example.org" not in written.getvalue()
    assert all(set(line) <= FIELDS for line in told)
    asked = [line for line in told if line["logger"] == logs.REQUESTS]
    assert [(line["route"], line["method"]) for line in asked] == [
        ("search", "GET"),
        ("none", "GET"),
        ("desk-submission-new", "POST"),
    ]
    assert asked[2]["roles"] == ["focal_point"]
    assert len({line["request"] for line in asked}) == 3


@pytest.mark.usefixtures("db")
def test_what_is_broken_is_told_without_its_message(
    written: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise LookupError(CANARY)

    monkeypatch.setattr("clearinghouse.web.views.home.page", broken)
    client = Client(raise_request_exception=False)
    assert client.get("/en/").status_code == 500
    (line,) = [line for line in lines(written) if "exception" in line]
    assert line["exception"] == "LookupError"
    assert any("home.py" in str(place) for place in list(line["at"]))  # type: ignore[call-overload]  # a list
    assert CANARY not in written.getvalue()


def record(name: str, message: object, *args: object) -> logging.LogRecord:
    return logging.LogRecord(name, logging.ERROR, "x.py", 1, message, args, None)


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (
            record("clearinghouse.crossings.deliver", "notice %s failed", CANARY),
            "notice %s failed",
        ),
        (record("django.request", "Not Found: %s", f"/{CANARY}"), "Not Found: %s"),
        (record("django.security.DisallowedHost", f"Invalid host: {CANARY}"), None),
        (record("somebody", ValueError(CANARY)), None),
    ],
)
def test_of_a_sentence_the_template_is_kept(one: logging.LogRecord, said: str | None) -> None:
    assert logs.told(one).get("said") == said
    for form in (JsonLines(), Words()):
        assert CANARY not in form.format(one)
        assert "\n" not in form.format(one)
