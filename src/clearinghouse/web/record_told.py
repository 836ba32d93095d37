"""How a line of the record is told: machine words in the reader's, references as they are."""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from clearinghouse.web import dates, naming
from clearinghouse.web.record_words import FACTS, NAMELESS, RIGHTS, THINGS, VALUES, VERBS

SHORT = 16  # digits of a hash that tell two apart at sight; the export has them all

if TYPE_CHECKING:
    from clearinghouse.ledger.models import Entry


def verb(line: "Entry") -> str:
    """What was done. An old verb that no room of today has stays as it was written."""
    return _word(VERBS, line.verb)


def thing(line: "Entry") -> str:
    return _word(THINGS, line.subject.partition(":")[0])


def reference(line: "Entry") -> str:
    """What the record is asked by, and the version that the line made."""
    said = {"reference": naming.reference(line.subject.partition(":")[2]), "version": line.version}
    return _("%(reference)s, version %(version)s") % said


def actor(line: "Entry") -> str:
    """Who did it: never by name, but by the reference that stands on the person's page."""
    if line.actor in NAMELESS:
        return _(NAMELESS[line.actor])
    said = naming.reference(line.actor.partition(":")[2] or line.actor)
    return _("Person %(reference)s") % {"reference": said}


def right(line: "Entry") -> str:
    """By what right, in a few words."""
    return "; ".join(_word(RIGHTS, one) for one in json.loads(line.because or "[]"))


def facts(line: "Entry") -> str:
    """What the line says beside its verb; what it leaves empty is left out."""
    return "; ".join(_facts(json.loads(line.facts or "{}")))


def _facts(told: Mapping[str, Any]) -> Iterable[str]:
    for name, value in told.items():
        if value is not None and value != "":
            said = {"name": _word(FACTS, name), "value": _value(name, value)}
            yield _("%(name)s: %(value)s") % said


def _value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):  # an upgrade's tables
        return ", ".join(_word(THINGS, each) for each in value)
    if name == "month":
        return dates.partial(str(value)[:7], naming.language())
    if name == "digest":
        return naming.reference(str(value)[:SHORT])
    if name == "on":
        return dates.partial(str(value), naming.language())
    words = VALUES.get(name, {})
    return _(words[value]) if value in words else naming.reference(str(value))


def _word(words: Mapping[str, str], machine: str) -> str:
    return _(words[machine]) if machine in words else naming.reference(machine)
