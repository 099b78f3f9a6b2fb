"""What drove a change of emissions: 广东2005到2019年排放增长的驱动因素, LMDI, SDA between input-output tables."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.compile_io import one_place
from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading
from assistant.planner.spans import latest
from data.classification import NATION
from tools.measures import MEASURES

_STRUCTURE = re.compile(
    r"产业结构|行业结构|结构(?:效应|变化|调整|因素)|structur(?:e|al) (?:effect|change|shift)|sector(?:al)? (?:mix|structure)",
    re.IGNORECASE,
)
_TABLES = re.compile(
    r"结构分解|\bSDA\b|投入产出|structural decomposition|input-?output|(?:technolog\w+|final demand) effect|技术效应|最终需求",
    re.IGNORECASE,
)
_ENERGY = re.compile(r"能源强度|能耗强度|单位GDP能耗|energy intensity|energy efficiency|能效", re.IGNORECASE)
_KAYA = re.compile(r"kaya|卡亚|茅阳一", re.IGNORECASE)
_ENDS = re.compile(r"首末|端点|两端|end[- ]?points?", re.IGNORECASE)
_BY_SECTOR = re.compile(
    r"[分按各](?:行业|部门|产业)|哪些?(?:个)?(?:行业|部门)|by (?:sector|industry)|which (?:sectors|industries)",
    re.IGNORECASE,
)
_PRICES = re.compile(r"(?:价格指数|平减指数|price index|deflator)\D{0,8}(\d{2,3}(?:\.\d+)?)", re.IGNORECASE)
_WHY = re.compile(
    r"为什么|为何|何以|何故|原因|什么(?:造成|引起|导致|带来|推动)|\bwhy\b|\bcaused?\b|reasons?", re.IGNORECASE
)
_PASSED = r"贡献了|起了|contributed|drove"  # said of what happened, where "减排" would be of what is to come
_MOST = 4


def span_of(reading: Reading) -> dict[str, Any]:
    """``from_year``, ``to_year`` or ``period`` of a question on a change; nothing where no time is named."""
    y = reading.years
    if y.plan is not None and not y.single and not y.span:
        return {"period": (y.plan - 1951) // 5}
    if y.span:
        return trimmed({"from_year": y.span[0], "to_year": y.span[1]})
    if y.last_n:
        last = latest(MEASURES["co2"])
        return {"from_year": last - y.last_n, "to_year": last} if last else {}
    if len(y.single) >= 2:
        return {"from_year": min(y.single), "to_year": max(y.single)}
    if len(y.single) == 1:  # a year's change is that on the year before
        return {"from_year": y.single[0] - 1, "to_year": y.single[0]}
    return {}


def _of_co2(reading: Reading) -> bool:
    """Whether emissions, and nothing else, are what moved."""
    return all(a.measure == "co2" for a in reading.measures) and bool(reading.measures or reading.has("emits"))


def _vote(reading: Reading) -> float:
    last = latest(MEASURES["co2"]) or 0
    ahead = bool(reading.years.all) and min(reading.years.all) > last + 1
    if ahead or reading.documents or reading.has("target_words", "footprint", "embodied_trade"):
        return 0.0
    if reading.has("decomposition"):
        return 6.5
    plainly = reading.has("drivers_plain_context") and _of_co2(reading)
    if (reading.has("drivers") or plainly) and (not reading.has("roadmap") or reading.find(_PASSED)):
        return 6.5
    dated = bool(reading.years.span or len(reading.years.single) > 1 or reading.years.plan or reading.years.last_n)
    moved = reading.has("change", "growth", "rises", "falls", "drivers_moved_context")
    # why a level is high is told by its composition; why it moved between two years is a decomposition
    return 6.0 if dated and moved and _WHY.search(reading.text) and _of_co2(reading) else 0.0


def _compile(reading: Reading) -> list[Call]:
    text = reading.text
    prices = _PRICES.search(text)
    tables = bool(_TABLES.search(text))
    identity = "structure" if _STRUCTURE.search(text) else "energy" if _ENERGY.search(text) else None
    if _KAYA.search(text):
        identity = None if identity == "energy" else identity
    split = "sector" if _BY_SECTOR.search(text) or reading.has("by_sector") else None
    base = trimmed({
        **span_of(reading), "method": "sda" if tables else None, "identity": None if tables else identity,
        "split": None if tables or identity == "structure" else split, "chaining": "end_points" if _ENDS.search(text) else None,
        "deflators": float(prices[1]) if prices else None,
    })  # fmt: skip
    sectors = [s for s in reading.sectors if s.kind != "total"]
    if sectors and not tables:
        base["sector"] = reading.called(sectors[0])
        base.pop("split", None)
    own = [p for p in reading.places if p != NATION] or [p for p in (one_place(reading),) if p]
    if not own:
        return [Call("drivers", trimmed({"place": reading.stranger, **base}))]
    return [Call("drivers", {"place": p.name.en, **base}) for p in own[:_MOST]]


LANE = Lane("drivers", _vote, _compile, from_data=True)
