"""One document model, and the formats in which it can be read."""
