"""How likely each tool is meant by a question, or none (``refuse``): the intent model, read when first asked."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

from assistant.planner.intent.weights import Weights, load
from assistant.planner.lexicon import tokens
from assistant.planner.reader import Reading

FILE = Path(__file__).parent / "weights.npz"
REFUSE = "refuse"  # the class of questions that no tool answers


@cache
def weights() -> Weights:
    """The shipped weights."""
    return load(FILE)


def likely(reading: Reading) -> dict[str, float]:
    """Per tool, and for ``refuse``, the probability that the question is for it; they sum to one."""
    return weights().probabilities(reading)


_COMMON = 6.5  # inverse document frequency below which a word belongs to no tool in particular


def familiar(word: str, tool: str) -> bool:
    """Whether a word is known from the utterances: one of many questions, or one that speaks for the tool asked."""
    held = weights()
    stems = [t.stem for t in tokens(word.lower())]
    pairs = [" ".join(two) for two in pairwise(stems)] or stems
    at = [held.index[p] for p in pairs if p in held.index]
    if not pairs or len(at) < len(pairs):
        return False
    if all(held.idf[i] < _COMMON for i in at):
        return True
    said = held.matrix[at].sum(axis=0)
    return held.classes[int(said.argmax())] != REFUSE and float(said[held.classes.index(tool)]) > 0
