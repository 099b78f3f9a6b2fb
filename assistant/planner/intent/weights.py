"""The linear model: features weighed against each other for every tool, and its weights as a small file.

Multinomial logistic regression: the probability of a tool is the softmax of a sum of weights, one for each feature of
the question. Words count by inverse document frequency and are scaled to length one; findings of the reader count alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.planner.intent.features import structure_seen, words_seen
from assistant.planner.reader import Reading

FINDING = 0.2  # weight of one finding of the reader beside the words, whose squares sum to one


@dataclass(frozen=True)
class Weights:
    """Features in order, their inverse document frequency, and per feature and class a weight (the last row is the bias)."""

    classes: tuple[str, ...]
    index: dict[str, int]
    idf: NDArray[np.float32]  # (features,), 0 for findings of the reader
    matrix: NDArray[np.float32]  # (features + 1, classes)

    def row(self, reading: Reading) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The features of a question that are known, and what each counts; the bias last."""
        return vector(self.index, self.idf, words_seen(reading), structure_seen(reading))

    def probabilities(self, reading: Reading) -> dict[str, float]:
        """Per class its probability; they sum to one."""
        at, counts = self.row(reading)
        score = counts @ self.matrix[at].astype(float)
        likely = np.exp(score - score.max())
        return dict(zip(self.classes, (likely / likely.sum()).tolist(), strict=True))


def vector(
    index: dict[str, int], idf: NDArray[np.float32], words: set[str], structure: set[str]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """A question as positions and values."""
    said = sorted(index[w] for w in words if w in index)
    found = sorted(index[s] for s in structure if s in index)
    values = idf[said].astype(float)
    length = float(np.sqrt((values**2).sum())) or 1.0
    at = np.array([*said, *found, len(index)], dtype=np.int64)
    return at, np.concatenate([values / length, np.full(len(found), FINDING), [1.0]])


def save(weights: Weights, path: Path) -> None:
    """Write the weights, rounded to half precision."""
    features: Sequence[str] = sorted(weights.index, key=weights.index.__getitem__)
    np.savez_compressed(
        path,
        classes=np.array("\n".join(weights.classes)),
        features=np.array("\n".join(features)),
        idf=weights.idf.astype(np.float16),
        matrix=weights.matrix.astype(np.float16),
    )


def load(path: Path) -> Weights:
    """Read weights."""
    with np.load(path, allow_pickle=False) as held:
        features = str(held["features"]).split("\n")
        return Weights(
            classes=tuple(str(held["classes"]).split("\n")),
            index={f: i for i, f in enumerate(features)},
            idf=held["idf"].astype(np.float32),
            matrix=held["matrix"].astype(np.float32),
        )
