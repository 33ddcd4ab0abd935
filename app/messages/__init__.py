"""TALKING: conversations in a case, with the other side or among staff, and never the one taken for the other."""
