"""Tapio's elasticity of emissions to activity and its eight states of coupling.

Tapio (2005), Transport Policy 12(2), 137-151: e = (dC / C0) / (dG / G0), with coupling between 0.8 and 1.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LOW, HIGH = 0.8, 1.2  # Tapio's band of coupling, its bounds counted as coupling
LEAST = 0.001  # relative change of activity below which the elasticity is not defined


class State(StrEnum):
    """The eight states; ``negative`` is the side on which emissions grow faster than activity."""

    STRONG = "strong_decoupling"
    WEAK = "weak_decoupling"
    EXPANSIVE_COUPLING = "expansive_coupling"
    EXPANSIVE_NEGATIVE = "expansive_negative_decoupling"
    STRONG_NEGATIVE = "strong_negative_decoupling"
    WEAK_NEGATIVE = "weak_negative_decoupling"
    RECESSIVE_COUPLING = "recessive_coupling"
    RECESSIVE = "recessive_decoupling"


@dataclass(frozen=True, slots=True)
class Coupling:
    """Growth of emissions and of activity over the span (shares of the start, 0.1 is 10 %), elasticity and state."""

    emissions: float
    activity: float
    elasticity: float
    state: State


def state_of(emissions: float, activity: float) -> State:
    """The state from two growth rates. Raises ValueError where activity hardly changes (less than LEAST)."""
    if abs(activity) < LEAST:
        raise ValueError("the elasticity is not defined where activity hardly changes")
    ratio = round(emissions / activity, 9)  # 0.08 / 0.1 is on the bound, whatever the last binary digit
    if activity > 0:
        if emissions < 0:
            return State.STRONG
        return State.WEAK if ratio < LOW else State.EXPANSIVE_COUPLING if ratio <= HIGH else State.EXPANSIVE_NEGATIVE
    if emissions > 0:
        return State.STRONG_NEGATIVE
    return State.WEAK_NEGATIVE if ratio < LOW else State.RECESSIVE_COUPLING if ratio <= HIGH else State.RECESSIVE


def coupling(c0: float, c1: float, g0: float, g1: float) -> Coupling:
    """Coupling of emissions (c0 to c1) to activity (g0 to g1).

    Raises ValueError for a start that is not positive or activity that changes by less than LEAST of its start.
    """
    if c0 <= 0 or g0 <= 0:
        raise ValueError("both must be positive at the start")
    emissions, activity = c1 / c0 - 1, g1 / g0 - 1
    state = state_of(emissions, activity)
    return Coupling(emissions, activity, emissions / activity, state)


def price_margin(found: Coupling) -> float | None:
    """By how much the price level may have risen over the span (0.1 is 10 %) before weak decoupling, measured against
    activity at current prices, would no longer be weak decoupling at constant prices.

    With a rise p real growth is (1 + G) / (1 + p) - 1, and the state holds while emissions grow by less than LOW of
    that. None for other states: strong decoupling needs only real growth, (1 + p) < (1 + G), see ``activity``.
    """
    if found.state is not State.WEAK:
        return None
    return (1 + found.activity) / (1 + found.emissions / LOW) - 1


__all__ = ["HIGH", "LEAST", "LOW", "Coupling", "State", "coupling", "price_margin", "state_of"]
