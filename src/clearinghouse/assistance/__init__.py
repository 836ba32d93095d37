"""Assistance: what is known of real aid, from published tables."""
