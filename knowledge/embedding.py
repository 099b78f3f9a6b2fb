"""The default embedding: latent semantic analysis fitted on the corpus itself, offline, in milliseconds.

Every clause holds its digest in Chinese and in English, and every glossary entry its forms in both, so words that mean
the same in the two languages fall on the same axes: a question in one language lies near digests of the other. Tokens
are hashed (CRC-32) into ``BUCKETS``, weighted by log frequency and inverse document frequency, and projected on the
leading right singular vectors of the fitted matrix (Deerwester et al. 1990, "Indexing by latent semantic analysis").
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.segment import tokens

if TYPE_CHECKING:
    from scipy.sparse import csr_array

BUCKETS = 1 << 14
DIMENSIONS = 128
_DENSE = 1500  # texts up to which the Gram matrix is solved whole
Array = NDArray[np.float32]


def _counts(texts: Sequence[str]) -> csr_array:
    """Log frequencies of hashed tokens, one row per text: sparse, shape (texts, BUCKETS)."""
    from scipy.sparse import csr_array

    values: list[float] = []
    columns: list[int] = []
    starts = [0]
    for text in texts:
        row: Counter[int] = Counter(zlib.crc32(t.encode()) % BUCKETS for t in tokens(text))
        columns += row.keys()
        values += row.values()
        starts.append(len(columns))
    logs = np.log1p(np.asarray(values, dtype=np.float32))
    return csr_array((logs, np.asarray(columns, dtype=np.int32), np.asarray(starts)), shape=(len(texts), BUCKETS))


def _weighted(counts: csr_array, idf: Array) -> csr_array:
    """Counts times inverse document frequency, rows scaled to length 1; a row of zeros stays."""
    from scipy.sparse import diags_array

    matrix: csr_array = counts @ diags_array(idf)
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scaled: csr_array = (diags_array(1 / np.where(length > 0, length, 1)) @ matrix).tocsr()
    return scaled


def _unit(matrix: Array) -> Array:
    """Rows scaled to length 1; a row of zeros stays."""
    length = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.where(length > 0, length, 1), dtype=np.float32)


def _axes(weighted: csr_array) -> Array:
    """The leading right singular vectors: shape (BUCKETS, at most DIMENSIONS).

    A few hundred texts take the eigenvectors of their Gram matrix; many take Lanczos from a fixed start, so that the
    same texts give the same axes.
    """
    texts = weighted.shape[0]
    if texts <= _DENSE:
        gram = np.asarray((weighted @ weighted.T).todense(), dtype=np.float64)
        values, vectors = np.linalg.eigh(gram)
        keep = [i for i in np.argsort(values)[::-1][:DIMENSIONS] if values[i] > 1e-9]
        return np.asarray(weighted.T @ vectors[:, keep] / np.sqrt(values[keep]), dtype=np.float32)
    from scipy.sparse.linalg import svds

    start = np.random.default_rng(0).standard_normal(min(weighted.shape))
    _, sizes, rows = svds(weighted.astype(np.float64), k=DIMENSIONS, v0=start)
    order = np.argsort(sizes)[::-1]
    return np.ascontiguousarray(rows[order].T, dtype=np.float32)


class Embedder:
    """A fitted projection: ``idf`` (BUCKETS,) and ``axes`` (BUCKETS, dimensions)."""

    def __init__(self, idf: Array, axes: Array) -> None:
        self.idf = idf
        self.axes = axes

    @classmethod
    def fit(cls, texts: Sequence[str]) -> Embedder:
        """Fit on texts, each in both languages where it can be."""
        counts = _counts(texts)
        present = np.bincount(counts.indices, minlength=BUCKETS)
        idf = np.asarray(np.log((1 + len(texts)) / (1 + present)) + 1, dtype=np.float32)
        return cls(idf, _axes(_weighted(counts, idf)))

    def embed(self, texts: Sequence[str]) -> Array:
        """Unit vectors of the texts, shape (texts, dimensions); a text without a known token is the first axis."""
        projected = np.asarray(_weighted(_counts(texts), self.idf) @ self.axes)
        empty = ~projected.any(axis=1)
        projected[empty, 0] = 1.0
        return _unit(projected)

    def save(self, path: Path) -> None:
        """Write the projection to ``path`` (.npz)."""
        np.savez(path, idf=self.idf, axes=self.axes)


@lru_cache(maxsize=4)
def load_embedder(path: Path) -> Embedder:
    """Read what ``save`` wrote. Raises OSError, KeyError or ValueError where it is broken."""
    with np.load(path, allow_pickle=False) as stored:
        return Embedder(stored["idf"], stored["axes"])
