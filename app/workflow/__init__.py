"""The journey: two tables of steps, what must hold for each, and the one engine that takes them."""
