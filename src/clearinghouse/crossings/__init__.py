"""One module for each act that joins rooms: it calls their actions in one transaction."""
