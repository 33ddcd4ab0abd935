"""The addresses of routes, with something in place of what they leave open."""

import re

WORDS_OF = re.compile(r"<any\((\w+)[^>]*>")


def spelled(rule: str, value: str) -> str:
    """The rule's address with this value for every part it leaves open; of a choice of words the first."""
    return re.sub(r"<[^>]+>", value, WORDS_OF.sub(r"\1", rule))
