"""Reads a template's text, finds its faults, and fills it in; what is filled in is never read again. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

BRACED = re.compile(r"\{([^{}\n]*)\}")
STRAY = re.compile(r"[{}]")
ALONE = re.compile(r"\{([a-z_]+)\}")
ITEM = "- "
Value = str | tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """A paragraph, or the items of a list."""

    text: str = ""
    items: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """For keeping, and for the PDF."""
        return {"text": self.text, "items": list(self.items)}


def template_faults(text: str, known: Collection[str]) -> list[str]:
    """What keeps this text from being a template, each as a sentence."""
    unknown = dict.fromkeys(name for name in BRACED.findall(text) if name not in known)
    found = [f"There is no placeholder {{{name}}} in this letter. Use one of those listed." for name in unknown]
    if STRAY.search(BRACED.sub("", text)):
        found.append("A brace stands alone. Write each placeholder between { and }.")
    return found


def fill_line(text: str, values: Mapping[str, Value]) -> str:
    """One line with its placeholders filled in, in one pass; a list is joined, and one without a value is empty."""
    return BRACED.sub(lambda found: _joined(values.get(found[1], "")), text)


def fill_text(body: str, values: Mapping[str, Value]) -> tuple[Block, ...]:
    """The letter's blocks: paragraphs stand apart by an empty line; one that comes out empty is left out."""
    blocks = [_block(part.strip("\n"), values) for part in re.split(r"\n[ \t]*\n", body)]
    return tuple(block for block in blocks if block.text.strip() or block.items)


def _block(part: str, values: Mapping[str, Value]) -> Block:
    alone = ALONE.fullmatch(part.strip())
    if alone and isinstance(value := values.get(alone[1], ""), tuple):
        return Block(items=value)
    lines = part.splitlines()
    if lines and all(line.startswith(ITEM) for line in lines):
        return Block(items=tuple(fill_line(line.removeprefix(ITEM), values) for line in lines))
    return Block(text=fill_line(part, values))


def _joined(value: str | Sequence[str]) -> str:
    return value if isinstance(value, str) else "; ".join(value)
