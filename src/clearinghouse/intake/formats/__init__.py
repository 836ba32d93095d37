"""The prefilled forms that a reply may come on, written and read back."""
