"""What a file is and what it says, read from its bytes alone. No Django, no network, no disk."""
