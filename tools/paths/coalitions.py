"""Measures taken alone and together: values of coalitions, interaction and Shapley shares (exact, not linearised)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import factorial

Coalition = frozenset[int]


def coalitions(players: int) -> list[Coalition]:
    """All sets of players, the empty one first, by size."""
    return [frozenset(c) for size in range(players + 1) for c in combinations(range(players), size)]


def interaction(value: Callable[[Coalition], float], players: int) -> float:
    """What all achieve together less the sum of what each achieves alone: below zero the measures overlap."""
    return value(frozenset(range(players))) - sum(value(frozenset({p})) for p in range(players))


def shapley(value: Callable[[Coalition], float], players: int) -> list[float]:
    """Shapley's share of each player (Shapley 1953): its mean contribution over all orders of joining; they add up to what all
    achieve together less what nobody achieves."""
    shares = []
    for p in range(players):
        others = [q for q in range(players) if q != p]
        share = 0.0
        for size in range(len(others) + 1):
            weight = factorial(size) * factorial(players - size - 1) / factorial(players)
            share += sum(weight * (value(frozenset({p, *c})) - value(frozenset(c))) for c in combinations(others, size))
        shares.append(share)
    return shares
