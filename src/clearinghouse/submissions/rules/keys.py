"""The key by which a program that asks again finds what it has made, and no second one."""

from clearinghouse.access.errors import Invalid

LONGEST = 120


class KeyUsed(Invalid):
    """The key has been used for something else."""

    def __init__(self) -> None:
        super().__init__({"key": ["this key was used for something else: use a new one"]})


def must_be_one(key: str) -> None:
    """Raises Invalid where it is none."""
    if not key or len(key) > LONGEST or not key.isprintable():
        raise Invalid({"key": [f"a key has 1 to {LONGEST} printable characters"]})
