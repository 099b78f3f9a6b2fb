"""Joint reduction: 江苏的建筑业与河北的钢铁应联合减排哪些产业链, how much can Shanxi's coal and Shandong's chemicals cut together."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.compile_io import one_year
from assistant.planner.lanes import Lane
from assistant.planner.pairs import Pair, pairs
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading

_EMITTER = re.compile(r"强度|单位(?:产品|产出)?排放|能效|效率|intensit|efficien|emissions? per", re.IGNORECASE)
_USE = re.compile(
    r"用量|用钢|少用|节材|材料|使用|采购|投入|\buses?\b|\busing\b|material|purchas|\binputs?\b", re.IGNORECASE
)
_BOTH = re.compile(r"各(?:自|减|降|按)?|都|两端|双方|\beach\b|\bboth\b", re.IGNORECASE)
_STOP = re.compile(r"[,、;。?]|\band\b|而|且")
_LESS_OF = re.compile(r"(?:\bless|\bfewer|少用|节约|节省)\s*$", re.IGNORECASE)
_MOST_ENDS = 4


def _ends(reading: Reading) -> list[Pair]:
    """The ends named, without a product that only says what is used less (uses 5% less steel)."""
    return [p for p in pairs(reading) if not _LESS_OF.search(reading.text[: p.start])]


def _vote(reading: Reading) -> float:
    if not reading.has("joint_together_context") or not reading.has("joint_cut_context"):
        return 0.0
    return 9.0 if len(_ends(reading)) >= 2 else 0.0


def _cuts(reading: Reading) -> dict[str, float]:
    """The percentages by what stands beside them; one that stands alone is for both sides."""
    out: dict[str, float] = {}
    for said in reading.percents:
        if said.unit != "%":
            continue
        around = _clause(reading.text, said.start, said.end)
        use, emit = _USE.search(around), _EMITTER.search(around)
        if (not use and not emit) or _BOTH.search(around):
            out = {"emitter_cut": abs(said.value), "use_cut": abs(said.value), **out}
        else:
            out["use_cut" if use else "emitter_cut"] = abs(said.value)
    return out


def _clause(text: str, start: int, end: int) -> str:
    """The words round a percentage, from the stop before it to the next."""
    first = max((m.end() for m in _STOP.finditer(text, 0, start)), default=0)
    following = _STOP.search(text, end)
    return text[first : following.start() if following else len(text)]


def _compile(reading: Reading) -> list[Call]:
    """One call with all ends; in a follow-up without ends those of before stay."""
    found = _ends(reading) if any(m.text and m.meaning.sector for m in reading.mentions) else []
    ends: list[dict[str, Any]] = [{"place": p.place.name.en, "sector": p.called} for p in found[:_MOST_ENDS]]
    args = {"ends": ends if len(ends) > 1 else None, **_cuts(reading), "year": one_year(reading), "top": reading.limit}
    return [Call("joint_reduction", trimmed(args))]


LANE = Lane("joint_reduction", _vote, _compile)
