"""Numbers in words and figures, Chinese and English: 百分之四十五, 前三, top four, 1.5 percentage points."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "仨": 3}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_WORDS = {
    w: i
    for i, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "half": 50}  # fmt: skip
CN = r"[零〇一二两三四五六七八九十百千]{1,12}"
WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
NUMBER = r"(?<!\d)\d{1,12}(?:\.\d{1,9})?"  # bounded, so that long rows of digits cost nothing


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the unit written beside it; ``start`` and ``end`` are its place in the text."""

    value: float
    unit: str  # "%", "pp", or as written
    start: int
    end: int


def chinese_number(text: str) -> float | None:
    """十五 as 15, 一百二十 as 120, 二〇一六 as 2016, 四点二 as 4.2; None where it is no number."""
    whole, _, part = text.partition("点")
    if not whole or any(c not in _DIGITS and c not in _STEPS for c in whole + part):
        return None
    if not any(c in _STEPS for c in whole):
        value = float(int("".join(str(_DIGITS[c]) for c in whole)))
    else:
        value, digit = 0.0, 0
        for c in whole:
            if c in _STEPS:
                value += (digit or 1) * _STEPS[c]
                digit = 0
            else:
                digit = _DIGITS[c]
        value += digit
    if part:
        value += float("0." + "".join(str(_DIGITS[c]) for c in part if c in _DIGITS))
    return value


def number(text: str) -> float | None:
    """A number written in figures, in Chinese or as an English word; None where it is none."""
    text = text.strip().lower().replace(",", "")
    if re.fullmatch(NUMBER, text):
        return float(text)
    if text in _WORDS:
        return float(_WORDS[text])
    tens, _, ones = text.partition("-")
    if tens in _WORDS and ones in _WORDS:
        return float(_WORDS[tens] + _WORDS[ones])
    return chinese_number(text)


_PERCENT = re.compile(
    rf"(?P<pp>(?P<a>-?{NUMBER}|{CN}|{WORD})\s*(?:个百分点|个点|percentage points?|pct points?|p\.?p\.?(?![a-z])|points?(?![a-z])))"
    rf"|(?P<pc>(?P<b>-?{NUMBER})\s*(?:%|percent|per cent|pct(?![a-z])))"
    rf"|百分之(?P<c>{CN}(?:点{CN})?|{NUMBER})"
    rf"|(?P<d>{CN})成(?!都|本|果|为|立|员|交|功|效|型|品|分|因|长|熟)"
    rf"|(?<![a-z])(?P<w>{WORD})\s+(?:percent|per cent)",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    rf"(?P<n>{NUMBER}(?:,\d{{3}})*|(?<!第){CN}(?=万|亿|吉瓦))\s*"
    r"(?P<u>亿千瓦时|亿千瓦|万千瓦|吉瓦|GWh|TWh|GW|MW|亿吨|万吨|百万吨|Mt|Gt|kt|million tonnes|million tons|亿元|万亿元|万元"
    r"|万吨标准煤|亿吨标准煤|Mtce|tonnes|tons|吨|元/吨|yuan/t)",
    re.IGNORECASE,
)


def percents(text: str) -> list[Amount]:
    """Percentages (unit "%") and percentage points ("pp") in their order."""
    out: list[Amount] = []
    for m in _PERCENT.finditer(text):
        unit = "pp" if m["pp"] else "%"
        raw = m["a"] or m["b"] or m["c"] or m["w"] or m["d"]
        sign = -1 if raw.startswith("-") and not text[: m.start()].rstrip().endswith(tuple("0123456789")) else 1
        value = number(raw.lstrip("-"))
        if value is None:
            continue
        out.append(Amount(sign * value * (10 if m["d"] else 1), unit, m.start(), m.end()))
    return out


def quantities(text: str) -> list[Amount]:
    """Numbers with a physical or money unit beside them, the unit as written."""
    out: list[Amount] = []
    for m in _QUANTITY.finditer(text):
        value = number(m["n"])
        if value is not None:
            out.append(Amount(value, m["u"], m.start(), m.end()))
    return out


_COUNT = rf"(?P<n>\d{{1,2}}|{CN}|(?:{WORD})(?![a-z]))"
_PLACE_WORD = (
    r"(?:城市|省级地区|省级|省份|省市|省|地区|行业|部门|产业|种燃料|流向|流动|流量|来源|去向|供应商|供方|买方|买家|客户"
    r"|cities|provinces?|regions?|places?|sectors?|industries|industry|fuels?|emitters?"
    r"|flows?|origins?|destinations?|suppliers?|buyers?|partners?)"
)
_MOST = r"(?:largest|biggest|highest|lowest|smallest|most|least|top|bottom|cleanest|dirtiest|worst|best|heaviest|richest|poorest|fastest|slowest)"
_LIMITS = [
    re.compile(r"(?:^|[;,{\s])(?:n|limit|top|count|k|top_n)\s*[:=]\s*(?P<n>\d{1,2})(?!\d)", re.IGNORECASE),
    re.compile(
        rf"(?:前|后|末|倒数)\s*{_COUNT}\s*(?:名|位|个|大|强|省|的|$|高|低|行业|种|,|，|。|\?|\s|是|有)", re.IGNORECASE
    ),
    re.compile(rf"(?:top|bottom|first|last)[\s-]*{_COUNT}(?!\d|\s*years)", re.IGNORECASE),
    re.compile(rf"{_MOST}\s+{_COUNT}(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<![\d.a-z]){_COUNT}\s+{_MOST}", re.IGNORECASE),
    re.compile(rf"(?<![这那几]){_COUNT}\s*(?:个|大|种)\s*(?:最\S{{1,4}}的)?\s*{_PLACE_WORD}", re.IGNORECASE),
    re.compile(rf"(?:which|what|the)\s+{_COUNT}\s+{_PLACE_WORD}", re.IGNORECASE),
    re.compile(rf"(?<![a-z]){_COUNT}\s+{_PLACE_WORD}\s+(?:with|by|that|emit|have|had|of)", re.IGNORECASE),
]


def limit(text: str) -> int | None:
    """How many the asker wants of a ranking: 前三, 最大的四个省, top 5, lowest four; None where none is said."""
    for pattern in _LIMITS:
        for m in pattern.finditer(text):
            value = number(m["n"])
            if value is not None and 1 <= value <= 47 and value == int(value):
                return int(value)
    return None
