"""Tests of the pages: what they say, to whom, and how they stand on a screen."""
