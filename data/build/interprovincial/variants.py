"""The variants of the estimate: the same totals under other defensible scalars, so that every figure has its range."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from data.build.interprovincial.electricity import UNCOUNTED_USE, Power, trace_power, traced_from_balance
from data.build.interprovincial.estimate import Estimate, estimate
from data.build.interprovincial.inputs import Inputs
from data.build.interprovincial.scalars import CENTRAL, SCALARS, VARIED, Choice

COUNT = 24
SEED = 2017


def choices() -> list[tuple[Choice, bool]]:
    """COUNT choices, a Latin hypercube over the ranges of SCALARS, always the same; with each, whether electricity
    follows generation and consumption (True) instead of metered trade."""
    from scipy.stats import qmc

    cube = qmc.LatinHypercube(d=len(VARIED) + 1, rng=np.random.default_rng(SEED)).random(COUNT)
    picked = []
    for point in cube:
        values = {
            name: SCALARS[name].low + float(u) * (SCALARS[name].high - SCALARS[name].low)
            for name, u in zip(VARIED, point[:-1], strict=True)
        }
        picked.append((CENTRAL.having(**values), bool(point[-1] > 0.5)))
    return picked


def variants(inputs: Inputs) -> Iterator[Estimate]:
    """The estimate under each of ``choices``. Raises DatasetError where one cannot be balanced."""
    metered: Power = trace_power(inputs.power_trade, inputs.power_use)
    broken = [inputs.codes.index(code) for code in UNCOUNTED_USE]
    balanced = traced_from_balance(inputs.power_trade, inputs.power_use, inputs.power_generation, broken)
    for choice, by_balance in choices():
        yield estimate(inputs, choice, balanced if by_balance else metered)
