"""A bureau's own figures in the engine: they replace the nowcast, the growth and the start of the energy lane of its province.

The result is an engine of its own that shares nothing kept with the standard one, so a standard answer never sees it.
Other provinces keep their emissions to 2025; China's lane is another engine and stays as published.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from data.own.checks import growth_rates, positions
from data.own.figures import Figure
from data.own.items import CALORIFIC
from data.text import Text
from tools.roadmap.energy import MWH_PER_TCE, TCE_PER_MWH, load_energy
from tools.roadmap.names import BASE, COMMON, YEARS, at
from tools.roadmap.own_power import own_power
from tools.roadmap.own_state import EVERYTHING, Given, Unused, Used, adjust

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.own.store import Holding
    from tools.roadmap.energy import EnergyBase
    from tools.roadmap.engine import Engine
    from tools.roadmap.model import Model

    Array = NDArray[np.float64]

NOW: tuple[int, ...] = tuple(range(BASE + 1, COMMON + 1))
_FIRST_RUN = "dual_carbon"
_POWER_START = 2024
_KEPT = 4  # engines of own figures kept; each takes about a second to make

PART = Text(
    "只是模型42个行业之一的一部分，或没有对应行业", "only part of one of the model's 42 sectors, or none of them"
)
NOTHING_THERE = Text("模型中该行业没有可按比例调整的排放", "the model has no emissions there that could be scaled")
OTHER_YEAR = Text("物理量从{year}年起算，只取这一年", "the physical lane starts from {year} and takes that year only")
CALORIFIC_NOT = Text("当量值口径与模型的等价值口径不同", "calorific convention, not the model's coal equivalent")
BELOW_USE = Text("低于模型中已有的电力与燃料之和", "below the power and fuels the model already holds")
NO_YEAR_BEFORE = Text("定基指数缺少前一年，算不出增速", "a fixed-base index without the year before gives no growth")
RATE_GIVEN = Text("同年已给增速", "growth of the year is given as a rate")


@dataclass(frozen=True)
class Own:
    """What own figures did to an engine. ``totals``: years whose total emissions are given; ``states``: years with any emissions."""

    holding: Holding
    region: int
    used: tuple[Used, ...]
    unused: tuple[Unused, ...]
    targets: tuple[Figure, ...]
    totals: frozenset[int]
    states: frozenset[int]
    growth: frozenset[int]


_ENGINES: OrderedDict[tuple[str, str], Engine] = OrderedDict()
_MAKING = threading.Lock()


def own_engine(standard: Engine, holding: Holding) -> Engine:
    """The engine of a province's own figures, kept by what they say; ``standard`` is left untouched."""
    key = (standard.warehouse.dataset.checksum, holding.checksum)
    with _MAKING:
        if key not in _ENGINES:
            _ENGINES[key] = _made(standard, holding)
            if len(_ENGINES) > _KEPT:
                _ENGINES.popitem(last=False)
        _ENGINES.move_to_end(key)
        return _ENGINES[key]


def _made(standard: Engine, holding: Holding) -> Engine:
    standard.path(_FIRST_RUN)  # later paths, this engine's too, are solved from it
    region = standard.model.economy.regions.index(holding.place.code)
    figures = list(holding.figures)
    used: list[Used] = []
    unused: list[Unused] = []
    model = _grown(standard.model, region, figures, used, unused)
    model, given = _stated(standard, model, region, figures, used, unused)
    energy = _energy(standard, model, region, figures, used, unused)
    power = own_power(standard, model, energy, region, figures, used, unused)
    own = Own(
        holding, region, _in_order(used), tuple(sorted(unused, key=lambda u: u.figure.line)),
        tuple(f for f in figures if f.item.startswith("target_")),
        frozenset(g.year for g in given if g.cover == EVERYTHING), frozenset(g.year for g in given),
        frozenset(u.figure.year for u in used if u.figure.item.startswith("gdp_")),
    )  # fmt: skip
    return standard.derived(model, energy, power, own)


def _in_order(used: list[Used]) -> tuple[Used, ...]:
    return tuple(sorted(used, key=lambda u: u.figure.line))


def _grown(model: Model, region: int, figures: list[Figure], used: list[Used], unused: list[Unused]) -> Model:
    """The model on the region's GDP path with the given rates; years not given keep their assumed rate."""
    rates = growth_rates(figures)
    gdp = model.drivers.gdp.copy()
    rate = gdp[region, 1:] / gdp[region, :-1]
    for f in figures:
        if not f.item.startswith("gdp_"):
            continue
        found = rates.get(f.year)
        before = (float(rate[at(f.year) - 1]) - 1) * 100
        if found is None:
            unused.append(Unused(f, NO_YEAR_BEFORE))
        elif found[1] is not f:
            unused.append(Unused(f, RATE_GIVEN))
        else:
            used.append(Used(f, before if f.item == "gdp_growth_real" else None))
    if not rates:
        return model
    for year, (percent, _) in rates.items():
        rate[at(year) - 1] = 1 + percent / 100
    gdp[region, 1:] = gdp[region, 0] * np.cumprod(rate)
    return model.with_gdp(gdp)


def _stated(
    standard: Engine, model: Model, region: int, figures: list[Figure], used: list[Used], unused: list[Unused]
) -> tuple[Model, list[Given]]:  # fmt: skip
    """The model whose nowcast meets the region's emissions, every other region's staying where it was to 2025."""
    path, usual = standard.path(_FIRST_RUN), standard.model.nowcast
    here = path.sectors[[at(y) for y in NOW]]  # (Y, R, 43)
    given, by_line = [], {}
    for f in figures:
        if f.item != "emissions":
            continue
        cover = positions(f.sector)
        if cover is None:
            unused.append(Unused(f, PART))
            continue
        given.append(Given(cover, f.year, f.value, f.line))
        by_line[f.line] = f
    found = adjust(here[:, region], NOW, given)
    given = [g for g in given if g.line not in found.idle]
    for line, f in by_line.items():
        cover = positions(f.sector) or EVERYTHING
        before = float(here[NOW.index(f.year), region, sorted(cover)].sum())
        if line in found.idle:
            unused.append(Unused(f, NOTHING_THERE, before))
        else:
            t, whole = at(f.year), cover == EVERYTHING
            ends = (float(usual.low[t, region]), float(usual.high[t, region])) if whole else (None, None)
            used.append(Used(f, before, *ends))
    if not given and model is standard.model:
        return model, given
    wanted = here.copy()
    wanted[:, region] *= found.ratio
    return _anchored(model, path.deployment, here, wanted, region), given


def _anchored(model: Model, u: Array, here: Array, wanted: Array, region: int) -> Model:
    """The model with nowcast factors that make 2020-2025 emit ``wanted`` in place of ``here`` (Y, R, 43); 2025's hold later."""
    usual = model.nowcast
    sectors, households = usual.sectors.copy(), usual.households.copy()
    low, high = usual.low.copy(), usual.high.copy()
    for n, year in enumerate(NOW):
        t = at(year)
        solved = model.year(t, u[..., t])
        now = np.concatenate([solved.emissions.sum(axis=-1), solved.households.sum(axis=-1)[:, None]], axis=1)
        factor = np.divide(wanted[n], now, out=np.ones_like(now), where=now > 0)
        sectors[t] *= factor[:, :-1]
        households[t] *= factor[:, -1]
        moved = float(wanted[n, region].sum() / here[n, region].sum())
        low[t, region] *= moved
        high[t, region] *= moved
    sectors[at(COMMON) + 1 :], households[at(COMMON) + 1 :] = sectors[at(COMMON)], households[at(COMMON)]
    other = copy(model)
    other.nowcast = replace(usual, sectors=sectors, households=households, low=low, high=high)
    return other


def _energy(
    standard: Engine, model: Model, region: int, figures: list[Figure], used: list[Used], unused: list[Unused]
) -> EnergyBase:  # fmt: skip
    """The energy base with the region's own power use and energy total where given."""
    base = (
        standard.energy
        if model is standard.model
        else load_energy(standard.warehouse, model, standard.energy.fossil_share)
    )
    base = _power_used(base, model, region, [f for f in figures if f.item == "electricity_use"], used, unused)
    return _energy_total(base, model, region, [f for f in figures if f.item == "energy_use"], used, unused)


def bought(model: Model, region: int, year: int) -> float:
    """The region's power purchases in the model in a year to 2025, 2019 = 1."""
    t = at(year)
    solved = model.year(t, model.curves(_FIRST_RUN)[..., t])
    return float(model.power_bought(solved)[region] / model.power_2019[region])


def _power_used(
    base: EnergyBase, model: Model, region: int, given: list[Figure], used: list[Used], unused: list[Unused]
) -> EnergyBase:  # fmt: skip
    """Power use starts from the figure nearest to the physical lane's first year; the others stand beside."""
    if not given:
        return base
    start = min(given, key=lambda f: (abs(f.year - _POWER_START), -f.year))
    power = base.power.copy()
    power[region] = start.value / bought(model, region, start.year)
    for f in given:
        moved = bought(model, region, f.year)
        if f is start:
            used.append(Used(f, float(base.power[region]) * moved))
        else:
            unused.append(Unused(f, OTHER_YEAR.fill(year=start.year), float(power[region]) * moved))
    return replace(base, power=power)


def _energy_total(
    base: EnergyBase, model: Model, region: int, given: list[Figure], used: list[Used], unused: list[Unused]
) -> EnergyBase:  # fmt: skip
    """The latest energy total in the model's convention sets what the inventories do not hold; the others stand beside."""
    sound = [f for f in given if f.detail != CALORIFIC]
    last = max(sound, key=lambda f: f.year) if sound else None
    other = base.other.copy()
    for f in given:
        t = at(f.year)
        solved = model.year(t, model.curves(_FIRST_RUN)[..., t])
        heat, wood = (float(v[region]) for v in model.heat_used(solved))
        booked = float(base.power[region]) * bought(model, region, f.year) * TCE_PER_MWH + (heat + wood) / MWH_PER_TCE
        ours = booked + float(base.other[region]) * heat
        if f is last and f.value >= booked:
            other[region] = (f.value - booked) / heat
            used.append(Used(f, ours))
        elif f.detail == CALORIFIC or last is None:
            unused.append(Unused(f, CALORIFIC_NOT, ours))
        else:
            unused.append(Unused(f, BELOW_USE if f is last else OTHER_YEAR.fill(year=last.year), ours))
    return replace(base, other=other)


__all__ = ["NOW", "YEARS", "Own", "Unused", "Used", "own_engine"]
