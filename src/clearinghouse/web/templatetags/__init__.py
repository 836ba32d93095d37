"""Template tags: the parts that pages are made of."""
