"""The tray: replies, forms, scans and paper, each beside the question it answers."""
