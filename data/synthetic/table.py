"""A small interprovincial table of invented provinces that balances by rows and columns, in the starter's form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.mrio import CATEGORIES, SECTORS

Array = NDArray[np.float64]
STOCK = CATEGORIES.index("stock_change")


@dataclass(frozen=True)
class SmallTable:
    """r provinces, 42 sectors; 100M yuan.

    ``share`` (42, r, r) origin of each product by destination, columns summing to 1; ``use`` (r, 42, 42) domestic products bought
    by each buyer; ``final`` (r, 42, 5, 2) domestic and imported; ``output``, ``value_added``, ``exports``, ``imported_inputs``,
    ``imports`` (r, 42).
    """

    share: Array
    use: Array
    final: Array
    output: Array
    value_added: Array
    exports: Array
    imported_inputs: Array
    imports: Array


def small_table(regions: int, rng: np.random.Generator) -> SmallTable:
    """A balanced table: output is solved from final use and coefficients, value added is what the inputs leave.

    Rows: output = trade shares times domestic use, plus stocks and exports. Columns: output = domestic inputs + imported inputs + value
    added.
    """
    share = _shares(regions, rng)
    inputs = rng.uniform(0.35, 0.65, (regions, SECTORS))
    mix = rng.gamma(0.3, 1.0, (regions, SECTORS, SECTORS)) + 1e-4
    coefficients = mix / mix.sum(1, keepdims=True) * inputs[:, None, :]
    abroad = rng.uniform(0.01, 0.08, (regions, SECTORS))
    final = np.zeros((regions, SECTORS, len(CATEGORIES), 2))
    final[..., 0] = rng.gamma(1.5, 20.0, (regions, SECTORS, len(CATEGORIES)))
    final[..., STOCK, 0] *= 0.05
    final[..., 1] = final[..., 0] * rng.uniform(0.0, 0.15, final[..., 0].shape)
    final[..., STOCK, 1] = 0.0
    exports = rng.gamma(1.2, 15.0, (regions, SECTORS))
    output = _solved(share, coefficients, final[..., 0], exports)
    use = coefficients * output[:, None, :]
    imported = abroad * output
    bought_abroad = np.einsum("rij,rj->ri", mix / mix.sum(1, keepdims=True), imported)
    return SmallTable(
        share,
        use,
        final,
        output,
        output - use.sum(1) - imported,
        exports,
        imported,
        bought_abroad + final[..., 1].sum(2),
    )


def _shares(regions: int, rng: np.random.Generator) -> Array:
    """Origin shares with the destination itself in front."""
    raw = rng.gamma(0.8, 1.0, (SECTORS, regions, regions)) + 0.01
    raw[:, np.arange(regions), np.arange(regions)] += 2.0 * regions
    return np.asarray(raw / raw.sum(1, keepdims=True))


def _solved(share: Array, coefficients: Array, final: Array, exports: Array) -> Array:
    """Output (r, 42) that meets final use, stocks and exports through the trade shares."""
    regions = len(exports)
    n = regions * SECTORS
    flows = np.einsum("irs,sij->risj", share, coefficients).reshape(n, n)
    traded = np.delete(final, STOCK, axis=2).sum(2)
    demand = np.einsum("irs,si->ri", share, traded) + final[:, :, STOCK] + exports
    return np.asarray(np.linalg.solve(np.eye(n) - flows, demand.reshape(n)).reshape(regions, SECTORS))
