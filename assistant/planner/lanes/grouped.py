"""The asker's own groups: 把广东、广西、海南合为一组，比较它与长三角之间的隐含碳贸易."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.compile_io import one_year
from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading
from data.classification import Place

_BESIDE = re.compile(
    r"\s*(?:省|市|自治区)?\s*(?:、|,|;|和|与|及|以及|跟|加|\+|&|and|plus)*\s*(?:the\s+)?(?:and\s+)?\s*(?:the\s+)?",
    re.IGNORECASE,
)


def groups_of(reading: Reading) -> list[list[Place]]:
    """Provinces named next to each other form a group; a region with a name of its own is one by itself, unless nothing
    else would be a group (东北和内蒙古放在一起)."""
    apart = _runs(reading, regions_join=False)
    return apart if any(len(run) > 1 for run in apart) else _runs(reading, regions_join=True)


def _runs(reading: Reading, regions_join: bool) -> list[list[Place]]:
    runs: list[list[Place]] = []
    end, joinable = -1, False
    for m in sorted((m for m in reading.mentions if m.meaning.place is not None and m.text), key=lambda m: m.start):
        where = m.meaning.place
        if where is None or where.kind == "nation" or any(where in run for run in runs):
            continue
        near = m.start <= end or _BESIDE.fullmatch(reading.text, end, m.start) is not None
        if joinable and near and (regions_join or where.kind == "province"):
            runs[-1].append(where)
        else:
            runs.append([where])
        end, joinable = m.end, regions_join or where.kind == "province"
    return runs


def _vote(reading: Reading) -> float:
    if not reading.has("grouping_context") or not reading.has("grouped_about_context"):
        return 0.0
    runs = groups_of(reading)
    return 8.0 if any(len(run) > 1 for run in runs) or reading.find("自定义") else 0.0


def _compile(reading: Reading) -> list[Call]:
    runs = groups_of(reading)[:6]
    if not runs:
        return []
    groups = {"+".join(p.name.en for p in run): [p.name.en for p in run] for run in runs}
    return [Call("grouped", trimmed({"region_groups": groups, "year": one_year(reading)}))]


_ADDS = re.compile(r"加|也|并入|纳入|\badd\b|\balso\b|\bplus\b|includ", re.IGNORECASE)


def _amend(reading: Reading, args: dict[str, Any]) -> dict[str, Any] | None:
    """把云南也加进去呢: one more province in the first group."""
    groups = args.get("region_groups") or {}
    new = [p.name.en for p in reading.places if p.kind == "province"]
    if not groups or not new or not _ADDS.search(reading.text):
        return None
    first, members = next(iter(groups.items()))
    wider = list(dict.fromkeys([*members, *new]))
    rest = {k: v for k, v in groups.items() if k != first}
    return {**args, "region_groups": {"+".join(wider): wider, **rest}}


LANE = Lane("grouped", _vote, _compile, from_data=True, amend=_amend)
