"""The form of the page /patterns: one field of each kind, as it is seen first, again, and shut."""

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from clearinghouse.web.forms.inputs import ObligationsInput, TextsInput, Typed
from clearinghouse.web.parts import Cell

NATURES = [("treaty", _("Treaty")), ("recommendation", _("Recommendation"))]
AREAS = [("borders", _("Border control")), ("finance", _("Finance"))]
BODIES = [("", _("Choose …")), ("sample", _("A sample organisation"))]
TITLES = {"1(a)": Cell(_("A sample paragraph")), "2(e)": Cell(_("Another sample paragraph"))}


class SpecimenForm(forms.Form):
    """A form with one field of each kind that pages use."""

    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("As it is published."))
    summary = forms.CharField(label=_("Summary"), widget=forms.Textarea, required=False)
    edition = forms.IntegerField(label=_("Edition"), min_value=1, required=False)
    issued = forms.DateField(
        label=_("Issued on"),
        help_text=_("Written as 2026-03-06."),
        widget=forms.DateInput(attrs={"dir": "ltr", "size": 12, "inputmode": "numeric"}),
    )
    link = forms.URLField(
        label=_("Address on the web"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr", "placeholder": "https://"}),
    )
    nature = forms.ChoiceField(
        label=_("Legal nature"),
        choices=NATURES,
        widget=forms.RadioSelect,
        help_text=_("If in doubt, ask the originator."),
    )
    areas = forms.MultipleChoiceField(
        label=_("Subjects"),
        choices=AREAS,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As many as it bears on."),
        required=False,
    )
    organisation = forms.ChoiceField(label=_("Organisation"), choices=BODIES)
    named = Typed(
        label=_("Name in each language"),
        help_text=_("In one language at least."),
        widget=TextsInput(lines=False),
    )
    paragraphs = Typed(
        label=_("Paragraphs of the resolution"),
        required=False,
        widget=ObligationsInput(TITLES, pinpoints=True),
    )
    paper = forms.FileField(
        label=_("The paper"), help_text=_("A PDF, at most 10 MB."), required=False
    )
    agreed = forms.BooleanField(label=_("I have read how entries are listed"))
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least twelve characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


def plain_form() -> SpecimenForm:
    """Nothing typed yet: what is not marked as optional is required."""
    return SpecimenForm(prefix="plain")


def faulty_form() -> SpecimenForm:
    """As it comes back: something is wrong with every field, and what was typed is kept."""
    data = {
        "title": "",
        "edition": "-3",
        "issued": "6 March",
        "link": "https://example.org/",
        "nature": "x",
    }
    data |= {"areas": "x", "named-fr": "Règles types"}
    sent = MultiValueDict({f"faulty-{name}": [said] for name, said in data.items()})
    form = SpecimenForm(sent, prefix="faulty")
    form.add_error(None, _("The edition is older than the one that is listed."))
    for name in form.fields:
        if name not in form.errors:
            form.add_error(name, _("This does not fit what stands above."))
    return form


def disabled_form() -> SpecimenForm:
    """What may be seen and not be changed."""
    initial = {
        "title": "Model rules", "summary": "In short.", "edition": 2, "issued": "2003-03-06",
        "link": "https://example.org/", "nature": "treaty", "areas": ["borders"],
        "organisation": "sample", "named": {"en": "Model rules"}, "agreed": True,
        "paragraphs": [{"ref": "1(a)", "pinpoint": "article 2"}],
    }  # fmt: skip
    form = SpecimenForm(prefix="disabled", initial=initial)
    for each in form.fields.values():
        each.disabled = True
    return form
