"""The inputs that fields are made of: they carry what was typed, and judge nothing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from clearinghouse.kernel import languages
from clearinghouse.search.rules import fold
from clearinghouse.submissions.rules import cells
from clearinghouse.submissions.rules.fields import OFFICIAL, Field, Type
from clearinghouse.web.forms.vocabulary import Choice, Vocabulary
from clearinghouse.web.parts import Cell

FEW = 6  # choices that are laid open; more fold into a list
BLANK: Choice = ("", "")


class Typed(forms.Field):
    """Hands on what was typed. `required` only says what is marked as optional."""

    def clean(self, value: Any) -> Any:
        return value


class Ticked(Typed):
    """Obligations as they were ticked, with the pinpoint beside each."""

    def clean(self, value: Any) -> Any:
        kept = [line for line in value or () if line.get("ticked", True)]
        return [{k: v for k, v in line.items() if k != "ticked"} for line in kept]


class _Set(forms.Widget):
    """Several inputs under one legend, laid out by a template of ours."""

    template_name: str
    use_fieldset = True

    def id_for_label(self, id_: str) -> str:
        del id_
        return ""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        del renderer
        return render_to_string(self.template_name, self.get_context(name, value, attrs))


class TextsInput(_Set):
    """One input per language: the reader's and English first, the others folded."""

    template_name = "desk/widgets/texts.html"

    def __init__(self, *, lines: bool) -> None:
        super().__init__()
        self.lines = lines

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        del files
        return {code: data.get(f"{name}-{code}", "") for code in OFFICIAL}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        texts, given = value or {}, attrs or {}
        first = [c for c in dict.fromkeys((get_language(), languages.DEFAULT)) if c in OFFICIAL]
        order = [*first, *(c for c in OFFICIAL if c not in first)]
        each = [
            {
                "name": f"{name}-{code}",
                "id": f"{given.get('id', name)}_{number}",
                "language": languages.BY_CODE[str(code)],
                "text": texts.get(code, ""),
            }
            for number, code in enumerate(order)
        ]
        shown, folded = each[: len(first)], each[len(first) :]
        return {
            "lines": self.lines,
            "shown": shown,
            "folded": folded,
            "open": any(one["text"] for one in folded),
            "invalid": "aria-invalid" in given,
            "disabled": "disabled" in given,
        }


class ObligationsInput(_Set):
    """A box per paragraph with its title and, where asked for, a pinpoint beside it."""

    template_name = "desk/widgets/obligations.html"

    def __init__(self, titles: Mapping[str, Cell], *, pinpoints: bool) -> None:
        super().__init__()
        self.titles, self.pinpoints = titles, pinpoints

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        del files
        ticked = list(dict.fromkeys(data.getlist(name)))
        refs = [*ticked, *(r for r in self.titles if r not in ticked)]
        lines = [{"ref": r, "pinpoint": data.get(at(name, r), "")} for r in refs]
        return [
            line | {"ticked": line["ref"] in ticked}
            for line in lines
            if line["ref"] in ticked or line["pinpoint"].strip()
        ]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        kept = {line["ref"]: line for line in value or ()}
        given = attrs or {}
        lines = [
            {
                "id": f"{given.get('id', name)}_{number}",
                "ref": ref,
                "title": title,
                "is_ticked": ref in kept and kept[ref].get("ticked", True),
                "at": at(name, ref),
                "pinpoint": kept.get(ref, {}).get("pinpoint", ""),
            }
            for number, (ref, title) in enumerate(self.titles.items())
        ]
        told = {"name": name, "lines": lines, "pinpoints": self.pinpoints}
        return told | {"disabled": "disabled" in given}


class ChecklistInput(_Set):
    """Each question with a list of its answers; any may be left unanswered."""

    template_name = "desk/widgets/checklist.html"

    def __init__(self, each: Field) -> None:
        super().__init__()
        self.each = each

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        del files
        return {q: data.get(f"{name}-{q}", "") for q in self.each.questions}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        answers, given = value or {}, attrs or {}
        choices = [(value, gettext(label)) for value, label in self.each.choices.items()]
        return {
            "choices": choices,
            "lines": [
                {
                    "id": f"{given.get('id', name)}_{number}",
                    "name": f"{name}-{question}",
                    "asked": gettext(asked),
                    "answer": answers.get(question, ""),
                }
                for number, (question, asked) in enumerate(self.each.questions.items())
            ],
        }


class LinesInput(forms.Textarea):
    """A line for each."""

    def format_value(self, value: Any) -> str:
        return cells.TOLD[Type.LINES](value) if isinstance(value, list) else str(value or "")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        del files
        return cells.READ[Type.LINES](str(data.get(name, "")))


class MilestonesInput(forms.Textarea):
    """A line for each: its date, a colon, what it is."""

    def format_value(self, value: Any) -> str:
        return cells.milestones_told(value) if isinstance(value, list) else str(value or "")

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        del files
        return cells.milestones_read(str(data.get(name, "")))


class BoxesInput(forms.CheckboxSelectMultiple):
    """Boxes that take a list as it was stored."""


def at(name: str, ref: str) -> str:
    """What the pinpoint's input beside a paragraph is called."""
    return f"{name}-at-{ref}"


def select(choices: Sequence[Choice], *, blank: str = "") -> forms.Select:
    """A list that begins with nothing chosen."""
    return forms.Select(choices=[("", blank or gettext("Choose …")), *choices])


def _text(each: Field, _words: Vocabulary) -> forms.Widget:
    return forms.TextInput(attrs={"dir": "auto"} if each.type == Type.TEXT else {})


def _address(_each: Field, _words: Vocabulary) -> forms.Widget:
    return forms.URLInput(attrs={"dir": "ltr", "placeholder": "https://"})


def _date(_each: Field, _words: Vocabulary) -> forms.Widget:
    return forms.TextInput(attrs={"dir": "ltr", "size": 12, "inputmode": "numeric"})


def _choice(each: Field, _words: Vocabulary) -> forms.Widget:
    choices = [(value, gettext(label)) for value, label in each.choices.items()]
    if len(choices) <= FEW and each.required:
        return forms.RadioSelect(choices=choices)
    return select(sorted(choices, key=lambda c: fold(c[1])), blank="" if each.required else "—")


def _paragraphs(each: Field, words: Vocabulary) -> forms.Widget:
    return ObligationsInput(words.obligations, pinpoints=each.pinpoints)


def _list(choices: Mapping[str, str]) -> forms.Widget:
    """Many to choose from, several of them."""
    return forms.SelectMultiple(choices=list(choices.items()), attrs={"size": 8})


def _spoken(_each: Field, _words: Vocabulary) -> forms.Widget:
    return BoxesInput(choices=[(each.code, each.name) for each in languages.OFFICIAL])


WIDGETS: dict[Type, Callable[[Field, Vocabulary], forms.Widget]] = {
    Type.TEXT: _text,
    Type.TEXTS: lambda _each, _words: TextsInput(lines=False),
    Type.LONG_TEXTS: lambda _each, _words: TextsInput(lines=True),
    Type.CHOICE: _choice,
    Type.NUMBER: _choice,
    Type.DATE: _date,
    Type.URL: _address,
    Type.LANGUAGES: _spoken,
    Type.AREA: lambda _each, words: select(list(words.areas.items())),
    Type.AREAS: lambda _each, words: BoxesInput(choices=list(words.areas.items())),
    Type.OBLIGATIONS: _paragraphs,
    Type.PROVIDERS: lambda _each, words: BoxesInput(choices=list(words.providers.items())),
    Type.EMAIL: lambda _each, _words: forms.EmailInput(attrs={"dir": "ltr"}),
    Type.STATE: lambda _each, words: select(list(words.states.items())),
    Type.STATES: lambda _each, words: _list(words.states),
    Type.REGIONS: lambda _each, words: _list(words.regions),
    Type.CHECKLIST: lambda each, _words: ChecklistInput(each),
    Type.LINES: lambda _each, _words: LinesInput(attrs={"rows": 4, "dir": "auto"}),
    Type.MILESTONES: lambda _each, _words: MilestonesInput(attrs={"rows": 4, "dir": "auto"}),
}


def input_for(each: Field, words: Vocabulary) -> forms.Field:
    """The input of one field of a definition, named and explained in the reader's language."""
    kind = Ticked if each.type == Type.OBLIGATIONS else Typed
    return kind(
        label=_(each.label),
        help_text=_(each.hint) if each.hint else "",
        required=each.required,
        widget=WIDGETS[each.type](each, words),
    )


def names_of(each: Field, words: Vocabulary) -> set[str]:
    """What the inputs of one field are called when they are sent."""
    if each.type in {Type.TEXTS, Type.LONG_TEXTS}:
        return {f"{each.name}-{code}" for code in OFFICIAL}
    if each.pinpoints:
        return {each.name, *(at(each.name, ref) for ref in words.obligations)}
    if each.type == Type.CHECKLIST:
        return {f"{each.name}-{question}" for question in each.questions}
    return {each.name}
