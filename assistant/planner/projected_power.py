"""Power of years to come: capacity, generation by source, imports. The data end before them, so it is the scenario's."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.plan import Call, trimmed
from assistant.planner.projected_words import AIMS, CHAINS, FROM, PLACES, YEARS, named_when
from assistant.planner.reader import Reading
from data.classification import NATION, Place

INDICATORS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern, re.IGNORECASE))
    for key, pattern in (
        (
            "power_import",
            r"外来电|外购电|外调电|调入电|受入电|净调入|外送电|送电(?:量|去向)|(?:电力?|电量).{0,4}(?:调入|来源|外送)|电从哪|"
            r"(?:imported|outside|incoming) (?:power|electricity)|(?:power|electricity)[^,.;?]{0,16}\bimport(?:s|ed)?\b|"
            r"(?:power|electricity) exports?|where .{0,24}(?:power|electricity) come",
        ),
        ("capacity", r"装机|\bcapacity\b|(?<![A-Za-z])GW(?![A-Za-z])|万千瓦(?!时)|吉瓦"),
        (
            "nonfossil_power",
            r"非化石(?:能源)?(?:电力|发电|电量)[^，。,.；;?？]{0,8}(?:比|份额|率)|"
            r"(?:non-?\s?fossil|clean|renewable) share of (?:the )?(?:power|electricity)|"
            r"(?:non-?\s?fossil|clean|renewable) (?:power|electricity) share",
        ),
        (
            "generation",
            r"电源结构|电力结构|发电结构|发电量|发(?:多少|几)[^，。?？]{0,4}电|(?:各|分)(?:类|种)?电源|(?:电力|电源|发电)(?:构成|组成)|(?<![A-Za-z])TWh(?![A-Za-z])|亿千瓦时|亿度|"
            r"(?:electricity|power|generation) mix|generation by source|(?:electricity|power) generat|\bgeneration\b|\bgenerates?\b",
        ),
        (
            "nonfossil_energy",
            r"非化石(?:能源)?(?:消费)?(?:占|比|份额)|非化石[^，。,.；;?？]{0,4}一次能源|non-?\s?fossil[^,.;?]{0,24}share|"
            r"share of (?:the )?non-?\s?fossil|"
            r"non-?\s?fossil (?:energy )?(?:in|of) ",
        ),
        ("power_use", r"用电量?(?!结构)|(?:power|electricity) (?:use|consum|demand)|(?:consum|us)\w* of (?:power|electricity)"),
        (
            "removals",
            r"碳汇|碳移除|工程移除|负排放|(?:CCUS|碳捕集)[^，。,.；;?？]{0,6}(?:消化|抵消|捕集?多少|捕多少|各)|"
            r"(?:land|carbon|natural|forest) sinks?|\bremovals?\b|negative emissions|(?:how much|CO2)[^,.;?]{0,16}captured",
        ),
    )
)  # fmt: skip
_SOURCES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern, re.IGNORECASE))
    for key, pattern in (
        ("coal", r"煤电|燃煤(?:发电|机组|电厂)|煤炭发电|\bcoal(?:[- ]fired)?[- ](?:power|generation|electricity|plants?)|"
            r"(?:power|electricity) from coal|\bcoal\b(?=[^,.;?]{0,24}\b(?:TWh|generation)\b)"),
        ("gas", r"气电|燃气(?:发电|机组|电厂)|天然气发电|\bgas(?:[- ]fired)?[- ](?:power|generation|plants?)"),
        ("thermal", r"火电|\bthermal\b"),
        ("nuclear", r"核电|核能|\bnuclear\b"),
        ("hydro", r"水电|\bhydro(?:power|electric\w*)?\b"),
        ("wind", r"风电|风力发电|风能|\bwind\b"),
        ("solar", r"光伏|太阳能|\bsolar\b|\bPV\b|photovoltaic"),
        ("biomass", r"生物质(?:和垃圾)?(?:发电|电)|垃圾发电|\bbiomass\b"),
    )
)  # fmt: skip
_SHARE = re.compile(r"占比|比重|份额|几成|占多少|百分之|\bshare\b|per ?cent|\bhow much of\b", re.IGNORECASE)
_PHASED_OUT = re.compile(
    r"退(?:干净|完|出|役|光|煤)|淘汰|清零|归零|关停|消失|还剩|剩多少|剩下|每十年|phase[sd]?[- ]out|retire|\bgone\b|\bend\b|\bleft\b|remain",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"发电量|发(?:多少|几)[^，。?？]{0,4}电|(?<![A-Za-z])TWh(?![A-Za-z])|亿千瓦时|亿度|\bgenerat(?:ion|es?)\b",
    re.IGNORECASE,
)
_DECADES = [2030, 2040, 2050, 2060]

_POWER_FROM = FROM | {
    "refuse",
    "policy_search",
    "l1470",
    "backcast",
    "milestones",
    "roadmap_ranking",
    "multipliers",
    "national_io",
    "project_appraisal",
}


def of_power(reading: Reading, best: str, own: list[Place], years: list[int], scenario: str | None) -> list[Call]:
    """Capacity, generation or imports of power in years to come: the data end before them, so it is the scenario's."""
    if (
        best not in _POWER_FROM
        or reading.has(*AIMS, "which_place", "by_place", *CHAINS)
        or reading.percents
        or reading.per
    ):
        return []
    named = [key for key, pattern in _SOURCES if pattern.search(reading.text)]
    source = named[0] if len(named) == 1 else None
    both = [key for key, pattern in INDICATORS[:4] if pattern.search(reading.text)]
    indicator = both[0] if both else None
    emits = reading.has("emits") or any(a.measure == "co2" for a in reading.measures)
    going = source in ("coal", "gas", "thermal") and _PHASED_OUT.search(reading.text)
    if source and (_SHARE.search(reading.text) or going) and indicator in (None, "generation"):
        indicator = "generation"
    if indicator is None or emits or not (years or going):
        return []
    if (not own and source is None) or len(own) > PLACES:
        return []
    told: dict[str, Any] = {"years": years[:YEARS] or _DECADES}
    if len(years) == 1:
        told = {"year": years[0]}
        if going and named_when(reading):
            told = {"years": _DECADES}
    wanted = ["generation", "capacity"] if "capacity" in both and _MADE.search(reading.text) else [indicator]
    return [
        Call("roadmap", trimmed({
            "place": p.name.en, "scenario": scenario, "indicator": asked, "source": source if asked in ("generation", "capacity") else None,
            "detail": "brief", **told,
        }))
        for p in own or [NATION] for asked in wanted
    ]  # fmt: skip
