"""Amounts of electricity, fuel and distance as emissions of the activity that a digital solution changes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from data.classification import NATION, Fuel, Place, find_fuel
from data.errors import BadRequest, NotAvailable
from data.text import Text
from tools.figures.words import lowered
from tools.result import Basis, Model

if TYPE_CHECKING:
    from data.warehouse import Warehouse

Role = Literal["reference", "with_solution", "saved", "first_order"]
Unit = Literal["kWh", "t", "litre", "m3", "km"]
POWER = Text("电力", "electricity")
_POWER = re.compile(r"电|electric|power|grid|kwh", re.IGNORECASE)
# kg per litre: our assumption between the limits that fuel standards set at 20 °C (low, high).
DENSITIES: dict[str, tuple[float, float, float]] = {
    "Gasoline": (0.745, 0.720, 0.775), "Diesel Oil": (0.83, 0.79, 0.85), "Kerosene": (0.80, 0.775, 0.83),
}  # fmt: skip
# What a word for several fuels stands for in transport and boilers: our assumption, said in the answer.
_STANDS_FOR = {"coal": "Raw Coal", "oil": "Diesel Oil", "gas": "Natural Gas"}


class EnergyUse(Model):
    """Electricity, a fuel or a distance driven, and what it is of the assessment."""

    carrier: str = Field(max_length=40, description="electricity, or a fuel: diesel, petrol, natural gas, raw coal.")
    amount: float = Field(gt=0, le=1e15, description="The amount over the period, in unit; of one, where each is set.")
    unit: Unit = Field(description="kWh for electricity; t, litre, m3 (gas) for fuels; km with per_100km.")
    role: Role = Field(
        description="reference: used by the activity without the solution; with_solution: with it; saved: no longer used; "
        "first_order: used by the solution itself."
    )
    each: bool = Field(False, description="Whether the amount is that of one building, vehicle or user, times count.")
    per_100km: float | None = Field(None, gt=0, le=1000, description="Litres (electricity: kWh) per 100 km, for km.")


@dataclass(frozen=True, slots=True)
class Factor:
    """t CO2 per base unit of a carrier (kWh, t, m3): as it is told, and per what."""

    value: float  # in ``unit``
    unit: str  # kg CO2/kWh, t CO2/t or t CO2/10k m3
    tonnes: float  # t CO2 per kWh, t or m3
    name: Text
    source: str
    year: int | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount as emissions: ``amount`` in ``base`` (kWh, t, m3), t CO2, and what was assumed on the way."""

    use: EnergyUse
    carrier: Text
    amount: float
    base: Unit
    factor: Factor
    tonnes: float
    assumed: tuple[Text, ...] = ()

    @property
    def basis(self) -> Basis:
        """Derived from the asker's amount and a factor; an assumption where a density or a kind of fuel is one."""
        return Basis.ASSUMPTION if self.assumed else Basis.DERIVED


def convert(warehouse: Warehouse, use: EnergyUse, count: float, place: Place | None) -> Converted:
    """t CO2 = amount x count x factor, a distance through its consumption, litres through a density.

    Raises BadRequest for a unit that does not fit or a distance without consumption, NotAvailable without a factor.
    """
    amount = use.amount * (count if use.each else 1.0)
    unit: Unit = use.unit
    electric = _POWER.search(use.carrier) is not None
    if unit == "km":
        amount, unit = _driven(use, amount), "kWh" if electric else "litre"
    if electric:
        _fits(use, unit, ("kWh",))
        factor, assumed = grid_factor(warehouse, place)
        return Converted(use, POWER, amount, "kWh", factor, amount * factor.tonnes, assumed)
    fuel, named, assumed = _fuel(use.carrier)
    if unit == "litre" and named in DENSITIES:
        density, low, high = DENSITIES[named]
        amount, unit = amount * density / 1000, "t"
        assumed += (
            Text(
                f"{fuel.name.zh}由升折吨用密度{density:g}千克/升（本系统假设，范围{low:g}—{high:g}）。",
                f"Litres of {lowered(fuel.name.en)} are turned into tonnes at {density:g} kg per litre (our assumption, range {low:g}–{high:g}).",
            ),
        )
    _fits(use, unit, ("m3",) if named == "Natural Gas" else ("t",))
    factor = fuel_factor(warehouse, named, fuel)
    return Converted(use, fuel.name, amount, unit, factor, amount * factor.tonnes, assumed)


def _driven(use: EnergyUse, km: float) -> float:
    if use.per_100km is None:
        raise BadRequest(
            "consumption_missing",
            Text("里程要折成排放，还需每百公里油耗（升）或电耗（千瓦时），本系统没有车辆排放因子。",
                 "A distance needs litres or kWh per 100 km to become emissions; no factors of vehicles are held here."),
        )  # fmt: skip
    return km * use.per_100km / 100


def _fits(use: EnergyUse, unit: Unit, fitting: tuple[Unit, ...]) -> None:
    if unit not in fitting:
        raise BadRequest(
            "unit_of_carrier",
            Text(f"“{use.carrier}”的数量请用{'、'.join(fitting)}表示，不能用{use.unit}。",
                 f"Give the amount of {use.carrier} in {', '.join(fitting)}, not in {use.unit}."),
        )  # fmt: skip


def _fuel(name: str) -> tuple[Fuel, str, tuple[Text, ...]]:
    """A fuel, the inventory's name of it, and what a wider word was taken for. Raises UnknownName or NotAvailable."""
    fuel = find_fuel(name)
    if len(fuel.columns) == 1:
        return fuel, fuel.columns[0], ()
    column = _STANDS_FOR.get(fuel.key)
    if column is None:
        raise NotAvailable(
            "fuel_group",
            Text(f"“{fuel.name.zh}”包含多种燃料，请写明是哪一种。", f"{fuel.name.en} covers several fuels; say which."),
        )
    one = find_fuel(column)
    said = Text(
        f"“{name}”没有说明品种，按{one.name.zh}计（本系统假设）。",
        f"'{name}' does not say which; it is taken as {lowered(one.name.en)} (our assumption).",
    )
    return one, column, (said,)


def fuel_factor(warehouse: Warehouse, named: str, fuel: Fuel) -> Factor:
    """The dataset's factor of a fuel. Raises NotAvailable where it has none."""
    rows = warehouse.rows("SELECT value, unit FROM fuel_factors WHERE fuel = ?", (named,))
    if not rows:
        raise NotAvailable(
            "no_fuel_factor",
            Text(f"数据集没有“{fuel.name.zh}”的排放因子；请直接给出排放吨数。",
                 f"The dataset has no CO2 factor of {lowered(fuel.name.en)}; give its emissions in tonnes."),
        )  # fmt: skip
    value, unit = float(rows[0][0]), str(rows[0][1])
    per = 1e4 if unit.endswith("10k m3") else 1.0
    name = Text(f"{fuel.name.zh}排放因子", f"CO2 factor of {lowered(fuel.name.en)}")
    return Factor(value, unit, value / per, name, "fuel_factors")


def grid_factor(warehouse: Warehouse, place: Place | None) -> tuple[Factor, tuple[Text, ...]]:
    """The latest grid factor of a province, else the nation's, with the words that it stands in."""
    from tools.power_account import factors

    known = factors(warehouse, 9999)  # the latest of each area
    asked = place or NATION
    where = asked
    assumed: tuple[Text, ...] = ()
    if asked.code not in known:
        where = NATION
    if place is None or where != asked:
        reason = (
            Text("没有说明用电地点，电力用全国电网因子", "No place of use was named, so electricity has the national grid factor")
            if place is None
            else Text(f"{asked.name.zh}没有单一的电网因子，用全国因子", f"There is no one grid factor of {asked.name.en}; the nation's is used")
        )  # fmt: skip
        assumed = (
            Text(
                f"{reason.zh}（本系统假设；各省差别很大）。", f"{reason.en} (our assumption; provinces differ widely)."
            ),
        )
    if where.code not in known:
        raise NotAvailable("no_grid_factor", Text("数据集没有电网因子。", "The dataset has no grid factor."))
    found = known[where.code]
    doubt = Text("已核对", "verified") if found.verified else Text("未核对", "unverified")
    name = Text(
        f"{where.name.zh}{found.year}年电网因子（{doubt.zh}）",
        f"grid factor of {where.name.en}, {found.year} ({doubt.en})",
    )
    return Factor(found.value, "kg CO2/kWh", found.value / 1000, name, "grid_factors", found.year, where), assumed
