"""The form that gives a seat: who, in which role, for which body, on which paper."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from clearinghouse.access.actor import Role, Standing
from clearinghouse.kernel import languages
from clearinghouse.kernel.marking import N_
from clearinghouse.mandate import queries as mandate
from clearinghouse.people import rules
from clearinghouse.people.actions import Naming, Resetting
from clearinghouse.people.rules import RESETS, Matter
from clearinghouse.web import seats
from clearinghouse.web.forms.inputs import select
from clearinghouse.web.forms.vocabulary import Vocabulary

MATTERS: dict[Matter, str] = {
    Matter.SEAT: N_("Seat"),
    Matter.PASSWORD: N_("New password, by a link"),
    Matter.ADDRESS: N_("Another e-mail address"),
    Matter.FACTOR: N_("Second factor taken away"),
}

if TYPE_CHECKING:
    from clearinghouse.mandate.models import Body


class SeatForm(forms.Form):
    """A seat as an administrator gives it. The rules of seats are those of the room."""

    use_required_attribute = False

    name = forms.CharField(label=_("Name of the person"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The person signs in with it. One that has an account already keeps it."),
    )
    language = forms.ChoiceField(
        label=_("Language of the mails"),
        choices=[(each.code, each.name) for each in languages.OFFICIAL],
        initial=languages.DEFAULT,
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=[(r.value, gettext_lazy(seats.ROLES[r])) for r in Role]
    )
    standing = forms.ChoiceField(
        label=_("Standing"),
        help_text=_("For a focal point, a State or a member of the committee."),
        required=False,
        choices=[("", "—"), *((s.value, gettext_lazy(w)) for s, w in seats.STANDINGS.items())],
    )
    body = forms.ChoiceField(
        label=_("State or organisation"),
        help_text=_("For a focal point, a State or a member of the committee."),
        required=False,
    )
    instrument = forms.CharField(
        label=_("The paper that names the person"),
        help_text=_("For example: note verbale 12/2003 of 4 March 2003."),
        max_length=300,
    )

    def __init__(self, words: Vocabulary, data: QueryDict | None = None) -> None:
        super().__init__(data=data)
        states, organisations = list(mandate.states()), list(mandate.organisations())
        self.bodies = {b.code: b for b in (*states, *organisations)}
        listed = [*words.by_name(organisations), *words.by_name(states)]
        self.fields["body"].choices = [("", "—"), *listed]  # type: ignore[attr-defined]  # a field of choices
        self.fields["role"].widget = select(self.fields["role"].choices)  # type: ignore[attr-defined]  # a field of choices
        for each in self.fields.values():
            each.widget.attrs.pop("maxlength", None)  # cutting a pasted text loses its end

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        role = given.get("role")
        if role:
            standing = Standing(given.get("standing") or "")
            self._hold_against_the_rules(Role(role), standing, self.chosen())
        return given

    def chosen(self) -> "Body | None":
        return self.bodies.get(self.cleaned_data.get("body") or "")

    def naming(self) -> Naming:
        given = self.cleaned_data
        return Naming(
            role=Role(given["role"]),
            standing=Standing(given["standing"]),
            body=self.chosen(),
            instrument=given["instrument"],
        )

    def _hold_against_the_rules(self, role: Role, standing: Standing, body: "Body | None") -> None:
        """The room's own checks, said beside the field and in the reader's language."""
        values = {"role": gettext(seats.ROLES[role])}
        if rules.BODY_NEEDED[role] != (body is not None):
            wanted = _("Name the body that a seat as %(role)s is held for.")
            unwanted = _("A seat as %(role)s is held for no body: leave this blank.")
            self.add_error("body", (unwanted if body else wanted) % values)
        elif body and (role in {Role.STATE, Role.MEMBER}) != body.is_state:
            self.add_error("body", _("This is not the body of a seat as %(role)s.") % values)
        if standing not in rules.STANDINGS[role]:
            allowed = [gettext(seats.STANDINGS[s]) for s in rules.STANDINGS[role] if s]
            said = _("One of these goes with the role: %(allowed)s.") % {
                "allowed": ", ".join(sorted(allowed)) or "—"
            }
            self.add_error("standing", said)


class ResetForm(forms.Form):
    """What of an account is reset, and on the strength of what."""

    use_required_attribute = False

    matter = forms.ChoiceField(
        label=_("What is reset"), choices=[(m.value, gettext_lazy(MATTERS[m])) for m in RESETS]
    )
    address = forms.EmailField(
        label=_("The new e-mail address"),
        help_text=_("For another address only."),
        required=False,
    )
    instrument = forms.CharField(
        label=_("Why, or on which paper"),
        help_text=_("For example: telephone lost, reported in person on 4 March 2003."),
        max_length=300,
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data=data)
        self.fields["instrument"].widget.attrs.pop("maxlength", None)  # as above

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        wanted = given.get("matter") == Matter.ADDRESS
        if wanted and not given.get("address") and "address" not in self.errors:
            self.add_error("address", _("Give the new address."))
        return given

    def resetting(self) -> Resetting:
        given = self.cleaned_data
        is_address = given["matter"] == Matter.ADDRESS
        return Resetting(
            matter=Matter(given["matter"]),
            address=given["address"] if is_address else "",
            instrument=given["instrument"],
        )
