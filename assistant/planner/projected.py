"""Scenario years of what the roadmap holds: a sector's emissions, power, energy, a change since a year; places and groups.

The data end years ago; a figure for 2035 is a scenario's. Where the words ask for one, the call is made here whatever
other tool they resemble.
"""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.compile_roadmap import SCENARIOS, names_change
from assistant.planner.plan import Call, trimmed
from assistant.planner.projected_power import INDICATORS, of_power
from assistant.planner.projected_rules import RULES
from assistant.planner.projected_words import AIMS, FIRST, FROM, LAST, PLACES, PLAN_YEARS, SECTORS, YEARS, elsewhere
from assistant.planner.reader import Reading
from data.classification import NATION

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
_IF = r"如果|假如|假设|倘若|若(?!干)|要是|\bif\b|推迟|提前|不用|without|上限"
_CAPTURE = r"ccus|without|不用"
_TAKEN_UP = r"碳汇|消化|抵消|sinks?\b|removals?\b|captured"


def compile_projected(reading: Reading, best: str) -> list[Call]:
    """The calls for a scenario year; none where none is asked for, or words of another subject stand by it."""
    if reading.documents or reading.sent is not None or reading.stranger or reading.find(_IF) or names_change(reading):
        return []
    if reading.find(_CAPTURE) and not reading.find(_TAKEN_UP):
        return []
    own = [p for p in reading.places if p != NATION] or list(reading.places)
    scenario = next((key for key, pattern in SCENARIOS if reading.find(pattern)), None)
    for rule in RULES:
        led = rule(reading, best, own, scenario)
        if led:
            return led
    years = [y for y in reading.years.all if FIRST <= y <= LAST]
    power = of_power(reading, best, own, years, scenario)
    if power:
        return power
    if reading.years.plan is not None and reading.years.plan >= FIRST and not years:
        years = [reading.years.plan + PLAN_YEARS - 1]
    if not years or best not in FROM or (reading.has(*AIMS) and best != "roadmap") or elsewhere(reading):
        return []
    if not own or (best in ("targets", "track") and own == [NATION] and not reading.find("情景|scenario")):
        return []
    for place in own[:PLACES]:
        args = {"place": place.name.en, "scenario": scenario}
        found = _of(reading, args, years)
        if not found:
            return []
        if len(own) == 1:
            return found
    return [c for p in own[:PLACES] for c in _of(reading, {"place": p.name.en, "scenario": scenario}, years)]


def _of(reading: Reading, args: dict[str, Any], years: list[int]) -> list[Call]:
    """The calls for one place."""
    one = {"year": years[0]} if len(years) == 1 else {"years": years[:YEARS]}
    emits = reading.has("emits") or any(a.measure == "co2" for a in reading.measures)
    indicator = next((key for key, pattern in INDICATORS if pattern.search(reading.text)), None)
    if indicator is not None and (not emits or indicator == "removals"):
        return [Call("roadmap", trimmed({**args, **one, "indicator": indicator, "detail": "brief"}))]
    if reading.measures and not emits:
        return []
    if reading.sectors and not reading.fuels:
        return [
            Call("milestones", trimmed({**args, "sector": reading.called(s), "years": years}))
            for s in reading.sectors[:SECTORS]
        ]
    if _SECTORS_ASKED.search(reading.text) and (emits or _LEFT.search(reading.text)):
        return [Call("milestones", trimmed({**args, "years": years}))]
    since = [y for y in reading.years.all if y < years[0] and y < FIRST]
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
