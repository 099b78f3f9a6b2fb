"""A viewer's shelf: the documents this viewer may see, added, listed, removed and searched. Nothing else is reachable."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.errors import Conflict, NotAvailable, UnknownName
from data.home import state_folder
from data.text import Text
from knowledge.bm25 import Bm25
from knowledge.glossary import load_glossary, normalise
from knowledge.index import Entry, VectorIndex, current_generation, ensure_index
from knowledge.ingest.blocks import Unreadable
from knowledge.ingest.chunks import Passage, passages
from knowledge.ingest.describe import About, describe
from knowledge.ingest.extract import Progress, extract
from knowledge.ingest.kinds import clean_name
from knowledge.ingest.limits import LIMITS, Limits
from knowledge.ingest.refusals import refusal
from knowledge.ingest.store import (
    PREFIX,
    VECTORS,
    Generation,
    OwnDocument,
    change,
    described,
    load,
    stamp,
)
from knowledge.search import NO_VECTORS
from knowledge.segment import tokens
from knowledge.vectors import VectorConfig, VectorsUnavailable

LOCAL = "local"  # the one user of this machine, until access control exists
_FUSE = 20  # as in knowledge/search.py
_DEPTH = 40


@dataclass(frozen=True, slots=True)
class OwnHit:
    """A passage found. ``score`` orders the hits of one search."""

    document: OwnDocument
    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class OwnFound:
    """The hits of one search, best first, and what the asker should know of how they were found."""

    hits: tuple[OwnHit, ...]
    notices: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class _Opened:
    """What one viewer sees of a generation, ready to search."""

    stamp: tuple[int, int]
    generation: Generation
    rows: tuple[tuple[OwnDocument, int], ...]  # document and number of the passage
    words: Bm25 | None

    def passage(self, row: int) -> Passage:
        document, at = self.rows[row]
        return self.generation.passages[document.id][at]


class Shelf:
    """The documents of one viewer; ``None`` sees only what is shared. Safe to share between threads."""

    def __init__(self, viewer: str | None, config: VectorConfig | None = None, limits: Limits = LIMITS) -> None:
        self.viewer = viewer
        self.config = config or VectorConfig.from_environment()
        self._limits = limits
        self._lock = threading.Lock()
        self._opened: _Opened | None = None
        self._index: VectorIndex | None = None
        self._rebuilt = -1  # the generation whose broken vectors were built anew

    # ------------------------------------------------------------ what there is

    def documents(self) -> tuple[OwnDocument, ...]:
        """The documents this viewer may see, the latest first."""
        seen = [d for d in described() if d.seen_by(self.viewer)]
        return tuple(sorted(seen, key=lambda d: d.added, reverse=True))

    def document(self, name: str) -> OwnDocument:
        """A document by id, title or file name. Raises UnknownName with the nearest titles."""
        documents = self.documents()
        wanted = normalise(name)
        for d in documents:
            if name in (d.id, d.id.removeprefix(PREFIX)):
                return d
        for d in documents:
            if wanted in (normalise(d.title), normalise(d.name), normalise(d.name.rpartition(".")[0])):
                return d
        raise UnknownName(
            "unknown_document",
            Text(
                f"您的文件中没有“{_short(name)}”；可用 `tanlu knowledge list` 查看编号与标题。",
                f"There is no '{_short(name)}' among your documents; `tanlu knowledge list` shows ids and titles.",
            ),
            tuple(d.title for d in documents[:3]),
        )

    def named_in(self, text: str) -> list[OwnDocument]:
        """Documents whose title or file name a text names."""
        plain = normalise(text)
        out = []
        for d in self.documents():
            names = {normalise(d.title), normalise(d.name), normalise(d.name.rpartition(".")[0])}
            if any(len(n) >= 4 and n in plain for n in names):
                out.append(d)
        return out

    # ------------------------------------------------------------ adding and removing

    def add(
        self, path: Path, about: About | None = None, name: str | None = None, progress: Progress | None = None
    ) -> OwnDocument:
        """Read a file and put it on the shelf. Nothing is left behind where it is refused.

        Raises BadRequest with the reason (``refusals.REASONS``), Conflict for a duplicate, StateError.
        """
        if self.viewer is None:
            raise NotAvailable(
                "no_owner", Text("没有使用者，不能加入文件。", "Without a user no document can be added.")
            )
        called = clean_name(name or path.name)
        try:
            self._room()
            kind, found = extract(path, called, self._limits, progress)
            cut = passages(found)
            if not cut:
                raise Unreadable("no_text")
        except Unreadable as error:
            raise refusal(error.code, error.detail) from error
        document = describe(path, called, kind, found, cut, about or About(), self.viewer)
        added = change(lambda before: self._with(before, document, cut))
        self._refresh()
        return added

    def _room(self) -> None:
        mine = sum(d.owner == self.viewer for d in described())
        if mine >= self._limits.documents:
            raise Unreadable("too_many_documents")

    def _with(self, before: Generation, new: OwnDocument, cut: list[Passage]) -> tuple[Generation, OwnDocument]:
        for d in before.documents:
            if not d.seen_by(self.viewer):
                continue  # another's private document is not told of
            if d.sha256 == new.sha256:
                raise _duplicate(d, "duplicate_file", Text("内容完全相同", "the same bytes"))
            if d.text_sha256 == new.text_sha256:
                raise _duplicate(d, "duplicate_text", Text("文字完全相同", "the same text"))
        if sum(d.passages for d in before.documents) + len(cut) > self._limits.passages:
            raise refusal("too_many_passages")
        held = {**before.passages, new.id: tuple(cut)}
        return Generation(before.number + 1, (*before.documents, new), held), new

    def remove(self, name: str) -> OwnDocument:
        """Take a document off the shelf: its text and its vectors are deleted. Raises UnknownName, Conflict, StateError."""
        gone = self.document(name)
        if gone.owner != self.viewer:
            raise Conflict(
                "not_owner",
                Text(
                    "这份文件由他人共享，只有加入者可以移除。",
                    "Somebody else shares this document; only its owner can remove it.",
                ),
            )

        def without(before: Generation) -> tuple[Generation, OwnDocument]:
            kept = tuple(d for d in before.documents if d.id != gone.id)
            return Generation(before.number + 1, kept, {d.id: before.passages[d.id] for d in kept}), gone

        change(without)
        self._refresh()
        return gone

    def _refresh(self) -> None:
        """Bring the vectors up to date now, so that what was removed is gone from them too."""
        with self._lock:
            self._opened = self._index = None
        generation = load()
        try:
            self._vectors(generation)
        except Exception:  # noqa: BLE001 - vectors are a cache: the next search builds them or does without
            return

    # ------------------------------------------------------------ searching

    def find(
        self, query: str, limit: int = 5, document: str | None = None, fits: Callable[[OwnDocument], bool] | None = None
    ) -> OwnFound:
        """The passages nearest to a question, best first, of one document (an id) where given.

        Passages that share no word and no term with the question are not hits.
        """
        opened = self._open()
        if opened.words is None:
            return OwnFound(())
        scores = opened.words.scores(tokens(query))
        allowed = [
            i
            for i, (d, _) in enumerate(opened.rows)
            if (document is None or d.id == document) and (fits is None or fits(d)) and d.seen_by(self.viewer)
        ]
        by_words = sorted((i for i in allowed if scores[i] > 0), key=lambda i: -scores[i])[:_DEPTH]
        if not by_words:
            return OwnFound(())
        near, notices = self._by_vector(query, opened)
        sound = set(allowed)
        held = {i for i in allowed if scores[i] > 0}
        fused: dict[int, float] = {}
        for ranking in (by_words, [i for i in near if i in sound and i in held]):
            for rank, i in enumerate(ranking):
                fused[i] = fused.get(i, 0.0) + 1 / (_FUSE + rank + 1)
        best = sorted(fused, key=lambda i: (-fused[i], i))[:limit]
        return OwnFound(tuple(OwnHit(opened.rows[i][0], opened.passage(i), fused[i]) for i in best), notices)

    def opening(self, document: OwnDocument, count: int | None = 3) -> tuple[Passage, ...]:
        """The first passages of a document, all of them for None. Raises UnknownName where the viewer may not see it."""
        self.document(document.id)
        return load().passages[document.id][:count]

    def _open(self) -> _Opened:
        with self._lock:
            now = stamp()
            if self._opened is not None and self._opened.stamp == now:
                return self._opened
            generation = load()
            seen = [d for d in generation.documents if d.seen_by(self.viewer)]
            rows = tuple((d, at) for d in seen for at in range(len(generation.passages[d.id])))
            held = Bm25([tokens(_indexed(d, generation.passages[d.id][at])) for d, at in rows]) if rows else None
            self._opened = _Opened(now, generation, rows, held)
            return self._opened

    def _by_vector(self, query: str, opened: _Opened) -> tuple[list[int], tuple[Text, ...]]:
        """Row numbers by vector similarity among what the viewer may see; none, with a notice, where there are no vectors."""
        where: dict[str, Any] = {"visibility": "shared"}
        if self.viewer is not None:
            where = {"$or": [where, {"owner": self.viewer}]}
        keys: list[str] | None
        try:
            keys = self._vectors(opened.generation).nearest(query, _DEPTH, where=where)
        except VectorsUnavailable as error:  # a service of a setting: building anew would not mend it
            return [], (error.message,)
        except Exception:  # noqa: BLE001 - vectors are a cache: whatever is wrong with them, the words still answer
            keys = self._after_rebuild(query, opened.generation, where)
        if keys is None:
            return [], (NO_VECTORS,)
        row = {_key(d, at): i for i, (d, at) in enumerate(opened.rows)}
        return [row[k] for k in keys if k in row], ()

    def _after_rebuild(self, query: str, generation: Generation, where: dict[str, Any]) -> list[str] | None:
        """Build the vectors anew, once per state of the documents, and ask again; None where that fails too."""
        if self._rebuilt == generation.number:
            return None
        self._rebuilt = generation.number
        try:
            return self._vectors(generation, rebuild=True).nearest(query, _DEPTH, where=where)
        except Exception:  # noqa: BLE001 - as above: the caller turns this into a notice
            return None

    def _vectors(self, generation: Generation, rebuild: bool = False) -> VectorIndex:
        """The vectors of a generation; one set for all viewers, filtered at each search."""
        with self._lock:
            if rebuild or self._index is None or self._index.folder.name != str(current_generation(VECTORS)):
                entries = [
                    Entry(_key(d, at), _indexed(d, p), {"document": d.id, "owner": d.owner, "visibility": d.visibility})
                    for d in generation.documents
                    for at, p in enumerate(generation.passages[d.id])
                ]
                checksum = hashlib.sha256(
                    "\0".join(f"{d.id}{d.visibility}{d.text_sha256}" for d in generation.documents).encode()
                ).hexdigest()
                lines = load_glossary().lines
                self._index = ensure_index(checksum, entries, lines, rebuild, self.config, VECTORS, kept=1)
            return self._index


def open_shelf(viewer: str | None = LOCAL, config: VectorConfig | None = None) -> Shelf:
    """The shelf of a viewer, kept open between questions. Reads nothing yet. Raises StateError."""
    return _kept(viewer, config or VectorConfig.from_environment(), str(state_folder()))


@lru_cache(maxsize=8)
def _kept(viewer: str | None, config: VectorConfig, home: str) -> Shelf:
    return Shelf(viewer, config)


def _key(document: OwnDocument, at: int) -> str:
    return f"{document.id}#{at}"


def _indexed(document: OwnDocument, passage: Passage) -> str:
    """What a passage is found by: title, headings, clause and its words."""
    return "\n".join((document.title, passage.heading, passage.clause, passage.text))


def _short(name: str) -> str:
    return "".join(c for c in name if c.isprintable())[:60]


def _duplicate(document: OwnDocument, code: str, how: Text) -> Conflict:
    return Conflict(
        code,
        Text(
            f"这份文件已在您的文件中（《{document.title}》，{document.id}，{how.zh}）；如要更新，请先移除旧的一份。",
            f"This file is among your documents already ('{document.title}', {document.id}, {how.en}); "
            "remove the old one first if you want to replace it.",
        ),
        (document.id,),
    )
