"""The engine of one dataset and lane: the model, its standard scenarios and ensembles, computed once and kept.

``engine(warehouse, lane)`` gives the one engine of a dataset; ``warm(warehouse)`` computes beforehand what every
province's answer shares. All members are safe to use from several threads.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar, cast

from data.classification import PROVINCES
from data.mrio import table_years
from tools.mrio.system import get_system
from tools.roadmap.backcast import Backcast, neutral, reach
from tools.roadmap.bands import Band, Design, ensemble
from tools.roadmap.defaults import load_defaults
from tools.roadmap.drivers import national_drivers, provincial_drivers
from tools.roadmap.energy import MIX_YEARS, EnergyBase, load_energy, unreplaced
from tools.roadmap.goals import Goal, Terms
from tools.roadmap.load import economy_of, load_inventory
from tools.roadmap.model import Model, Path
from tools.roadmap.names import RENEW, SCENARIO_CODES
from tools.roadmap.nowcast import coal_index, thermal_index
from tools.roadmap.power import Assumptions, Power, PowerBase, as_nation, balance_of, load_power

if TYPE_CHECKING:
    from data.warehouse import Warehouse
    from tools.roadmap.own import Own
    from tools.roadmap.state import Lane

T = TypeVar("T")
BASE_TABLE = 2017  # the table the model starts from
_FIRST_RUN = "dual_carbon"
_KEPT = 64  # backcasts and their ensembles kept per lane


class Engine:
    """One lane. Everything is computed on first use and kept; a lock keeps two threads from computing it twice."""

    def __init__(self, warehouse: Warehouse, lane: Lane) -> None:
        self.warehouse = warehouse
        system = get_system(warehouse, BASE_TABLE, nation=lane == "china")  # its inverse serves other tools too
        economy = economy_of(system.mrio)
        defaults = load_defaults(warehouse)
        drivers = (
            national_drivers(defaults) if lane == "china" else provincial_drivers(warehouse, defaults, economy.regions)
        )
        thermal = thermal_index(warehouse, economy.regions)
        self.model = Model(
            economy, system.L, load_inventory(warehouse, system.mrio), drivers, defaults,
            thermal, coal_index(warehouse, economy.regions, thermal),
        )  # fmt: skip
        self._given: EnergyBase | None = None  # the energy base a user's own figures gave
        self._kept: dict[tuple[object, ...], object] = {}
        self._lock = threading.RLock()
        self.own: Own | None = None  # what a user's own figures changed; None for the standard engine

    def derived(self, model: Model, energy: EnergyBase, power: PowerBase, own: Own) -> Engine:
        """An engine on a user's own figures. It keeps what it computes to itself: this one is left as it is."""
        other = copy(self)
        other.model, other._given, other.own = model, energy, own
        other._kept, other._lock = {("power",): power}, threading.RLock()
        return other

    @property
    def version(self) -> str:
        """Version of the engine and its defaults."""
        return self.model.defaults.version

    def once(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """The kept value of ``key``, made first where there is none."""
        with self._lock:
            if key not in self._kept:
                if len(self._kept) >= _KEPT:
                    self._kept.pop(next(k for k in self._kept if k[0] in _DROPPABLE))
                self._kept[key] = make()
            return cast("T", self._kept[key])

    def path(self, scenario: str) -> Path:
        """A standard scenario for all regions, with consumption accounts; dual carbon is always run first."""
        if scenario != _FIRST_RUN:
            self.path(_FIRST_RUN)  # all others are solved from it, so that no result depends on what was asked before
        return self.once(
            ("path", scenario),
            lambda: self.model.run(scenario, self.model.curves(scenario), SCENARIO_CODES[scenario], consumption=True),
        )

    def power(self, path: Path, year: int) -> Power:
        """The physical power balance of a path in a year from 2024 on; China is the provinces' balance as one region."""
        potential = self.model.potentials.renewable
        return balance_of(path, self.power_base, potential, Assumptions.of(self.model.defaults), year)

    @property
    def energy(self) -> EnergyBase:
        """What energy in physical terms starts from; the mix of the power used is the physical balance's."""

        def make() -> EnergyBase:
            path, potential = self.path(_FIRST_RUN), self.model.potentials.renewable
            share = unreplaced([self.power(path, y) for y in MIX_YEARS], path.deployment[RENEW], potential)
            if self._given is not None:
                return replace(self._given, fossil_share=share)
            return load_energy(self.warehouse, self.model, share)

        return self.once(("energy",), make)

    @property
    def power_base(self) -> PowerBase:
        """The physical power balance of 2024."""

        def make() -> PowerBase:
            codes = tuple(p.code for p in PROVINCES)
            provinces = load_power(self.warehouse, codes, Assumptions.of(self.model.defaults))
            return provinces if self.model.economy.regions == codes else as_nation(provinces, self.warehouse)

        return self.once(("power",), make)

    def band(self, scenario: str, design: Design = "delivery") -> Band:
        """The ensemble about a standard scenario."""

        def make() -> Band:
            path = self.path(scenario)
            return ensemble(self.model, scenario, path.deployment, path.gross, design)

        return self.once(("band", scenario, design), make)

    def backcast(self, year: int, region: int, banned: tuple[int, ...] = ()) -> Backcast:
        """The path of a region to net zero by ``year``, without the ``banned`` levers."""
        return self.once(
            ("backcast", year, region, banned),
            lambda: neutral(
                self.model, year, region, self.path("dual_carbon"), banned
            ),
        )  # fmt: skip

    def reach(self, goal: Goal, region: int, terms: Terms | None = None) -> Backcast:
        """The path of a region to a goal under given terms; net zero under the usual ones is ``backcast``."""
        terms = terms or Terms()
        if goal.kind == "neutral" and terms == Terms(terms.banned):
            return self.backcast(goal.year, region, terms.banned)

        def make() -> Backcast:
            floor, dual = self.path(goal.floor), self.path("dual_carbon")
            return reach(self.model, goal, region, floor, dual, terms, consumption=False)

        return self.once(("goal", goal, region, terms), make)

    def backcast_band(self, year: int, region: int) -> Band:
        """The ensemble about a backcast: the dual-carbon design with the backcast's own departures, lagged alike."""

        def make() -> Band:
            found, dual = self.backcast(year, region).path, self.path("dual_carbon")
            shift = found.deployment - dual.deployment
            return ensemble(self.model, "dual_carbon", found.deployment, found.gross, shift=shift)

        return self.once(("backcast_band", year, region), make)


_DROPPABLE = ("backcast", "backcast_band", "varied", "goal", "changed", "matrices")
_ENGINES: dict[tuple[str, str], Engine] = {}
_MAKING = threading.Lock()


def engine(warehouse: Warehouse, lane: Lane) -> Engine:
    """The engine of a dataset and lane. Raises NotAvailable where the dataset has no table of 2017."""
    key = (warehouse.dataset.checksum, lane)
    with _MAKING:
        if key not in _ENGINES:
            _ENGINES[key] = Engine(warehouse, lane)
        return _ENGINES[key]


def warm(warehouse: Warehouse) -> None:
    """Compute what every roadmap shares: both lanes, their scenarios and both ensembles.

    Nothing is done for a dataset without a table of 2017 or without defaults.
    """
    if not warehouse.has("roadmap_defaults") or BASE_TABLE not in table_years(warehouse):
        return
    lanes: tuple[Lane, ...] = ("china", "provinces")
    for lane in lanes:
        found = engine(warehouse, lane)
        for scenario in SCENARIO_CODES:
            found.path(scenario)
        found.band("dual_carbon")
        found.band("dual_carbon", "parameters")
