"""Everything about one request on one page, for staff and for the agency, and the queue."""
