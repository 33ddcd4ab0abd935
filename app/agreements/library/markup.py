"""How a clause is written: paragraphs, lettered items and tables, with facts in braces; and its text form."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

TOKEN = re.compile(r"\{\{|\}\}|\{([a-z][a-z0-9_]*)\}|[{}]")
TABLE = re.compile(r"\[\[table:\s*([a-z_]+)\s*\]\]")
ITEM = "- "
TABLES = ("measures", "data_schedule", "contacts", "officers", "conditions", "duties", "checklist")


class BadClauseText(ValueError):
    """Text that is no clause; the sentence tells its writer what to change."""


@dataclass(frozen=True, slots=True)
class Words:
    """Text that prints as it stands."""

    text: str


@dataclass(frozen=True, slots=True)
class FactName:
    """The place where a fact is filled in."""

    key: str


Sentence = tuple[Words | FactName, ...]


@dataclass(frozen=True, slots=True)
class ParagraphText:
    """One paragraph."""

    sentence: Sentence


@dataclass(frozen=True, slots=True)
class ItemsText:
    """Lettered sub-clauses."""

    items: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class TableText:
    """The place of a table that is made from the facts or the template."""

    name: str


BlockText = ParagraphText | ItemsText | TableText


def sentence(text: str) -> Sentence:
    """The words and facts of one paragraph, item or cell. Raises BadClauseText for a brace that names no fact."""
    return tuple(_joined(_pieces(text)))


def _pieces(text: str) -> Iterator[Words | FactName]:
    start = 0
    for token in TOKEN.finditer(text):
        yield Words(text[start : token.start()])
        start = token.end()
        if token[1]:
            yield FactName(token[1])
        elif len(token[0]) == 1:
            raise BadClauseText(f"Write a single “{token[0]}” twice, or close the braces around the name of a fact.")
        else:
            yield Words(token[0][0])
    yield Words(text[start:])


def _joined(pieces: Iterator[Words | FactName]) -> list[Words | FactName]:
    found: list[Words | FactName] = []
    for piece in pieces:
        if isinstance(piece, Words) and found and isinstance(found[-1], Words):
            found[-1] = Words(found[-1].text + piece.text)
        elif piece != Words(""):
            found.append(piece)
    return found


def facts_in(blocks: Sequence[BlockText]) -> list[str]:
    """The facts named by these blocks, in order."""
    return [piece.key for line in sentences(blocks) for piece in line if isinstance(piece, FactName)]


def sentences(blocks: Sequence[BlockText]) -> Iterator[Sentence]:
    """Every sentence of these blocks; a table has none of its own."""
    for block in blocks:
        if isinstance(block, ParagraphText):
            yield block.sentence
        elif isinstance(block, ItemsText):
            yield from block.items


def read_blocks(written: Sequence[str | Mapping[str, object]]) -> tuple[BlockText, ...]:
    """The blocks of a clause as the library's files write them. Raises BadClauseText."""
    return tuple(_block(part) for part in written)


def _block(part: str | Mapping[str, object]) -> BlockText:
    if isinstance(part, str):
        return ParagraphText(sentence(part))
    match dict(part):
        case {"items": [*items], **rest} if items and not rest:
            return ItemsText(tuple(sentence(str(item)) for item in items))
        case {"table": str(name), **rest} if not rest:
            return _table(name)
    raise BadClauseText('A part of the text is a string, { items = [...] } or { table = "..." }.')


def _table(name: str) -> TableText:
    if name not in TABLES:
        raise BadClauseText(f"There is no table “{name}”. The tables are: {', '.join(TABLES)}.")
    return TableText(name)


def to_text(blocks: Sequence[BlockText]) -> str:
    """The text form: a blank line between blocks, "- " before an item, {fact} for a fact, literal braces doubled."""
    return "\n\n".join(_block_text(block) for block in blocks)


def _block_text(block: BlockText) -> str:
    match block:
        case ParagraphText(line):
            return _written(line)
        case ItemsText(items):
            return "\n".join(ITEM + _written(item) for item in items)
        case TableText(name):
            return f"[[table: {name}]]"


def _written(line: Sentence) -> str:
    return "".join(
        f"{{{piece.key}}}" if isinstance(piece, FactName) else piece.text.replace("{", "{{").replace("}", "}}")
        for piece in line
    )


def from_text(text: str, known: Container[str]) -> tuple[BlockText, ...]:
    """The blocks of a text form; line breaks within a paragraph are spaces. Raises BadClauseText with a sentence."""
    blocks = tuple(block for part in re.split(r"\n[ \t]*\n", text.strip()) for block in _part(part) if part.strip())
    if not blocks:
        raise BadClauseText("Write the text of the clause, or leave the clause out.")
    for key in facts_in(blocks):
        if key not in known:
            raise BadClauseText(f"There is no fact “{key}”. Choose one from the list, or write the words themselves.")
    return blocks


def _part(part: str) -> Iterator[BlockText]:
    """One stretch without a blank line: a paragraph, then perhaps its items, or a table."""
    paragraph: list[str] = []
    items: list[str] = []
    for line in part.splitlines():
        if line.startswith(ITEM):
            items.append(line.removeprefix(ITEM).strip())
        elif items:
            items[-1] += f" {line.strip()}"
        else:
            paragraph.append(line.strip())
    joined = " ".join(paragraph)
    if table := TABLE.fullmatch(joined):
        yield _table(table[1])
    elif joined:
        yield ParagraphText(sentence(joined))
    if items:
        yield ItemsText(tuple(sentence(item) for item in items))
