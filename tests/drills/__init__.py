"""The drills are held once with the suite, in their quick form; in full by `make drills`."""
