"""Stored files: recognised by their content, kept outside the web root, checked when read."""
