"""What becomes of an accepted contribution: an entry of the register, or a need in the matrix."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.text import slugify

from clearinghouse.access.actor import Actor
from clearinghouse.mandate.models import Area, Body, Obligation, State
from clearinghouse.needs import actions as needs
from clearinghouse.needs.rules import Consent
from clearinghouse.standards import actions as standards
from clearinghouse.standards.queries import standard_for
from clearinghouse.submissions.models import Submission


def list_standard(submission: Submission, *, by: Actor, now: datetime) -> str:
    """The code of the entry that now says what the contribution says."""
    said = _standard_wording(submission.content)
    if submission.revises:
        entry = standard_for(by, submission.revises).standard
        standards.revise(entry, said, by=by, now=now)
        return entry.code
    code = _code(submission.body, submission.content["title"], submission.pk)
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


def _standard_wording(content: dict[str, Any]) -> standards.Wording:
    obligations = Obligation.objects.in_bulk(field_name="ref")
    edition = (content.get("edition", ""), content.get("issued", ""))
    return standards.Wording(
        columns={
            "titles": content["title"],
            "summaries": content.get("summary", {}),
            "legal_nature": content["legal_nature"],
            "url": content.get("url", ""),
            "languages": content.get("languages", []),
            "human_rights": content.get("human_rights", {}),
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


def _code(body: Body, titles: dict[str, str], pk: UUID) -> str:
    title = titles.get("en") or next(iter(titles.values()))
    return f"{slugify(body.code)}-{slugify(title)[:40].strip('-')}-{pk.hex[:6]}".replace("--", "-")
