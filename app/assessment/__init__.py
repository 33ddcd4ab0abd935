"""2. Staff assess and recommend, the agency answers, headquarters reviews and decides."""
