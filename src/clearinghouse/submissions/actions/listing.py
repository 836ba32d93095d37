"""What becomes of an accepted contribution: an entry in view, or a need in the matrix."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.text import slugify

from clearinghouse.access.actor import Actor
from clearinghouse.directory import actions as directory
from clearinghouse.directory.queries import entry_for, under
from clearinghouse.directory.rules import Vocabulary
from clearinghouse.kernel.marking import N_
from clearinghouse.mandate.models import Area, Body, Obligation, State
from clearinghouse.needs import actions as needs
from clearinghouse.needs.rules import Consent
from clearinghouse.standards import actions as standards
from clearinghouse.standards.queries import standard_for
from clearinghouse.submissions.models import Submission
from clearinghouse.submissions.rules.fields import Fault
from clearinghouse.submissions.rules.kinds import DEFINITIONS, Definition, Kind

TAKEN = N_("An entry of yours stands under this reference already: %(value)s.")


def list_(submission: Submission, *, by: Actor, now: datetime) -> str:
    """The code of the entry that now says what the contribution says."""
    if submission.kind == Kind.STANDARD:
        return list_standard(submission, by=by, now=now)
    return list_entry(submission, by=by, now=now)


def withdraw(submission: Submission, because: str, *, by: Actor, now: datetime) -> None:
    if submission.kind == Kind.STANDARD:
        withdraw_standard(submission, because, by=by, now=now)
    else:
        entry = entry_for(by, submission.entry)
        directory.withdraw(entry, because, by=by, now=now)


def clashes(submission: Submission) -> list[Fault]:
    """A reference of its body's own that already names another entry of the kind."""
    reference = str(submission.content.get("reference", ""))
    if not reference or submission.kind == Kind.STANDARD:
        return []
    held = under(submission.body, submission.kind, reference)
    taken = held and held != submission.revises
    return [Fault("reference", TAKEN, {"value": held})] if taken else []


def list_entry(submission: Submission, *, by: Actor, now: datetime) -> str:
    definition = DEFINITIONS[Kind(submission.kind)]
    said = entry_wording(definition, submission.content)
    if submission.revises:
        entry = entry_for(by, submission.revises)
        directory.revise(entry, said, by=by, now=now)
        return entry.code
    if definition.readers is None:
        raise LookupError(f"a {submission.kind} does not become an entry")
    code = code_for(submission.body, submission.content["title"], submission.pk)
    place = directory.Place(code, submission.kind, submission.body, definition.readers)
    return directory.list_(place, said, by=by, now=now).code


def list_standard(submission: Submission, *, by: Actor, now: datetime) -> str:
    """The code of the entry that now says what the contribution says."""
    said = standard_wording(submission.content, Obligation.objects.in_bulk(field_name="ref"))
    if submission.revises:
        entry = standard_for(by, submission.revises).standard
        standards.revise(entry, said, by=by, now=now)
        return entry.code
    code = code_for(submission.body, submission.content["title"], submission.pk)
    return standards.list_(code, submission.body, said, by=by, now=now).code


def withdraw_standard(submission: Submission, because: str, *, by: Actor, now: datetime) -> None:
    entry = standard_for(by, submission.entry).standard
    standards.withdraw(entry, because, by=by, now=now)


def write_need(submission: Submission, *, by: Actor, now: datetime) -> str:
    """The id of the need that now stands in the matrix."""
    content = submission.content
    state = State.objects.get(pk=submission.body_id)
    place = needs.Place(state, Area.objects.get(code=content["area"]))
    providers = Body.objects.filter(code__in=content.get("providers", []))
    sharing = needs.Sharing(consent=Consent(content["consent"]), providers=list(providers))
    return str(needs.write(place, need_wording(content), sharing, by=by, now=now).pk)


def entry_wording(definition: Definition, content: Mapping[str, Any]) -> directory.Wording:
    """The content, what of it tells of a person, and the words of the mandate it bears on."""
    personal = {f.name for f in definition.fields if f.personal}
    state = content.get("state")
    return directory.Wording(
        titles=content["title"],
        content={name: value for name, value in content.items() if name not in personal},
        inner={name: value for name, value in content.items() if name in personal},
        reference=content.get("reference", ""),
        bearings=[
            *((Vocabulary.OBLIGATION, b["ref"]) for b in content.get("obligations", [])),
            *((Vocabulary.AREA, code) for code in content.get("areas", [])),
            *((Vocabulary.REGION, code) for code in content.get("regions", [])),
            *((Vocabulary.STATE, code) for code in content.get("states", [])),
            *(((Vocabulary.STATE, state),) if state else ()),
        ],
        concerns=State.objects.get(code=state) if state else None,
    )


def standard_wording(
    content: Mapping[str, Any], obligations: Mapping[str, Obligation]
) -> standards.Wording:
    """The columns, editions and bearings of a standard; obligations by their references."""
    edition = (content.get("edition", ""), content.get("issued", ""))
    return standards.Wording(
        columns={
            "titles": content["title"],
            "summaries": content.get("summary", {}),
            "legal_nature": content["legal_nature"],
            "url": content.get("url", ""),
            "languages": content.get("languages", []),
            "human_rights": content.get("human_rights", {}),
            "human_rights_check": content.get("human_rights_check", {}),
            "reference": content.get("reference", ""),
            "verified": True,  # the owner says so itself
            "source": "",
        },
        editions=[edition],
        bearings=[(obligations[b["ref"]], b.get("pinpoint", "")) for b in content["obligations"]],
    )


def need_wording(content: Mapping[str, Any]) -> needs.Wording:
    """The columns of a need from the checked content of a contribution."""
    refs = [b["ref"] for b in content.get("obligations", [])]
    rank = content.get("rank")
    return needs.Wording(
        columns={
            "titles": content["title"],
            "descriptions": content["description"],
            "counterpart": content.get("counterpart", ""),
            "rough_cost": content.get("rough_cost", ""),
            "needed_by": content.get("needed_by", ""),
            "priority": int(content["priority"]),
            "rank": int(rank) if rank else None,
        },
        obligations=list(Obligation.objects.filter(ref__in=refs)),
    )


def code_for(body: Body, titles: Mapping[str, str], pk: UUID) -> str:
    """The code of a new entry: its body, its title, and what tells it from others."""
    title = titles.get("en") or next(iter(titles.values()))
    return f"{slugify(body.code)}-{slugify(title)[:40].strip('-')}-{pk.hex[:6]}".replace("--", "-")
