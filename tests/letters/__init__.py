"""Notes verbales and letters: drafted, cleared, numbered, sent, answered."""
