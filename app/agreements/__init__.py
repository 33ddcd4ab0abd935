"""3. An agreement is drafted from the library, cleared, talked over, accepted and kept."""
