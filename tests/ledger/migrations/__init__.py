"""Migrations that change the needs' table and bring it back to today's columns."""
