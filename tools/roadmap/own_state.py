"""The algebra of a bureau's own emissions: from given totals and sectors to a factor on each sector of each year.

Positions 0 to 41 are the sectors, 42 households. Years not given follow the nowcast's movement from the nearest given year.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from data.own.checks import EVERYTHING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.own.figures import Figure
    from data.text import Text

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Unused:
    """A row that did not enter, why, and what the model has beside it (in the row's unit) where it has."""

    figure: Figure
    why: Text
    beside: float | None = None


@dataclass(frozen=True)
class Used:
    """A row that entered, and what stood in its place before, with its range where there is one."""

    figure: Figure
    before: float | None
    low: float | None = None
    high: float | None = None


_FAR = 1.5  # times an end of our range beyond which a figure given is more likely a slip than news


def far_off(used: Used) -> bool:
    """Whether emissions given lie beyond 1.5 times an end of our range (of our figure, where it has no range)."""
    if used.figure.item != "emissions" or not used.before:
        return False
    low = used.before if used.low is None else min(used.low, used.before)
    high = used.before if used.high is None else max(used.high, used.before)
    return used.figure.value > _FAR * high or used.figure.value < low / _FAR


@dataclass(frozen=True)
class Given:
    """One figure on emissions: the positions it covers, its year and value in Mt, and the line it stands in."""

    cover: frozenset[int]
    year: int
    value: float
    line: int


@dataclass
class Adjusted:
    """``ratio`` (Y, 43): given over nowcast emissions of each year; ``idle``: lines that found nothing to scale."""

    ratio: Array
    given: frozenset[int]  # years with any figure
    idle: list[int] = field(default_factory=list)


def adjust(nowcast: Array, years: tuple[int, ...], given: list[Given]) -> Adjusted:
    """Ratios that make emissions ``nowcast`` (Y, 43) meet every given figure in its year.

    Of one year the narrowest figures are met first; a wider one then scales what they leave of it, keeping its mix as the nowcast
    (or the nearest year with a figure of its own) has it. Figures of a year are nested or apart, and parts fit their whole.
    """
    own = {y: [g for g in given if g.year == y] for y in years}
    told = [y for y in years if own[y]]
    out = Adjusted(np.ones_like(nowcast), frozenset(told))
    if not told:
        return out
    first = {y: _met(nowcast[years.index(y)], np.ones(nowcast.shape[1]), own[y], out.idle) for y in told}
    covers = {c: [y for y in told if any(g.cover == c for g in own[y])] for c in {g.cover for g in given}}
    for y in told:
        # What this year does not say is taken from the nearest year that does, narrow figures over wide ones.
        shape = np.ones(nowcast.shape[1])
        for cover in sorted(covers, key=lambda c: (-len(c), min(c))):
            near = _nearest(y, covers[cover])
            shape[list(cover)] = first[near][list(cover)]
        out.ratio[years.index(y)] = _met(nowcast[years.index(y)], shape, own[y], [])
    for y in years:
        if y not in told:
            out.ratio[years.index(y)] = out.ratio[years.index(_nearest(y, told))]
    return out


def _nearest(year: int, years: list[int]) -> int:
    """The nearest of some years; of two as near the earlier."""
    return min(years, key=lambda y: (abs(y - year), y))


def _met(nowcast: Array, shape: Array, given: list[Given], idle: list[int]) -> Array:
    """``shape`` scaled so that emissions ``nowcast * ratio`` meet each figure, narrow ones first."""
    ratio, pinned = shape.copy(), frozenset[int]()
    for g in sorted(given, key=lambda g: (len(g.cover), g.line)):
        free = sorted(g.cover - pinned)
        fixed = sum(float(nowcast[p] * ratio[p]) for p in g.cover & pinned)
        open_ = float((nowcast[free] * ratio[free]).sum()) if free else 0.0
        if not open_ > 0:  # an all-zero mix, or nothing left to scale: the figure can only be met by what is pinned
            if free and float(nowcast[free].sum()) > 0:
                ratio[free] = max(g.value - fixed, 0.0) / float(nowcast[free].sum())
            elif abs(fixed - g.value) > 0.005 * max(g.value, 1e-9):
                idle.append(g.line)
        else:
            ratio[free] *= max(g.value - fixed, 0.0) / open_
        pinned |= g.cover
    return ratio


__all__ = ["EVERYTHING", "Adjusted", "Given", "Unused", "Used", "adjust"]
