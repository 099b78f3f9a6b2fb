"""The paths of an answer as IAMC rows: every year from 2017 to 2060, emissions by sector group, removals, energy."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from data.exports.iamc import IamcRow, variable
from data.text import Text, joined
from tools.roadmap.alternatives import Alternative, alternatives
from tools.roadmap.asked_own import scenario_changes
from tools.roadmap.backcast_tool import BackcastArguments, study_of
from tools.roadmap.compare import CompareArguments
from tools.roadmap.energy import energy_of
from tools.roadmap.milestones import MilestonesArguments
from tools.roadmap.names import GROUP_KEYS, GROUP_OF, GROUPS, HOUSEHOLDS, YEARS, at, scenario_name
from tools.roadmap.overrides import described
from tools.roadmap.scope import scope_of
from tools.roadmap.sensitivity import DESIGNS, SensitivityArguments, found_for
from tools.roadmap.story import tell
from tools.roadmap.tool import RoadmapArguments
from tools.roadmap.vary import vary

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.own.store import OwnFigures
    from data.warehouse import Warehouse
    from tools.roadmap.model import Path
    from tools.roadmap.scope import Scope

    Array = NDArray[np.float64]

EXPORTED = ("roadmap", "compare", "milestones", "backcast", "sensitivity")
_CO2, _MT = "Emissions|CO2", "Mt CO2/yr"


def iamc_rows(
    warehouse: Warehouse, tool: str, arguments: dict[str, Any], own: OwnFigures | None = None
) -> list[IamcRow]:
    """Rows of all paths that a call of one of the tools EXPORTED shows, of a sensitivity analysis also the ensemble's range and the
    single assumptions; figures to 2025 are inventory and nowcast, or those that ``own`` holds of a province.

    Raises what the tool raises for these arguments.
    """
    own = None if arguments.get("own") is False else own
    found = _PATHS[tool](warehouse, arguments, own)
    rows: list[IamcRow] = []
    seen: set[tuple[str, str]] = set()
    for each in found:
        key = (each.scope.place.name.en, each.own.en)
        if key not in seen:
            seen.add(key)
            rows += _rows(each)
    if tool == "sensitivity":
        rows += _ensemble(warehouse, arguments, own)
    return rows


def _of_compare(warehouse: Warehouse, arguments: dict[str, Any], own: OwnFigures | None) -> list[Alternative]:
    asked = CompareArguments.model_validate(arguments).asked
    return list(alternatives(warehouse, asked, lambda place: scope_of(warehouse, place, own)))


def _of_roadmap(warehouse: Warehouse, arguments: dict[str, Any], own: OwnFigures | None) -> list[Alternative]:
    asked = RoadmapArguments.model_validate(arguments)
    scope = scope_of(warehouse, asked.place, own)
    changes = (*asked.overrides, *scenario_changes(own, asked.own_scenario))
    story = tell(scope, asked.scenario, asked.target_year)
    paths = [p for p in (story.lead, story.beside, story.current) if p is not None]
    out = [Alternative(scope, p, scenario_name(p.scenario), scenario_name(p.scenario)) for p in paths]
    if changes:
        varied = vary(scope.engine, asked.scenario, scope.index, changes)
        base, said = scenario_name(asked.scenario), [described(o) for o in changes]
        together = joined(said)
        name = Text(f"{base.zh}，{together.zh}", f"{base.en} with {together.en}")
        out.insert(0, Alternative(scope, varied.path, name, name))
    return out


def _of_milestones(warehouse: Warehouse, arguments: dict[str, Any], own: OwnFigures | None) -> list[Alternative]:
    asked = MilestonesArguments.model_validate(arguments)
    scope = scope_of(warehouse, asked.place, own)
    return [_named(scope, tell(scope, asked.scenario, asked.target_year).lead)]


def _of_backcast(warehouse: Warehouse, arguments: dict[str, Any], own: OwnFigures | None) -> list[Alternative]:
    asked = BackcastArguments.model_validate(arguments)
    scope = scope_of(warehouse, asked.place, own)
    study = study_of(asked, scope)
    return [_named(scope, p) for p in (study.path, study.dual, study.current)]


def _of_sensitivity(warehouse: Warehouse, arguments: dict[str, Any], own: OwnFigures | None) -> list[Alternative]:
    asked = SensitivityArguments.model_validate(arguments)
    scope = scope_of(warehouse, asked.place, own)
    return [_named(scope, scope.engine.path(asked.scenario))]


def _named(scope: Scope, path: Path) -> Alternative:
    """A path under its scenario's own name."""
    name = scenario_name(path.scenario)
    return Alternative(scope, path, name, name)


_PATHS: dict[str, Callable[..., list[Alternative]]] = {
    "roadmap": _of_roadmap, "compare": _of_compare, "milestones": _of_milestones, "backcast": _of_backcast,
    "sensitivity": _of_sensitivity,
}  # fmt: skip


def _ensemble(warehouse: Warehouse, arguments: dict[str, Any], own: OwnFigures | None) -> list[IamcRow]:
    """Gross emissions at both ends and the middle of the ensemble, and with each assumption at its low and high."""
    asked = SensitivityArguments.model_validate(arguments)
    scope = scope_of(warehouse, asked.place, own)
    years = tuple(sorted(set(asked.years)))
    found = found_for(scope, asked.scenario, years, asked.design, asked.runs)
    base, what = scenario_name(asked.scenario).en, DESIGNS[asked.design].en
    model, region = f"Tanlu {scope.engine.version}", scope.place.name.en
    name = variable("Emissions", "CO2", "Gross")
    spans = {year: found.band.range(year, scope.indices) for year in found.band.dates}
    rows = [
        IamcRow(model, f"{base}, {what}, {word}", region, name, _MT, year, span[k])
        for k, word in ((0, "5 %"), (1, "median"), (2, "95 %"))
        for year, span in spans.items()
    ]
    path = scope.engine.path(asked.scenario)
    for d, driver in enumerate(found.drivers):
        for side, word in ((0, "low"), (1, "high")):
            for k, year in enumerate(years):
                value = float(path.gross[at(year), list(scope.indices)].sum() + found.effect[d, side, k])
                rows.append(IamcRow(model, f"{base}, {driver.name.en} {word}", region, name, _MT, year, value))
    return rows


def _rows(each: Alternative) -> list[IamcRow]:
    """The annual series of one path for its place."""
    path, here, engine = each.path, list(each.scope.indices), each.scope.engine
    energy = energy_of(path, engine.energy)
    known = [i for i in here if np.isfinite(energy.primary[-1, i])]
    power, primary = energy.power[:, known].sum(axis=1), energy.primary[:, known].sum(axis=1)
    series: list[tuple[str, str, Array]] = [
        (_CO2, _MT, path.net[:, here].sum(axis=1)),
        (variable("Emissions", "CO2", "Gross"), _MT, path.gross[:, here].sum(axis=1)),
        (variable("Carbon Removal", "Land Sink"), _MT, path.sink[:, here].sum(axis=1)),
        (variable("Carbon Removal", "Engineered"), _MT, path.engineered[:, here].sum(axis=1)),
        (variable("Carbon Capture", "Point Sources"), _MT, path.captured[:, here].sum(axis=1)),
        ("Electricity Use", "TWh/yr", power),
        ("Primary Energy", "Mtce/yr", primary),
        (variable("Primary Energy", "Non-Fossil Share"), "%",
         100 * (energy.primary * energy.nonfossil_primary)[:, known].sum(axis=1) / primary),
        (variable("Electricity Use", "Non-Fossil Share"), "%",
         100 * (energy.power * energy.nonfossil_power)[:, known].sum(axis=1) / power),
        ("GDP", "100 million CNY_2017/yr", path.gdp[:, here].sum(axis=1)),
    ]  # fmt: skip
    sectors = path.sectors[:, here].sum(axis=1)
    groups = np.array([*GROUP_OF, HOUSEHOLDS])
    for g, key in enumerate(GROUP_KEYS):
        name = re.sub(r"\s+", " ", GROUPS[key].en).title()
        series.append((variable("Emissions", "CO2", "Gross", name), _MT, sectors[:, groups == g].sum(axis=1)))
    return [
        IamcRow(f"Tanlu {engine.version}", each.own.en, each.scope.place.name.en, name, unit, year, float(value))
        for name, unit, values in series
        for year, value in zip(YEARS, values, strict=True)
    ]
