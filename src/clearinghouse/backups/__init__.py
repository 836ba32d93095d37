"""Backups: one encrypted file with everything an installation needs, and the way back from it."""
