"""An imported CO2 inventory as rows of ``co2``, ``co2_42`` and ``co2_published``, mapped as the starter's are."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from data.imports.forms import ReadInventory

if TYPE_CHECKING:
    import pyarrow as pa

    from data.dataset import Dataset

SECTORS = 47


def rows_of(read: ReadInventory, base: Dataset) -> dict[str, pa.Table]:
    """The rows by table. Each region and year is complete over 47 sectors and the fuels of ``base``. A blank cell is zero:
    the sheet's printed total must hold without it (a fatal check), so the publisher counts nothing there. A figure that
    is not a number stays out with its whole region and year.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    from data.build.mapped import mapped, national_key

    fuels = sorted(pq.read_table(base.folder / base.resource("fuels").path)["fuel"].to_pylist())
    cells: dict[int, dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float64]]]] = defaultdict(dict)
    for row in read.rows:
        cube = cells[row.year].setdefault(row.region, np.zeros((SECTORS, len(fuels))))
        cube[row.sector_no - 1, fuels.index(row.fuel)] += row.mt
    others = {
        name: pq.read_table(base.folder / base.resource(name).path)
        for name in ("concordance", "io_national", "mrio_sector")
        if base.has(name)
    }
    bought = national_key(others["io_national"])
    found: dict[str, list[pa.Table]] = {"co2": [], "co2_42": [], "co2_published": []}
    for year, by_region in sorted(cells.items()):
        whole = {region: cube for region, cube in sorted(by_region.items()) if np.isfinite(cube).all()}
        if not whole:
            continue
        co2 = _co2(year, whole, fuels)
        found["co2"].append(co2)
        found["co2_42"].append(
            pa.table(mapped(co2, others["concordance"], bought, others.get("mrio_sector"))).cast(_schema("co2_42"))
        )
        totals = [
            (region, year, 0, float(total))
            for (region, y), total in sorted(read.printed.items())
            if y == year and region in whole
        ]
        sums = [(region, year, k + 1, float(v)) for region, cube in whole.items() for k, v in enumerate(cube.sum(1))]
        columns = list(zip(*(totals + sums), strict=True))
        found["co2_published"].append(pa.table([pa.array(c) for c in columns], schema=_schema("co2_published")))
    return {name: pa.concat_tables(tables) for name, tables in found.items() if tables}


def _co2(year: int, whole: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float64]]], fuels: list[str]) -> pa.Table:
    import pyarrow as pa

    regions = list(whole)
    size = (len(regions), SECTORS, len(fuels))
    index = np.indices(size).reshape(3, -1)
    values = np.stack([whole[region] for region in regions])
    return pa.table(
        {
            "region": [regions[i] for i in index[0]], "year": np.full(index.shape[1], year), "sector_no": index[1] + 1,
            "fuel": [fuels[i] for i in index[2]], "mt": values.reshape(-1),
        }
    ).cast(_schema("co2"))  # fmt: skip


def _schema(name: str) -> pa.Schema:
    import pyarrow as pa

    key = [("region", pa.string()), ("year", pa.int32()), ("sector_no", pa.int32())]
    fuel = [] if name == "co2_published" else [("fuel", pa.string())]
    basis = [("basis", pa.string())] if name == "co2_42" else []
    return pa.schema([*key, *fuel, ("mt", pa.float64()), *basis])


__all__ = ["rows_of"]
