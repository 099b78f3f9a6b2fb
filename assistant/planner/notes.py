"""What an answer must say of itself: the part of a question that its figures do not meet."""

from __future__ import annotations

from assistant.planner.condition_notes import condition_notes
from assistant.planner.intents import is_sql
from assistant.planner.plan import Call
from assistant.planner.power_asked import IMPORTS_END, ONLY_THERMAL, fossil_power
from assistant.planner.reader import Reading
from assistant.planner.spans import beyond_latest, latest
from assistant.planner.stand_ins import stand_in_notes
from assistant.planner.strangers import abroad
from data.classification import NATION, place_aliases
from data.text import Text
from tools.measures import MEASURES

_CARBON_ONLY = Text(
    "数据只含二氧化碳，不含甲烷等其他温室气体；以下是二氧化碳。",
    "The data hold CO2 only, no methane or other greenhouse gases; what follows is CO2.",
)
_AS_RECORDED = Text(
    "以下按数据中的数值回答，没有采用问题里假设的数值。",
    "The answer uses the figures of the data, not the one supposed in the question.",
)
_WORLD_TOTALS = Text(
    "世界与各国的数据只有排放总量，没有人均或强度。",
    "The figures of the world and of countries are totals only, not per head or per GDP.",
)
_CITY_TOTALS = Text(
    "城市清单只有各市的二氧化碳排放总量，没有分行业、分燃料、人均和强度；以下是总量。",
    "The city inventory holds each city's total CO2 only, nothing by sector, by fuel, per head or per GDP; these are totals.",
)
_CITY_NO_RATIO = Text(
    "城市清单只有各市的排放总量，没有城市人口和GDP，因此没有各市的人均排放和强度，也不以总量排名代替；可以问城市总量排名，或各省的人均与强度。",
    "The city inventory has totals only, without cities' population or GDP, so there is nothing per head or per GDP for cities, and the "
    "ranking by totals is no answer to that; ask for the ranking by totals, or for provinces per head or per GDP.",
)
_CITY_CARBON = Text(
    "城市一级只有二氧化碳排放总量，没有这一指标；可以改问所在省份。",
    "For cities there is total CO2 only and not this measure; ask for the province instead.",
)


_CONSUMED = (
    r"消费(?:总?量|了)|消耗|耗(?:煤|油|气)|用(?:煤|油|气)|(?:煤炭?|油|气)消费|"
    r"\b(?:consumption|consumed?|(?<=coal )use|(?<=gas )use|(?<=oil )use|usage|used|burn(?:t|ed|s)?|demand)\b"
)
_FUEL_USE = Text(
    "没有分省分品种的煤、油、气消费量，分省只有能源消费总量；以下是该燃料燃烧的二氧化碳排放，不是消费量。",
    "Amounts of coal, oil or gas used are not held: by province there is total energy consumption only, and fuels by the CO2 they emit; what "
    "follows is that CO2, not consumption.",
)
_NOT_YET = Text(
    "所问年份还没有实际数据；以下是情景分析，不是实际值。",
    "There are no actual figures for the year asked yet; what follows is a scenario, not an observation.",
)
_NO_CHAIN_SANKEY = Text(
    "单个行业的产业链没有桑基图；以下是它的上下游伙伴。全部产业之间的桑基图可问“产业桑基图”。",
    "There is no Sankey of one sector's chain; these are its partners. A Sankey of all industries can be asked for.",
)


_NO_STATEMENT = Text(
    "内置规划器不会把问句写成SQL；请直接写SELECT语句，表和列见“数据说明”。",
    "The built-in planner does not write SQL for a question; give the SELECT statement itself. The tables are listed in the notes on the data.",
)
_RANKED_BY_CONSUMPTION = Text(
    "各省排名只有消费侧（国内）口径；收入侧和“为谁而排”的口径按省给出，请点名省份，例如“山西收入侧碳排放”。",
    "Provinces are ranked by the consumption account only; the income account, and what production is for, are told province by "
    "province: name one, e.g. 'income-based emissions of Shanxi'.",
)
_FOOTPRINT_TOTALS = Text(
    "碳足迹只有总量，没有计算人均或单位GDP的足迹，也不以总量排名代替；人均和强度可问生产侧排放。",
    "Footprints are computed as totals only, not per head or per GDP, and the ranking by totals is no answer to that; per head "
    "and intensity can be asked of production-based emissions.",
)
_TOTALS_FOLLOW = Text(
    "碳足迹只有总量，没有计算人均或单位GDP的足迹；以下是总量。",
    "Footprints are computed as totals only, not per head or per GDP; what follows is totals.",
)
_SCREENING_ONLY = Text(
    "不可以：支出法因子只宜用于排查重点与采购排序，不得用于CBAM申报、产品碳足迹声明和碳市场履约。",
    "No: spend-based factors serve screening and purchasing priorities only and are unfit for CBAM declarations, product-footprint "
    "claims and carbon-market compliance.",
)
_DECLARED = r"CBAM|碳边境|申报|履约|声明|declar|complian|border adjustment"


def _per(reading: Reading) -> bool:
    return reading.per is not None or any(a.per != "none" for a in reading.measures)


def footprint_lacks(reading: Reading) -> Text | None:
    """The refusal of a ranking of footprints in an account or per head that none is made of; None where there is one."""
    if any(p.kind != "nation" for p in reading.places) or not reading.has("which_place", "by_place", "rank"):
        return None
    if _per(reading):
        return _FOOTPRINT_TOTALS
    return _RANKED_BY_CONSUMPTION if reading.has("income_account", "production_for") else None


def notes_of(reading: Reading, calls: tuple[Call, ...]) -> tuple[Text, ...]:
    """The sentences that stand before the answer, in the order of weight."""
    figures = [c for c in calls if c.tool == "figures"]
    out: list[Text] = [*_slips(reading), *condition_notes(reading, calls)]
    out += [note for tool in dict.fromkeys(c.tool for c in calls) for note in stand_in_notes(reading, tool)]
    land = abroad(reading.masked)
    if land and reading.places and figures:
        out.append(
            Text(
                f"“{land}”不在数据覆盖范围内，以下只含其余地区。",
                f"'{land}' is outside the coverage; the rest follows.",
            )
        )
    if reading.has("greenhouse") and any(c.args.get("measure") == "co2" for c in figures):
        out.append(_CARBON_ONLY)
    if reading.has("what_if") and reading.quantities and figures and len(figures) == len(calls):
        out.append(_AS_RECORDED)
    if reading.find(r"实际|真实|actual|observed|real\b") and any(c.tool == "roadmap" for c in calls):
        out.append(_NOT_YET)
    if reading.has("sankey") and any(c.tool == "chain_partners" for c in calls):
        out.append(_NO_CHAIN_SANKEY)
    if _per(reading) and any(c.args.get("measure") == "co2_world" for c in figures):
        out.append(_WORLD_TOTALS)
    if _per(reading) and calls and all(c.tool == "footprint" for c in calls):
        out.append(_TOTALS_FOLLOW)
    if calls and all(c.tool == "spend_factors" for c in calls) and reading.find(_DECLARED):
        out.append(_SCREENING_ONLY)
    if any(c.args.get("measure", "co2") == "co2" and c.args.get("fuels") for c in figures) and _used(reading):
        out.append(_FUEL_USE)
    if fossil_power(reading) and any(c.args.get("parts") == ["thermal"] for c in figures):
        out.append(ONLY_THERMAL)
    out += [note for c in figures if (note := imports_end(reading, c)) is not None]
    out += [note for c in figures if (note := _after_data(reading, c)) is not None]
    if any(c.tool == "sql" for c in calls) and not is_sql(reading):
        out.append(_NO_STATEMENT)
    if (
        city_question(reading)
        and _more_than_totals(reading)
        and any(c.args.get("measure") == "city_co2" for c in figures)
    ):
        out.append(_CITY_TOTALS)
    return tuple(dict.fromkeys(out))


def _slips(reading: Reading) -> list[Text]:
    """How a province's name written with a slip was read."""
    known = {name.casefold() for name in place_aliases()}
    read_as = [
        (m.text, m.meaning.place.name)
        for m in reading.mentions
        if m.meaning.place is not None and m.text.isascii() and m.text.isalpha() and m.text.casefold() not in known
    ]
    return [Text(f"“{word}”按{name.zh}理解。", f"'{word}' is read as {name.en}.") for word, name in read_as]


def _used(reading: Reading) -> bool:
    """Whether the amount of a fuel used is asked for, not what it emits."""
    return reading.find(_CONSUMED) is not None and reading.find("排放|碳|CO2|carbon|emission|emit") is None


def _after_data(reading: Reading, call: Call) -> Text | None:
    """What is said of a year after the end of the data: the latest year stands for 去年; an estimate is to be had for a named one."""
    measure = MEASURES[str(call.args.get("measure", "co2"))]
    last = latest(measure)
    if beyond_latest(reading, measure):
        return Text(
            f"所问年份还没有数据（数据止于{last}年），以下是最近的一年。",
            f"There are no data for the year asked yet (they end in {last}); this is the latest year.",
        )
    asked, places = call.args.get("years") or (), reading.places
    if measure.key != "co2" or last is None or not asked or min(asked) <= last or max(asked) > LAST_ESTIMATED:
        return None
    where = places[0].name if places else NATION.name
    return Text(
        f"排放清单止于{last}年；其后的现时估算由路线图给出，可问“{where.zh}{max(asked)}年碳中和路线图”。",
        f"The inventory ends in {last}; estimates for the years since come with the roadmap: ask for '{where.en} roadmap {max(asked)}'.",
    )


def imports_end(reading: Reading, call: Call) -> Text | None:
    """That the imports of power are of an earlier year than the one asked for; None where they are of that year."""
    years = call.args.get("years") or ()
    if call.args.get("measure") != "power_import" or not years or not reading.years.single:
        return None
    if years[0] >= min(reading.years.single):
        return None
    return Text(IMPORTS_END.zh.format(year=years[0]), IMPORTS_END.en.format(year=years[0]))


LAST_ESTIMATED = 2025  # the year up to which the roadmap estimates what the inventory does not hold yet


def city_question(reading: Reading) -> bool:
    """Whether cities are asked for and no province beside them."""
    return bool(reading.cities) and all(any(c.startswith(p.name.zh) for c in reading.cities) for p in reading.places)


def _of_cities(reading: Reading) -> bool:
    """Whether cities, and no provinces, are what is ranked."""
    return bool(reading.cities) or (reading.has("which_city") and reading.find("省|province") is None)


def _more_than_totals(reading: Reading) -> bool:
    return bool(_per(reading) or reading.sectors or reading.fuels)


def city_lacks(reading: Reading) -> Text | None:
    """The refusal of a measure that cities have not; None where their total is asked."""
    if _per(reading) and reading.has("which_city", "rank", "position", "high", "low") and _of_cities(reading):
        return _CITY_NO_RATIO
    if not city_question(reading) or not reading.measures or reading.sectors:
        return None
    if any(a.measure in ("co2", "city_co2") for a in reading.measures):
        return None
    return _CITY_CARBON
