"""Contributions: every kind, every way in, one set of checks."""
