"""A published table in the roadmap: its balancing item is neither lost nor carried on for ever; without value added it is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from data.errors import NotAvailable
from data.mrio import Mrio, load_mrio, national
from data.warehouse import Warehouse
from tools.roadmap.demand import Demand, load_rules
from tools.roadmap.engine import Engine
from tools.roadmap.load import economy_of


@pytest.fixture(scope="module")
def published(warehouse: Warehouse) -> Mrio:
    """The shipped table with 1 % of every output moved from exports to a balancing item, of either sign."""
    table = load_mrio(warehouse, 2017)
    error = 0.01 * table.x * np.where(np.arange(len(table.x)) % 3 == 0, -1.0, 1.0)
    return replace(table, kind="published", error=error, exports=table.exports - error)


@pytest.mark.parametrize("nation", [False, True])
def test_rows_balance_with_the_balancing_item(published: Mrio, nation: bool) -> None:
    table = national(published) if nation else published
    economy = economy_of(table)
    final = sum(v.sum(axis=2) for v in (economy.households, economy.government, economy.capital, economy.stocks))
    sold = economy.A @ economy.output.reshape(-1) + (final + economy.exports).reshape(-1)
    assert np.allclose(sold, table.x, rtol=1e-9, atol=1e-6)
    bare = economy_of(replace(table, error=None))
    assert not np.allclose(bare.A @ bare.output.reshape(-1) + sum(
        v.sum(axis=2) for v in (bare.households, bare.government, bare.capital, bare.stocks)
    ).reshape(-1) + bare.exports.reshape(-1), table.x, rtol=1e-3)  # fmt: skip


def test_it_is_gone_by_2025_as_other_stock_changes_are(published: Mrio, provinces: Engine) -> None:
    economy = economy_of(published)
    inverse = provinces.model.solver.inverse
    demand = Demand(economy, load_rules(provinces.model.defaults), inverse)
    none = np.zeros(economy.size)
    one = np.ones(economy.size)
    first, last = demand.weights(2017, none, one), demand.weights(2025, none, one)
    assert first.stocks == 1 and last.stocks == 0
    assert np.allclose(first.scale, 1, atol=1e-9)  # with it, value added of 2017 is the table's


def test_the_shipped_table_has_none(warehouse: Warehouse, provinces: Engine) -> None:
    assert load_mrio(warehouse, 2017).error is None
    assert np.array_equal(economy_of(load_mrio(warehouse, 2017)).stocks, provinces.model.economy.stocks)


def test_a_table_without_value_added_is_refused_plainly(published: Mrio) -> None:
    blank = replace(published, value_added=np.full_like(published.value_added, np.nan))
    with pytest.raises(NotAvailable, match="gives no value added") as caught:
        economy_of(blank)
    assert "tanlu data use starter" in caught.value.message.zh
