"""What whoever watches the installation is told: its health, its figures, its log. No content."""
