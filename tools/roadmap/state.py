"""The economy and the inventory a lane starts from: arrays of the 2017 table and the CO2 of 2017-2019.

Money is in 100 million yuan at 2017 prices, CO2 in Mt. R regions, S = 42 sectors, n = R*S ordered region-major.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from tools.roadmap.names import FUELS, PRODUCTS, SECTORS

if TYPE_CHECKING:
    from numpy.typing import NDArray

Lane = Literal["china", "provinces"]


@dataclass(frozen=True)
class Economy:
    """The 2017 table of one lane; final demand by (producing region, product, buying region).

    ``households`` holds rural and urban consumption together. ``exports`` and ``value_added`` (a coefficient) are
    (R, S). ``estimated`` says whether the table is our estimate rather than a published one.
    """

    lane: Lane
    regions: tuple[str, ...]
    A: NDArray[np.float64]  # (n, n)
    output: NDArray[np.float64]  # (R, S)
    households: NDArray[np.float64]  # (R, S, R)
    government: NDArray[np.float64]
    capital: NDArray[np.float64]
    stocks: NDArray[np.float64]
    exports: NDArray[np.float64]  # (R, S)
    value_added: NDArray[np.float64]  # (R, S)
    estimated: bool

    @property
    def size(self) -> int:
        """Number of regions R."""
        return len(self.regions)

    @property
    def power_by_buyer(self) -> NDArray[np.float64]:
        """Coefficient of purchased power of each buyer, over all supplying regions; (R, S)."""
        rows = self.A.reshape(self.size, SECTORS, -1)[:, PRODUCTS[3] - 1]
        return np.asarray(rows.sum(axis=0).reshape(self.size, SECTORS))


@dataclass(frozen=True)
class Inventory:
    """CO2 of the years 2017, 2018 and 2019; ``present`` is False for a region without an inventory (Tibet)."""

    production: NDArray[np.float64]  # (3, R, S, F)
    households: NDArray[np.float64]  # (3, R, F)
    present: NDArray[np.bool_]  # (R,)
    moved: tuple[tuple[str, int, int, float], ...] = ()  # region, from sector, to sector, Mt in 2019

    @property
    def base_total(self) -> NDArray[np.float64]:
        """Total of 2019 per region; (R,)."""
        total: NDArray[np.float64] = self.production[2].sum(axis=(1, 2)) + self.households[2].sum(axis=1)
        return total


def moving_columns(regions: int) -> NDArray[np.intp]:
    """Positions of the nine moving products in the n rows, product-major (9, R) flattened."""
    return np.array([r * SECTORS + p - 1 for p in PRODUCTS for r in range(regions)], dtype=np.intp)


def emission_intensity(inventory: Inventory, output_2019: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mt per 100 million yuan of 2019: inventory over the model's own output; 0 where there is no output. (R, S, F)"""
    out: NDArray[np.float64] = np.zeros_like(inventory.production[2])
    produced = output_2019 > 0
    out[produced] = inventory.production[2][produced] / output_2019[produced][:, None]
    return out


__all__ = ["FUELS", "Economy", "Inventory", "Lane", "emission_intensity", "moving_columns"]
