"""The secretariat's contact with bodies: what was said, what is asked of them, and by when."""
