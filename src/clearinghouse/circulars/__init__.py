"""The monthly matrix: drafted, cleared, frozen, issued, and kept as it was issued."""
