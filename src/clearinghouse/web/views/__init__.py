"""Views, one module a room: who is asking, what, with which input, and the page that answers."""
