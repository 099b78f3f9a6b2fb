"""Scenario years of what the roadmap holds: a sector's emissions, power, energy, a change since a year; places and groups.

The data end years ago; a figure for 2035 is a scenario's. Where the words ask for one, the call is made here whatever
other tool they resemble.
"""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.compile_roadmap import PEAK_LEVEL, PEAK_WHEN, SCENARIOS, names_change
from assistant.planner.lanes.milestones import lever_of
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading
from data.classification import NATION, Place

# What is asked of a year, the more special first.
_INDICATORS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
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
_DECADES = [2030, 2040, 2050, 2060]
_CHANGE = re.compile(
    r"降幅|降(?:低|了)?多少|减(?:少|了)?多少|下降|增(?:加|长)?(?:了)?多少|增幅|变(?:化|动)|比\s*20\d\d|较\s*20\d\d|相比|→|->|"
    r"\b(?:change|fall|cut|drop|decline|reduction|lower|higher|less|more|compared|versus|vs\.?|against|than)\b",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"剩余|剩下|残余|留在|还在排|哪些行业|哪个行业|分行业|各行业|(?:left|remain|residual)\w*|by sector|which sectors?",
    re.IGNORECASE,
)
_SECTORS_ASKED = re.compile(
    r"哪些行业|哪个行业|哪些部门|分行业|各行业|by sector|which sectors?|what sectors?|\bsectors\b", re.IGNORECASE
)
_AIMS = ("target_words", "policy_words")
_CHAINS = ("chain", "footprint", "linkages", "embodied_trade", "benchmark", "contraction")
_OTHER = (*_CHAINS, "ours")
_FROM = frozenset(
    {"figures", "roadmap", "contraction", "power_account", "targets", "milestones", "track", "sensitivity"}
)
_IF = r"如果|假如|假设|倘若|若(?!干)|要是|\bif\b|推迟|提前|不用|without|上限"
_CAPTURE = r"ccus|without|不用"
_TAKEN_UP = r"碳汇|消化|抵消|sinks?\b|removals?\b|captured"
_FIRST, _LAST = 2026, 2060
_PLAN_YEARS = 5
_PLACES, _YEARS, _SECTORS = 3, 6, 3


_AGAINST_PEAK = re.compile(
    r"(?:比|较|从|自|相对)(?:达峰时?|峰值)|"
    r"峰值[^，。?？]{0,4}(?:下降|降|减)|(?:below|from|than|against|under|off) (?:the |its |their )?peak",
    re.IGNORECASE,
)


def compile_projected(reading: Reading, best: str) -> list[Call]:
    """The calls for a scenario year; none where none is asked for, or words of another subject stand by it."""
    if reading.documents or reading.sent is not None or reading.stranger or reading.find(_IF) or names_change(reading):
        return []
    if reading.find(_CAPTURE) and not reading.find(_TAKEN_UP):
        return []
    own = [p for p in reading.places if p != NATION] or list(reading.places)
    scenario = next((key for key, pattern in SCENARIOS if reading.find(pattern)), None)
    led = (
        _levers(reading, best, own, scenario)
        or _peak_of_ours(reading, best, own, scenario)
        or _costs(reading, best, own)
    )
    if led:
        return led
    years = [y for y in reading.years.all if _FIRST <= y <= _LAST]
    power = _of_power(reading, best, own, years, scenario)
    if power:
        return power
    if (
        len(years) == 1
        and len(own) == 1
        and best in _LEVERS_FROM
        and _AGAINST_PEAK.search(reading.text)
        and not _elsewhere(reading)
    ):
        told = {"place": own[0].name.en, "scenario": scenario, "year": years[0], "since": "peak", "detail": "brief"}
        return [] if reading.sectors or reading.has(*_AIMS) else [Call("roadmap", trimmed(told))]
    if reading.years.plan is not None and reading.years.plan >= _FIRST and not years:
        years = [reading.years.plan + _PLAN_YEARS - 1]
    if not years or best not in _FROM or (reading.has(*_AIMS) and best != "roadmap") or _elsewhere(reading):
        return []
    if not own or (best in ("targets", "track") and own == [NATION] and not reading.find("情景|scenario")):
        return []
    for place in own[:_PLACES]:
        args = {"place": place.name.en, "scenario": scenario}
        found = _of(reading, args, years)
        if not found:
            return []
        if len(own) == 1:
            return found
    return [c for p in own[:_PLACES] for c in _of(reading, {"place": p.name.en, "scenario": scenario}, years)]


def _elsewhere(reading: Reading) -> bool:
    """Whether words of another subject stand by: chains, footprints, a rate or a ratio that is another tool's."""
    return bool(
        reading.has(*_OTHER) or reading.percents or reading.per or any(a.per != "none" for a in reading.measures)
    )


_LEVERS = re.compile(
    r"(?:哪|什么|何)(?:些|项|几项|个|种|几种)?(?:减排|降碳|减碳)?(?:的)?(?:措施|手段|技术|路径|抓手|杠杆)|(?:重点|主要|关键)(?:该|要|应)?(?:抓|做|靠)(?:什么|哪)|"
    r"(?:靠|凭|用)(?:什么|哪些|啥)(?:技术|措施|手段)?(?:来)?(?:减|降|脱碳)|(?:措施|手段)[^，。?？]{0,6}(?:减得?最多|贡献最大|最管用|最重要)|"
    r"(?:which|what) (?:\w+ )?(?:levers?|measures?|technolog\w+|options?)\b|(?:biggest|main|largest|top|most important) (?:levers?|measures?)|"
    r"levers? (?:that )?(?:do|does|cut|matter)",
    re.IGNORECASE,
)
_TOWARDS = (
    r"(?:达峰|中和|净零|上限|目标)[^，。?？]{0,6}(?:需要|须|要靠|得靠|靠)|(?:为了?|要|如何|怎么)(?:实现|达到)|"
    r"needed|required|necessary|to (?:reach|meet|peak|get to|become)"
)
_PRICED = re.compile(r"成本|便宜|划算|贵|花多少|钱|\bcost|cheap|expensive|price", re.IGNORECASE)
_LEVERS_FROM = frozenset({"roadmap", "milestones", "backcast", "sensitivity", "policy_search", "targets", "calculate"})


def _levers(reading: Reading, best: str, own: list[Place], scenario: str | None) -> list[Call]:
    """Which measures cut most, in a place or in one of its sectors; none where a document's measures are asked for, or prices."""
    if best not in _LEVERS_FROM or len(own) != 1 or not _LEVERS.search(reading.text) or _PRICED.search(reading.text):
        return []
    if reading.has(*_AIMS, "chain", "footprint", "ours", "benchmark") or lever_of(reading) or _named_when(reading):
        return []
    if reading.find(_TOWARDS):  # what a goal needs is the backcast's
        return []
    years = [y for y in reading.years.all if _FIRST <= y <= _LAST][:_YEARS]
    if reading.years.plan is not None and reading.years.plan >= _FIRST:
        years = [reading.years.plan + _PLAN_YEARS - 1]
    elif not years and best in ("policy_search", "targets") and own == [NATION]:
        return []
    base = {"place": own[0].name.en, "scenario": scenario, "asks": "levers", "years": years or None}
    calls = [Call("roadmap", trimmed({**base, "sector": reading.called(s)})) for s in reading.sectors[:_SECTORS]]
    calls = calls or [Call("roadmap", trimmed(base))]
    if reading.years.plan is not None and years and not reading.sectors:  # how much it must cut in the period, first
        since = {
            "place": base["place"],
            "scenario": scenario,
            "year": years[0],
            "since": reading.years.plan - 1,
            "detail": "brief",
        }
        calls.insert(0, Call("roadmap", trimmed(since)))
    return calls


_OURS = r"情景|模型|你们|你的|测算|推算|\byour\b|\bscenario|\bbaseline|\bmodel|\bpathway"


def _peak_of_ours(reading: Reading, best: str, own: list[Place], scenario: str | None) -> list[Call]:
    """The peak of a scenario of ours, by name, where the words alone would go to a document's target."""
    if best not in ("targets", "policy_search") or len(own) != 1 or reading.has(*_AIMS) or reading.years.all:
        return []
    if not reading.find(_OURS) or not (PEAK_WHEN.search(reading.text) or PEAK_LEVEL.search(reading.text)):
        return []
    return [
        Call("roadmap", trimmed({"place": own[0].name.en, "scenario": scenario, "detail": "brief", "asks": "peak"}))
    ]


_NEUTRAL = r"中和|净零|零碳|neutral|net[\s-]?zero"
_MONEY = re.compile(r"花多少钱|多少钱|成本|代价多大|\bcosts?\b|expensive", re.IGNORECASE)


def _costs(reading: Reading, best: str, own: list[Place]) -> list[Call]:
    """What neutrality costs: the cost curve, the nearest to it that is held."""
    if best not in ("roadmap", "targets", "policy_search") or len(own) != 1 or reading.sectors or reading.has(*_AIMS):
        return []
    if not _MONEY.search(reading.text) or (best != "roadmap" and not reading.find(_NEUTRAL)):
        return []
    return [Call("backcast", {"place": own[0].name.en, "goal": "costs"})]


def _named_when(reading: Reading) -> bool:
    """Whether the year in which something happens is asked for: that is the milestones'."""
    return bool(reading.find(r"何时|什么时候|哪(?:一)?年|几几年|\bwhen\b|(?:which|what) year"))


_POWER_FROM = _FROM | {
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


def _of_power(reading: Reading, best: str, own: list[Place], years: list[int], scenario: str | None) -> list[Call]:
    """Capacity, generation or imports of power in years to come: the data end before them, so it is the scenario's."""
    if (
        best not in _POWER_FROM
        or reading.has(*_AIMS, "which_place", "by_place", *_CHAINS)
        or reading.percents
        or reading.per
    ):
        return []
    named = [key for key, pattern in _SOURCES if pattern.search(reading.text)]
    source = named[0] if len(named) == 1 else None
    indicator = next((key for key, pattern in _INDICATORS[:4] if pattern.search(reading.text)), None)
    emits = reading.has("emits") or any(a.measure == "co2" for a in reading.measures)
    going = source in ("coal", "gas", "thermal") and _PHASED_OUT.search(reading.text)
    if source and (_SHARE.search(reading.text) or going) and indicator in (None, "generation"):
        indicator = "generation"
    if indicator is None or emits or not (years or going):
        return []
    if (not own and source is None) or len(own) > _PLACES:
        return []
    told: dict[str, Any] = {"years": years[:_YEARS] or _DECADES}
    if len(years) == 1:
        told = {"year": years[0]}
        if going and _named_when(reading):
            told = {"years": _DECADES}
    sourced = source if indicator in ("generation", "capacity") else None
    places = own or [NATION]
    return [
        Call("roadmap", trimmed({"place": p.name.en, "scenario": scenario, "indicator": indicator, "source": sourced, "detail": "brief", **told}))
        for p in places
    ]  # fmt: skip


def _of(reading: Reading, args: dict[str, Any], years: list[int]) -> list[Call]:
    """The calls for one place."""
    one = {"year": years[0]} if len(years) == 1 else {"years": years[:_YEARS]}
    emits = reading.has("emits") or any(a.measure == "co2" for a in reading.measures)
    indicator = next((key for key, pattern in _INDICATORS if pattern.search(reading.text)), None)
    if indicator is not None and (not emits or indicator == "removals"):
        return [Call("roadmap", trimmed({**args, **one, "indicator": indicator, "detail": "brief"}))]
    if reading.measures and not emits:
        return []
    if reading.sectors and not reading.fuels:
        return [
            Call("milestones", trimmed({**args, "sector": reading.called(s), "years": years}))
            for s in reading.sectors[:_SECTORS]
        ]
    if _SECTORS_ASKED.search(reading.text) and (emits or _LEFT.search(reading.text)):
        return [Call("milestones", trimmed({**args, "years": years}))]
    since = [y for y in reading.years.all if y < years[0] and y < _FIRST]
    if reading.years.plan is not None and not since:
        since = [reading.years.plan - 1]
    if len(since) == 1 and not reading.fuels and _CHANGE.search(reading.text):
        return [Call("roadmap", trimmed({**args, **one, "since": since[0], "detail": "brief"}))]
    if emits and not since and not reading.fuels and _plain(reading, args):
        return [Call("roadmap", trimmed({**args, **one, "detail": "brief"}))]
    return []


def _plain(reading: Reading, args: dict[str, Any]) -> bool:
    """Whether the year's total of a group is all that is asked, which no other compiler gives."""
    return any(p.kind == "group" and p.name.en == args["place"] for p in reading.places) and len(reading.places) == 1
