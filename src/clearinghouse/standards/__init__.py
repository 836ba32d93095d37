"""The register of global standards and the universal instruments, by obligation and organisation."""
