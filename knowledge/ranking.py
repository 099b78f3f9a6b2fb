"""The order of clauses for a question: scores of words, documents and vectors, scaled and summed, then weighed.

Each score is divided by its largest value for the question and the shares of ``_SHARES`` are summed (a convex
combination of normalised scores: Bruch, Gai and Ingber 2023, "An analysis of fusion functions for hybrid retrieval").
Reciprocal ranks, used before, throw away by how much the first is better than the second.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.bm25 import Bm25
from knowledge.corpus import Clause, Corpus
from knowledge.entries import about, indexed_text, said
from knowledge.filters import spans_of
from knowledge.glossary import normalise
from knowledge.places import GENERAL
from knowledge.segment import tokens

Array = NDArray[np.float64]

# Words of a clause with its document's names, words of the clause alone, words of the whole document, the document's
# names, likeness of vectors. Chosen on the questions looked at while tuning; the optimum is flat.
_SHARES = {"indexed": 0.5, "said": 0.5, "whole": 0.5, "names": 0.1, "near": 0.5}
_EACH = 1  # clauses of one document that come before other documents' turn
_NAMED = 2.2  # a document the question names
_NAMED_LEAST = 1.0  # what its clauses have before any word: it belongs among the first; shared by all that are named
_ELSEWHERE = 0.85  # a local document where the question names no place
_OTHER = 0.4  # a local document where the question names another place: what Shaanxi plans answers nothing on Henan
_HERE = 1.3  # a local document of a place the question names
_GLOSSARY = 0.8  # explanations of terms come after the documents they rest on
_VERIFIED = 1.05
_DATED = 1.2  # a clause that speaks of a year the question names
_CLAUSE = 40.0  # a clause without parts that the question names by number
_CHAPTER = 1.25  # a clause under a chapter the question names by number
_CLAUSE_MARKS = (
    re.compile(r"(?:clause|section|chapter)s?\s*(\d+(?:\.\d+)*)", re.IGNORECASE),
    re.compile(r"第?\s*(\d+(?:\.\d+)*)\s*(?:条|节|章|款)"),
    re.compile(r"(?<![\d.])(\d\.\d+(?:\.\d+)?)(?![\d.%°])"),
    re.compile(r"([一二三四五六]\([一二三四五六七八九十]+\)\d*)"),
)


class Ranking:
    """Scores over the clauses of a corpus, numbered as in ``corpus.clauses``."""

    def __init__(self, corpus: Corpus) -> None:
        clauses, documents = corpus.clauses, list(corpus.documents.values())
        self._clauses = clauses
        number = {d.id: n for n, d in enumerate(documents)}
        self._document = np.asarray([number[c.document] for c in clauses])  # of each clause
        self._ids = [d.id for d in documents]
        self._places = [d.place for d in documents]
        self._indexed = Bm25([tokens(indexed_text(corpus, c)) for c in clauses])
        own = [tokens(said(c)) for c in clauses]
        self._said = Bm25(own)
        whole = [tokens(about(d)) for d in documents]
        self._names = Bm25(whole)
        for at, found in zip(self._document, own, strict=True):
            whole[at] = [*whole[at], *found]
        self._whole = Bm25(whole)
        self._spans = [
            spans_of(f"{corpus.documents[c.document].title.zh} {c.title.zh} {c.digest.zh} {c.digest.en}")
            for c in clauses
        ]
        glossary = np.asarray([d.kind == "glossary" for d in documents])
        verified = np.asarray([c.verified for c in clauses])
        self._standing = np.where(verified, _VERIFIED, 1.0) * np.where(glossary, _GLOSSARY, 1.0)[self._document]

    def by_words(self, asked: str) -> Array:
        """BM25 of each clause, zero where it shares no word with the text asked."""
        return np.asarray(self._indexed.scores(tokens(asked)))

    def scores(
        self,
        query: str,
        asked: str,
        named: Sequence[str],
        here: frozenset[str],
        near: Mapping[int, float],
        allowed: NDArray[np.bool_],
    ) -> Array:
        """The score of each clause: positive where it is a candidate, zero where it is not or not ``allowed``.

        ``asked`` is the query without the names of documents, ``named`` the documents it names, ``here`` the places,
        ``near`` likeness by row.
        """
        words = tokens(asked)
        likeness = np.zeros(len(self._clauses))
        likeness[list(near)] = list(near.values())
        parts = {
            "indexed": np.asarray(self._indexed.scores(words)),
            "said": np.asarray(self._said.scores(words)),
            "whole": np.asarray(self._whole.scores(words))[self._document],
            "names": np.asarray(self._names.scores(words))[self._document],
            "near": np.maximum(likeness, 0),
        }
        is_named = np.asarray([i in named for i in self._ids])[self._document]
        candidate = allowed & ((parts["indexed"] > 0) | (parts["near"] > 0) | is_named)
        total = sum((share * _scaled(parts[name], allowed) for name, share in _SHARES.items()), np.zeros(len(allowed)))
        total += _NAMED_LEAST / max(len(named), 1) * is_named
        weight = self._of_place(here) * np.where(is_named, _NAMED, 1.0) * self._standing
        return np.asarray(np.where(candidate, total * weight * self._dated(query) * self._numbered(query), 0.0))

    def _of_place(self, here: frozenset[str]) -> Array:
        """The weight of each clause by its document's place, where a question names the places ``here``."""
        other = _OTHER if here else _ELSEWHERE
        weights = np.asarray([1.0 if p in GENERAL else _HERE if p in here else other for p in self._places])
        found: Array = weights[self._document]
        return found

    def _dated(self, query: str) -> Array:
        """The weight of each clause by the years that a question names."""
        years = {year for span in spans_of(query) for year in span}
        if not years:
            return np.ones(len(self._clauses))
        speaks = [any(first <= y <= last for y in years for first, last in spans) for spans in self._spans]
        return np.where(speaks, _DATED, 1.0)

    def _numbered(self, query: str) -> Array:
        """The weight of each clause by the clause numbers that a question names."""
        out = np.ones(len(self._clauses))
        numbers = {normalise(m) for p in _CLAUSE_MARKS for m in p.findall(query)}
        for row, clause in enumerate(self._clauses) if numbers else ():
            if clause.id in numbers and not self._has_parts(clause):
                out[row] = _CLAUSE
            elif any(clause.id == n or clause.id.startswith((f"{n}.", f"{n}(")) for n in numbers):
                out[row] = _CHAPTER
        return out

    def _has_parts(self, clause: Clause) -> bool:
        """Whether the document has clauses under this one, so that its number names a chapter."""
        parts = (f"{clause.id}.", f"{clause.id}(")
        return any(c.document == clause.document and c.id.startswith(parts) for c in self._clauses)

    def spread(self, order: Iterable[int], named: Sequence[str]) -> list[int]:
        """Rows in their order, those beyond the first of a document put last, unless it is the one that was named."""
        seen: Counter[str] = Counter()
        first: list[int] = []
        rest: list[int] = []
        for i in order:
            document = self._clauses[i].document
            seen[document] += 1
            (first if [document] == list(named) or seen[document] <= _EACH else rest).append(i)
        return first + rest


def _scaled(scores: Array, allowed: NDArray[np.bool_]) -> Array:
    """Scores divided by their largest among those allowed."""
    most = float(scores[allowed].max(initial=0.0))
    return scores / most if most > 0 else scores
