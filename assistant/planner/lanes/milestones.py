"""Milestones: 广东电力行业哪一年减半, how far capture is deployed in 2030 and 2045, a Gantt chart of Jiangsu's sectors."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.compile_io import one_place
from assistant.planner.compile_roadmap import SCENARIOS
from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading

LEVER_WORDS: tuple[tuple[str, str], ...] = (
    ("CCUS", r"ccus|\bccs\b|碳捕集|carbon capture|\bcapture\b"),
    ("H2", r"氢能|绿氢|氢气|hydrogen"),
    ("ELEC", r"电气化|electrification"),
    ("RENEW", r"非化石电力|可再生电力|清洁电力|non-?fossil power|renewable power|clean power"),
    ("EFF", r"能效|energy efficiency"),
    ("FUEL", r"燃料替代|fuel switching"),
    ("PROC", r"工艺(?:流程)?改造|process change"),
    ("MATEFF", r"材料(?:节约|效率)|material efficiency"),
    ("STRUCT", r"需求(?:与产业)?结构|产业结构调整|demand structure"),
)
_WHEN = re.compile(r"何时|什么时候|哪(?:一)?年|几几年|\bwhen\b|(?:which|what) year|in which year", re.IGNORECASE)
_IF = re.compile(r"如果|若|假如|假设|要是|\bif\b", re.IGNORECASE)
_GOAL = re.compile(
    r"(20\d\d)\s*年?\s*(?:前|实现|达成)?\s*(?:碳?中和|净零)|(?:neutral\w*|net[\s-]?zero)\D{0,12}(20\d\d)", re.IGNORECASE
)


def lever_of(reading: Reading) -> str | None:
    """The lever named first."""
    found = [(m.start(), key) for key, pattern in LEVER_WORDS if (m := reading.find(pattern)) is not None]
    return min(found)[1] if found else None


def _vote(reading: Reading) -> float:
    if reading.documents or reading.has("policy_words", "target_words") or _IF.search(reading.text):
        return 0.0
    if reading.has("milestones"):
        return 9.0
    when, lever = _WHEN.search(reading.text) is not None, lever_of(reading)
    if reading.has("milestones_cut_context") and when and not any(y < 2020 for y in reading.years.all):
        return 9.0
    if (
        lever
        and reading.has("milestones_deploy_context")
        and (when or reading.years.all or reading.find(r"程度|进度|几成|far|deploy"))
    ):
        return 9.0
    return 0.0


def _compile(reading: Reading) -> list[Call]:
    goal = _GOAL.search(reading.text)
    target = int(goal[1] or goal[2]) if goal else None
    where, lever = one_place(reading), lever_of(reading)
    scenario = next((key for key, pattern in SCENARIOS if reading.find(pattern)), None)
    years = [y for y in reading.years.all if y > 2019 and y != target]
    base: dict[str, Any] = {
        "place": where.name.en if where else reading.stranger,
        "scenario": scenario if target is None else None,
        "target_year": target,
        "years": list(dict.fromkeys(years)) or None,
    }
    sectors: list[str | None] = [None] if lever else [*(reading.called(s) for s in reading.sectors[:3])] or [None]
    provinces = [p.name.en for p in reading.places if p.kind == "province"][:3]
    places: list[str | None] = [*provinces] if len(provinces) > 1 else [base["place"]]
    return [
        Call("milestones", trimmed({**base, "place": p, "sector": s, "lever": lever})) for p in places for s in sectors
    ]


LANE = Lane("milestones", _vote, _compile, from_data=True)
