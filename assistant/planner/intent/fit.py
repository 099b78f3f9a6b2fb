"""Fitting of the linear model: penalised multinomial likelihood, minimised by L-BFGS. The optimum is unique."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array

from assistant.planner.intent.features import structure_seen, words_seen
from assistant.planner.intent.weights import Weights, vector
from assistant.planner.reader import read

PENALTY = 0.005  # of the squared weights, per question
SEEN = 2  # questions a feature must stand in
Seen = tuple[set[str], set[str]]


def seen_in(question: str) -> Seen:
    """The words and the findings of a question."""
    reading = read(question)
    return words_seen(reading), structure_seen(reading)


def indexed(rows: Sequence[Seen]) -> tuple[dict[str, int], NDArray[np.float32]]:
    """The features that stand in several questions, in order, and the inverse document frequency of the words."""
    words = Counter(w for said, _ in rows for w in said)
    found = Counter(s for _, structure in rows for s in structure)
    kept = sorted(w for w, n in words.items() if n >= SEEN)
    marks = sorted(s for s, n in found.items() if n >= SEEN)
    idf = [math.log((1 + len(rows)) / (1 + words[w])) + 1 for w in kept] + [0.0] * len(marks)
    return {f: i for i, f in enumerate([*kept, *marks])}, np.array(idf, dtype=np.float32)


def design(rows: Sequence[Seen], index: dict[str, int], idf: NDArray[np.float32]) -> csr_array:
    """Questions by features, (questions, features + 1), sparse."""
    vectors = [vector(index, idf, words, structure) for words, structure in rows]
    ends = np.cumsum([0, *(len(at) for at, _ in vectors)])
    at, values = np.concatenate([a for a, _ in vectors]), np.concatenate([v for _, v in vectors])
    return csr_array((values, at, ends), shape=(len(rows), len(index) + 1))


def loss(flat: NDArray[np.float64], x: csr_array, y: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """Mean negative log-likelihood with its penalty, and the gradient. ``y``: (questions, classes), ones and zeros."""
    matrix = flat.reshape(x.shape[1], y.shape[1])
    score = x @ matrix
    score -= score.max(axis=1, keepdims=True)
    log = score - np.log(np.exp(score).sum(axis=1, keepdims=True))
    penalised = matrix.copy()
    penalised[-1] = 0.0  # the bias is free
    n = x.shape[0]
    value = -float((y * log).sum()) / n + 0.5 * PENALTY / n * float((penalised**2).sum())
    return value, ((x.T @ (np.exp(log) - y) + PENALTY * penalised) / n).ravel()


def fitted(rows: Sequence[Seen], labels: Sequence[str], rounds: int = 300) -> Weights:
    """The weights of labelled questions."""
    classes = tuple(sorted(set(labels)))
    index, idf = indexed(rows)
    x = design(rows, index, idf)
    y = np.zeros((len(rows), len(classes)))
    y[np.arange(len(rows)), [classes.index(label) for label in labels]] = 1.0
    start = np.zeros(x.shape[1] * len(classes))
    found = minimize(loss, start, args=(x, y), jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    return Weights(classes, index, idf, found.x.reshape(x.shape[1], len(classes)).astype(np.float32))
