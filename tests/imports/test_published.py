"""What every tool answers from an imported table in the published layout: derived figures, equal to pymrio's, no estimate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

from data.dataset import Dataset
from data.errors import NotAvailable
from data.imports.importing import import_files
from data.imports.list_b import to_list_b
from data.mrio import default_year, load_emissions, load_mrio, national, table_years
from data.verify import verify
from data.warehouse import Warehouse, open_warehouse
from tests.imports import fixtures_mrio as published
from tests.imports.made_up import made_up
from tools.declare import Context
from tools.mrio.chain_partners import chain_partners
from tools.mrio.embodied_trade import embodied_trade
from tools.mrio.footprint import footprint
from tools.mrio.industry_map import industry_map
from tools.mrio.linkages import linkages
from tools.mrio.system import System, get_system, scope_of
from tools.mrio.variants import spread
from tools.result import Basis, Fact, Result

ESTIMATE = re.compile(r"估算|估计|estimat|not robust|不稳健|indicative", re.IGNORECASE)
MT = 1.3e4  # the made-up CO2 brought to China's order of magnitude


@pytest.fixture(scope="module")
def known() -> published.Known:
    made = published.known(5)
    return published.Known(**{**vars(made), "co2": made.co2 * MT})


@pytest.fixture(scope="module")
def dataset(known: published.Known, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dataset]:
    """The starter with a workbook of 2017 in the published layout, list B, with its CO2 row, and one of 2012, list A."""
    folder = tmp_path_factory.mktemp("published")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TANLU_HOME", str(folder / "home"))
        book = published.write_workbook(
            folder / "MRIO 2017.xlsx", {"Table_2017": published.sheet(known, published.Look())}
        )
        look = published.Look("A", title="China multi-regional input-output table 2012", co2_gap=None)
        old = published.write_workbook(
            folder / "MRIO 2012.xlsx", {"Table_2012": published.sheet(published.known(6), look)}
        )
        outcome = import_files([book, old])
        assert outcome.ok, [(f.name.en, f.detail.en) for e in outcome.examined for f in e.findings if not f.ok]
        assert outcome.dataset is not None
        yield outcome.dataset


@pytest.fixture(scope="module")
def warehouse(dataset: Dataset) -> Warehouse:
    return open_warehouse(dataset)


@pytest.fixture(scope="module")
def context(warehouse: Warehouse) -> Context:
    return Context(warehouse, cast(Any, None), cast(Any, None))


@pytest.fixture(scope="module")
def system(warehouse: Warehouse) -> System:
    return get_system(warehouse)


def fact(result: Result, label: str) -> Fact:
    found = [f for f in result.facts if f.label.en.endswith(label)]
    assert len(found) == 1, [f.label.en for f in result.facts]
    return found[0]


def words_of(result: Result) -> Iterator[str]:
    """Every word of a result in both languages."""
    texts = [result.title, *result.caveats, *result.method]
    texts += [s.text for s in (*result.lead, *(s for section in result.sections for s in section.sentences))]
    texts += [f.label for f in result.facts] + [t.title for t in result.tables] + [c.title for c in result.charts]
    texts += [c.note for c in result.charts if c.note is not None]
    texts += [column.name for t in result.tables for column in t.columns]
    for text in texts:
        yield from (text.zh, text.en)
    yield str(result.tables)


def test_the_table_is_the_published_one(warehouse: Warehouse, known: published.Known) -> None:
    assert table_years(warehouse) == (2012, 2017) and default_year(warehouse) == 2017
    mrio = load_mrio(warehouse, 2017)
    assert mrio.kind == "published" and isinstance(mrio.A, np.memmap)
    assert np.allclose(mrio.Z, known.Z / published.WAN, rtol=1e-12)
    assert mrio.error is not None and np.allclose(mrio.error, known.error / published.WAN, atol=1e-6)
    sold = mrio.A @ mrio.x + mrio.Y.sum((1, 2)) + mrio.exports + mrio.error
    assert np.abs(sold - mrio.x).max() < 1e-9 * mrio.x.max()
    assert np.isnan(mrio.final_imports).all(), "by product there is no data"
    assert national(mrio).source == "mrio_flow_2017"


def test_figures_equal_pymrio(context: Context, system: System, known: published.Known) -> None:
    from pymrio.tools import iomath

    Z, x = pd.DataFrame(known.Z / published.WAN), pd.DataFrame(known.x / published.WAN)
    L = iomath.calc_L(iomath.calc_A(Z, x)).to_numpy()
    f = (known.co2 / (known.x / published.WAN))[:, None]
    y = known.Y.sum(2) / published.WAN
    caused = f * (L @ y)
    gd = system.mrio.regions.index("GD")
    rows = slice(42 * gd, 42 * gd + 42)
    households = system.emissions.households[gd]
    inflow = caused[:, gd].sum() - caused[rows, gd].sum()
    result = footprint.call({"place": "广东"}, context)
    assert fact(result, "domestic consumption-based CO2").value == pytest.approx(
        caused[:, gd].sum() + households, rel=1e-9
    )
    assert fact(result, "embodied CO2 from other provinces").value == pytest.approx(inflow, rel=1e-9)
    balancing = (f * (L @ known.error[:, None] / published.WAN))[rows].sum()
    assert fact(result, "balancing item (ERR)").value == pytest.approx(balancing, rel=1e-6)
    made = fact(result, "production-based (scope 1) CO2").value
    assert made == pytest.approx(known.co2[rows].sum() + households, rel=1e-9), (
        "own + sent + exported + ERR + households"
    )
    trade = embodied_trade.call({"place": "广东"}, context)
    sent = caused[rows].sum() - caused[rows, gd].sum()
    net = next(f for f in trade.facts if "net" in f.label.en)
    assert net.value == pytest.approx(abs(inflow - sent), rel=1e-9)
    js = system.mrio.regions.index("JS")
    block = L[42 * js : 42 * js + 42, 42 * js : 42 * js + 42]
    power = linkages.call({"place": "江苏", "top": 42}, context)
    for k in (11, 26):
        name = [f for f in power.facts if f.label.en.startswith("Jiangsu 2017: power of dispersion")]
        found = [f.value for f in name if f.sector == SECTOR_NAMES[k]]
        assert found == [pytest.approx(block.mean(0)[k] / block.mean(), rel=1e-9)]
    hub = chain_partners.call({"place": "山西", "sector": "煤炭行业", "direction": "downstream"}, context)
    sx = 42 * system.mrio.regions.index("SX") + 1
    largest = (known.Z[sx] / published.WAN).reshape(31, 42).sum(0).max()
    assert max(f.value for f in hub.facts if f.label.en.endswith("(all provinces)")) == pytest.approx(largest, rel=1e-9)
    inside = system.Z[42 * gd : 42 * gd + 42, 42 * gd : 42 * gd + 42]
    total = inside.sum() - np.trace(inside)
    drawn = industry_map.call({"place": "广东"}, context)
    assert fact(drawn, "intermediate flows between its sectors").value == pytest.approx(total, rel=1e-9)


SECTOR_NAMES = {11: "Manufacture of chemical products", 26: "Construction"}

QUESTIONS: tuple[tuple[Any, dict[str, object]], ...] = (
    (footprint, {"place": "广东"}), (footprint, {}), (footprint, {"place": "China"}), (footprint, {"place": "京津冀"}),
    (embodied_trade, {"place": "上海"}), (embodied_trade, {}), (embodied_trade, {"place": "广东", "partner": "河北"}),
    (linkages, {"place": "江苏"}), (linkages, {}), (linkages, {"place": "长三角"}),
    (chain_partners, {"place": "山西", "sector": "煤炭行业"}), (chain_partners, {"place": "广东"}),
    (chain_partners, {"place": "江苏", "sector": "construction", "direction": "upstream", "focus": "carbon"}),
    (industry_map, {"place": "安徽"}), (industry_map, {"place": "河南", "form": "sankey"}), (industry_map, {}),
)  # fmt: skip


@pytest.mark.parametrize("year", [None, 2012])
@pytest.mark.parametrize(("tool", "arguments"), QUESTIONS)
def test_nothing_is_called_an_estimate(
    tool: Any, arguments: dict[str, object], year: int | None, context: Context, warehouse: Warehouse
) -> None:
    result = tool.call({**arguments, **({"year": year} if year else {})}, context)
    for said in words_of(result):
        assert not ESTIMATE.search(said), said
    assert {f.year for f in result.facts} <= {year or 2017, None}
    for told in result.facts:
        assert told.basis in (Basis.DERIVED, Basis.OBSERVED), told
        assert told.low is None and told.high is None
    assert not {"mrio_trade", "mrio_use", "mrio_variants", "mrio_ranges"} & {
        *result.sources,
        *(f.source for f in result.facts),
    }
    cited = {s.id for f in result.facts for s in warehouse.dataset.cite(f.source)}
    assert "ceads-mrio-2017" in cited and "tanlu-mrio" not in cited


# The other tools that rest on the table, as (tool, arguments); those of one year's table only are not asked for 2012.
OTHERS: tuple[tuple[str, dict[str, object]], ...] = (
    ("footprint", {"place": "浙江", "detail": "category"}), ("footprint", {"place": "长三角", "detail": "category"}),
    ("footprint", {"place": "山西", "account": "income"}), ("footprint", {"place": "广东", "detail": "origins"}),
    ("embodied_trade", {"form": "matrix"}), ("embodied_trade", {"place": "京津冀", "partner": "长三角"}),
    ("linkages", {"place": "河南", "weight": "emissions"}),
    ("multipliers", {"place": "四川", "sector": "建筑"}), ("multipliers", {"place": "上海", "by": "value_added"}),
    ("multipliers", {}), ("extraction", {"place": "山西", "sector": "煤炭行业"}),
    ("extraction", {"place": "广东", "sector": "电子"}), ("extraction", {"place": "江苏"}),
    ("grouped", {"region_groups": {"North": ["北京", "天津", "河北"], "South": ["广东", "福建"]}}),
    ("paths", {"place": "江苏", "sector": "建筑"}), ("paths", {"place": "河北", "sector": "钢铁", "direction": "downstream"}),
    ("paths", {"place": "浙江"}),
    ("shock", {"place": "上海", "change": -5, "of": "final_demand", "category": "consumption"}),
    ("shock", {"place": "山西", "sector": "煤炭行业", "change": -10, "of": "output"}),
    ("shock", {"place": "内蒙古", "sector": "电力", "change": -10, "of": "downstream"}),
    ("joint_reduction", {"ends": [{"place": "江苏", "sector": "建筑"}, {"place": "河北", "sector": "钢铁"}]}),
    ("network", {"place": "广东"}), ("network", {"place": "山东", "flow": "carbon", "backbone": "disparity"}),
    ("network", {"measure": "communities", "level": "provinces"}),
    ("specialisation", {"place": "江苏"}), ("specialisation", {"place": "广东", "basis": "exports"}),
    ("specialisation", {"place": "广东", "basis": "outflows"}),
    ("specialisation", {"sector": "电子"}),
    ("spend_factors", {"place": "广东"}), ("spend_factors", {"place": "江苏", "sector": "建筑"}),
    ("spend_factors", {"place": "山东", "spend": [{"sector": "钢铁", "amount": 500}, {"sector": "电力", "amount": 200}]}),
    ("project_appraisal", {"place": "内蒙古", "sector": "水泥", "output": 20_000, "investment": 100_000}),
    ("figures", {"measure": "output", "places": ["江苏"], "operation": "rank", "over": "sectors"}),
    ("figures", {"measure": "value_added", "places": ["广东", "山东"], "sectors": ["建筑"]}),
    ("figures", {"measure": "co2", "places": ["河北"], "sectors": ["化工"], "per": "output"}),
    ("best_in_class", {"sector": "化工", "place": "山东"}), ("best_in_class", {"sector": "造纸"}),
)  # fmt: skip
# What may be called an estimate whatever the table: emissions that the inventory does not list, and words that say no estimate.
ALLOWED = (
    "no estimate of potential",
    "不是潜力评估",
    "服务部门的直接排放为估算",
    "direct emissions of service sectors are",
)


@pytest.mark.parametrize("year", [None, 2012])
@pytest.mark.parametrize(("name", "arguments"), OTHERS, ids=lambda v: v if isinstance(v, str) else "")
def test_no_other_tool_calls_it_an_estimate(
    name: str, arguments: dict[str, object], year: int | None, context: Context, warehouse: Warehouse
) -> None:
    from tools.registry import get_tool

    key = "years" if name == "figures" else "year"
    tool = get_tool(name)
    asked = {**arguments, **({} if year is None else {key: [year] if key == "years" else year})}
    result = tool.call(asked, context)
    assert result.status == "ok" and result.facts
    for said in words_of(result):
        if not any(part in said for part in ALLOWED):
            assert not ESTIMATE.search(said), said
    given = (Basis.USER, Basis.ASSUMPTION)
    told = [f for f in result.facts if f.basis not in given]
    assert told and {f.year for f in told} <= {year or 2017, None}
    for one in told:
        allowed = (Basis.DERIVED, Basis.OBSERVED, *((Basis.PROJECTED,) if name in ("shock", "joint_reduction") else ()))
        assert one.basis in allowed and one.low is None and one.high is None, one
        assert one.source in {r.name for r in warehouse.dataset.resources}, "a table that is there to be cited"
    assert not {"mrio_trade", "mrio_use", "mrio_final", "mrio_variants"} & {*result.sources}
    tables = {*result.sources, *(f.source for f in told)} - {"user", "tanlu"}
    cited = {s.id for name in tables for s in warehouse.dataset.cite(name)}
    assert "ceads-mrio-2017" in cited and "tanlu-mrio" not in cited


@pytest.mark.parametrize(
    "topic", ["sources", "commercial", "estimated", "intensity", "method", "limits", "interprovincial", "licence"]
)
def test_what_is_said_of_the_data_follows_the_table(topic: str, context: Context) -> None:
    from tools.registry import get_tool

    said = " ".join(words_of(get_tool("about").call({"topic": topic}, context)))
    assert "导入" in said and "imported" in said
    for words in (
        "our estimate,",
        "our estimated",
        "it is our estimate",
        "本库估算",
        "本项目的估算",
        "分省总产出为估算",
    ):
        assert words not in said.casefold()


def test_a_decomposition_between_two_published_tables(context: Context, warehouse: Warehouse) -> None:
    """Its terms make up the change of all production CO2, the balancing item included, and none is an estimate."""
    from tools.registry import get_tool

    result = get_tool("drivers").call({"place": "广东", "method": "sda", "from_year": 2012, "to_year": 2017}, context)
    made = []
    for year in (2012, 2017):
        mrio = load_mrio(warehouse, year)
        gd = mrio.regions.index("GD") * 42
        made.append(load_emissions(warehouse, mrio).co2[gd : gd + 42].sum())
    by = {f.label.en: f for f in result.facts}
    change = [
        f for label, f in by.items() if label.startswith("Guangdong 2012-2017: change of CO2 by ") and f.sector is None
    ]
    assert sum(f.value for f in change[:5]) == pytest.approx(made[1] - made[0], rel=1e-9)
    assert {f.basis for f in result.facts} <= {Basis.DERIVED, Basis.OBSERVED}
    assert {"mrio_flow_2012", "mrio_flow_2017"} <= {*result.sources} and {f.source for f in change} == {
        "mrio_flow_2017"
    }
    assert any("平衡项" in c.zh and "出口" in c.zh for c in result.caveats)


def test_list_a_says_what_it_does_not_tell_apart(context: Context, warehouse: Warehouse) -> None:
    result = footprint.call({"place": "广东", "year": 2012}, context)
    assert any("旧版42部门" in c.zh for c in result.caveats)
    mrio = load_mrio(warehouse, 2012)
    assert mrio.absent == (35,)
    emissions = load_emissions(warehouse, mrio)
    inventory = warehouse.rows(
        "SELECT sum(mt) FROM co2_42 WHERE year = 2012 AND region = 'GD' AND sector_no IN (35, 36)"
    )
    gd = mrio.regions.index("GD") * 42
    assert emissions.co2[gd + 34] == 0 and emissions.co2[gd + 35] == pytest.approx(inventory[0][0], rel=1e-12)
    listed = linkages.call({"place": "广东", "year": 2012, "top": 42}, context)
    assert "Research and experimental development" not in {f.sector for f in listed.facts}


def test_no_variants_for_a_published_table(warehouse: Warehouse) -> None:
    for year in (2012, 2017):
        assert spread(warehouse, year, lambda s: s.trade) is None


def test_scope_and_years(warehouse: Warehouse, context: Context) -> None:
    with pytest.raises(NotAvailable, match="2012, 2017"):
        footprint.call({"place": "广东", "year": 2015}, context)
    assert scope_of(warehouse, scope_of_place("广东")).system.mrio.year == 2017


def scope_of_place(name: str) -> Any:
    from data.classification import find_place

    return find_place(name)


def test_the_dataset_verifies(dataset: Dataset) -> None:
    report = verify(dataset)
    assert [(c.name.en, c.detail.en) for c in report.checks if not c.ok] == []
    assert any("imported" in c.name.en for c in report.checks)


def test_a_table_of_thirty_provinces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tibet is not in the table: asked for alone it is no data, in a group it is left out."""
    from data.imports import importing as room

    monkeypatch.setenv("TANLU_HOME", str(tmp_path))
    codes = tuple(p for p in made_up().regions if p != "XZ")
    monkeypatch.setattr(room, "read_file", lambda *_: ("ceads-mrio", made_up(2015, "A", regions=codes)))
    file = tmp_path / "MRIO 2015.xlsx"
    file.write_bytes(b"x")
    import_files([file])
    own = Context(open_warehouse(), cast(Any, None), cast(Any, None))
    with pytest.raises(NotAvailable, match="Tibet"):
        linkages.call({"place": "西藏"}, own)
    assert footprint.call({"place": "西南"}, own).facts
    assert to_list_b(made_up(2015, "A", regions=codes)).x.size == 30 * 42
