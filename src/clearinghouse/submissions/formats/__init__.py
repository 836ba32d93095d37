"""The published formats: every kind as schema, template, table and record, out and back in."""
