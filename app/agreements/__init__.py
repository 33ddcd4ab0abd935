"""5. An agreement is drafted from the library, cleared, negotiated, accepted and kept."""
