"""A file read piece by piece, that may not go on for ever without coming to anything."""

from collections.abc import Callable
from typing import BinaryIO

from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.files.rules import MIB
from clearinghouse.kernel.marking import N_

MOST = 32 * MIB  # from the end of one activity to that of the next

LONG = N_("After byte %(byte)s no activity ends within %(most)s MiB.")


class Stream:
    """What a parser reads from; `stands_still` says that something has come to its end."""

    def __init__(self, opened: BinaryIO, told: Callable[[int], None] | None = None) -> None:
        self._opened = opened
        self._told = told
        self.read_so_far = self._since = 0

    def read(self, size: int = -1) -> bytes:
        """Raises Unfit where nothing has come to its end for too long."""
        if self.read_so_far - self._since > MOST:
            raise Unfit(LONG, byte=self._since, most=MOST // MIB)
        piece = self._opened.read(size)
        self.read_so_far += len(piece)
        if self._told:
            self._told(self.read_so_far)
        return piece

    def stands_still(self) -> None:
        self._since = self.read_so_far
