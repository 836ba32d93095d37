"""Batches: staged, compared, applied as one, undone as one, given out and taken in again."""
