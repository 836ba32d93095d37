"""The JSON Schema 2020-12 of a kind, made from its definition, in the reader's words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from clearinghouse.submissions.rules.fields import OFFICIAL, Field, Known, Type
from clearinghouse.submissions.rules.kinds import Definition

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PARTIAL_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
Say = Callable[[str], str]
Schema = dict[str, Any]


def schema(definition: Definition, known: Known, address: str, say: Say) -> Schema:
    """One record, or a list of them; `address` is where this schema is published."""
    return {
        "$schema": DIALECT,
        "$id": address,
        "title": say(definition.name),
        "description": say(definition.about),
        "oneOf": [
            {"$ref": "#/$defs/record"},
            {"type": "array", "items": {"$ref": "#/$defs/record"}, "minItems": 1},
        ],
        "$defs": {"record": _record(definition, known, say)},
    }


def _record(definition: Definition, known: Known, say: Say) -> Schema:
    properties = {
        each.name: _described(each, say) | OF_TYPE[each.type](each, known)
        for each in definition.fields
    }
    code = {"type": "string", "description": say(ENTRY_SAYS)}
    return {
        "type": "object",
        "properties": {"entry": code, **properties},
        "required": [each.name for each in definition.fields if each.required],
        "additionalProperties": False,
    }


ENTRY_SAYS = "Code of the entry here that this changes; leave it out for a new one."


def _described(each: Field, say: Say) -> Schema:
    hint = {"description": say(each.hint)} if each.hint else {}
    return {"title": say(each.label)} | hint


def _text(each: Field, _: Known) -> Schema:
    return {"type": "string", "maxLength": each.longest}


def _texts(each: Field, _: Known) -> Schema:
    texts = {code: {"type": "string", "maxLength": each.longest} for code in OFFICIAL}
    return {
        "type": "object",
        "properties": texts,
        "additionalProperties": False,
        "minProperties": 1,
    }


def _choice(each: Field, _: Known) -> Schema:
    return {"enum": list(each.choices)}


def _among(values: Sequence[str]) -> Schema:
    return {"type": "array", "items": {"enum": sorted(values)}, "uniqueItems": True}


def _obligations(each: Field, known: Known) -> Schema:
    one = {
        "type": "object",
        "properties": {
            "ref": {"enum": sorted(known.obligations)},
            "pinpoint": {"type": "string", "maxLength": each.longest},
        },
        "required": ["ref"],
        "additionalProperties": False,
    }
    return {"type": "array", "items": one}


def _checklist(each: Field, _: Known) -> Schema:
    answers = {question: {"enum": list(each.choices)} for question in each.questions}
    return {"type": "object", "properties": answers, "additionalProperties": False}


def _lines(each: Field, _: Known) -> Schema:
    return {"type": "array", "items": {"type": "string", "maxLength": each.longest}}


def _milestones(each: Field, _: Known) -> Schema:
    one = {
        "type": "object",
        "properties": {
            "date": {"type": "string", "pattern": PARTIAL_DATE},
            "what": {"type": "string", "maxLength": each.longest},
        },
        "required": ["date", "what"],
        "additionalProperties": False,
    }
    return {"type": "array", "items": one}


def _date(_each: Field, _: Known) -> Schema:
    return {"type": "string", "pattern": PARTIAL_DATE}


def _url(each: Field, _: Known) -> Schema:
    return {"type": "string", "format": "uri", "pattern": "^https?://", "maxLength": each.longest}


def _email(each: Field, _: Known) -> Schema:
    return {"type": "string", "format": "email", "maxLength": each.longest}


OF_TYPE: Mapping[Type, Callable[[Field, Known], Schema]] = {
    Type.TEXT: _text,
    Type.TEXTS: _texts,
    Type.LONG_TEXTS: _texts,
    Type.CHOICE: _choice,
    Type.NUMBER: _choice,
    Type.DATE: _date,
    Type.URL: _url,
    Type.EMAIL: _email,
    Type.LANGUAGES: lambda _each, _known: _among(OFFICIAL),
    Type.AREA: lambda _each, known: {"enum": sorted(known.areas)},
    Type.AREAS: lambda _each, known: _among(list(known.areas)),
    Type.OBLIGATIONS: _obligations,
    Type.PROVIDERS: lambda _each, known: _among(list(known.providers)),
    Type.STATE: lambda _each, known: {"enum": sorted(known.states)},
    Type.STATES: lambda _each, known: _among(list(known.states)),
    Type.REGIONS: lambda _each, known: _among(list(known.regions)),
    Type.CHECKLIST: _checklist,
    Type.LINES: _lines,
    Type.MILESTONES: _milestones,
}
