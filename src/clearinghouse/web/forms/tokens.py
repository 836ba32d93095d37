"""The form by which a token is made: for which seat, what it may do, for how long."""

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from clearinghouse.kernel.marking import N_
from clearinghouse.people.actions.tokens import LONGEST_LABEL
from clearinghouse.people.rules import LIVES, Scope
from clearinghouse.web.forms.meetings import Plain

SCOPES = {Scope.READ: N_("read what the seat reads"), Scope.CONTRIBUTE: N_("contribute")}


class TokenForm(Plain):
    """One program, one token: so that each can be shut by itself."""

    seat = forms.ChoiceField(label=_("For your seat"))
    label = forms.CharField(
        label=_("What it is for"),
        help_text=_("For example: our database of courses."),
        max_length=LONGEST_LABEL,
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), widget=forms.CheckboxSelectMultiple
    )
    days = forms.ChoiceField(label=_("For how long"))

    def __init__(self, seats: list[tuple[str, str]], *given: object, **more: object) -> None:
        super().__init__(*given, **more)
        choices = {
            "seat": seats,
            "scopes": [(scope.value, gettext(words)) for scope, words in SCOPES.items()],
            "days": [(str(n), ngettext("%(n)s day", "%(n)s days", n) % {"n": n}) for n in LIVES],
        }
        for name, some in choices.items():
            self.fields[name].choices = some  # type: ignore[attr-defined]  # fields of choices
