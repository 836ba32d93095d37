"""What one audience is shown of an issue: cut from the frozen rows, held to today's consent."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from clearinghouse.circulars.models import FrozenNeed, Issue, Rendition
from clearinghouse.circulars.queries import issues
from clearinghouse.circulars.queries.cutting import Cutter, changed, columns, head, place_now
from clearinghouse.circulars.queries.frozen import CUT
from clearinghouse.circulars.rules import PUBLIC, Audience, State
from clearinghouse.kernel.canonical import digest
from clearinghouse.ledger import queries as ledger
from clearinghouse.needs import queries as needs

COPIES = 8  # those that many readers share; the copy of a body is asked for once


@dataclass(frozen=True)
class Copy:
    """A rendition as it is handed out. `rows` are the readers' columns; `hash` is the original's.

    `reduced`: content whose consent was narrowed since has been left out.
    """

    issue: Issue
    audience: Audience
    rows: list[dict[str, Any]]
    changes: dict[str, dict[str, Any]]
    since: str
    hash: str
    reduced: bool = False
    draft: bool = False

    @cached_property
    def digest(self) -> str:
        """Of all that is said in it, whoever reads it in which language."""
        about = [self.hash, self.reduced, self.draft, str(self.issue.month)]
        return digest({"rendition": content(self), "copy": about})


def content(copy: Copy) -> dict[str, Any]:
    """The rendition as data: what its hash is the hash of, unless the copy is reduced."""
    return head(copy.issue, copy.audience, copy.changes, copy.since) | {"rows": copy.rows}


def copy_for(issue: Issue, audience: Audience) -> Copy:
    """The issue as this audience is shown it today.

    Worked out once for each state of the record: nothing that it is made of, consent least of
    all, changes without a line there.
    """
    if issue.state == State.DRAFT:
        return _draft(issue, audience)
    return _copy(_Asked(issue.pk, audience, ledger.head(), issue))


@dataclass(frozen=True)
class _Asked:
    """Of which issue, for whom, and as the record stands."""

    key: UUID
    audience: Audience
    head: tuple[int, str]
    issue: Issue = field(compare=False)


@lru_cache(maxsize=COPIES)
def _copy(asked: _Asked) -> Copy:
    issue, audience = asked.issue, asked.audience
    kept, audience = _kept(issue, audience)
    sources = _sources(replace(asked, audience=PUBLIC))
    whole = list(sources.cutter.visible(audience))
    needed = {row.need for row in whole} | set(map(UUID, kept.changes))
    still = {pk for pk in needed if sources.still_seen(pk, audience)}
    held = [row for row in whole if row.need in still]
    told = {key: change for key, change in kept.changes.items() if UUID(key) in still}
    return Copy(
        issue=issue,
        audience=audience,
        rows=[columns(r, inner=audience.sees_whole_list_of(str(r.state))) for r in held],
        changes={key: changed(sources.row(key), told[key]) for key in sorted(told)},
        since=kept.since,
        hash=kept.hash,
        reduced=len(held) < len(whole) or len(told) < len(kept.changes),
    )


class _Sources:
    """What every copy of an issue is made of: the frozen rows, and the needs as they stand."""

    def __init__(self, issue: Issue) -> None:
        self.cutter = Cutter(issue)
        self._last = issues.before(issue)
        self._live = needs.current(row.need for row, _ in self.cutter.rows)

    def row(self, key: str) -> FrozenNeed:
        """The row of a change: in this issue or, where the need has ended, in the last."""
        return self.cutter.by_need.get(key) or self._rows_before[key]

    @cached_property
    def _rows_before(self) -> dict[str, FrozenNeed]:
        return Cutter(self._last).by_need if self._last else {}

    def still_seen(self, pk: UUID, audience: Audience) -> bool:
        """Not what the State has narrowed since, nor a need destroyed altogether.

        A need that ended before this issue was cut stands in its changes alone.
        """
        if pk not in self._live:
            self._live |= needs.current([pk])
        return pk in self._live and audience.sees(place_now(self._live[pk]))


@lru_cache(maxsize=1)
def _sources(asked: _Asked) -> _Sources:
    return _Sources(asked.issue)


def hashes(issues: Iterable[Issue], audience: Audience) -> dict[Any, str]:
    """By issue: the hash of the rendition this audience is served; one query for all."""
    found = Rendition.objects.unscoped(CUT).filter(
        issue__in=list(issues), audience__in=[audience.key, PUBLIC.key]
    )
    by_issue: dict[Any, str] = {}
    for kept in found:
        if kept.audience == audience.key or kept.issue_id not in by_issue:
            by_issue[kept.issue_id] = kept.hash
    return by_issue


def _kept(issue: Issue, audience: Audience) -> tuple[Rendition, Audience]:
    """A State that had no row of its own in the issue is served the public rendition."""
    found = Rendition.objects.unscoped(CUT).filter(issue=issue)
    if own := found.filter(audience=audience.key).first():
        return own, audience
    return found.get(audience=PUBLIC.key), PUBLIC


def _draft(issue: Issue, audience: Audience) -> Copy:
    rows = Cutter(issue).visible(audience)
    cut = [columns(r, inner=audience.sees_whole_list_of(str(r.state))) for r in rows]
    return Copy(issue, audience, cut, {}, "", "", draft=True)
