"""WHAT: the thirteen programs, their public pages, and the finder."""
