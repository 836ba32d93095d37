"""Backups and the way back from them, on whichever database the tests are given."""
