"""Units a reader asks for, and amounts written with one: 5亿吨, "8 t per head", 500."""

from __future__ import annotations

import re

from data.errors import BadRequest
from data.text import Text
from tools.units import READERS_UNITS, show

# Words beside the names in READERS_UNITS, by the data unit they may ask for; "" is that unit itself.
_WORDS: dict[str, dict[str, str]] = {
    "Mt CO2": {
        "万吨co2": "万吨", "万吨二氧化碳": "万吨", "10kt": "万吨", "10,000t": "万吨", "10kt co2": "万吨", "10k tonnes": "万吨",
        "10,000 tonnes": "万吨", "亿吨co2": "亿吨", "亿吨二氧化碳": "亿吨", "100mt": "亿吨", "mt": "Mt", "mtco2": "Mt",
        "百万吨": "Mt", "million tonnes": "Mt", "million tons": "Mt", "million t": "Mt",
    },
    "kg CO2/10k yuan": {
        "吨/万元": "t/10k yuan", "t/万元": "t/10k yuan", "吨": "t/10k yuan", "t": "t/10k yuan", "tonnes": "t/10k yuan",
        "t co2/10k yuan": "t/10k yuan", "tco2/10k yuan": "t/10k yuan", "tonnes per 10k yuan": "t/10k yuan",
        "t per 10k yuan": "t/10k yuan", "公斤": "", "千克": "", "kg": "", "千克/万元": "", "公斤/万元": "", "kg/万元": "",
        "kg/10k yuan": "",
    },
    "t CO2/person": {
        "千克": "kg/person", "公斤": "kg/person", "kg": "kg/person", "千克/人": "kg/person", "公斤/人": "kg/person",
        "吨": "", "t": "", "吨/人": "", "t/person": "", "tonnes": "",
    },
    "100M yuan": {"亿": "亿元", "万亿": "万亿元", "trillion yuan": "万亿元"},
    "TWh": {"gwh": "GWh", "twh": "TWh", "亿千瓦时": "", "亿度": "", "亿kwh": ""},
    "GW": {"gw": "GW", "万kw": "万千瓦", "亿千瓦": ""},
    "Mtce": {"万吨标煤": "万吨标准煤", "万吨": "万吨标准煤", "mtce": "", "亿吨标准煤": ""},
    "10k persons": {"万人": "", "万": ""},
    "%": {"百分之": "", "percent": "", "%/yr": ""},
    "%/yr": {"%": ""},
}  # fmt: skip
# Factors of words for amounts that READERS_UNITS does not hold: value in the data's unit = number x factor.
_FACTORS: dict[str, dict[str, float]] = {
    "Mt CO2": {"吨": 1e-6, "t": 1e-6, "gt": 1000.0, "billion tonnes": 1000.0, "百万吨": 1.0, "million tonnes": 1.0},
    "TWh": {"亿千瓦时": 0.1, "亿度": 0.1, "万千瓦时": 1e-5},
    "GW": {"亿千瓦": 100.0, "mw": 0.001},
    "Mtce": {"亿吨标准煤": 100.0, "mtce": 1.0, "万吨标煤": 0.01},
    "10k persons": {"亿人": 10_000.0, "million people": 100.0, "million": 100.0, "人": 1e-4},
    "100M yuan": {"billion yuan": 10.0},
    "kUSD": {"亿美元": 1e5, "billion usd": 1e6, "万美元": 10.0},
    "yuan/person": {"万元": 1e4, "元": 1.0, "万元/人": 1e4, "元/人": 1.0},
}


def _plain(unit: str) -> str:
    return re.sub(r"\s+", " ", unit.strip().lower().replace("₂", "2"))


def read_unit(asked: str, unit: str, notes: list[Text]) -> str | None:
    """The reader's unit for figures in ``unit``: a key of READERS_UNITS, None for the usual one.

    A unit that does not fit is said in ``notes`` and the usual one is shown.
    """
    for name, (base, _) in READERS_UNITS.items():
        if base == unit and _plain(name) == _plain(asked):
            return name
    if _plain(asked) == _plain(unit):
        return None
    word = _WORDS.get(unit, {}).get(_plain(asked))
    if word is None:
        known = "、".join([unit, *(n for n, (base, _) in READERS_UNITS.items() if base == unit)])
        notes.append(
            Text(f"不能换算为“{asked}”，按通常单位给出（可用：{known}）。",
                 f"Cannot show this in '{asked}'; the usual unit is used (available: {known}).")
        )  # fmt: skip
    return word or None


def read_amount(amount: float | str, unit: str) -> float:
    """A threshold as a number in ``unit``: a number is in it already, a string may name another unit of it.

    Raises BadRequest where no number or no fitting unit can be read.
    """
    if isinstance(amount, (int, float)):
        return float(amount)
    found = re.match(r"^\s*(-?\d[\d,]*(?:\.\d+)?)\s*(.*?)\s*$", amount)
    if found:
        number, word = float(found[1].replace(",", "")), _plain(found[2])
        if (
            not word
            or word == _plain(unit)
            or (_WORDS.get(unit, {}).get(word) == "" and word not in _FACTORS.get(unit, {}))
        ):
            return number
        if word in _FACTORS.get(unit, {}):
            return number * _FACTORS[unit][word]
        name = next((n for n, (base, _) in READERS_UNITS.items() if base == unit and _plain(n) == word), None)
        name = name or _WORDS.get(unit, {}).get(word)
        if name:
            return number / READERS_UNITS[name][1].factor
    raise BadRequest(
        "bad_amount",
        Text(f"看不懂数值“{amount}”；请写数字和单位，例如“{show(500, unit, 'zh')}”。",
             f"Cannot read the amount '{amount}'; write a number and a unit, such as {show(500, unit, 'en')}."),
    )  # fmt: skip
