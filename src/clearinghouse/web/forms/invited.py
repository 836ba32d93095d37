"""The form by which a body says itself that it does not contribute."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clearinghouse.outreach.rules import LONGEST_WHY
from clearinghouse.web.forms.meetings import Plain


class DeclineForm(Plain):
    """Why not."""

    because = forms.CharField(
        label=_("We cannot contribute, because"),
        help_text=_("Read by the secretariat and the Experts, and by the seats of your body."),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
