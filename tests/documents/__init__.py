"""Documents: every format says the same, and nothing is lost or executed on the way."""
