"""The one way a file is refused: a marked text that names the place, and what goes into it."""


class Unfit(Exception):
    """A file that is not taken: the sentence, to be translated, and its values."""

    def __init__(self, message: str, /, **values: object) -> None:
        super().__init__(message % values if values else message)
        self.message = message
        self.values = values
