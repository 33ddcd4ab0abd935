"""Uploaded files: inspected before any lock, kept, and served."""
