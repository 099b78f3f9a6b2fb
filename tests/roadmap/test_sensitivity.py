"""Sensitivity against SciPy's rank correlation and single runs; hindcasts against the inventories counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from data.errors import BadRequest
from data.warehouse import Warehouse
from tools.declare import Context
from tools.roadmap.bands import draw, ensemble
from tools.roadmap.checks import hindcasts
from tools.roadmap.engine import Engine
from tools.roadmap.influence import drivers, measure, rank_correlation
from tools.roadmap.sensitivity import sensitivity
from tools.roadmap.tool import roadmap


def test_rank_correlation_is_scipys_with_ties() -> None:
    from scipy.stats import spearmanr

    rng = np.random.default_rng(7)
    for _ in range(20):
        x, y = rng.normal(size=60), rng.integers(0, 6, size=60).astype(float)
        assert rank_correlation(x, y) == pytest.approx(float(spearmanr(x, y).statistic))
    assert rank_correlation(np.ones(5), np.arange(5.0)) == 0.0


@pytest.mark.parametrize(("design", "size"), [("delivery", 20), ("parameters", 12)])
def test_every_column_that_varies_is_a_driver(china: Engine, design: str, size: int) -> None:
    found = drivers(design)  # type: ignore[arg-type]
    draws = draw(china.model.defaults, design, 50)  # type: ignore[arg-type]
    assert len(found) == size == len({d.key for d in found})
    assert all(np.ptp(d.read(draws)) > 0 for d in found)


def test_effects_one_by_one_are_those_of_single_changes(china: Engine) -> None:
    found = measure(china, "dual_carbon", (0,), (2030, 2060), "delivery", 60)
    keys = [d.key for d in found.drivers]
    lag, growth = keys.index("lag"), keys.index("growth")
    assert found.effect[lag, 1, 0] > 0 > found.effect[lag, 0, 0]  # later measures, higher emissions
    assert found.effect[growth, 1, 1] > 0 > found.effect[growth, 0, 1]
    assert found.correlation[lag, 0] > 0.5 and found.correlation[lag, 2] > 0.5
    assert found.peak[lag, 0] <= found.central_peak <= found.peak[lag, 1]
    path = china.path("dual_carbon")
    assert found.central_peak == 2017 + int(path.gross[:, 0].argmax())
    low, high = found.band.window((0,))
    assert low <= found.central_peak <= high


def test_the_tool_names_what_matters_and_refuses_years_out_of_range(context: Context) -> None:
    result = sensitivity.call({"place": "China", "years": [2035], "runs": 60}, context)
    assert result.charts[0].kind == "bar" and len(result.tables) == 2
    assert all(abs(f.value) <= 1 for f in result.facts if f.unit == "index")
    assert result.tables[0].rows[0][0] in [d.name for d in drivers("delivery")]
    with pytest.raises(BadRequest, match="2026"):
        sensitivity.call({"place": "China", "years": [2020]}, context)


def test_hindcasts_are_counted_as_the_inventories_say(warehouse: Warehouse, china: Engine, provinces: Engine) -> None:
    total = dict(warehouse.rows("SELECT year, sum(mt) FROM co2 WHERE region = 'CN' GROUP BY ALL"))
    trend = next(r for r in hindcasts(warehouse, china, ("CN",)) if r.key == "trend")
    one = [abs(total[b] * (total[b] / total[b - 5]) ** 0.2 / total[b + 1] - 1) * 100 for b in range(2002, 2019)]
    assert trend.periods == {1: 17, 2: 16, 3: 15, 4: 14, 5: 13} and trend.error[1] == pytest.approx(np.mean(one))
    same = [abs(total[b] / total[b + 5] - 1) * 100 for b in range(2002, 2015)]
    assert trend.unchanged[5] == pytest.approx(np.mean(same))
    codes = tuple(
        c for c, p in zip(provinces.model.economy.regions, provinces.model.inventory.present, strict=True) if p
    )
    rules = hindcasts(warehouse, provinces, codes)
    assert len(codes) == 30 and not any(r.wins for r in rules)  # so nothing here may be called a forecast
    frozen = next(r for r in rules if r.key == "frozen")
    assert frozen.periods == {1: 2, 2: 1}


def test_part_seven_shows_hindcasts_and_published_pathways(context: Context) -> None:
    result = roadmap.call({"place": "China"}, context)
    part = next(s for s in result.sections if s.heading.zh.startswith("7"))
    titles = [result.tables[i].title.zh for i in part.tables]
    assert any("回测" in t for t in titles) and any("已发表" in t for t in titles)
    published = next(result.tables[i] for i in part.tables if "已发表" in result.tables[i].title.zh)
    assert len(published.rows) == 5 and all(str(getattr(row[-1], "zh", "")) for row in published.rows)
    said = " ".join(s.text.zh for s in part.sentences)
    assert "预测能力" not in said and "不构成验证" in said


def test_the_peak_window_hardly_moves_with_the_number_of_runs(provinces: Engine) -> None:
    """The outermost runs would: 2027 with 48 runs, 2023 with 1,000 for Guangdong."""
    path = provinces.path("dual_carbon")
    here = (provinces.model.economy.regions.index("GD"),)
    few, many = (
        ensemble(provinces.model, "dual_carbon", path.deployment, path.gross, runs=n).window(here) for n in (48, 300)
    )
    assert all(abs(a - b) <= 1 for a, b in zip(few, many, strict=True))
