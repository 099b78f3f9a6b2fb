"""What a place needs from outside by its own books, to hold metered power flows against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.classification import Place
    from data.warehouse import Warehouse

_TOLERANCE = 0.05  # of power used: what losses and statistical differences may explain


@dataclass(frozen=True, slots=True)
class UseBalance:
    """What a place needs from outside by its own books: power used less power generated there, TWh.

    Generation is that of plants above the designated size, so the truth is no more than this; losses are not in it.
    """

    used: float
    generated: float

    @property
    def net(self) -> float:
        """Used less generated, TWh: an upper bound of the net import."""
        return self.used - self.generated

    def contradicts(self, metered: float) -> bool:
        """Whether flows metered at the borders add up to more than the place can have taken in."""
        return metered - self.net > _TOLERANCE * self.used


def use_balance(warehouse: Warehouse, where: Place, year: int) -> UseBalance | None:
    """The balance of a place; None where a member's use or generation of the year is not known."""
    members = where.members or (where.code,)
    marks = ", ".join("?" * len(members))
    used = warehouse.rows(
        f"SELECT region, twh FROM power_consumption WHERE year = ? AND region IN ({marks})", (year, *members)
    )
    made = warehouse.rows(
        "SELECT region, sum(twh) FROM power_generation WHERE scope = 'above_scale' AND year = ? "
        f"AND region IN ({marks}) GROUP BY region", (year, *members),
    )  # fmt: skip
    if len(used) != len(members) or len(made) != len(members):
        return None
    return UseBalance(sum(twh for _, twh in used), sum(twh for _, twh in made))
