"""A measure of a place with its range over the variants of the table, where the dataset keeps any."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.text import Text
from tools.mrio.algebra import Array
from tools.mrio.algebra import top as largest
from tools.mrio.bounds import Bound
from tools.mrio.system import Scope
from tools.mrio.variants import Spread, spread

if TYPE_CHECKING:
    from data.warehouse import Warehouse


@dataclass(frozen=True)
class Measured:
    """Values of any shape, read by flat index, with their spread (None where no variants are kept)."""

    values: Array
    spread: Spread | None

    def __getitem__(self, index: int) -> float:
        return float(self.values.reshape(-1)[index])

    def bound(self, index: int) -> Bound | None:
        """The range of one entry; None without variants."""
        if self.spread is None:
            return None
        stays = self.spread.stays
        return Bound(
            float(np.reshape(self.spread.low, -1)[index]), float(np.reshape(self.spread.high, -1)[index]),
            None if stays is None else float(np.reshape(stays, -1)[index]),
        )  # fmt: skip

    def robust(self, index: int) -> bool:
        """Whether an entry may lead: in front in four fifths of the variants, or no variants to tell by."""
        bound = self.bound(index)
        return bound is None or bound.stays is None or bound.robust

    def mark(self, index: int) -> Text | None:
        """The cell on robustness; None without variants."""
        bound = self.bound(index)
        if bound is None or bound.stays is None:
            return None
        return Text("稳健", "robust") if bound.robust else Text("不稳健", "not robust")

    def top(self, count: int) -> list[int]:
        """Flat indices of the largest positive entries, largest first."""
        return largest(self.values.reshape(-1), count)

    def leading(self, count: int, named: int) -> list[int]:
        """The first ``named`` robust ones of the ``count`` largest."""
        return [i for i in self.top(count) if self.robust(i)][:named]


def measured(
    warehouse: Warehouse, scope: Scope, measure: Callable[[Scope], Array], *, top: int | None = None
) -> Measured:
    """``measure`` of the place, with its spread over the variants of a province's or group's table; the nation has none."""
    values = np.asarray(measure(scope))
    if scope.place.kind == "nation" or scope.system.mrio.kind == "published":
        return Measured(values, None)
    found = spread(
        warehouse, scope.system.mrio.year, lambda system: measure(Scope(scope.place, system, scope.inside)), top=top
    )
    return Measured(values, found)
