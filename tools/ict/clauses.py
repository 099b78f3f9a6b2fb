"""Clauses of a standard as citations of an answer."""

from __future__ import annotations

from knowledge.search import Library
from tools.result import Citation, Draft


def cite(draft: Draft, library: Library, document: str, clause: str) -> int:
    """Cite a clause of the corpus and return its index. Raises UnknownName for a clause the corpus has not."""
    about = library.corpus.documents[document]
    found = library.corpus.clause(document, clause)
    return draft.cite(
        Citation(
            document=about.id,
            title=about.title,
            clause=found.id,
            url=about.url,
            digest=found.digest,
            verified=found.verified,
        )
    )
