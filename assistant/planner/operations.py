"""Which operation of ``figures`` a question wants, over what, in which order, how many, drawn how."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from assistant.planner.numbers import Amount
from assistant.planner.reader import Reading
from tools.measures import Measure


@dataclass(frozen=True, slots=True)
class Wanted:
    """An operation with its settings; see ``tools.figures.arguments`` for the meaning of each."""

    operation: str = "value"
    of: str = "value"
    over: str | None = None
    order: str | None = None
    limit: int | None = None
    above: float | str | None = None
    below: float | str | None = None
    chart: str | None = None


_PERCENTISH = r"百分|%|percent|per cent|比例|率|幅|增速|how fast|\brate\b|relative"
_MASSISH = (
    r"万吨|亿吨|\bMt\b|多少吨|tonnes|tons|absolute|亿元|万人|千瓦|TWh|GW|how much more|how much less|多少亿|多少万"
)


def wanted(reading: Reading, measure: Measure) -> Wanted:
    """The operation wanted of one measure."""
    chart = _chart(reading)
    movement = _movement(reading)
    order = "asc" if _low(reading) or (movement and _falling(reading)) else None
    threshold = _threshold(reading, movement) or _turned(reading, movement)
    if reading.has("extreme_year") and not threshold and not reading.has("about"):
        return Wanted("peak", of=_of(reading, movement), order=order, chart=chart)
    if threshold:
        return Wanted("threshold", of=_of(reading, movement), over=_over(reading, measure), chart=chart, **threshold)
    over = _over(reading, measure)
    if reading.has("position") and (reading.places or reading.stranger or not reading.has("which_place")):
        ranked = over if over != "places" else None
        return Wanted("position", of=_of(reading, movement), over=ranked, order=order, chart=chart)
    if _ranks(reading, over):
        return Wanted("rank", of=_of(reading, movement), over=over, order=order, limit=reading.limit, chart=chart)
    if movement and reading.has("compare") and len(reading.places) > 1:
        return Wanted("compare", of=movement, chart=chart)
    if (
        _shares(reading, movement)
        and not (reading.has("trend") and not reading.years.single)
        and not movement_of_share(reading)
    ):
        return Wanted("share", over=over if over != "places" or reading.has("by_place") else None, chart=chart)
    if movement and not (reading.has("trend") and _series_rather(reading, movement)):
        return Wanted(movement, of="share" if reading.has("share") else "value", over=_each(over), chart=chart)
    series = reading.years.series and len(reading.years.single) != 1  # "yearly emissions in 2012" are one year's
    if reading.has("trend", "line") or series or _spans(reading):
        return Wanted("trend", of="share" if reading.has("share") else "value", over=_each(over), chart=chart)
    return _rest(reading, over, chart)


def _rest(reading: Reading, over: str | None, chart: str | None) -> Wanted:
    """Compositions, comparisons, sums and plain values."""
    if chart == "treemap" or over in ("sectors", "fuels", "parts"):
        return Wanted("share", over=over or "sectors", chart=chart)
    if chart == "tilemap" or (over == "places" and reading.has("by_place", "count")):
        return Wanted("rank", over="places", limit=reading.limit, chart=chart)
    several = len(reading.places) > 1 or len(reading.sectors) > 1 or len(reading.fuels) > 1
    if several and reading.has("compare", "difference", "high", "low", "percent"):
        return Wanted("compare", order="asc" if _low(reading) else None, chart=chart)
    if reading.has("sum", "cumulative") and several:
        return Wanted("sum", chart=chart)
    if reading.has("sum", "cumulative") and reading.years.span:
        return Wanted("sum", chart=chart)
    if reading.has("mean") and (several or reading.years.span or any(p.kind == "group" for p in reading.places)):
        return Wanted("mean", chart=chart)
    if reading.has("draw") and not reading.years.named and len(reading.places) <= 1 and chart is None:
        return Wanted("trend", over=_each(over), chart="line")
    return Wanted("value", chart=chart)


def _series_rather(reading: Reading, movement: str) -> bool:
    """Whether a trend is asked rather than one change: no years, or no word for the change's own unit."""
    plain = movement in ("change", "growth") and not reading.find(_PERCENTISH) and not reading.find(_MASSISH)
    return plain or not reading.years.named


def _falling(reading: Reading) -> bool:
    """Whether the biggest fall is asked: cut most, 下降最多, 降幅最大."""
    return reading.has("falls") and reading.has("high")


def _turned(reading: Reading, movement: str | None) -> dict[str, Any]:
    """哪些省下降了: the places whose change is below (or above) zero."""
    if movement not in ("change", "growth", "yoy") or reading.limit or reading.has("high", "low", "rank"):
        return {}
    if not reading.has("which_place", "count"):
        return {}
    return {"below": 0} if reading.has("falls") else {"above": 0} if reading.has("rises") else {}


def _each(over: str | None) -> str | None:
    return over if over in ("sectors", "fuels", "parts") else None


def movement_of_share(reading: Reading) -> bool:
    """Whether the change of a share is asked (占比变化, change in the share of …)."""
    return bool(
        reading.find(
            r"(?:占比|比重|份额).{0,6}(?:变化|上升|下降|提高|增加|减少)|(?:change|rise|fall|increase|decrease) in (?:the |its )?share"
        )
    )


def _shares(reading: Reading, movement: str | None) -> bool:
    """Whether a share is asked; 百分之几 alone is one only where no change is."""
    return reading.has("share") or (reading.has("percent") and movement is None and len(reading.places) < 2)


def _low(reading: Reading) -> bool:
    return reading.has("low") and not reading.find(r"最高.{0,4}(?:和|与).{0,4}最低|highest and (?:the )?lowest")


def _movement(reading: Reading) -> str | None:
    """The kind of change over time asked for, if any."""
    if reading.has("cagr"):
        return "cagr"
    if reading.has("yoy"):
        return "yoy"
    two = len(reading.years.all) >= 2 or reading.years.span is not None or reading.years.plan or reading.years.last_n
    beside = two and reading.has("difference", "compare") and len(reading.places) < 2
    if not reading.has("growth", "change") and not beside:
        return None
    percent, mass = reading.find(_PERCENTISH), reading.find(_MASSISH)
    ranked = reading.has("which_place", "rank", "high", "low") and reading.has("growth", "change")
    kind = "growth" if reading.has("growth") else "change"
    if percent and not mass:
        kind = "growth"
    elif mass and not percent:
        kind = "change"
    if two or ranked:
        return kind
    if len(reading.years.single) != 1:
        return None
    return kind if since(reading, reading.years.single[0]) else "yoy"


def since(reading: Reading, year: int) -> bool:
    """Whether a year named alone is the base of a change: 比2005年, compared with 2005, since 2005."""
    before = r"(?:比|较|相比|自|从|compared (?:with|to)|than(?: in)?|against|since|from|after)"
    return reading.find(rf"{before}\s*{year}") is not None


def _of(reading: Reading, movement: str | None) -> str:
    if movement:
        return movement
    share = reading.has("share") and (reading.sectors or reading.fuels or reading.find("占|share|比重"))
    return "share" if share else "value"


def _over(reading: Reading, measure: Measure) -> str | None:
    """What is ranked or shared out, if the question says so."""
    if measure.sectors and reading.has("which_sector", "by_sector"):
        return "sectors"
    if measure.fuels and reading.has("which_fuel", "by_fuel"):
        return "fuels"
    if (measure.parts or measure.parts_sql) and reading.has("by_part", "by_fuel", "which_fuel"):
        return "parts"
    if not measure.placed and reading.has("rank", "high", "low", "which_place", "count"):
        return "parts"
    if reading.find(r"哪些年|哪几年|多少年|几年|which years|how many years|in what years"):
        return "years"
    if reading.has("which_place", "by_place", "count") and measure.placed:
        return "places"
    return None


def _ranks(reading: Reading, over: str | None) -> bool:
    several = len(reading.places) > 1 and not any(p.kind == "group" for p in reading.places)
    if reading.has("rank") and not several:
        return True
    if several and over in (None, "places") and len(reading.places) <= 4:
        return reading.has("rank") and reading.limit is None
    if reading.has("high", "low") and (over is not None or reading.limit is not None):
        return True
    if reading.has("high", "low") and not reading.places and not reading.has("peak"):
        return True
    return reading.limit is not None and over is not None


def _spans(reading: Reading) -> bool:
    """A span without any other wish is a series."""
    y = reading.years
    return (y.span is not None or y.last_n is not None) and not reading.has("sum", "mean", "cumulative")


def _threshold(reading: Reading, movement: str | None) -> dict[str, Any]:
    """``above``/``below`` with the amount that stands after the comparing word."""
    if not reading.has("above", "below") or (
        not reading.has("which_place", "count", "by_place", "rank", "each", "extreme_year")
        and not reading.find(
            r"哪些年|哪几年|多少年|几年|years|哪些行业|which sectors|几个|有哪些|list|provinces|省份?|regions"
        )
    ):
        return {}
    amount = _amount(reading)
    if amount is None:
        return {}
    text, value = amount
    before = reading.text[:text]
    after = reading.text[text:]
    below = re.search(rf"(?:{_LESS})\s*$", before, re.IGNORECASE)
    below = below or re.match(r"\S{0,8}(?:以下|以内|or less|or below|or under)", after)
    return {"below": value} if below else {"above": value}


_MORE = "超过|高于|大于|多于|不低于|至少|突破|above|over|exceed(?:s|ed|ing)?|(?:more|greater|higher) than|at least|no less than|[>≥]=?"
_LESS = "低于|少于|小于|不超过|不高于|不到|below|under|(?:less|fewer|lower) than|at most|no more than|[<≤]=?"
_COMPARED = re.compile(
    rf"(?:{_MORE}|{_LESS})\s*(?P<v>-?\d+(?:,\d{{3}})*(?:\.\d+)?)"
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


_CHARTS = (("treemap", "treemap"), ("pie", "treemap"), ("tilemap", "tilemap"), ("line", "line"), ("bar", "bar"))


def _chart(reading: Reading) -> str | None:
    return next((chart for cue, chart in _CHARTS if reading.has(cue)), None)
