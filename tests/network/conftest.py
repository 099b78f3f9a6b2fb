"""Small networks and the shipped table for the tests of this room."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from data.dataset import read_dataset, starter_folder
from data.warehouse import Warehouse, open_warehouse
from tools.declare import Context
from tools.mrio.algebra import Array
from tools.mrio.system import System, get_system


@pytest.fixture(scope="session")
def warehouse(state_home: Path) -> Warehouse:
    """The starter dataset's warehouse in the test run's own state folder."""
    return open_warehouse(read_dataset(starter_folder()))


@pytest.fixture(scope="session")
def context(warehouse: Warehouse) -> Context:
    """What a tool of this room reaches: the warehouse; it needs no library and no earlier facts."""
    return Context(warehouse, cast(Any, None), cast(Any, None))


@pytest.fixture(scope="session")
def provinces(warehouse: Warehouse) -> System:
    """The interprovincial system of 2017."""
    return get_system(warehouse, 2017)


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
