"""The door for operators: the clearinghouse command."""
