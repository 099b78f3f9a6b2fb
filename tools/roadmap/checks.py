"""What the model can be held against: hindcasts of it and of simple rules beside "no change"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tools.roadmap.names import BASE, SECTORS, at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.warehouse import Warehouse
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


HORIZONS = (1, 2, 3, 4, 5)
BASE_YEARS = tuple(range(2000, 2019))
_PAST = 5  # years a trend is taken from
_LAST_INVENTORY = 2019


@dataclass(frozen=True)
class Rule:
    """A simple rule over every base year it has data for, beside "no change" over the same ones.

    Errors in % of the inventory by horizon: of one region the mean absolute error, of several the absolute errors over
    the emissions; ``periods`` how many base years each rests on. A horizon without a period is left out.
    """

    key: str
    periods: dict[int, int]
    error: dict[int, float]
    unchanged: dict[int, float]

    @property
    def wins(self) -> bool:
        """Whether it errs less than "no change" at every horizon."""
        return all(self.error[h] < self.unchanged[h] for h in self.error)


def hindcasts(warehouse: Warehouse, engine: Engine, codes: tuple[str, ...]) -> tuple[Rule, ...]:
    """Simple rules of the kind the engine uses, held against the inventories of 2001-2019.

    ``trend``: growth of emissions over the last five years goes on; ``intensity``: so does that of emissions per GDP at
    current prices, GDP known (2010 on); ``frozen``: emissions per GDP at constant prices stay, GDP as in the model
    (2017 on).
    """
    emitted = _table(warehouse, "SELECT region, year, sum(mt) FROM co2 GROUP BY ALL", codes)
    money = _table(warehouse, "SELECT region, year, gdp_100m_yuan FROM gdp", codes)
    if codes == ("CN",):  # GDP at current prices stands for the provinces; their sum is the nation's here
        rows = warehouse.rows("SELECT year, sum(gdp_100m_yuan) FROM gdp GROUP BY ALL")
        money = {year: np.array([value]) for year, value in rows}
    regions = [engine.model.economy.regions.index(c) for c in codes]
    real = {year: engine.model.drivers.gdp[regions, at(year)] for year in (2017, 2018, 2019)}

    def trend(base: int, h: int) -> Array | None:
        past = emitted.get(base - _PAST)
        return None if past is None else emitted[base] * (emitted[base] / past) ** (h / _PAST)

    def intensity(base: int, h: int) -> Array | None:
        if base - _PAST not in money or base + h not in money:
            return None
        now, past = emitted[base] / money[base], emitted[base - _PAST] / money[base - _PAST]
        return np.asarray(now * (now / past) ** (h / _PAST) * money[base + h])

    def frozen(base: int, h: int) -> Array | None:
        return emitted[base] * real[base + h] / real[base] if base in real and base + h in real else None

    return tuple(
        _held(key, rule, emitted) for key, rule in (("trend", trend), ("intensity", intensity), ("frozen", frozen))
    )


def _table(warehouse: Warehouse, sql: str, codes: tuple[str, ...]) -> dict[int, Array]:
    """Values by year for the regions, years without all of them left out."""
    found: dict[int, dict[str, float]] = {}
    for region, year, value in warehouse.rows(sql):
        found.setdefault(year, {})[region] = value
    return {y: np.array([v[c] for c in codes]) for y, v in found.items() if all(c in v for c in codes)}


def _held(key: str, rule: Callable[[int, int], Array | None], emitted: dict[int, Array]) -> Rule:
    """A rule's errors and those of "no change" over the same base years."""
    out = Rule(key, {}, {}, {})
    for h in HORIZONS:
        errors = []
        for base in BASE_YEARS:
            told = rule(base, h) if base + h <= _LAST_INVENTORY else None
            if told is not None:
                seen = emitted[base + h]
                errors.append([float(np.abs(v - seen).sum() / seen.sum()) * 100 for v in (told, emitted[base])])
        if errors:
            out.periods[h] = len(errors)
            out.error[h], out.unchanged[h] = (float(v) for v in np.mean(errors, axis=0))
    return out
