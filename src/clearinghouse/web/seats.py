"""What a seat is called on a page: the role, its standing, and for whom it is held."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from clearinghouse.access.actor import Role, Standing
from clearinghouse.kernel import languages
from clearinghouse.kernel.marking import N_

if TYPE_CHECKING:
    from clearinghouse.people.models import Proposal, Seat

ROLES: dict[Role, str] = {
    Role.FOCAL_POINT: N_("Focal point"),
    Role.STATE: N_("State"),
    Role.EXPERT: N_("Expert"),
    Role.MEMBER: N_("Member of the committee"),
    Role.SECRETARIAT: N_("Secretariat"),
    Role.AUDITOR: N_("Auditor"),
    Role.ADMINISTRATOR: N_("Administrator"),
}
STANDINGS: dict[Standing, str] = {
    Standing.MAIN: N_("main focal point"),
    Standing.ALTERNATE: N_("alternate focal point"),
    Standing.VALIDATING: N_("validating focal point"),
    Standing.MISSION: N_("permanent mission"),
    Standing.CAPITAL: N_("capital"),
    Standing.CHAIR: N_("Chair"),
    Standing.VICE_CHAIR: N_("Vice-Chair"),
}


def label(seat: "Seat | Proposal", language: str) -> str:
    """For example: "Member of the committee, Chair (Alphaland)"."""
    role = _(ROLES[Role(seat.role)])
    if seat.standing:
        role = _("%(role)s, %(standing)s") % {
            "role": role,
            "standing": _(STANDINGS[Standing(seat.standing)]),
        }
    if seat.body is None:
        return role
    body = languages.pick(seat.body.names, language)[0]
    return _("%(seat)s (%(body)s)") % {"seat": role, "body": body}
