"""Byte sequences that no file may hold: the test virus, and definitions of entities in markup."""

from clearinghouse.files.formats.unfit import Unfit
from clearinghouse.kernel.marking import N_

TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
VIRUS = N_("%(part)s holds the signature of a virus.")
DTD = N_("%(part)s defines a document type or entities (<!DOCTYPE …>), which is not taken.")


def _in_utf16(word: bytes) -> tuple[bytes, bytes]:
    text = word.decode()
    return text.encode("utf-16-le"), text.encode("utf-16-be")


DEFINING = tuple(form for word in (b"<!DOCTYPE", b"<!ENTITY") for form in (word, *_in_utf16(word)))


class Watch:
    """Sees a file piece by piece. `markup`: also refuse the definitions of a document type."""

    def __init__(self, *, markup: bool = True) -> None:
        self.looked_for = ((TEST_VIRUS, VIRUS), *((d, DTD) for d in DEFINING if markup))
        self._overlap = max(len(sign) for sign, _ in self.looked_for) - 1
        self._tail = b""

    def see(self, piece: bytes, part: str) -> None:
        """Raises Unfit, naming the part, where the piece (with what went before) holds a sign."""
        seen = self._tail + piece
        for sign, message in self.looked_for:
            if sign in seen and (message != DTD or _is_markup(part)):
                raise Unfit(message, part=part[:80])
        self._tail = seen[-self._overlap :]

    def pause(self) -> None:
        """What comes next is another part."""
        self._tail = b""


def _is_markup(part: str) -> bool:
    return not part.lower().endswith((".png", ".jpeg", ".jpg", ".gif", ".emf", ".bin"))
