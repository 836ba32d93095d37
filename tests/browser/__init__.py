"""Stories told in a real browser, over a live server and a demonstration of each test's own."""
