"""4. Both sides decide: the agency concurs, the board gives opinions, an official decides on each program."""
