"""The identities by which emissions are written as a product of drivers, and their LMDI over a span of years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from data.text import Text
from tools.change.lmdi import Array, additive, chained
from tools.change.panel import Panel, Part

Kind = Literal["kaya", "energy", "structure"]


@dataclass(frozen=True)
class Factor:
    """A driver: its name alone and, where it holds money at current prices, marked so."""

    key: str
    plain: Text
    priced: bool = False
    parted: bool = False  # differs by part (fuel, sector)

    def name(self, deflated: bool) -> Text:
        """The name with its price basis."""
        if not self.priced:
            return self.plain
        zh, en = ("不变价", "constant prices") if deflated else ("现价", "current prices")
        return Text(f"{self.plain.zh}（{zh}）", f"{self.plain.en} at {en}")


POPULATION = Factor("population", Text("人口规模", "population"))
AFFLUENCE = Factor("affluence", Text("人均GDP", "GDP per head"), priced=True)
CARBON_INTENSITY = Factor("carbon_intensity", Text("单位GDP碳排放", "CO2 per GDP"), priced=True, parted=True)
ENERGY_INTENSITY = Factor("energy_intensity", Text("单位GDP能耗", "energy per GDP"), priced=True)
CARBON_CONTENT = Factor("carbon_content", Text("单位能耗碳排放", "CO2 per unit of energy"), parted=True)
STRUCTURE = Factor("structure", Text("产业结构", "sector structure"), parted=True)
SECTOR_INTENSITY = Factor(
    "sector_intensity", Text("部门碳强度", "CO2 per value added within sectors"), priced=True, parted=True
)
VALUE_PER_HEAD = Factor("affluence", Text("人均增加值", "value added per head"), priced=True)
HOUSEHOLDS = Factor("households", Text("居民直接排放", "direct household emissions"))
IDENTITIES: dict[Kind, tuple[Factor, ...]] = {
    "kaya": (POPULATION, AFFLUENCE, CARBON_INTENSITY),
    "energy": (POPULATION, AFFLUENCE, ENERGY_INTENSITY, CARBON_CONTENT),
    "structure": (POPULATION, VALUE_PER_HEAD, STRUCTURE, SECTOR_INTENSITY, HOUSEHOLDS),
}
FORMULAS: dict[Kind, Text] = {
    "kaya": Text("C = Σ 人口 ×（GDP/人口）×（C_k/GDP）", "C = sum over k of population x (GDP/population) x (C_k/GDP)"),
    "energy": Text(
        "C = Σ 人口 ×（GDP/人口）×（能耗/GDP）×（C_k/能耗）",
        "C = sum over k of population x (GDP/population) x (energy/GDP) x (C_k/energy)",
    ),
    "structure": Text(
        "C = Σ 人口 ×（增加值/人口）×（部门增加值/增加值）×（部门排放/部门增加值）＋居民直接排放",
        "C = sum over sectors of population x (value added/population) x (share of the sector) x (CO2/value added of the "
        "sector) + direct household emissions",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Driven:
    """A decomposition. ``terms`` (steps, factors, parts) in Mt; ``years`` holds the ends of the steps, one more than them.

    ``levels`` (len(years),) are the emissions; the terms of a step sum to the change over it.
    """

    kind: Kind
    factors: tuple[Factor, ...]
    parts: tuple[Part, ...]
    years: tuple[int, ...]
    levels: Array
    terms: Array
    deflated: bool = False

    @property
    def totals(self) -> Array:
        """Each factor over the whole span (factors,)."""
        return np.asarray(self.terms.sum((0, 2)))

    @property
    def change(self) -> float:
        """Emissions of the last year less those of the first, Mt."""
        return float(self.levels[-1] - self.levels[0])

    def by_part(self, factor: int) -> Array:
        """A factor over the whole span by part (parts,)."""
        return np.asarray(self.terms[:, factor].sum(0))

    def between(self, first: int, last: int) -> Array:
        """Each factor over the steps from one year of ``years`` to another (factors,)."""
        a, b = self.years.index(first), self.years.index(last)
        return np.asarray(self.terms[a:b].sum((0, 2)))


def factors_of(panel: Panel, kind: Kind, parts: Sequence[Part], years: Sequence[int], prices: float = 1.0) -> Array:
    """Factor arrays (years, factors, parts) of kaya or energy; GDP of the last year is divided by ``prices``."""
    co2 = panel.emissions(parts, years)
    people = np.array([panel.population[y] for y in years])
    gdp = np.array([panel.gdp[y] for y in years])
    gdp[-1] /= prices
    scalars = [people, gdp / people]
    below = gdp
    if kind == "energy":
        below = np.array([panel.energy[y] for y in years])
        scalars.append(below / gdp)
    rows = [np.repeat(s[:, None], len(parts), axis=1) for s in scalars]
    return np.stack([*rows, co2 / below[:, None]], axis=1)


def decompose(
    panel: Panel, kind: Kind, parts: tuple[Part, ...], years: tuple[int, ...], prices: float | None = None
) -> Driven:
    """LMDI-I of a place's emissions over ``years``, chained from each to the next (two years: the end points).

    ``prices`` is the GDP price level of the last year over the first (1.1 for 10 % more); it needs exactly two years.
    Raises ValueError for prices with more years.
    """
    if prices is not None and len(years) != 2:
        raise ValueError("a price rise over the span is taken between its end points")
    arrays = factors_of(panel, kind, parts, years, prices or 1.0)
    return Driven(
        kind, IDENTITIES[kind], parts, years, arrays.prod(1).sum(1), chained(list(arrays)), prices is not None
    )


def by_structure(
    people: tuple[float, float], activity: Array, co2: Array, households: tuple[float, float],
    parts: tuple[Part, ...], years: tuple[int, int], prices: float | None = None,
) -> Driven:  # fmt: skip
    """LMDI-I with sector structure: ``activity`` and ``co2`` (2, S); households stand as a term of their own.

    The last column of parts is the households'. Raises ValueError where a sector emits without activity.
    """
    if ((activity <= 0) & (co2 > 0)).any():
        raise ValueError("a sector emits without activity; join it to another first")
    money = activity.copy()
    money[1] /= prices or 1.0
    totals = money.sum(1)
    sides = []
    for t in (0, 1):
        each = np.ones(money.shape[1])
        intensity = np.divide(co2[t], money[t], out=np.full(money.shape[1], np.nan), where=money[t] > 0)
        sides.append(np.stack([people[t] * each, totals[t] / people[t] * each, money[t] / totals[t], intensity]))
    inner = additive(sides[0], sides[1])
    terms = np.zeros((1, 5, money.shape[1] + 1))
    terms[0, :4, :-1] = inner
    terms[0, 4, -1] = households[1] - households[0]
    levels = co2.sum(1) + np.array(households)
    return Driven("structure", IDENTITIES["structure"], parts, years, levels, terms, prices is not None)


__all__ = ["FORMULAS", "IDENTITIES", "Driven", "Factor", "Kind", "by_structure", "decompose", "factors_of"]
