"""What matters for a scenario: 广东的路径对哪些假设最敏感, what drives the uncertainty of China's emissions in 2060."""

from __future__ import annotations

import re

from assistant.planner.compile_io import one_place
from assistant.planner.compile_roadmap import SCENARIOS
from assistant.planner.intents import FIRST_PROJECTED
from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading

_ASSUMED = re.compile(r"假设|参数|assumptions?|parameters?|不确定性|uncertaint", re.IGNORECASE)
_WHICH = re.compile(
    r"哪些|什么|哪个|哪几个|主要|最(?:重要|关键|大)|取决于|决定|\bwhich\b|\bwhat\b|\bmost\b|\bdrives?\b|\bmatters?\b",
    re.IGNORECASE,
)
_ROAD = re.compile(
    r"路径|情景|路线|达峰|中和|净零|pathway|scenario|roadmap|\bpeak|neutral|net[\s-]?zero", re.IGNORECASE
)
_CENTRED = re.compile(r"参数(?:区间|集合|不确定)|parameter (?:ensemble|uncertainty|design)", re.IGNORECASE)
_CHANGED = re.compile(r"如果|若|假如|要是|\bif\b", re.IGNORECASE)


_FACTORS = re.compile(
    r"(?:达峰|峰值|见顶)[^，。?？]{0,10}(?:因素|取决于|由什么|受什么|受哪些|看什么|关键)|(?:影响|决定|左右)[^，。?？]{0,8}(?:达峰|峰值|见顶)|"
    r"(?:what|which)[^.?]{0,24}(?:determin|decid|driv|affect|influenc|behind)\w*[^.?]{0,24}\bpeak|\bpeak\w*[^.?]{0,20}(?:depends?|hinges?) on|"
    r"\bpeak[^.?]{0,20}factors|factors[^.?]{0,24}\bpeak",
    re.IGNORECASE,
)


def _vote(reading: Reading) -> float:
    if reading.documents or _CHANGED.search(reading.text):
        return 0.0
    if _FACTORS.search(reading.text) and not reading.has("target_words", "policy_words", "peaking"):
        return 44.0  # the factors of a peak are those of the scenarios; no document names them
    future = any(y >= FIRST_PROJECTED for y in reading.years.all)
    road = _ROAD.search(reading.text) is not None
    if reading.has("sensitivity") and (road or future or not reading.measures):
        return 11.0
    return 11.0 if _ASSUMED.search(reading.text) and _WHICH.search(reading.text) and (road or future) else 0.0


def _compile(reading: Reading) -> list[Call]:
    where = one_place(reading)
    neutral = reading.find(r"20\d\d\s*年?\s*(?:前|实现|达成)?\s*(?:碳?中和|净零)") is not None
    years = [] if neutral else [y for y in reading.years.all if y > 2019]
    args = {
        "place": where.name.en if where else reading.stranger,
        "scenario": next((key for key, pattern in SCENARIOS if reading.find(pattern)), None),
        "years": list(dict.fromkeys(years)) or None,
        "design": "parameters" if _CENTRED.search(reading.text) else None,
    }
    return [Call("sensitivity", trimmed(args))]


LANE = Lane("sensitivity", _vote, _compile)
