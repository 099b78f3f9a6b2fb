"""Which kind of file it is: by extension and by its first bytes, which must agree."""

from __future__ import annotations

import re
import stat
from pathlib import Path
from typing import BinaryIO, Literal

from knowledge.ingest.blocks import Unreadable
from knowledge.ingest.limits import Limits

FileKind = Literal["pdf", "docx", "html", "markdown", "text"]
KINDS: dict[str, FileKind] = {
    "pdf": "pdf", "docx": "docx", "html": "html", "htm": "html", "xhtml": "html", "md": "markdown", "markdown": "markdown",
    "txt": "text", "text": "text",
}  # fmt: skip
NAMES = {"pdf": "PDF", "docx": "DOCX", "html": "HTML", "markdown": "Markdown", "text": "TXT"}  # as people call them
_MACROS = {"docm", "dotm"}
_OLD = {"doc", "dot", "rtf", "wps"}
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"), (b"PK\x03\x04", "ZIP"), (b"PK\x05\x06", "ZIP"), (b"\xd0\xcf\x11\xe0", "OLE"), (b"{\\rtf", "RTF"),
    (b"\x7fELF", "ELF"), (b"MZ", "EXE"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"),
    (b"\x1f\x8b", "GZIP"), (b"7z\xbc\xaf", "7Z"), (b"Rar!", "RAR"), (b"PAR1", "Parquet"),
)  # fmt: skip
_TAG = re.compile(
    rb"<\s*(?:!doctype|html|head|body|div|p|table|h[1-6]|article|section|meta|title|span|ul|ol)\b", re.IGNORECASE
)
_HEAD = 4096


def clean_name(name: str) -> str:
    """A file's own name without folders, control characters and what disguises an extension; at most 120 characters."""
    last = re.split(r"[\\/]", name)[-1]
    plain = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*{}[]`').strip(" .")
    return plain[-120:] or "file"


def kind_of(name: str, opened: BinaryIO) -> FileKind:
    """The kind of an opened file, which is left at its start. Raises Unreadable where name or content will not do."""
    extension = clean_name(name).rpartition(".")[2].lower() if "." in name else ""
    head = opened.read(_HEAD)
    opened.seek(0)
    magic = next((what for start, what in _MAGIC if head.startswith(start)), "")
    if not magic and b"%PDF-" in head[:1024]:
        magic = "PDF"
    if extension in _MACROS:
        raise Unreadable("macros")
    if extension in _OLD:
        raise Unreadable("old_word")
    kind = KINDS.get(extension)
    if kind is None:
        raise Unreadable("unknown_type", extension)
    if kind == "docx" and magic == "OLE":
        raise Unreadable("encrypted")  # Office wraps an encrypted DOCX in an OLE file
    wanted = {"pdf": "PDF", "docx": "ZIP"}.get(kind, "")
    if magic != wanted:
        raise Unreadable("content_mismatch", f".{extension} ≠ {magic}" if magic else f".{extension}")
    if kind == "html" and not _TAG.search(head.replace(b"\x00", b"")):
        raise Unreadable("content_mismatch", f".{extension}")
    return kind


def checked_size(path: Path, limits: Limits) -> int:
    """The size of an ordinary file, before a byte of it is read. Raises Unreadable."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        raise Unreadable("not_a_file") from None
    if not stat.S_ISREG(found.st_mode):
        raise Unreadable("not_a_file")
    if found.st_size == 0:
        raise Unreadable("empty")
    if found.st_size > limits.bytes:
        raise Unreadable("too_large")
    return found.st_size
