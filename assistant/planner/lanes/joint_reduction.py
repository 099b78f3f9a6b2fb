"""Joint reduction: 江苏的建筑业与河北的钢铁应联合减排哪些产业链, how much can Shanxi's coal and Shandong's chemicals cut together."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.compile_io import one_year
from assistant.planner.lanes import Lane
from assistant.planner.pairs import Pair, pairs
from assistant.planner.plan import Call, Plan, trimmed
from assistant.planner.reader import Reading
from data.text import Text

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


def _short(end: Pair) -> Text:
    """The sector as the question calls it, by its own name in the other language."""
    name, said = end.sector.name, end.called
    return Text(name.zh, said) if said.isascii() else Text(said, name.en)


def ends_wanted(reading: Reading, calls: tuple[Call, ...], before: dict[str, Any]) -> Plan | None:
    """The question back for the two ends of a chain, with an example of the places named; None where the ends are known."""
    if before.get("ends") or not any(c.tool == "joint_reduction" and not c.args.get("ends") for c in calls):
        return None
    ends, named = _ends(reading), [p for p in reading.places if p.kind != "nation"]
    emitter = ends[0].place if ends else named[-1] if len(named) > 1 else None
    other = next((p for p in named if p != emitter), None)
    made = _short(ends[0]) if ends else Text("电力", "power")
    if emitter is None or other is None:
        asks = Text(
            "江苏的建筑业与河北的钢铁联合减排能减多少",
            "How much can Jiangsu's construction and Hebei's steel cut jointly?",
        )
        flow = Text("江苏的碳足迹有多少来自河北", "How much of Jiangsu's footprint comes from Hebei?")
    else:
        asks = Text(
            f"{other.name.zh}的建筑业与{emitter.name.zh}的{made.zh}联合减排能减多少",
            f"How much can construction in {other.name.en} and {made.en} in {emitter.name.en} cut jointly?",
        )
        flow = Text(
            f"{other.name.zh}的碳足迹有多少来自{emitter.name.zh}",
            f"How much of {other.name.en}'s footprint comes from {emitter.name.en}?",
        )
    reason = Text(
        f"联合减排要有两端，每端是一个地区的一个行业：排放的一端和使用其产品的一端。请说明两端，例如“{asks.zh}”；若只想知道一地足迹中有多少由另一地排放"
        f"（联合减排在这部分上的上限），可问“{flow.zh}”。",
        "A joint reduction needs two ends, each a sector of a place: the one that emits and the one that uses its products. Please name "
        f"both, e.g. “{asks.en}”. For what one place's footprint owes to the other (a ceiling to what can go) ask “{flow.en}”.",
    )
    return Plan(reply=reason, status="clarify", reason=reason)


LANE = Lane("joint_reduction", _vote, _compile)
