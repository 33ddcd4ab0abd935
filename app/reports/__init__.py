"""What the cases tell together: the dashboard, reports over a period, exports, and public totals."""
