"""Ranges over the variants of the estimated table, read from the dataset."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from data.warehouse import Warehouse

ROBUST = 0.8  # a pair that stays in front in fewer variants is "not robust"
Listing = Literal["buyers", "suppliers", "downstream", "upstream", "province"]


@dataclass(frozen=True, slots=True)
class Bound:
    """Lowest and highest value over the variants, and the share of variants in which an item stays in front."""

    low: float
    high: float
    stays: float | None = None

    def __neg__(self) -> Bound:
        """The bound of the opposite quantity."""
        return Bound(-self.high, -self.low, self.stays)

    @property
    def robust(self) -> bool:
        """Whether the item stays in front in at least ROBUST of the variants."""
        return self.stays is not None and self.stays >= ROBUST


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of a list: supplier (or emitter) and buyer (or final product) as (province code, sector number)."""

    supplier: tuple[str, int]
    buyer: tuple[str, int]
    value: float
    bound: Bound


def bounds(warehouse: Warehouse, year: int, measure: str, region: str) -> dict[tuple[str, int], Bound]:
    """Bounds of a measure of mrio_ranges for one province, by (partner code or "", sector number or 0).

    Empty where the dataset holds none (a group, the nation, an imported table).
    """
    return dict(_bounds(warehouse, year, measure).get(region, {}))


@lru_cache(maxsize=64)
def _bounds(warehouse: Warehouse, year: int, measure: str) -> dict[str, dict[tuple[str, int], Bound]]:
    found: dict[str, dict[tuple[str, int], Bound]] = {}
    if not warehouse.has("mrio_ranges"):
        return found
    sql = "SELECT region, partner, sector, low, high, share_in_top FROM mrio_ranges WHERE year = ? AND measure = ?"
    for region, partner, sector, low, high, stays in warehouse.rows(sql, (year, measure)):
        found.setdefault(region, {})[partner, sector] = Bound(low, high, stays)
    return found


def pair_bounds(warehouse: Warehouse, year: int, listing: Listing, region: str, sector: int = 0) -> list[Pair]:
    """A list of mrio_chains, largest first; empty where the dataset holds none."""
    if not warehouse.has("mrio_chains"):
        return []
    sql = (
        "SELECT supplier, supplier_sector, buyer, buyer_sector, value, low, high, share_in_top FROM mrio_chains "
        "WHERE year = ? AND listing = ? AND region = ? AND sector = ? ORDER BY rank"
    )
    return [
        Pair((a, i), (b, j), value, Bound(low, high, stays))
        for a, i, b, j, value, low, high, stays in warehouse.rows(sql, (year, listing, region, sector))
    ]


def span(bound: Bound | None, value: float) -> dict[str, Any]:
    """``low`` and ``high`` of a Fact from a bound, widened to hold the value (bounds are stored rounded)."""
    if bound is None:
        return {}
    return {"low": min(bound.low, value), "high": max(bound.high, value)}
