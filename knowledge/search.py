"""Hybrid search over the clauses: BM25 and vectors, fused as ``ranking`` says.

``open_library()`` is cheap: the corpus is read at the first use, the vector index opened at the first search. BM25
answers alone where the vectors cannot be used, with a notice.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources.abc import Traversable

import numpy as np

from data.text import Text
from knowledge.corpus import Clause, Corpus, Document, load_corpus, shipped_corpus
from knowledge.entries import entry, indexed_text, key_of
from knowledge.filters import Filters, region_of, sector_key
from knowledge.glossary import load_bridge, load_glossary, normalise
from knowledge.index import VectorIndex, current_generation, ensure_index
from knowledge.naming import Names
from knowledge.places import places_named
from knowledge.ranking import Ranking
from knowledge.segment import words
from knowledge.terms import Terms
from knowledge.vectors import VectorConfig, VectorsUnavailable

_DEPTH = 90  # nearest vectors that count
_FAR = 400  # vectors looked at where a filter may drop most

NO_VECTORS = Text(
    "向量索引暂不可用，本次只按关键词检索；可删除状态目录下的index文件夹，它会自动重建。",
    "The vector index cannot be used, so this search went by keywords alone; "
    "delete the folder index in the state folder and it will be rebuilt.",
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause found. ``score`` orders the hits of one search and means nothing across searches."""

    document: str
    clause: str
    title: Text  # of the document
    heading: Text  # of the clause
    label: Text  # how the clause is called
    digest: Text
    url: str | None
    verified: bool
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of one search, best first, and what the asker should know of how they were found."""

    hits: tuple[Hit, ...]
    notices: tuple[Text, ...]


class Library:
    """The knowledge base, opened. Safe to share between threads."""

    def __init__(self, folder: Traversable | None = None, config: VectorConfig | None = None) -> None:
        self._folder = folder
        self._config = config or VectorConfig.from_environment()
        self._lock = threading.Lock()
        self._index: VectorIndex | None = None
        self._rebuilt = False  # a broken index is rebuilt once per process, not at every search

    @cached_property
    def corpus(self) -> Corpus:
        """The corpus, read at first use. Raises DatasetError where a file of it is malformed."""
        return shipped_corpus() if self._folder is None else load_corpus(self._folder)

    @cached_property
    def _names(self) -> Names:
        return Names(self.corpus)

    @cached_property
    def terms(self) -> Terms:
        """The terms of the glossary, for questions after what a word means."""
        return Terms(self.corpus)

    @cached_property
    def _ranking(self) -> Ranking:
        return _shipped_ranking() if self._folder is None else Ranking(self.corpus)

    @cached_property
    def _row(self) -> dict[str, int]:
        return {key_of(c): i for i, c in enumerate(self.corpus.clauses)}

    def document(self, name: str) -> Document:
        """A document by id, title, number or one of its other names. Raises UnknownName with the nearest ids."""
        return self.corpus.documents[self._names.one(name)]

    def documents_named(self, text: str) -> list[str]:
        """Ids of the documents a text names, by the longest names first; a name within a longer one does not count."""
        return self._names.split(text)[0]

    def without_names(self, text: str) -> str:
        """The normalised text with the names of documents blanked out."""
        return self._names.split(text)[1]

    def filters(
        self,
        document: str | None = None,
        year: int | None = None,
        region: str | None = None,
        sector: str | None = None,
    ) -> Filters:
        """What to narrow a search to, by names a user may write. Raises UnknownName with the nearest names."""
        return Filters(
            document=self.document(document).id if document else None,
            year=year,
            region=region_of(region, self._places) if region else None,
            sector=sector_key(sector) if sector else None,
        )

    @cached_property
    def _places(self) -> frozenset[str]:
        return frozenset(d.place for d in self.corpus.documents.values())

    def search(
        self, query: str, limit: int = 5, document: str | None = None, filters: Filters | None = None
    ) -> list[Hit]:
        """The clauses nearest to a question, best first; of one document (an id) or within ``filters`` where given."""
        return list(self.find(query, limit, document, filters).hits)

    def find(
        self,
        query: str,
        limit: int = 5,
        document: str | None = None,
        filters: Filters | None = None,
        vectors: bool = True,
    ) -> Found:
        """As ``search``, with notices. A question that shares no word with the corpus finds nothing.

        ``vectors=False`` goes by words alone, without a notice.
        """
        narrowed = Filters(document=document) if filters is None else filters
        named, bare = self._names.split(query)
        asked = bare if words(bare) else query  # a document's name is weighed apart
        clauses, ranking = self.corpus.clauses, self._ranking
        here = places_named(normalise(query), self._places)
        allowed = np.ones(len(clauses), dtype=bool)
        if narrowed:
            allowed = np.asarray([narrowed.allow(self._of(c), c) for c in clauses])
        if not named and not (ranking.by_words(asked)[allowed] > 0).any():
            return Found((), ())
        near, notices = self._by_vector(asked, narrowed) if vectors else ({}, ())
        scores = ranking.scores(query, asked, named, here, near, allowed)
        order = [int(i) for i in np.argsort(-scores, kind="stable") if scores[i] > 0]
        best = ranking.spread(order, named)[:limit]
        return Found(tuple(self.hit(clauses[i], float(scores[i])) for i in best), notices)

    def _of(self, clause: Clause) -> Document:
        return self.corpus.documents[clause.document]

    def _by_vector(self, query: str, narrowed: Filters) -> tuple[dict[int, float], tuple[Text, ...]]:
        """Likeness of vectors by row number; none, with a notice, where the vectors cannot be used."""
        nearest: list[tuple[str, float]] | None
        depth = _FAR if narrowed else _DEPTH
        try:
            nearest = self._vectors().likeness(query, depth, narrowed.document)
        except VectorsUnavailable as error:  # a service of a setting: building the index anew would not mend it
            return {}, (error.message,)
        except Exception:  # noqa: BLE001 - vectors are a cache: whatever is wrong with them, BM25 still answers
            nearest = self._after_rebuild(query, depth, narrowed.document)
        if nearest is None:
            return {}, (NO_VECTORS,)
        return {self._row[key]: near for key, near in nearest if key in self._row}, ()

    def _after_rebuild(self, query: str, depth: int, document: str | None) -> list[tuple[str, float]] | None:
        """Build the index anew, once per process, and ask again; None where that fails too."""
        if self._rebuilt:
            return None
        self._rebuilt = True
        try:
            return self._vectors(rebuild=True).likeness(query, depth, document)
        except Exception:  # noqa: BLE001 - as above: the caller turns this into a notice
            return None

    def _vectors(self, rebuild: bool = False) -> VectorIndex:
        with self._lock:
            current = self._index
            if rebuild or current is None or current.folder.name != str(current_generation()):
                entries = [entry(self.corpus, c) for c in self.corpus.clauses]
                self._index = ensure_index(
                    self.corpus.checksum, entries, [*load_glossary().lines, *load_bridge().lines], rebuild, self._config
                )
            assert self._index is not None
            return self._index

    def rebuild(self) -> None:
        """Build a new generation of the index now. Raises StateError, or Chroma's own error."""
        self._vectors(rebuild=True)

    def hit(self, clause: Clause, score: float) -> Hit:
        """A clause as a search gives it."""
        document = self.corpus.documents[clause.document]
        return Hit(
            document=document.id,
            clause=clause.id,
            title=document.title,
            heading=clause.title,
            label=clause.label,
            digest=clause.digest,
            url=document.url,
            verified=clause.verified,
            score=score,
        )


@cache
def _shipped_ranking() -> Ranking:
    """Words of the shipped corpus, counted once per process: a library is opened at every turn."""
    return Ranking(shipped_corpus())


def open_library(folder: Traversable | None = None, config: VectorConfig | None = None) -> Library:
    """The knowledge base over the corpus shipped with the package, or over another folder. Reads nothing yet."""
    return Library(folder, config)


__all__ = ["NO_VECTORS", "Found", "Hit", "Library", "indexed_text", "open_library"]
