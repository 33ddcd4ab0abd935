"""A file that was inspected: the only form in which a stage gets one."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class InspectedFile:
    """A file fit to be kept: its cleaned name, its kind (pdf, docx, png, jpg), size in bytes and SHA-256 in hex."""

    name: str
    kind: str
    media_type: str
    size: int
    sha256: str
    content: bytes = field(repr=False)
