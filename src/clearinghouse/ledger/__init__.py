"""The append-only, hash-chained record, and record(): the only way the committee's data changes."""
