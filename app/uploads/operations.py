"""Keeps inspected files: their bytes in the store, and what the tables say of them."""

from collections.abc import Sequence
from typing import Any

from app.storage import store
from app.uploads.inspected_file import InspectedFile


def keep(file: InspectedFile) -> dict[str, Any]:
    """The values of the columns that describe a file, its bytes in the store."""
    return {
        "filename": file.name,
        "media_type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
        "storage_key": store().put(file.content),
    }


def keep_all(files: Sequence[InspectedFile]) -> list[dict[str, Any]]:
    """The values of an AttachedFile for each of these, in their order."""
    return [{"position": position, **keep(file)} for position, file in enumerate(files, start=1)]
