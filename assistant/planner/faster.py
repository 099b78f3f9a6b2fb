"""A or B, which falls faster by a year: the fall of each in a scenario, in per cent, the faster first."""

from __future__ import annotations

import re

from assistant.planner.compile_roadmap import SCENARIOS
from assistant.planner.intents import FIRST_PROJECTED
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading

_LAST, _FIRST_SINCE = 2060, 2019
_MOST = 6
# The pace of a fall that is asked for; it names no scenario, though "faster" alone does.
_PACE = re.compile(
    r"(?:减|降|下降|减排|减少|下滑|回落|脱碳|降碳|减碳)(?:得|的)?(?:速度|幅度|幅|比例)?(?:更|较|比较|要|还)?(?:快|慢|大|猛)|"
    r"(?:更|较)(?:快|慢)(?:地)?(?:减|降|下降|脱碳)|(?:降幅|减幅|降速)(?:更|较)?(?:大|快|小)?|"
    r"\b(?:falls?|fell|drops?|declines?|cuts?|reduc\w+|decreas\w+|decarboni[sz]\w*|shrinks?|goes? down|come?s? down)\b[^.?]{0,24}"
    r"\b(?:faster|quicker|slower|more quickly|more rapidly|more slowly|more steeply|by more|further)|"
    r"\b(?:faster|quicker|slower|steeper) (?:fall|drop|decline|cut|reduction|decarboni[sz]ation)",
    re.IGNORECASE,
)
_WHO = re.compile(r"谁|哪|还是|\bwh(?:ich|o|ose)\b|\bor\b", re.IGNORECASE)
_SLOWER = re.compile(r"慢|小|slow", re.IGNORECASE)
_NET = re.compile(r"净排放|\bnet\b(?![\s-]?zero)", re.IGNORECASE)


def compile_faster(reading: Reading) -> list[Call]:
    """The ranking of the provinces named by their relative change; none where no pace of several provinces is asked for."""
    places = [p for p in reading.places if p.kind == "province"]
    if not 2 <= len(places) <= _MOST or len(places) != len(reading.places):
        return []
    future = [y for y in reading.years.all if FIRST_PROJECTED <= y <= _LAST]
    if not future or not _PACE.search(reading.text) or not _WHO.search(reading.text):
        return []
    if reading.documents or reading.fuels or reading.cities or reading.has("what_if", "target_words", "footprint"):
        return []
    if any(a.measure != "co2" for a in reading.measures):
        return []
    per = reading.per or next((a.per for a in reading.measures if a.per != "none"), None)
    if per not in (None, "none", "head", "gdp"):
        return []
    rest = _PACE.sub(" ", reading.text)
    scenario = next((key for key, pattern in SCENARIOS if re.search(pattern, rest, re.IGNORECASE)), None)
    indicator = {"head": "per_head", "gdp": "per_gdp"}.get(str(per), "net" if _NET.search(reading.text) else "gross")
    since = [y for y in reading.years.all if _FIRST_SINCE <= y < max(future)]
    base = {
        "indicator": indicator,
        "of": "growth",
        "year": max(future),
        "since": min(since) if since else None,
        "places": [p.name.en for p in places],
        "order": None if _SLOWER.search(reading.text) else "asc",
        "scenario": scenario,
    }
    if reading.sectors and indicator != "gross":
        return []
    named: list[str | None] = [reading.called(s) for s in reading.sectors[:2]] or [None]
    return [Call("roadmap_ranking", trimmed({**base, "sector": sector})) for sector in named]
