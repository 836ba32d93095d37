"""How a check answers: with nothing, with what is wrong, or with a note."""


class Note(str):
    """Something to know that is no fault."""

    __slots__ = ()
