"""What output and CO2 goes with sectors of a place that are left out of the table, as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from data.text import Text
from tools.mrio import algebra_extraction
from tools.mrio.algebra import Array
from tools.mrio.partners import indices, need_output
from tools.mrio.system import Scope
from tools.mrio.variants import columns_of, rows_of

Kind = Literal["complete", "backward", "forward"]
KINDS: tuple[Kind, ...] = ("complete", "backward", "forward")


@dataclass(frozen=True)
class Extracted:
    """Output (3, n), 100M yuan, and CO2 (3, n), Mt, that go with the group left out, in the order of KINDS."""

    output: Array
    co2: Array
    group: algebra_extraction.Group

    def split(self, scope: Scope) -> Array:
        """(2, 3, 3): output and CO2; by kind; of the group itself, of others in the place, of other regions."""
        own = np.zeros(self.output.shape[1], dtype=bool)
        own[self.group] = True
        here = np.zeros_like(own)
        here[scope.rows.reshape(-1)] = True
        parts = (own, here & ~own, ~here & ~own)
        return np.array(
            [[[values[:, part].sum(1)[k] for part in parts] for k in range(3)] for values in (self.output, self.co2)]
        )


def extracted(scope: Scope, numbers: tuple[int, ...]) -> Extracted:
    """The place's sectors ``numbers`` left out together. Raises NotAvailable where they have no output."""
    system, group = scope.system, indices(scope, numbers)
    need_output(scope, group, Text("无从抽取", "so nothing can be left out"))
    x, columns = system.mrio.x, columns_of(system, group)
    lost = np.stack([
        algebra_extraction.complete(columns, x, group),
        algebra_extraction.backward(columns, x, group),
        algebra_extraction.forward(rows_of(system, group), x, group),
    ])  # fmt: skip
    return Extracted(lost, lost * system.emissions.f, group)


def co2_of_others(scope: Scope, numbers: tuple[int, ...], kind: Kind) -> Array:
    """CO2 (R, 42) of everyone else, Mt, that goes with the place's sectors ``numbers``; the sectors' own is zero."""
    found = extracted(scope, numbers)
    co2 = found.co2[KINDS.index(kind)].copy()
    co2[found.group] = 0.0
    return np.asarray(co2.reshape(len(scope.system.mrio.regions), -1))


def by_sector(scope: Scope, kind: Kind) -> Array:
    """Output and CO2 (2, 42) of all others, 100M yuan and Mt, that go with each sector of the place; 0 without output."""
    system, out = scope.system, np.zeros((2, len(scope.system.mrio.sectors)))
    x, every = system.mrio.x, np.asarray(scope.rows, dtype=np.intp)  # (members, 42)
    flat = every.reshape(-1)
    # Of the inverse one side is enough: its rows for what is sold, its columns for what is bought.
    side = rows_of(system, flat).T if kind == "forward" else columns_of(system, flat)
    side = side.reshape(len(x), *every.shape)
    for k in range(every.shape[1]):
        group = every[:, k]
        if x[group].sum() <= 0:
            continue
        if kind == "forward":
            lost = algebra_extraction.forward(side[:, :, k].T, x, group)
        else:
            leave_out = algebra_extraction.complete if kind == "complete" else algebra_extraction.backward
            lost = leave_out(side[:, :, k], x, group)
        lost[group] = 0.0
        out[:, k] = lost.sum(), system.emissions.f @ lost
    return out


__all__ = ["KINDS", "Extracted", "Kind", "by_sector", "co2_of_others", "extracted"]
