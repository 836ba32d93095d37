"""Meetings from the inside: agenda, documents, who is invited, holidays, calendar keys."""
