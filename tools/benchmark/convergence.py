"""Sectoral decarbonization (convergence of intensity), as pure functions.

CI(t) = d p(t) m(t) + SI(2050), with d = CI(base) - SI(2050), p(t) = (SI(t) - SI(2050)) / (SI(base) - SI(2050)) and m(t) the
inverse change in market share, at most one. Intensities in one unit; activities in one unit.
"""

from __future__ import annotations

END = 2050  # the year by which intensities have converged


def sector_line(start: float, end: float, base_year: int, year: int) -> float:
    """The sector's intensity on a straight line from the base year to 2050 (our assumption where no path is given)."""
    return start + (end - start) * (year - base_year) / (END - base_year)


def progress(sector_base: float, sector_now: float, sector_end: float) -> float:
    """p(t): one in the base year, zero in 2050. Raises ValueError where the sector does not change."""
    if sector_base == sector_end:
        raise ValueError("the sector's intensity does not change, so there is no progress to follow")
    return (sector_now - sector_end) / (sector_base - sector_end)


def share_factor(company_base: float, company_now: float, sector_base: float, sector_now: float) -> float:
    """m(t): market share in the base year over that in t, at most one."""
    return min(1.0, (company_base / sector_base) / (company_now / sector_now))


def target_intensity(company_base: float, sector_end: float, p: float, m: float) -> float:
    """CI(t) = d p m + SI(2050)."""
    return (company_base - sector_end) * p * m + sector_end
