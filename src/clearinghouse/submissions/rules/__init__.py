"""The procedure of a contribution: its workflow, the kinds there are, and the checks of their fields."""
