"""Ranges and robustness of what this room computes, over the kept variants of the estimated table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from data.text import Text
from tools.mrio.algebra import Array
from tools.mrio.bounds import Bound
from tools.mrio.system import Scope, System
from tools.mrio.variants import spread
from tools.result import Cell, Draft

if TYPE_CHECKING:
    from data.warehouse import Warehouse

UNRANGED = Text(
    "所示为中心估算，尚无变体区间。",
    "These are central estimates; no range over variants of the table is at hand.",
)


def bounds_of(
    warehouse: Warehouse, scope: Scope, measure: Callable[[System], Array], top: int | None = None
) -> list[Bound] | None:
    """A bound per entry of ``measure`` (a vector); with ``top`` how often it is among the ``top`` largest of the vector.

    None for the nation's own table and where the dataset keeps no variants.
    """
    if scope.place.kind == "nation":
        return None
    found = spread(warehouse, scope.system.mrio.year, measure, top=top)
    if found is None:
        return None
    stays = [None] * len(found.low) if found.stays is None else [float(s) for s in found.stays.reshape(-1)]
    return [
        Bound(float(low), float(high), s)
        for low, high, s in zip(found.low.reshape(-1), found.high.reshape(-1), stays, strict=True)
    ]


def at(bounds: list[Bound] | None, index: int) -> Bound | None:
    """One of the bounds, None where there are none."""
    return None if bounds is None else bounds[index]


def leads(bound: Bound | None) -> bool:
    """Whether an entry may be named first: robust, or of a table without variants."""
    return bound is None or bound.robust


def verdict(bound: Bound | None) -> Cell:
    """The cell on robustness; without variants there is nothing to say."""
    if bound is None or bound.stays is None:
        return None
    return Text("稳健", "robust") if bound.robust else Text("不稳健", "not robust")


def say_unranged(draft: Draft, scope: Scope, bounds: list[Bound] | None) -> None:
    """The caveat where an estimate has no range."""
    if bounds is None and scope.place.kind != "nation" and scope.system.mrio.kind != "published":
        draft.caveats.append(UNRANGED)
