"""Units: one spelling each as data, and how people read them.

``UNITS`` is the closed list of spellings a Fact may carry (adding one is a changelog line). ``show`` scales a value
for a reader: 556.86 Mt CO2 becomes 5.57亿吨 in Chinese and 556.9 Mt CO2 in English.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from data.text import Language, Text

UNITS: frozenset[str] = frozenset(
    {
        "Mt CO2", "Mt CO2e", "Gt CO2e", "t CO2/person", "kg CO2/10k yuan", "100M yuan", "10k yuan", "yuan/person",
        "kUSD", "10k persons", "%", "pp", "%/yr", "kg CO2/kWh", "TWh", "GW", "Mtce", "Mt", "Mt/yr", "billion m3",
        "million m2", "yuan/t CO2", "tce/10k yuan", "kWh/person", "°C", "year", "rank", "index", "times", "count", "1", "t CO2/t",
        "t CO2/10k m3",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scale:
    """How one unit is shown: value x factor, then the word, from ``least`` (absolute, in the data's unit) upward."""

    factor: float
    word: Text
    least: float = 0.0
    decimals: int | None = None  # None: enough for four significant digits at most


def _s(factor: float, zh: str, en: str, least: float = 0.0, decimals: int | None = None) -> Scale:
    return Scale(factor, Text(zh, en), least, decimals)


_CHINESE: dict[str, tuple[Scale, ...]] = {
    "Mt CO2": (_s(0.01, "亿吨", "-", 100), _s(100, "万吨", "-")),
    "Mt CO2e": (_s(0.01, "亿吨二氧化碳当量", "-", 100), _s(100, "万吨二氧化碳当量", "-")),
    "Gt CO2e": (_s(10, "亿吨二氧化碳当量", "-"),),
    "t CO2/person": (_s(1, "吨/人", "-"),),
    "kg CO2/10k yuan": (_s(1, "千克/万元", "-"),),
    "100M yuan": (_s(1e-4, "万亿元", "-", 10_000), _s(1, "亿元", "-")),
    "10k yuan": (_s(1e-4, "亿元", "-", 10_000), _s(1, "万元", "-")),
    "yuan/person": (_s(1, "元/人", "-", decimals=0),),
    "kUSD": (_s(1e-5, "亿美元", "-"),),
    "10k persons": (_s(1, "万人", "-"),),
    "pp": (_s(1, "个百分点", "-", decimals=2),),
    "%/yr": (_s(1, "%/年", "-", decimals=2),),
    "kg CO2/kWh": (_s(1, "千克/千瓦时", "-", decimals=4),),
    "TWh": (_s(10, "亿千瓦时", "-"),),
    "GW": (_s(0.01, "亿千瓦", "-", 100), _s(100, "万千瓦", "-")),
    "Mtce": (_s(0.01, "亿吨标准煤", "-", 100), _s(100, "万吨标准煤", "-")),
    "Mt": (_s(0.01, "亿吨", "-", 100), _s(100, "万吨", "-")),
    "Mt/yr": (_s(0.01, "亿吨/年", "-", 100), _s(100, "万吨/年", "-")),
    "billion m3": (_s(10, "亿立方米", "-"),),
    "million m2": (_s(0.01, "亿平方米", "-", 100), _s(100, "万平方米", "-")),
    "yuan/t CO2": (_s(1, "元/吨", "-"),),
    "tce/10k yuan": (_s(1, "吨标准煤/万元", "-"),),
    "kWh/person": (_s(1, "千瓦时/人", "-", decimals=0),),
    "times": (_s(1, "倍", "-"),),
    "t CO2/t": (_s(1, "吨二氧化碳/吨", "-"),),
    "t CO2/10k m3": (_s(1, "吨二氧化碳/万立方米", "-"),),
}
_ENGLISH: dict[str, tuple[Scale, ...]] = {
    "100M yuan": (_s(1e-4, "-", "trillion yuan", 10_000), _s(0.1, "-", "billion yuan")),
    "10k yuan": (_s(1e-5, "-", "billion yuan", 100_000), _s(0.01, "-", "million yuan")),
    "kUSD": (_s(1e-6, "-", "billion USD", 1_000_000), _s(1e-3, "-", "million USD")),
    "10k persons": (_s(0.01, "-", "million people"),),
    "yuan/person": (_s(1, "-", "yuan per person", decimals=0),),
    "%/yr": (_s(1, "-", "%/yr", decimals=2),),
    "pp": (_s(1, "-", "percentage points", decimals=2),),
    "kg CO2/kWh": (_s(1, "-", "kg CO2/kWh", decimals=4),),
    "kWh/person": (_s(1, "-", "kWh per person", decimals=0),),
    "times": (_s(1, "-", "times"),),
}
# Units a reader may ask for by name, with the data unit they scale.
READERS_UNITS: dict[str, tuple[str, Scale]] = {
    "万吨": ("Mt CO2", _s(100, "万吨", "ten thousand t CO2")),
    "亿吨": ("Mt CO2", _s(0.01, "亿吨", "hundred million t CO2")),
    "Mt": ("Mt CO2", _s(1, "Mt", "Mt CO2")),
    "kt": ("Mt CO2", _s(1000, "千吨", "kt CO2")),
    "t": ("Mt CO2", _s(1e6, "吨", "t CO2", decimals=0)),
    "t CO2e": ("Mt CO2e", _s(1e6, "吨二氧化碳当量", "t CO2e", decimals=0)),
    "kg CO2e": ("Mt CO2e", _s(1e9, "千克二氧化碳当量", "kg CO2e")),
    "Gt": ("Mt CO2", _s(0.001, "十亿吨", "Gt CO2")),
    "t/10k yuan": ("kg CO2/10k yuan", _s(0.001, "吨/万元", "t CO2/10k yuan")),
    "kg/person": ("t CO2/person", _s(1000, "千克/人", "kg CO2/person")),
    "亿元": ("100M yuan", _s(1, "亿元", "hundred million yuan")),
    "万亿元": ("100M yuan", _s(1e-4, "万亿元", "trillion yuan")),
    "kgce/10k yuan": ("tce/10k yuan", _s(1000, "千克标准煤/万元", "kgce/10k yuan")),
    "GWh": ("TWh", _s(1000, "GWh", "GWh")),
    "MWh": ("TWh", _s(1e6, "兆瓦时", "MWh")),
    "kWh": ("TWh", _s(1e9, "千瓦时", "kWh", decimals=0)),
    "tonnes": ("Mt", _s(1e6, "吨", "t")),
    "m3": ("billion m3", _s(1e9, "立方米", "m3", decimals=0)),
    "TWh": ("TWh", _s(1, "TWh", "TWh")),
    "GW": ("GW", _s(1, "GW", "GW")),
    "万千瓦": ("GW", _s(100, "万千瓦", "ten thousand kW")),
    "万吨标准煤": ("Mtce", _s(100, "万吨标准煤", "ten thousand tce")),
}
_NO_WORD = {"rank", "year", "count", "index", "1"}
# Units as files name them, where figures stay in the data's own unit; those not listed read as they are spelled.
_DECLARED: dict[str, Text] = {
    "Mt CO2": Text("Mt CO2，百万吨二氧化碳", "Mt CO2"),
    "Mt CO2e": Text("Mt CO2e，百万吨二氧化碳当量", "Mt CO2e"),
    "Gt CO2e": Text("Gt CO2e，十亿吨二氧化碳当量", "Gt CO2e"),
    "t CO2/person": Text("吨二氧化碳/人", "t CO2/person"),
    "kg CO2/10k yuan": Text("千克二氧化碳/万元", "kg CO2 per 10,000 yuan"),
    "100M yuan": Text("亿元", "100 million yuan"),
    "10k yuan": Text("万元", "10,000 yuan"),
    "yuan/person": Text("元/人", "yuan/person"),
    "kUSD": Text("千美元", "thousand USD"),
    "10k persons": Text("万人", "10,000 people"),
    "pp": Text("个百分点", "percentage points"),
    "%/yr": Text("%/年", "%/yr"),
    "kg CO2/kWh": Text("千克二氧化碳/千瓦时", "kg CO2/kWh"),
    "TWh": Text("TWh，十亿千瓦时", "TWh"),
    "GW": Text("GW，百万千瓦", "GW"),
    "Mtce": Text("Mtce，百万吨标准煤", "Mtce"),
    "Mt": Text("Mt，百万吨", "Mt"),
    "Mt/yr": Text("Mt/年，百万吨/年", "Mt/yr"),
    "billion m3": Text("十亿立方米", "billion m3"),
    "million m2": Text("百万平方米", "million m2"),
    "yuan/t CO2": Text("元/吨二氧化碳", "yuan/t CO2"),
    "tce/10k yuan": Text("吨标准煤/万元", "tce per 10,000 yuan"),
    "kWh/person": Text("千瓦时/人", "kWh/person"),
    "times": Text("倍", "times"),
    "t CO2/t": Text("吨二氧化碳/吨", "t CO2/t"),
    "t CO2/10k m3": Text("吨二氧化碳/万立方米", "t CO2 per 10,000 m3"),
}


def _decimals(number: float) -> int:
    """Four significant digits, no more than three decimals, none from 1,000 up."""
    size = abs(number)
    if size >= 1000 or size == 0:
        return 0
    return max(0, min(3, 3 - math.floor(math.log10(size))))


def _scale(value: float, unit: str, language: Language, reader: str | None) -> Scale:
    if reader is not None and READERS_UNITS.get(reader, ("", None))[0] == unit:
        return READERS_UNITS[reader][1]
    if unit == "times" and abs(value) >= 1:  # 9.34 times, 12.7 times, 127 times
        return _s(1, "倍", "times", decimals=0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2)
    table = _CHINESE if language == "zh" else _ENGLISH
    for scale in table.get(unit, ()):
        if abs(value) >= scale.least:
            return scale
    if unit in ("%",):
        small = 2 if abs(value) >= 0.05 or value == 0 else min(6, 1 - math.floor(math.log10(abs(value))))
        return _s(
            1, "%", "%", decimals=1 if abs(value) >= 1 else small
        )  # two digits, so that a small share is not none
    if unit == "times" and abs(value) >= 1:  # 9.34 times, 12.7 times, 127 times
        return _s(
            1, "倍", "times", decimals=0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
        )  # 9.34 times, 127 times
    if unit in ("year", "rank", "count"):
        return _s(1, unit, unit, decimals=0)
    return _s(1, unit, unit)


def number(value: float, unit: str, language: Language, reader: str | None = None) -> str:
    """The scaled number alone, without its unit (for table cells)."""
    scale = _scale(value, unit, language, reader)
    scaled = value * scale.factor
    decimals = _decimals(scaled) if scale.decimals is None else scale.decimals
    if unit == "year":
        return f"{scaled:.0f}"
    while decimals > 0 and abs(scaled - round(scaled, decimals - 1)) < 1e-9 * max(1.0, abs(scaled)):
        decimals -= 1  # 62 GW, not 62.00 GW, where the figure is just that
    text = f"{scaled:,.{decimals}f}"
    return text[1:] if text.startswith("-") and not text.strip("-0.,") else text


def word(value: float, unit: str, language: Language, reader: str | None = None) -> str:
    """The unit's word for a reader at this size; empty for ranks, years, counts and indices."""
    return "" if unit in _NO_WORD else _scale(value, unit, language, reader).word.to(language)


def span(low: float, high: float, value: float, unit: str, language: Language, reader: str | None = None) -> str:
    """A range in the unit in which its central figure is told, said once: 6,623–13,003万吨; "" where both ends read alike."""
    chosen = _scale(value, unit, language, reader)
    ends = []
    for end in (low, high):
        own = _scale(end, unit, language, reader)
        same = own.word == chosen.word or unit in _NO_WORD
        ends.append(number(end, unit, language, reader) if same else number(end * chosen.factor, "1", language))
    if ends[0] == ends[1]:
        return ""
    if unit in _NO_WORD:
        return f"{ends[0]}–{ends[1]}"
    unit_word = chosen.word.to(language)
    gap = "" if (language == "zh" and not unit_word[0].isascii()) or unit_word.startswith(("%", "°")) else " "
    return f"{ends[0]}–{ends[1]}{gap}{unit_word}"


def declared(unit: str | None, language: Language) -> str:
    """The data's unit as the head of a file names it: Mt CO2，百万吨二氧化碳; empty for ranks, years, counts, indices, none."""
    if unit is None or unit in _NO_WORD:
        return ""
    return _DECLARED[unit].to(language) if unit in _DECLARED else unit


def scale(largest: float, unit: str, language: Language) -> tuple[float, str]:
    """Factor and unit word by which all figures of one axis or column are scaled, chosen by the largest of them."""
    chosen = _scale(largest, unit, language, None)
    return chosen.factor, "" if unit in _NO_WORD else chosen.word.to(language)


def show(value: float, unit: str, language: Language, reader: str | None = None) -> str:
    """Number and unit as a reader expects them. ``reader`` names a unit of READERS_UNITS that was asked for."""
    unit_word = word(value, unit, language, reader)
    amount = number(value, unit, language, reader)
    if not unit_word:
        return amount
    gap = "" if (language == "zh" and not unit_word[0].isascii()) or unit_word.startswith(("%", "°")) else " "
    return f"{amount}{gap}{unit_word}"
