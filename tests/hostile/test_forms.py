"""No form breaks at what no good reader would send; what is refused says where, and keeps the rest.

Each form is sent once as a good reader would fill it in, and then with one thing in it that is not
good: a share of all there is at each run of the suite, all of it with HOSTILE=all.
"""

import os
from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.hostile.readers import Found, Readers
from tests.hostile.rows import written
from tests.hostile.sent import Sent, bad, filled
from tests.hostile.shown import Form, Shown
from tests.pages.gathered import kept_open
from tests.two_worlds.crawl import Answer

FAULT, REFUSED = 500, 400
SHARES = 6
OF = 1 if os.environ.get("HOSTILE") == "all" else 6
# Where the good reader of the tests is refused, and why.
TURNED_AWAY = {
    "account_login": "nobody has that address and password",
    "mfa_authenticate": "the code of the hour is on no page",
    "account-factor": "the code of the hour is on no page",
    "account-codes": "the code of the hour is on no page",
    "account-key": "no key is at hand",
    "account-key-remove": "the code of the hour is on no page",
    "account-factor-remove": "the code of the hour is on no page",
    "account-password": "the present password is on no page",
    "desk-intake-reply": "no letter has the number that was typed",
    "format": "the file at hand is none of that kind",
    "desk-batches": "the file at hand is none of that kind",
    "desk-figures": "the file at hand has no figures of aid",
    "desk-call-new": "a meeting and a fixed day are given at once",
    "desk-letter-new": "the first body of the list is a mission, which is sent a note",
}


@pytest.mark.parametrize("share", range(SHARES))
def test_no_form_breaks(readers: Readers, share: int) -> None:
    mine = readers.found[share::SHARES]
    assert mine
    with kept_open():
        before = written()
        faults = [fault for form in mine for fault in _of(readers, form, before)]
    assert not faults, "\n".join(faults)


def _of(readers: Readers, found: Found, before: tuple[int, ...]) -> Iterator[str]:
    good = filled(found)
    answer, _ = _sent(readers, good)
    if (answer.code >= REFUSED) is not (found.route in TURNED_AWAY):
        yield f"{answer.code} {good} {_said(answer)} {readers.fault}"
    for number, sent in enumerate(bad(found, len(found.form.inputs), OF)):
        answer, rows = _sent(readers, sent)
        wrong = _wrong(readers, sent, answer)
        if answer.code >= REFUSED and rows != before:
            wrong = "written, though refused"
        if wrong:
            yield f"{wrong}: {answer.code} {sent} ({number})"


def _sent(readers: Readers, sent: Sent) -> tuple[Answer, tuple[int, ...]]:
    readers.fault = ""
    with transaction.atomic():
        answer = readers.site.ask(sent.found.seat, sent.ask())
        rows = written() if answer.code in range(REFUSED, FAULT) else ()
        transaction.set_rollback(True)
    return answer, rows


def _wrong(readers: Readers, sent: Sent, answer: Answer) -> str:
    """What is wrong with an answer, or nothing."""
    if answer.code >= FAULT:
        return f"a fault of the server, {readers.fault}"
    if not answer.header("Content-Type").startswith("text/html"):
        return ""
    body = answer.body.decode()
    if "<script>alert(1)" in body:
        return "unescaped"
    return _not_told(sent, Shown.of(body)) if answer.code == REFUSED else ""


def _not_told(sent: Sent, page: Shown) -> str:
    """What a page that refuses a form leaves unsaid or loses."""
    if not page.faults and not page.notices and not page.refusals:
        return "says nothing of what is wrong"
    astray = [there for there, _ in page.faults if there and there not in page.ids]
    if astray:
        return f"leads to what is not on the page, {astray}"
    here = next((f for f in page.forms if f.names >= _names(sent.found.form)), None)
    return "" if here is None else _lost(sent, here)


def _names(form: Form) -> frozenset[str]:
    return form.names - {"csrfmiddlewaretoken"}


def _lost(sent: Sent, here: Form) -> str:
    """Of what was typed beside the one bad thing, what is not in the form any more."""
    for name, value in sent.typed:
        if name == sent.place or name not in here.inputs or not here.inputs[name].is_typed:
            continue
        if here.inputs[name].kind == "password" or name == "code":
            continue  # a secret is never sent back
        if [v.split() for v in here.inputs[name].values] != [value.split()]:
            return f"loses {name}"
    return ""


def _said(answer: Answer) -> str:
    return str(Shown.of(answer.body.decode()).faults) if answer.code == REFUSED else ""
