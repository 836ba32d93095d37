"""`outbox`: list the deliveries, or send what waits. References only, never content."""

from argparse import ArgumentParser, Namespace

from django.utils import timezone

from clearinghouse.cli.answer import Answer, Verb, choose
from clearinghouse.crossings.tick import send
from clearinghouse.notices import queries


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("action", choices=("list", "send"))


def _list(_options: Namespace) -> Answer:
    found = queries.entries()
    lines = [
        f"{n.created_at:%Y-%m-%d %H:%M}  {n.status:8} {n.kind:16} to {n.recipient}  {n.said}"
        for n in found
    ]
    data = [
        {"kind": n.kind, "cause": n.cause, "recipient": n.recipient, "status": n.status}
        | {"attempts": n.attempts, "said": n.said, "created_at": n.created_at}
        for n in found
    ]
    return Answer([line.rstrip() for line in lines] or ["the outbox is empty"], data)


def _send(_options: Namespace) -> Answer:
    counted = send(timezone.now)
    return Answer([f"{status}: {count}" for status, count in counted.items()], counted)


def _run(options: Namespace) -> Answer:
    return choose(options, {"list": _list, "send": _send})


VERB = Verb("List the deliveries, or send what waits.", _arguments, _run)
