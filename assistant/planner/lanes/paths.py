"""Structural paths: 江苏建筑业的隐含碳沿哪些产业链路径产生, downstream carbon paths of Hebei's steel, top five paths."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.compile_io import one_place, one_year
from assistant.planner.lanes import Lane
from assistant.planner.numbers import CN, WORD, number
from assistant.planner.pairs import pairs
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading

_COUNT = re.compile(
    rf"(?:前|最大的?|主要的?|top|largest|main|first)\s*(\d+|{CN}|{WORD})\s*"
    r"(?:条|个|大|(?:\w+[ -]){0,3}(?:paths?|chains?))",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"截止|截断|阈值|门槛|细(?:化|分)?(?:到|至)|低至|小至|精确到|(?:大于|超过|不低于|至少)\s*\d|以上"
    r"|cut-?\s?off|threshold|down to|(?:above|over|at least|larger than|more than) (?:\d|\.\d)",
    re.IGNORECASE,
)
_ORDER = re.compile(
    rf"(?:至多|最多|不超过|深度|up to|at most|depth)\s*(?:为|of)?\s*(\d+|{CN}|{WORD})\s*(?:层|阶|级|tiers?|stages?|orders?|steps?)",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"下游|流向|流到|流入|去向|进入(?:了)?(?:哪|最终)|downstream|end up|flow (?:to|into)|reach|go(?:es)? (?:to|into)",
    re.IGNORECASE,
)
_UP = re.compile(r"上游|upstream", re.IGNORECASE)
_LINKED = re.compile(r"到|→|->|进入|\binto\b|\bthen\b|\bto\b", re.IGNORECASE)
_MOST = 3


def _vote(reading: Reading) -> float:
    if reading.has("paths_named"):
        return 7.5
    if reading.has("paths_future_context") or reading.has("what_if"):
        return 0.0
    return 7.0 if reading.has("paths_words_context") and reading.has("paths_chain_context") else 0.0


def _options(reading: Reading) -> dict[str, Any]:
    """How many paths, how finely and how deep."""
    top, order = _COUNT.search(reading.text), _ORDER.search(reading.text)
    cut = next((a.value for a in reading.percents if a.unit == "%"), None) if _CUT.search(reading.text) else None
    down = _DOWN.search(reading.text) and not _UP.search(reading.text)
    return {
        "direction": "downstream" if down else "upstream" if _UP.search(reading.text) else None,
        "cut": cut,
        "order": _whole(order[1]) if order else None,
        "top": (_whole(top[1]) if top else None) or reading.limit,
        "year": one_year(reading),
    }


def _whole(text: str) -> int | None:
    found = number(text)
    return int(found) if found is not None else None


def _compile(reading: Reading) -> list[Call]:
    options, named = _options(reading), pairs(reading)[:_MOST]
    if len(named) > 1 and _LINKED.search(reading.text[named[0].start : named[-1].start]):
        named = named[-1:]  # one chain: its final product holds it, 电力到钢铁再到建筑
    if named:
        return [Call("paths", trimmed({"place": p.place.name.en, "sector": p.called, **options})) for p in named]
    where = one_place(reading)
    sectors: list[str | None] = [reading.called(s) for s in reading.sectors[:_MOST]]
    place = where.name.en if where else reading.stranger
    return [Call("paths", trimmed({"place": place, "sector": s, **options})) for s in sectors or [None]]


LANE = Lane("paths", _vote, _compile, from_data=True)
