"""The years of a ``figures`` call: single ones, a span, the last so many, a five-year plan, from this year back."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.numbers import CN, WORD, number
from assistant.planner.operations import Wanted, since
from assistant.planner.reader import Reading
from tools.measures import Measure

_OVER_TIME = (
    "trend", "change", "growth", "cagr", "times", "peak", "crossing", "falls", "rises", "sum", "mean",
)  # fmt: skip


def years_of(reading: Reading, measure: Measure, want: Wanted) -> dict[str, Any]:
    """``years`` or ``from_year``/``to_year`` as the operation takes them; nothing where no year is said."""
    y = reading.years
    if beyond_latest(reading, measure):
        return {}
    moving = want.operation in _OVER_TIME or want.of in ("change", "growth", "cagr")
    if y.plan and not y.single and not y.span:
        return _plan(reading, y.plan, want)
    if y.last_n and not y.span:
        last = latest(measure)
        listed = (
            want.operation in ("trend", "sum", "mean", "peak") and want.of == "value"
        )  # n years; a change has n steps
        return {"from_year": last - y.last_n + listed, "to_year": last} if last and moving else {}
    if y.span and not y.single:
        first, last_year = y.span
        if moving or want.operation in ("rank", "compare", "position", "threshold"):
            return {"from_year": first, "to_year": last_year}
        ends = [v for v in (first, last_year) if v is not None]
        return {"years": ends}
    if (
        len(y.all) >= 2
        and want.operation in ("change", "growth", "cagr", "times", "trend", "compare", "rank", "position")
        and (moving or want.of != "value")
    ):
        return {"from_year": min(y.all), "to_year": max(y.all)}
    if want.operation == "peak" and len(y.all) == 1:
        return _until(reading, y.all[0], latest(measure))
    if len(y.single) == 1 and want.operation in ("change", "growth", "cagr") and since(reading, y.single[0]):
        return {"from_year": y.single[0]}
    return {"years": list(y.all)} if y.all else {}


def _until(reading: Reading, year: int, last: int | None) -> dict[str, Any]:
    """The years in which a highest value is looked for where one year is named: from it on after a since, else up to it.

    A year beyond the data bounds nothing: the data's own last year does.
    """
    if last is not None and year >= last:
        return {}
    after = since(reading, year) or reading.find(rf"{year}\s*年?\s*(?:之后|以后|以来|后|起)") is not None
    return {"from_year": year} if after else {"to_year": year}


_AT_END = re.compile(
    r"五(?:规划|时期|期)?(?:的)?(?:末|期末|最后一年|收官)|(?:at the|by the|in the) (?:end|last year) of", re.IGNORECASE
)
_PART = re.compile(
    rf"五(?:规划)?(?:期间|时期)?(?:的)?(?P<which>前|头|后)(?P<n>\d|{CN})年|(?P<first>first|last) (?P<m>\d|{WORD}) years of",
    re.IGNORECASE,
)


def _plan(reading: Reading, first: int, want: Wanted) -> dict[str, Any]:
    """A five-year plan: by its number, its last year where the end is named, or its first or last few years."""
    part = _PART.search(reading.text)
    count = number(part["n"] or part["m"]) if part else None
    if part and count and 1 <= count <= 5:
        early = part["which"] in ("前", "头") or (part["first"] or "").lower() == "first"
        start = first if early else first + 5 - int(count)
        return {"from_year": start, "to_year": start + int(count) - 1}
    if re.search(r"五(?:规划|时期)?以来|since the", reading.text, re.IGNORECASE):
        return {"from_year": first}
    if _AT_END.search(reading.text) and want.operation in ("value", "compare", "rank", "position", "share"):
        return {"years": [first + 4]}
    return {"period": (first - 1951) // 5}


def beyond_latest(reading: Reading, measure: Measure) -> bool:
    """Whether 去年 or this year is asked of data that end before it: the latest year is then meant, and said."""
    last = latest(measure)
    return reading.years.shift is not None and last is not None and min(reading.years.all, default=last) > last


def latest(measure: Measure) -> int | None:
    """The last year a measure's summary declares; None where it declares none."""
    years = re.findall(r"(?:19|20)\d{2}", measure.summary.en) if measure.summary else []
    return max(map(int, years)) if years else None
