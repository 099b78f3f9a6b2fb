"""Final use by province before trade: who consumes and invests where."""

from __future__ import annotations

import numpy as np

from data.build.interprovincial.balance import Array, ipf
from data.build.interprovincial.inputs import Inputs
from data.build.interprovincial.scalars import Choice


def urban_share(gdp: Array, population: Array, slope: float, nation: float) -> Array:
    """Urban share of each province's population: logistic in log GDP per head, population-weighted mean = ``nation``."""
    head = np.log(gdp / population / (gdp.sum() / population.sum()))
    low, high = -10.0, 10.0
    for _ in range(100):
        middle = (low + high) / 2
        share = 1 / (1 + np.exp(-(middle + slope * head)))
        low, high = (middle, high) if share @ population / population.sum() < nation else (low, middle)
    return np.asarray(1 / (1 + np.exp(-((low + high) / 2 + slope * head))))


def category_shares(inputs: Inputs, construction: Array, choice: Choice) -> Array:
    """Share of each province (31) in the nation's rural, urban, government and capital spending (31, 4).

    ``construction`` (31,) is construction output, 100M yuan.
    """
    gdp, population = inputs.gdp, inputs.population
    households = population * (gdp / population) ** choice.household_income
    urban = urban_share(gdp, population, choice.urban_slope, choice.urban_nation)
    urban_part = urban * choice.urban_spending / (urban * choice.urban_spending + 1 - urban)
    mixed = choice.government_gdp * gdp / gdp.sum() + (1 - choice.government_gdp) * population / population.sum()
    capital = choice.capital_gdp * gdp / gdp.sum() + (1 - choice.capital_gdp) * construction / construction.sum()
    weights = np.column_stack([households * (1 - urban_part), households * urban_part, mixed, capital])
    return np.asarray(weights / weights.sum(0))


def spread(national: Array, shares: Array) -> Array:
    """National final use (42, 4) over provinces: (31, 42, 4), 100M yuan."""
    return np.asarray(national[None, :, :] * shares[:, None, :])


def follow_supply(prior: Array, supply_left: Array) -> Array:
    """Final use of one local product (31, 4) refitted to what local producers have left to sell (31,), 100M yuan.

    Column sums (the nation's spending by category) are kept; province totals follow the supply left, at least a tenth
    of the prior where intermediate buyers already take almost all.
    """
    wanted = np.maximum(supply_left, 0.1 * prior.sum(1))
    wanted = wanted * (prior.sum() / wanted.sum())
    return ipf(prior, wanted, prior.sum(0))
