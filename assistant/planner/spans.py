"""The years of a ``figures`` call: single ones, a span, the last so many, a five-year plan, from this year back."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.operations import Wanted, since
from assistant.planner.reader import Reading
from tools.measures import Measure

_OVER_TIME = ("trend", "change", "growth", "cagr", "peak", "sum", "mean")


def years_of(reading: Reading, measure: Measure, want: Wanted) -> dict[str, Any]:
    """``years`` or ``from_year``/``to_year`` as the operation takes them; nothing where no year is said."""
    y = reading.years
    moving = want.operation in _OVER_TIME or want.of in ("change", "growth", "cagr")
    if y.plan and not y.single and not y.span:
        return _plan(y.plan, want)
    if y.last_n and not y.span:
        last = latest(measure)
        return {"from_year": last - y.last_n, "to_year": last} if last and moving else {}
    if y.span and not y.single:
        first, last_year = y.span
        if moving or want.operation in ("rank", "compare", "position", "threshold"):
            return {"from_year": first, "to_year": last_year}
        ends = [v for v in (first, last_year) if v is not None]
        return {"years": ends}
    if (
        len(y.all) >= 2
        and want.operation in ("change", "growth", "cagr", "trend", "compare", "rank", "position")
        and (moving or want.of != "value")
    ):
        return {"from_year": min(y.all), "to_year": max(y.all)}
    if len(y.single) == 1 and want.operation in ("change", "growth", "cagr") and since(reading, y.single[0]):
        return {"from_year": y.single[0]}
    return {"years": list(y.all)} if y.all else {}


def _plan(first: int, want: Wanted) -> dict[str, Any]:
    """A five-year plan: its changes count from the year before it begins."""
    if want.operation in ("change", "growth", "cagr") or want.of in ("change", "growth", "cagr"):
        return {"from_year": first - 1, "to_year": first + 4}
    if want.operation in ("trend", "sum", "mean", "peak"):
        return {"from_year": first, "to_year": first + 4}
    return {"years": [first + 4]}


def latest(measure: Measure) -> int | None:
    """The last year a measure's summary declares; None where it declares none."""
    years = re.findall(r"(?:19|20)\d{2}", measure.summary.en) if measure.summary else []
    return max(map(int, years)) if years else None
