"""Figures in a digest: value, dimension and place, so that digests and targets can be held against each other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from data.text import Language

_NUMBER = r"(?<![\d.,A-Za-z〔])(?P<number>\d[\d,]*(?:\.\d+)?)"
# Unit as written -> (dimension, factor to the data's unit), the longest first.
_CHINESE: tuple[tuple[str, str, float], ...] = (
    ("亿吨标准煤", "Mtce", 100), ("万吨标准煤", "Mtce", 0.01),
    ("亿吨二氧化碳当量", "Mt", 100), ("亿吨/年", "Mt", 100), ("万吨/年", "Mt", 0.01), ("亿吨", "Mt", 100),
    ("万吨", "Mt", 0.01), ("亿千瓦", "GW", 100), ("万千瓦", "GW", 0.01), ("亿立方米", "billion m3", 0.1),
    ("亿平方米", "million m2", 100), ("万平方米", "million m2", 0.01), ("个百分点", "pp", 1), ("%/年", "%", 1), ("%", "%", 1),
    ("°C", "°C", 1), ("倍", "times", 1), ("个", "count", 1), ("年", "year", 1),
)  # fmt: skip
_ENGLISH: tuple[tuple[str, str, float], ...] = (
    (" Mtce", "Mtce", 1), (" Gt CO2e", "Mt", 1000), (" Mt of CO2", "Mt", 1), (" Mt a year", "Mt", 1), (" Mt", "Mt", 1),
    (" GW", "GW", 1), (" billion m3", "billion m3", 1), (" million m2", "million m2", 1),
    (" percentage points", "pp", 1), (" percentage point", "pp", 1), ("% a year", "%", 1), ("%", "%", 1), ("°C", "°C", 1),
    (" times", "times", 1), (" national", "count", 1), (" typical", "count", 1),
)  # fmt: skip
_DIMENSIONS = {"Mt/yr": ("Mt", 1.0), "Mt CO2": ("Mt", 1.0), "Mt CO2e": ("Mt", 1.0), "Gt CO2e": ("Mt", 1000.0),
               "%/yr": ("%", 1.0)}  # fmt: skip
_WORDS_ONLY = {"count"}  # the unit's word belongs to the sentence and is no part of the figure


def _pattern(units: tuple[tuple[str, str, float], ...]) -> re.Pattern[str]:
    return re.compile(_NUMBER + "(?P<unit>" + "|".join(re.escape(u) for u, _, _ in units) + r")(?![A-Za-z0-9])")


_PATTERNS = {"zh": _pattern(_CHINESE), "en": _pattern(_ENGLISH)}
_UNITS = {"zh": {u: (d, f) for u, d, f in _CHINESE}, "en": {u: (d, f) for u, d, f in _ENGLISH}}
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d{2}(?![\d,])")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text: value in the dimension's unit, and the span that number and unit take."""

    value: float
    dimension: str
    start: int
    end: int


def dimension(value: float, unit: str) -> tuple[float, str]:
    """A value of a data unit as (value, dimension), comparable with a Figure."""
    name, factor = _DIMENSIONS.get(unit, (unit, 1.0))
    return value * factor, name


def same(figure: Figure, value: float, unit: str) -> bool:
    """Whether a figure of a text is this value."""
    wanted, name = dimension(value, unit)
    return figure.dimension == name and abs(figure.value - wanted) <= 1e-9 * max(1.0, abs(wanted))


def read_figures(text: str, language: Language) -> list[Figure]:
    """The figures of a digest in order of appearance; in English a bare year counts as one of dimension ``year``."""
    out: list[Figure] = []
    for found in _PATTERNS[language].finditer(text):
        name, factor = _UNITS[language][found["unit"]]
        end = found.end("number") if name in _WORDS_ONLY else found.end()
        out.append(Figure(float(found["number"].replace(",", "")) * factor, name, found.start(), end))
    if language == "en":
        taken = [(f.start, f.end) for f in out]
        for found in _YEAR.finditer(text):
            if not any(start <= found.start() < end for start, end in taken):
                out.append(Figure(float(found.group()), "year", found.start(), found.end()))
    return sorted(out, key=lambda f: f.start)
