"""Sectoral decarbonization: 行业脱碳法：企业强度2.0、行业1.8、2050年0.2，2030年目标强度是多少."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading

_N = r"(\d+(?:\.\d+)?)(?![\d年])"
_END = re.compile(rf"2050\s*年?\D{{0,16}}?{_N}|{_N}\s*(?:吨/吨|t/t|kg/kWh|千克/万元)?\s*(?:in|by) 2050", re.IGNORECASE)
_SECTOR = re.compile(rf"(?:行业(?!脱碳)|sector(?!al))\D{{0,20}}?(?<!\d){_N}", re.IGNORECASE)
_COMPANY = re.compile(rf"(?:企业|公司|company|firm|plant)\D{{0,24}}?(?<!\d){_N}", re.IGNORECASE)
_OWN = re.compile(
    rf"(?:我们|我司|我厂|本厂|本公司|自身|\bour\b|\bwe\b|\bmy\b|\bwith\b|\bat\b|是|为)?\D{{0,10}}?(?:碳?强度|intensity)\s*(?:是|为|约|of|is|at|=|:)?\s*(?<!\d){_N}",
    re.IGNORECASE,
)
_LAST = 2050


def _number(pattern: re.Pattern[str], text: str) -> float | None:
    found = pattern.search(text)
    return None if found is None else float(next(g for g in found.groups() if g))


def _given(reading: Reading) -> dict[str, Any]:
    text = reading.text
    end = _number(_END, text)
    rest = _END.sub(" ", text)
    base = _number(_SECTOR, rest)
    own = _number(_COMPANY, rest)
    if own is None:  # 我们强度0.8, with intensity 0.8: no sector's and of no other word
        found = _number(_OWN, rest)
        own = None if found == base else found
    return {"company": own, "sector_base": base, "sector_2050": end}


def _vote(reading: Reading) -> float:
    if not reading.has("sda_convergence"):
        return 0.0
    return 9.0


def _computes(reading: Reading) -> bool:
    """Whether inputs are given, or a province with a sector; else the method is asked about."""
    figures = sum(v is not None for v in _given(reading).values())
    placed = any(p.kind == "province" for p in reading.places) and bool(reading.sectors)
    return figures >= 2 or placed


def _compile(reading: Reading) -> list[Call]:
    if not _computes(reading):  # the tool says what it needs, the documents what the method is
        given = _given(reading)
        given |= {"unit": _unit(reading)} if given["company"] is not None else {}
        return [Call("sda_target", trimmed(given)), Call("policy_search", {"question": reading.text})]
    years = sorted(y for y in reading.years.all if y != _LAST)
    given = _given(reading)
    place = (
        next((p.name.en for p in reading.places if p.kind == "province"), None) if given["company"] is None else None
    )
    args = {
        **given,
        "unit": _unit(reading),
        "base_year": years[0] if len(years) > 1 else None,
        "target_year": years[-1] if years else None,
        "place": place,
        "sector": reading.called(reading.sectors[0]) if place and reading.sectors else None,
    }
    if place:
        args |= {"company": None, "sector_base": None, "base_year": None, "unit": None}
    return [Call("sda_target", trimmed(args))]


def _unit(reading: Reading) -> str | None:
    if reading.find(r"千瓦时|kWh"):
        return "kg CO2/kWh"
    return "kg CO2/10k yuan" if reading.find(r"万元|yuan") else None


LANE = Lane("sda_target", _vote, _compile, whole=True)
