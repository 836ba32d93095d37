"""The outbox: who is to be told of what, written with the cause and delivered apart from it."""
