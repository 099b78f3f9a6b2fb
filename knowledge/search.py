"""Hybrid search over the clauses: BM25 and vectors, fused by reciprocal rank (Cormack, Clarke and Büttcher 2009).

``open_library()`` is cheap: the corpus is read at the first use, the vector index opened at the first search. BM25
answers alone where the vectors cannot be used, with a notice.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable

from data.errors import UnknownName
from data.text import Text
from knowledge.bm25 import Bm25
from knowledge.corpus import Clause, Corpus, Document, load_corpus
from knowledge.filters import Filters, region_of, sector_key
from knowledge.glossary import load_bridge, load_glossary, normalise
from knowledge.index import Entry, VectorIndex, current_generation, ensure_index
from knowledge.places import GENERAL, places_named
from knowledge.segment import tokens, words
from knowledge.vectors import VectorConfig, VectorsUnavailable

_FUSE = 5  # the constant of reciprocal rank fusion; small: the first ranks are the ones to trust
_SHARES = (1.0, 0.7, 1.0, 1.0)  # words, vectors, whole documents, documents named: the words of a clause lead
_EACH = 1  # clauses of one document that come before other documents' turn
_DEPTH = 30  # ranks of each side that enter the fusion
_NAMED = 2.2  # a document the question names
_OF_DOCUMENT = 12  # documents nearest as a whole whose best clauses enter the fusion
_BEST = 2  # clauses of each
_ELSEWHERE = 0.85  # a local document where the question names another place or none
_SET_BACK = 10  # ranks by which such a document's clauses are set back among the nearest vectors
_FAR = 400  # vectors looked at where a filter may drop most
_HERE = 1.3  # a local document of a place the question names
_GLOSSARY = 0.8  # explanations of terms come after the documents they rest on
_CLAUSE = 40.0  # a clause without parts that the question names by number
_CHAPTER = 1.25  # a clause under a chapter the question names by number
_CLAUSE_MARKS = (
    re.compile(r"(?:clause|section|chapter)s?\s*(\d+(?:\.\d+)*)", re.IGNORECASE),
    re.compile(r"第?\s*(\d+(?:\.\d+)*)\s*(?:条|节|章|款)"),
    re.compile(r"(?<![\d.])(\d\.\d+(?:\.\d+)?)(?![\d.%°])"),
    re.compile(r"([一二三四五六]\([一二三四五六七八九十]+\)\d*)"),
)

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
        return load_corpus(self._folder)

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        """(normalised name, document id), the longest first."""
        pairs = {
            (normalise(name), d.id): None
            for d in self.corpus.documents.values()
            for name in (d.id, d.title.zh, d.title.en, *([d.number] if d.number else []), *d.aliases)
        }
        return sorted(pairs, key=lambda p: -len(p[0]))

    @cached_property
    def _bm25(self) -> Bm25:
        return Bm25([tokens(indexed_text(self.corpus, c)) for c in self.corpus.clauses])

    @cached_property
    def _row(self) -> dict[str, int]:
        return {_key(c): i for i, c in enumerate(self.corpus.clauses)}

    def document(self, name: str) -> Document:
        """A document by id, title, number or one of its other names. Raises UnknownName with the nearest titles."""
        wanted = normalise(name)
        exact = [i for n, i in self._names if n == wanted]
        named = exact or self.documents_named(name)
        if named:
            return self.corpus.documents[named[0]]
        raise UnknownName(
            "unknown_document",
            Text(
                f"知识库中没有文件“{name}”；可用 `tanlu knowledge list` 查看收录的文件。",
                f"There is no document '{name}' in the knowledge base; `tanlu knowledge list` shows what there is.",
            ),
            self._nearest(wanted),
        )

    def _nearest(self, wanted: str) -> tuple[str, ...]:
        from rapidfuzz import fuzz, process

        found = process.extract(wanted, [n for n, _ in self._names], scorer=fuzz.WRatio, limit=8, score_cutoff=45)
        ids = dict.fromkeys(self._names[i][1] for _, _, i in found)
        return tuple(ids)[:3]

    def documents_named(self, text: str) -> list[str]:
        """Ids of the documents a text names, by the longest names first; a name within a longer one does not count."""
        return self._split_names(text)[0]

    def without_names(self, text: str) -> str:
        """The normalised text with the names of documents blanked out."""
        return self._split_names(text)[1]

    def _split_names(self, text: str) -> tuple[list[str], str]:
        rest = normalise(text)
        out: list[str] = []
        last = ""
        for name, document in self._names:
            at = _position(rest, name)
            if at is None and name != last:
                continue
            if at is not None:
                rest = rest[:at] + " " * len(name) + rest[at + len(name) :]
                last = name  # a name that several documents bear names them all
            if document not in out:
                out.append(document)
        return out, rest

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
        named, bare = self._split_names(query)
        asked = bare if words(bare) else query  # a document's name is weighed apart, see _weight
        clauses = self.corpus.clauses
        here = places_named(normalise(query), self._places)
        scores = self._bm25.scores(tokens(asked))
        order = [
            (-scores[i] * self._of_place(c.document, here), i)
            for i, c in enumerate(clauses)
            if (scores[i] > 0 or c.document in named) and (not narrowed or narrowed.allow(self._of(c), c))
        ]
        order.sort()
        by_words = [i for score, i in order if score < 0]
        if not by_words and not named:
            return Found((), ())
        near, notices = self._by_vector(asked, narrowed) if vectors else ([], ())
        rankings = (
            by_words[:_DEPTH],
            self._near_first(near, here)[:_DEPTH],
            self._by_document(asked, here, by_words),
            [i for _, i in order if clauses[i].document in named],
        )
        fused: dict[int, float] = {}
        for share, ranking in zip(_SHARES, rankings, strict=True):
            for rank, i in enumerate(ranking):
                fused[i] = fused.get(i, 0.0) + share / (_FUSE + rank + 1)
        weighted = {i: s * self._weight(clauses[i], query, named, here) for i, s in fused.items()}
        best = self._spread(sorted(weighted, key=lambda i: (-weighted[i], i)), named)[:limit]
        return Found(tuple(self._hit(clauses[i], weighted[i]) for i in best), notices)

    def _spread(self, order: list[int], named: list[str]) -> list[int]:
        """Rows in their order, those beyond the first few of a document that the question does not name put last."""
        seen: Counter[str] = Counter()
        first: list[int] = []
        rest: list[int] = []
        for i in order:
            document = self.corpus.clauses[i].document
            seen[document] += 1
            (first if document in named or seen[document] <= _EACH else rest).append(i)
        return first + rest

    def _of(self, clause: Clause) -> Document:
        return self.corpus.documents[clause.document]

    def _of_place(self, document: str, here: frozenset[str]) -> float:
        """The weight of a document by its place, where a question names the places ``here``."""
        place = self.corpus.documents[document].place
        if place in GENERAL:
            return 1.0
        return _HERE if place in here else _ELSEWHERE

    def _by_document(self, asked: str, here: frozenset[str], by_words: list[int]) -> list[int]:
        """The best clauses of the documents nearest to a question as a whole, by the order of those documents."""
        scores = self._whole.scores(tokens(asked))
        rated = [
            (-scores[n] * self._of_place(d, here), d) for n, d in enumerate(self.corpus.documents) if scores[n] > 0
        ]
        rated.sort()
        first = {d: [] for _, d in rated[:_OF_DOCUMENT]}  # type: dict[str, list[int]]
        for i in by_words:
            found = first.get(self.corpus.clauses[i].document)
            if found is not None and len(found) < _BEST:
                found.append(i)
        return [i for found in first.values() for i in found]

    @cached_property
    def _whole(self) -> Bm25:
        """The words of whole documents."""
        rows = []
        for d in self.corpus.documents.values():
            rows.append(tokens(_about(d)) + [t for c in d.clauses for t in tokens(_said(c))])
        return Bm25(rows)

    def _near_first(self, rows: list[int], here: frozenset[str]) -> list[int]:
        """Rows in their order, those of a place the question does not name set back."""
        clauses = self.corpus.clauses
        back = [self._of_place(clauses[i].document, here) == _ELSEWHERE for i in rows]
        order = sorted(range(len(rows)), key=lambda n: n + _SET_BACK * back[n])
        return [rows[n] for n in order]

    def _by_vector(self, query: str, narrowed: Filters) -> tuple[list[int], tuple[Text, ...]]:
        """Row numbers by vector similarity; none, with a notice, where the vectors cannot be used."""
        nearest: list[str] | None
        depth = _FAR if narrowed else 3 * _DEPTH
        try:
            nearest = self._vectors().nearest(query, depth, narrowed.document)
        except VectorsUnavailable as error:  # a service of a setting: building the index anew would not mend it
            return [], (error.message,)
        except Exception:  # noqa: BLE001 - vectors are a cache: whatever is wrong with them, BM25 still answers
            nearest = self._after_rebuild(query, depth, narrowed.document)
        if nearest is None:
            return [], (NO_VECTORS,)
        rows = [self._row[key] for key in nearest if key in self._row]
        clauses = self.corpus.clauses
        return [i for i in rows if not narrowed or narrowed.allow(self._of(clauses[i]), clauses[i])], ()

    def _after_rebuild(self, query: str, depth: int, document: str | None) -> list[str] | None:
        """Build the index anew, once per process, and ask again; None where that fails too."""
        if self._rebuilt:
            return None
        self._rebuilt = True
        try:
            return self._vectors(rebuild=True).nearest(query, depth, document)
        except Exception:  # noqa: BLE001 - as above: the caller turns this into a notice
            return None

    def _vectors(self, rebuild: bool = False) -> VectorIndex:
        with self._lock:
            current = self._index
            if rebuild or current is None or current.folder.name != str(current_generation()):
                entries = [_entry(self.corpus, c) for c in self.corpus.clauses]
                self._index = ensure_index(
                    self.corpus.checksum, entries, [*load_glossary().lines, *load_bridge().lines], rebuild, self._config
                )
            assert self._index is not None
            return self._index

    def rebuild(self) -> None:
        """Build a new generation of the index now. Raises StateError, or Chroma's own error."""
        self._vectors(rebuild=True)

    def _weight(self, clause: Clause, query: str, named: list[str], here: frozenset[str]) -> float:
        weight = (1.05 if clause.verified else 1.0) * self._of_place(clause.document, here)
        if clause.document in named:
            weight *= _NAMED
        if self._of(clause).kind == "glossary":
            weight *= _GLOSSARY
        numbers = {normalise(m) for p in _CLAUSE_MARKS for m in p.findall(query)}
        if clause.id in numbers and not self._has_parts(clause):
            weight *= _CLAUSE
        elif any(clause.id == n or clause.id.startswith((f"{n}.", f"{n}(")) for n in numbers):
            weight *= _CHAPTER
        return weight

    def _has_parts(self, clause: Clause) -> bool:
        """Whether the document has clauses under this one, so that its number names a chapter."""
        parts = (f"{clause.id}.", f"{clause.id}(")
        return any(c.id.startswith(parts) for c in self.corpus.documents[clause.document].clauses)

    def _hit(self, clause: Clause, score: float) -> Hit:
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


def _position(text: str, name: str) -> int | None:
    """Where ``name`` stands in ``text``, not within a longer Latin word; None where it does not."""
    start = text.find(name)
    while start >= 0:
        before, after = text[start - 1 : start], text[start + len(name) : start + len(name) + 1]
        inside = (before.isascii() and before.isalnum() and name[0].isascii() and name[0].isalnum()) or (
            after.isascii() and after.isalnum() and name[-1].isascii() and name[-1].isalnum()
        )
        if not inside:
            return start
        start = text.find(name, start + 1)
    return None


def _key(clause: Clause) -> str:
    return f"{clause.document}#{clause.id}"


def _about(document: Document) -> str:
    """What a whole document is found by: its names and who issued it."""
    names = (document.title.zh, document.title.en, document.issuer.zh, document.issuer.en, *document.aliases)
    return "\n".join(names)


def _said(clause: Clause) -> str:
    """What a clause is found by: heading twice, digest and extra words, in both languages."""
    head = (clause.title.zh, clause.title.en)
    return "\n".join((*head, *head, clause.digest.zh, clause.digest.en, clause.words, *clause.asks))


def indexed_text(corpus: Corpus, clause: Clause) -> str:
    """The text a clause is indexed by: its document's names and what it says."""
    return f"{_about(corpus.documents[clause.document])}\n{_said(clause)}"


def _entry(corpus: Corpus, clause: Clause) -> Entry:
    document = corpus.documents[clause.document]
    fields: dict[str, str | bool] = {
        "document": clause.document, "place": document.place, "kind": document.kind, "verified": clause.verified,
    }  # fmt: skip
    return Entry(_key(clause), indexed_text(corpus, clause), fields)


def open_library(folder: Traversable | None = None, config: VectorConfig | None = None) -> Library:
    """The knowledge base over the corpus shipped with the package, or over another folder. Reads nothing yet."""
    return Library(folder, config)
