"""Limits in a question: above 500 Mt, 低于8吨, and the conditions that two measures must meet at once."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.numbers import Amount
from assistant.planner.reader import Reading, read
from tools.measures import Asked


def threshold_of(reading: Reading) -> dict[str, Any]:
    """``above``/``below`` with the amount that stands after the comparing word."""
    if not reading.has("above", "below") or (
        not reading.has("which_place", "count", "by_place", "rank", "each", "extreme_year")
        and not reading.find(
            r"哪些年|哪几年|多少年|几年|years|哪些行业|which sectors|几个|有哪些|list|provinces|省份?|regions"
        )
    ):
        return {}
    return limit_of(reading)


def limit_of(reading: Reading) -> dict[str, Any]:
    """``above`` or ``below`` with the amount compared with; empty where no amount is."""
    amount = _amount(reading)
    if amount is None:
        return {}
    text, value = amount
    before = reading.text[:text]
    after = reading.text[text:]
    below = re.search(rf"(?:{_LESS})\s*$", before, re.IGNORECASE)
    below = below or re.match(r"\S{0,8}(?:以下|以内|or less|or below|or under)", after)
    return {"below": value} if below else {"above": value}


_MORE = (
    r"超过|达到|跨过|破|高于|大于|多于|不低于|至少|突破|above|over|pass(?:es|ed)?|surpass(?:es|ed)?|cross(?:es|ed)?|reach(?:es|ed)?|top(?:s|ped)?"
    r"|exceed(?:s|ed|ing)?|(?:more|greater|higher) than|at least|no less than|[>≥]=?"
)
_LESS = (
    r"低于|跌破|降到|降至|少于|小于|不超过|不高于|不到|(?:fall|fell|drop|dropped) (?:to|below|under)|below|under"
    r"|(?:less|fewer|lower) than|at most|no more than|[<≤]=?"
)
_COMPARED = re.compile(
    rf"(?:{_MORE}|{_LESS})(?:了|过)?\s*(?P<v>-?\d+(?:,\d{{3}})*(?:\.\d+)?)"
    r"|(?P<w>\d+(?:\.\d+)?)\s*[A-Za-z%/\u4e00-\u9fff]{0,8}?(?:以上|以下|以内)",
    re.IGNORECASE,
)


def _amount(reading: Reading) -> tuple[int, float | str] | None:
    for m in _COMPARED.finditer(reading.text):
        raw, start = (m["v"], m.start("v")) if m["v"] else (m["w"], m.start("w"))
        near: list[Amount] = [q for q in (*reading.quantities, *reading.percents) if q.start == start]
        if near:
            unit = near[0].unit
            return start, near[0].value if unit == "%" else f"{near[0].value:g}{unit}"
        value = float(raw.replace(",", ""))
        if value in reading.years.all and not near:
            continue
        return start, value
    return None


_AND = re.compile(
    r",?\s*(?:而且|并且|同时|但是|而|且|但|却)|,?\s*\b(?:and|but|while|yet)\b(?: (?:with|whose|where|their|its))?",
    re.IGNORECASE,
)


def two_conditions(reading: Reading) -> tuple[Reading, Reading] | None:
    """A question for the places that meet two conditions, each of its own measure, as two readings; else None."""
    if not reading.has("which_place", "count", "above", "below", "falls", "rises"):
        return None
    for m in _AND.finditer(reading.text):
        first, second = read(reading.text[: m.start()]), read(reading.text[m.end() :])
        if _condition(first) and _condition(second) and _measure(first) != _measure(second):
            years = " ".join(str(y) for y in reading.years.all)
            span = f" {min(reading.years.all)}-{max(reading.years.all)}" if len(reading.years.all) > 1 else f" {years}"
            which = " 的省有哪些" if reading.language == "zh" else " which provinces"
            return tuple(read(_bare(r, reading) + which + span) for r in (first, second))  # type: ignore[return-value]
    return None


def _condition(reading: Reading) -> bool:
    return _measure(reading) is not None and (bool(limit_of(reading)) or reading.has("falls", "rises"))


def _measure(reading: Reading) -> Asked | None:
    """What a condition measures; a verb of emitting is CO2."""
    return reading.measures[0] if reading.measures else Asked("co2") if reading.has("emits") else None


def _bare(half: Reading, whole: Reading) -> str:
    """A half of the question without its years, which stand once for both."""
    text = re.sub(r"(?:的)?省(?:份)?(?:有哪些|是哪些|有几个)?|which provinces", " ", half.text, flags=re.IGNORECASE)
    for year in whole.years.all:
        text = re.sub(rf"(?:-|到|至|\bto\b|\bin\b|\bbetween\b|\band\b|\bfrom\b)?\s*{year}年?", " ", text)
    return text
