"""What deployed levers do to a year's technology: fuel use, emission intensities and the moving rows of A.

Each lever multiplies what the earlier ones left; a step is s = 1 - (1 - p u)^w, with potential p, deployment u and the
uncertainty exponent w (1 in a single run). All arrays may carry leading axes (an ensemble's runs); the last axes are
named in the comments: K levers, R regions, G sector groups, S sectors, F fuels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tools.roadmap.names import (
    CCUS,
    COAL,
    EFF,
    ELEC,
    FUEL,
    GAS,
    GROUP_KEYS,
    GROUP_OF,
    H2,
    HOUSEHOLDS,
    MATEFF,
    MATERIAL_ROWS,
    OIL,
    POWER_SECTOR,
    PROC,
    PROCESS,
    PRODUCTS,
    RENEW,
    ROW_COAL,
    ROW_CRUDE,
    ROW_GAS,
    ROW_POWER,
    ROW_REFINED,
)  # fmt: skip

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.roadmap.levers import Potentials

    Array = NDArray[np.float64]

_G = {key: i for i, key in enumerate(GROUP_KEYS)}
_SECTOR_GROUP = np.array(GROUP_OF)
_POWER = POWER_SECTOR - 1
_REFINING, _CHEMICALS, _GAS_SUPPLY = 10, 11, 24  # positions of sectors 11, 12 and 25
_HEAT_OF_COAL = 0.95  # heat from gas or biomass that 1 MWh of theirs puts in place of coal
_MOST_GAS = 3.0  # a buyer's gas purchases grow at most threefold
_TONNES_PER_YUAN = 0.01  # Mt per 100 million yuan -> t per yuan


@dataclass(frozen=True)
class Steps:
    """Shares left per sector group and fuel, and the electricity the levers add per MWh of base fuel heat."""

    saved: Array  # (..., R, G) after quality and efficiency
    half: Array  # (..., R, G) the same for power: half of each step
    fuel: Array  # (..., R, G, 3)
    gas_for_coal: Array  # (..., R, G) MWh of gas per MWh of base coal heat
    process: Array  # (..., R, G)
    kept: Array  # (..., R, G) after capture
    power: Array  # (..., R, G, 3) MWh per MWh of base heat of that fuel
    power_fuels: Array  # (..., R) share of fuels left in the power sector by RENEW
    efficiency: Array  # (..., R, G) after efficiency alone


@dataclass(frozen=True)
class Technology:
    """A year's technology. Intensities are Mt per 100 million yuan, before the nowcast factor."""

    emissions: Array  # (..., R, S, F) after capture
    captured: Array  # (..., R, S)
    base_heat: Array  # (R, S, 3) MWh of heat per yuan of each fuel in the base year
    fuel: Array  # (..., R, S, 3) share of it left
    gas_heat: Array  # (..., R, S) MWh per yuan of gas in the place of coal
    wood_per_gas: float  # MWh of biomass per MWh of that gas
    rows: Array  # (..., 9, R, S) multiplier of the moving rows per buyer
    capped: Array  # (..., R, S) added power coefficient cut off by the cap
    household: Array  # (..., R, F) share of each fuel left (gas: of base gas; process 1)
    household_gas: Array  # (..., R) MWh of gas per MWh of base coal heat
    household_rows: Array  # (..., 9, R)
    household_power: Array  # (..., R, 3) MWh per MWh of base heat

    @property
    def heat(self) -> Array:
        """MWh of fossil heat per yuan, before capture, (..., R, S)."""
        return np.asarray(_dot(self.base_heat, self.fuel) + self.gas_heat)

    @property
    def biomass(self) -> Array:
        """MWh of biomass per yuan, (..., R, S)."""
        return self.gas_heat * self.wood_per_gas


def _dot(a: Array, b: Array) -> Array:
    """The sum of products over the last, short axis."""
    return np.asarray(np.einsum("...f,...f->...", a, b))


def all_fuels(values: Array) -> Array:
    """The sum over the last, short axis of fuels; NumPy's own ``sum`` is eight times slower there."""
    return np.asarray(values @ np.ones(values.shape[-1]))


def _left(potential: Array | float, deployed: Array, exponent: Array | float) -> Array:
    """(1 - p u)^w, the share one lever leaves."""
    base = 1 - potential * deployed
    return base if isinstance(exponent, float) and exponent == 1.0 else np.asarray(base**exponent)


def steps(p: Potentials, u: Array, w: Array | None = None) -> Steps:
    """Shares left by deployment ``u`` (..., K, R) and exponents ``w`` (..., K)."""

    def left(lever: int, potential: Array | float) -> Array:
        deployed = u[..., lever, :]
        if isinstance(potential, np.ndarray):
            deployed = deployed[..., None]
        exponent: Array | float = 1.0
        if w is not None:
            exponent = w[..., lever].reshape(w.shape[:-1] + (1,) * (deployed.ndim - w.ndim + 1))
        return _left(potential, deployed, exponent)

    quality, efficiency = left(MATEFF, p.quality), left(EFF, p.efficiency)
    saved = quality * efficiency
    fuel = np.repeat(saved[..., None], 3, axis=-1)
    power = np.zeros_like(fuel)

    def move(lever: int, potential: Array, f: int, ratio: Array | float) -> Array:
        """Take a lever's share of one fuel, book the electricity, return the heat that was taken."""
        kept = left(lever, potential)
        taken = fuel[..., f] * (1 - kept)
        fuel[..., f] *= kept
        power[..., f] += ratio * taken
        return taken

    move(PROC, p.process_coal, COAL, p.power_of_process)
    for f in (COAL, OIL, GAS):
        move(ELEC, p.electric[:, f], f, p.power_of_electric)
    for f in (COAL, OIL):
        move(H2, p.hydrogen[:, f], f, p.power_of_hydrogen)
    switched = move(FUEL, p.fuel[:, COAL], COAL, 0.0)
    move(FUEL, p.fuel[:, OIL], OIL, 0.0)
    renewable = left(RENEW, p.renewable)
    fuel[..., _G["PWR"], :] *= renewable[..., None]
    return Steps(
        saved=saved,
        half=(1 + quality) * (1 + efficiency) / 4,  # (1 - q/2)(1 - e/2), with q = 1 - quality left
        fuel=fuel,
        gas_for_coal=switched * p.gas_share / _HEAT_OF_COAL,
        process=left(PROC, p.process_co2),
        kept=left(CCUS, p.capture),
        power=power,
        power_fuels=renewable,
        efficiency=efficiency,
    )


@dataclass(frozen=True)
class Base:
    """What the operators need of the base year: intensities, coefficients, household CO2."""

    intensity: Array  # (R, S, F) Mt per 100 million yuan, 2019
    households: Array  # (R, F) Mt, 2019
    power_coefficient: Array  # (R, S) purchased power, base table
    value_added: Array  # (R, S) coefficient


def technology(p: Potentials, base: Base, u: Array, deepening: Array | float, w: Array | None = None) -> Technology:
    """A year's technology from deployment ``u`` (..., K, R) and the power-use index ``deepening`` (...)."""
    s = steps(p, u, w)
    g = _SECTOR_GROUP
    ratio = base.intensity[..., :3] * _TONNES_PER_YUAN / p.fuel_factor  # MWh of heat per yuan, (R, S, 3)
    fuel = s.fuel[..., g, :]
    gas_heat = ratio[..., COAL] * s.gas_for_coal[..., g]
    emitted = np.empty((*fuel.shape[:-1], 4))
    emitted[..., :3] = base.intensity[..., :3] * fuel
    emitted[..., GAS] += gas_heat * p.fuel_factor[GAS] / _TONNES_PER_YUAN
    emitted[..., PROCESS] = base.intensity[..., PROCESS] * s.process[..., g]
    kept = s.kept[..., g]
    captured = all_fuels(emitted) * (1 - kept)
    added = _dot(ratio, s.power[..., g, :]) + p.penalty * captured * _TONNES_PER_YUAN
    rows, capped = _rows(p, base, s, u, w, emitted, added * p.price, _index(deepening, 2))
    emitted *= kept[..., None]
    return Technology(
        emissions=emitted,
        captured=captured,
        base_heat=ratio,
        fuel=fuel,
        gas_heat=gas_heat,
        wood_per_gas=1 / p.gas_share - 1,
        rows=rows,
        capped=capped,
        household=np.concatenate(
            [s.fuel[..., HOUSEHOLDS, :], np.ones((*s.fuel.shape[:-2], 1))], axis=-1
        ),
        household_gas=s.gas_for_coal[..., HOUSEHOLDS],
        household_rows=_household_rows(p, base, s, _index(deepening, 1)),
        household_power=s.power[..., HOUSEHOLDS, :],
    )  # fmt: skip


def _index(deepening: Array | float, trailing: int) -> Array:
    """The power-use index with ``trailing`` unit axes, so that runs broadcast over regions (and sectors)."""
    value = np.asarray(deepening, dtype=float)
    return value.reshape(value.shape + (1,) * trailing)


def _rows(p: Potentials, base: Base, s: Steps, u: Array, w: Array | None, emitted: Array, added: Array,
          deepening: Array) -> tuple[Array, Array]:  # fmt: skip
    """Multipliers of the nine moving rows for every buyer (..., 9, R, S), and what the cap cut off (..., R, S)."""
    g = _SECTOR_GROUP
    fuel = s.fuel[..., g, :]
    shape = fuel.shape[:-1]
    rows = np.empty((*shape[:-2], len(PRODUCTS), *shape[-2:]))
    coal, oil = fuel[..., COAL], fuel[..., OIL]
    rows[..., ROW_COAL, :, :] = coal
    feedstock = s.efficiency[..., g]
    for j in (_REFINING, _CHEMICALS):  # coal there is feedstock: it follows efficiency only
        rows[..., ROW_COAL, :, j] = feedstock[..., j]
    refined = oil.copy()
    metals, chemicals = g == _G["MET"], g == _G["CHE"]
    refined[..., metals] = coal[..., metals]  # coke
    # Half of the refined products chemicals buy is feedstock, half fuel that follows switching.
    switching = np.divide(oil, s.saved[..., g])
    refined[..., chemicals] = (1 + switching[..., chemicals]) / 2
    rows[..., ROW_REFINED, :, :] = refined
    before = base.intensity[..., GAS]
    burnt = np.divide(emitted[..., GAS], before, out=np.ones(shape), where=np.broadcast_to(before > 0, shape))
    gas = np.minimum(burnt, _MOST_GAS)
    rows[..., ROW_GAS, :, :] = gas
    rows[..., ROW_CRUDE, :, :] = gas
    rows[..., ROW_CRUDE, :, _REFINING] = 1.0  # crude oil is what a refinery works up,
    rows[..., ROW_CRUDE, :, _GAS_SUPPLY] = rows[..., ROW_GAS, :, _GAS_SUPPLY] = 1.0  # gas what a gas supplier sells on
    use = np.where(g == _G["PWR"], 1.0, deepening * s.half[..., g])  # the power sector's own use does not deepen
    limit = p.cap * base.value_added
    allowed = np.minimum(added, limit)
    present = base.power_coefficient
    rows[..., ROW_POWER, :, :] = use + np.divide(
        allowed, present, out=np.zeros(shape), where=np.broadcast_to(present > 0, shape)
    )
    exponent: Array | float = 1.0 if w is None else w[..., MATEFF, None]
    for i, row in enumerate(MATERIAL_ROWS):
        rows[..., row, :, :] = _left(float(p.material[i]), u[..., MATEFF, :], exponent)[..., None]
    return rows, np.maximum(added - limit, 0.0)


def _household_rows(p: Potentials, base: Base, s: Steps, deepening: Array) -> Array:
    """Multipliers of the moving products in household consumption (..., 9, R)."""
    fuel = s.fuel[..., HOUSEHOLDS, :]
    rows = np.ones((*fuel.shape[:-2], len(PRODUCTS), fuel.shape[-2]))
    rows[..., ROW_COAL, :] = fuel[..., COAL]
    rows[..., ROW_REFINED, :] = fuel[..., OIL]
    heat = base.households[..., :3] / p.fuel_factor
    coal_to_gas = np.divide(
        heat[..., COAL] * s.gas_for_coal[..., HOUSEHOLDS], heat[..., GAS],
        out=np.zeros(fuel.shape[:-1]), where=np.broadcast_to(heat[..., GAS] > 0, fuel.shape[:-1]),
    )  # fmt: skip
    rows[..., ROW_GAS, :] = np.minimum(fuel[..., GAS] + coal_to_gas, _MOST_GAS)
    rows[..., ROW_POWER, :] = deepening * s.half[..., HOUSEHOLDS]
    return rows
