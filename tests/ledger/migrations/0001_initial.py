"""The room's own first migration, at its own place."""

from importlib import import_module

Migration = import_module("clearinghouse.needs.migrations.0001_initial").Migration
