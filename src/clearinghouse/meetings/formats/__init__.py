"""Writes what calendar programs read. Knows no Django."""
