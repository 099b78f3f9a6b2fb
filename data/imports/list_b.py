"""Tables of the older 42-sector list (A: 2012, 2015, 2018, 2020) in the sectors of the newer one (B), without estimating.

Where A is finer its sectors are added (A22 and A23 make B22). A36, scientific research and polytechnic services, holds
B35 and B36 together: it stands in B36, and B35 is "no data" in such a table.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from data.imports.forms import Array, ReadTable

SECTORS = 42
# Sector of list B (1-based) that each sector of list A goes to, whole.
A_TO_B: tuple[int, ...] = (*range(1, 22), 22, 22, *range(23, 35), 36, *range(37, 43))
ABSENT: tuple[int, ...] = (35,)


def to_list_b(table: ReadTable) -> ReadTable:
    """The table in list B: sums over sectors only, so every total is kept. Rows and columns of ABSENT are zero.

    A table already in list B is returned as it is. Raises ValueError for a table with labels of its own.
    """
    if table.classification == "own":
        raise ValueError(table.classification)
    if table.classification == "B":
        return table
    r = len(table.regions)

    def rows(values: Array) -> Array:
        """Sectors of the first axis (r * 42, …) added up."""
        found = np.zeros((r, SECTORS, *values.shape[1:]))
        apart = values.reshape(r, SECTORS, *values.shape[1:])
        for a, b in enumerate(A_TO_B):
            found[:, b - 1] += apart[:, a]
        return found.reshape(r * SECTORS, *values.shape[1:])

    return replace(
        table, classification="B", Z=rows(np.ascontiguousarray(rows(table.Z).T)).T.copy(), Y=rows(table.Y),
        exports=rows(table.exports), error=rows(table.error), imports=rows(table.imports),
        value_added=rows(np.ascontiguousarray(table.value_added.T)).T.copy(), x=rows(table.x),
        co2=None if table.co2 is None else rows(table.co2),
    )  # fmt: skip


__all__ = ["ABSENT", "A_TO_B", "to_list_b"]
