"""Conversations in a case, between the sides or among staff; who reads one is settled when it begins."""
