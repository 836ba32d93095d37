"""Texts in the order of their keys, written once, and read by many with a few of them replaced."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import accumulate
from typing import Generic, TypeAlias, TypeVar

Key = TypeVar("Key", int, str)
Chunk: TypeAlias = bytes | memoryview
COMMA = b","


class Woven(Generic[Key]):
    """What most readers are told alike: the members of a JSON list or object, in order.

    A reader's own texts are woven in without the others' being copied or looked at.
    """

    def __init__(self, texts: Mapping[Key, bytes]) -> None:
        self._keys: list[Key] = sorted(texts)
        parts: list[bytes] = [COMMA + texts[key] for key in self._keys]
        self._starts = [0, *accumulate(map(len, parts))]
        self._whole = memoryview(b"".join(parts))

    def read(self, own: Mapping[Key, bytes]) -> list[Chunk]:
        """All in order, parted by commas; `own` are put in or replace, an empty one leaves out."""
        chunks: list[Chunk] = [chunk for chunk in self._chunks(own) if chunk]
        return [chunks[0][len(COMMA) :], *chunks[1:]] if chunks else []

    def _chunks(self, own: Mapping[Key, bytes]) -> Iterator[Chunk]:
        done = 0
        for key in sorted(own):
            place = bisect_left(self._keys, key)
            known = self._keys[place : place + 1] == [key]
            yield self._whole[done : self._starts[place]]
            done = self._starts[place + known]
            yield own[key] and COMMA + own[key]
        yield self._whole[done:]
