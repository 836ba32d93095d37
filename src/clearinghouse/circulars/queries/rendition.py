"""What one audience is shown of an issue: cut from the frozen rows, held to today's consent."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any
from uuid import UUID

from clearinghouse.circulars.models import FrozenNeed, Issue, Rendition
from clearinghouse.circulars.queries import issues
from clearinghouse.circulars.queries.frozen import CUT, frozen_rows, place_of
from clearinghouse.circulars.rules import PUBLIC, Audience, Change, Place, Sight, State, changes
from clearinghouse.kernel.canonical import canonical, digest, plain
from clearinghouse.ledger import queries as ledger
from clearinghouse.mandate.models import Body
from clearinghouse.needs import queries as needs
from clearinghouse.needs.models import Need
from clearinghouse.needs.rules import ENDED

FORMAT = "clearinghouse.matrix/1"
Ended = dict[UUID, tuple[Need, set[UUID]]]
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


def audiences(rows: Iterable[FrozenNeed]) -> list[Audience]:
    """Every audience that an issue is cut for: three for all, one for each State and provider."""
    bodies = Body.objects.all()
    states = {row.state for row in rows}
    own = [b for b in bodies if b.provider or b.pk in states]
    cut = [Audience(Sight.BODY, str(b.pk), b.provider) for b in own]
    return [Audience(Sight.PUBLIC), Audience(Sight.MEMBER), Audience(Sight.FULL), *cut]


class Cutter:
    """Cuts renditions of one issue for every audience there is.

    An issue is cut for some two hundred bodies that mostly see the same: what a kind of audience
    sees of others' rows is worked out once, and each row's canonical text is made once.
    """

    def __init__(self, issue: Issue, rows: list[FrozenNeed] | None = None) -> None:
        self.issue = issue
        some = frozen_rows(issue) if rows is None else rows
        self.rows = [(row, place_of(row)) for row in some]
        self._about: dict[str, set[int]] = defaultdict(set)  # rows of a State, or naming a body
        for index, (_, place) in enumerate(self.rows):
            for body in (place.state, *place.named):
                self._about[body].add(index)
        self._shared: dict[Audience, list[int]] = {}
        self._texts: dict[int, bytes] = {}  # with the inner columns
        self._keys = [str(row.need) for row, _ in self.rows]

    def visible(self, audience: Audience) -> Iterator[FrozenNeed]:
        """The rows this audience sees, in their order: those that `audience.sees` lets through."""
        return (self.rows[i][0] for i in self._seen(audience))

    def _seen(self, audience: Audience) -> list[int]:
        shared = self._seen_by_a_stranger(replace(audience, body=""))
        about = self._about.get(audience.body, set())
        own = {i for i in about if audience.sees(self.rows[i][1])}
        return sorted(own.union(shared)) if own else shared

    def _seen_by_a_stranger(self, audience: Audience) -> list[int]:
        if audience not in self._shared:
            places = enumerate(place for _, place in self.rows)
            self._shared[audience] = [i for i, place in places if audience.sees(place)]
        return self._shared[audience]

    @cached_property
    def by_need(self) -> dict[str, FrozenNeed]:
        return {str(row.need): row for row, _ in self.rows}

    def digests(self, audience: Audience) -> dict[str, str]:
        return {self._keys[i]: self.rows[i][0].digest for i in self._seen(audience)}

    def seal(self, audience: Audience, changed: bytes, since: str) -> str:
        """The SHA-256 of the rendition's canonical JSON (see `content`), put together by rows.

        `changed` is the canonical text of its changes, without the braces.
        """
        head = canonical(_head(self.issue, audience, {}, since) | {"rows": []}).encode()
        before, changes, rest = head.partition(b'"changes":{')
        between, rows, after = rest.partition(b'"rows":[')
        told = b",".join(self._written(audience))
        whole = (before, changes, changed, between, rows, told, after)
        return hashlib.sha256(b"".join(whole)).hexdigest()

    def _written(self, audience: Audience) -> list[bytes]:
        """Each row it sees as canonical JSON; with its inner columns where it sees those."""
        outer, whole = self._outer, {s for s in self._states if audience.sees_whole_list_of(s)}
        if not whole:
            return [outer[i] for i in self._seen(audience)]
        states = [place.state for _, place in self.rows]
        seen = self._seen(audience)
        return [self._inner(i) if states[i] in whole else outer[i] for i in seen]

    @cached_property
    def _states(self) -> set[str]:
        return {place.state for _, place in self.rows}

    @cached_property
    def _outer(self) -> list[bytes]:
        return [canonical(_columns(row, inner=False)).encode() for row, _ in self.rows]

    def _inner(self, index: int) -> bytes:
        if index not in self._texts:
            row, _ = self.rows[index]
            self._texts[index] = canonical(_columns(row, inner=True)).encode()
        return self._texts[index]


class _Texts(dict[str, bytes]):
    """Changes of one kind as canonical JSON without braces, by the need: each written once."""

    def __init__(self, rows: Mapping[str, FrozenNeed], change: Change) -> None:
        super().__init__()
        self._rows, self._change = rows, change

    def __missing__(self, key: str) -> bytes:
        written = canonical({key: _changed(self._rows[key], self._change)})[1:-1].encode()
        self[key] = written
        return written


class Comparison:
    """One issue beside the last: what changed for each audience, and how that is written down."""

    def __init__(self, cutter: Cutter, last: Cutter | None) -> None:
        self._now, self._last = cutter, last
        self._rows = (last.by_need if last else {}) | cutter.by_need
        self._ended = _ended_since(last)
        self._texts = {change: _Texts(self._rows, change) for change in Change}

    def told(self, audience: Audience) -> dict[str, Change]:
        """By the need's id, in order; nothing for the first issue."""
        if self._last is None:
            return {}
        gone = {str(pk) for pk, live in self._ended.items() if _still_sees(live, audience)}
        found = changes(self._last.digests(audience), self._now.digests(audience), gone)
        return dict(sorted(found.items()))

    def text(self, told: Mapping[str, Change]) -> bytes:
        """The canonical JSON of the changes, without its braces; each is written once."""
        return b",".join([self._texts[change][key] for key, change in told.items()])


def _changed(row: FrozenNeed, change: str) -> dict[str, Any]:
    """A change as it is told: of which row, by its words in the later issue that has it."""
    return {
        "change": str(change),
        "state": row.shown["state"],
        "area": row.shown["area"],
        "title": row.shown["title"],
    }


def content(copy: Copy) -> dict[str, Any]:
    """The rendition as data: what its hash is the hash of, unless the copy is reduced."""
    return _head(copy.issue, copy.audience, copy.changes, copy.since) | {"rows": copy.rows}


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
        rows=[_columns(r, inner=audience.sees_whole_list_of(str(r.state))) for r in held],
        changes={key: _changed(sources.row(key), change) for key, change in told.items()},
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
        return pk in self._live and _still_sees(self._live[pk], audience)


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


def _ended_since(last: Cutter | None) -> Ended:
    """The needs of the last issue that have ended, as they stand now."""
    if last is None:
        return {}
    live = needs.current(row.need for row, _ in last.rows)
    return {pk: found for pk, found in live.items() if found[0].status in ENDED}


def _kept(issue: Issue, audience: Audience) -> tuple[Rendition, Audience]:
    """A State that had no row of its own in the issue is served the public rendition."""
    found = Rendition.objects.unscoped(CUT).filter(issue=issue)
    if own := found.filter(audience=audience.key).first():
        return own, audience
    return found.get(audience=PUBLIC.key), PUBLIC


def _draft(issue: Issue, audience: Audience) -> Copy:
    rows = Cutter(issue).visible(audience)
    columns = [_columns(r, inner=audience.sees_whole_list_of(str(r.state))) for r in rows]
    return Copy(issue, audience, columns, {}, "", "", draft=True)


def _still_sees(live: tuple[Need, set[Any]], audience: Audience) -> bool:
    need, named = live
    place = Place(str(need.state_id), need.consent, need.status, frozenset(map(str, named)))
    return audience.sees(place)


def _columns(row: FrozenNeed, *, inner: bool) -> dict[str, Any]:
    columns: dict[str, Any] = row.shown | (row.inner if inner else {})
    return columns


def _head(issue: Issue, audience: Audience, told: dict[str, Any], since: str) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "number": issue.number,
        "late": issue.late,
        "as_of": plain(issue.frozen_at) if issue.frozen_at else "",
        "audience": audience.key,
        "changes": told,
        "since": since,
    }
