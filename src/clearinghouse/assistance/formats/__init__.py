"""Reads published tables of aid. Knows no Django."""
