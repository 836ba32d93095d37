"""One hash over many rows (a Merkle root), so that a bulk change is one line of the record."""

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256(b"").hexdigest()


def root(leaves: Sequence[str]) -> str:
    """The root over hexadecimal SHA-256 leaves, in their order.

    Leaves and inner nodes are hashed under different prefixes (RFC 6962), so that an inner node
    cannot pose as a leaf. A single leaf is its own root; of none, the hash of nothing.
    """
    if not leaves:
        return EMPTY
    if len(leaves) == 1:
        return leaves[0]
    level = [hashlib.sha256(b"\x00" + bytes.fromhex(leaf)).digest() for leaf in leaves]
    while len(level) > 1:
        pairs = range(0, len(level) - 1, 2)
        above = [hashlib.sha256(b"\x01" + level[i] + level[i + 1]).digest() for i in pairs]
        level = above + level[len(level) - len(level) % 2 :]
    return level[0].hex()
