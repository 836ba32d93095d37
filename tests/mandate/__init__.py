"""Tests of the mandate: what the committee stands on."""
