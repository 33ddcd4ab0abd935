"""What the cases tell together: the dashboard, reports over a period, downloads, and what the public may know."""
