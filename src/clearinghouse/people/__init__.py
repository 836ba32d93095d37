"""Persons, their accounts and the seats they hold; turns a login into an Actor."""
