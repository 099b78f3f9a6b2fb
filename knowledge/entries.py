"""What a clause and a whole document are found by: the texts that BM25 and the vectors are built on."""

from __future__ import annotations

from knowledge.corpus import Clause, Corpus, Document
from knowledge.index import Entry


def key_of(clause: Clause) -> str:
    """The key of a clause in the vector index."""
    return f"{clause.document}#{clause.id}"


def about(document: Document) -> str:
    """What a whole document is found by: its names and who issued it."""
    names = (document.title.zh, document.title.en, document.issuer.zh, document.issuer.en, *document.aliases)
    return "\n".join(names)


def said(clause: Clause) -> str:
    """What a clause is found by: heading twice, digest, extra words and the questions it answers, in both languages."""
    head = (clause.title.zh, clause.title.en)
    return "\n".join((*head, *head, clause.digest.zh, clause.digest.en, clause.words, *clause.asks))


def indexed_text(corpus: Corpus, clause: Clause) -> str:
    """The text a clause is indexed by: its document's names and what it says."""
    return f"{about(corpus.documents[clause.document])}\n{said(clause)}"


def entry(corpus: Corpus, clause: Clause) -> Entry:
    """A clause as an entry of the vector index."""
    document = corpus.documents[clause.document]
    fields: dict[str, str | bool] = {
        "document": clause.document, "place": document.place, "kind": document.kind, "verified": clause.verified,
    }  # fmt: skip
    return Entry(key_of(clause), indexed_text(corpus, clause), fields)
