"""How a letter goes from its draft to the addressee's receipt, and what its text must keep to."""
