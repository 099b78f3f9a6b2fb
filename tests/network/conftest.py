"""Small networks for the tests of this room."""

from __future__ import annotations

import numpy as np

from tools.mrio.algebra import Array


def random_network(seed: int, n: int = 14, filled: float = 0.35) -> Array:
    """A random weighted directed network without self-loops, weights over three orders of magnitude."""
    random = np.random.default_rng(seed)
    weights = np.where(random.uniform(size=(n, n)) < filled, 10 ** random.uniform(-1, 2, (n, n)), 0.0)
    np.fill_diagonal(weights, 0.0)
    return np.asarray(weights)


def even_network(seed: int, n: int = 9) -> Array:
    """A random network whose edges weigh the same, so that many paths are equally short."""
    return np.asarray((random_network(seed, n, 0.3) > 0).astype(float))


def in_parts() -> Array:
    """Two networks side by side that do not touch, and two nodes without any edge."""
    weights = np.zeros((16, 16))
    weights[:7, :7] = random_network(3, 7, 0.5)
    weights[7:14, 7:14] = random_network(4, 7, 0.5)
    return weights


def no_cycle() -> Array:
    """A chain of production without a way back: 0 -> 1 -> 2, 0 -> 2, 2 -> 3."""
    weights = np.zeros((5, 5))
    weights[0, 1], weights[1, 2], weights[0, 2], weights[2, 3] = 4.0, 2.0, 1.0, 3.0
    return weights


NETWORKS: dict[str, Array] = {
    **{f"random {seed}": random_network(seed) for seed in range(6)},
    **{f"even {seed}": even_network(seed) for seed in range(4)},
    "thin": random_network(12, 60, 0.02),
    "dense": random_network(11, 20, 1.0),
    "in parts": in_parts(),
    "no cycle": no_cycle(),
}
