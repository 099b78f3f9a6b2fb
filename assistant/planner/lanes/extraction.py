"""Hypothetical extraction: 如果没有河北的钢铁行业, how much output depends on the power sector."""

from __future__ import annotations

import re

from assistant.planner.compile_io import one_place, one_year, sectors_of
from assistant.planner.intents import FIRST_PROJECTED
from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading

_METHOD = r"抽取|extract"
_MOST = r"业|部门|产出|增加值|排放|经济|sectors?|industr|output|econom|emission"
_ENERGY = r"进口|对外|外来电|外购|imports?\b|foreign"  # 能源对外依赖 is another question
_KINDS = {
    "backward": re.compile(r"后向|backward", re.IGNORECASE),
    "forward": re.compile(r"前向|forward", re.IGNORECASE),
    "complete": re.compile(
        r"(?:完全|全部|整体)抽取|\b(?:complete|total|full)[\s-](?:linked |linkage )?extraction", re.IGNORECASE
    ),
}


def _vote(reading: Reading) -> float:
    if any(y >= FIRST_PROJECTED for y in reading.years.all):
        return 0.0
    by_name = reading.has("extraction") and reading.find(_METHOD)
    if by_name:
        return 7.0
    industry = bool(sectors_of(reading) or reading.excluded_sectors) and not reading.find(r"CCUS|CCS|碳捕集")
    if reading.has("extraction") and industry:
        return 8.0 if reading.has("depends_context") else 7.0
    named = industry and reading.find(_MOST) is not None and not reading.find(_ENERGY)
    return 5.5 if reading.has("depends_context") and named else 0.0


def _kind(reading: Reading) -> str | None:
    """The way of leaving out that is named alone; None where none or several are."""
    named = [kind for kind, pattern in _KINDS.items() if pattern.search(reading.text)]
    return named[0] if len(named) == 1 else None


def _compile(reading: Reading) -> list[Call]:
    where = one_place(reading) or next(iter(reading.excluded), None)  # 去掉广东的电子业 leaves no province out
    base = {
        "place": where.name.en if where else reading.stranger,
        "year": one_year(reading),
        "top": reading.limit,
        "kind": _kind(reading),
    }
    named = sectors_of(reading) or list(reading.excluded_sectors)  # what would be gone without steel
    found = [s for s in named if s.kind != "group"][:2] or named[:1]
    return [Call("extraction", trimmed({**base, "sector": reading.called(s)})) for s in found] or [
        Call("extraction", trimmed(base))
    ]


LANE = Lane("extraction", _vote, _compile, from_data=True)
