"""Spend-based emission factors: embodied CO2 per unit of money, by sector and province, from the interprovincial table.

A factor is cradle to gate: the emission multiplier f' L of the product's maker (Miller and Blair 2009, ch. 10), so
everything emitted in the country until the product leaves the gate, at producers' prices of the table's year.
"""

from __future__ import annotations

import numpy as np

from data.mrio import CATEGORIES
from tools.mrio.algebra import Array
from tools.mrio.system import Scope, System

KG_PER_10K_YUAN = 1e5  # Mt per 100M yuan in kg per 10k yuan


def suppliers(system: System, inside: tuple[int, ...]) -> Array:
    """What the regions ``inside`` buy of each product from each region (R, sectors), 100M yuan.

    Inputs of their producers and final use there, without changes in stocks, which stand with the producer.
    """
    mrio = system.mrio
    r, s = len(mrio.regions), len(mrio.sectors)
    columns = np.concatenate([np.arange(i * s, (i + 1) * s) for i in inside])
    inputs = (mrio.A[:, columns] * mrio.x[columns]).sum(1)
    bought = [k for k, name in enumerate(CATEGORIES) if name != "stock_change"]
    final = mrio.Y[:, list(inside), :][..., bought].sum((1, 2))
    return np.asarray((inputs + final).reshape(r, s))


def weights(system: System, inside: tuple[int, ...], purchased: bool) -> Array:
    """Weights (R, sectors) of the makers: what the place buys from each region, or what it makes itself.

    Regions without an inventory are left out: they have no factor, which is no factor of zero.
    """
    if purchased:
        out = suppliers(system, inside)
    else:
        output = system.mrio.x.reshape(len(system.mrio.regions), -1)
        out = np.zeros_like(output)
        out[list(inside)] = output[list(inside)]
    for code in system.emissions.missing:
        out[system.mrio.regions.index(code)] = 0.0
    return np.maximum(out, 0.0)


def mean_factor(per_money: Array, weight: Array) -> Array:
    """Weighted mean over regions (sectors,) of ``per_money`` (n,), in kg CO2 per 10k yuan; NaN where no weight stands."""
    values = per_money.reshape(weight.shape)
    total = weight.sum(0)
    mean: Array = np.divide((values * weight).sum(0), total, out=np.full(total.shape, np.nan), where=total > 0)
    return np.asarray(mean * KG_PER_10K_YUAN)


def cradle_to_gate(system: System, inside: tuple[int, ...], purchased: bool) -> Array:
    """Factors (sectors,), kg CO2 per 10k yuan; NaN where the product is not made or bought."""
    return mean_factor(system.intensity, weights(system, inside, purchased))


def at_the_maker(system: System, inside: tuple[int, ...], purchased: bool) -> Array:
    """The part of ``cradle_to_gate`` emitted by the makers themselves (sectors,), kg CO2 per 10k yuan."""
    return mean_factor(system.emissions.f, weights(system, inside, purchased))


def imported_inputs(scope: Scope) -> Array:
    """Foreign products among the inputs of the place's sectors (sectors,), share of output; NaN without output.

    Their carbon is not in the factors: a product with many of them has a factor on the low side.
    """
    imports, x = scope.sectors(scope.system.mrio.imports), scope.sectors(scope.system.mrio.x)
    share: Array = np.divide(imports, x, out=np.full(x.shape, np.nan), where=x > 0)
    return share


__all__ = [
    "KG_PER_10K_YUAN",
    "at_the_maker",
    "cradle_to_gate",
    "imported_inputs",
    "mean_factor",
    "suppliers",
    "weights",
]
