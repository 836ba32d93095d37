"""`outbox`: list the deliveries, send what waits, or release it after a restore. No content."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from django.utils import timezone

from clearinghouse.access.actor import OPERATOR
from clearinghouse.cli.answer import REFUSED, Answer, Verb, choose
from clearinghouse.crossings.tick import send
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.notices import actions, queries
from clearinghouse.notices.rules import PARKED_AFTER

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from clearinghouse.notices.models import Notice


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("action", choices=("list", "send", "release"))
    parser.add_argument("--yes", action="store_true", help="release what was shown")


def _list(_options: Namespace) -> Answer:
    found = queries.entries()
    data = [
        {"kind": n.kind, "cause": n.cause, "recipient": n.recipient, "status": n.status}
        | {"attempts": n.attempts, "said": n.said, "created_at": n.created_at}
        for n in found
    ]
    lines = [line.rstrip() for line in _lines(found)]
    return Answer(lines or ["the outbox is empty"], data)


def _lines(found: "Iterable[Notice]") -> list[str]:
    return [
        f"{n.created_at:%Y-%m-%d %H:%M}  {n.status:8} {n.kind:16} to {n.recipient}  {n.said}"
        for n in found
    ]


def _send(_options: Namespace) -> Answer:
    if fence := queries.fence():
        said = f"fenced since the restore of {fence.raised_at:%Y-%m-%d %H:%M} UTC"
        return Answer([f"{said}: see `clearinghouse outbox release`"], {"fenced": True}, REFUSED)
    counted = send(timezone.now)
    return Answer([f"{status}: {count}" for status, count in counted.items()], counted)


def _release(options: Namespace) -> Answer:
    """First what would go out and what would be parked; then, asked again with --yes, it is."""
    fence, now = queries.fence(), timezone.now()
    if fence is None:
        raise OutOfOrder("no fence stands: the outbox sends")
    fresh, old = queries.held_back(now)
    data = {"would_send": _ids(fresh), "would_park": _ids(old), "released": options.yes}
    if options.yes:
        done = actions.release(by=OPERATOR, now=now)
        said = f"released: {done.waiting} wait to be sent, {done.parked} parked"
        return Answer([said], data)
    lines = [
        f"the backup was taken at {fence.taken_at:%Y-%m-%d %H:%M} UTC",
        "what is marked ? may have been sent since, and would go again under its Message-ID",
    ]
    lines += _section("would be sent", fresh, fence.taken_at)
    lines += _section(f"older than {PARKED_AFTER.days} days, parked", old, fence.taken_at)
    lines += ["nothing was released; do it with `clearinghouse outbox release --yes`"]
    return Answer(lines, data)


def _section(title: str, found: "list[Notice]", taken_at: "datetime") -> list[str]:
    marks = ["? " if n.created_at <= taken_at else "  " for n in found]
    lines = _lines(found)
    return [f"{title}: {len(found)}", *(m + line for m, line in zip(marks, lines, strict=True))]


def _ids(found: "Iterable[Notice]") -> list[dict[str, object]]:
    return [{"kind": n.kind, "cause": n.cause, "recipient": n.recipient} for n in found]


def _run(options: Namespace) -> Answer:
    return choose(options, {"list": _list, "send": _send, "release": _release})


VERB = Verb(
    "List the deliveries, send what waits, or release it after a restore.", _arguments, _run
)
