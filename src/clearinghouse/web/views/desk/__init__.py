"""The desk: what each seat works on, one module a room."""
