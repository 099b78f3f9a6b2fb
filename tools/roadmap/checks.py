"""What the model can be held against: another nowcast, and a hindcast of 2019 beside "no change"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tools.roadmap.names import BASE, POWER_SECTOR, SECTORS, at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.warehouse import Warehouse
    from tools.roadmap.engine import Engine

    Array = NDArray[np.float64]

THERMAL_YEAR = 2023  # the last year whose national index rests on data
_POWER = POWER_SECTOR - 1


def thermal_nowcast(warehouse: Warehouse, engine: Engine, year: int = THERMAL_YEAR) -> Array:
    """Gross emissions of a year with power following each province's thermal generation, (R,); NaN where it is not known.

    Power's CO2 of 2019 times thermal generation over that of 2019 (plants above designated size); everything else as
    in the one-factor nowcast, scaled so that the sum over provinces stays.
    """
    path = engine.path("current_policies")
    t = at(year)
    thermal = _thermal(warehouse, engine.model.economy.regions, (BASE, year))
    power = engine.model.inventory.production[2][:, _POWER].sum(axis=-1) * thermal[:, 1] / thermal[:, 0]
    rest = path.gross[t] - path.emissions[t, :, _POWER].sum(axis=-1)
    known = np.isfinite(power) & engine.model.inventory.present
    total = path.gross[t, known].sum()
    factor = (total - power[known].sum()) / rest[known].sum()
    return np.where(known, power + rest * factor, np.nan)


def _thermal(warehouse: Warehouse, regions: tuple[str, ...], years: tuple[int, int]) -> Array:
    found = {
        (region, year): twh
        for region, year, twh in warehouse.rows(
            "SELECT region, year, twh FROM power_generation "
            "WHERE source = 'thermal' AND scope = 'above_scale' AND year IN (?, ?)", years,
        )
    }  # fmt: skip
    return np.array([[found.get((code, year)) or np.nan for year in years] for code in regions])


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
