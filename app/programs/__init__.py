"""WHAT: the programs, their public pages, and the finder."""
