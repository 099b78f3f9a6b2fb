"""A province beside the best one, beside another one or beside the median: 哪个省单位GDP碳排放最低，甘肃差多少."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.compile_io import compile_benchmark, one_year, sectors_of
from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading
from data.classification import Place

_MEDIAN = re.compile(r"中位|median|\bmiddle (?:province|value)", re.IGNORECASE)
_SERIES = re.compile(r"走势|趋势|历年|变化|trend|over time|since", re.IGNORECASE)
_INTENSITY = re.compile(
    r"强度|单位(?:GDP|产值|产出|生产总值|增加值)|每(?:万元|元)|更?清洁|更?干净|高效|intensit|per (?:unit of )?(?:GDP|output|yuan|10k|value)|"
    r"clean(?:er|est)?\b|dirt(?:y|ier|iest)|carbon[- ]efficien",
    re.IGNORECASE,
)
_LOWEST = re.compile(
    r"最低|最小|最少|最优|最好|最干净|最清洁|lowest|least|smallest|cleanest|\bbest\b|\bmin(?:imum)?\b", re.IGNORECASE
)
_GAP = re.compile(
    r"差(?:了|着)?(?:多少|多远|多大|几|距)|相差|差距|还差|高(?:出|了)?多少|多远|距(?:离)?|落后|"
    r"how far|how much (?:higher|above|more|worse)|\bgap\b|behind|distance|\bshort of\b|\boff it\b|away from|compare\w* (?:to|with) (?:it|that|the)",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"比|对标|对照|还是|谁|哪个|差(?:多少|几|距|了)|相差|[高低]多少|"
    r"difference|gap|against|versus|\bvs\b|compare|than\b|beside|which of|relative to|or\b|benchmark",
    re.IGNORECASE,
)
_PER_KWH = re.compile(
    r"每?(?:一)?度电|每(?:千瓦时|kWh)|度电|单位(?:发|用|供)?电量?|per (?:kWh|kilowatt[- ]?hour|MWh|unit of (?:electricity|power))|/\s?kWh",
    re.IGNORECASE,
)
_CARBON = re.compile(r"排放|碳|CO2|emi[st]|carbon|clean|dirt|干净|清洁|因子|factor", re.IGNORECASE)
_NOT_CARBON = re.compile(r"成本|价|电费|煤耗|\bcost|\bprice|tariff|coal use|roadmap|路线图|情景", re.IGNORECASE)
_MOST_PLACES = 6
_SURE = 30.0  # words that leave no other reading: outweighs whatever the intent model makes of them


def _provinces(reading: Reading) -> list[Place]:
    return [p for p in reading.places if p.kind == "province"]


_OTHERS = ("target_words", "footprint", "embodied_trade", "roadmap", "what_if")


def _closed(reading: Reading, *but: str) -> bool:
    """Whether something else is asked: documents, targets, years to come, a course over years; ``but`` some cues."""
    later = any(y >= 2026 for y in reading.years.all)
    other = reading.has(*(c for c in _OTHERS if c not in but)) or reading.documents
    return bool(later or other or _SERIES.search(reading.text) or reading.has("l1480_named", "l1470_named"))


def _of_median(reading: Reading) -> bool:
    about = bool(sectors_of(reading)) or _INTENSITY.search(reading.text) is not None
    return _MEDIAN.search(reading.text) is not None and about and not _closed(reading, "what_if") and not reading.cities


def _of_lowest(reading: Reading) -> bool:
    """The lowest intensity and how far one province is from it."""
    text = reading.text
    asked = _LOWEST.search(text) and _GAP.search(text) and _INTENSITY.search(text)
    return bool(asked) and len(_provinces(reading)) == 1 and not _closed(reading)


def _of_pair(reading: Reading) -> bool:
    """Two provinces beside each other in the intensity of one sector."""
    text = reading.text
    return (
        len(_provinces(reading)) == 2 and len(reading.places) == 2 and len(sectors_of(reading)) == 1 and not _closed(reading)
        and not _LOWEST.search(text) and _AGAINST.search(text) is not None and _INTENSITY.search(text) is not None
    )  # fmt: skip


def _of_power(reading: Reading) -> bool:
    """Provinces beside each other in CO2 per kWh, which grid factors are."""
    text = reading.text
    said = _PER_KWH.search(text) and _CARBON.search(text) and not _NOT_CARBON.search(text)
    return bool(said) and len(_provinces(reading)) > 1 and not _closed(reading)


def _vote(reading: Reading) -> float:
    if reading.sent is not None:
        return 0.0
    return _SURE if any(f(reading) for f in (_of_power, _of_median, _of_lowest, _of_pair)) else 0.0


def _compile(reading: Reading) -> list[Call]:
    own = _provinces(reading)
    if _of_power(reading):
        names = [p.name.en for p in own[:_MOST_PLACES]]
        args: dict[str, Any] = {
            "measure": "grid_factor",
            "places": names,
            "operation": "compare",
            "years": list(reading.years.all) or None,
        }
        return [Call("figures", trimmed(args))]
    calls = compile_benchmark(reading)
    if not sectors_of(reading) and any(a.measure == "grid_factor" for a in reading.measures):  # 电力碳强度
        calls = [
            Call(c.tool, {k: v for k, v in {**c.args, "sector": "power_heat"}.items() if k != "denominator"})
            for c in calls
        ]
    if _MEDIAN.search(reading.text):
        place = own[0].name.en if len(own) == 1 else None
        return [
            Call(c.tool, trimmed({**c.args, "place": place, "benchmark": "median", "year": one_year(reading)}))
            for c in calls
        ]
    if len(own) == 2 and not _LOWEST.search(reading.text):
        return [Call(c.tool, {**c.args, "place": own[0].name.en, "against": own[1].name.en}) for c in calls]
    return calls


LANE = Lane("best_in_class", _vote, _compile)
