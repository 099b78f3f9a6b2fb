"""Sparse search: BM25 over the words of every clause, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Bm25:
    """BM25 (Lucene's form, by bm25s) over token lists; rows are numbered as given."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        import bm25s

        self._model: Any = bm25s.BM25(method="lucene", k1=1.2, b=0.5)
        self._model.index([list(r) for r in rows], show_progress=False)
        self._known: frozenset[str] = frozenset(t for r in rows for t in r)

    def scores(self, query: Sequence[str]) -> list[float]:
        """One score per row, 0 where no word is shared."""
        words = [t for t in query if t in self._known]
        if not words:
            return [0.0] * int(self._model.scores["num_docs"])
        return [float(s) for s in self._model.get_scores(words)]

    def knows(self, token: str) -> bool:
        """Whether any row has this token."""
        return token in self._known
