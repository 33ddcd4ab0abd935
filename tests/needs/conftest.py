"""Properties are judged by what holds, not by how fast a shared machine is."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
