"""A made-up table of any size in the long form, written region by region so that it is never held whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

UNIT = "million USD"


def labels(regions: int, sectors: int) -> tuple[list[str], list[str]]:
    """Names of their own."""
    return [f"Land {k + 1:02d}" for k in range(regions)], [f"Branch {k + 1:03d}" for k in range(sectors)]


def write_large(path: Path, regions: int = 49, sectors: int = 200, seed: int = 1) -> Path:
    """Write a balanced table: about 0.55 of output goes to other branches, a tenth abroad, the rest to the own region's
    final use and a little to the next one's; CO2 for every branch."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    random = np.random.default_rng(seed)
    lands, branches = labels(regions, sectors)
    n = regions * sectors
    x = random.lognormal(6, 1, n)
    used = np.zeros(n)
    text = pa.dictionary(pa.int32(), pa.string())
    words = pa.array([*lands, ""]), pa.array([*branches, "final:households", "exports", "output", "co2"])
    units = pa.array([UNIT, "Mt"])
    schema = pa.schema(
        [(name, text) for name in ("from_region", "from_sector", "to_region", "to_sector")]
        + [("value", pa.float64()), ("unit", text)]
    )

    def table(origin: Any, product: Any, place: Any, buyer: Any, value: Any, unit: int = 0) -> Any:
        def said(index: Any, names: Any) -> Any:
            return pa.DictionaryArray.from_arrays(pa.array(np.asarray(index, np.int32)), names)

        columns = [said(origin, words[0]), said(product, words[1]), said(place, words[0]), said(buyer, words[1]),
                   pa.array(value), said(np.full(len(value), unit), units)]  # fmt: skip
        return pa.table(columns, schema=schema)

    nowhere, final, exports, output, co2 = regions, sectors, sectors + 1, sectors + 2, sectors + 3
    every = np.arange(n)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for region in range(regions):
            columns = np.arange(region * sectors, (region + 1) * sectors)
            flows = random.random((n, sectors)) ** 4 * 5.0 * 0.55 * x[:, None] * x[columns][None, :] / x.sum()
            used += flows.sum(1)
            i, j = (k.reshape(-1) for k in np.indices(flows.shape))
            writer.write_table(table(i // sectors, i % sectors, np.full(len(i), region), j, flows.reshape(-1)))
        left = x - used
        sold = 0.1 * left
        home = 0.9 * (left - sold)
        writer.write_table(table(every // sectors, every % sectors, every // sectors, np.full(n, final), home))
        writer.write_table(
            table(
                every // sectors,
                every % sectors,
                (every // sectors + 1) % regions,
                np.full(n, final),
                left - sold - home,
            )
        )
        writer.write_table(table(every // sectors, every % sectors, np.full(n, nowhere), np.full(n, exports), sold))
        writer.write_table(table(np.full(n, nowhere), np.full(n, output), every // sectors, every % sectors, x))
        writer.write_table(
            table(
                np.full(n, nowhere), np.full(n, co2), every // sectors, every % sectors, x * random.random(n) * 1e-3, 1
            )
        )
    return path
