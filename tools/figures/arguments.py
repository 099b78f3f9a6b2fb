"""The arguments of the figures tool: one small typed query that a model, a bot and the planner can fill."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from data.errors import TanluError
from tools.declare import Arguments, Carried
from tools.domain import FuelArg, PlaceArg, SectorArg, Year
from tools.figures.cities import known_city
from tools.figures.periods import read_period
from tools.measures import MEASURES, Per, find_measure

Movement = Literal["change", "growth", "cagr", "yoy", "times"]
Operation = Literal[
    "value", "compare", "rank", "position", "share", "trend", "change", "growth", "cagr", "yoy", "times", "peak",
    "crossing", "falls", "rises", "threshold", "sum", "mean",
]  # fmt: skip
Of = Literal["value", "share", "change", "growth", "cagr", "yoy", "times"]
Over = Literal["places", "sectors", "fuels", "parts", "years"]
ChartWish = Literal["auto", "none", "line", "bar", "area", "stacked", "treemap", "pie", "tilemap", "heatmap", "scatter"]


def _several(value: object) -> object:
    """One name, or names joined by 、 or commas, as a list."""
    if isinstance(value, str):
        return tuple(part for part in (p.strip() for p in re.split(r"[,，、;；]", value)) if part)
    return () if value is None else value


def _one_or_more(value: object) -> object:
    """As ``_several``, but names of sectors hold commas: a lone string is one name."""
    return (value,) if isinstance(value, str) else () if value is None else value


def _years(value: object) -> object:
    return (value,) if isinstance(value, int) else _several(value)


def _period(value: object) -> object:
    try:
        return None if value in (None, "") else read_period(value)
    except TanluError as error:
        raise Carried(error) from error


_LIST = BeforeValidator(_several)
Period = Annotated[int, BeforeValidator(_period)]
Limit = Annotated[int | None, Field(ge=1, le=60)]


def _measure_first(data: Any) -> Any:
    """A measure named with its denominator ("co2_per_gdp", 人均碳排放) sets ``per`` where it is not given."""
    if not isinstance(data, dict):
        return data
    try:
        asked = find_measure(str(data.get("measure", "co2")))
    except TanluError as error:
        raise Carried(error) from error
    data = {**data, "measure": asked.measure}
    if asked.per != "none" and data.get("per", "none") in ("none", None, ""):
        data["per"] = asked.per
    if data.get("per") in (None, ""):
        data["per"] = "none"
    return _cities_apart(data)


def _cities_apart(data: dict[str, Any]) -> dict[str, Any]:
    """Large cities named among the places of an emissions query are asked of the city inventory."""
    places = _several(data.get("places"))
    if data["measure"] != "co2" or not isinstance(places, (list, tuple)):
        return data
    cities = [c for p in places if isinstance(p, str) and (c := known_city(p))]
    if not cities or len(cities) < len(places):
        return data
    return {**data, "measure": "city_co2", "places": (), "parts": tuple(cities)}


class Selection(Arguments):
    """A set of provinces that another figure picks out: the ``limit`` highest or lowest, or those above or below."""

    measure: str = Field("co2", description="Measure that picks the provinces, e.g. co2, gdp, population.")
    per: Per = Field("none", description="Divide that measure by head, gdp or output.")
    sectors: Annotated[tuple[SectorArg, ...], BeforeValidator(_one_or_more)] = Field(
        (), description="Only these sectors."
    )
    fuels: Annotated[tuple[FuelArg, ...], _LIST] = Field((), description="Only these fuels.")
    parts: Annotated[tuple[str, ...], BeforeValidator(_one_or_more)] = Field((), description="Only these parts.")
    of: Of = Field("value", description="What picks them: the value, or its change, growth, cagr, yoy, share.")
    year: Year | None = Field(None, description="Year of the selection; by default the year of the question.")
    from_year: Year | None = Field(None, description="First year of a change or growth that picks them.")
    to_year: Year | None = Field(None, description="Last year of a change or growth that picks them.")
    order: Literal["desc", "asc"] = Field("desc", description="desc picks the highest, asc the lowest.")
    limit: Limit = Field(None, description="How many provinces to pick, e.g. 5 for the five largest.")
    above: float | str | None = Field(None, description="Pick provinces above this value, e.g. 500, '5亿吨'.")
    below: float | str | None = Field(None, description="Pick provinces below this value.")

    _read_measure = model_validator(mode="before")(_measure_first)


class FiguresArguments(Arguments):
    """One figures query. Leave out whatever the question does not say: defaults are stated in the answer."""

    measure: str = Field(
        "co2",
        description="What is measured: "
        + "; ".join(f"{m.key} ({m.name.en})" for m in MEASURES)
        + "; or a ratio such as co2_per_head, co2_per_gdp.",
    )
    per: Per = Field(
        "none",
        description="Divide by head (population), gdp (current prices), output (gross output of the sector) or electricity"
        " (power imports and exports relative to electricity consumption).",
    )
    places: Annotated[tuple[PlaceArg, ...], _LIST] = Field(
        (),
        description="Provinces, groups (京津冀, Yangtze River Delta, 30 provinces) or China. A group is summed; in rank,"
        " position and threshold its members are ranked. With measure city_co2 its cities. Empty: China, or all provinces"
        " in a ranking.",
    )
    sectors: Annotated[tuple[SectorArg, ...], BeforeValidator(_one_or_more)] = Field(
        (), description="Sectors, e.g. power, 钢铁, transport, households. Empty: all together."
    )
    fuels: Annotated[tuple[FuelArg, ...], _LIST] = Field(
        (), description="Fuels of CO2, e.g. raw coal, oil, natural gas, process. Empty: all together."
    )
    parts: Annotated[tuple[str, ...], BeforeValidator(_one_or_more)] = Field(
        (),
        description="Parts of other measures: power source (thermal, hydro, nuclear, wind, solar, non-fossil), status of"
        " coal units, kind of storage, city (深圳, Shenzhen), country, partner province of power imports and exports.",
    )
    years: Annotated[tuple[Year, ...], BeforeValidator(_years)] = Field(
        (), description="Single years, e.g. [2017]. Empty: the latest there is."
    )
    from_year: Year | None = Field(None, description="First year of a span (trend, change, growth, cagr, peak, sum).")
    to_year: Year | None = Field(None, description="Last year of a span.")
    operation: Operation = Field(
        "value",
        description="value; compare (values and the gap); rank (order of items); position (place in the ranking of all"
        " provinces); share (part of a whole); trend (a series); change (absolute, over a span); growth (percent, over a"
        " span); cagr (average percent a year); yoy (percent on the year before); times (how many times the last year is the first); peak (year of"
        " the highest and the change since, with order=asc the lowest; with over=places which provinces have peaked);"
        " crossing (first year above or below a value, which=last the last such year); falls, rises (the years in which"
        " it fell or rose); threshold (which are above or below a value); sum (over everything named, over a span"
        " cumulative); mean.",
    )
    of: Of = Field(
        "value", description="What rank, position, threshold, compare and trend look at, e.g. growth, share."
    )
    over: Over | None = Field(
        None, description="What is ranked, shared out or tested: places (default), sectors, fuels, parts or years."
    )
    order: Literal["desc", "asc"] = Field("desc", description="desc: highest first; asc: lowest first.")
    limit: Limit = Field(
        None, description="How many of a ranking to show, e.g. 5 for the top five; 1 for 'which is highest'."
    )
    nth: Limit = Field(None, description="rank: only the n-th, e.g. 6 for the sixth; by order from the top or bottom.")
    to_nth: Limit = Field(None, description="rank: with nth the last of a stretch, e.g. nth 5, to_nth 8.")
    which: Literal["first", "last"] = Field("first", description="crossing: the first such year or the last.")
    to_first: bool = Field(
        False,
        description="position: also the first of the ranking and how far the place is from it; rank: also the gap of its ends.",
    )
    period: Period | None = Field(
        None,
        description="A five-year plan instead of years: 十二五, '12th FYP' or 12 is 2011-2015. A sum is over its years, a"
        " change is on the year before it (2010).",
    )
    above: float | str | None = Field(
        None, description="threshold, crossing: above this value, in the fact's unit or with one, e.g. '5亿吨'."
    )
    below: float | str | None = Field(None, description="threshold, crossing: below this value.")
    against: str | None = Field(
        None, description="chart=scatter: the measure on the other axis, e.g. gdp_per_head; one point per province."
    )
    whole: PlaceArg | None = Field(
        None,
        description="share: the place that is the whole, e.g. China; default the same place, all sectors and fuels.",
    )
    among: Selection | None = Field(
        None,
        description="rank only the provinces this picks, e.g. the five largest emitters: {measure: co2, limit: 5}.",
    )
    exclude: Annotated[tuple[PlaceArg, ...], _LIST] = Field((), description="Places left out of a ranking or a sum.")
    unit: str | None = Field(None, description="Unit the reader wants, e.g. 万吨, 亿吨, t/10k yuan, GWh, 亿元.")
    variant: str | None = Field(
        None,
        description="One of several statistics: generation full | above_scale; goods_trade origin_destination |"
        " operator_seat.",
    )
    chart: ChartWish = Field(
        "auto",
        description="Chart wanted: line, bar, area and stacked (stacked areas or bars over years, with over=sectors, fuels"
        " or parts), treemap or pie (parts of a whole), tilemap (provinces), heatmap (provinces by sectors), scatter"
        " (two measures, see against), none.",
    )

    _read_measure = model_validator(mode="before")(_measure_first)
