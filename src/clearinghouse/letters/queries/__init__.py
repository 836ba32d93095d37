"""Everything that reads letters: the register, what a text says once filled, the day's run."""
