"""Removals: the land sink and engineered removals (CDR), both outside the inventory, both absolute paths.

The national land sink is shared by forest stock to a power; engineered removals by what is still emitted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.roadmap.levers import s_curve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.roadmap.defaults import Defaults

_CURVE = (2035.0, 2050.0, 2062.0)  # start, midpoint, end of engineered removals
_OF_CAP = {"CP": 0.1, "DC": 1.0, "15": 1.2}


def land_sink(defaults: Defaults, regions: tuple[str, ...]) -> NDArray[np.float64]:
    """Mt a year, (T, R)."""
    path = defaults.knots("land_sink", "China")
    return np.asarray(path[:, None] * sink_shares(defaults, regions))


def sink_shares(defaults: Defaults, regions: tuple[str, ...]) -> NDArray[np.float64]:
    """Each region's share of the national land sink, (R,)."""
    if regions == ("CN",):
        return np.ones(1)
    power = defaults.value("land_sink_share_exponent", "province")
    weights = np.array([defaults.value("forest_stock", code) for code in regions]) ** power
    return np.asarray(weights / weights.sum())


def removal_curve() -> NDArray[np.float64]:
    """How far engineered removals have come, 0..1, (T,)."""
    return s_curve(*_CURVE)


def engineered(defaults: Defaults, code: str, gross: NDArray[np.float64]) -> NDArray[np.float64]:
    """Engineered removals of a scenario, shared by gross emissions (T, R) or (..., T, R); same shape, Mt."""
    national = defaults.value("cdr_cap:DC", "China") * _OF_CAP[code] * removal_curve()
    total = gross.sum(axis=-1, keepdims=True)
    return np.asarray(national[:, None] * np.divide(gross, total, out=np.zeros_like(gross), where=total > 0))


def most_engineered(defaults: Defaults, share: float) -> NDArray[np.float64]:
    """The most a backcast may use for a region with this share of 2019 emissions: the range's upper end; (T,)."""
    high = defaults.rows("cdr_cap:DC", "China")[0].high
    assert high is not None  # the builder keeps the range of this row
    return high * share * removal_curve()
