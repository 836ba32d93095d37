"""What `doctor` looks at: the machine, what is stored, and how things stand."""
