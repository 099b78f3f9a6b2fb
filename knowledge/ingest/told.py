"""A user's documents and hits as plain values, the same for the command line and the page."""

from __future__ import annotations

from typing import Any

from data.classification import find_place
from data.errors import UnknownName
from data.text import Language, Text
from knowledge.ingest.refusals import NOTES
from knowledge.ingest.shelf import OwnHit
from knowledge.ingest.store import OwnDocument

LANGUAGES = {"zh": Text("中文", "Chinese"), "en": Text("英文", "English")}  # of documents
_SHOWN = 400  # characters of a passage


def described(document: OwnDocument, language: Language) -> dict[str, Any]:
    """A document for a list; ``notes`` in the reader's language."""
    return {
        "id": document.id,
        "title": document.title,
        "name": document.name,
        "kind": document.kind,
        "language": document.language,
        "year": document.year,
        "region": _region(document.region, language),
        "pages": document.pages,
        "passages": document.passages,
        "bytes": document.bytes,
        "added": document.added,
        "visibility": document.visibility,
        "notes": [NOTES[code].to(language) for code in document.notes if code in NOTES],
        "origin": "user",
    }


def hit_told(hit: OwnHit, language: Language) -> dict[str, Any]:
    """A passage found, with its place; its words are the document's own."""
    return {
        "document": hit.document.id,
        "title": hit.document.title,
        "page": hit.passage.page,
        "clause": hit.passage.place.to(language),
        "heading": hit.passage.heading,
        "text": " ".join(hit.passage.text.split())[:_SHOWN],
        "verified": False,
        "origin": "user",
    }


def _region(name: str | None, language: Language) -> str | None:
    try:
        return None if name is None else find_place(name).name.to(language)
    except UnknownName:
        return name
