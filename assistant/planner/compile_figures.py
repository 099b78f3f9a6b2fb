"""From a reading to calls of the ``figures`` tool: measure, places, sectors, fuels, years, operation."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from assistant.planner.doubled import doubled, gap_to_first, share_and_rank
from assistant.planner.measured import has_ratio, measures_meant
from assistant.planner.operations import Wanted, wanted
from assistant.planner.plan import Call, trimmed
from assistant.planner.power_asked import exchange_share, fossil_power
from assistant.planner.reader import Reading, read
from assistant.planner.sector_by_sector import sector_intensities
from assistant.planner.spans import years_of
from assistant.planner.thresholds import two_conditions
from data.classification import NATION, Place, Sector, sector
from tools.measures import MEASURES, Asked, Measure
from tools.units import READERS_UNITS

_TRADED = ("power_import", "power_export")
_FROM = re.compile(r"(?:从|来自|由|自|from|向|往|给|送(?:到|往|至)?|to)\s*(?:the\s+)?$", re.IGNORECASE)
_OF_MANY = ("rank", "position", "threshold", "sum", "mean", "share")  # operations that may leave places out
_MANY = 4  # measures of one question that are answered side by side


def compile_figures(reading: Reading) -> list[Call]:
    """One call per measure named, in the order of the text."""
    both = two_conditions(reading)
    if both is not None:
        return [_picked(*both)]
    if sector_intensities(reading):
        return _by_sector(reading)
    calls: list[Call] = []
    asked_for = measures_meant(reading)[:_MANY]
    if reading.has("scatter") and len(asked_for) == 2:
        return [Call("figures", _scattered(reading, asked_for[0], asked_for[1]))]
    for asked in asked_for:
        calls += doubled(reading, arguments(reading, asked))
    return [c for i, c in enumerate(calls) if c not in calls[:i]]


def compiled_together(reading: Reading) -> list[Call]:
    """The calls of a sentence that asks several things of one figure, whatever commas part it; none of another sentence."""
    if not (share_and_rank(reading) or gap_to_first(reading) or exchange_share(reading)):
        return []
    calls = compile_figures(reading)
    return calls if len(calls) > 1 or any("to_first" in c.args for c in calls) else []


def _by_sector(reading: Reading) -> list[Call]:
    """The sectors' own intensities, per output, of each place: a GDP has no sectors."""
    measure = MEASURES["co2"]
    years = years_of(reading, measure, wanted(reading, measure))
    places = [p.name.en for p in reading.places]
    return [
        Call("figures", trimmed({"measure": "co2", "per": "output", "places": [p], "years": years.get("years"),
                                 "operation": "rank", "over": "sectors", "limit": reading.limit}))
        for p in places
    ]  # fmt: skip


def _picked(first: Reading, second: Reading) -> Call:
    """One call for two conditions: the first picks the places among which the second is tested."""
    picker = arguments(first, measures_meant(first)[0])
    fields = ("measure", "per", "sectors", "fuels", "parts", "of", "from_year", "to_year", "above", "below")
    among = {k: v for k, v in picker.items() if k in fields}
    if len(picker.get("years", ())) == 1:
        among["year"] = picker["years"][0]
    return Call("figures", {**arguments(second, measures_meant(second)[0]), "among": among})


def _scattered(reading: Reading, first: Asked, second: Asked) -> dict[str, Any]:
    """One call for a scatter of two measures: the second named stands against the first."""
    args = arguments(reading, second)
    kept = {k: v for k, v in args.items() if k in ("measure", "per", "places", "sectors", "years")}
    per = f"_per_{first.per}" if first.per != "none" else ""
    return {**kept, "chart": "scatter", "against": f"{first.measure}{per}"}


def arguments(reading: Reading, asked: Asked) -> dict[str, Any]:
    """The arguments of one figures call for one measure."""
    among, reading = _among(reading)
    measure = MEASURES[asked.measure]
    want = wanted(reading, measure)
    places, whole = _places(reading, measure, want)
    if want.operation == "rank" and want.over in (None, "places") and len(places) == 1 and places[0].kind == "province":
        want = replace(want, operation="position", limit=None)  # one province is not ranked but placed
    sectors = _sectors(reading, measure)
    parts = _parts(reading, measure)
    args: dict[str, Any] = {
        "measure": measure.key,
        "per": _per(reading, asked, measure, sectors),
        "places": [p.name.en for p in places],
        "sectors": [reading.called(s) for s in sectors],
        "fuels": [f.key for f in _fuels(reading)] if measure.fuels else [],
        "parts": parts,
        **years_of(reading, measure, want),
        "operation": want.operation,
        "of": want.of if want.of != "value" else None,
        "over": want.over,
        "order": want.order,
        "limit": want.limit,
        "nth": want.nth,
        "to_nth": want.to_nth,
        "which": want.which,
        "above": want.above,
        "below": want.below,
        "whole": whole.name.en if whole else None,
        "among": among,
        "exclude": [p.name.en for p in reading.excluded] if want.operation in _OF_MANY else [],
        "unit": unit_asked(reading, measure, asked.per),
        "variant": reading.variant(measure.key),
        "chart": want.chart,
    }
    if measure.key in _TRADED:
        args.update(_partners(reading))
    if args["per"] == "electricity" and args["operation"] == "share":
        args["operation"] = "value"  # relative to consumption is the share asked for
    if args["per"] == "none":
        del args["per"]
    if args["operation"] == "value":
        del args["operation"]
    unknown = reading.stranger or (reading.cities[0][-2:] if reading.cities and measure.placed else None)
    if not args.get("places") and unknown:
        args["places"] = [unknown]
    return trimmed(args)


def _per(reading: Reading, asked: Asked, measure: Measure, sectors: tuple[Sector, ...]) -> str:
    """A sector's intensity is per its own output unless GDP is named."""
    if asked.per == "gdp" and sectors and has_ratio(measure.key, "output") and not reading.find("GDP|生产总值|gross"):
        return "output" if not any(s.kind == "households" for s in sectors) else asked.per
    return asked.per


def _places(reading: Reading, measure: Measure, want: Wanted) -> tuple[tuple[Place, ...], Place | None]:
    """The places of the figure and, for a share, the place that is the whole."""
    if measure.key == "city_co2":
        return (() if reading.cities else tuple(p for p in reading.places if p != NATION)), None
    if not measure.placed:
        return (), None
    places, whole = reading.places, None
    ranking = want.operation in ("rank", "position", "threshold") and want.over in (None, "places")
    if ranking:
        places = tuple(p for p in places if p != NATION)
    if want.operation == "share" or want.of == "share":
        others = [p for p in places if p.kind == "province"]
        wider = [p for p in places if p == NATION or set(p.members) >= {o.code for o in others}]
        if others and wider and (want.over is None or want.over == "places"):
            whole, places = wider[-1], tuple(p for p in places if p not in wider)
        elif NATION in places and len(places) > 1:
            whole, places = NATION, tuple(p for p in places if p != NATION)
        elif (
            len(places) == 1
            and reading.has("by_place") is False
            and reading.find("占全国|占中国|of (?:the )?national|of China'?s")
            and NATION not in places
        ):
            whole = NATION
    return places, whole


def _sectors(reading: Reading, measure: Measure) -> tuple[Sector, ...]:
    if not measure.sectors:
        return ()
    found = list(reading.sectors)
    production = sector("production")
    if reading.excluded_sectors and not found and all(s.kind == "households" for s in reading.excluded_sectors):
        return (production,)
    fuels = {m.text for m in reading.mentions if m.meaning.fuel is not None}
    for m in reading.mentions:
        # A word that is both (gas, coal of a source) is the fuel where the measure knows fuels.
        if m.meaning.sector in found and m.text in fuels and measure.fuels:
            found.remove(m.meaning.sector)
    return tuple(found)


def _fuels(reading: Reading) -> tuple[Any, ...]:
    """Fuels named; a single fuel in brackets after its family (煤炭（原煤）) is the one meant."""
    fuels = reading.fuels
    if len(fuels) == 2 and set(fuels[1].columns) < set(fuels[0].columns):
        bracketed = re.search(r"[(（]\s*$", reading.text[: _start(reading, fuels[1])])
        return fuels[1:] if bracketed else fuels
    return fuels


def _start(reading: Reading, fuel: object) -> int:
    return next(m.start for m in reading.mentions if m.meaning.fuel == fuel)


def _parts(reading: Reading, measure: Measure) -> list[str]:
    if measure.key == "generation" and fossil_power(reading):
        return ["thermal"]
    return list(reading.cities) if measure.key == "city_co2" else list(reading.parts(measure.key))


def _partners(reading: Reading) -> dict[str, Any]:
    """Power from or to a named province: the partner is a part, the other the place."""
    named = [(m, m.meaning.place) for m in reading.mentions if m.meaning.place is not None]
    partner = next((p for m, p in named if _FROM.search(reading.text[: m.start])), None)
    if partner is None or len(named) < 2:
        return {}
    return {
        "places": [p.name.en for _, p in named if p != partner],
        "parts": [partner.code],
    }


def unit_asked(reading: Reading, measure: Measure, per: str = "none") -> str | None:
    """The unit the asker wants to read, if it fits the measure; an amount in the question is no such wish."""
    data_unit = measure.unit
    for ratio in measure.ratios:
        if ratio.per == per:
            data_unit = ratio.unit
    text = reading.text
    for pattern, unit in _UNIT_WORDS:
        for m in re.finditer(pattern, text, re.IGNORECASE):
            amount = re.search(r"(\d+)\s*$|[一二三四五六七八九十两]\s*$", text[: m.start()])
            if amount and not (amount[1] and int(amount[1]) in reading.years.all):
                continue
            if READERS_UNITS[unit][0] == data_unit:
                return unit
    return None


_UNIT_WORDS = (
    (r"万吨标准煤|万吨标煤", "万吨标准煤"),
    (r"十亿吨|\bGt\b|gigatonnes?|gigatons?|billion (?:metric )?(?:tonnes|tons)", "Gt"),
    (r"亿吨(?!标)|(?:100|hundred) million (?:tonnes|tons)", "亿吨"),
    (r"(?<!百)万吨(?!标)|\b(?:10k|10,?000|ten thousand) (?:t\b|tonnes|tons)", "万吨"),
    (r"(?<!百|万|亿)千吨|\bkt\b|kilotonnes?|kilotons?|(?:thousand|1,?000) (?:metric )?(?:tonnes|tons)", "kt"),
    (r"百万吨|\bMt\b|million (?:metric )?(?:tonnes|tons)|megatonnes", "Mt"),
    (
        r"吨\s*/?\s*(?:每)?万元|(?:万元|GDP|强度)\S{0,12}多少吨|每万元\S{0,12}多少吨|\bt(?:onnes|ons)?(?: CO2)?\s*(?:/|per)\s*(?:10k|10,?000) yuan",
        "t/10k yuan",
    ),
    (r"(?:千克|公斤)\s*/?\s*人|人均\S{0,10}(?:公斤|千克)|kg\s*(?:/|per)\s*(?:person|head|capita)", "kg/person"),
    (r"万亿元?", "万亿元"),
    (r"(?<!万)亿元", "亿元"),
    (r"\bGWh\b", "GWh"),
    (r"\bTWh\b", "TWh"),
    (r"万千瓦(?!时)", "万千瓦"),
    (r"\bGW\b", "GW"),
)

_MOST_ZH = r"最(?:高|大|多|低|小|少)|前[一二三四五六七八九十\d]+"
_MOST_EN = "largest|biggest|highest|lowest|smallest|top|most|least|bottom"
_AMONG = re.compile(
    rf"(?:在|从)?(?P<zh>[^,。;?]{{0,30}}?(?:{_MOST_ZH})[^,。;?]{{0,24}}?(?:省份?|省市|地区|个)?)"
    r"(?:里面|之中|当中|中间|中|里)(?:的)?,?\s*(?=\S)"
    rf"|(?:of|among|amongst|within|out of) (?:the )?(?P<en>[^,;?]{{0,20}}?(?:{_MOST_EN})[^,;?]{{0,60}}?)"
    r"(?:,|\s(?=which|who|what|rank|where))\s*",
    re.IGNORECASE,
)


def _among(reading: Reading) -> tuple[dict[str, Any] | None, Reading]:
    """ "Of the five largest emitters, which …": the first part picks the places, the rest is the question."""
    m = _AMONG.search(reading.text)
    if m is None or not reading.has("high", "low", "which_place", "rank", "compare"):
        return None, reading
    rest = (reading.text[: m.start()] + " " + reading.text[m.end() :]).strip()
    picker, question = read(m["zh"] or m["en"]), read(rest)
    if not question.has("high", "low", "rank", "position", "which_place", "compare") or not picker.has("high", "low"):
        return None, reading
    if not (picker.limit or picker.quantities):
        return None, reading
    asked = measures_meant(picker)[0]
    args = {
        "measure": asked.measure,
        "per": asked.per if asked.per != "none" else None,
        "sectors": [picker.called(s) for s in picker.sectors],
        "fuels": [f.key for f in picker.fuels],
        "year": picker.years.single[0] if picker.years.single and question.years.named else None,
        "order": "asc" if picker.has("low") and not picker.has("high") else None,
        "limit": picker.limit,
    }
    if picker.years.named and not question.years.named:
        question = read(
            f"{rest} {picker.years.all[-1]}年" if reading.language == "zh" else f"{rest} {picker.years.all[-1]}"
        )
    return trimmed(args), question
