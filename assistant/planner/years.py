"""Years in a question: single ones, lists, spans, five-year plans, "since", "the last ten years", 同年, 历年."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.planner.numbers import CN, WORD, chinese_number, number

FIRST, LAST = 1900, 2100
_UNIT_AFTER = (
    r"(?!\s*(?:万|亿|吨|Mt|Gt|kt|GW|MW|TWh|GWh|kWh|元|千瓦|公里|km|%|个|家|人(?!均|口)|yuan|tonnes|tons|people))"
)
_YEAR = r"(?<![\d.])(?:(?:19|20)\d{2}|2100)(?![\d%]|\.\d|,\d{3})" + _UNIT_AFTER
_SHORT = r"(?<![\d.])(?:[0-3]\d|9[5-9])"
_TO = r"\s*(?:年)?\s*(?:-|到|至|--|to|through|until|till|thru|→|->|\.\.)\s*"
_FIVE_YEAR = {
    "十五": 2001,
    "十一五": 2006,
    "十二五": 2011,
    "十三五": 2016,
    "十四五": 2021,
    "十五五": 2026,
    "十六五": 2031,
}
_ORDINALS = {"tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15}


@dataclass(frozen=True, slots=True)
class Years:
    """What a question says of time.

    ``single``: years named one by one, in order. ``span``: (first, last), either may be None for an open end.
    ``series``: a run of years is wanted (历年, by year). ``last_n``: the last so many years. ``plan``: the first year of
    the five-year plan named. ``same``: the year of before. ``latest``: the newest there is. ``shift``: years from this
    one (去年 is -1); ``beside``: years from the one asked before (上一年 is -1).
    """

    single: tuple[int, ...] = ()
    span: tuple[int | None, int | None] | None = None
    series: bool = False
    last_n: int | None = None
    plan: int | None = None
    same: bool = False
    latest: bool = False
    shift: int | None = None
    beside: int = 0

    @property
    def named(self) -> bool:
        """Whether a year is named at all."""
        return bool(self.single or self.span or self.last_n or self.plan)

    @property
    def all(self) -> tuple[int, ...]:
        """Every year written, those of the span included, in order of time."""
        ends = tuple(y for y in (self.span or ()) if y is not None)
        return tuple(sorted({*self.single, *ends}))


def _short(text: str) -> int:
    value = int(text)
    return 1900 + value if value >= 90 else 2000 + value


def _expand(text: str) -> str:
    """Chinese and two-digit years written out, so that the patterns below read one form."""

    def chinese(m: re.Match[str]) -> str:
        value = chinese_number(m[1])
        if value is None:
            return m[0]
        return f"{int(value) if value > 100 else _short(f'{int(value):02d}')}年"

    text = re.sub(r"([一二][零〇九一二三四五六七八九]{3})年?", chinese, text)
    text = re.sub(r"(?<![零〇一二三四五六七八九十近])([零〇一二][零〇一二三四五六七八九])年", chinese, text)
    text = re.sub(
        rf"({_SHORT})\s*年?{_TO}({_SHORT})年", lambda m: f"{_short(m[1])}-{_short(m[2])}年", text, flags=re.IGNORECASE
    )
    before = r"(?<!近)(?<!前)(?<!过去)(?<!未来)(?<!最近)(?<!后)(?<!这)(?<!每)(?<!连续)(?<!隔)(?<!第)(?<!用了)"
    text = re.sub(rf"{before}({_SHORT})年(?!内|间|来|后|期|的时间|里|左右|以内)", lambda m: f"{_short(m[1])}年", text)
    return re.sub(r"(?<![\w'])'(\d{2})(?!\d)", lambda m: str(_short(m[1])), text)


def _plan(text: str) -> int | None:
    for name in sorted(_FIVE_YEAR, key=len, reverse=True):
        if re.search(rf'(?<![\d一二三四五六七八九十])"?{name}"?(?:规划|时期|期间|末|以来|五年|初|纲要)?', text):
            if name == "十五" and not re.search(r'"十五"|十五(?:规划|时期|期间|计划)', text):
                continue
            return _FIVE_YEAR[name]
    m = re.search(r"第(十[一二三四五六]?)个五年", text)
    if m:
        return _FIVE_YEAR.get(m[1] + "五", 2001)
    m = re.search(r"(1[0-6])\s*(?:th)?\s*(?:five[\s-]*year|5[\s-]*year|fyp)", text, re.IGNORECASE)
    if m:
        return 2001 + 5 * (int(m[1]) - 10)
    m = re.search(rf"({'|'.join(_ORDINALS)})\s*(?:five[\s-]*year|5[\s-]*year|fyp)", text, re.IGNORECASE)
    return 2001 + 5 * (_ORDINALS[m[1].lower()] - 10) if m else None


_SERIES = re.compile(
    r"历年|逐年|各年|每年的|年度变化|by year|year by year|over the years|every year|each year|annually|over time|time series"
    r"|年际|一直以来|all years|所有年份|全部年份|走势|曲线|per year from|yearly",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"同年|同一年|同期|该年|那年|那一年|当年|同样年份|same year|that year|the year before that", re.IGNORECASE
)
_LATEST = re.compile(
    r"最新|最近一年|最近年份|目前|当前|现在|现状|latest|most recent|newest|current(?!\s*price)|nowadays|today|at present",
    re.I,
)


def _open_span(text: str) -> tuple[int | None, int | None] | None:
    y = f"({_YEAR})"
    for pattern, first in (
        (rf"(?:since|from)\s+{y}(?:\s+(?:on|onwards?|onward|to now|to date|to the present|until now))?", True),
        (rf"(?:自从|自)?{y}\s*年?\s*(?:以来|起|之后|以后|开始|至今|到现在|后的)", True),
        (rf"(?:after)\s+{y}", True),
    ):
        m = re.search(pattern, text, re.IGNORECASE)
        if m and first:
            return int(m[1]), None
    return None


def _last_n(text: str) -> int | None:
    m = re.search(rf"(?:近|最近|过去|(?<!之)前|这(?!一))(?:的)?\s*(\d{{1,2}}|{CN})\s*(?:个)?年(?!前|之前|以前)", text)
    m = m or re.search(rf"(?:last|past|previous|recent)\s+(\d{{1,2}}|{WORD})\s+years", text, re.IGNORECASE)
    if m:
        value = number(m[1])
        return int(value) if value and value < 60 else None
    if re.search(r"(?:last|past|previous)\s+decade|近十来年", text, re.IGNORECASE):
        return 10
    return (
        5
        if re.search(r"近几年|近些年|近年来?|recent years|past few years|last few years", text, re.IGNORECASE)
        else None
    )


def _shift(text: str) -> int | None:
    for pattern, years in (
        (r"前年", -2),
        (r"去年|last year|(?<!the )previous year", -1),
        (r"今年|this year", 0),
        (r"明年|(?<!the )next year", 1),
    ):
        if re.search(pattern, text, re.IGNORECASE):
            return years
    return None


def _beside(text: str) -> int:
    ago = re.search(rf"(\d{{1,2}}|{CN})\s*年(?:之|以)?前", text)
    ago = ago or re.search(rf"\b(\d{{1,2}}|{WORD}|a) (?:years?|decades?) (?:ago|earlier|before)", text, re.IGNORECASE)
    if ago:
        count = 1.0 if ago[1].lower() == "a" else number(ago[1])
        decades = 10 if "decade" in ago[0].lower() else 1
        return -int(count * decades) if count and count * decades < 60 else 0
    if re.search(
        r"(?<![比较])(?:上一年|前一年)|the (?:year before|previous year)|one year earlier", text, re.IGNORECASE
    ):
        return -1
    return (
        1
        if re.search(r"下一年|后一年|次年|第二年|the (?:year after|next year|following year)", text, re.IGNORECASE)
        else 0
    )


def read_years(text: str) -> Years:
    """The years of a cleaned question. Years outside 1900-2100 and numbers with a unit are none."""
    text = _expand(text)
    span: tuple[int | None, int | None] | None = None
    rest = text
    m = re.search(rf"({_YEAR}){_TO}((?:19|20)\d{{2}}|2100)(?!\d)", text, re.IGNORECASE) or re.search(
        rf"between\s+({_YEAR})\s+and\s+({_YEAR})", text, re.IGNORECASE
    )
    m = m or re.search(
        rf"(?:start|from|begin|since)\D{{0,12}}({_YEAR})\D{{1,20}}(?:end|to|until)\D{{0,12}}({_YEAR})", text, re.I
    )
    if m is None:
        m = re.search(rf"({_YEAR}){_TO}(\d{{2}})(?!\d|\s*%|\s*percent|\.\d)\s*年?", text, re.IGNORECASE)
    if m:
        first, last = int(m[1]), int(m[2]) if len(m[2]) == 4 else int(m[1][:2] + m[2])
        span = (min(first, last), max(first, last))
        rest = text[: m.start()] + " " + text[m.end() :]
    else:
        span = _open_span(text)
        if span:
            rest = re.sub(rf"{span[0]}", " ", text, count=1)
    single = tuple(dict.fromkeys(int(y) for y in re.findall(_YEAR, rest)))
    if not single and span is None:  # "Hebei 2012 Mt": a unit that follows after a blank is the one to answer in
        single = tuple(
            dict.fromkeys(int(y) for y in re.findall(r"(?<![\d.])((?:199|20[0-6])\d)\s+(?=[A-Za-z吨万亿])", rest))
        )
    return Years(
        single=single,
        span=span,
        series=bool(_SERIES.search(text)),
        last_n=_last_n(text),
        plan=_plan(text),
        same=bool(_SAME.search(text)),
        latest=bool(_LATEST.search(text)),
        shift=_shift(text),
        beside=_beside(text),
    )
