"""The sentence on one year says what its central figures alone would hide."""

from __future__ import annotations

import pytest

from data.warehouse import open_warehouse
from knowledge.search import open_library
from tests.figures.conftest import nothing_recalled
from tools.declare import Context
from tools.result import Account, Result
from tools.roadmap.tool import roadmap

CONTEXT = Context(open_warehouse(), open_library(), nothing_recalled)


def _year(place: str, year: int) -> Result:
    return roadmap.call({"place": place, "years": [year]}, CONTEXT)


@pytest.mark.parametrize(
    ("place", "year"), [("Shanxi", 2040), ("Fujian", 2050), ("Guangdong", 2030), ("Shanghai", 2030), ("China", 2060)]
)
def test_the_side_of_the_range_is_told_where_and_only_where_the_figure_is_its_lower_edge(place: str, year: int) -> None:
    result = _year(place, year)
    fact = next(f for f in result.facts if f.year == year and f.account is Account.GROSS and f.low is not None)
    assert fact.low is not None and fact.high is not None
    at_edge = fact.value - fact.low <= 0.05 * (fact.high - fact.low)
    said = result.lead[0].text
    assert ("区间多在其上" in said.zh) is at_edge and ("most of the range above it" in said.en) is at_edge


@pytest.mark.parametrize("place", ["Qinghai", "Sichuan", "Shandong"])
def test_a_net_figure_in_the_noise_is_told_as_about_zero(place: str) -> None:
    result = _year(place, 2060)
    net = next(
        f.value for f in result.facts if f.year == 2060 and f.account is Account.NET and f.scenario == "dual_carbon"
    )
    today = next(f.value for f in result.facts if f.year == 2025 and f.account is Account.GROSS)
    noise = abs(net) < 0.005 * today
    assert ("基本持平" in result.lead[0].text.zh) is noise and ("close to zero" in result.lead[0].text.en) is noise


def test_qinghai_is_such_a_case_and_sichuan_is_not() -> None:
    assert (
        "基本持平" in _year("Qinghai", 2060).lead[0].text.zh
        and "基本持平" not in _year("Sichuan", 2060).lead[0].text.zh
    )
