"""The net effect of a digital solution: pure functions. Positive means emissions avoided, negative added (our convention)."""

from __future__ import annotations


def second_order(reference: float, with_solution: float) -> float:
    """E_ref - E_ict: what the use of the solution avoids in the activity it changes."""
    return reference - with_solution


def net_second_order(reference: float, with_solution: float, first_order: float) -> float:
    """NSOE = (E_ref - E_ict) - F."""
    return second_order(reference, with_solution) - first_order


def with_higher_order(nsoe: float, higher_order: float) -> float:
    """NSOE - H; H above zero stands for added emissions (rebound), below zero for avoided ones."""
    return nsoe - higher_order
