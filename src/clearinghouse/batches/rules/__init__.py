"""The procedure of a batch: its workflow, what a row comes to, and what looks like another."""
