"""Says how far a long piece of work has come, every two seconds, and nothing of a short one."""

import time
from collections.abc import Callable

EVERY = 2.0  # seconds


class Pace:
    """Counts bytes; speaks when it is time to."""

    def __init__(self, verb: str, say: Callable[[str], None]) -> None:
        self.verb, self.say = verb, say
        self.bytes, self.said_at = 0, time.monotonic()

    def come(self, some: int) -> None:
        self.bytes += some
        if time.monotonic() - self.said_at >= EVERY:
            self.said_at = time.monotonic()
            self.say(f"{self.verb} {self.bytes / 1e6:,.0f} MB")
