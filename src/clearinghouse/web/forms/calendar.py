"""The forms of the calendar and of one's own settings: holidays, clock and language."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clearinghouse.kernel import languages
from clearinghouse.web.forms.meetings import Plain, zones

SATURDAY = 5  # as date.weekday() counts


class HolidayForm(Plain):
    """A holiday on the working day on which it is observed."""

    duty_station = forms.CharField(label=_("Duty station"), max_length=60)
    date = forms.DateField(
        label=_("Day on which it is observed"),
        help_text=_("As 2027-03-26."),
        input_formats=["%Y-%m-%d"],
    )
    name = forms.CharField(label=_("Name"), max_length=120)
    source = forms.CharField(
        label=_("The paper that says so"),
        help_text=_("For example: the yearly information circular, by its symbol."),
        max_length=300,
    )

    def clean_date(self) -> object:
        day = self.cleaned_data["date"]
        if day.weekday() >= SATURDAY:
            raise forms.ValidationError(
                gettext("This is a weekend. Give the working day on which it is observed.")
            )
        return day


class SettingsForm(Plain):
    """By whose clock, and in which language, somebody is written to."""

    language = forms.ChoiceField(
        label=_("Language of the mails"),
        choices=[(each.code, each.name) for each in languages.OFFICIAL],
    )
    time_zone = forms.ChoiceField(
        label=_("Your clock"),
        help_text=_("Deadlines are shown by New York's clock and by this one."),
        choices=zones,
    )


class KeyForm(Plain):
    """For which of one's seats a calendar's address is made."""

    seat = forms.ChoiceField(label=_("For your seat"))

    def __init__(self, seats: list[tuple[str, str]], *given: object, **more: object) -> None:
        super().__init__(*given, **more)
        self.fields["seat"].choices = seats  # type: ignore[attr-defined]  # a field of choices
