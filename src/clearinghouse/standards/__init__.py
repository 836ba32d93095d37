"""The register of global standards and universal instruments, by obligation and organisation."""
