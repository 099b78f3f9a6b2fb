"""Turning points and ordinals: the first year above a value, years of fall, who has peaked, the sixth of a ranking."""

from __future__ import annotations

import re

from assistant.planner.numbers import CN, number
from assistant.planner.reader import Reading

_ORDINAL = re.compile(
    rf"(?P<low>倒数)?第(?P<a>\d{{1,2}}|{CN})(?:名|位)?\s*(?:-|到|至)\s*第?(?P<b>\d{{1,2}}|{CN})(?:名|位)?"
    rf"|(?P<low1>倒数)?第(?P<c>\d{{1,2}}|{CN})(?:名|位|大|高|多|低|小|少)?(?!个?五年|二产|三产|一产|季|章|条|次|产业|代|步|种)"
    r"|(?<![\d.])(?P<d>\d{1,2})(?:st|nd|rd|th)(?:\s*(?:-|to|through|until)\s*(?P<e>\d{1,2})(?:st|nd|rd|th)?)?"
    r"|\b(?P<w>second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b"
    r"(?:\s*(?:-|to|through)\s*(?P<v>third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b)?",
    re.IGNORECASE,
)
_WORDS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_RANKED = re.compile(
    r"名|位|第\S{1,3}(?:大|高|多|低|小|少)|排|倒数|rank|place|largest|highest|biggest|lowest|smallest|most|least|emitter|last",
    re.IGNORECASE,
)


def ordinals(reading: Reading) -> tuple[int, int | None, bool] | None:
    """(first, last, from below) of a place in a ranking asked for: 第六名, 5th to 8th, 倒数第二; None where none is.

    The first is left to "highest", and 第几 asks for a position.
    """
    if reading.has("position") and reading.places:
        return None
    for m in _ORDINAL.finditer(reading.text):
        raw, end = _numbers(m)
        if raw is None or (end is None and not _RANKED.search(reading.text[max(0, m.start() - 8) : m.end() + 24])):
            continue
        below = bool(m["low"] or m["low1"]) or bool(
            re.match(r"\s*(?:lowest|smallest|least|last)", reading.text[m.end() :])
        )
        if (raw == 1 and end is None and not below) or not 1 <= raw <= 47:
            continue
        return raw, end, below
    return None


def _numbers(m: re.Match[str]) -> tuple[int | None, int | None]:
    first = m["a"] or m["c"] or m["d"]
    last = m["b"] or m["e"]
    if m["w"]:
        return _WORDS.index(m["w"].lower()) + 1, _WORDS.index(m["v"].lower()) + 1 if m["v"] else None
    a, b = number(first) if first else None, number(last) if last else None
    return (int(a) if a else None), (int(b) if b else None)


_MANY = re.compile(
    r"哪些|哪几|前|后|几个|排名|排行|排序|列|分别|各|全部|所有|都|依次|\brank|\blist|\btop\b|\bbottom\b|\b(?:are|were) the\b"
    r"|provinces|sectors|industries|fuels|cities|regions|places|sources|主要|\bmain\b|order",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"(?:哪|什么)(?:一)?(?:个)?(?:省|市|地区|城市|行业|部门|产业|燃料|能源|年|国家)|哪个(?=人均|单位|总量|占比|排放)|谁|的(?:省|市|地区|行业|部门|燃料)(?:份)?(?:是|为|\?|$|,|\s|\d)"
    r"|\b(?:which|what)(?: \w+){0,3}? (?:province|region|place|sector|industry|fuel|city|source|country)\b|\bwho\b"
    r"|\bthe (?:highest|lowest|largest|smallest|biggest|cleanest|dirtiest)\b"
    r"|\b(?:dirtiest|cleanest|largest|biggest|richest) (?:province|sector|emitter)\b",
    re.IGNORECASE,
)


def the_one(reading: Reading) -> bool:
    """Whether the single highest or lowest is asked for: which province has the highest, 最低的省是哪个."""
    return reading.has("high", "low") and bool(_ONE.search(reading.text)) and not _MANY.search(reading.masked)
