"""2. ICE takes a request in: completeness, routing, people, questions to the agency, letters on paper."""
