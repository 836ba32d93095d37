"""What can be done with meetings. Each action asks, changes, records."""
