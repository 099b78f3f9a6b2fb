"""Net electricity import beside use less generation: where the metered flows cannot be, the answer says so."""

from __future__ import annotations

import pytest

from data.classification import PROVINCES, find_place
from data.errors import NotAvailable
from data.warehouse import Warehouse
from tools.declare import Context
from tools.power_account import flows, power_account
from tools.result import Account
from tools.roadmap.tool import roadmap
from tools.use_balance import UseBalance, use_balance


def test_by_hand() -> None:
    """100 used, 60 made at home: 42 metered may be losses, 50 cannot be; of an exporter likewise."""
    balance = UseBalance(100.0, 60.0)
    assert balance.net == 40.0 and not balance.contradicts(42.0) and balance.contradicts(50.0)
    assert UseBalance(100.0, 150.0).contradicts(-40.0) and not UseBalance(100.0, 150.0).contradicts(-52.0)


def test_the_balance_is_the_datasets(warehouse: Warehouse) -> None:
    beijing = use_balance(warehouse, find_place("Beijing"), 2019)
    assert beijing is not None and beijing.used == pytest.approx(116.6, abs=0.1)
    assert beijing.net == pytest.approx(73.1, abs=0.1)
    assert use_balance(warehouse, find_place("Beijing"), 1999) is None


def test_the_provinces_whose_flows_of_2019_cannot_be(warehouse: Warehouse) -> None:
    found = set()
    for province in PROVINCES:
        try:
            net = flows(warehouse, province, 2019).net
        except NotAvailable:
            continue
        balance = use_balance(warehouse, province, 2019)
        if balance is not None and balance.contradicts(net):
            found.add(province.code)
    assert found == {"BJ", "GD", "NM", "SN", "SX"}


def test_beijing_is_told_with_both(context: Context) -> None:
    result = power_account.call({"place": "Beijing", "year": 2019}, context)
    check = result.lead[-1].text
    assert "核对" in check.zh and "both cannot be right" in check.en
    told = {f.label.en: f.value for f in result.facts}
    used = next(v for k, v in told.items() if "power used less generation above" in k)
    carbon = next(v for k, v in told.items() if "CO2 of power used less generated" in k)
    factor = next(f.value for f in result.facts if f.unit == "kg CO2/kWh" and "North" in f.label.en)
    assert carbon == pytest.approx(used * factor)


def test_a_province_whose_books_agree_has_no_check(context: Context) -> None:
    result = power_account.call({"place": "Shanghai", "year": 2019}, context)
    assert not any("核对" in s.text.zh for s in result.lead)


def test_the_roadmaps_accounts_show_it_too(context: Context) -> None:
    result = roadmap.call({"place": "Beijing"}, context)
    labels = [f.label.en for f in result.facts if f.account is Account.SCOPE1_PLUS_NET_POWER]
    assert any("by power used less generated instead" in label for label in labels)
