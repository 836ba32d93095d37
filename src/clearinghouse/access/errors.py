"""The ways of saying no. Doors translate them, each in one place; nobody else catches them."""


class Unseen(Exception):
    """There is no such thing, or not for this actor: the two look alike."""


class Refused(Exception):
    """The actor may see the thing but may not do this to it."""


class Stale(Exception):
    """Someone else changed it first."""


class Invalid(Exception):
    """What was given cannot be accepted: a message for each field, each a list of sentences."""

    def __init__(self, faults: dict[str, list[str]]) -> None:
        super().__init__("; ".join(f"{f}: {' '.join(said)}" for f, said in faults.items()))
        self.faults = faults


class Unavailable(Exception):
    """The record or the store cannot be written now; nothing was changed."""


class HeldBack(Exception):
    """Too many tries: nothing was looked at; come again later."""
