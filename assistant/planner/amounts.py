"""Amounts with their units, and what stands beside each in its part of the sentence: 河北钢材500万元, 200 GWh of power."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from assistant.audit.quantities import Unit, read_unit
from assistant.planner.numbers import CN, NUMBER, number
from assistant.planner.reader import Reading
from data.classification import Fuel, Place, Sector

_NUMBER = re.compile(rf"(?<![A-Za-z\d.])(?:{NUMBER}(?:,\d{{3}})*(?:\.\d+)?|(?<!第){CN}(?=万|亿|千瓦))")
_BREAK = re.compile(r"[;；。、，]|,(?!\d{3}(?!\d))|\band\b|以及|和(?=[^,，、;；。]{0,12}\d)", re.IGNORECASE)


_CUBIC = re.compile(r"\s*(?P<m>亿|千万|百万|万|千)?(?:标准?)?(?:立?方)(?!米|公里|面|案|法|式|向)")  # 200万方 of gas
_DEGREES = re.compile(r"\s*(?P<m>亿|千万|百万|万|千)?度(?!电)")  # 5亿度: everyday Chinese for kWh
_YUAN = re.compile(r"\s*(?P<m>亿|千万|百万|万|千)?(?:块钱|块|元钱)")
_SHORT_YUAN = re.compile(
    r"\s?(?P<m>k|m|mn|bn)(?![A-Za-z])(?P<unit>\s*(?:yuan|rmb|cny))?", re.IGNORECASE
)  # 500k, 2m yuan
_MONEY_SAID = re.compile(r"yuan|\brmb\b|\bcny\b", re.IGNORECASE)
_SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9}
_SUM = re.compile(r"\s*(?P<m>亿|千万|百万|万)(?=[,，、;；。\s]|$)")  # 投资12亿
_PAID = re.compile(r"(?:投资|花了?|投入|采购额?|产值)\s*(?:约|为|是)?\s*[\d.]+$")
_TIMES = {"亿": 1e8, "千万": 1e7, "百万": 1e6, "万": 1e4, "千": 1e3, None: 1.0}


@dataclass(frozen=True, slots=True)
class Said:
    """An amount in the base of its ``dimension`` (yuan, kWh, tonnes, cubic metres) with the things named beside it."""

    value: float
    dimension: str
    text: str  # the part of the sentence it stands in
    place: Place | None
    sector: Sector | None
    fuel: Fuel | None
    below_zero: bool = False  # a minus or 负 stands before it

    @property
    def signed(self) -> float:
        """The value with its sign: what a tool is given, which refuses what cannot be negative."""
        return -self.value if self.below_zero else self.value


# A minus that is no dash of a range or a compound: after words, an opening or at the very start.
_MINUS = re.compile(r"(?:(?:^|[^\W\d_]|[\s:=(,为是])\s*-|负|\b(?:minus|negative)\s)\s*$", re.IGNORECASE)


def amounts(reading: Reading) -> list[Said]:
    """Every amount with a unit, in order, a yearly one as what it is in a year.

    The place, sector and fuel are those named in the same part of the sentence.
    """
    text = reading.text
    breaks = [0, *(m.end() for m in _BREAK.finditer(text)), len(text)]
    parts = list(itertools.pairwise(breaks))
    out = []
    for m in _NUMBER.finditer(text):
        unit, value = _everyday(text, m.end()) or read_unit(text, m.end()), number(m[0])
        if unit is None or not unit.dimension or value is None:
            continue
        start, end = next((a, b) for a, b in parts if a <= m.start() < b)
        near = [x for x in reading.mentions if start <= x.start < max(end, unit.end)]
        near.sort(key=lambda x: abs(x.start - m.start()))  # of several the one closest to the amount
        things = [x.meaning for x in near]
        out.append(
            Said(
                value * unit.factor, unit.dimension.removesuffix("/year"), text[start:end],
                next((x.place for x in things if x.place is not None), None),
                next((x.sector for x in things if x.sector is not None and x.sector.kind != "total"), None),
                next((x.fuel for x in things if x.fuel is not None), None),
                _MINUS.search(text[: m.start()]) is not None,
            )
        )  # fmt: skip
    return out


def _everyday(text: str, start: int) -> Unit | None:
    """Units of everyday Chinese that the audit of answers need not know."""
    for pattern, dimension in ((_DEGREES, "energy"), (_CUBIC, "volume"), (_YUAN, "money")):
        found = pattern.match(text, start)
        if found:
            return Unit(found.end(), dimension, _TIMES[found["m"]])
    bare = _SUM.match(text, start)
    if bare and _PAID.search(text[:start]):
        return Unit(bare.end(), "money", _TIMES[bare["m"]])
    short = _SHORT_YUAN.match(text, start)
    if short and (short["unit"] or _MONEY_SAID.search(text)):
        return Unit(short.end(), "money", _SHORT[short["m"].lower()])
    return None
