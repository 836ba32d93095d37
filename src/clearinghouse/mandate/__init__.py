"""The mandate: obligations, areas, States, organisations, meetings, calendar."""
