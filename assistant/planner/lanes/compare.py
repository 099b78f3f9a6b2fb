"""Pathways side by side: 比较广东和江苏的碳中和路径, the three scenarios of China, neutral by 2055 against 2060."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.compile_roadmap import SCENARIOS
from assistant.planner.intents import FIRST_PROJECTED
from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading
from data.classification import NATION
from data.errors import TanluError

_BASELINE = r"\bbaseline\b|基准(?=路径|情景|和|与|跟)|基线"
_DUAL = r"双碳(?:情景|路径)?|dual[\s-]carbon"
_NAMED = re.compile(
    r"比较|对比|并列|相比|对照|差多少|差异|区别|比一比|compar|side by side|versus|against|\bvs\b|differ", re.IGNORECASE
)
_NEUTRAL = re.compile(r"中和|净零|零碳|neutral|net[\s-]?zero", re.IGNORECASE)
_ALL_SCENARIOS = re.compile(
    r"三(?:种|个)情景|(?:各|几|不同|所有)(?:种|个)?情景|情景之间|(?:three|all|different) scenarios|across scenarios",
    re.IGNORECASE,
)
_ROAD = re.compile(r"路径|情景|路线|达峰|未来|pathway|scenario|roadmap|\bpeak", re.IGNORECASE)
_SPLIT = re.compile(r"[、,，;；]|和|与|或|还是|以及|\band\b|\bversus\b|\bvs\b|\bor\b|\bagainst\b", re.IGNORECASE)
_POLICY = re.compile(r"目标|规划|条款|文件|target|plan\b|clause|pledge", re.IGNORECASE)
_GOAL = re.compile(
    r"20\d\d\s*年?\s*(?:前|实现|达成)?\s*(?:碳?中和|净零)|(?:neutral\w*|net[\s-]?zero)[^.,]{0,12}20\d\d", re.IGNORECASE
)
FIRST_TARGET = 2035
_WITH_AND_WITHOUT = re.compile(
    r"(?:有无|有没有|用不用|用与不用|有和没有)\s*(?:CCUS|CCS|碳捕集)|有\s*(?:CCUS|CCS|碳捕集)[^，。?？]{0,4}(?:无|没有?|不用)|"
    r"(?:带|含)(?:CCUS|CCS|碳?捕集)[^，。?？]{0,4}(?:不带|不含)|"
    r"with (?:and|or|versus|vs\.?|against) without (?:CCUS|CCS|(?:carbon )?capture)|with (?:CCUS|CCS|(?:carbon )?capture)[^.?]{0,12}without",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"谁(?:更)?[先早]|哪(?:个|一个)(?:省)?(?:更)?[先早]|(?:who|which)[^.?]{0,24}(?:first|earlier|sooner)", re.IGNORECASE
)
_LESS = re.compile(
    r"(?:少|多|差|高|低)(?:排放?)?(?:了)?多少|差(?:距|多大|别)|差多少|多多少|少多少|how much (?:more|less|lower|higher)|differ|gap",
    re.IGNORECASE,
)
_NEAR = 16  # characters between a year and neutrality
_MOST = 4


def _scenarios(reading: Reading) -> list[str]:
    """Scenarios named, in the order of the text."""
    patterns = [*SCENARIOS, ("current_policies", _BASELINE), ("dual_carbon", _DUAL)]
    found = [(m.start(), key) for key, pattern in patterns if (m := reading.find(pattern)) is not None]
    return list(dict.fromkeys(key for _, key in sorted(found)))


def _targets(reading: Reading) -> list[int]:
    """Net-zero years: those that stand within a few words of neutrality; fewer than two make no comparison."""
    if not _NEUTRAL.search(reading.text):
        return []
    words = [m.start() for m in _NEUTRAL.finditer(reading.text)]
    spots = [(m.start(), int(m[0])) for m in re.finditer(r"20[2-6]\d", reading.text)]
    near = [y for at, y in spots if y >= FIRST_TARGET and min(abs(w - at) for w in words) <= _NEAR]
    if len(spots) == 2 and near and len(near) < 2:  # 2055年与2060年中和
        near = [y for _, y in spots if y >= FIRST_TARGET]
    return list(dict.fromkeys(near))


def _variants(reading: Reading) -> list[str]:
    """What-ifs named one beside the other, each as its own words; none where the sentence has fewer than two."""
    from tools.roadmap.read_overrides import read_overrides

    if _WITH_AND_WITHOUT.search(reading.text):
        return ["不用CCUS" if reading.language == "zh" else "without CCUS"]
    found: list[str] = []
    for part in _SPLIT.split(reading.text):
        try:
            changes = read_overrides(part)
        except TanluError:  # out of range or no lever of the model: the tool says so
            changes = ()
            found.append(part.strip())
        if changes:
            found.append(part.strip())
    return found if len(found) > 1 else []


_SURE = 26.0  # with and without capture are two paths, whatever else the words resemble


def _vote(reading: Reading) -> float:
    own = [p for p in reading.places if p != NATION]
    future = any(y >= FIRST_PROJECTED for y in reading.years.all)
    road = _ROAD.search(reading.text) is not None or (_NEUTRAL.search(reading.text) is not None and future)
    if reading.documents or _POLICY.search(reading.text):
        return 0.0
    if _WITH_AND_WITHOUT.search(reading.text):
        return _SURE
    named = _NAMED.search(reading.text) is not None
    several = len(own) > 1 or len(_scenarios(reading)) > 1 or _ALL_SCENARIOS.search(reading.text) is not None
    if named and len(_scenarios(reading)) > 1:
        return 12.0
    if road and named and (several or len(_targets(reading)) > 1):
        return 12.0
    if named and len(_variants(reading)) > 1:
        return 12.0
    each = reading.find(r"分别|各(?:是|为)?多少|\beach\b|respectively|哪个|谁|which") is not None
    emits = reading.has("emits") or any(a.measure == "co2" for a in reading.measures)
    if len(own) > 1 and future and emits and (each or named) and not reading.has("what_if"):
        return 9.0
    return 8.0 if _ALL_SCENARIOS.search(reading.text) else 0.0


def _compile(reading: Reading) -> list[Call]:
    own = [p.name.en for p in reading.places if p != NATION] or [p.name.en for p in reading.places]
    targets, variants = _targets(reading), _variants(reading)
    targets = targets if len(targets) > 1 else []
    scenarios = _scenarios(reading)
    if variants and scenarios == ["dual_carbon"]:
        scenarios = []
    years = [y for y in reading.years.all if y > 2019 and y not in targets]
    if not targets and _neutral_only(reading, years):
        years = []
    args: dict[str, Any] = {
        "places": own[: _MOST + 1] or ([reading.stranger] if reading.stranger else None),
        "scenarios": scenarios or None,
        "target_years": targets or None,
        "variants": variants or None,
        "years": list(dict.fromkeys(years)) or None,
        "leads": _leads(reading),
    }
    return [Call("compare", trimmed(args))]


def _leads(reading: Reading) -> str | None:
    """What is asked of the paths: who peaks first, or by how much they differ."""
    if _FIRST.search(reading.text) and re.search(r"达峰|见顶|\bpeak", reading.text, re.IGNORECASE):
        return "peak"
    return "difference" if _LESS.search(reading.text) else None


def _neutral_only(reading: Reading, years: list[int]) -> bool:
    """Whether the one year named is that of the neutrality the paths lead to (2060碳中和路径)."""
    return len(set(years)) == 1 and _GOAL.search(reading.text) is not None


LANE = Lane("compare", _vote, _compile, whole=True)
