"""`matrix`: draft, issue or show the matrix of needs, in the rendition of any seat."""

import re
import sys
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from django.utils import timezone

from clearinghouse.access.actor import OPERATOR, Role
from clearinghouse.access.errors import Invalid, Unseen
from clearinghouse.circulars import actions, rules
from clearinghouse.circulars.queries import document, issues, rendition
from clearinghouse.circulars.rules import FULL, MEMBER, PUBLIC, Audience, Sight
from clearinghouse.cli.answer import REFUSED, Answer, Verb, choose
from clearinghouse.crossings import issue_matrix
from clearinghouse.kernel import languages
from clearinghouse.kernel.calendar import add_months, day_in_new_york, first_of_month, month_of
from clearinghouse.kernel.workflow import OutOfOrder
from clearinghouse.mandate.queries import body

BY_SEAT: dict[str, Audience] = {
    "public": PUBLIC,
    "auditor": PUBLIC,
    "administrator": PUBLIC,
    "member": MEMBER,
    "chair": MEMBER,
    "expert": FULL,
    "secretariat": FULL,
}
OF_A_BODY = re.compile(r"(?P<role>state|provider|focal|member)[-:](?P<code>.+)")


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("action", choices=("draft", "issue", "show"))
    parser.add_argument("--month", help="YYYY-MM; the latest issue where none is named")
    parser.add_argument("--format", choices=tuple(document.FORMATS), default="html")
    parser.add_argument("--seat", default="public", help="secretariat, member, state-xa, …")
    parser.add_argument("--language", choices=tuple(languages.BY_CODE), default=languages.DEFAULT)
    parser.add_argument("--out", type=Path, help="a file; - for standard output")


def _month(options: Namespace) -> date | None:
    try:
        return month_of(options.month) if options.month else None
    except ValueError as why:
        raise Invalid({"month": [str(why)]}) from why


def _draft(options: Namespace) -> Answer:
    """Open the draft of a month before the clock would."""
    now = timezone.now()
    coming = add_months(first_of_month(day_in_new_york(now)), 1)
    month = _month(options) or coming
    if month < coming:
        raise Invalid({"month": [f"{rules.number(month)} has begun: the clock issues it"]})
    if month > coming:
        raise Invalid({"month": [f"the next issue is that of {rules.number(coming)}"]})
    if issues.issue_of(month):
        raise OutOfOrder(f"matrix {rules.number(month)}: there is one already")
    issue = actions.open_draft(month, by=OPERATOR, now=now)
    return Answer([f"matrix {issue.number}: the draft is open"], {"number": issue.number})


def _issue(_options: Namespace) -> Answer:
    """What the clock would do now: nothing goes out before its time or without its clearances."""
    done = issue_matrix.run(timezone.now())
    lines = [f"matrix {n}: issued" for n in done.issued]
    lines += [f"matrix {n}: frozen, waits for clearance by {_missing(n)}" for n in done.waiting]
    code = REFUSED if done.waiting else 0
    return Answer(lines or ["nothing is due"], vars(done), code)


def _missing(number: str) -> str:
    issue = issues.issue_of(month_of(number))
    return " and ".join(sorted(issues.missing_clearances(issue))) if issue else ""


def _show(options: Namespace) -> Answer:
    month = _month(options)
    issue = issues.issue_of(month) if month else issues.latest_issued()
    if issue is None:
        raise Unseen(f"there is no matrix of {options.month or 'any month'}")
    copy = rendition.copy_for(issue, audience(options.seat))
    content, kind = document.render(copy, options.format, options.language)
    if str(options.out) == "-":
        sys.stdout.buffer.write(content)
        return Answer()
    path = options.out or Path(document.filename(copy, options.format))
    path.write_bytes(content)
    data = {"file": str(path), "type": kind, "hash": copy.hash, "needs": len(copy.rows)}
    return Answer([f"{path}: {len(copy.rows)} needs, hash {copy.hash}"], data)


def audience(seat: str) -> Audience:
    """From the name of a seat: `secretariat`, `state-xa`, `provider-xc`, `focal-xio`, …."""
    if seat in BY_SEAT:
        return BY_SEAT[seat]
    found = OF_A_BODY.fullmatch(seat)
    if not found:
        raise Invalid({"seat": [f"{seat!r} is none of {', '.join(BY_SEAT)}, state-CODE, …"]})
    of = body(found["code"])
    if found["role"] == Role.MEMBER:
        return MEMBER
    if of.provider or found["role"] == Role.STATE:
        return Audience(Sight.BODY, str(of.pk), of.provider)
    return PUBLIC


def _run(options: Namespace) -> Answer:
    return choose(options, {"draft": _draft, "issue": _issue, "show": _show})


VERB = Verb("Draft, issue or show the matrix of needs.", _arguments, _run)
