"""The exception that refuses a file, and the sentences that several checks share."""


class BadFile(Exception):
    """A file that cannot be kept; the sentence tells whoever attached it what to do."""


def damaged() -> BadFile:
    """The refusal of a file that no program reads to its end."""
    return BadFile("This file is damaged. Open it, save it again and attach the new copy.")


def something_else(kind: str) -> BadFile:
    """The refusal of a file whose content is not what its name says."""
    return BadFile(f"This file is named .{kind} but is something else. Open it, save it as .{kind} and attach that.")
