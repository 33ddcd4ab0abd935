"""1. An agency asks: the request, its sections, its files, and who sees it."""
