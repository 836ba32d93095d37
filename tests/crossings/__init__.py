"""The acts that join rooms: the matrix is issued and delivered, once, to those who may see it."""
