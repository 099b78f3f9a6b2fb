"""Scenario years of what the roadmap holds: a sector's emissions, power, energy, a change since a year; places and groups.

The data end years ago; a figure for 2035 is a scenario's. Where the words ask for one, the call is made here whatever
other tool they resemble.
"""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.compile_roadmap import SCENARIOS, names_change
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading
from data.classification import NATION

# What is asked of a year, the more special first.
_INDICATORS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern, re.IGNORECASE))
    for key, pattern in (
        (
            "power_import",
            r"外来电|外购电|外调电|调入电|受入电|净调入|外送电|送电(?:量|去向)|(?:电力?|电量).{0,4}(?:调入|来源|外送)|"
            r"(?:imported|outside|incoming) (?:power|electricity)|(?:power|electricity) (?:imports?|exports?)",
        ),
        ("capacity", r"装机|\bcapacity\b|\bGW\b"),
        (
            "nonfossil_power",
            r"非化石(?:能源)?(?:电力|发电|电量)[^，。,.；;?？]{0,8}(?:比|份额|率)|"
            r"(?:non-?\s?fossil|clean|renewable) share of (?:the )?(?:power|electricity)|"
            r"(?:non-?\s?fossil|clean|renewable) (?:power|electricity) share",
        ),
        (
            "generation",
            r"电源结构|电力结构|发电结构|发电量|(?:各|分)(?:类|种)?电源|(?:电力|电源|发电)(?:构成|组成)|"
            r"(?:electricity|power|generation) mix|generation by source|(?:electricity|power) generat",
        ),
        (
            "nonfossil_energy",
            r"非化石(?:能源)?(?:消费)?(?:占|比|份额)|非化石[^，。,.；;?？]{0,4}一次能源|non-?\s?fossil[^,.;?]{0,24}share|"
            r"share of (?:the )?non-?\s?fossil|"
            r"non-?\s?fossil (?:energy )?(?:in|of) ",
        ),
        ("power_use", r"用电量?(?!结构)|(?:power|electricity) (?:use|consum|demand)|(?:consum|us)\w* of (?:power|electricity)"),
    )
)  # fmt: skip
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
_OTHER = ("chain", "footprint", "linkages", "embodied_trade", "ours", "benchmark", "contraction")
_FROM = frozenset(
    {"figures", "roadmap", "contraction", "power_account", "targets", "milestones", "track", "sensitivity"}
)
_IF = r"如果|假如|假设|倘若|若(?!干)|要是|\bif\b|推迟|提前|不用|without|上限|ccus"
_FIRST, _LAST = 2026, 2060
_PLACES, _YEARS, _SECTORS = 3, 6, 3


def compile_projected(reading: Reading, best: str) -> list[Call]:
    """The calls for a scenario year; none where none is asked for, or words of another subject stand by it."""
    years = [y for y in reading.years.all if _FIRST <= y <= _LAST]
    if not years or best not in _FROM or reading.documents or reading.sent is not None:
        return []
    if reading.has(*_OTHER) or (reading.has(*_AIMS) and best != "roadmap"):
        return []
    if reading.percents or any(a.per != "none" for a in reading.measures):  # a rate or a ratio is another tool's
        return []
    if names_change(reading) or reading.find(_IF) or reading.stranger or reading.per:
        return []
    own = [p for p in reading.places if p != NATION] or list(reading.places)
    if not own or (best in ("targets", "track") and own == [NATION] and not reading.find("情景|scenario")):
        return []
    scenario = next((key for key, pattern in SCENARIOS if reading.find(pattern)), None)
    for place in own[:_PLACES]:
        args = {"place": place.name.en, "scenario": scenario}
        found = _of(reading, args, years)
        if not found:
            return []
        if len(own) == 1:
            return found
    return [c for p in own[:_PLACES] for c in _of(reading, {"place": p.name.en, "scenario": scenario}, years)]


def _of(reading: Reading, args: dict[str, Any], years: list[int]) -> list[Call]:
    """The calls for one place."""
    one = {"year": years[0]} if len(years) == 1 else {"years": years[:_YEARS]}
    emits = reading.has("emits") or any(a.measure == "co2" for a in reading.measures)
    indicator = next((key for key, pattern in _INDICATORS if pattern.search(reading.text)), None)
    if indicator is not None and not emits:
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
    if len(since) == 1 and not reading.fuels and _CHANGE.search(reading.text):
        return [Call("roadmap", trimmed({**args, **one, "since": since[0], "detail": "brief"}))]
    if emits and not since and not reading.fuels and _plain(reading, args):
        return [Call("roadmap", trimmed({**args, **one, "detail": "brief"}))]
    return []


def _plain(reading: Reading, args: dict[str, Any]) -> bool:
    """Whether the year's total of a group is all that is asked, which no other compiler gives."""
    return any(p.kind == "group" and p.name.en == args["place"] for p in reading.places) and len(reading.places) == 1
