"""Which operation of ``figures`` a question wants, over what, in which order, how many, drawn how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.planner.reader import Reading
from assistant.planner.thresholds import limit_of, threshold_of
from assistant.planner.turning import ordinals, the_one
from tools.measures import Measure


@dataclass(frozen=True, slots=True)
class Wanted:
    """An operation with its settings; see ``tools.figures.arguments`` for the meaning of each."""

    operation: str = "value"
    of: str = "value"
    over: str | None = None
    order: str | None = None
    limit: int | None = None
    nth: int | None = None
    to_nth: int | None = None
    which: str | None = None
    above: float | str | None = None
    below: float | str | None = None
    chart: str | None = None


_YEARS = r"哪些年|哪几年|多少年|几年|which years|how many years|in what years"


def turning_point(reading: Reading, measure: Measure, chart: str | None) -> Wanted | None:
    """Who has peaked; the first or last year above a value; the years in which a figure fell or rose; how many times."""
    if reading.has("what_if"):
        return None
    places = reading.has("which_place", "by_place", "count") and not any(p.kind == "province" for p in reading.places)
    if reading.has("peaking"):
        return Wanted("peak", over="places" if places else None, chart=chart)
    limits = limit_of(reading)
    if reading.has("crossing") and limits and not places and not reading.years.single:
        which = "last" if reading.has("last_time") else None
        return Wanted("crossing", of=_of(reading, None), which=which, chart=chart, **limits)
    if (
        not places
        and len(reading.years.single) < 2
        and not reading.has("position", "high", "low", "cagr", "which_sector")
    ):
        if reading.has("fall_years"):
            return Wanted("falls", chart=chart)
        if reading.has("rise_years"):
            return Wanted("rises", chart=chart)
    two = len(reading.years.all) == 2 or reading.years.span is not None
    if reading.has("times") and two and len(reading.places) < 2:
        return Wanted("times", over=_each(_over(reading, measure)), chart=chart)
    return None


_PERCENTISH = r"百分|%|percent|per cent|比例|率|幅|增速|how fast|\brate\b|relative"
_FASTEST = r"最快|快慢|fastest|quickest|most rapid"
_MASSISH = r"万吨|亿吨|\bMt\b|多少吨|tonnes|tons|absolute|绝对(?:量|值|数)|亿元|万人|千瓦|TWh|GW|how much more|how much less|多少亿|多少万"


def wanted(reading: Reading, measure: Measure) -> Wanted:
    """The operation wanted of one measure."""
    chart = _chart(reading)
    movement = _movement(reading)
    order = "asc" if _low(reading) or (movement and _falling(reading)) else None
    if (
        reading.has("yearly_growth")
        and not reading.has("high", "low", "rank", "which_place")
        and len(reading.years.single) < 2
    ):
        return Wanted("trend", of="yoy", chart=chart)
    turning = turning_point(reading, measure, chart)
    if turning is not None:
        return turning
    threshold = threshold_of(reading) or _turned(reading, movement)
    if reading.has("extreme_year") and not threshold and not reading.has("about"):
        return Wanted("peak", of=_of(reading, movement), order=order, chart=chart)
    if threshold:
        return Wanted("threshold", of=_of(reading, movement), over=_over(reading, measure), chart=chart, **threshold)
    over = _over(reading, measure)
    if (measure.key, True) in (("power_import", reading.has("power_from")), ("power_export", reading.has("power_to"))):
        return Wanted("rank", over="parts", order=order, limit=reading.limit, chart=chart)
    if measure.key == "city_co2" and reading.has("sum") and not reading.has("rank", "position"):
        return Wanted("sum")  # of cities named; of all of them the tool says why there is none
    if reading.has("position") and (reading.places or reading.stranger or not reading.has("which_place")):
        ranked = over if over != "places" else None
        return Wanted("position", of=_of(reading, movement), over=ranked, order=order, chart=chart)
    place = ordinals(reading)
    if place is not None:
        first, last, from_below = place
        order = "asc" if from_below else order
        return Wanted("rank", of=_of(reading, movement), over=over, order=order, nth=first, to_nth=last, chart=chart)
    if _ranks(reading, over):
        most = reading.limit or (1 if the_one(reading) and chart is None and not both_ends(reading) else None)
        return Wanted("rank", of=_of(reading, movement), over=over, order=order, limit=most, chart=chart)
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
    mix = over in ("sectors", "fuels", "parts") and reading.has("change", "stacked") and not reading.years.single
    series = mix or (
        reading.years.series and len(reading.years.single) != 1
    )  # "yearly emissions in 2012" are one year's
    if reading.has("trend", "line") or series or _spans(reading):
        return Wanted("trend", of="share" if reading.has("share") else "value", over=_each(over), chart=chart)
    return _rest(reading, over, chart)


def _rest(reading: Reading, over: str | None, chart: str | None) -> Wanted:
    """Compositions, comparisons, sums and plain values."""
    if chart == "heatmap":
        return Wanted(chart=chart)
    if chart in ("treemap", "pie") or over in ("sectors", "fuels", "parts"):
        return Wanted("share", over=over or "sectors", chart=chart)
    if chart == "tilemap" or (over == "places" and reading.has("by_place", "count")):
        return Wanted("rank", over="places", limit=reading.limit, chart=chart)
    several = len(reading.places) > 1 or len(reading.sectors) > 1 or len(reading.fuels) > 1
    if several and reading.has("compare", "difference", "high", "low", "percent"):
        return Wanted("compare", order="asc" if _low(reading) else None, chart=chart)
    if reading.has("sum", "cumulative") and several:
        return Wanted("sum", chart=chart)
    if reading.has("sum", "cumulative") and (reading.years.span or reading.years.plan):
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


_ENDS = (
    (r"最(?:高|大|多|好)", r"最(?:低|小|少|差)"),
    (r"前[一二两三四五六七八九十\d]+", r"(?:后|倒数)[一二两三四五六七八九十\d]+"),
    (r"\b(?:highest|largest|biggest|most|best|top)\b", r"\b(?:lowest|smallest|least|worst|bottom)\b"),
)


def both_ends(reading: Reading) -> bool:
    """Whether the highest and the lowest are asked for together: 最高、最低, the highest and the lowest."""
    between = r"[^,;。?]{0,40}?(?:[,、]|和|与|及|\band\b|\bor\b|&|/)[^,;。?]{0,40}?"
    return any(reading.find(f"{a}{between}{b}|{b}{between}{a}") for a, b in _ENDS)


def _low(reading: Reading) -> bool:
    return reading.has("low") and not both_ends(reading)


def _movement(reading: Reading) -> str | None:
    """The kind of change over time asked for, if any."""
    if reading.has("cagr", "than_rate"):
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
    elif mass:  # an absolute change is told with its percentage
        kind = "change"
    elif ranked and reading.find(_FASTEST) and not reading.has("share"):
        kind = "growth"  # who fell fastest is told by the rate; by the amount it would be who had most to lose
    if two or ranked:
        return kind
    if not reading.years.named and reading.has("growth", "percent") and not reading.has("trend"):
        return "yoy"  # of the latest year, which the answer names
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
    if not measure.placed and reading.has("rank", "high", "low", "which_place", "count", "which_city", "nth"):
        return "parts"
    if reading.find(_YEARS):
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


_CHARTS = (
    ("treemap", "treemap"), ("heatmap", "heatmap"), ("scatter", "scatter"), ("stacked", "stacked"), ("pie", "pie"),
    ("tilemap", "tilemap"), ("line", "line"), ("bar", "bar"),
)  # fmt: skip


def _chart(reading: Reading) -> str | None:
    return next((chart for cue, chart in _CHARTS if reading.has(cue)), None)
