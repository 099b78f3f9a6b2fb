"""The description of a user's file: title, language, year, region, checksums."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from knowledge.ingest import guess
from knowledge.ingest.blocks import Extract
from knowledge.ingest.chunks import Passage
from knowledge.ingest.store import PREFIX, OwnDocument, Visibility


@dataclass(frozen=True, slots=True)
class About:
    """What an owner says of a file; what is left open is read from it."""

    title: str | None = None
    year: int | None = None
    region: str | None = None
    language: str | None = None
    visibility: Visibility = "private"


def describe(
    path: Path, name: str, kind: str, found: Extract, cut: list[Passage], about: About, owner: str
) -> OwnDocument:
    """The description of a file that was read: what its owner says of it, else what it says of itself."""
    title = _plain_title(about.title or guess.title_of(found, name)) or name
    digest = hashlib.sha256()
    with path.open("rb") as opened:
        while piece := opened.read(1 << 20):
            digest.update(piece)
    # of all that was read, so that two files that differ in their heading only are two
    said = "".join(b.text + "".join(cell for row in b.rows for cell in row) for b in found.blocks)
    text = hashlib.sha256("".join(said.split()).encode()).hexdigest()
    key = hashlib.sha256(f"{owner}\0{digest.hexdigest()}\0{datetime.now(UTC).isoformat()}".encode()).hexdigest()[:10]
    return OwnDocument(
        id=PREFIX + key,
        title=title,
        name=name,
        kind=kind,
        language=about.language or guess.language_of(found),
        owner=owner,
        visibility=about.visibility,
        added=datetime.now(UTC).isoformat(timespec="seconds"),
        bytes=path.stat().st_size,
        sha256=digest.hexdigest(),
        text_sha256=text,
        pages=found.pages,
        year=about.year if about.year is not None else guess.year_of(title, name),
        region=about.region or guess.region_of(title),
        passages=len(cut),
        notes=list(found.notes),
    )


def _plain_title(title: str) -> str:
    kept = "".join(c for c in title if c.isprintable() and c not in "{}[]<>《》`|*")
    return " ".join(kept.split())[:160]
