"""L.1470 trajectories: 按L.1470，一家数据中心企业2020年排放5万吨，2030年应降到多少."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.amounts import amounts
from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading
from assistant.planner.stand_ins import stood_in
from assistant.planner.unitless import unitless

_SUBSECTORS = (
    ("data_centre", r"数据中心|机房|云计算|data.?cent|cloud|hosting"),
    ("mobile", r"移动(?:通信|网络|运营|网)|手机网|mobile|cellular|wireless"),
    ("fixed", r"固定(?:网络|宽带|通信)|固网|宽带|fixed|broadband"),
    ("user equipment", r"用户设备|终端设备|user equipment|end.?user devices"),
    ("enterprise networks", r"企业网络|enterprise networks?"),
    ("sector", r"信息通信|信息与通信|全行业|\bICT\b|telecom|全球|global"),
)


_COUNTING = re.compile(
    r"避免(?:的|掉的)?(?:碳)?排放|赋能减排|使能减排|净减排|抵消|碳信用|碳汇|CCER|绿证|抵扣|抵减|"
    r"avoided|enablement|handprint|offsets?\b|(?:carbon )?credits?\b|"
    r"(?:reductions?|savings?) (?:of|at|by|for) (?:our |its |their )?(?:customers|clients|users|others)|(?:客户|用户|别人|他人|其他行业).{0,6}减",
    re.IGNORECASE,
)
_SURE = 30.0  # the standard named and a rule of it asked for: a lexical fact


def _counting(reading: Reading) -> bool:
    """Whether it is asked what may count towards a target."""
    return reading.has("l1470_named") and _COUNTING.search(reading.text) is not None


def _tonnes(reading: Reading) -> float | None:
    return next((s.signed for s in amounts(reading) if s.dimension == "mass"), None)


def _vote(reading: Reading) -> float:
    if not reading.has("l1470_named"):
        return 0.0
    if _counting(reading) and not reading.has("l1480_named"):
        return _SURE
    if unitless(reading) is not None:
        return _SURE
    other = _subsector(stood_in(reading, "milestones"))  # a sector that the trajectory is not for: the tool says so
    asked = reading.has("l1470_use") or _tonnes(reading) is not None or (other and other not in dict(_SUBSECTORS))
    explained = reading.find(
        r"有(?:哪)?几种|哪几种|三种|哪些|什么是|是什么|结构|包含|what is|what are|which|explain|structure|describe"
    )
    return 16.0 if asked and not (explained and _tonnes(reading) is None) else 0.0


def _subsector(reading: Reading) -> str | None:
    """The sub-sector named; another sector of the tables by its name, for the tool to refuse."""
    found = next((key for key, pattern in _SUBSECTORS if reading.find(pattern)), None)
    if found is not None and found != "sector":
        return found
    other = [
        s
        for s in reading.sectors
        if s.kind != "total" and not re.search(r"信息|通信|ICT|software|telecom", s.name.zh + s.name.en)
    ]
    return reading.called(other[0]) if other else found


def _compile(reading: Reading) -> list[Call]:
    if _counting(reading):
        return [Call("l1470", {"asks": "counting"})]
    tonnes = _tonnes(reading)
    years = sorted(reading.years.all)
    base = years[0] if len(years) > 1 or (years and years[0] < 2026 and tonnes is not None) else None
    goal = next((y for y in reversed(years) if y != base), None)
    growth = (
        next((a.value for a in reading.percents if a.unit == "%"), None)
        if reading.has("l1470_growth_context")
        else None
    )
    place = next((p.name.en for p in reading.places if p.kind == "province"), None) if tonnes is None else None
    args: dict[str, Any] = {
        "subsector": _subsector(reading), "emissions": tonnes, "base_year": base, "target_year": goal, "growth": growth, "place": place,
        "unitless": unitless(reading) if tonnes is None else None,
    }  # fmt: skip
    return [Call("l1470", trimmed(args))]


LANE = Lane("l1470", _vote, _compile, whole=True)
