"""What the model can be held against: a hindcast of 2019 beside "no change"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tools.roadmap.names import BASE, SECTORS, at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.roadmap.engine import Engine

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Hindcast:
    """Errors of 2019 foretold from 2017, in % of the inventory: the model with 2017 intensities, and no change."""

    model: float
    unchanged: float


def hindcast(engine: Engine, indices: tuple[int, ...]) -> Hindcast:
    """Foretell 2019 from the inventory of 2017 and the GDP path, for the sum of regions."""
    model, inventory = engine.model, engine.model.inventory
    size = model.economy.size
    path = engine.path("current_policies")
    base, later = path.output[0], path.output[at(BASE)]
    intensity = np.zeros((size, SECTORS))
    produced = base > 0
    intensity[produced] = inventory.production[0].sum(axis=-1)[produced] / base[produced]
    activity = model.activity(at(BASE)) / model.activity(0)
    households = inventory.households[0].sum(axis=-1) * activity
    foretold = ((intensity * later).sum(axis=-1) + households)[list(indices)].sum()
    observed = inventory.base_total[list(indices)].sum()
    before = (inventory.production[0].sum(axis=(1, 2)) + inventory.households[0].sum(axis=-1))[list(indices)].sum()
    return Hindcast(float(foretold / observed - 1) * 100, float(before / observed - 1) * 100)
