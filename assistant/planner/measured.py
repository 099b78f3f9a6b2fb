"""Which measures a question means: those named, their ratios, or what a power source, a country or a city implies."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.planner.notes import city_question
from assistant.planner.power_asked import exchange_share, fossil_power, source_output
from assistant.planner.reader import Reading
from data.classification import NATION
from tools.measures import MEASURES, Asked


def measures_meant(reading: Reading) -> list[Asked]:
    """The measures meant. A word that is also a sector (发电) or a fuel is one only where no other measure stands."""
    if fossil_power(reading) or source_output(reading):
        return [Asked("generation")]
    if exchange_share(reading):
        sent = reading.find(r"外送|送出|调出|export")
        return [Asked("power_export" if sent else "power_import", "electricity")]
    found: list[Asked] = []
    doubtful: list[Asked] = []
    for m in reading.mentions:
        asked = m.meaning.measure
        if asked is None:
            continue
        also = (m.meaning.sector is not None and m.meaning.sector.kind != "total") or m.meaning.fuel is not None
        (doubtful if also else found).append(asked)
    found = list(dict.fromkeys(found or doubtful))
    found = [routes] if (routes := _routes(reading)) else _by_parts(reading, found)
    if reading.per is not None and found:
        ratios = [Asked(a.measure, reading.per) for a in found if has_ratio(a.measure, reading.per)]
        # "per GDP" and "per head" name their denominator; it is then no measure of its own.
        found = ratios[:1] if len(ratios) < len(found) and ratios else ratios or found
    elif reading.per is not None:
        found = [Asked("co2", reading.per)]
    if _listed(reading):
        return _with_level(reading, found)
    specific = {a.measure for a in found if a.per != "none"}
    return [a for a in found if a.per != "none" or a.measure not in specific] or [Asked("co2")]


_LIST_MARK = re.compile(r"^\s*(?:、|,|和|与|及|以及|还有|and|&|plus)\s*(?:its\s+|the\s+)?$", re.IGNORECASE)


def _listed(reading: Reading) -> bool:
    """Whether a level and its ratio stand in a list: 总量、人均和强度, emissions and emissions per head."""
    spans = [(m.start, m.end, m.meaning) for m in reading.mentions if m.meaning.measure or m.meaning.per]
    return any(_LIST_MARK.match(reading.text[a[1] : b[0]]) for a, b in pairwise(spans))


def _with_level(reading: Reading, found: list[Asked]) -> list[Asked]:
    """Every measure of a list, in its order; 强度 at its end is emissions per GDP."""
    out: list[Asked] = []
    last = "co2"
    for m in reading.mentions:
        if m.meaning.measure is not None:
            out.append(m.meaning.measure)
            last = m.meaning.measure.measure
        elif m.meaning.per is not None and has_ratio(last, m.meaning.per):
            out.append(Asked(last, m.meaning.per))
    if re.search(r"(?:、|和|与|及|and)\s*(?:强度|intensity)", reading.text):
        out.append(Asked("co2", "gdp"))
    return list(dict.fromkeys(out)) or found


def has_ratio(key: str, per: str) -> bool:
    """Whether a measure is declared with a denominator."""
    return any(r.per == per for r in MEASURES[key].ratios)


def _by_parts(reading: Reading, found: list[Asked]) -> list[Asked]:
    """A country, a power source or a trade in power named without its measure chooses it."""
    carbon = reading.find("排放|碳|CO2|emission|carbon") is not None
    if not carbon and _only_power(reading, found):
        return _power_measures(reading, found)
    powers = all(a.measure in ("generation", "capacity", "co2") for a in found) and bool(reading.parts("generation"))
    if not carbon and powers and len(both := _power_measures(reading, found)) > 1:
        return both
    if not any(a.measure != "co2" for a in found) and not carbon:
        net = reading.find(r"净|\bnet\b") is not None
        for cue, key in (("power_in", "power_import"), ("power_out", "power_export")):
            if reading.has(cue):
                return [Asked("net_power_import" if net else key)]
    cities = bool(reading.cities) or reading.find(_CITIES) is not None
    if (
        cities
        and all(a.measure == "co2" for a in found)
        and (city_question(reading) or (not reading.cities and not reading.sectors))
    ):
        return [Asked("city_co2")]
    countries = [p for p in reading.parts("co2_world") if p not in ("China", "Global")]
    if countries and reading.places in ((), (NATION,)) and all(a.measure in ("co2", "co2_world") for a in found):
        return [Asked("co2_world")]
    plants = {p for p in reading.parts("coal_units") if p not in reading.parts("generation")}
    if (
        plants
        and not carbon
        and reading.find(r"煤电|燃煤|煤炭发电|机组|coal")
        and all(a.measure == "co2" for a in found)
    ):
        return [Asked("coal_units")]
    if found or reading.sectors or not reading.parts("generation"):
        return found
    return [Asked("capacity" if _CAPACITY.search(reading.text) else "generation")]


_CAPACITY = re.compile(r"装机|装了多少|capacity|千瓦(?!时)|GW(?![A-Za-z])|吉瓦|\binstalled\b", re.IGNORECASE)
_ENERGY = re.compile(
    r"发电量|发(?:了|出)?(?:多少|几).{0,4}(?:电|度|千瓦时)|TWh|GWh|kWh|千瓦时|亿度|\bgeneration\b(?! capacity)|"
    r"generated|power output|electricity produced",
    re.IGNORECASE,
)


def _power_measures(reading: Reading, found: list[Asked]) -> list[Asked]:
    """Generation, capacity, or both where both are named (TWh and GW)."""
    capacity = any(a.measure == "capacity" for a in found) or _CAPACITY.search(reading.text)
    if capacity and _ENERGY.search(reading.text):
        return [Asked("generation"), Asked("capacity")]
    return [Asked("capacity" if capacity else "generation")]


def _only_power(reading: Reading, found: list[Asked]) -> bool:
    """Whether power by source is asked: a mix of sources, or a source's share (火电占比), not the emissions of the sector."""
    if any(a.measure not in ("generation", "capacity") for a in found):
        return False
    if reading.has("by_part"):
        return True
    sources = {m.text for m in reading.mentions if any(k == "generation" for k, _ in m.meaning.parts)}
    named = {s.key for m in reading.mentions if (s := m.meaning.sector) is not None and m.text not in sources}
    others = named - {"power_heat"}  # "of electricity" is what is shared out
    return bool(sources) and not others and reading.has("share", "percent")


def _routes(reading: Reading) -> Asked | None:
    """The exchange of power by the provinces it comes from or goes to."""
    if reading.has("power_from"):
        return Asked("power_import")
    return (
        Asked("power_export")
        if reading.has("power_to") and not reading.find("上游|下游|供应链|产业链|行业|chain|sector")
        else None
    )


_CITIES = (
    r"(?<!直辖|省会)城市(?!居民|家庭|群|生活|化)|地级市|哪个市|哪些市|各市|各地市|所有市|全部市|市州|"
    r"(?:\d+|[一二三四五六七八九十]+)个?(?:地级)?市(?!场|值|区|民|辖|长)|(?<![-A-Za-z])(?:city|cities)(?![A-Za-z])"
)
