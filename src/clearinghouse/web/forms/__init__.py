"""What readers fill in: forms that carry what was typed to the rooms, whose rules judge it."""
