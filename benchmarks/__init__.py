"""What the program is measured by: commands that print figures."""
