"""The China lane against the figures the method specification gives for these defaults (Mt CO2 gross, 1 %).

Those figures rest on the nowcast by one factor, so the model is built with it here.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tools.roadmap.engine import Engine
from tools.roadmap.model import Path
from tools.roadmap.names import YEARS, at

Paths = Callable[[str, str], Path]
YEARS_SHOWN = (2030, 2035, 2040, 2050, 2060)
GROSS = {
    "current_policies": (11416, 10861, 9572, 7080, 6037),
    "dual_carbon": (10841, 9206, 6553, 2257, 1036),
    "accelerated": (9390, 5616, 2307, 544, 529),
}
PEAK = {"current_policies": (2030, 11416), "dual_carbon": (2027, 11117), "accelerated": (2025, 11000)}
REMOVALS = {"current_policies": 877, "dual_carbon": 1123, "accelerated": 1177}
CUMULATIVE = {"current_policies": 308, "dual_carbon": 197, "accelerated": 120}  # Gt, 2026-2060


@pytest.mark.parametrize("scenario", GROSS)
def test_gross_emissions_are_within_one_percent(one_factor: Paths, scenario: str) -> None:
    path = one_factor("china", scenario)
    found = [path.gross[at(y), 0] for y in YEARS_SHOWN]
    assert found == pytest.approx(GROSS[scenario], rel=0.01)


@pytest.mark.parametrize("scenario", GROSS)
def test_peak_removals_and_cumulative_emissions(one_factor: Paths, scenario: str) -> None:
    path = one_factor("china", scenario)
    year, level = PEAK[scenario]
    assert YEARS[int(path.gross[:, 0].argmax())] == year
    assert path.gross[:, 0].max() == pytest.approx(level, rel=0.01)
    assert path.removals[-1, 0] == pytest.approx(REMOVALS[scenario], abs=1)
    assert path.gross[at(2026) :, 0].sum() / 1000 == pytest.approx(CUMULATIVE[scenario], rel=0.01)


def test_dual_carbon_reaches_net_zero_about_2059(one_factor: Paths) -> None:
    net = one_factor("china", "dual_carbon").net[:, 0]
    first = next(year for year, value in zip(YEARS, net, strict=True) if value <= 0)
    assert 2058 <= first <= 2060


@pytest.mark.parametrize(
    ("code", "figures"),
    [("GD", (645, 555, 400, 141, 64)), ("NM", (949, 813, 577, 180, 67)), ("BJ", (97, 81, 58, 21, 10))],
)
def test_provinces_stay_near_an_earlier_estimate_of_the_table(
    one_factor: Paths, code: str, figures: tuple[float, ...]
) -> None:
    """No acceptance bar: another table. Within 8 % (at most 3 Mt late) says the lanes are one model."""
    path = one_factor("provinces", "dual_carbon")
    r = path.regions.index(code)
    assert [path.gross[at(y), r] for y in YEARS_SHOWN] == pytest.approx(figures, rel=0.08, abs=3)


def test_the_non_fossil_shares_are_those_of_the_specification(china: Engine, one_factor: Paths) -> None:
    from tools.roadmap.energy import energy_of

    share = 100 * energy_of(one_factor("china", "dual_carbon"), china.energy).nonfossil_primary[:, 0]
    assert [share[at(y)] for y in (2025, 2030, 2035, 2060)] == pytest.approx((23, 30, 40, 89), abs=1.5)
