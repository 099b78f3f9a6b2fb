"""A place in the base table: its sectors' emissions, intensities and ranks, and the backbone of its industries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tools.mrio.accounts import by_source_sector
from tools.mrio.industry_map import backbone, network
from tools.mrio.system import Scope as TableScope
from tools.mrio.system import scope_of
from tools.mrio.telling import Teller
from tools.result import Draft

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.classification import Place
    from data.warehouse import Warehouse
    from tools.charts.specs import Chart

    Array = NDArray[np.float64]

_BACKBONE = 5.0  # percent of all possible flows

TABLE, NATION_TABLE = "mrio_trade", "io_national"  # tables of the dataset: between provinces, of the nation


@dataclass(frozen=True)
class Structure:
    """A place in the table of its year. ``intensity`` covers the 42 sectors, the rest households too."""

    scope: TableScope
    direct: Array  # (43,) Mt
    caused: Array  # (43,) Mt emitted by the sector anywhere in the country for the place's final use
    intensity: Array  # (42,) Mt per 100 million yuan of gross output, 0 without output
    rank: NDArray[np.intp]  # (43,) place among the regions by direct emissions, 1 = highest; 1 for China

    @property
    def published(self) -> bool:
        """Whether the table is a published one."""
        return self.scope.system.mrio.kind == "published" or self.scope.place.kind == "nation"

    @property
    def source(self) -> str:
        """Name of the dataset's table."""
        return self.scope.system.mrio.source


def structure_of(warehouse: Warehouse, place: Place, year: int) -> Structure:
    """The place in the table of ``year``. Raises NotAvailable for a year without one."""
    scope = scope_of(warehouse, place, year)
    system, inside = scope.system, list(scope.inside)
    regions = len(system.mrio.regions)
    every = np.column_stack([system.emissions.co2.reshape(regions, -1), system.emissions.households])  # (R, 43)
    direct = every[inside].sum(axis=0)
    output = scope.sectors(system.mrio.x)
    return Structure(
        scope=scope,
        direct=direct,
        caused=np.append(by_source_sector(scope, tuple(range(regions))), direct[-1]),
        intensity=np.divide(direct[:-1], output, out=np.zeros_like(output), where=output > 0),
        rank=1 + (every > direct).sum(axis=0),
    )


def backbone_chart(structure: Structure) -> Chart:
    """The network of the largest flows between the place's sectors."""
    scope = structure.scope
    tell = Teller(Draft(scope.place.name), scope)
    return network(tell, backbone(scope.flows(), _BACKBONE), scope.sectors(scope.system.mrio.x))
