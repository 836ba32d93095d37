"""The published description of the API, read as a program would, to hold answers against."""

from functools import cache
from typing import Any

from clearinghouse.api import openapi
from clearinghouse.api.assembly import api

Schema = dict[str, Any]
KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
}


@cache
def document() -> Schema:
    return openapi.document(api)


def operation(address: str) -> Schema:
    found: Schema = document()["paths"][address]["get"]
    return found


def answered(address: str) -> Schema:
    """The schema of what an address answers."""
    content = operation(address)["responses"]["200"]["content"]["application/json"]
    found: Schema = content["schema"]
    return found


def faults(value: Any, schema: Schema, where: str = "answer") -> list[str]:
    """Where a value departs from its schema: no field missing, none that is not published."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return faults(value, document()["components"]["schemas"][name], where)
    if "anyOf" in schema:
        tried = [faults(value, each, where) for each in schema["anyOf"]]
        return [] if [] in tried else min(tried, key=len)
    if "type" in schema and not isinstance(value, KINDS[schema["type"]]):
        return [f"{where} is {value!r}, not {schema['type']}"]
    if schema.get("type") == "array":
        return [f for each in value for f in faults(each, schema["items"], f"{where}[]")]
    if "properties" not in schema:
        return []
    found = [f"{where} lacks {name}" for name in schema.get("required", []) if name not in value]
    for name, each in value.items():
        known = schema["properties"].get(name)
        told = faults(each, known, f"{where}.{name}") if known else [f"{where} has {name}"]
        found += told
    return found
