"""Figures of aid."""
