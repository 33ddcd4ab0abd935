"""The demonstration: made-up agencies and people, and a request in every status, told through the real operations."""
