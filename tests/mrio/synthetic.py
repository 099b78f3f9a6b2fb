"""A made-up economy in the form of the builder's inputs: random, balanced, all 31 provinces."""

from __future__ import annotations

import numpy as np

from data.build.interprovincial.inputs import Inputs, National
from data.build.interprovincial.scalars import CAPITALS, ELECTRICITY

CODES = tuple(CAPITALS)
PRODUCTS = 42


def made_up(seed: int) -> Inputs:
    """Inputs that balance by construction: output is what is sold, value added what remains of it."""
    random = np.random.default_rng(seed)
    domestic = random.uniform(1, 30, (PRODUCTS, PRODUCTS))
    imported = random.uniform(0, 2, (PRODUCTS, PRODUCTS))
    final = np.column_stack([random.uniform(50, 400, (PRODUCTS, 4)), random.uniform(-20, 20, PRODUCTS)])
    final_imported = np.column_stack([random.uniform(0, 20, (PRODUCTS, 4)), random.uniform(0, 2, PRODUCTS)])
    exports = random.uniform(1, 150, PRODUCTS)
    power = ELECTRICITY - 1
    imported[power], final_imported[power], final[power, 3:], exports[power] = 0.0, 0.0, 0.0, 0.5
    sold = domestic.sum(1) + final.sum(1) + exports
    bought = domestic.sum(0) + imported.sum(0)
    # A sector that would buy more than it sells sells more to households.
    final[:, 1] += np.maximum(0.0, 1.4 * bought - sold)
    output = domestic.sum(1) + final.sum(1) + exports
    n = len(CODES)
    size = random.uniform(1, 10, n)
    trade = np.zeros((n, n))
    for i in range(0, n - 1, 2):
        trade[i, i + 1] = random.uniform(1, 10)
    used = size * random.uniform(15, 30, n)
    return Inputs(
        codes=CODES,
        national=National(domestic, imported, final, final_imported, exports, output - bought, output),
        output=size[:, None] * random.uniform(0.6, 1.5, (n, PRODUCTS)),
        gdp=size * random.uniform(0.9, 1.1, n),
        population=size * random.uniform(0.8, 1.2, n),
        goods_trade=size * random.uniform(0.5, 2, n),
        power_trade=trade,
        power_use=used,
        power_generation=used * random.uniform(0.9, 1.1, n),
    )
