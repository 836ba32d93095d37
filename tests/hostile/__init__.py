"""Every form of every seat, and every address, asked with what no good reader would send."""
