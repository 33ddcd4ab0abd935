"""What every import of a public list shares: reading the file, counting the results row by row, and reporting them."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.text import BadText, clean_line

SHOWN: Final = 20  # refused rows told one by one; all are counted
BATCH: Final = 1_000  # rows in one statement


class UnreadableFile(Exception):
    """A file that cannot be imported at all; one sentence says why."""


class RefusedRow(Exception):
    """A row that cannot be kept: the reason, the same for all of its kind, and what stood there."""

    def __init__(self, reason: str, found: str = "") -> None:
        super().__init__(reason)
        self.reason, self.found = reason, found


@dataclass(frozen=True)
class ImportRow:
    """One row of a file: its line as an editor counts it, and its values by column."""

    line: int
    values: Mapping[str, str]

    def text(self, column: str, limit: int = 200) -> str:
        """The value as one clean line; "" where there is none. Raises RefusedRow."""
        try:
            return " ".join(clean_line(self.values.get(column, ""), limit).split())
        except BadText as fault:
            raise RefusedRow(f"Its {column.replace('_', ' ')} cannot be kept", str(fault)) from None

    def whole(self, column: str) -> int | None:
        """The value as a whole number of at most nine digits; None where there is none. Raises RefusedRow."""
        typed = self.text(column).replace(",", "")
        if typed in {"", "NULL"}:
            return None
        if not typed.isascii() or not typed.isdigit() or len(typed) > 9:
            raise RefusedRow(f"Its {column.replace('_', ' ')} is not a whole number", typed[:40])
        return int(typed)


@dataclass
class ImportReport:
    """What came of an import, row by row."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[int, RefusedRow]] = field(default_factory=list)

    def refuse(self, row: ImportRow, refusal: RefusedRow) -> None:
        """Counts a row that was left out."""
        self.refused.append((row.line, refusal))

    def refuse_all(self, rows: Sequence[ImportRow], refusal: RefusedRow) -> None:
        """Counts several rows that were left out for one reason."""
        for row in rows:
            self.refuse(row, refusal)

    @property
    def counts(self) -> dict[str, int]:
        """The four figures, for the record."""
        return {
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "refused": len(self.refused),
        }

    @property
    def closing_line(self) -> str:
        """ "added 3, changed 0, unchanged 12, refused 1"."""
        return ", ".join(f"{what} {number}" for what, number in self.counts.items())

    def explanations(self) -> Iterator[str]:
        """Why rows were refused: each reason with its count, then the first rows one by one."""
        reasons = Counter(refusal.reason for _, refusal in self.refused)
        for reason, count in reasons.most_common():
            yield f"Refused {count}: {reason}."
        for line, refusal in self.refused[:SHOWN]:
            yield f"  line {line}: {refusal.reason}{f' ({refusal.found})' if refusal.found else ''}"
        if len(self.refused) > SHOWN:
            yield f"  and {len(self.refused) - SHOWN} more"


def read_csv(path: Path, columns: Mapping[str, Sequence[str]]) -> list[ImportRow]:
    """The rows of a UTF-8 CSV file. `columns` gives each column's possible names in the file. Raises BadFile."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            found = find_columns(path, next(reader, []), columns)
            return [
                ImportRow(reader.line_num, {name: cells[at] for name, at in found.items() if at < len(cells)})
                for cells in reader
                if any(cell.strip() for cell in cells)
            ]
    except OSError as fault:
        raise UnreadableFile(unreadable(path, fault)) from None
    except UnicodeDecodeError:
        raise UnreadableFile(f"{path} is not a CSV file in UTF-8.") from None
    except csv.Error as fault:
        raise UnreadableFile(f"{path} is not a CSV file: {fault}.") from None


def find_columns(path: Path, head: Sequence[object], columns: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Where each column stands, by the names in the first row. Raises BadFile naming what is missing."""
    names = [" ".join(str(cell or "").split()).casefold() for cell in head]
    found = {column: next((names.index(way) for way in ways if way in names), -1) for column, ways in columns.items()}
    if missing := [columns[column][0] for column, at in found.items() if at < 0]:
        raise UnreadableFile(f"{path} has no column named {', '.join(missing)}. Is it the right file?")
    return found


def unreadable(path: Path, fault: OSError) -> str:
    """Why a file could not be opened, in a sentence."""
    if isinstance(fault, FileNotFoundError):
        return f"There is no file {path}."
    if isinstance(fault, IsADirectoryError):
        return f"{path} is a folder, not a file."
    return f"{path} cannot be read: {fault.strerror or fault}."
