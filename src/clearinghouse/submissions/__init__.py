"""How contributions arrive and are reviewed: from a draft to a listed entry or a shown need."""
