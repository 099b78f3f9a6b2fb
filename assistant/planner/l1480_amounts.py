"""Energy, distances, counts and percent of a question on a digital solution, each with what it is of the assessment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from assistant.planner.numbers import CN, NUMBER, number
from assistant.planner.reader import Reading

_TIMES = {"亿": 1e8, "千万": 1e7, "百万": 1e6, "十万": 1e5, "万": 1e4, "千": 1e3, "百": 1e2, "million": 1e6, "billion": 1e9, "thousand": 1e3,
          "hundred": 1e2, "m": 1e6, "k": 1e3, "": 1.0}  # fmt: skip
_SCALE = r"(?:\s*(?P<s>亿|千万|百万|十万|万|千|million|billion|thousand|hundred|k(?=[ -])|m(?=illion)))?"
_AMOUNT = rf"(?<![A-Za-z\d.])(?P<n>{NUMBER}(?:,\d{{3}})*(?:\.\d+)?|(?<!第){CN}(?=万|亿|千|百|吨|升|度|辆|栋|座|家|个)){_SCALE}\s*-?"
# A unit of energy or distance: pattern, the tool's unit, how many of it. The longer before the shorter.
_UNITS: tuple[tuple[str, str, float], ...] = (
    (r"(?:兆瓦时|MWh)(?![A-Za-z])", "kWh", 1e3), (r"(?:吉瓦时|GWh)(?![A-Za-z])", "kWh", 1e6), (r"(?:太瓦时|TWh)(?![A-Za-z])", "kWh", 1e9),
    (r"(?:千瓦时|度电?|kWh|kilowatt[- ]?hours?)(?![A-Za-z])", "kWh", 1.0), (r"megawatt[- ]?hours?", "kWh", 1e3),
    (r"(?:公升|升|litres?|liters?|L)(?![A-Za-z/])", "litre", 1.0), (r"(?:kL|kilolitres?)(?![A-Za-z])", "litre", 1e3),
    (r"(?:标准?)?(?:立方米|立方|方(?!案|式|面|法)|m3|m³|cubic met(?:re|er)s?)", "m3", 1.0),
    (r"(?:千克|公斤|kg|kilograms?)(?![A-Za-z])", "t", 1e-3), (r"(?:吨|tonnes?|tons?|t)(?![A-Za-z])", "t", 1.0),
    (r"kt(?![A-Za-z])", "t", 1e3), (r"(?:公里|千米|km|kilomet(?:re|er)s?)(?![A-Za-z])", "km", 1.0),
)  # fmt: skip
_ANY_UNIT = "|".join(f"(?P<u{i}>{pattern})" for i, (pattern, _, _) in enumerate(_UNITS))
_SAID = re.compile(rf"{_AMOUNT}(?:{_ANY_UNIT})", re.IGNORECASE)
_PART = re.compile(
    r"[;；。，,](?!\d{3}(?!\d))|\.(?=\s|$)|\bbut\b|\bwhile\b|\band\b(?=[^,.;]{0,40}\d)|而(?=.{0,20}\d)|、(?=.{0,16}\d)|和(?=[^,，。]{0,12}\d)",
    re.IGNORECASE,
)
_CARRIERS: tuple[tuple[str, str], ...] = (
    ("diesel", r"柴油|diesel"), ("gasoline", r"汽油|petrol|gasoline"), ("kerosene", r"煤油|航油|kerosene|jet fuel"),
    ("natural gas", r"天然气|燃气|natural gas|\bgas\b(?!oline)|标方|立方"), ("coke", r"焦炭|\bcoke\b"), ("fuel oil", r"燃料油|重油|fuel oil"),
    ("raw coal", r"原煤|raw coal"), ("coal", r"煤|\bcoal\b"), ("oil", r"(?<!煤|柴|汽|原)油|\boil\b|motor fuel|\bfuel\b"),
)  # fmt: skip
_GAS_MASS = re.compile(r"CO2|二氧化碳|碳排|排放|emission|carbon", re.IGNORECASE)
_ROLE_WORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("first_order", (
        r"自身|自己|本身|平台.{0,8}(?:耗|用|消耗)|系统.{0,4}(?:自|年?耗电|运行)|服务器|机房|数据中心|设备.{0,6}(?:耗|用)|控制器|传感器|一阶",
        r"itself|its own|own (?:power|electricity|use|consumption)|servers?|controllers?|sensors?|first[- ]order|to run|running|operat",
        r"(?:platform|system|software|app|devices?) (?:\w+ ){0,2}(?:uses?|consumes?|draws?|needs?|takes?|runs? on)",
    )),
    ("saved", (
        r"节省|节约|少用|少烧|少耗|少跑|少开|省下|省了?|减少(?!到)|降低(?!到)|避免|替代|取代",
        r"(?<![a-z])sav(?:e|es|ed|ing|ings)\b|avoid|cuts?\b|reduc\w+(?! to)|less\b|fewer|replac|no longer",
    )),
    ("with_solution", (
        r"(?<!未|不)采用(?!前|之前)|使用后|用后|实施后|上线后|安装后|改造后|之后|降到|减到|降至",
        r"with (?:the |it\b|our )|after|now\b|down to|falls? to",
    )),
    ("reference", (
        r"原来|以前|之前|采用前|现在|目前|没有|不用|参考|基准|原本|每年?(?:用|耗)|年(?:用|耗)|用电|耗电|用油|能耗|消耗",
        r"without|before|baseline|reference|current|uses?\b|consum|burns?|each|every",
    )),
)  # fmt: skip
_ROLES = tuple((name, re.compile("|".join(words), re.IGNORECASE)) for name, words in _ROLE_WORDS)
_PER_100 = re.compile(
    rf"每?百公里(?:油耗|电耗|耗油|耗电)?(?:为|约|是)?\s*(?P<a>{NUMBER})"
    rf"|(?P<b>{NUMBER})\s*(?:升|L|litres?|liters?|kWh|千瓦时|度)\s*(?:/|per|每)\s*(?:100|百)\s*(?:km|公里|kilomet\w+)",
    re.IGNORECASE,
)
_THINGS_ZH = r"栋|座|幢|家|处|个|间|辆|台|户"
_THING_EN = r"office|building|site|store|shop|plant|school|hotel|home|household|flat|truck|vehicle|car|taxi|van|hospital|data cent(?:re|er)"
_COUNT = re.compile(
    rf"{_AMOUNT}(?:多|余)?\s*(?:{_THINGS_ZH}|(?:{_THING_EN})s?|factor(?:y|ies)|lorries|bus(?:es)?|branch(?:es)?)(?!月|季|点|百分|[a-z])",
    re.IGNORECASE,
)
_EACH = re.compile(
    rf"每(?:一)?(?:{_THINGS_ZH})|单(?:栋|辆|台|户)|\beach\b|\bevery\b|\bapiece\b|per (?:{_THING_EN}|factory|lorry|bus|branch)|各(?:用|耗)",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"(?P<n>{NUMBER}(?:\.\d+)?)\s*(?:%|percent|per cent|个百分点)|百分之(?P<c>{CN}|\d+)"
    rf"|(?P<cheng>{CN}|\d)成(?!本|为|果)(?P<more>半|[一二三四五六七八九])?",
    re.IGNORECASE,
)
_SAVES = re.compile(r"节|省|降低?|减|少|sav|cut|reduc|less|lower", re.IGNORECASE)
_THAT_IS = re.compile(
    r"(?:即|也就是|合|相当于|\bi\.?e\.?|that is|equal to|equivalent to|amounting to)\s*$", re.IGNORECASE
)
_LOOSE = re.compile(
    rf"{_AMOUNT}\s*(?:次|趟|人次|辆|班次|元|(?:trip|journey|meeting|flight|passenger|vehicle|car|truck|hour)s?|yuan|小时)"
    r"(?![A-Za-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Energy:
    """What of a question the tool takes: uses by role, the number of things, the percent saved, and what it cannot take."""

    uses: tuple[dict[str, Any], ...] = ()
    count: float | None = None
    percent: float | None = None
    aside: tuple[str, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()  # where its amounts stand in the text

    @property
    def args(self) -> dict[str, Any]:
        """As arguments of the tool."""
        out = {"uses": list(self.uses), "count": self.count, "saved_percent": self.percent, "aside": list(self.aside)}
        return {k: v for k, v in out.items() if v}


def _value(m: re.Match[str]) -> float | None:
    value = number(m["n"].replace(",", ""))
    return None if value is None else value * _TIMES[(m["s"] or "").lower()]


def _role(part: str) -> str | None:
    return next((name for name, pattern in _ROLES if pattern.search(part)), None)


def energy_of(reading: Reading) -> Energy:
    """Every amount of energy or distance in a question, by its role; empty where none is said."""
    text = reading.text
    edges = [0, *(m.end() for m in _PART.finditer(text)), len(text)]
    found = [(m, *_unit(m)) for m in _SAID.finditer(text)]
    per_100 = _PER_100.search(text)
    hidden = per_100.span() if per_100 else (-1, -1)
    uses: list[dict[str, Any]] = []
    aside: list[str] = []
    spans: list[tuple[int, int]] = []
    for m, unit, size in found:
        value = _value(m)
        if value is None or hidden[0] <= m.start() < hidden[1]:
            continue
        start = max(e for e in edges if e <= m.start())
        end = min(e for e in edges if e > m.start())
        part = text[start:end]
        carrier = "electricity" if unit == "kWh" else _carrier(text, part, m)
        last = uses[-1] if uses else None
        if carrier is None and unit == "t" and last and last["unit"] == "t" and not _GAS_MASS.search(part):
            carrier = last["carrier"]  # 采用前用煤2万吨，采用后1.8万吨
        if carrier is None:
            if unit == "km":
                aside.append(m[0].strip())
            continue  # tonnes of no fuel are tonnes of CO2
        role = _role_of(text, edges, start, end) or "reference"
        if role == "saved" and _percent(part) is not None and not _THAT_IS.search(text[start : m.start()]):
            role = "reference"  # 900 MWh each save 12 %: the percent is what is saved
        use: dict[str, Any] = {"carrier": carrier, "amount": value * size, "unit": unit, "role": role}
        if _EACH.search(part):
            use["each"] = True
        if unit == "km":
            if per_100 is None:
                aside.append(m[0].strip())
                continue
            use["per_100km"] = float(per_100["a"] or per_100["b"])
        uses.append(use)
        spans.append(m.span())
    count = _count(text) if any("each" in u for u in uses) else None
    if count is None:
        uses = [{k: v for k, v in u.items() if k != "each"} for u in uses]
    taken = [*spans, hidden]
    percent = _percent(text)
    loose = [m for m in _LOOSE.finditer(text) if not any(a <= m.start() < b for a, b in taken)]
    aside += [m[0].strip() for m in loose if count is None or _value(m) != count]
    if not uses and percent is None:
        return Energy(aside=tuple(dict.fromkeys(aside)))
    return Energy(tuple(uses), count, percent, tuple(dict.fromkeys(aside)), tuple(spans))


def _unit(m: re.Match[str]) -> tuple[str, float]:
    at = next(i for i in range(len(_UNITS)) if m[f"u{i}"] is not None)
    return _UNITS[at][1], _UNITS[at][2]


def _carrier(text: str, part: str, m: re.Match[str]) -> str | None:
    """The fuel beside an amount, else of its part of the sentence; None for tonnes of CO2 or of nothing named."""
    after = text[m.end() : m.end() + 16]
    nearby = re.match(r"\s*(?:的|of)?\s*", after)
    ahead = after[nearby.end() :] if nearby else after
    for where in (ahead[:12], part):
        named = next((name for name, pattern in _CARRIERS if re.search(pattern, where, re.IGNORECASE)), None)
        if _GAS_MASS.match(ahead):
            return None
        if named is not None:
            return named
    if _unit(m)[0] not in ("km", "litre"):
        return None
    return next((name for name, pattern in _CARRIERS if re.search(pattern, text, re.IGNORECASE)), None)


def _role_of(text: str, edges: list[int], start: int, end: int) -> str | None:
    """The role by the words of an amount's own part, else of the parts before it."""
    found = _role(text[start:end])
    for edge in reversed([e for e in edges if e < start]):
        if found is not None:
            break
        found = _role(text[edge:start])
    return found


def _count(text: str) -> float | None:
    found = next((m for m in _COUNT.finditer(text) if _value(m) not in (None, 1.0)), None)
    return _value(found) if found else None


def _percent(text: str) -> float | None:
    for m in _PERCENT.finditer(text):
        near = text[max(0, m.start() - 12) : m.end() + 12]
        if not _SAVES.search(near):
            continue
        value = number(m["n"] or m["c"] or m["cheng"] or "")
        if value is not None:
            if not m["cheng"]:
                return value
            return value * 10 + (number(m["more"].replace("半", "五")) or 0.0 if m["more"] else 0.0)  # 一成五 is 15 %
    return None
