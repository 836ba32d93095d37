"""How the desk answers: a page with what was just done, or the way on after a step was taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from clearinghouse.access.errors import Stale
from clearinghouse.kernel.calendar import NEW_YORK
from clearinghouse.kernel.marking import N_
from clearinghouse.people.asking import Asking
from clearinghouse.web import dates, naming, pages
from clearinghouse.web.parts import Item, NoticeTone

SIZE = 50  # lines of a list on one page

DONE: dict[str, str] = {
    "saved": N_("The draft is saved. You can come back to it at any time."),
    "reference-taken": N_(
        "It is saved and not handed in: an entry of yours stands under its reference already."
    ),
    "submitted": N_(
        "It is with the secretariat now. You will be written to when something moves."
    ),
    "taken-up": N_("You have taken it up: it is in review."),
    "returned": N_("It has gone back to its author with your remarks."),
    "listed": N_("It is listed: everybody can read it in the register."),
    "authenticated": N_("You have vouched for its origin. The mission is asked to confirm it."),
    "confirmed": N_("It is confirmed as of today, and shown to those you have chosen."),
    "entry-confirmed": N_("The entry is confirmed as of today."),
    "entries-confirmed": N_("All of them are confirmed as of today."),
    "batch-applied": N_("It is applied: everything in it stands."),
    "batch-updated": N_("It is listed without review: everything in it stands."),
    "body-trusted": N_("It is trusted from now on."),
    "trust-revoked": N_("It is not trusted any more: its next file is reviewed."),
    "batch-undone": N_("It is undone: what stood before it stands again."),
    "withdrawn": N_("It is withdrawn."),
    "revision": N_("This is a new draft. What is listed stays as it is until this is listed."),
    "shared": N_("From now on it is seen by those named below, and by nobody else."),
    "observed": N_("Your observation is recorded and stands wherever the need is shown."),
    "revised": N_("The need is changed as you wrote it."),
    "identified": N_(
        "The need is recorded. It stays in the committee until its State confirms it."
    ),
    "cleared": N_("Your clearance is recorded."),
    "revoked": N_("The clearance is revoked. What has gone out stays out."),
    "intake-arrived": N_("It is in the tray. Nothing in it has taken effect."),
    "intake-accepted": N_("It is recorded, and its sender is told what was recorded."),
    "intake-filed": N_("It is filed against the letter, which is received."),
    "intake-refused": N_("Nothing of it is recorded, and its sender is told why."),
    "intake-attributed": N_("It is attributed. What it says has been read again."),
    "intake-aside": N_("It is set aside. Nobody is told."),
    "intake-back": N_("It is back among what waits."),
    "seated": N_("The seat is given from now on."),
    "meeting-created": N_("The meeting is recorded. Everybody can read of it."),
    "meeting-changed": N_("The meeting is changed as you wrote it."),
    "meeting-moved": N_("It has moved, with all that hangs on it. Each person concerned is told."),
    "agenda-set": N_("The agenda is set."),
    "document-added": N_("The document is recorded."),
    "document-replaced": N_("The file is kept: readers get this one from now on."),
    "document-withdrawn": N_("The document is taken back. Nobody is shown it any more."),
    "body-invited": N_("The invitation is recorded."),
    "answered": N_("The answer is recorded."),
    "replied": N_("Your answer is recorded. You may change it until the meeting is over."),
    # copies
    "copy-attached": N_("The copy is attached. It is shown with the entry once that is listed."),
    "copy-removed": N_("The copy is removed."),
    # contact with bodies
    "exchange-noted": N_("It is in the contact log."),
    "step-settled": N_("The next step is done."),
    "exchange-erased": N_("What was said is destroyed. The line stays."),
    "bodies-invited": N_("They are invited. Focal points and missions are written to."),
    "call-letters": N_("The letters are drafted. Another officer clears them."),
    "body-thanked": N_("The thanks are on their way."),
    "contribution-declined": N_("It is recorded that you do not contribute, and why."),
    "contribution-reconsidered": N_("You are asked to contribute, as before."),
    # who takes part in the exchange
    "body-takes-part": N_("It is recorded that it takes part."),
    "terms-changed": N_("The terms are recorded. What held before stands in the history."),
    "body-leaves": N_("Its last day is recorded."),
    "holiday-observed": N_(
        "The holiday is recorded. Whoever holds a deadline that has moved with it is told."
    ),
    "holiday-struck": N_(
        "It is not observed any more. Whoever holds a deadline that has moved is told."
    ),
    "token-revoked": N_("The token is revoked. Programs that use it are refused."),
    "key-revoked": N_("That address is shut. Programs that used it are shown nothing more."),
    "settled": N_("Your settings are kept."),
    "invited": N_("The person is written to with a link."),
    "reset": N_("It is reset. The person's sessions have ended, or a link is on its way."),
    "signed-out": N_("Every session of the person has ended."),
    "proposed": N_("It is proposed, and takes effect when a second hand confirms it."),
    "second-hand": N_("You have confirmed it: it is in effect."),
    "declined": N_("It is declined. Nothing has changed."),
    # letters
    "saved-letter": N_("The letter is saved as a draft. Another officer clears it."),
    "letter-cleared": N_("It is cleared: text, number and date stand."),
    "letter-initialled": N_("It is initialled and may go out."),
    "letter-signed": N_("It is signed and may go out."),
    "letter-sent-back": N_("It has gone back to be written again."),
    "letter-dispatched": N_("It is dispatched. Its addressee can read it here from now on."),
    "letter-received": N_("The receipt is recorded."),
    "letter-replied": N_("The reply is filed against the letter."),
    "letter-scanned": N_("The scan is kept: it is the record of what went out."),
    "letter-cancelled": N_("It is cancelled. It keeps its place in the register."),
    "letters-drafted": N_("The letters are drafted. Another officer clears them."),
    "letters-moved": N_("Done for all of them."),
    "ended": N_("The seat has ended, and every right that hung on it."),
}


@dataclass(frozen=True)
class Said:
    """A message at the head of a page, as the layout reads it."""

    text: str
    level_tag: NoticeTone = "success"

    def __str__(self) -> str:
        return self.text


class Versioned(Protocol):
    """Anything that carries the number of its latest change."""

    version: int


class SeeOther(HttpResponseRedirect):
    """After a step: the address to look at next, asked for with GET."""

    status_code = 303


def page(
    request: Asking, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of the desk; `?done=` names a sentence of the table above, and nothing else."""
    said = DONE.get(request.GET.get("done", "")) if request.method == "GET" else None
    notices = {"notices": [Said(_(said))]} if said else {}
    return pages.page(request, template, notices | dict(context), status=status)


def see(route: str, *args: object, done: str = "") -> SeeOther:
    url = reverse(route, args=args)
    return SeeOther(f"{url}?done={done}" if done else url)


def must_be_current(request: Asking, thing: Versioned) -> None:
    """Raises Stale where the form was made from another version than the one stored."""
    if is_stale(request, thing):
        raise Stale("the form was made before somebody else's change")


def is_stale(request: Asking, thing: Versioned) -> bool:
    return request.POST.get("version", "") != str(thing.version)


def day(value: date | datetime | None) -> str:
    """A day in full, as New York has it; empty where there is none."""
    if isinstance(value, datetime):
        value = value.astimezone(NEW_YORK).date()
    return dates.day(value, naming.language()) if value else ""


def moment(value: datetime | None) -> str:
    """A moment by New York's clock, named, and by the reader's where it is another; or empty."""
    return dates.deadline(value, naming.language()) if value else ""


def said(text: str) -> str:
    """Why a delivery stands as it does: our own words translated, a mail server's as it spoke."""
    return _(text) if text else ""


def crumbs(*way: tuple[str, str]) -> list[Item]:
    """From the desk to here: (label, route); the last has no route."""
    first = Item(_("Your desk"), reverse("desk"))
    return [first, *(Item(label, reverse(route) if route else "") for label, route in way)]
