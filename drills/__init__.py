"""The drills: an installation is broken on purpose, and what it lost or did twice is counted."""
