"""The arithmetic of a project's appraisal: direct, purchased power, upstream; three blocks that are never one account.

Direct: fuel x factor (heat value x carbon content x oxidation x 44/12). Purchased power: kWh x grid factor. Upstream:
embodied CO2 of the other inputs of a unit of output, so that power and the project's own chimney are not counted again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tools.mrio.system import Scope
from tools.practice.factors import KG_PER_10K_YUAN

if TYPE_CHECKING:
    from data.warehouse import Warehouse

POWER = 24  # the sector of electricity and heat in list B
CONSTRUCTION, EQUIPMENT = (
    (27,),
    (16, 17, 19, 20),
)  # buildings and works; general and special machinery, electrical, electronic


@dataclass(frozen=True, slots=True)
class FuelFactor:
    """t CO2 per physical unit (``per``: "t" or "10k m3")."""

    value: float
    per: str


@dataclass(frozen=True, slots=True)
class Chain:
    """What stands behind a unit of a sector's output in a place, kg CO2 per 10k yuan.

    ``own`` emitted by the sector, ``power`` in the chain of the electricity and heat it buys, ``other`` in that of its
    other domestic inputs. own + power + other = the embodied intensity of the place's sector (weighted by output).
    """

    own: float
    power: float
    other: float


def fuel_factors(warehouse: Warehouse) -> dict[str, FuelFactor]:
    """CO2 factors of the fuels the dataset holds, by the inventory's fuel name; empty where it holds no such table."""
    if not warehouse.has("fuel_factors"):
        return {}
    rows = warehouse.rows("SELECT fuel, value, unit FROM fuel_factors")
    return {fuel: FuelFactor(float(value), unit.removeprefix("t CO2/")) for fuel, value, unit in rows}


def chain_of(scope: Scope, numbers: tuple[int, ...]) -> Chain:
    """The chain behind the output of a place's sector(s), weighted by output. NaN where there is no output.

    e_j = f_j + sum_i e_i a_ij (Miller and Blair 2009, ch. 10): the sum is split into electricity and heat and the rest.
    """
    system, mrio = scope.system, scope.system.mrio
    columns = np.array([row[n - 1] for row in scope.rows for n in numbers])
    weight = mrio.x[columns]
    if weight.sum() <= 0:
        return Chain(float("nan"), float("nan"), float("nan"))
    carried = system.intensity[:, None] * mrio.A[:, columns]
    power_rows = np.arange(len(mrio.x)) % len(mrio.sectors) == POWER - 1
    power, other = carried[power_rows].sum(0), carried[~power_rows].sum(0)
    own, bought, rest = (
        float(np.average(v, weights=weight)) * KG_PER_10K_YUAN for v in (system.emissions.f[columns], power, other)
    )
    return Chain(own, bought, rest)


__all__ = ["CONSTRUCTION", "EQUIPMENT", "POWER", "Chain", "FuelFactor", "chain_of", "fuel_factors"]
