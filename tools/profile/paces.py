"""How fast a series fell: compound rates over windows, the fastest sustained one, and jumps that make a window doubtful."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MOST_RISES = 0.25  # of a window's years may rise; with more the fall is not called sustained
JUMP = 1.6  # a year in which a series changes by more than this factor is marked: closure, relocation or a revision


@dataclass(frozen=True, slots=True)
class Pace:
    """A window of years and its compound rate in percent a year; below zero is a fall.

    ``rises`` counts the years that rose, ``jump`` whether a single year changed by more than JUMP times.
    """

    first: int
    last: int
    start: float
    end: float
    rate: float
    rises: int
    jump: bool

    @property
    def span(self) -> int:
        """Years between the ends."""
        return self.last - self.first

    @property
    def sustained(self) -> bool:
        """Whether it is a fall in which at most MOST_RISES of the years rose."""
        return self.rate < 0 and self.rises <= MOST_RISES * self.span


def compound(start: float, end: float, years: int) -> float:
    """Percent a year between two values: 100 ((end / start) ** (1 / years) - 1). Raises ValueError unless all are above zero."""
    if start <= 0 or end <= 0 or years <= 0:
        raise ValueError("a compound rate needs values and years above zero")
    return float(100 * ((end / start) ** (1 / years) - 1))


def window(series: Mapping[int, float], first: int, last: int) -> Pace | None:
    """The pace from ``first`` to ``last``; None where a year is missing or a value is not above zero."""
    years = range(first, last + 1)
    if last <= first or any(series.get(y, 0.0) <= 0 for y in years):
        return None
    steps = [series[y + 1] / series[y] for y in range(first, last)]
    return Pace(
        first,
        last,
        series[first],
        series[last],
        compound(series[first], series[last], last - first),
        sum(s > 1 for s in steps),
        any(s > JUMP or s < 1 / JUMP for s in steps),
    )


def windows(series: Mapping[int, float], span: int) -> list[Pace]:
    """All windows of ``span`` years that the series holds whole, earliest first."""
    found = (window(series, y, y + span) for y in sorted(series))
    return [p for p in found if p is not None]


def fastest(paces: list[Pace]) -> Pace | None:
    """The steepest fall that was sustained and free of jumps; None where there is none."""
    sound = [p for p in paces if p.sustained and not p.jump]
    return min(sound, key=lambda p: p.rate) if sound else None
