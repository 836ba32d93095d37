"""The one place where the sign-in library meets the house."""
