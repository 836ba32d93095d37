"""The mail about what was sent in: what was recorded of it, or why nothing was."""

from collections.abc import Iterator
from typing import Any

from babel.dates import format_date
from django.utils.translation import gettext as _

from clearinghouse.access.errors import Unseen
from clearinghouse.crossings.mails.mail import Mail, page_at, subject_of
from clearinghouse.intake.actions import FILED
from clearinghouse.intake.actions.applying import LEFT_OUT
from clearinghouse.intake.models import Item
from clearinghouse.intake.queries import item_for
from clearinghouse.intake.rules.workflow import State
from clearinghouse.kernel import languages
from clearinghouse.needs import queries as needs
from clearinghouse.notices.models import Notice
from clearinghouse.people.queries import Addressee


def settled(notice: Notice, to: Addressee) -> Mail:
    """To the seat that was written to, or its body's own seats: never to the sender's address."""
    item = item_for(to.actor, subject_of(notice.cause))
    if item.state not in {State.ACCEPTED, State.REFUSED}:
        raise Unseen("it is not settled")
    day = format_date(item.received_on, "long", locale=languages.locale(to.language))
    values = {"day": day, "instrument": item.instrument, "reason": item.reason}
    said = _accepted(item, values) if item.state == State.ACCEPTED else _refused(values)
    return Mail(
        subject=_("What was recorded of your reply"),
        paragraphs=said,
        link=page_at(to.language, f"desk/intake/{item.pk}/"),
        seen_by=_("Your own seats, the committee's Experts and the secretariat."),
    )


def _accepted(item: Item, values: dict[str, Any]) -> tuple[str, ...]:
    head = _("What was received from you on %(day)s was accepted by the secretariat.") % values
    paper = _("It was recorded on this instrument: %(instrument)s.") % values
    lines = "\n".join(_lines(item))
    none = _("Nothing in it had to be recorded; it is filed.")
    amiss = _("If this is not what you meant, reply to this mail.")
    return (head, paper, lines or none, amiss)


def _refused(values: dict[str, Any]) -> tuple[str, ...]:
    return (
        _("What was received from you on %(day)s was not recorded.") % values,
        _("The reason: %(reason)s") % values,
    )


def _lines(item: Item) -> Iterator[str]:
    titles = {r.need.pk.hex[:8]: r.need.titles for r in needs.own_rows(item.body_id)}
    for thing, became in item.recorded_as:
        title = titles.get(thing.removeprefix("N-"), {})
        named = languages.pick(title, languages.DEFAULT)[0] if title else ""
        is_told = became in {FILED, LEFT_OUT}
        heads = [f"{thing}  {named}"] if named else [thing] if is_told else []
        yield "• " + ": ".join([*heads, _(became)])
