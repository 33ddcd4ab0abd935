"""The columns that every table of uploaded files has."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column


class AttachedFile:
    """The columns of a file that came with something; its bytes are kept by their hash."""

    position: Mapped[int]
    filename: Mapped[str] = mapped_column(String(160))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(120))
