"""Any result of the estimated table under its kept variants: how far it moves, and how often it stays in front."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tools.mrio.algebra import Array

if TYPE_CHECKING:
    from data.warehouse import Warehouse
    from tools.mrio.system import System


@dataclass(frozen=True, slots=True)
class Spread:
    """Lowest and highest value over the central estimate and its variants, each in the shape of the measure; ``stays``
    the share of variants (0-1) in which an entry is among the ``top`` largest of the flattened measure, None without
    ``top``. An entry that stays in fewer than 80 % is "not robust" and never leads an answer."""

    low: Array
    high: Array
    stays: Array | None


def spread(
    warehouse: Warehouse, year: int, measure: Callable[[System], Array], *, top: int | None = None
) -> Spread | None:
    """``measure`` on the central estimate and on every kept variant of the year's table.

    None where the dataset keeps no variants: a published table, the nation's own, a dataset built without them.
    """
    if not warehouse.has("mrio_variants"):
        return None
    raise NotImplementedError
