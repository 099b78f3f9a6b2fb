"""The tool specialisation on the shipped data."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from data.errors import BadRequest, NotAvailable
from data.warehouse import Warehouse
from tests.change.told import lead_facts, said, whole
from tools.change.advantage import MEASURES, by_region, of_place, of_sectors, outflows
from tools.change.specialisation import specialisation
from tools.change.specialisation_show import CLEANER_NO, CLEANER_YES, DIRTIER_NO, DIRTIER_YES, quadrant
from tools.declare import Context
from tools.mrio.system import get_system
from tools.result import Ref, Result


def _call(context: Context, **arguments: Any) -> Result:
    result = specialisation.call(arguments, context)
    whole(result)
    return result


def _raw(warehouse: Warehouse) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Output (31, 42) and CO2 (31, 42) from the rows, with the codes."""
    codes = [r[0] for r in warehouse.rows("SELECT code FROM provinces ORDER BY ord")]
    x, co2 = np.zeros((31, 42)), np.zeros((31, 42))
    for region, sector, value in warehouse.rows(
        "SELECT region, sector, output_100m_yuan FROM mrio_sector WHERE year = 2017"
    ):
        x[codes.index(region), sector - 1] = value
    for region, sector, value in warehouse.rows(
        "SELECT region, sector_no, sum(mt) FROM co2_42 WHERE year = 2017 AND region <> 'CN' GROUP BY ALL"
    ):
        co2[codes.index(region), sector - 1] = value
    return x, co2, codes


def test_location_quotient_against_raw_rows(warehouse: Warehouse, context: Context) -> None:
    x, co2, codes = _raw(warehouse)
    i, k = codes.index("GD"), 19  # electronics is 20 in the list
    expected = x[i, k] / x[i].sum() / (x[:, k].sum() / x.sum())
    known = [r for r in range(31) if codes[r] != "XZ"]
    relative = co2[i, k] / x[i, k] / (co2[known, k].sum() / x[known, k].sum())
    result = _call(context, place="广东", sector="电子设备")
    first = lead_facts(result)
    assert [f.value for f in first] == pytest.approx([expected, relative], rel=1e-9)
    assert all(f.sector and f.region == "Guangdong" and f.basis == "estimated" for f in first)
    assert "估算" in said(result, "zh") and "estimated" in said(result, "en")


def test_outflows_close_the_balance(warehouse: Warehouse) -> None:
    """Output = use at home + outflows + exports, by province, and outflows of all = inflows of all."""
    system = get_system(warehouse, 2017)
    mrio = system.mrio
    for region in ("GD", "NM", "BJ"):
        r = mrio.regions.index(region)
        rows = mrio.block(region)
        flows = mrio.Z[rows].reshape(42, 31, 42)
        others = [s for s in range(31) if s != r]
        direct = flows[:, others].sum((1, 2)) + mrio.y[rows][:, others].sum(1)
        assert outflows(system, (r,)) == pytest.approx(direct, rel=1e-6, abs=1e-3)


def test_quotients_weigh_to_one(warehouse: Warehouse) -> None:
    """Weighted by the provinces' share in the whole the quotients of a sector average to 1, on every basis."""
    system = get_system(warehouse, 2017)
    for basis in MEASURES:
        every = by_region(system, basis)
        weight = every.sum(1) / every.sum()
        joint = of_sectors(system, basis, (14,))
        assert np.nansum(weight * joint) == pytest.approx(1.0)
        place = of_place(system, basis, (0,))
        assert place[13] == pytest.approx(joint[0])


def test_quadrants() -> None:
    assert quadrant(1.2, 0.8) is CLEANER_YES and quadrant(1.2, 1.1) is DIRTIER_YES
    assert quadrant(0.9, 0.8) is CLEANER_NO and quadrant(0.9, 1.1) is DIRTIER_NO
    assert quadrant(float("nan"), 1.0) is None and quadrant(1.1, float("nan")) is None


def test_lead_is_in_the_first_quadrant_and_sizable(warehouse: Warehouse, context: Context) -> None:
    """What leads has a quotient above 1, an intensity below the nation's, and 1 % of the province's output."""
    x, _, codes = _raw(warehouse)
    result = _call(context, place="Jiangsu", top=42)
    facts = lead_facts(result)
    share = x[codes.index("JS")] / x[codes.index("JS")].sum()
    from data.classification import find_sector

    for advantage, relative in zip(facts[::2], facts[1::2], strict=True):
        assert advantage.value > 1 > relative.value
        assert share[find_sector(str(advantage.sector)).mrio[0] - 1] >= 0.01


def test_ranges_of_outflows(context: Context) -> None:
    """Outflows move with the variants of the estimate: figures carry their range."""
    result = _call(context, place="内蒙古", basis="outflows")
    ranged = [f for f in result.facts if "省外调出" in f.label.zh and f.low is not None]
    assert ranged and all(f.low <= f.value <= f.high for f in ranged if f.low is not None and f.high is not None)
    assert any(f.high - f.low > 0.1 for f in ranged if f.low is not None and f.high is not None)


def test_provinces_in_a_sector(context: Context) -> None:
    result = _call(context, sector="steel", top=31)
    values = [result.facts[r[1].fact].value for r in result.tables[0].rows if isinstance(r[1], Ref)]
    assert values == sorted(values, reverse=True) and len(values) >= 30
    assert any("金属冶炼" in c.zh for c in result.caveats)  # steel is only part of the table's sector
    nation = _call(context, place="China", sector="steel")
    assert nation.title == result.title


def test_no_inventory_no_carbon(context: Context) -> None:
    """Tibet has quotients but no intensity; nothing stands as zero."""
    result = specialisation.call({"place": "西藏"}, context)
    assert not [f for f in result.facts if f.unit in ("times", "kg CO2/10k yuan")]
    assert any("不等于零" in c.zh for c in result.caveats)


def test_what_cannot_be_asked(context: Context) -> None:
    for arguments, error in (({}, BadRequest), ({"place": "全国"}, BadRequest), ({"place": "广东", "year": 2012}, NotAvailable),
                             ({"place": "广东", "sector": "居民"}, BadRequest)):  # fmt: skip
        with pytest.raises(error):
            specialisation.call(arguments, context)
