"""Lists of model provinces: 行业标兵, 地方标兵, historical best pace, the frontier of every sector, an own-company CSV."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.compile_io import one_year
from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading
from data.classification import NATION

_HEAD = re.compile(r"(?:^|\n|[:：])\s*(\"?\w+\"?(?:,\"?\w+\"?)*,\"?scope1_t\"?[^\n]*\n.*)", re.IGNORECASE | re.DOTALL)
_IMPROVING = re.compile(r"改善|进步|提升|降幅|下降|减排.{0,3}最快|最快|improv|fastest|decline|falling", re.IGNORECASE)
_INTENSITY = re.compile(r"强度|单位|GDP|intensit|per unit", re.IGNORECASE)
_EMISSIONS = re.compile(r"排放(?:总)?量|减排|emissions?|decarboni", re.IGNORECASE)
_SPAN = re.compile(
    r"(?:近|过去|最近|任意|任何|连续)?(\d{1,2})\s*年(?!代|前)(?:里|内|间|窗口)?"
    r"|(?:last|past|any|over)\s+(\d{1,2})\s+years?|(\d{1,2})[- ]year"
)
_FIRMS = re.compile(r"企业|公司|firms?\b|compan(?:y|ies)|enterprises?", re.IGNORECASE)
_LEVEL = re.compile(r"强度最低|水平|lowest|by level", re.IGNORECASE)
_MOST = 4


def _csv(reading: Reading) -> str | None:
    """An own-company table pasted into the question, from its header on."""
    found = _HEAD.search(reading.raw)
    return found[1].strip() if found else None


def _vote(reading: Reading) -> float:
    if _csv(reading):
        return 9.0
    if reading.documents or reading.has("target_words") or reading.sent is not None:
        return 0.0
    return 7.25 if reading.has("model_list", "best_pace", "every_frontier") else 0.0


def _compile(reading: Reading) -> list[Call]:
    pasted = _csv(reading)
    if pasted:
        return [Call("benchmark_lists", {"company_csv": pasted})]
    own = [p.name.en for p in reading.places if p != NATION][:_MOST]
    places: list[str | None] = [*own] or [reading.stranger]
    # households are a sector here: their pace is asked for, their intensity is refused by the tool with its reason
    sectors: list[str | None] = [reading.called(s) for s in reading.sectors[:_MOST]] or [None]
    firms = True if _FIRMS.search(reading.text) else None
    base = {
        **_kind(reading, sectors != [None]),
        "firms": firms,
        "top": reading.limit if reading.limit and reading.limit >= 3 else None,
    }
    calls = [Call("benchmark_lists", trimmed({"place": p, "sector": s, **base})) for s in sectors for p in places]
    if base.get("by") == "improvement" and _LEVEL.search(reading.text):  # both lists are asked for
        calls = [Call("benchmark_lists", trimmed({**c.args, "by": None, "measure": None})) for c in calls] + calls
    return calls[:_MOST]


def _kind(reading: Reading, sectoral: bool) -> dict[str, Any]:
    """By what: every sector's frontier, the best pace, the last years' improvement, else the level."""
    if not sectoral and (reading.has("every_frontier") or reading.find(r"行业(?:标兵|标杆)")):
        return {"by": "frontier", "year": one_year(reading)}
    latest = bool(_IMPROVING.search(reading.text)) and not reading.has("best_pace")
    if not reading.has("best_pace") and not latest:
        return {"year": one_year(reading)}
    said = _SPAN.search(reading.text)
    span = next((int(g) for g in said.groups() if g), None) if said else None
    measure = (
        "intensity" if _INTENSITY.search(reading.text) else "emissions" if _EMISSIONS.search(reading.text) else None
    )
    return {
        "by": "improvement" if latest else "pace",
        "span": span if span and 2 <= span <= 20 else None,
        "measure": measure if measure == "intensity" or not sectoral else None,
    }


LANE = Lane("benchmark_lists", _vote, _compile, from_data=True, whole=True)
