"""Tests of the rules: pure tables and arithmetic, without a database."""
