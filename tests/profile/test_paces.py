"""Compound rates, sustained falls and jumps, against values worked out by hand."""

from __future__ import annotations

import pytest

from tools.profile.paces import compound, fastest, window, windows


def test_a_compound_rate_is_the_one_that_leads_from_end_to_end() -> None:
    assert compound(100, 59.049, 5) == pytest.approx(-10.0)
    assert compound(100, 121, 2) == pytest.approx(10.0)


@pytest.mark.parametrize("ends", [(0.0, 1.0, 5), (1.0, 0.0, 5), (1.0, 1.0, 0)])
def test_a_rate_needs_values_and_years(ends: tuple[float, float, int]) -> None:
    with pytest.raises(ValueError, match="above zero"):
        compound(*ends)


def test_a_window_with_a_missing_year_or_a_zero_is_none() -> None:
    series = {2000: 10.0, 2001: 9.0, 2003: 8.0, 2004: 0.0}
    assert window(series, 2000, 2001) is not None
    assert window(series, 2000, 2003) is None and window(series, 2003, 2004) is None
    assert [(p.first, p.last) for p in windows(series, 1)] == [(2000, 2001)]


def test_sustained_means_few_years_that_rise() -> None:
    steady = window(dict(zip(range(2000, 2006), (100, 98, 99, 96, 94, 92), strict=True)), 2000, 2005)
    shaky = window(dict(zip(range(2000, 2006), (100, 98, 99, 96, 97, 92), strict=True)), 2000, 2005)
    assert steady is not None and shaky is not None
    assert (steady.rises, steady.sustained) == (1, True) and (shaky.rises, shaky.sustained) == (2, False)


def test_a_jump_is_marked_and_never_the_fastest() -> None:
    series = dict(zip(range(2000, 2007), (100, 99, 40, 39, 38, 37, 36), strict=True))
    found = windows(series, 3)
    assert [p.jump for p in found] == [True, True, False, False]
    best = fastest(found)
    assert best is not None and best.first == 2003
    assert best.rate == pytest.approx(100 * ((36 / 39) ** (1 / 3) - 1))


def test_nothing_fell() -> None:
    assert fastest(windows({y: 1.0 + y - 2000 for y in range(2000, 2010)}, 5)) is None
