"""Business days, clocks and calendar files. Pure."""
