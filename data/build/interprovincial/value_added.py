"""Output and value added by province and product."""

from __future__ import annotations

import numpy as np

from data.build.interprovincial.balance import Array, odds_balance


def scaled_output(control: Array, national: Array) -> Array:
    """Control totals (31, 42) scaled product by product to the national output (42,), 100M yuan."""
    return np.asarray(control * (national / control.sum(0)))


def value_added(output: Array, by_product: Array, by_province: Array) -> Array:
    """Value added (31, 42) within ``output`` (31, 42), meeting the nation's by product and GDP shares by province.

    Output * o f / (1 + o f), o by product and f by province: a province with much GDP for its output has high shares in
    all sectors, and 0 < value added < output everywhere. 100M yuan. Raises DatasetError.
    """
    return odds_balance(output, by_province, by_product)
