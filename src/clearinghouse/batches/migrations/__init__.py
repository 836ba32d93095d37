"""The table of batches and of their rows, step by step."""
