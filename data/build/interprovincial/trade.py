"""Trade between provinces, product by product: what stays at home, and a doubly constrained gravity for the rest."""

from __future__ import annotations

import numpy as np

from data.build.interprovincial.balance import Array, ipf
from data.build.interprovincial.scalars import CAPITALS, HOME_SHARE, PRODUCTS, Choice

EARTH_RADIUS_KM = 6371.0
SLACK = 0.95  # no province may hold more than this part of all off-diagonal trade, so that IPF can close


def distances(codes: tuple[str, ...]) -> Array:
    """Great-circle distances between provincial capitals (31, 31), km."""
    degrees = np.radians(np.array([CAPITALS[code] for code in codes]))
    north, east = degrees[:, 0], degrees[:, 1]
    half = (
        np.sin((north[:, None] - north[None, :]) / 2) ** 2
        + np.cos(north)[:, None] * np.cos(north)[None, :] * np.sin((east[:, None] - east[None, :]) / 2) ** 2
    )
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half)))


def local_quotient(output: Array, delta: float) -> Array:
    """FLQ local share of each product's use (31, 42): min(1, SLQ * log2(1 + x_r/x)^delta) (Flegg and Webber 1997)."""
    size = output.sum(1) / output.sum()
    quotient = (output / output.sum(1, keepdims=True)) / (output.sum(0) / output.sum())
    return np.asarray(np.minimum(1.0, quotient * (np.log2(1 + size) ** delta)[:, None]))


def home_prior(choice: Choice) -> Array:
    """Prior share (42,) that stays at home of what could, shifted by the choice's ``home_shift`` in log odds."""
    prior = np.minimum([HOME_SHARE[i] for i in range(1, PRODUCTS + 1)], 1 - 1e-9)
    return np.asarray(1 / (1 + (1 - prior) / prior * np.exp(-choice.home_shift)))


def own_flow(supply: Array, use: Array, quotient: Array, prior: float, weight: float) -> Array:
    """Flow within each province (31,) of one product: the prior's and the FLQ's answer blended, FLQ with ``weight``.

    Both are bounded by the smaller of supply and use. Raised where a province would otherwise hold nearly all trade of
    the product, for which no partner is left.
    """
    could = np.minimum(supply, use)
    own = weight * np.minimum(quotient * use, could) + (1 - weight) * prior * could
    for _ in range(100):
        out, into = supply - own, use - own
        over = out + into - SLACK * out.sum()
        if (over <= 0).all():
            break
        own = np.minimum(own + np.maximum(over, 0.0), could)
    return np.asarray(own)


def product_flows(supply: Array, use: Array, own: Array, kernel: Array) -> Array:
    """Flows of one product from province to province (31, 31), 100M yuan: row sums ``supply``, column sums ``use``,
    diagonal ``own``, the rest as ``kernel`` fitted to what is left."""
    off = kernel * (1 - np.eye(len(own)))
    return ipf(off, supply - own, use - own) + np.diag(own)


def gravity(codes: tuple[str, ...], choice: Choice) -> Array:
    """The kernel d^-beta (31, 31) with distances in 1000 km; the diagonal is not used."""
    kilometres = distances(codes) + np.eye(len(codes))
    return np.asarray((kilometres / 1000) ** -choice.distance_decay)
