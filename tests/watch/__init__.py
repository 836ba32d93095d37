"""What whoever watches the installation is told, and what never."""
