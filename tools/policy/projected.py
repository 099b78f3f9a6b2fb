"""What the roadmap's standard scenarios give in a target's year: the model's figure beside the target, and what bars a verdict.

``MODELLED`` is data: a concept of the glossary (what the target is about) with its unit, the figure of the model that
stands beside it, and the reasons for which even that figure gives no verdict. ``beside`` is the one rule by which a path of
the model is held against a target: ``track`` and the roadmap both ask it. The engine is opened only where a target has such
a figure (a second or two where it was not used before).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from data.errors import NotAvailable
from data.text import Text
from knowledge.glossary import load_glossary, normalise
from tools.policy.judging import Aim, Reason, Verdict, judge_projection
from tools.policy.observed import place_of
from tools.policy.question import bare_topic
from tools.result import Account, Basis
from tools.roadmap.energy import energy_of
from tools.roadmap.names import COMMON, FIRST, LAST, at
from tools.roadmap.power import SOLAR, WIND

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.classification import Place
    from data.warehouse import Warehouse
    from tools.policy.observed import Observation
    from tools.policy.rows import Target
    from tools.roadmap.energy import Energy
    from tools.roadmap.model import Path
    from tools.roadmap.scope import Scope

SCENARIOS: tuple[str, ...] = ("current_policies", "dual_carbon")
_HOURS = Text(
    "情景装机由发电量按2024年的利用小时折算，为年平均，年末会略高。",
    "Capacity in the scenarios is the year's mean, implied by generation at the hours of 2024; at the year's end it is a little more.",
)
_ENERGY = Text(
    "模型的一次能源按统一的电热折算，与官方统计口径不同。",
    "The model counts primary energy by a convention of its own, which differs from the official one.",
)
_CO2 = Text(
    "模型只含能源与水泥的二氧化碳（CEADs口径），2020—2025年为现时估算，与官方核算不同；达峰年份取决于所设的措施起步时间。",
    "The model holds CO2 of energy and cement (CEADs), a nowcast for 2020-2025, which differs from the official account; a peak "
    "year hangs on the assumed start of the levers.",
)
_GASES = Text(
    "目标涉及的温室气体多于模型的二氧化碳，或气体范围未界定。",
    "The target is for more gases than the model's CO2, or does not define them.",
)


@dataclass(frozen=True, slots=True)
class Run:
    """One scenario at one place: what is read from it."""

    scope: Scope
    path: Path

    def _at(self, series: NDArray[np.float64], year: int) -> float:
        return float(series[at(year), self.scope.index])

    def wind_solar(self, year: int) -> float:
        """Implied capacity of wind and solar, GW."""
        found = self.scope.engine.power(self.path, year)
        return float(np.nansum(found.capacity[self.scope.index, [WIND, SOLAR]]))

    def nonfossil_generation(self, year: int) -> float:
        """Non-fossil share of the place's own generation, %."""
        return 100 * float(self.scope.engine.power(self.path, year).nonfossil_share[self.scope.index])

    def nonfossil_energy(self, year: int) -> float:
        """Non-fossil share of primary energy in the model's convention, %."""
        return 100 * self._at(self._energy.nonfossil_primary, year)

    def primary(self, year: int) -> float:
        """Primary energy in the model's convention, Mtce."""
        return self._at(self._energy.primary, year)

    @property
    def _energy(self) -> Energy:
        return energy_of(self.path, self.scope.engine.energy)

    def net(self, year: int) -> float:
        """Net CO2, Mt."""
        return self._at(self.path.net, year)

    def peak(self) -> float:
        """Year of the highest gross emissions."""
        return float(FIRST + int(self.path.gross[:, self.scope.index].argmax()))

    def below_peak(self, year: int) -> float:
        """Fall of net CO2 from its highest year, %."""
        return 100 * (1 - self.net(year) / float(self.path.net[: at(year) + 1, self.scope.index].max()))

    def intensity_fall(self, base: int, year: int) -> float:
        """Fall of gross CO2 per GDP at constant prices, %."""
        start, end = (self._at(self.path.gross, y) / self._at(self.path.gdp, y) for y in (base, year))
        return 100 * (1 - end / start)


Read = Callable[[Run, "Target", "Observation | None"], float | None]


@dataclass(frozen=True, slots=True)
class Modelled:
    """A figure of the model that stands beside targets of one concept and unit; ``barred``: why it gives no verdict."""

    concept: str
    unit: str  # of the target
    name: Text
    read: Read
    shown: str = ""  # unit of the figure, where it is not the target's
    barred: tuple[Reason, ...] = ()
    note: Text | None = None
    account: Account | None = None
    course: bool = False  # a level whose years to the target year can be drawn beside what is observed


def _multiple(run: Run, target: Target, seen: Observation | None) -> float | None:
    base = seen.values.get(target.base_year or 0) if seen is not None else None
    return run.wind_solar(_year(target)) / base.value if base is not None and base.value else None


def _fall(run: Run, target: Target, seen: Observation | None) -> float | None:
    base = target.base_year
    return run.intensity_fall(base, _year(target)) if base is not None and base >= FIRST else None


def _year(target: Target) -> int:
    assert target.target_year is not None  # only targets with a year are projected
    return target.target_year


MODELLED: tuple[Modelled, ...] = (
    Modelled("wind_solar_multiple", "times", Text("风电和太阳能装机为基年的倍数", "wind and solar capacity as a multiple of the base year"),
             _multiple, note=_HOURS),
    Modelled("wind_solar", "GW", Text("风电和太阳能装机", "wind and solar capacity"),
             lambda run, target, _: run.wind_solar(_year(target)), note=_HOURS, course=True),
    Modelled("nonfossil_power", "%", Text("非化石能源发电量占比", "non-fossil share of generation"),
             lambda run, target, _: run.nonfossil_generation(_year(target)), course=True),
    Modelled("nonfossil_share", "%", Text("非化石能源占一次能源比重（模型口径）", "non-fossil share of primary energy (model's convention)"),
             lambda run, target, _: run.nonfossil_energy(_year(target)), barred=(Reason.SCOPE,), note=_ENERGY),
    Modelled("total_energy", "Mtce", Text("一次能源消费量（模型口径）", "primary energy (model's convention)"),
             lambda run, target, _: run.primary(_year(target)), barred=(Reason.SCOPE,), note=_ENERGY),
    Modelled("co2_per_gdp", "%", Text("不变价单位GDP二氧化碳排放降幅", "fall of CO2 per GDP at constant prices"),
             _fall, barred=(Reason.SCOPE,), note=_CO2, account=Account.GROSS),
    Modelled("net_ghg_peak", "%", Text("二氧化碳净排放较峰值降幅", "fall of net CO2 below its peak"),
             lambda run, target, _: run.below_peak(_year(target)), barred=(Reason.GASES, Reason.SCOPE), note=_GASES, account=Account.NET),
    Modelled("peak", "year", Text("二氧化碳总排放的达峰年份", "peak year of gross CO2"),
             lambda run, target, _: run.peak(), barred=(Reason.SCOPE,), note=_CO2, account=Account.GROSS),
    Modelled("neutrality", "year", Text("二氧化碳净排放", "net CO2 emissions"),
             lambda run, target, _: run.net(_year(target)), shown="Mt CO2", barred=(Reason.SCOPE,), note=_GASES, account=Account.NET),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Projection:
    """The model's figures beside one target, by scenario; ``barred`` says why they give no verdict."""

    modelled: Modelled
    place: Place
    year: int
    unit: str
    values: Mapping[str, float]
    basis: Basis
    barred: tuple[Reason, ...]
    verdicts: Mapping[str, Verdict]  # by scenario; empty where something bars them
    version: str
    course: Mapping[str, Mapping[int, float]]  # by scenario and year, empty where it is no level
    base: int | None = None  # the year a change is counted from

    @property
    def name(self) -> Text:
        """The figure's name, with the base year of a change: a fall without it means nothing."""
        name = self.modelled.name
        if self.base is None:
            return name
        return Text(f"{name.zh}（与{self.base}年相比）", f"{name.en} (base year {self.base})")


def modelled_of(target: Target) -> Modelled | None:
    """The register's entry for a target; None where the model has nothing to stand beside it."""
    concepts = load_glossary().concepts(bare_topic(normalise(target.topic_zh)))
    concepts += load_glossary().concepts(normalise(target.topic_zh))
    return next((m for m in MODELLED if m.concept in concepts and m.unit == target.unit), None)


@dataclass(frozen=True, slots=True)
class Beside:
    """What one path says of one target: the figure in the target's year, and the verdict or what bars it."""

    modelled: Modelled
    value: float
    barred: tuple[Reason, ...]
    verdict: Verdict


def answers(target: Target, seen: Observation | None) -> Modelled | None:
    """The register's entry where a path can be held against a target; None where the year lies within the observed series or
    outside the model, where the target is over a span of years, or where the model has no such figure."""
    modelled, year = modelled_of(target), target.target_year
    if modelled is None or year is None or target.from_year is not None or not COMMON <= year <= LAST:
        return None
    return None if seen is not None and max(seen.values, default=0) >= year else modelled


def beside(run: Run, target: Target, seen: Observation | None) -> Beside | None:
    """A path of the model against a target; None where it has no such figure of the place."""
    modelled = answers(target, seen)
    value = None if modelled is None else modelled.read(run, target, seen)
    if modelled is None or value is None or not np.isfinite(value):
        return None
    barred: list[Reason] = [] if place_of(target) == run.scope.place else [Reason.SCOPE, Reason.NO_SPLIT]
    if not target.verified:
        barred.append(Reason.UNVERIFIED)
    barred += modelled.barred
    verdict = Verdict.UNJUDGED
    if not barred and target.value is not None and target.unit is not None:
        year = _year(target)
        aim = Aim(
            target.value,
            target.unit,
            target.direction,
            target.comparator,
            target.base_year,
            year,
            target.base_year or year,
        )
        verdict = judge_projection(aim, value)
    return Beside(modelled, value, tuple(dict.fromkeys(barred)), verdict)


def project(warehouse: Warehouse, target: Target, place: Place, seen: Observation | None) -> Projection | None:
    """The scenarios' figures in the target's year; None where ``beside`` has none for either scenario."""
    modelled = answers(target, seen)
    scope = None if modelled is None else _scope(warehouse, place)
    if modelled is None or scope is None:
        return None
    runs = {key: Run(scope, scope.engine.path(key)) for key in SCENARIOS}
    found = {key: said for key, run in runs.items() if (said := beside(run, target, seen)) is not None}
    if len(found) < len(SCENARIOS):
        return None
    year = _year(target)
    basis = Basis.ESTIMATED if year <= COMMON else Basis.PROJECTED
    barred = next(iter(found.values())).barred  # hangs on the target and the place, not on the scenario
    verdicts = {key: said.verdict for key, said in found.items() if said.verdict is not Verdict.UNJUDGED}
    unit = modelled.shown or modelled.unit
    course = {key: _course(modelled, run, target, seen) for key, run in runs.items()} if modelled.course else {}
    values = {key: said.value for key, said in found.items()}
    return Projection(
        modelled,
        place,
        year,
        unit,
        values,
        basis,
        barred,
        verdicts,
        scope.engine.version,
        course,
        _base(modelled, target),
    )


def _base(modelled: Modelled, target: Target) -> int | None:
    """The base year of a figure that is a change from the target's own base."""
    return target.base_year if modelled.read in (_multiple, _fall) else None


def _course(modelled: Modelled, run: Run, target: Target, seen: Observation | None) -> dict[int, float]:
    """The scenario's level in every year from the nowcast to the target year."""
    years = range(COMMON, _year(target) + 1)
    found = {y: modelled.read(run, replace(target, target_year=y), seen) for y in years}
    return {y: value for y, value in found.items() if value is not None}


def _scope(warehouse: Warehouse, place: Place) -> Scope | None:
    """The place on its lane of the model; None for a group, a province without inventory or a dataset without the model."""
    from data.mrio import table_years
    from tools.roadmap.engine import BASE_TABLE
    from tools.roadmap.scope import scope_of

    if place.kind == "group" or not warehouse.has("roadmap_defaults") or BASE_TABLE not in table_years(warehouse):
        return None
    try:
        return scope_of(warehouse, place)
    except NotAvailable:  # Tibet has no inventory
        return None
