"""The small forms of signing in: an address, a new password typed twice, a code."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

LONGEST = 200


def _secret(autocomplete: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": autocomplete, "dir": "ltr"})


class AddressForm(forms.Form):
    """Where a link for a new password is to be sent."""

    use_required_attribute = False

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "dir": "ltr"}),
    )


class NewPasswordForm(forms.Form):
    """A password typed twice; what makes one too weak is said by the room."""

    use_required_attribute = False

    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least 12 characters. Several words are easy to keep and hard to guess."),
        max_length=LONGEST,
        strip=False,
        widget=_secret("new-password"),
    )
    again = forms.CharField(
        label=_("The new password again"),
        max_length=LONGEST,
        strip=False,
        widget=_secret("new-password"),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data=data)
        for each in self.fields.values():
            each.widget.attrs.pop("maxlength", None)  # cutting a pasted text loses its end

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors and given.get("password") != given.get("again"):
            self.add_error("again", _("The two are not the same."))
        return given


class ChangePasswordForm(NewPasswordForm):
    """Whoever changes a password gives the present one."""

    field_order = ("present", "password", "again")

    present = forms.CharField(
        label=_("Your present password"),
        max_length=LONGEST,
        strip=False,
        widget=_secret("current-password"),
    )
