"""A bureau's own figures in the engine: met where given, carried where not, apart from every standard answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.classification import place
from data.errors import BadRequest, NotAvailable
from data.own.figures import read_figures
from data.own.store import Holding, OwnFigures
from data.own.table import read_sheet
from tools.declare import Context
from tools.result import Account, Basis, Result
from tools.roadmap.backcast_tool import backcast
from tools.roadmap.cluster import annual
from tools.roadmap.compare import compare
from tools.roadmap.energy import energy_of
from tools.roadmap.engine import Engine
from tools.roadmap.iamc import iamc_rows
from tools.roadmap.milestones import milestones
from tools.roadmap.model import Path as Run
from tools.roadmap.names import at
from tools.roadmap.own import NOW, own_engine
from tools.roadmap.own_files import take, warnings_on
from tools.roadmap.own_state import EVERYTHING, Given, adjust
from tools.roadmap.sensitivity import sensitivity
from tools.roadmap.tool import roadmap

HEAD = "province,item,sector,year,value,unit,note\n"
ROWS = """广东,emissions,,2022,60000,万吨,
广东,emissions,power,2022,30000,万吨,
广东,emissions,,2024,640,Mt,
广东,emissions,households,2023,20,Mt,
广东,emissions,ferrous,2023,20,Mt,
广东,gdp_growth_real,,2024,3.5,%,
广东,gdp_growth_real,,2026,5,%,
广东,electricity_use,,2024,930,TWh,
广东,electricity_use,,2023,850,TWh,
广东,generation,thermal,2024,480,TWh,
广东,generation,nuclear,2024,125,TWh,
广东,generation,nuclear,2023,120,TWh,
广东,net_power_import,,2024,220,TWh,
广东,energy_use,,2023,370,Mtce,coal equivalent
广东,target_cap,,2030,620,Mt,
广东,target_peak_year,,2028,2028,,
广东,target_intensity_cut,,2030,17,%,base 2024
广东,target_intensity_cut,,2035,30,%,base 2023
"""


def holding(rows: str, code: str = "GD") -> Holding:
    return Holding(place(code), "a.csv", "2026-01-01", read_figures(read_sheet((HEAD + rows).encode(), "a.csv")))


@pytest.fixture(scope="module")
def own(provinces: Engine) -> Engine:
    return own_engine(provinces, holding(ROWS))


@pytest.fixture(scope="module")
def region(provinces: Engine) -> int:
    return provinces.model.economy.regions.index("GD")


def test_emissions_of_given_years_equal_the_file(own: Engine, region: int) -> None:
    for scenario in ("dual_carbon", "current_policies", "accelerated"):
        path = own.path(scenario)
        assert path.gross[at(2022), region] == pytest.approx(600, rel=1e-3)
        assert path.gross[at(2024), region] == pytest.approx(640, rel=1e-3)
        assert path.sectors[at(2022), region, 23] == pytest.approx(300, rel=1e-3)
        assert path.sectors[at(2023), region, 42] == pytest.approx(20, rel=1e-3)


def test_years_not_given_move_as_the_nowcast_does(own: Engine, provinces: Engine, region: int) -> None:
    ours, usual = own.path("dual_carbon").sectors[:, region], provinces.path("dual_carbon").sectors[:, region]
    for year, near in ((2020, 2022), (2021, 2022), (2025, 2024)):
        assert ours[at(year)] * usual[at(near)] == pytest.approx(usual[at(year)] * ours[at(near)], rel=1e-9)
    assert ours[: at(2019) + 1] == pytest.approx(usual[: at(2019) + 1], rel=1e-12)


def test_other_provinces_and_the_standard_engine_stay(
    own: Engine, provinces: Engine, china: Engine, region: int
) -> None:
    before = provinces.path("dual_carbon").gross.copy()
    nation = china.path("dual_carbon").gross.copy()
    others = [r for r in range(len(before[0])) if r != region]
    mine = own.path("dual_carbon").gross
    assert mine[: at(2025) + 1][:, others] == pytest.approx(before[: at(2025) + 1][:, others], rel=1e-9)
    assert mine[-1, others] == pytest.approx(before[-1, others], rel=0.01)
    own.backcast(2060, region), own.band("dual_carbon")
    assert (provinces.path("dual_carbon").gross == before).all() and provinces.own is None
    assert (china.path("dual_carbon").gross == nation).all()


def test_the_invariants_hold(own: Engine, region: int) -> None:
    for scenario in ("dual_carbon", "current_policies"):
        path: Run = own.path(scenario)
        assert path.net == pytest.approx(path.gross - path.removals, rel=1e-12)
        assert path.sectors.sum(axis=-1) == pytest.approx(path.gross, rel=1e-9)
        assert path.emissions.min() >= 0 and path.output.min() >= 0
        assert path.consumption is not None and path.embodied_exports is not None
        caused = (path.consumption + path.embodied_exports).sum(axis=1)
        assert caused == pytest.approx(path.gross.sum(axis=1), rel=1e-9)
    power = own.power(own.path("dual_carbon"), 2035)
    assert abs(power.net_import.sum()) < 1e-6
    need = power.use * (1 + own.power_base.losses)
    assert need == pytest.approx(power.generation.sum(axis=1) + power.net_import, rel=1e-9)


def test_growth_replaces_the_assumption_in_its_years_only(own: Engine, provinces: Engine, region: int) -> None:
    mine, usual = own.path("dual_carbon").gdp[:, region], provinces.path("dual_carbon").gdp[:, region]
    assert mine[at(2024)] / mine[at(2023)] == pytest.approx(1.035, rel=1e-12)
    assert mine[at(2026)] / mine[at(2025)] == pytest.approx(1.05, rel=1e-12)
    for year in (2021, 2023, 2025, 2027, 2060):
        assert mine[at(year)] / mine[at(year - 1)] == pytest.approx(usual[at(year)] / usual[at(year - 1)], rel=1e-12)


def test_an_index_and_rates_give_the_same_path(provinces: Engine, region: int) -> None:
    rates = own_engine(provinces, holding("广东,gdp_growth_real,,2023,4.8,%,\n广东,gdp_growth_real,,2024,3.5,%,\n"))
    index = own_engine(
        provinces, holding("广东,gdp_real_index,,2023,104.8,2022=100,\n广东,gdp_real_index,,2024,108.468,2022=100,\n")
    )
    yearly = own_engine(
        provinces, holding("广东,gdp_real_index,,2023,104.8,上年=100,\n广东,gdp_real_index,,2024,103.5,上年=100,\n")
    )
    for other in (index, yearly):
        assert other.model.drivers.gdp == pytest.approx(rates.model.drivers.gdp, rel=1e-9)
    gap = own_engine(provinces, holding("广东,gdp_real_index,,2024,108.468,2022=100,\n"))
    assert gap.own is not None and len(gap.own.unused) == 1 and not gap.own.used


def test_the_energy_lane_starts_from_the_file(own: Engine, provinces: Engine, region: int) -> None:
    energy = energy_of(own.path("dual_carbon"), own.energy)
    assert energy.power[at(2024), region] == pytest.approx(930, rel=1e-9)
    assert energy.primary[at(2023), region] == pytest.approx(370, rel=1e-9)
    power = own.power(own.path("dual_carbon"), 2024)
    assert power.use[region] == pytest.approx(930, rel=1e-9)
    assert power.generation[region, 2] == pytest.approx(125, rel=1e-9)  # nuclear
    assert power.generation[region, :2].sum() == pytest.approx(480, rel=1e-9)  # fossil and biomass
    others = [r for r in range(31) if r != region]
    usual = provinces.power(provinces.path("dual_carbon"), 2024)
    assert power.generation[others] == pytest.approx(usual.generation[others], rel=1e-9)
    assert power.use[others] == pytest.approx(usual.use[others], rel=1e-9)


def test_rows_not_used_say_why(own: Engine) -> None:
    assert own.own is not None
    why = {(u.figure.item, u.figure.sector, u.figure.year): u.why.en for u in own.own.unused}
    assert set(why) == {
        ("emissions", "ferrous", 2023), ("electricity_use", "", 2023), ("generation", "nuclear", 2023), ("net_power_import", "", 2024),
    }  # fmt: skip
    calorific = own_engine(_standard(own), holding("广东,energy_use,,2023,300,Mtce,电热当量法\n"))
    assert calorific.own is not None and "calorific" in calorific.own.unused[0].why.en
    low = own_engine(_standard(own), holding("广东,energy_use,,2023,100,Mtce,等价值\n"))
    assert low.own is not None and "below" in low.own.unused[0].why.en and low.own.unused[0].beside is not None


def _standard(own: Engine) -> Engine:
    from tools.roadmap.engine import engine

    return engine(own.warehouse, "provinces")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(1.0, 500.0), min_size=6, max_size=6),
    st.integers(2020, 2025),
    st.floats(0.1, 3.0),
    st.floats(0.05, 0.9),
)
def test_given_figures_are_met_whatever_they_are(levels: list[float], year: int, times: float, share: float) -> None:
    rng = np.random.default_rng(int(sum(levels)))
    usual = rng.uniform(0.1, 10.0, (6, 43)) * np.array(levels)[:, None]
    total = times * float(usual[NOW.index(year)].sum())
    cover = frozenset({23})
    found = adjust(usual, NOW, [Given(EVERYTHING, year, total, 2), Given(cover, year, share * total, 3)])
    mine = usual * found.ratio
    assert mine[NOW.index(year)].sum() == pytest.approx(total, rel=1e-9)
    assert mine[NOW.index(year), 23] == pytest.approx(share * total, rel=1e-9)
    assert (found.ratio >= 0).all() and not found.idle
    assert found.ratio == pytest.approx(
        np.tile(found.ratio[0], (6, 1))
    )  # one year given: all others move with the nowcast


def test_two_owners_at_once_each_get_their_own(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TANLU_HOME", str(tmp_path))
    values = {"a": 640.0, "b": 700.0, "none": None}
    for owner, value in values.items():
        if value is not None:
            take(OwnFigures(owner), (HEAD + f"广东,emissions,,2024,{value},Mt,\n").encode(), "x.csv")
    told: dict[str, float] = {}

    def ask(owner: str) -> None:
        result = roadmap.call({"place": "广东", "year": 2024}, replace(context, own=OwnFigures(owner)))
        told[owner] = gross(result, 2024)

    threads = [threading.Thread(target=ask, args=(owner,)) for owner in values]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    standard = gross(roadmap.call({"place": "广东", "year": 2024}, context), 2024)
    assert (
        told["a"] == pytest.approx(640) and told["b"] == pytest.approx(700) and told["none"] == pytest.approx(standard)
    )


def gross(result: Result, year: int) -> float:
    return next(f.value for f in result.facts if f.account is Account.GROSS and f.year == year and f.sector is None)


@pytest.fixture
def mine(context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Context]:
    monkeypatch.setenv("TANLU_HOME", str(tmp_path))
    store = OwnFigures("local")
    take(store, (HEAD + ROWS).encode(), "a.csv")
    take(store, b"kind,value,year\ngrowth,-0.5,\n", "slow.csv")
    yield replace(context, own=store)


def test_the_answer_names_the_users_figures_and_lists_every_row(mine: Context) -> None:
    result = roadmap.call({"place": "广东"}, mine)
    given = [f for f in result.facts if f.basis is Basis.USER]
    assert given and all(f.source == "user" for f in given)
    assert any("由用户提供" in f.label.zh and "as given by the user" in f.label.en for f in given)
    section = next(s for s in result.sections if s.heading.en == "The figures you gave")
    tables = [result.tables[i] for i in section.tables]
    assert [len(t.rows) for t in tables] == [10, 4, 4]
    assert any("stay as published" in c.en for c in result.caveats)
    assert any("figures you gave" in s.text.en for s in result.lead)
    assert not any("nowcast: power follows its own" in c.en for c in result.caveats)
    said = " ".join(str(getattr(c, "en", c)) for row in tables[2].rows for c in row)
    assert "met in this scenario" in said and "not met in this scenario" in said and "no verdict" in said
    standard = roadmap.call({"place": "广东", "own": False}, mine)
    assert not any(f.basis is Basis.USER for f in standard.facts)
    assert gross(standard, 2025) != pytest.approx(gross(result, 2025), rel=0.05)


def test_every_tool_of_the_room_stands_on_them(mine: Context) -> None:
    calls = (
        milestones.call({"place": "广东"}, mine),
        backcast.call({"place": "广东", "year": 2055}, mine),
        sensitivity.call({"place": "广东", "runs": 50}, mine),
        compare.call({"places": ["广东", "江苏"], "years": [2024, 2035]}, mine),
        roadmap.call({"place": "广东", "overrides": "不用CCUS"}, mine),
    )
    for result in calls:
        assert any(s.heading.en == "The figures you gave" for s in result.sections)
        assert any(f.basis is Basis.USER and f.value == pytest.approx(640) for f in result.facts)
    assert calls[0].lead and calls[3].lead
    assert mine.own is not None
    take(mine.own, (HEAD + "江苏,emissions,,2024,800,Mt,\n").encode(), "js.csv")
    both = compare.call({"places": ["广东", "江苏"], "years": [2024, 2035]}, mine)
    assert next(f.value for f in both.facts if f.basis is Basis.USER and f.region == "Jiangsu") == pytest.approx(800)
    assert any("do not enter the other's" in c.en for c in both.caveats)
    beside = calls[3]
    js = [f for f in beside.facts if f.region == "Jiangsu" and f.year == 2024]
    assert js and all(f.basis is not Basis.USER for f in js)


def test_a_scenario_file_is_the_what_if_it_lists(mine: Context) -> None:
    named = roadmap.call({"place": "广东", "own_scenario": "slow"}, mine)
    latest = roadmap.call({"place": "广东", "own_scenario": ""}, mine)
    by_hand = roadmap.call({"place": "广东", "overrides": [{"kind": "growth", "value": -0.5}]}, mine)
    values = [
        [f.value for f in r.facts if f.scenario and f.scenario.endswith("what_if")] for r in (named, latest, by_hand)
    ]
    assert values[0] and values[0] == values[1] == values[2]
    assert any("slow" in c.en for c in named.caveats)
    with pytest.raises(NotAvailable, match="there are: slow"):
        roadmap.call({"place": "广东", "own_scenario": "fast"}, mine)
    with pytest.raises(BadRequest, match="given twice"):
        roadmap.call({"place": "广东", "own_scenario": "slow", "overrides": "growth 1 point lower"}, mine)
    on_published = roadmap.call({"place": "江苏", "own_scenario": "slow"}, mine)
    assert not any(f.basis is Basis.USER for f in on_published.facts)


def test_asked_for_where_there_are_none(mine: Context, context: Context) -> None:
    for arguments, where in (({"place": "江苏", "own": True}, mine), ({"place": "广东", "own": True}, context)):
        with pytest.raises(NotAvailable) as caught:
            roadmap.call(arguments, where)
        assert "tanlu figures template" in caught.value.message.zh and "tanlu figures add" in caught.value.message.en
    for wide in ("China", "长三角"):
        with pytest.raises(BadRequest, match="single province"):
            roadmap.call({"place": wide, "own": True}, mine)
    china = roadmap.call({"place": "China", "detail": "brief"}, mine)
    assert any("do not enter" in c.en for c in china.caveats)
    with pytest.raises(NotAvailable, match="no CO2 inventory"):
        roadmap.call({"place": "西藏"}, mine)


def test_exports_and_ensembles_follow(mine: Context, own: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def written(own_figures: OwnFigures | None, **arguments: object) -> float:
        rows = iamc_rows(mine.warehouse, "roadmap", {"place": "广东", **arguments}, own_figures)
        return next(r.value for r in rows if r.variable == "Emissions|CO2|Gross" and r.year == 2024)

    assert written(mine.own) == pytest.approx(640)
    assert written(mine.own, own=False) == written(None) != pytest.approx(640, rel=0.05)
    monkeypatch.setenv(
        "TANLU_DASK", "tcp://127.0.0.1:1"
    )  # nobody answers there: private figures never leave the process
    band = annual(own, "dual_carbon", "delivery", 8)
    assert band.gross.shape[0] == 8 and np.isfinite(band.gross[..., own.own.region]).all()  # type: ignore[union-attr]


@pytest.mark.parametrize("value,warned", [("4900", True), ("60", True), ("640", False), ("700", False)])
def test_emissions_far_outside_our_range_are_warned_of_first(mine: Context, value: str, warned: bool) -> None:
    assert mine.own is not None
    taken = take(mine.own, f"{HEAD}广东,emissions,,2023,{value},Mt,\n".encode(), "far.csv", replace=True)
    said = warnings_on(mine.warehouse, mine.own, taken.holdings)
    assert bool(said) == warned and all("第2行" in w.zh and "line 2" in w.en for w in said)
    first = roadmap.call({"place": "Guangdong", "detail": "brief"}, mine).lead[0].text
    assert (first.zh.startswith("注意"), first.en.startswith("Warning")) == (warned, warned)
