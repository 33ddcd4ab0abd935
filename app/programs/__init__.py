"""The programs: their data, their public pages, and the finder."""
