"""Exports and imports by province, in odds form, with goods trade over GDP as weight."""

from __future__ import annotations

import numpy as np

from data.build.interprovincial.balance import Array, odds_share
from data.build.interprovincial.inputs import Inputs
from data.build.interprovincial.scalars import FIRST_SERVICE, PRODUCTS, Choice


def openness(inputs: Inputs, choice: Choice) -> Array:
    """Weight of each province in the odds of trading each product abroad (42, 31): goods trade over GDP, raised to the
    elasticity of goods or services; the nation is 1."""
    ratio = inputs.goods_trade / inputs.gdp / (inputs.goods_trade.sum() / inputs.gdp.sum())
    power = np.where(np.arange(1, PRODUCTS + 1) < FIRST_SERVICE, choice.trade_goods, choice.trade_services)
    return np.asarray(ratio[None, :] ** power[:, None])


def exports(output: Array, national: Array, weight: Array) -> Array:
    """Exports (31, 42) within output (31, 42), meeting the nation's (42,), 100M yuan; ``weight`` from ``openness``."""
    return odds_share(output.T, weight, national).T


def imported_part(use: Array, national: Array, weight: Array) -> Array:
    """Imported part of ``use`` (31, 42, k), meeting the nation's cells (42, k), 100M yuan."""
    provinces, products, k = use.shape
    base = use.transpose(1, 2, 0).reshape(products * k, provinces)
    part = odds_share(base, np.repeat(weight, k, axis=0), national.reshape(-1))
    return part.reshape(products, k, provinces).transpose(2, 0, 1)
