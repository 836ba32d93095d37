"""The tray: how replies are read, what arrives, and what becomes of it."""
