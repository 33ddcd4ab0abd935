"""Agreements in force as ICE publishes them: imported, counted and shown."""
