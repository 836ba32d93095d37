"""Pure Python that every room stands on: workflow, calendar, languages, canonical JSON."""
