"""Retrieval among ten thousand distracting clauses: hybrid, words alone, vectors alone, LangChain's plain retriever."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.evals.retrieval.harness import (
    FIRST,
    KEPT,
    SECOND,
    Question,
    Score,
    Search,
    hybrid,
    questions,
    score,
    shipped,
    single_language,
)

Key = tuple[str, str]


def _print(name: str, result: Score, seconds: float) -> None:
    each = 1000 * seconds / result.count
    print(
        f"{name:58s} recall@{FIRST} {result.recall:.3f}   MRR {result.mrr:.3f}   n={result.count}   {each:6.1f} ms each"
    )


def timed(name: str, search: Search, asked: Sequence[Question]) -> Score:
    """Score a search and print its row."""
    start = time.perf_counter()
    result = score(search, asked)
    _print(name, result, time.perf_counter() - start)
    return result


def _others(folder: Path, texts: dict[Key, str]) -> dict[str, Search]:
    """Searches to compare with, over the same texts and the same embedding."""
    import numpy as np
    from langchain_core.documents import Document
    from langchain_core.embeddings import Embeddings
    from langchain_core.vectorstores import InMemoryVectorStore

    from knowledge.bm25 import Bm25
    from knowledge.embedding import Embedder
    from knowledge.glossary import load_bridge, load_glossary
    from knowledge.segment import tokens

    keys = list(texts)
    bm25 = Bm25([tokens(t) for t in texts.values()])
    embedder = Embedder.fit([*texts.values(), *load_glossary().lines, *load_bridge().lines])
    vectors = embedder.embed(list(texts.values()))

    class Ours(Embeddings):
        """Our embedding in LangChain's form."""

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [[float(x) for x in row] for row in embedder.embed(texts)]

        def embed_query(self, text: str) -> list[float]:
            return [float(x) for x in embedder.embed([text])[0]]

    store = InMemoryVectorStore(Ours())
    store.add_documents([Document(page_content=t, metadata={"key": k}) for k, t in texts.items()])
    retriever = store.as_retriever(search_kwargs={"k": FIRST})

    def words(text: str) -> list[Key]:
        return [keys[i] for i in np.argsort(-np.asarray(bm25.scores(tokens(text))), kind="stable")[:FIRST]]

    def near(text: str) -> list[Key]:
        return [keys[i] for i in np.argsort(-(vectors @ embedder.embed([text])[0]), kind="stable")[:FIRST]]

    def langchain(text: str) -> list[Key]:
        return [d.metadata["key"] for d in retriever.invoke(text)]

    return {"BM25 alone": words, "vectors alone": near, "LangChain retriever, in memory": langchain}


def run() -> None:
    """Print the rows."""
    from knowledge.search import indexed_text, open_library
    from tests.evals.retrieval.distractors import write

    asked, second = questions(), questions(SECOND)
    tuning = [q for q in asked if not q.held_out]
    held = [q for q in asked if q.held_out]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        shipped(folder)
        noise = write(folder)
        library = open_library(folder)
        start = time.perf_counter()
        library.rebuild()
        library.search("x", 1)
        seconds = time.perf_counter() - start
        count = len(library.corpus.clauses)
        print(
            f"{count} clauses ({noise} of them distractors) ingested in {seconds:.1f} s: {count / seconds:.0f} a second"
        )
        everything = timed("hybrid, all questions", hybrid(library), asked)
        timed("hybrid, questions looked at while tuning", hybrid(library), tuning)
        timed("hybrid, held-out third", hybrid(library), held)
        timed("hybrid, cross-language questions", hybrid(library), [q for q in asked if q.cross])

        timed("hybrid, second writer's questions, looked at", hybrid(library), second)
        kept = questions(KEPT)
        timed("hybrid, second writer's other half, kept back", hybrid(library), kept)
        timed("hybrid, cross-language ones of them", hybrid(library), [q for q in kept if q.cross])
        timed("hybrid, second writer's, cross-language", hybrid(library), [q for q in second if q.cross])

        def words_only(text: str) -> list[Key]:
            return [(h.document, h.clause) for h in library.find(text, FIRST, vectors=False).hits]

        without = timed("the same without vectors", words_only, asked)
        gain = everything.recall - without.recall
        print(f"vectors add {gain:+.3f} recall and {everything.mrr - without.mrr:+.3f} MRR to our search by words")
        texts = {(c.document, c.id): indexed_text(library.corpus, c) for c in library.corpus.clauses}
        for name, search in _others(folder, texts).items():
            timed(name, search, asked)
            timed(f"{name}, second writer's", search, second)
    for language, asking in (("zh", "en"), ("en", "zh")):
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary) / "corpus"
            number = single_language(folder, language)
            home = os.environ["TANLU_HOME"]
            os.environ["TANLU_HOME"] = temporary
            try:
                library = open_library(folder)
                library.search("x", 1)
                other = [q for q in asked if q.language == asking]
                timed(f"{number} clauses in {language} only, asked in {asking}", hybrid(library), other)
                held = [q for q in other if q.held_out]
                timed(f"{number} clauses in {language} only, asked in {asking}, held out", hybrid(library), held)
            finally:
                os.environ["TANLU_HOME"] = home
