"""What a mission is told of replying: its own needs by their codes, and the form to send back."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from clearinghouse.access.actor import Role, Standing
from clearinghouse.crossings.mails.mail import Attachment
from clearinghouse.files.rules import ALLOWED, Type
from clearinghouse.intake.forms import FORMATS, prefilled
from clearinghouse.intake.rules.replies import code_of
from clearinghouse.kernel import languages
from clearinghouse.mandate import queries as mandate
from clearinghouse.needs.rules import STATUS_WORDS, Status
from clearinghouse.notices.models import Notice
from clearinghouse.notices.rules import reference_of
from clearinghouse.people.queries import Addressee
from clearinghouse.submissions.rules.kinds import Kind

Rows = Iterable[Mapping[str, Any]]


def own(rows: Rows, to: Addressee) -> list[Mapping[str, Any]]:
    """Of the rows of a rendition, those of the State whose mission is written to."""
    if to.body is None or not to.actor.stands_as(Role.STATE, Standing.MISSION):
        return []
    return [row for row in rows if row["state"] == to.body.code]


def how_to_reply(rows: Rows, to: Addressee) -> tuple[str, ...]:
    """Paragraphs of a mail: each own need with its code, and what may be written about it."""
    mine = own(rows, to)
    if not mine:
        return ()
    areas = {a.code: languages.pick(a.title, to.language)[0] for a in mandate.areas()}
    listed = "\n".join(_line(row, areas, to.language) for row in mine)
    return (
        _("Your State's own needs in it, each with its code:"),
        listed,
        _(
            "To confirm, correct or withdraw one, reply to this mail with a line for each thing,"
            " beginning with the code. Nothing is recorded until the secretariat has accepted"
            " your reply; you will be told what was. For example, with the code in place of N-…:"
        ),
        "    N-… confirmed\n    N-… rough cost: USD 20,000\n    N-… withdrawn",
    )


def form(rows: Rows, to: Addressee, notice: Notice) -> tuple[Attachment, ...]:
    """The same needs as a spreadsheet to send back, for a mission that receives attachments."""
    if to.body is None or not own(rows, to):
        return ()
    made = prefilled(Kind.NEED, to.body, reference_of(notice.name), to.language)
    name = f"needs-{to.body.code.lower()}.xlsx"
    return (Attachment(name, ALLOWED[Type.XLSX].media, FORMATS["xlsx"](made)),)


def _line(row: Mapping[str, Any], areas: Mapping[str, str], language: str) -> str:
    values = {
        "code": code_of(row["id"]),
        "area": areas.get(row["area"], row["area"]),
        "title": languages.pick(row["title"], language)[0],
        "status": _(STATUS_WORDS[Status(row["status"])]),
    }
    return _("• %(code)s  %(area)s: %(title)s (%(status)s)") % values
