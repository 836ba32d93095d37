"""What a contribution says, field by field, read out in the reader's language."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from clearinghouse.kernel import languages
from clearinghouse.submissions.rules.fields import Field, Type
from clearinghouse.web import dates
from clearinghouse.web.forms.vocabulary import Vocabulary
from clearinghouse.web.parts import Cell, Term, Text

Values = Sequence[Cell | Text]


def terms(asked: Iterable[Field], content: Mapping[str, Any], words: Vocabulary) -> list[Term]:
    return [Term(_(f.label), values(f, content.get(f.name), words)) for f in asked]


def values(each: Field, value: Any, words: Vocabulary) -> Values:
    """How the value of one field is read out; nothing where there is none.

    Of a checklist what was not answered is read out too.
    """
    return SHOWN[each.type](each, value or {}, words) if value or each.questions else []


def texts(value: Mapping[str, str], language: str) -> list[Cell]:
    """Every language it was given in, the reader's and English first, a cell a paragraph."""
    first = [code for code in (language, languages.DEFAULT) if code in value]
    order = dict.fromkeys([*first, *sorted(value)])
    return [
        Cell(line, language="" if code == language else code)
        for code in order
        for line in value[code].split("\n")
        if line.strip()
    ]


def _plain(_each: Field, value: Any, _words: Vocabulary) -> Values:
    return [str(value)]


def _texts(_each: Field, value: Any, words: Vocabulary) -> Values:
    return texts(value, words.language)


def _choice(each: Field, value: Any, _words: Vocabulary) -> Values:
    return [_(each.choices.get(str(value), str(value)))]


def _date(_each: Field, value: Any, words: Vocabulary) -> Values:
    return [dates.partial(value, words.language)]


def _url(_each: Field, value: Any, _words: Vocabulary) -> Values:
    return [Cell(value, url=value)]


def _languages(_each: Field, value: Any, _words: Vocabulary) -> Values:
    return [Cell(languages.BY_CODE[code].name, language=code) for code in value]


def _area(_each: Field, value: Any, words: Vocabulary) -> Values:
    return [words.areas.get(value, value)]


def _areas(_each: Field, value: Any, words: Vocabulary) -> Values:
    return [words.areas.get(code, code) for code in value]


def _obligations(_each: Field, value: Any, words: Vocabulary) -> Values:
    return [obligation(b["ref"], words, b.get("pinpoint", "")) for b in value]


def obligation(ref: str, words: Vocabulary, note: str = "") -> Cell:
    """A paragraph by number and short title, in the language the title is in."""
    title = words.obligations.get(ref, Cell(""))
    return Cell(f"{ref} {title.text}".strip(), language=title.language, note=note)


def _providers(_each: Field, value: Any, words: Vocabulary) -> Values:
    return [words.providers.get(code, code) for code in value]


def _email(_each: Field, value: Any, _words: Vocabulary) -> Values:
    return [Cell(value, url=f"mailto:{value}")]


def _state(_each: Field, value: Any, words: Vocabulary) -> Values:
    return [words.states.get(value, value)]


def _states(_each: Field, value: Any, words: Vocabulary) -> Values:
    return [words.states.get(code, code) for code in value]


def _regions(_each: Field, value: Any, words: Vocabulary) -> Values:
    return [words.regions.get(code, code) for code in value]


def _checklist(each: Field, value: Any, _words: Vocabulary) -> Values:
    """Every question: one left open says so."""
    left = _("not answered")
    return [
        Cell(_(each.choices[value[q]]) if q in value else left, note=_(asked))
        for q, asked in each.questions.items()
    ]


def _lines(_each: Field, value: Any, _words: Vocabulary) -> Values:
    return list(value)


def _milestones(_each: Field, value: Any, words: Vocabulary) -> Values:
    return [f"{dates.partial(one['date'], words.language)}: {one['what']}" for one in value]


SHOWN: dict[Type, Callable[[Field, Any, Vocabulary], Values]] = {
    Type.TEXT: _plain,
    Type.TEXTS: _texts,
    Type.LONG_TEXTS: _texts,
    Type.CHOICE: _choice,
    Type.NUMBER: _choice,
    Type.DATE: _date,
    Type.URL: _url,
    Type.LANGUAGES: _languages,
    Type.AREA: _area,
    Type.AREAS: _areas,
    Type.OBLIGATIONS: _obligations,
    Type.PROVIDERS: _providers,
    Type.EMAIL: _email,
    Type.STATE: _state,
    Type.STATES: _states,
    Type.REGIONS: _regions,
    Type.CHECKLIST: _checklist,
    Type.LINES: _lines,
    Type.MILESTONES: _milestones,
}


def read_out(each: Field, value: Any, words: Vocabulary) -> Cell:
    """All of it in one cell, each language with its name where there are several."""
    if isinstance(value, dict) and not each.questions:
        parts = [f"[{code}] {text}" if len(value) > 1 else text for code, text in value.items()]
        return Cell("\n".join(parts))
    cells = values(each, value, words)
    return Cell("; ".join(_text(one) for one in cells)) if cells else Cell("", note=_("blank"))


def _text(one: Cell | Text) -> str:
    if not isinstance(one, Cell):
        return str(one)
    return f"{one.note} {one.text}" if one.note else str(one.text)
