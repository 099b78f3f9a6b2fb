"""The baseline of a sector in a province against plain SQL."""

from __future__ import annotations

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before
from data.errors import NotAvailable
from data.warehouse import Warehouse
from tests.change.told import column, whole
from tools.declare import Context
from tools.profile.profile import profile
from tools.result import Result


@pytest.fixture(scope="module")
def steel(context: Context) -> Result:
    return profile.call({"place": "河北", "sector": "钢铁"}, context)


def test_level_share_and_rank(warehouse: Warehouse, steel: Result) -> None:
    whole(steel)
    level, share, rank, national = (steel.facts[i].value for i in steel.lead[0].facts)
    by_place = dict(warehouse.rows("SELECT region, sum(mt) FROM co2 WHERE year = 2019 AND sector_no = 28 GROUP BY 1"))
    ((total,),) = warehouse.rows("SELECT sum(mt) FROM co2 WHERE year = 2019 AND region = 'HE'")
    nation = by_place.pop("CN")
    assert level == pytest.approx(by_place["HE"])
    assert share == pytest.approx(100 * by_place["HE"] / total)
    assert rank == 1 + sum(v > by_place["HE"] for v in by_place.values())
    assert national == pytest.approx(100 * by_place["HE"] / nation)


def test_peers_are_the_nearest_in_size_and_paces_are_compound(warehouse: Warehouse, steel: Result) -> None:
    rows = warehouse.rows(
        "SELECT region, sum(mt) FILTER (year = 2019), sum(mt) FILTER (year = 2014) FROM co2 WHERE sector_no = 28 GROUP BY 1"
    )
    now = {r: (a, b) for r, a, b in rows if a}
    near = sorted((r for r in now if r not in ("HE", "CN")), key=lambda r: abs(now[r][0] - now["HE"][0]))[:4]
    order = ["HE", "CN", *near]
    assert column(steel, 0, 1) == pytest.approx([now[r][0] for r in order])
    assert column(steel, 0, 3) == pytest.approx([100 * ((now[r][0] / now[r][1]) ** 0.2 - 1) for r in order])


def test_intensity_is_emissions_over_output(warehouse: Warehouse, steel: Result) -> None:
    """Metals: output is known for ferrous and non-ferrous together, so emissions are taken together too."""
    rows = warehouse.rows(
        """WITH e AS (SELECT region, sum(mt) AS mt FROM co2 WHERE year = 2017 AND sector_no IN (28, 29) AND region <> 'CN' GROUP BY 1),
                o AS (SELECT region, output_100m_yuan AS x FROM mrio_sector WHERE year = 2017 AND sector = 14)
           SELECT region, 1e5 * mt / x FROM e JOIN o USING (region) WHERE x > 0"""
    )
    own = dict(rows)["HE"]
    assert column(steel, 0, 4)[0] == pytest.approx(own, rel=1e-6)
    saving = next(f for f in steel.facts if "illustration" in f.label.en)
    assert saving.unit == "Mt CO2" and saving.basis == "estimated"


def test_households_have_no_intensity_and_say_so(context: Context) -> None:
    found = profile.call({"place": "广东", "sector": "居民生活"}, context)
    assert not [f for f in found.facts if f.unit == "kg CO2/10k yuan"]
    assert any("no comparable output" in c.en for c in found.caveats)


def test_a_sector_at_zero_has_no_rank(context: Context) -> None:
    found = profile.call({"place": "北京", "sector": "煤炭开采"}, context)
    assert found.facts[0].value == 0 and "rank" not in {found.facts[i].unit for i in found.lead[0].facts}


def test_no_inventory_no_baseline(context: Context) -> None:
    with pytest.raises(NotAvailable):
        profile.call({"place": "西藏", "sector": "钢铁"}, context)


@pytest.mark.parametrize(
    ("question", "place", "sector"),
    [("河北钢铁行业的碳排放基线", "Hebei", "钢铁"), ("广东电力行业基线", "Guangdong", "电力"),
     ("广东钢铁行业的基线：水平、占比、强度、位次和走势", "Guangdong", "钢铁"),
     ("Baseline of Hebei's steel: level, share, intensity, rank and trend", "Hebei", "steel"),
     ("Baseline of Zhejiang's power sector", "Zhejiang", "power"), ("What is the baseline of cement in Anhui?", "Anhui", "cement")],
)  # fmt: skip
def test_a_sector_s_baseline_in_words(question: str, place: str, sector: str) -> None:
    from tools.registry import get_tool

    (call,) = plan(question, Before()).calls
    assert call.tool == "profile" and call.args["place"] == place
    tool = get_tool("profile")
    assert tool.read(dict(call.args)).sector == tool.read({"place": place, "sector": sector}).sector
