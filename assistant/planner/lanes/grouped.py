"""The asker's own groups: 把广东、广西、海南合为一组，比较它与长三角之间的隐含碳贸易."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.compile_io import one_year
from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading
from data.classification import Place, find_place

_BESIDE = re.compile(
    r"\s*(?:省|市|自治区)?\s*(?:、|,|;|和|与|及|以及|跟|加|\+|&|and|plus)*\s*(?:the\s+)?(?:and\s+)?\s*(?:the\s+)?",
    re.IGNORECASE,
)


_LISTED = re.compile(r"(?P<name>[A-Z][\w-]*(?: [A-Z][\w-]*)*|[\u3400-\u9fff]{1,8})?\s*\((?P<members>[^()]*)\)")
_INSTEAD = re.compile(r"\s*[(（](?:就|即|仅|只)?(?:用|取|指|以|算|按|use|i\.e\.|meaning|only)", re.IGNORECASE)
_JOINING = "把将和与及以跟同对比较"  # characters before a group's Chinese name that are none of it
_PARTED = re.compile(r"分(?:为|成)|划(?:为|成|分)|\binto\b(?! (?:one|a|the same)\b)", re.IGNORECASE)
_BELTS = (  # the parts of China that are named in one breath, which singly are other regions' names
    (
        re.compile(r"(?<![a-z-])east(?:ern)?(?![a-z-])|东(?:部)?(?=[、和,]?中(?:部)?[、和,]?西部)", re.IGNORECASE),
        "东部",
    ),
    (re.compile(r"(?<![a-z-])central(?![a-z-])|(?<=东|、|部|和)中(?:部)?(?=[、和,]?西部)", re.IGNORECASE), "中部"),
    (re.compile(r"(?<![a-z-])west(?:ern)?(?![a-z-])|(?<=中|、|部|和)西部", re.IGNORECASE), "西部"),
    (re.compile(r"(?<![a-z])north-?\s?east(?:ern)?(?![a-z-])|东北", re.IGNORECASE), "东北"),
)


def labelled(reading: Reading) -> dict[str, list[Place]]:
    """Groups that are given with their provinces in brackets: North (Beijing, Tianjin) and South (Guangdong, Fujian)."""
    out: dict[str, list[Place]] = {}
    for m in _LISTED.finditer(reading.text):
        inside = [
            n.meaning.place
            for n in sorted(reading.mentions, key=lambda n: n.start)
            if n.meaning.place is not None and m.start("members") <= n.start and n.end <= m.end("members")
        ]
        if inside:
            name = (m["name"] or "").lstrip(_JOINING) or "+".join(p.name.en for p in inside)
            out[name] = inside
    return out if len(out) > 1 else {}


def belts(reading: Reading) -> list[list[Place]]:
    """East, Central and West named together: the parts that divide China, not the regions of the same short names."""
    found = [find_place(name) for pattern, name in _BELTS if pattern.search(reading.text)]
    ends = {p.name.zh for p in found} >= {find_place("东部").name.zh, find_place("西部").name.zh}
    only = all(p.kind == "group" for p in reading.places)
    return [[p] for p in found] if ends and only and len(found) > 2 else []


def groups_of(reading: Reading) -> list[list[Place]]:
    """Provinces named next to each other form a group; a region with a name of its own is one by itself, unless nothing
    else would be a group (东北和内蒙古放在一起)."""
    divided = belts(reading)
    if divided:
        return divided
    apart = _runs(reading, regions_join=False)
    regions = all(run[0].kind == "group" for run in apart) and (len(apart) > 2 or _PARTED.search(reading.text))
    return apart if regions or any(len(run) > 1 for run in apart) else _runs(reading, regions_join=True)


def _runs(reading: Reading, regions_join: bool) -> list[list[Place]]:
    runs: list[list[Place]] = []
    end, joinable = -1, False
    replaced = {m.start() for m in _INSTEAD.finditer(reading.text)}
    for m in sorted((m for m in reading.mentions if m.meaning.place is not None and m.text), key=lambda m: m.start):
        where = m.meaning.place
        if where is None or where.kind == "nation" or any(where in run for run in runs):
            continue
        if m.end in replaced:
            continue  # 珠三角（就用广东）
        near = m.start <= end or _BESIDE.fullmatch(reading.text, end, m.start) is not None
        if joinable and near and (regions_join or where.kind == "province"):
            runs[-1].append(where)
        else:
            runs.append([where])
        end, joinable = m.end, regions_join or where.kind == "province"
    return runs


def _vote(reading: Reading) -> float:
    if not reading.has("grouped_about_context"):
        return 0.0
    if labelled(reading):
        return 8.0
    if not reading.has("grouping_context"):
        return 0.0
    runs = groups_of(reading)
    several = len(runs) > 2 and all(run[0].kind == "group" for run in runs)
    return 8.0 if several or any(len(run) > 1 for run in runs) or reading.find("自定义") else 0.0


_REGIONS = re.compile(r"四大(?:区域|板块|地区)|东中西|(?:four|4) (?:big |large |great )?regions", re.IGNORECASE)


def _compile(reading: Reading) -> list[Call]:
    named = labelled(reading) or {"+".join(p.name.en for p in run): run for run in groups_of(reading)}
    if not named and _REGIONS.search(reading.text):
        named = {where.name.en: [where] for where in map(find_place, ("东部", "中部", "西部", "东北"))}
    if not named:
        return []
    groups = {name: [p.name.en for p in members] for name, members in list(named.items())[:6]}
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
