"""The CO2 inventories on the 42 input-output sectors.

Inventory sectors 1-44 go whole into one sector each. Sector 45 (Others) is split over the service sectors with the
key w(r, j) = e(j) · s(r, j): e(j) is what sector j buys of coal, oil and gas, refined products, power and heat, and
gas in the national table of 2017, s(r, j) the province's share of the sector's national output in the estimated
interprovincial table. Where the province has no such table, s is left out. Each province's sum is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from data.build.inventory import CITED, MT, REGION, YEAR
from data.build.protocol import Built, Field, from_columns
from data.build.sources import CEADS_MAPPED
from data.errors import DatasetError
from data.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

ENERGY_ROWS = ("02", "03", "11", "24", "25")
KEY_YEAR = 2017
HOUSEHOLDS = (46, 47)
KEY = ("region", "year", "sector_no", "fuel")
FIELDS = (
    REGION,
    YEAR,
    Field("sector_no", "integer", Text("42部门编号（列表B）", "Sector of the 42-list (list B)")),
    Field("fuel", "string", Text("燃料，或 Process（水泥过程）", "Fuel, or Process (cement)")),
    MT,
    Field(
        "basis",
        "string",
        Text(
            "observed 清单部门整体划入；estimated 由“其他行业”分摊",
            "observed: whole inventory sectors; estimated: split from Others",
        ),
    ),
)


def build(sources: Path, done: Mapping[str, pa.Table]) -> list[Built]:
    """Table co2_42, from co2, concordance, io_national and, where it stands, mrio_sector."""
    missing = [name for name in ("co2", "concordance", "io_national") if name not in done]
    if missing:
        raise DatasetError(
            "missing_group",
            Text(f"生成 co2_42 需要先有表 {missing[0]}；请不加 only 重建整个数据集。",
                 f"co2_42 needs the table {missing[0]} first; build the whole dataset, without only."),
        )  # fmt: skip
    columns = mapped(done["co2"], done["concordance"], national_key(done["io_national"]), done.get("mrio_sector"))
    return [
        Built(
            "co2_42", from_columns(FIELDS, columns, KEY), Text("42部门二氧化碳排放", "CO2 on the 42 sectors"),
            Text(
                "CEADs 清单按对照表划到投入产出42部门（列表B）；居民直接排放不在其中，仍见 co2 第46、47部门。清单44部门"
                "（批发、零售和餐饮）全部归批发和零售；45部门“其他行业”按2017年全国表的能源购买额与省份产出份额分摊到13个"
                "服务部门，属估算，不可当作观测值。各省合计与清单生产部门之和一致。",
                "CEADs inventories mapped to the 42 input-output sectors (list B). Household emissions are not in it; "
                "they stay in co2, sectors 46 and 47. Inventory sector 44 (trade and catering) goes whole to wholesale "
                "and retail; 45 (Others) is split over 13 service sectors by energy purchases in the national table "
                "of 2017 and provincial output shares: an estimate, never to be quoted as observed. Each province's "
                "sum equals its production sectors in the inventory.",
            ),
            FIELDS, KEY, (*CITED, "nbs-io", "tanlu"), CEADS_MAPPED,
        )
    ]  # fmt: skip


def national_key(io_national: pa.Table) -> dict[int, float]:
    """Energy purchases of each sector, domestic and imported, in the national table of 2017 (100M yuan)."""
    import pyarrow.compute as pc

    used = io_national.filter(
        (pc.field("year") == KEY_YEAR) & pc.field("row_code").isin(ENERGY_ROWS) & (pc.field("origin") != "total")
    )
    bought: dict[int, float] = {}
    for column, value in zip(used["column_code"].to_pylist(), used["value_100m_yuan"].to_pylist(), strict=True):
        if column.isdigit():
            bought[int(column)] = bought.get(int(column), 0.0) + value
    return bought


def split_key(
    services: list[int], bought: Mapping[int, float], output: Mapping[int, float], national: Mapping[int, float]
) -> NDArray[np.float64]:
    """Shares of ``services`` in one region's Others, summing to one.

    ``output`` and ``national`` are the region's and the nation's output by sector; without the former, or where it
    is zero in every service, the national key alone is used.
    """
    key = np.array([bought[s] for s in services])
    share = np.array([output[s] / national[s] if output and national[s] else 0.0 for s in services])
    weighted = key * share
    if weighted.sum() <= 0:
        weighted = key
    return np.asarray(weighted / weighted.sum(), dtype=np.float64)


def _output(mrio_sector: pa.Table | None) -> tuple[dict[str, dict[int, float]], dict[int, float]]:
    by_region: dict[str, dict[int, float]] = {}
    national: dict[int, float] = {}
    if mrio_sector is None:
        return by_region, national
    for row in mrio_sector.select(["year", "region", "sector", "output_100m_yuan"]).to_pylist():
        if row["year"] == KEY_YEAR:
            by_region.setdefault(row["region"], {})[row["sector"]] = row["output_100m_yuan"]
            national[row["sector"]] = national.get(row["sector"], 0.0) + row["output_100m_yuan"]
    return by_region, national


def mapped(
    co2: pa.Table, concordance: pa.Table, bought: Mapping[int, float], mrio_sector: pa.Table | None
) -> dict[str, list[object]]:
    """The columns of co2_42: every region and year of ``co2``, 42 sectors, 18 fuels; sums per region, year, fuel kept."""
    whole = {r["inventory_no"]: r["sector_no"] for r in concordance.to_pylist() if r["rule"] == "whole"}
    services = sorted(r["sector_no"] for r in concordance.to_pylist() if r["rule"] == "split")
    by_region, national = _output(mrio_sector)
    regions = sorted(set(co2["region"].to_pylist()))
    years = sorted(set(co2["year"].to_pylist()))
    fuels = sorted(set(co2["fuel"].to_pylist()))
    # (region, year, inventory sector, fuel), dense: co2 is sorted by its key and complete.
    cube = co2.sort_by([(name, "ascending") for name in KEY])["mt"].to_numpy()
    cube = cube.reshape(len(regions), len(years), 47, len(fuels))
    result = np.zeros((len(regions), len(years), 42, len(fuels)))
    for inventory_no, sector_no in whole.items():
        result[:, :, sector_no - 1] += cube[:, :, inventory_no - 1]
    others = next(iter({r["inventory_no"] for r in concordance.to_pylist() if r["rule"] == "split"}))
    for i, region in enumerate(regions):
        key = split_key(services, bought, by_region.get(region, {}), national)
        for service, share in zip(services, key, strict=True):
            result[i, :, service - 1] += cube[i, :, others - 1] * share
    basis = ["estimated" if no in services else "observed" for no in range(1, 43)]
    size = (len(regions), len(years), 42, len(fuels))
    index = np.indices(size).reshape(4, -1)
    return {
        "region": [regions[i] for i in index[0]],
        "year": [years[i] for i in index[1]],
        "sector_no": (index[2] + 1).tolist(),
        "fuel": [fuels[i] for i in index[3]],
        "mt": result.reshape(-1).tolist(),
        "basis": [basis[i] for i in index[2]],
    }
