"""The reference trajectory of L.1470: a straight line from 2020 to 2030, as pure functions."""

from __future__ import annotations

FIRST, LAST = 2020, 2030  # the years between which the reductions hold


def level(cut: float, year: int) -> float:
    """Emissions of a year relative to 2020 on the straight line: 1 - cut/100 (t - 2020)/10.

    ``cut`` in percent over 2020-2030. Raises ValueError for a year outside 2020-2030, for which none is given.
    """
    if not FIRST <= year <= LAST:
        raise ValueError(f"the trajectory runs from {FIRST} to {LAST}, not to {year}")
    return 1 - cut / 100 * (year - FIRST) / (LAST - FIRST)


def reduction_factor(cut: float, base_year: int, year: int) -> float:
    """What base-year emissions are multiplied by: the line in ``year`` over the line in ``base_year``."""
    return level(cut, year) / level(cut, base_year)


def grown(base: float, rate: float, years: int) -> float:
    """Emissions without measures at a growth of ``rate`` percent a year."""
    return base * float((1 + rate / 100) ** years)
