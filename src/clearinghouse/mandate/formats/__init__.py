"""Mandate packs as files: what they hold, read and checked without a database."""
