"""A province beside another one and beside the median: against standings reckoned anew from the tables."""

from __future__ import annotations

from statistics import median

import pytest

from data.classification import PROVINCES, Place
from data.errors import TanluError
from data.warehouse import Warehouse
from tools.benchmark.best_in_class import best_in_class
from tools.declare import Context
from tools.result import Result


def _place(code: str) -> Place:
    return next(p for p in PROVINCES if p.code == code)


def _per_gdp(warehouse: Warehouse, year: int) -> dict[str, float]:
    """kg per 10,000 yuan of every province, from the tables themselves."""
    rows = warehouse.rows(
        "SELECT c.region, sum(c.mt) / max(g.gdp_100m_yuan) * 1e5 FROM co2 c JOIN gdp g ON g.region = c.region AND g.year = c.year "
        "WHERE c.year = ? AND c.region <> 'CN' GROUP BY c.region", (year,),
    )  # fmt: skip
    return {str(code): float(v) for code, v in rows}


def _fact(result: Result, start: str) -> float:
    return next(f.value for f in result.facts if start in f.label.en)


def _lead(result: Result) -> str:
    return " ".join(s.text.en for s in result.lead)


@pytest.mark.parametrize(("one", "two"), [("HN", "JX"), ("JX", "HN"), ("SX", "GD")])
def test_two_provinces_per_gdp(context: Context, one: str, two: str) -> None:
    own = _per_gdp(context.warehouse, 2019)
    high, low = max(own[one], own[two]), min(own[one], own[two])
    names = [_place(c).name.en for c in (one, two)]
    result = best_in_class.call(
        {"sector": "total", "denominator": "gdp", "place": names[0], "against": names[1]}, context
    )
    assert [f.value for f in result.facts[:2]] == pytest.approx([own[one], own[two]])
    assert _fact(result, "gap to") == pytest.approx(high - low)
    relative = next(f for f in result.facts if "relative to" in f.label.en)
    if high / low >= 2:
        assert relative.unit == "times" and relative.value == pytest.approx(high / low)
    else:
        assert relative.unit == "%" and relative.value == pytest.approx((high / low - 1) * 100)
    assert all(name in _lead(result) for name in names)
    assert "best province" not in _lead(result)


def test_the_median_and_what_reaching_it_saves(context: Context) -> None:
    result = best_in_class.call({"sector": "total", "denominator": "gdp", "benchmark": "median"}, context)
    own = _per_gdp(context.warehouse, 2019)
    gdp = {
        str(r): float(v) for r, v in context.warehouse.rows("SELECT region, gdp_100m_yuan FROM gdp WHERE year = 2019")
    }
    all_gdp = sum(gdp[c] for c in own)
    comparable = {c: v for c, v in own.items() if gdp[c] >= 0.01 * all_gdp}
    middle = median(comparable.values())
    above = {c for c, v in comparable.items() if v > middle}
    assert _fact(result, "median CO2") == pytest.approx(middle)
    assert _fact(result, "provinces above") == len(above) == len(result.tables[0].rows)
    assert _fact(result, "if all above") == pytest.approx(sum((own[c] - middle) * gdp[c] / 1e5 for c in above))
    savings = [f.value for f in result.facts if "saved at the median" in f.label.en]
    assert savings == sorted(savings, reverse=True) and sum(savings) == pytest.approx(_fact(result, "if all above"))
    assert any("not SBTi's sectoral approach" in c.en for c in result.caveats)


def test_a_province_below_the_median_saves_nothing(context: Context) -> None:
    low = best_in_class.call(
        {"sector": "total", "denominator": "gdp", "benchmark": "median", "place": "Guangdong"}, context
    )
    assert "not above the median" in low.lead[0].text.en and "不高于" in low.lead[0].text.zh
    high = best_in_class.call(
        {"sector": "total", "denominator": "gdp", "benchmark": "median", "place": "Shanxi"}, context
    )
    assert "would emit" in high.lead[0].text.en and "少排" in high.lead[0].text.zh


@pytest.mark.parametrize(
    ("sector", "place", "why"),
    [("钢铁", "Liaoning", "ironmaking"), ("total", "Shanxi", "economies are made up differently")],
)
def test_a_large_saving_never_stands_alone(context: Context, sector: str, place: str, why: str) -> None:
    args = {"sector": sector, "place": place, **({"denominator": "gdp"} if sector == "total" else {})}
    result = best_in_class.call(args, context)
    (sentence,) = [s for s in result.lead if "CO2 saved" in " ".join(result.facts[i].label.en for i in s.facts)]
    assert (
        why in sentence.text.en and "no saving at hand" in sentence.text.en and "不是可实现的减排量" in sentence.text.zh
    )


def test_another_that_is_no_province_is_refused(context: Context) -> None:
    for other in ("China", "京津冀", "Tibet"):
        with pytest.raises(TanluError):
            best_in_class.call({"sector": "化工", "place": "Jiangsu", "against": other}, context)
