"""Fields in a text, written {so}: which there are, whether they are well formed, filling them."""

import re
from collections.abc import Mapping

FIELD = re.compile(r"\{([a-z][a-z0-9_]*(?:\.[a-z]+)?)\}")
BRACE = re.compile(r"[{}]")


def fields_in(text: str) -> list[str]:
    """The names of the fields, in the order in which they first stand in the text."""
    return list(dict.fromkeys(FIELD.findall(text)))


def stray_brace(text: str) -> str:
    """The words around a brace that belongs to no field; empty where there is none."""
    rest = FIELD.sub(lambda found: " " * len(found[0]), text)
    found = BRACE.search(rest)
    return text[max(0, found.start() - 12) : found.end() + 12].strip() if found else ""


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with what is known put in, once: a value that looks like a field stays as it is.

    A field without a value, or with an empty one, stands as it was.
    """
    return FIELD.sub(lambda found: values.get(found[1], "") or found[0], text)


def unfilled(text: str, values: Mapping[str, str]) -> list[str]:
    """The fields that `fill` would leave standing."""
    return [name for name in fields_in(text) if not values.get(name, "")]
