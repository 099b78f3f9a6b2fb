"""What can be observed beside a target: a register of indicators, the series that match them and what stands in the way.

``INDICATORS`` is data: a concept of the glossary (what the target is about) with its unit, the measure that matches it, and
the reasons for which even a matching series gives no verdict. ``FIELDS`` names, per field of action, the sectors of the
inventory whose CO2 can be shown where no series matches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from data.classification import NATION, Place, find_place, sector
from data.errors import UnknownName
from data.text import Text
from knowledge.glossary import load_glossary, normalise
from tools.figures.series import Reader, Series, Slice, Value
from tools.measures import MEASURES
from tools.policy.judging import Reason
from tools.policy.question import bare_topic
from tools.policy.rows import Target
from tools.result import weakest

if TYPE_CHECKING:
    from data.warehouse import Warehouse

Form = Literal["level", "share", "per_gdp"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of targets and the observed series beside it; ``barred``: why that series gives no verdict."""

    concept: str
    units: tuple[str, ...]
    measure: str | None = None
    part: str | None = None
    form: Form = "level"
    variant: str | None = None
    barred: tuple[Reason, ...] = ()


INDICATORS: tuple[Indicator, ...] = (
    Indicator("wind_solar_multiple", ("times",), "capacity", "wind_solar"),
    # a province's new energy and renewables also hold biomass, which the statistic of capacity counts as thermal
    Indicator("new_energy_capacity", ("GW",), "capacity", "wind_solar", barred=(Reason.SCOPE,)),
    Indicator("renewable_capacity", ("GW",), "capacity", "renewable", barred=(Reason.SCOPE,)),
    Indicator("wind_capacity", ("GW",), "capacity", "wind"),
    Indicator("solar_capacity", ("GW",), "capacity", "solar"),
    Indicator("wind_solar", ("GW",), "capacity", "wind_solar"),
    Indicator("province_capacity", ("GW",), "capacity"),
    # the statistic of hydro capacity holds pumped storage, which the plans count apart
    Indicator("hydropower", ("GW",), "capacity", "hydro", barred=(Reason.SCOPE,)),
    Indicator("nonfossil_power", ("%",), "generation", "non_fossil", "share", "full"),
    Indicator("total_energy", ("Mtce",), "energy"),
    Indicator("co2_per_gdp", ("%",), "co2", form="per_gdp", barred=(Reason.PRICE_BASIS,)),
    Indicator("energy_per_gdp", ("%",), "energy", form="per_gdp", barred=(Reason.PRICE_BASIS,)),
    Indicator("energy_per_value_added", ("%",), barred=(Reason.PRICE_BASIS, Reason.NO_SERIES)),
    Indicator("co2_per_industrial_va", ("%",), barred=(Reason.PRICE_BASIS, Reason.NO_SERIES)),
    Indicator("net_ghg_peak", ("%",), "co2", barred=(Reason.GASES, Reason.BASE_YEAR)),
    # the inventories end before the years in which the peak and neutrality are asked for
    Indicator("peak", ("year",), "co2", barred=(Reason.DATA_END,)),
    Indicator("neutrality", ("year",), "co2", barred=(Reason.DATA_END,)),
)
# Field of action -> sectors of the inventory whose CO2 can be observed beside its targets.
FIELDS: dict[str, tuple[str, ...]] = {
    "economy": ("total",), "energy": ("total",), "industry": ("industry",), "power": ("power_heat",), "steel": ("ferrous",),
    "petrochemicals": ("petroleum_coking", "chemicals"), "nonferrous": ("nonferrous",),
    "building_materials": ("nonmetallic_minerals",), "transport": ("transport",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Observation:
    """A matching series of one place by year, in the unit of ``unit``, and the names it is called by."""

    indicator: Indicator
    place: Place
    name: Text
    unit: str
    table: str
    values: dict[int, Value]

    @property
    def plain(self) -> dict[int, float]:
        """Years to values."""
        return {y: v.value for y, v in self.values.items()}


def indicator_of(target: Target) -> Indicator | None:
    """The register's entry for a target's indicator; None where no series could match."""
    concepts = load_glossary().concepts(bare_topic(normalise(target.topic_zh)))
    concepts += load_glossary().concepts(normalise(target.topic_zh))
    return next((i for i in INDICATORS if i.concept in concepts and target.unit in i.units), None)


def place_of(target: Target) -> Place | None:
    """The place a target's scope names, if the data know it as a place."""
    if target.scope == "China":
        return NATION
    try:
        found = find_place(target.scope)
    except UnknownName:  # a city, key regions, companies, the world
        return None
    return found if found.name.en == target.scope else None


def observe(warehouse: Warehouse, indicator: Indicator, where: Place) -> Observation | None:
    """The series of an indicator at a place; None where the data hold none."""
    if indicator.measure is None:
        return None
    measure = MEASURES[indicator.measure]
    variant = next((v for v in measure.variants if v.key == indicator.variant), None)
    part = next((p for p in measure.parts if p.key == indicator.part), None)
    reader = Reader(warehouse, measure, variant)
    wanted = [Slice(where, part=part)] + ([Slice(where)] if indicator.form == "share" else [])
    found = reader.series(wanted)
    for series in found:  # provinces' energy added up is not the nation's
        series.values = {y: v for y, v in series.values.items() if y not in series.summed or measure.key != "energy"}
    whole = _whole(reader, where, part.members if part and part.members else ())
    found[0].values = {y: v for y, v in found[0].values.items() if whole is None or y in whole}
    name = _name(indicator, variant.name if variant else None, part.name if part else None, measure.name)
    if indicator.form == "share":
        values = _ratio(found[0], found[1], 100.0)
        return Observation(indicator, where, name, "%", found[0].table, values) if values else None
    if indicator.form == "per_gdp":
        gdp = Reader(warehouse, MEASURES["gdp"]).series([Slice(where)])[0]
        factor, unit = (1e5, "kg CO2/10k yuan") if indicator.measure == "co2" else (100.0, "tce/10k yuan")
        values = _ratio(found[0], gdp, factor)
        return Observation(indicator, where, name, unit, found[0].table, values) if values else None
    values = found[0].values
    return (
        Observation(indicator, where, name, measure.unit, found[0].table, dict(sorted(values.items())))
        if values
        else None
    )


def _whole(reader: Reader, where: Place, members: tuple[str, ...]) -> set[int] | None:
    """The years in which every member of a group of parts is reported, of those ever reported at the place (wind alone is not
    wind and solar); None for what is no group."""
    if not members:
        return None
    parts = [p for p in reader.measure.parts if p.key in members]
    years = [set(s.values) for s in reader.series([Slice(where, part=p) for p in parts])]
    return set.intersection(*[y for y in years if y] or [set()])


def _name(indicator: Indicator, variant: Text | None, part: Text | None, measure: Text) -> Text:
    if indicator.form == "per_gdp":
        return Text(f"单位GDP{measure.zh}（现价）", f"{measure.en} per GDP at current prices")
    zh, en = (f"{part.zh}{measure.zh}", f"{part.en} {measure.en}") if part else (measure.zh, measure.en)
    if indicator.form == "share":
        zh, en = f"{zh}占比", f"share of {en}"
    return Text(f"{zh}（{variant.zh}）", f"{en}, {variant.en}") if variant else Text(zh, en)


def _ratio(above: Series, below: Series, factor: float) -> dict[int, Value]:
    return {
        y: Value(factor * v.value / below.values[y].value, weakest(v.basis, below.values[y].basis))
        for y, v in above.values.items()
        if y in below.values and below.values[y].value
    }


@dataclass(frozen=True, slots=True)
class Emissions:
    """CO2 of a field of action at a place in the latest inventory year, with the place's total (Mt)."""

    place: Place
    name: Text
    sector: str | None  # English name, None for the total
    note: Text | None
    year: int
    mt: float
    total: float
    earlier: tuple[int, float] | None  # five years before


def emissions_of(warehouse: Warehouse, field: str, where: Place) -> list[Emissions]:
    """What the inventory shows of a field of action: each of its sectors, and five years before."""
    reader = Reader(warehouse, MEASURES["co2"])
    whole = reader.series([Slice(where)])[0]
    out = []
    for key in FIELDS.get(field, ()):
        part = sector(key)
        total = part.kind == "total"
        series = whole if total else reader.series([Slice(where, part)])[0]
        if not series.values:
            continue
        year = max(series.values)
        before = series.values.get(year - 5)
        out.append(
            Emissions(
                where, part.name, None if total else part.name.en, part.note, year, series.values[year].value,
                whole.values[year].value, (year - 5, before.value) if before else None,
            )
        )  # fmt: skip
    return out
