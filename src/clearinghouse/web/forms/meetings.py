"""The forms about meetings: what one is called, when it is, its agenda, documents and guests."""

from datetime import time
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clearinghouse.files.actions import Offered
from clearinghouse.kernel import languages
from clearinghouse.mandate import queries as mandate
from clearinghouse.mandate.rules import MeetingKind
from clearinghouse.meetings.actions.around import Reference
from clearinghouse.meetings.actions.meetings import Wording
from clearinghouse.meetings.rules import CODE, Answer, Delegate, When, delegates, faults_of
from clearinghouse.web import wording
from clearinghouse.web.forms.inputs import TextsInput, select
from clearinghouse.web.forms.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clearinghouse.mandate.models import Body, Meeting

LONGEST_TITLE = 300
_PLACES = ("Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/",
           "Europe/", "Indian/", "Pacific/")  # fmt: skip  # the zones that are called after places


def zones() -> list[tuple[str, str]]:
    """The zones called after a city, by name."""
    return [(zone, zone) for zone in sorted(available_timezones()) if zone.startswith(_PLACES)]


class Texts(forms.Field):
    """The same words by language; one language at least where it is required."""

    def __init__(self, *, longest: int = LONGEST_TITLE, **more: Any) -> None:
        super().__init__(**more)
        self.longest = longest

    def clean(self, value: Any) -> Any:
        kept = {code: str(said).strip() for code, said in (value or {}).items()}
        kept = {code: said for code, said in kept.items() if said}
        for said in kept.values():
            ProhibitNullCharactersValidator()(said)
        if self.required and not kept:
            raise forms.ValidationError(gettext("Write it in one language at least."))
        if any(len(said) > self.longest for said in kept.values()):
            told = gettext("At most %(count)s signs in each language.")
            raise forms.ValidationError(told % {"count": self.longest})
        return kept


class Plain(forms.Form):
    """A form that never cuts what is pasted, and leaves judging to the server."""

    use_required_attribute = False

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for each in self.fields.values():
            each.widget.attrs.pop("maxlength", None)

    def take(self, faults: "Mapping[str, Sequence[str]]") -> None:
        """What the room refused, beside its field."""
        for name, sentences in faults.items():
            for said in sentences:
                self.add_error(name if name in self.fields else None, said)


class WhenForm(Plain):
    """The days of a meeting, and its hours by the clock of the place."""

    starts = forms.CharField(
        label=_("First day"),
        help_text=_("As 2027-03-06, or less of it where less is known: 2027-03."),
        max_length=10,
    )
    ends = forms.CharField(label=_("Last day"), required=False, max_length=10)
    opens = forms.TimeField(
        label=_("Opens at"), help_text=_("By the clock of the place, as 10:00."), required=False
    )
    closes = forms.TimeField(label=_("Closes at"), required=False)
    time_zone = forms.ChoiceField(
        label=_("The clock of the place"), choices=zones, initial="America/New_York"
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.errors:
            for name, said in faults_of(self.when()).items():
                self.add_error(name, gettext(said))
        return given

    def when(self) -> When:
        given = self.cleaned_data
        return When(**{name: given[name] for name in WhenForm.base_fields})


def when_given(meeting: "Meeting") -> dict[str, str | time | None]:
    return {name: getattr(meeting, name) for name in WhenForm.base_fields}


class MeetingForm(Plain):
    """What a meeting is called, where it is and who invites: all but its days."""

    title = Texts(label=_("Title"), widget=TextsInput(lines=False))
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(k.value, _(wording.MEETING_KINDS[k])) for k in MeetingKind]
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    host = forms.CharField(label=_("Who invites"), required=False, max_length=200)
    source = forms.CharField(
        label=_("The paper or page that says so"), required=False, max_length=500
    )

    def said(self) -> Wording:
        given = self.cleaned_data
        return Wording(
            kind=MeetingKind(given["kind"]),
            title=given["title"],
            place=given["place"],
            host=given["host"],
            source=given["source"],
        )


class NewMeetingForm(MeetingForm, WhenForm):
    """A meeting as the secretariat first enters it."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("Part of its address, for good: as vienna-2027."),
        max_length=60,
    )

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if not CODE.fullmatch(code):
            raise forms.ValidationError(gettext("Small letters, digits and hyphens alone."))
        if any(m.code == code for m in mandate.meetings()):
            raise forms.ValidationError(gettext("Another meeting has this code."))
        return code


class AgendaForm(Plain):
    """The agenda, an item a line."""

    lines = forms.CharField(
        label=_("Agenda, an item a line"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )

    def items(self) -> list[str]:
        lines = (line.strip() for line in self.cleaned_data["lines"].splitlines())
        return [line for line in lines if line]


class FileForm(Plain):
    """The file of a document, and the language it is written in."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "PDF, DOCX, XLSX, CSV, TXT, PNG or JPEG. What a file tells of persons beside its"
            " content is taken out of the copy that readers get, as far as its type allows."
        ),
    )
    written_in = forms.ChoiceField(
        label=_("Language of the file"),
        choices=[("", _("not said")), *((x.code, x.name) for x in languages.OFFICIAL)],
        required=False,
    )

    def offered(self) -> Offered | None:
        sent, language = self.cleaned_data["file"], self.cleaned_data["written_in"]
        if not sent:
            return None
        return Offered(name=sent.name or "", content=sent.read(), language=language)


class DocumentForm(FileForm):
    """A document by its title, its symbol and where it is found, or the file of it."""

    title = Texts(label=_("Title"), widget=TextsInput(lines=False))
    symbol = forms.CharField(label=_("Symbol"), required=False, max_length=80)
    url = forms.URLField(
        label=_("Where it is found"), required=False, max_length=500, assume_scheme="https"
    )
    is_restricted = forms.BooleanField(
        label=_("Restricted: only for the committee, those who serve it and those invited"),
        required=False,
        initial=True,
    )
    field_order = ("title", "symbol", "file", "written_in", "url", "is_restricted")

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["file"].required = False

    def said(self) -> Reference:
        given = self.cleaned_data
        return Reference(
            titles=given["title"],
            symbol=given["symbol"],
            url=given["url"],
            is_restricted=given["is_restricted"],
            file=self.offered(),
        )


class InviteForm(Plain):
    """Which State or organisation is invited."""

    body = forms.ChoiceField(label=_("State or organisation"))

    def __init__(self, words: Vocabulary, data: QueryDict | None = None) -> None:
        super().__init__(data=data)
        states, organisations = list(mandate.states()), list(mandate.organisations())
        self.bodies = {b.code: b for b in (*states, *organisations)}
        listed = [*words.by_name(organisations), *words.by_name(states)]
        self.fields["body"].choices = listed  # type: ignore[attr-defined]  # a field of choices
        self.fields["body"].widget = select(listed)

    def chosen(self) -> "Body":
        return self.bodies[self.cleaned_data["body"]]


class AnswerForm(Plain):
    """What an invited body answered, and whom it sends."""

    answer = forms.ChoiceField(
        label=_("Its answer"), choices=[(a.value, _(wording.ANSWERS[a])) for a in Answer]
    )
    names = forms.CharField(
        label=_("Whom it sends, a name a line"),
        help_text=_("The name; behind a semicolon the function, as far as it was given."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class ReplyForm(Plain):
    """Whether a body comes, and whom it sends, in its own words."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[
            (Answer.ATTENDS.value, _("We come")),
            (Answer.DECLINES.value, _("We do not come")),
        ],
        widget=forms.RadioSelect,
    )
    names = forms.CharField(
        label=_("Whom you send, a person a line"),
        help_text=_(
            "If you come. The name, a semicolon, the function: A. Person; Director, Border Police"
        ),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def said(self) -> tuple[Answer, list[Delegate]]:
        given = self.cleaned_data
        return Answer(given["answer"]), delegates(given["names"])
