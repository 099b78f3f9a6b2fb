"""Units as people write them, Chinese and English, and how many of a Fact's unit one of them is.

A quantity has a dimension (mass, money, energy, …, or a quotient of two) and a factor to that dimension's base:
tonne, yuan, US dollar, kWh, kW, person, cubic metre, square metre, per cent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_MULTIPLIERS = {
    "万亿": 1e12, "千亿": 1e11, "百亿": 1e10, "十亿": 1e9, "亿": 1e8, "千万": 1e7, "百万": 1e6, "十万": 1e5, "万": 1e4, "千": 1e3,
    "hundred million": 1e8, "ten thousand": 1e4, "trillion": 1e12, "billion": 1e9, "million": 1e6, "thousand": 1e3,
    "10k": 1e4, "10,000": 1e4, "10000": 1e4, "100M": 1e8, "bn": 1e9,
}  # fmt: skip
_BASES: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("吨标准煤", "吨标煤", "tce", "tonnes of coal equivalent", "tons of coal equivalent",
                     "tonnes of standard coal", "tons of standard coal"), ("tce", 1.0)),
    **dict.fromkeys(("千克标准煤", "公斤标准煤", "kgce"), ("tce", 1e-3)), "Mtce": ("tce", 1e6), "Gtce": ("tce", 1e9),
    **dict.fromkeys(("吨", "t", "tonnes", "tonne", "tons", "ton", "metric tons", "metric tonnes"), ("mass", 1.0)),
    "Gt": ("mass", 1e9), "Mt": ("mass", 1e6), "kt": ("mass", 1e3), "megatonnes": ("mass", 1e6), "兆吨": ("mass", 1e6),
    **dict.fromkeys(("千克", "公斤", "kg", "kilograms"), ("mass", 1e-3)),
    **dict.fromkeys(("克", "g", "grams"), ("mass", 1e-6)),
    **dict.fromkeys(("元", "人民币", "yuan", "RMB", "CNY"), ("money", 1.0)),
    **dict.fromkeys(("美元", "USD", "US dollars", "dollars"), ("usd", 1.0)), "kUSD": ("usd", 1e3),
    **dict.fromkeys(("千瓦时", "kWh", "度电"), ("energy", 1.0)),
    **dict.fromkeys(("兆瓦时", "MWh"), ("energy", 1e3)), **dict.fromkeys(("吉瓦时", "GWh"), ("energy", 1e6)),
    **dict.fromkeys(("太瓦时", "TWh"), ("energy", 1e9)),
    **dict.fromkeys(("千瓦", "kW"), ("power", 1.0)), **dict.fromkeys(("兆瓦", "MW"), ("power", 1e3)),
    **dict.fromkeys(("吉瓦", "GW"), ("power", 1e6)), **dict.fromkeys(("太瓦", "TW"), ("power", 1e9)),
    **dict.fromkeys(("人", "people", "persons", "person", "inhabitants", "capita", "head", "residents"), ("persons", 1.0)),
    **dict.fromkeys(("立方米", "m3", "m³", "cubic metres", "cubic meters", "bcm"), ("volume", 1.0)),
    **dict.fromkeys(("平方米", "m2", "m²", "square metres", "square meters"), ("area", 1.0)),
    **dict.fromkeys(("个百分点", "百分点", "percentage points", "percentage point", "pp"), ("pp", 1.0)),
    **dict.fromkeys(("%", "％", "per cent", "percent"), ("percent", 1.0)),
    **dict.fromkeys(("°C", "℃", "摄氏度", "degrees Celsius", "degrees"), ("temperature", 1.0)),
    **dict.fromkeys(("倍", "times", "-fold", "fold"), ("times", 1.0)),
    **dict.fromkeys(("年", "yr", "year", "annum"), ("year", 1.0)),
}  # fmt: skip
_BASES["bcm"] = ("volume", 1e9)
_GAS = r"(?:\s*(?:of\s+)?(?:CO2[- ]?eq?|CO2e|CO₂e|CO2|CO₂|carbon dioxide(?: equivalent)?|二氧化碳当量|二氧化碳|当量))?"

# Unit of a Fact -> dimension, factor to the dimension's base.
OF_FACTS: dict[str, tuple[str, float]] = {
    "Mt CO2": ("mass", 1e6), "Mt CO2e": ("mass", 1e6), "Gt CO2e": ("mass", 1e9), "t CO2/person": ("mass/persons", 1.0),
    "kg CO2/10k yuan": ("mass/money", 1e-7), "100M yuan": ("money", 1e8), "10k yuan": ("money", 1e4),
    "yuan/person": ("money/persons", 1.0), "kUSD": ("usd", 1e3), "10k persons": ("persons", 1e4), "%": ("percent", 1.0),
    "pp": ("pp", 1.0), "%/yr": ("percent/year", 1.0), "kg CO2/kWh": ("mass/energy", 1e-3), "TWh": ("energy", 1e9),
    "GW": ("power", 1e6), "Mtce": ("tce", 1e6), "Mt": ("mass", 1e6), "Mt/yr": ("mass/year", 1e6),
    "billion m3": ("volume", 1e9), "million m2": ("area", 1e6), "yuan/t CO2": ("money/mass", 1.0),
    "tce/10k yuan": ("tce/money", 1e-4), "kWh/person": ("energy/persons", 1.0),
    "°C": ("temperature", 1.0), "year": ("", 1.0), "rank": ("", 1.0), "index": ("", 1.0), "times": ("times", 1.0),
    "count": ("", 1.0), "1": ("", 1.0), "t CO2/t": ("mass/mass", 1.0), "t CO2/10k m3": ("mass/volume", 1e-4),
}  # fmt: skip


def _any(words: Iterable[str]) -> str:
    """Alternatives, longest first; a Latin word must not run on into another letter."""
    parts = []
    for word in sorted(words, key=len, reverse=True):
        tail = r"(?![A-Za-z])" if word[-1].isascii() and word[-1].isalpha() else ""
        parts.append(re.escape(word).replace(r"\ ", r"\s+") + tail)
    return "|".join(parts)


_M, _B = _any(_MULTIPLIERS), _any(_BASES)
_UNIT = re.compile(
    rf"[ \t]*(?P<m>{_M})?[ \t]*(?P<b>{_B})(?P<gas>{_GAS})"
    rf"(?:\s*(?:/|／|每|\bper\b|\ba\b(?=\s+year))\s*(?P<dm>{_M})?\s*(?P<d>{_B})(?![\u4e00-\u9fff]*[时]))?",
    re.IGNORECASE,
)
_BARE_MULTIPLIER = re.compile(rf"[ \t]*(?P<m>{_M})(?![\w%])", re.IGNORECASE)
_LOWER_BASES = {word.casefold(): value for word, value in _BASES.items()}
_LOWER_MULTIPLIERS = {word.casefold(): value for word, value in _MULTIPLIERS.items()}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written: where it ends, its dimension, its factor, whether it names CO2 equivalents."""

    end: int
    dimension: str
    factor: float
    equivalent: bool | None = None  # True: CO2e, False: CO2, None: the words do not say


def read_unit(text: str, start: int) -> Unit | None:
    """The unit that stands at ``start``, directly or after a blank; None where none does."""
    found = _UNIT.match(text, start)
    if found is None:
        bare = _BARE_MULTIPLIER.match(text, start)
        return Unit(bare.end(), "", _multiplier(bare["m"])) if bare else None
    dimension, factor = _base(found["b"])
    factor *= _multiplier(found["m"])
    if found["d"]:
        below, divisor = _base(found["d"])
        dimension, factor = f"{dimension}/{below}", factor / (divisor * _multiplier(found["dm"]))
    return Unit(found.end(), dimension, factor, _equivalent(found["gas"]))


def _base(word: str) -> tuple[str, float]:
    """Case tells Mt from mt only where both exist, so an exact spelling goes first."""
    key = re.sub(r"\s+", " ", word)
    return _BASES.get(key) or _LOWER_BASES[key.casefold()]


def _multiplier(word: str | None) -> float:
    return _LOWER_MULTIPLIERS[re.sub(r"\s+", " ", word).casefold()] if word else 1.0


def _equivalent(gas: str | None) -> bool | None:
    if not gas:
        return None
    return bool(re.search(r"e\b|eq|equivalent|当量", gas.replace("dioxide", "")))


_PER_HEAD = re.compile(r"人均|每人|per (?:capita|head|person)", re.IGNORECASE)
_PER_MONEY = re.compile(
    r"每万元|万元(?:GDP|产值|增加值|产出)|单位(?:GDP|产值|增加值|产出|国内生产总值)|强度|"
    r"per\s+(?:10k|10,000|ten thousand|unit)|intensity",
    re.IGNORECASE,
)
_PER_ENERGY = re.compile(r"每千瓦时|每度电|度电|因子|per kWh|factor", re.IGNORECASE)
_PER_YEAR = re.compile(r"每年|年均|年度|一年|逐年|/年|per year|annual|yearly|a year", re.IGNORECASE)
_PER_TONNE = re.compile(r"每吨|吨成本|per tonne|per ton\b", re.IGNORECASE)
_IMPLIED = {
    "mass/persons": ("mass", _PER_HEAD, 1.0),
    "money/persons": ("money", _PER_HEAD, 1.0),
    "mass/money": ("mass", _PER_MONEY, 1e-4),  # 每万元: the denominator is 10k yuan
    "tce/money": ("tce", _PER_MONEY, 1e-4),
    "energy/persons": ("energy", _PER_HEAD, 1.0),
    "mass/energy": ("mass", _PER_ENERGY, 1.0),
    "mass/year": ("mass", _PER_YEAR, 1.0),
    "money/mass": ("money", _PER_TONNE, 1.0),
}


def factors(unit: Unit | None, fact_unit: str, clause: str) -> tuple[float, ...]:
    """By what to multiply a written number to have it in the fact's unit; empty where the units cannot agree.

    ``clause`` is the text about the figure: 人均5.1吨 is tonnes per person although only tonnes are written.
    """
    dimension, base = OF_FACTS[fact_unit]
    if unit is None or (unit.dimension == "" and dimension != ""):
        return (unit.factor if unit else 1.0,)  # elided: taken in the fact's own unit
    if (fact_unit.endswith("CO2e") and unit.equivalent is False) or (fact_unit.endswith("CO2") and unit.equivalent):
        return ()
    if unit.dimension == dimension:
        return (unit.factor / base,)
    if dimension == "" and unit.dimension in ("times", "year"):
        return (unit.factor,)
    if fact_unit == "1" and unit.dimension == "percent":
        return (0.01,)
    if {unit.dimension, dimension} == {"percent", "percent/year"}:
        return (1.0,)
    implied = _IMPLIED.get(dimension)
    if implied and unit.dimension == implied[0] and implied[1].search(clause):
        return (unit.factor * implied[2] / base,)
    return ()
