"""The description of the operations (OpenAPI 3.1), made once from their types, with examples."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from ninja import NinjaAPI

from clearinghouse.api.errors import MEDIA_TYPE

ROOT = "/api/v1"
Tree = dict[str, Any]


@cache
def document(api: NinjaAPI) -> Tree:
    """As the library has it; HEAD goes without saying, problems have their own media type."""
    made: Tree = api.get_openapi_schema(path_prefix=f"{ROOT[1:]}/")
    for methods in made["paths"].values():
        methods.pop("head", None)
        for operation in methods.values():
            _finish(operation, made["components"]["schemas"])
    return made


def operations(described: Mapping[str, Any]) -> list[Tree]:
    """One line for each operation, with its method and address, in the order declared."""
    return [
        operation | {"method": method.upper(), "address": address}
        for address, methods in described["paths"].items()
        for method, operation in methods.items()
    ]


def _finish(operation: Tree, schemas: Mapping[str, Any]) -> None:
    for parameter in operation["parameters"]:
        examples = parameter.pop("examples", [])
        if examples and examples[0] != "":
            parameter["example"] = examples[0]
    responses = {str(status): told for status, told in operation["responses"].items()}
    operation["responses"] = responses
    for status, told in responses.items():
        content = told["content"].pop("application/json")
        content["example"] = example(content["schema"], schemas)
        told["content"]["application/json" if status[0] == "2" else MEDIA_TYPE] = content


def example(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Any:
    """Put together from the examples of the fields."""
    if "examples" in schema:
        return schema["examples"][0]
    for choice in ("anyOf", "allOf"):
        if choice in schema:
            return example(schema[choice][0], schemas)
    if "$ref" in schema:
        return example(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    if schema.get("type") == "array":
        return [example(schema["items"], schemas)]
    return {name: example(each, schemas) for name, each in schema["properties"].items()}


def legible(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
