"""The demonstration: made-up agencies and people, and a request in every status, made through the real operations."""
