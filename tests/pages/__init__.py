"""Every page before the checkers: axe-core in a browser, and the Nu HTML checker."""
