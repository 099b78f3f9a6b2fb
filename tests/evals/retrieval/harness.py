"""The questions, and how a search is scored on them: recall among the first five and mean reciprocal rank."""

from __future__ import annotations

import json
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from data.text import Text
from knowledge.corpus import Corpus, Document, load_corpus
from knowledge.search import Library
from tests.evals.retrieval.distractors import write

FILE = Path(__file__).parent / "questions.jsonl"
# By another writer, likewise from titles and personas alone; looked at while the corpus was widened, so not held out.
SECOND = Path(__file__).parent / "questions2.jsonl"
KEPT = (
    Path(__file__).parent / "questions3.jsonl"
)  # the same writer's other half, kept from all who tuned; asked once after
CORPUS = Path(__file__).parents[3] / "knowledge" / "corpus"
FIRST = 5

# Keys of clauses, (document, clause), best first.
Search = Callable[[str], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the documents any of which answers it."""

    text: str
    language: str
    documents: tuple[str, ...]
    cross: bool
    held_out: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Recall among the first five, mean reciprocal rank, number of questions, and those missed."""

    recall: float
    mrr: float
    count: int
    missed: tuple[str, ...]


def questions(path: Path = FILE) -> list[Question]:
    """The questions. A third, drawn by checksum of the text, is held out of all tuning."""
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        out.append(
            Question(
                text=row["question"],
                language=row["language"],
                documents=tuple(row["expected"]),
                cross=bool(row.get("cross")),
                held_out=zlib.crc32(row["question"].encode()) % 3 == 0,
            )
        )
    return out


def score(search: Search, asked: Iterable[Question]) -> Score:
    """Ask all and score: a question is met by a clause of any document that answers it."""
    ranks: list[int] = []
    missed: list[str] = []
    for question in asked:
        found = [key[0] for key in search(question.text)][:FIRST]
        rank = next((i for i, document in enumerate(found, 1) if document in question.documents), 0)
        ranks.append(rank)
        if not rank:
            missed.append(question.text)
    count = len(ranks)
    return Score(sum(r > 0 for r in ranks) / count, sum(1 / r for r in ranks if r) / count, count, tuple(missed))


def hybrid(library: Library) -> Search:
    """The search as the assistant uses it."""
    return lambda text: [(h.document, h.clause) for h in library.search(text, FIRST)]


def shipped(folder: Path) -> Corpus:
    """Copy the shipped corpus to ``folder``, where distractors join it, and read it."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in CORPUS.glob("*.md"):
        shutil.copy(path, folder / path.name)
    return load_corpus(folder)


def single_language(folder: Path, language: str, chunks: int = 300) -> int:
    """Write the shipped corpus in one language only to ``folder``, filled up with distractors; the clauses written.

    Titles, issuers, aliases, headings, digests and extra words of the other language are gone: a question in the other
    language finds its clause by the glossary and the vectors or not at all.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    with tempfile.TemporaryDirectory() as more:
        write(Path(more), chunks, seed=11)
        everything = [*load_corpus(CORPUS).documents.values(), *load_corpus(Path(more)).documents.values()]
    for document in everything:
        if written >= chunks and document.id.startswith("zz-"):
            break
        (folder / f"{document.id}.md").write_text(_one_language(document, language), encoding="utf-8")
        written += len(document.clauses)
    return written


def _one_language(document: Document, language: str) -> str:
    def only(text: Text) -> str:
        return text.zh if language == "zh" else text.en

    def kept(words: Iterable[str]) -> list[str]:
        return [w for w in words if any("\u4e00" <= c <= "\u9fff" for c in w) == (language == "zh")]

    head = {
        "id": document.id, "title": {"zh": only(document.title), "en": only(document.title)},
        "issuer": {"zh": only(document.issuer), "en": only(document.issuer)}, "number": document.number,
        "date": document.date, "kind": document.kind, "place": document.place, "language": language,
        "licence": document.licence, "verified": document.verified, "aliases": kept(document.aliases),
    }  # fmt: skip
    out = [f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n"]
    for clause in document.clauses:
        title, digest, words = only(clause.title), only(clause.digest), " ".join(kept(clause.words.split()))
        other = "见另一语言" if language == "en" else "none"  # the file format asks for both; says nothing
        zh, en = (digest, other) if language == "zh" else (other, digest)
        out.append(
            f"## {clause.id} · {title} · {title}\n- verified: {str(clause.verified).lower()}\n- zh: {zh}\n- en: {en}"
        )
        if words:
            out.append(f"- words: {words}")
        if asks := kept(clause.asks):
            out.append(f"- asks: {' | '.join(asks)}")
    return "\n".join(out) + "\n"
