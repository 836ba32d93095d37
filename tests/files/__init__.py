"""Stored files: what is taken, how it is kept, and what the pitfall files come to."""
