"""Notes verbales and letters: templates, drafts, clearance, dispatch, replies, the register."""
