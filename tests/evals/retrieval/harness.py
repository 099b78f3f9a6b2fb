"""The questions, and how a search is scored on them: recall among the first five and mean reciprocal rank."""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.corpus import Corpus, load_corpus
from knowledge.search import Library

FILE = Path(__file__).parent / "questions.jsonl"
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
