"""How letters are told on a page: states, forms, purposes and means in words."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from clearinghouse.kernel import languages
from clearinghouse.kernel.marking import N_
from clearinghouse.letters.queries.words import FORMS, MEANS
from clearinghouse.letters.rules.workflow import Form, Means, Purpose, State
from clearinghouse.web import naming
from clearinghouse.web.parts import Cell, Tone

if TYPE_CHECKING:
    from clearinghouse.letters.models import Letter

STATES: dict[State, tuple[str, Tone]] = {
    State.DRAFT: (N_("draft"), "quiet"),
    State.CLEARED: (N_("cleared"), "waiting"),
    State.INITIALLED: (N_("initialled"), "waiting"),
    State.SIGNED: (N_("signed"), "waiting"),
    State.DISPATCHED: (N_("dispatched"), "accent"),
    State.RECEIVED: (N_("received"), "settled"),
    State.CANCELLED: (N_("cancelled"), "quiet"),
}
PURPOSES: dict[Purpose, str] = {
    Purpose.INVITE: N_("Invitation"),
    Purpose.ACKNOWLEDGE: N_("Acknowledgement"),
    Purpose.FORWARD: N_("Forwarding"),
    Purpose.REMIND: N_("Reminder"),
    Purpose.FOLLOW_UP: N_("Follow-up after one year"),
    Purpose.THANKS: N_("Thanks"),
    Purpose.NOTICE: N_("Notice"),
}
SEEN_BY = N_(
    "the secretariat and the Experts; its addressee, once it is dispatched; the Chair, if it is a"
    " letter to be signed."
)


def title(letter: "Letter") -> str:
    return letter.reference or _("Draft without a number")


def form(letter: "Letter") -> str:
    return _(FORMS[Form(letter.form)])


def state(letter: "Letter") -> Cell:
    label, tone = STATES[State(letter.state)]
    return Cell(_(label), tone=tone)


def means(letter: "Letter") -> str:
    return _(MEANS[Means(letter.means)]) if letter.means else ""


def language_note(letter: "Letter") -> str:
    """Where it is not in the language its addressee is registered with, and why."""
    return language_said(letter.wanted, letter.language)


def language_said(wanted: str, written: str) -> str:
    if wanted == written:
        return ""
    said = _(
        "The addressee is registered with %(wanted)s. There is no text, or no name of the"
        " addressee, in that language: this is in %(written)s."
    )
    names = {code: languages.BY_CODE[code].name for code in (wanted, written)}
    return said % {"wanted": names[wanted], "written": names[written]}


def body(letter: "Letter") -> str:
    return naming.body_name(letter.body)
