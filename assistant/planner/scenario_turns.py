"""Another side of the scenario just told: 装机呢, and the sinks?, 分行业呢. The question is read again with its place and years said."""

from __future__ import annotations

import re

from assistant.planner.followup import continues
from assistant.planner.memory import Before
from assistant.planner.plan import Call
from assistant.planner.projected import compile_projected
from assistant.planner.reader import Reading, read

_FROM = ("roadmap", "milestones", "compare")
_KEY_YEARS = (2030, 2035, 2060)  # told where the scenario was told as a whole
_SHORT = 32  # characters of a question that only turns to another side
_FIRST = 2026
_MOST = 4
_PEAK = re.compile(
    r"(?:那|它|其)*(?:的)?(?:碳)?达峰(?:年份?|时间|窗口)?(?:呢|是(?:哪一?年|什么时候))?[?？]*"
    r"|(?:and |what about |how about )?(?:the |its )?peak(?: year)?\??",
    re.IGNORECASE,
)
_NAMED = {"capacity": "装机", "generation": "发电量"}  # said again before a source of power alone: 核电呢


def other_side(reading: Reading, before: Before) -> list[Call]:
    """The calls for another indicator, source or sector of the scenario told before; none where no such side is named."""
    if before.tool not in _FROM or not before.places or len(reading.text) > _SHORT or not continues(reading, before):
        return []
    if any(y < _FIRST for y in reading.years.all) or reading.has("which_place", "by_place", "why"):
        return []
    if "overrides" in before.args or "variants" in before.args:
        return []  # a changed scenario is told by its emissions
    places = list(reading.places or before.places)
    if _PEAK.fullmatch(reading.text) and before.args.get("asks") != "peak":
        asked = {"asks": "peak", "detail": "brief", **_kept(before)}
        return [Call("roadmap", {"place": p.name.en, **asked}) for p in places[:_MOST]]
    years = [y for y in (reading.years.all or before.years or _target(before) or _KEY_YEARS) if y >= _FIRST]
    told = before.args.get("indicator")
    out: list[Call] = []
    for place in places[:_MOST]:
        said = f"{place.name.zh}{'、'.join(map(str, years))}年"
        for lead in ("", _NAMED.get(str(told), "")):
            found = compile_projected(read(f"{said}{lead} {reading.text}"), "roadmap")
            wanted = ("source",) if lead else ("indicator", "sector")  # 核电呢 names a source, 青海呢 nothing new
            found = [c for c in found if c.tool == "milestones" or any(k in c.args for k in wanted)]
            if found:
                out += [Call(c.tool, {**c.args, **_kept(before)}) for c in found if c not in out]
                break
    return out


def _target(before: Before) -> tuple[int, ...]:
    year = before.args.get("target_year")
    return (int(year),) if year else ()


def _kept(before: Before) -> dict[str, object]:
    """The scenario of before."""
    return {k: v for k, v in before.args.items() if k in ("scenario", "own")}
