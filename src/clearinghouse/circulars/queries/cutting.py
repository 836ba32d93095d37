"""Cuts the rows of an issue for every audience, and tells each what changed since the last.

An issue is cut for some two hundred bodies that see the same but for their own rows: what a
stranger of each kind sees is worked out and written once, and a body's own rows are woven in.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from clearinghouse.circulars.models import FrozenNeed, Issue
from clearinghouse.circulars.queries.frozen import frozen_rows, place_of
from clearinghouse.circulars.queries.woven import Woven
from clearinghouse.circulars.rules import Audience, Change, Place, Sight, changes
from clearinghouse.kernel.canonical import canonical, plain
from clearinghouse.mandate.models import Body
from clearinghouse.needs import queries as needs
from clearinghouse.needs.models import Need
from clearinghouse.needs.rules import ENDED

FORMAT = "clearinghouse.matrix/1"


def audiences(rows: Iterable[FrozenNeed]) -> list[Audience]:
    """Every audience that an issue is cut for: three for all, one for each State and provider."""
    bodies = Body.objects.all()
    states = {row.state for row in rows}
    own = [b for b in bodies if b.provider or b.pk in states]
    cut = [Audience(Sight.BODY, str(b.pk), b.provider) for b in own]
    return [Audience(Sight.PUBLIC), Audience(Sight.MEMBER), Audience(Sight.FULL), *cut]


class Cutter:
    """Cuts renditions of one issue for every audience there is."""

    def __init__(self, issue: Issue, rows: list[FrozenNeed] | None = None) -> None:
        self.issue = issue
        some = frozen_rows(issue) if rows is None else rows
        self.rows = [(row, place_of(row)) for row in some]
        self.keys = [str(row.need) for row in some]
        self._about: dict[str, list[int]] = defaultdict(list)  # rows of a State, or naming a body
        for index, (_, place) in enumerate(self.rows):
            for body in {place.state, *place.named}:
                self._about[body].append(index)
        self._seen_by_strangers: dict[Audience, list[int]] = {}
        self._woven: dict[Audience, Woven[int]] = {}
        self._texts: dict[tuple[int, bool], bytes] = {}

    @cached_property
    def by_need(self) -> dict[str, FrozenNeed]:
        return {key: row for key, (row, _) in zip(self.keys, self.rows, strict=True)}

    @cached_property
    def _index(self) -> dict[str, int]:
        return {key: index for index, key in enumerate(self.keys)}

    def visible(self, audience: Audience) -> Iterator[FrozenNeed]:
        """The rows this audience sees, in their order: those that `audience.sees` lets through."""
        shared = self._seen_by_a_stranger(stranger(audience))
        own = [i for i in self.about(audience) if audience.sees(self.rows[i][1])]
        return (self.rows[i][0] for i in sorted({*shared, *own}))

    def about(self, audience: Audience) -> list[int]:
        """The rows that name its body: of all others it sees what a stranger of its kind sees."""
        return self._about.get(audience.body, [])

    def digests_for_a_stranger(self, kind: Audience) -> dict[str, str]:
        return {self.keys[i]: self.rows[i][0].digest for i in self._seen_by_a_stranger(kind)}

    def digests_of(self, some: Iterable[str], audience: Audience) -> dict[str, str]:
        """Of these needs, as far as they stand in the issue and the audience sees them."""
        rows = {key: self.rows[self._index[key]] for key in some if key in self._index}
        return {key: row.digest for key, (row, place) in rows.items() if audience.sees(place)}

    def seal(self, audience: Audience, changed: bytes, since: str) -> str:
        """The SHA-256 of the rendition's canonical JSON, put together by rows.

        `changed` is the canonical text of its changes, without the braces.
        """
        written = canonical(head(self.issue, audience, {}, since) | {"rows": []}).encode()
        before, changes_, rest = written.partition(b'"changes":{')
        between, rows, after = rest.partition(b'"rows":[')
        found = hashlib.sha256(b"".join((before, changes_, changed, between, rows)))
        for chunk in self._shared(stranger(audience)).read(self._own(audience)):
            found.update(chunk)
        found.update(after)
        return found.hexdigest()

    def _seen_by_a_stranger(self, kind: Audience) -> list[int]:
        """Whom no row names sees by consent and status alone: asked once for each pair of them."""
        if kind not in self._seen_by_strangers:
            pairs = [(place.consent, place.status) for _, place in self.rows]
            shown = {pair for pair in set(pairs) if kind.sees(Place("", *pair, frozenset()))}
            self._seen_by_strangers[kind] = [i for i, pair in enumerate(pairs) if pair in shown]
        return self._seen_by_strangers[kind]

    def _shared(self, kind: Audience) -> Woven[int]:
        if kind not in self._woven:
            seen = self._seen_by_a_stranger(kind)
            self._woven[kind] = Woven({i: self._text(i, kind) for i in seen})
        return self._woven[kind]

    def _own(self, audience: Audience) -> dict[int, bytes]:
        """The rows that name its body as canonical JSON; nothing for one it does not see."""
        found = ((i, audience.sees(self.rows[i][1])) for i in self.about(audience))
        return {i: self._text(i, audience) if seen else b"" for i, seen in found}

    def _text(self, index: int, audience: Audience) -> bytes:
        row, place = self.rows[index]
        inner = audience.sees_whole_list_of(place.state)
        if (index, inner) not in self._texts:
            self._texts[index, inner] = canonical(columns(row, inner=inner)).encode()
        return self._texts[index, inner]


class Told(NamedTuple):
    """What changed, by the need's id, and the canonical JSON of it without its braces."""

    changes: dict[str, Change]
    text: bytes


class _Texts(dict[str, bytes]):
    """Changes of one kind as canonical JSON without braces, by the need: each written once."""

    def __init__(self, rows: Mapping[str, FrozenNeed], change: Change) -> None:
        super().__init__()
        self._rows, self._change = rows, change

    def __missing__(self, key: str) -> bytes:
        written = canonical({key: changed(self._rows[key], self._change)})[1:-1].encode()
        self[key] = written
        return written


class Comparison:
    """One issue about to be frozen beside the last: what changed for each audience."""

    def __init__(self, now: Cutter, last: Cutter | None) -> None:
        self._now, self._last = now, last or Cutter(now.issue, [])
        self._first = last is None
        self._ended = _ended_since(self._last, now)
        rows = self._last.by_need | now.by_need
        self._texts = {change: _Texts(rows, change) for change in Change}
        self._shared: dict[Audience, tuple[dict[str, Change], Woven[str]]] = {}

    def told(self, audience: Audience) -> Told:
        """Nothing for the first issue."""
        if self._first:
            return Told({}, b"")
        shared, woven = self._told_to_a_stranger(stranger(audience))
        about = self._about(audience)
        gone = {key for key in about & self._ended.keys() if audience.sees(self._ended[key])}
        last, now = (c.digests_of(about, audience) for c in (self._last, self._now))
        own = changes(last, now, gone)
        found = {**shared}
        for key in about:
            found.pop(key, None)
        texts = {key: self._texts[own[key]][key] if key in own else b"" for key in about}
        return Told(found | own, b"".join(woven.read(texts)))

    def _about(self, audience: Audience) -> set[str]:
        """The needs that name its body, in either issue or as they have ended."""
        found = {c.keys[i] for c in (self._last, self._now) for i in c.about(audience)}
        body = audience.body
        return found | {k for k, p in self._ended.items() if body in {p.state, *p.named}}

    def _told_to_a_stranger(self, kind: Audience) -> tuple[dict[str, Change], Woven[str]]:
        if kind not in self._shared:
            gone = {key for key, place in self._ended.items() if kind.sees(place)}
            last, now = (c.digests_for_a_stranger(kind) for c in (self._last, self._now))
            found = changes(last, now, gone)
            woven = Woven({key: self._texts[change][key] for key, change in found.items()})
            self._shared[kind] = found, woven
        return self._shared[kind]


def stranger(audience: Audience) -> Audience:
    """A reader of its kind whom no row names."""
    return replace(audience, body="")


def place_now(live: tuple[Need, set[Any]]) -> Place:
    """What decides today who sees a need."""
    need, named = live
    return Place(str(need.state_id), need.consent, need.status, frozenset(map(str, named)))


def columns(row: FrozenNeed, *, inner: bool) -> dict[str, Any]:
    """What a reader is shown of a row."""
    found: dict[str, Any] = row.shown | (row.inner if inner else {})
    return found


def changed(row: FrozenNeed, change: str) -> dict[str, Any]:
    """A change as it is told: of which row, by its words in the later issue that has it."""
    return {
        "change": str(change),
        "state": row.shown["state"],
        "area": row.shown["area"],
        "title": row.shown["title"],
    }


def head(issue: Issue, audience: Audience, told: dict[str, Any], since: str) -> dict[str, Any]:
    """All of a rendition but its rows."""
    return {
        "format": FORMAT,
        "number": issue.number,
        "late": issue.late,
        "as_of": plain(issue.frozen_at) if issue.frozen_at else "",
        "audience": audience.key,
        "changes": told,
        "since": since,
    }


def _ended_since(last: Cutter, now: Cutter) -> dict[str, Place]:
    """The needs of the last issue that have ended: none that stands in this one has."""
    missing = last.by_need.keys() - now.by_need.keys()
    live = needs.current(map(UUID, sorted(missing)))
    return {str(pk): place_now(one) for pk, one in live.items() if one[0].status in ENDED}
