"""One lane's model: from a deployment of levers to outputs, emissions, removals and energy of every year."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tools.roadmap.demand import Demand, Weights, load_rules
from tools.roadmap.levers import deployment, load_potentials, scenario_curves
from tools.roadmap.names import (
    BASE,
    COAL,
    GAS,
    POWER_SECTOR,
    ROW_POWER,
    SCENARIO_CODES,
    SECTORS,
    STRUCT,
    YEARS,
    at,
)  # fmt: skip
from tools.roadmap.nowcast import Nowcast, nowcast
from tools.roadmap.operators import Base, Technology, technology
from tools.roadmap.sinks import engineered, land_sink
from tools.roadmap.solve import Factored, Near, Solver
from tools.roadmap.state import emission_intensity

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.roadmap.defaults import Defaults
    from tools.roadmap.drivers import Drivers
    from tools.roadmap.state import Economy, Inventory

    Array = NDArray[np.float64]

_POWER = POWER_SECTOR - 1
_ALL = slice(None)
_HOUSEHOLD_ELASTICITY = ("household_fuel_income_elasticity", "households")


@dataclass(frozen=True)
class Posed:
    """One year of one run before it is solved: its technology, final demand by buying region (n, R), exports (R, S)."""

    technology: Technology
    weights: Weights
    demand: Array
    exports: Array
    system: Factored

    @cached_property
    def final(self) -> Array:
        """All final demand, (n,)."""
        return np.asarray(self.demand.sum(axis=1) + self.exports.reshape(-1))


@dataclass(frozen=True)
class Year:
    """One solved year of one run. ``factor`` (R, S) and ``own_factor`` (R,) are the nowcast factors in force on sectors and
    households, ``activity`` that of household fuel."""

    x: Array  # (n,)
    demand: Array  # (n, R) final demand by buying region
    exports: Array  # (R, S)
    technology: Technology
    system: Factored
    weights: Weights
    factor: Array  # (R, S)
    own_factor: Array  # (R,)
    activity: Array  # (R,)
    emissions: Array  # (R, S, F)
    households: Array  # (R, F)

    @property
    def intensity(self) -> Array:
        """Mt per 100 million yuan of output, all fuels, as anchored; (n,)."""
        total = self.emissions.sum(axis=-1).reshape(-1)
        return np.asarray(np.divide(total, self.x, out=np.zeros_like(total), where=self.x > 0))


@dataclass(frozen=True)
class Path:
    """A scenario's result for every region of the lane, 2017-2060. Mt CO2; money in 100 million yuan of 2017."""

    scenario: str
    regions: tuple[str, ...]
    deployment: Array  # (K, R, T)
    output: Array  # (T, R, S)
    emissions: Array  # (T, R, S, F)
    households: Array  # (T, R, F)
    captured: Array  # (T, R)
    sink: Array  # (T, R)
    engineered: Array  # (T, R)
    gdp: Array  # (T, R) the path given
    value_added: Array  # (T, R) what the changed technology yields
    power: Array  # (T, R) power bought, base 2019 = 1
    heat: Array  # (T, R) fossil heat outside the power sector, TWh
    biomass: Array  # (T, R) TWh of heat
    scale: Array  # (T, R) demand scale factors
    capped: Array  # (T, R) power cost cut off by the cap, 100 million yuan
    consumption: Array | None = None  # (T, R) caused by the region's own final demand, with its households
    embodied_exports: Array | None = None  # (T, R) in exports of the region

    @property
    def sectors(self) -> Array:
        """Emissions of the 42 sectors and of households, all fuels; (T, R, S + 1)."""
        return np.concatenate([self.emissions.sum(axis=-1), self.households.sum(axis=-1)[..., None]], axis=-1)

    @cached_property
    def gross(self) -> Array:
        """Gross emissions after point capture, (T, R)."""
        return np.asarray(self.emissions.sum(axis=(2, 3)) + self.households.sum(axis=2))

    @property
    def removals(self) -> Array:
        """Land sink and engineered removals, (T, R)."""
        return self.sink + self.engineered

    @property
    def net(self) -> Array:
        """Gross less removals, (T, R)."""
        return self.gross - self.removals


class Model:
    """The model of one lane. Building it solves 2019; a run takes no inverse beyond that of the base table."""

    def __init__(
        self, economy: Economy, inverse: Array, inventory: Inventory, drivers: Drivers, defaults: Defaults,
        thermal: Array | None, coal: Array | None = None,
    ) -> None:  # fmt: skip
        """``inverse`` is the base table's Leontief inverse (n, n); ``thermal`` the index of thermal generation that power
        follows to 2024 (``nowcast.thermal_index``), None for one factor on everything; ``coal`` that of the coal it burnt, for the
        range."""
        self.economy, self.inventory, self.drivers, self.defaults = economy, inventory, drivers, defaults
        size = economy.size
        self.solver = Solver(economy.A, inverse, size)
        self.near: dict[int, Near] = {}  # by position of the year: systems of the dual-carbon scenario
        self.demand = Demand(economy, load_rules(defaults), inverse)
        self.potentials = load_potentials(defaults)
        self.deepening = defaults.knots("electricity_deepening_index", "all buyers but power")
        self.household_elasticity = defaults.value(*_HOUSEHOLD_ELASTICITY)
        idle = np.zeros((len(scenario_curves(defaults, "CP")), size))
        empty = Base(
            np.zeros_like(inventory.production[2]), inventory.households[2], economy.power_by_buyer, economy.value_added
        )
        self.base = empty
        x, _ = self._output(at(BASE), idle)
        self.base = Base(
            emission_intensity(inventory, x.reshape(size, SECTORS)),
            inventory.households[2], economy.power_by_buyer, economy.value_added,
        )  # fmt: skip
        self.nowcast = self._nowcast(thermal, coal)
        self.power_2019 = self.power_bought(self.year(at(BASE), idle))

    def with_gdp(self, gdp: Array) -> Model:
        """The same model on another GDP path (R, T) that agrees with this one to 2025."""
        other = copy(self)
        other.drivers = replace(self.drivers, gdp=gdp)
        return other

    def curves(self, scenario: str) -> Array:
        """Deployment of a standard scenario, (K, R, T)."""
        return deployment(scenario_curves(self.defaults, SCENARIO_CODES[scenario]), self.economy.size)

    def activity(self, t: int) -> Array:
        """Household fuel use before levers, 2019 = 1: population times income per head to its elasticity; (R,)."""
        gdp, people = self.drivers.gdp, self.drivers.population
        income = gdp[:, t] / gdp[:, at(BASE)] / people[:, t]
        return np.asarray(people[:, t] * income**self.household_elasticity)

    def _posed(self, t: int, u: Array) -> Posed:
        tech = technology(self.potentials, self.base, u, float(self.deepening[t]))
        weights = self.demand.weights(YEARS[t], u[STRUCT], self.drivers.gdp[:, t])
        demand, exports = self.demand.by_region(weights, tech.household_rows, self.household_power(t, tech))
        return Posed(tech, weights, demand, exports, self.solver.factor(tech.rows, self.near.get(t)))

    def _output(self, t: int, u: Array) -> tuple[Array, Technology]:
        posed = self._posed(t, u)
        return posed.system.solve(posed.final), posed.technology

    def household_power(self, t: int, tech: Technology, where: slice = _ALL) -> Array:
        """What households spend on power that replaces their fuels, 100 million yuan; (..., R)."""
        heat = self.base.households[where, :3] * 1e6 / self.potentials.fuel_factor  # MWh in 2019
        replaced = (heat * tech.household_power).sum(axis=-1)
        return np.asarray(replaced * self.potentials.price * 1e-8 * self.activity(t)[where])

    def household_co2(self, t: int, tech: Technology, where: slice = _ALL) -> Array:
        """Direct CO2 of households before the nowcast factor, (..., R, F)."""
        base = self.base.households[where]
        out = base * tech.household
        factor = self.potentials.fuel_factor
        out[..., GAS] += base[:, COAL] / factor[COAL] * tech.household_gas * factor[GAS]
        return np.asarray(out * self.activity(t)[where, None])

    def year(self, t: int, u: Array) -> Year:
        """Solve one year for deployment ``u`` (K, R). To 2019 emissions are the inventory's own."""
        posed = self._posed(t, u)
        return self._solved(t, posed, posed.system.solve(posed.final))

    def _solved(self, t: int, posed: Posed, x: Array) -> Year:
        tech = posed.technology
        if YEARS[t] <= BASE:
            emissions, households = self.inventory.production[t], self.inventory.households[t]
            factor, own = np.ones((self.economy.size, SECTORS)), np.ones(self.economy.size)
        else:
            factor, own = self.nowcast.sectors[t], self.nowcast.households[t]
            emissions = tech.emissions * (x.reshape(self.economy.size, SECTORS) * factor)[..., None]
            households = self.household_co2(t, tech) * own[:, None]
        return Year(
            x, posed.demand, posed.exports, tech, posed.system, posed.weights, factor, own, self.activity(t), emissions,
            households,
        )  # fmt: skip

    def _nowcast(self, thermal: Array | None, coal: Array | None) -> Nowcast:
        """Factors that take the lane's total to the national index of 2020-2025; all scenarios are alike to then."""
        index = {int(p.year or 0): p.value for p in self.defaults.rows("nowcast_index_vs_2019", "China")}
        u = self.curves("current_policies")

        def raw(t: int) -> tuple[Array, Array]:
            x, tech = self._output(t, u[..., t])
            production = tech.emissions.sum(axis=-1) * x.reshape(self.economy.size, SECTORS)
            return production, self.household_co2(t, tech).sum(axis=-1)

        production, households = self.inventory.production.sum(axis=-1), self.inventory.households.sum(axis=-1)
        history = production.sum(axis=-1) + households
        return nowcast(raw, (production[-1], households[-1]), history, index, thermal, coal)

    def run(self, scenario: str, u: Array, code: str = "DC", consumption: bool = False) -> Path:
        """Solve every year for deployment ``u`` (K, R, T). ``code`` names the scenario whose removals apply.

        The first path to be run is the one that later ones are solved from.
        """
        posed = [self._posed(t, u[..., t]) for t in range(len(YEARS))]
        unchanged = self.solver.inverse @ np.array([p.final for p in posed]).T  # one product for all years
        years = [self._solved(t, p, p.system.changed(unchanged[:, t])) for t, p in enumerate(posed)]
        if not self.near:
            self.near = {t: Near(y.technology.rows, y.system.product) for t, y in enumerate(years)}
        size = self.economy.size
        output = np.array([y.x for y in years]).reshape(-1, size, SECTORS)
        emissions = np.array([y.emissions for y in years])
        households = np.array([y.households for y in years])
        gross = emissions.sum(axis=(2, 3)) + households.sum(axis=2)
        heat = [self.heat_used(y) for y in years]
        accounts = [self._accounts(y) for y in years] if consumption else []
        return Path(
            scenario=scenario,
            regions=self.economy.regions,
            deployment=u,
            output=output,
            emissions=emissions,
            households=households,
            captured=np.array(
                [(y.technology.captured * y.x.reshape(size, SECTORS) * y.factor).sum(axis=1) for y in years]
            ),
            sink=land_sink(self.defaults, self.economy.regions),
            engineered=engineered(self.defaults, code, gross),
            gdp=(self.drivers.gdp * self.demand.income[:, None]).T,
            value_added=np.array([self._value_added(y) for y in years]),
            power=np.array([self.power_bought(y) for y in years]) / self.power_2019,
            heat=np.array([h[0] for h in heat]),
            biomass=np.array([h[1] for h in heat]),
            scale=np.array([y.weights.scale for y in years]),
            capped=np.array([(y.technology.capped * y.x.reshape(size, SECTORS)).sum(axis=1) for y in years]),
            consumption=np.array([a[0] for a in accounts]) if consumption else None,
            embodied_exports=np.array([a[1] for a in accounts]) if consumption else None,
        )

    def _accounts(self, year: Year) -> tuple[Array, Array]:
        """Emissions caused by each region's final demand (with its households) and by its exports; (R,), (R,)."""
        caused = year.system.transposed(year.intensity)
        size = self.economy.size
        exports = (caused.reshape(size, SECTORS) * year.exports).sum(axis=1)
        return caused @ year.demand + year.households.sum(axis=1), exports

    def coefficients(self, tech: Technology) -> Array:
        """Value-added coefficients after the levers: the base one plus what purchases of moving rows fell by; (R, S)."""
        size = self.economy.size
        rows = self.solver.rows.reshape(-1, size, size, SECTORS).sum(axis=1)  # (9, R, S) over suppliers
        return np.asarray(self.economy.value_added - ((tech.rows - 1) * rows).sum(axis=0))

    def _value_added(self, year: Year) -> Array:
        size = self.economy.size
        return np.asarray((self.coefficients(year.technology) * year.x.reshape(size, SECTORS)).sum(axis=1))

    def power_bought(self, year: Year) -> Array:
        """Power bought by all but the power sector itself, 100 million yuan; (R,)."""
        size = self.economy.size
        base = self.economy.power_by_buyer.copy()
        base[:, _POWER] = 0.0
        inputs = year.technology.rows[ROW_POWER] * base * year.x.reshape(size, SECTORS)
        final = year.demand.reshape(size, SECTORS, size)[:, _POWER].sum(axis=0)
        return np.asarray(inputs.sum(axis=1) + final)

    def heat_used(self, year: Year) -> tuple[Array, Array]:
        """Fossil heat and biomass burnt outside the power sector, before capture, TWh; (R,), (R,)."""
        p, base, tech = self.potentials, self.base.households, year.technology
        outside = np.arange(SECTORS) != _POWER
        spent = year.x.reshape(self.economy.size, SECTORS) * (100 * year.factor)  # MWh/yuan x 1e8 yuan = 100 TWh
        fossil = (tech.heat * spent)[:, outside].sum(axis=1) + (year.households[:, :3] / p.fuel_factor).sum(axis=1)
        wood = base[:, COAL] / p.fuel_factor[COAL] * tech.household_gas * (1 / p.gas_share - 1)
        biomass = (tech.biomass * spent)[:, outside].sum(axis=1) + wood * year.activity * year.own_factor
        return fossil, biomass
