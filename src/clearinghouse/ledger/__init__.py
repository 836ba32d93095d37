"""The append-only, hash-chained record; record() is the only way the committee's data changes."""
