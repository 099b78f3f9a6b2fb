"""A bureau's own power figures of 2024 in the physical balance: use and generation by source of its province.

The nation's losses close the balance anew, as they do in the standard one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from data.text import Text
from tools.roadmap.names import at
from tools.roadmap.own_state import Unused, Used
from tools.roadmap.power import (
    BASE_YEAR,
    BIOMASS,
    FOSSIL,
    HYDRO,
    NUCLEAR,
    SOLAR,
    WIND,
    Assumptions,
)

if TYPE_CHECKING:
    from data.own.figures import Figure
    from tools.roadmap.energy import EnergyBase
    from tools.roadmap.engine import Engine
    from tools.roadmap.model import Model
    from tools.roadmap.power import PowerBase

_PLAIN = {"nuclear": NUCLEAR, "hydro": HYDRO, "wind": WIND, "solar": SOLAR}
_START = Text("电力平衡以2024年为起点，只取这一年", "the power balance starts from 2024 and takes that year only")
_BY_SOURCE = Text("电力平衡按电源计算，合计只作对照", "the balance is made by source; a total stands beside it")
_THERMAL_GIVEN = Text(
    "已用火电合计；煤、气之分由模型按排放推算", "thermal generation is used; the model parts coal and gas by their CO2"
)
_RESULT = Text(
    "净调入由用电量、损耗与发电量得出，只作对照",
    "net import follows from use, losses and generation; it stands beside them",
)
_COAL_AND_GAS = Text("煤电与气电须同时给出才能合成化石电力", "coal and gas must both be given to make fossil power")


def own_power(
    standard: Engine, model: Model, energy: EnergyBase, region: int, figures: list[Figure], used: list[Used],
    unused: list[Unused],
) -> PowerBase:  # fmt: skip
    """The power base of 2024 with the region's own use and generation."""
    base = standard.power_base
    use, generation = base.use.copy(), base.generation.copy()
    given = {f.sector: f for f in figures if f.item == "generation" and f.year == BASE_YEAR}
    if any(f.item == "electricity_use" for f in figures):
        t = at(BASE_YEAR)
        u = model.curves("dual_carbon")[..., t]
        use[region] = float(
            energy.power[region] * model.power_bought(model.year(t, u))[region] / model.power_2019[region]
        )
    before = base.generation[region]
    for key, column in _PLAIN.items():
        if key in given:
            generation[region, column] = given[key].value
            used.append(Used(given[key], float(before[column])))
    _fossil(standard, generation[region], given, before, used, unused)
    losses = float(generation.sum() / use.sum() - 1)
    for f in figures:
        beside = None
        if f.item == "generation" and f.year != BASE_YEAR:
            unused.append(Unused(f, _START))
        elif f.item == "generation" and not f.sector:
            unused.append(Unused(f, _BY_SOURCE, float(generation[region].sum())))
        elif f.item == "net_power_import":
            if f.year == BASE_YEAR:
                beside = float(use[region] * (1 + losses) - generation[region].sum())
            unused.append(Unused(f, _RESULT if f.year == BASE_YEAR else _START, beside))
    return replace(base, use=use, generation=generation, losses=losses)


def _fossil(
    standard: Engine, made: np.ndarray[tuple[int, ...], np.dtype[np.float64]], given: dict[str, Figure],
    before: np.ndarray[tuple[int, ...], np.dtype[np.float64]], used: list[Used], unused: list[Unused],
) -> None:  # fmt: skip
    """Fossil and biomass generation from thermal, or from coal and gas; ``made`` (6,) is changed in place."""
    share = Assumptions.of(standard.model.defaults).biomass_share
    biomass, thermal = given.get("biomass"), given.get("thermal")
    coal, gas = given.get("coal"), given.get("gas")
    if biomass is not None:
        made[BIOMASS] = biomass.value
        used.append(Used(biomass, float(before[BIOMASS])))
    if thermal is not None:
        if biomass is None:
            made[BIOMASS] = thermal.value * share
        made[FOSSIL] = thermal.value - made[BIOMASS]
        used.append(Used(thermal, float(before[FOSSIL] + before[BIOMASS])))
        unused.extend(Unused(f, _THERMAL_GIVEN) for f in (coal, gas) if f is not None)
    elif coal is not None and gas is not None:
        made[FOSSIL] = coal.value + gas.value
        used.extend(Used(f, None) for f in (coal, gas))
    else:
        unused.extend(Unused(f, _COAL_AND_GAS) for f in (coal, gas) if f is not None)
