"""One request on one page, for staff and for the agency; the queue, the search and what is related."""
