"""Everything that reads issues of the matrix: where they stand, and what each reader is shown."""
