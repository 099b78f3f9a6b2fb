"""A province's profile: its figures against plain SQL, its four parts, its report."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.classification import PROVINCES
from data.errors import BadRequest, NotAvailable
from data.text import Language
from data.warehouse import Warehouse
from tests.change.told import column, whole
from tools.declare import Context
from tools.figures.tool import figures
from tools.mrio.embodied_trade import embodied_trade
from tools.profile.profile import profile
from tools.report import pictures as drawing
from tools.report.word import to_docx
from tools.result import Basis, Result


def test_the_lead_says_level_rank_and_share(warehouse: Warehouse, guangdong: Result) -> None:
    level, rank, share = (guangdong.facts[i] for i in guangdong.lead[0].facts)
    totals = dict(warehouse.rows("SELECT region, sum(mt) FROM co2 WHERE year = 2019 GROUP BY region"))
    nation = totals.pop("CN")
    assert level.value == pytest.approx(totals["GD"]) and level.basis is Basis.OBSERVED
    assert rank.value == 1 + sum(v > totals["GD"] for v in totals.values())
    assert share.value == pytest.approx(100 * totals["GD"] / nation)


def test_all_parts_stand_in_folded_sections_with_their_charts(guangdong: Result) -> None:
    whole(guangdong)
    heads = [s.heading.en.partition(":")[0] for s in guangdong.sections]
    assert heads == ["Baseline", "Change", "Benchmark", "Backbone", "Policy"] and all(
        s.folded for s in guangdong.sections
    )
    assert [c.kind for c in guangdong.charts] == ["line", "treemap", "bar", "network"]
    assert len(guangdong.lead) <= 4


def test_its_figures_are_those_of_the_other_tools(context: Context, guangdong: Result) -> None:
    head = figures.call({"measure": "co2", "places": ["Guangdong"], "per": "head"}, context).facts[0]
    mine = next(f for f in guangdong.facts if f.unit == "t CO2/person" and f.region == "Guangdong")
    assert mine.value == pytest.approx(head.value) and mine.year == head.year
    trade = embodied_trade.call({"place": "Guangdong"}, context)
    net = next(f for f in trade.facts if "net import" in f.label.en)
    own = next(f for f in guangdong.facts if "net import" in f.label.en)
    assert (own.value, own.low, own.high) == pytest.approx((net.value, net.low, net.high), rel=1e-12)
    assert own.account == net.account


def test_sector_shares_and_paces(warehouse: Warehouse, guangdong: Result) -> None:
    shares = [v for v in column(guangdong, 1, 2) if v is not None]
    assert shares == sorted(shares, reverse=True) and 90 < sum(shares) < 100
    power = dict(
        warehouse.rows(
            "SELECT year, sum(mt) FROM co2 WHERE region = 'GD' AND sector_no = 39 AND year IN (2014, 2019) GROUP BY year"
        )
    )
    assert column(guangdong, 1, 3)[0] == pytest.approx(100 * ((power[2019] / power[2014]) ** (1 / 5) - 1))


def test_estimates_carry_ranges_and_say_if_not_robust(guangdong: Result) -> None:
    embodied = [f for f in guangdong.facts if f.source == "mrio_trade"]
    assert embodied and all(f.basis is Basis.ESTIMATED for f in embodied)
    assert all(
        f.low is not None and f.high is not None and f.low <= f.value <= f.high
        for f in embodied
        if "embodied CO2" in f.label.en
    )
    marks = {row[3].en for row in guangdong.tables[5].rows}  # type: ignore[union-attr]
    assert marks <= {"robust", "rank not robust"}


def test_only_targets_that_name_the_province(context: Context, guangdong: Result) -> None:
    assert {f.region for f in guangdong.facts if f.basis is Basis.TARGET} == {"Guangdong"}
    assert any("no verdict" in c.en for c in guangdong.caveats)
    none = profile.call({"place": "Yunnan", "parts": ["policy"]}, context)
    assert "No quantified target" in none.sections[-1].sentences[0].text.en
    assert not [f for f in none.facts if f.basis is Basis.TARGET]


@pytest.mark.parametrize(
    ("place", "documents"),
    [("Shanxi", {"sx-peak-2022"}), ("Shandong", {"sd-peak-2022"}), ("Zhejiang", {"zj-opinions-2021"}),
     ("Inner Mongolia", {"nm-opinions-2022"})],
)  # fmt: skip
def test_clauses_of_the_province_s_own_documents_are_cited(context: Context, place: str, documents: set[str]) -> None:
    found = profile.call({"place": place, "parts": ["policy"]}, context)
    assert documents <= {c.document for c in found.citations}
    corpus = context.library.corpus
    for cited in found.citations:
        assert corpus.documents[cited.document].place == place
        assert cited.digest == corpus.clause(cited.document, str(cited.clause)).digest
    assert any("unverified" in c.en for c in found.caveats)


def test_a_province_without_documents_says_so(context: Context) -> None:
    held = {d.place for d in context.library.corpus.documents.values()}
    where = next(p.name.en for p in PROVINCES if p.name.en not in held and p.code != "XZ")  # Tibet has no inventory
    found = profile.call({"place": where, "parts": ["policy"]}, context)
    assert not found.citations and "No quantified target" in found.sections[-1].sentences[0].text.en


def test_drivers_by_period_sum_to_the_change(warehouse: Warehouse, guangdong: Result) -> None:
    years = dict(warehouse.rows("SELECT year, sum(mt) FROM co2 WHERE region = 'GD' AND year >= 2005 GROUP BY year"))
    for number, (first, last) in enumerate(((2005, 2010), (2010, 2015), (2015, 2019))):
        change, *terms = (column(guangdong, 2, k)[number] for k in range(1, 6))
        assert change == pytest.approx(years[last] - years[first])
        assert sum(terms) == pytest.approx(change)  # type: ignore[arg-type]


def test_the_elasticity_is_growth_over_growth(warehouse: Warehouse, guangdong: Result) -> None:
    co2 = dict(warehouse.rows("SELECT year, sum(mt) FROM co2 WHERE region = 'GD' GROUP BY year"))
    gdp = dict(warehouse.rows("SELECT year, gdp_100m_yuan FROM gdp WHERE region = 'GD'"))
    wanted = (co2[2019] / co2[2005] - 1) / (gdp[2019] / gdp[2005] - 1)
    assert column(guangdong, 3, 1)[0] == pytest.approx(wanted)
    assert guangdong.tables[3].rows[0][2].en == "weak decoupling"  # type: ignore[union-attr]


def test_parts_can_be_chosen(context: Context) -> None:
    found = profile.call({"place": "Ningxia", "parts": ["baseline"]}, context)
    assert [s.heading.en.partition(":")[0] for s in found.sections] == ["Baseline", "Change"]


def test_a_small_province_is_not_held_against_the_frontier(context: Context) -> None:
    found = profile.call({"place": "Hainan", "parts": ["benchmark"]}, context)
    assert all("per GDP" not in s.text.en for s in found.sections[1].sentences)


def test_without_an_inventory_there_is_no_profile(context: Context) -> None:
    with pytest.raises(NotAvailable, match="Tibet"):
        profile.call({"place": "Tibet"}, context)
    with pytest.raises(BadRequest, match="province"):
        profile.call({"place": "China"}, context)


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcffff3f0300050001ff5d2f6e0b0000000049454e44ae426082"
)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_holds_everything(guangdong: Result, tmp_path: Path, language: Language) -> None:
    from docx import Document

    written = Document(str(to_docx(guangdong, language, tmp_path / "p.docx", {0: (PIXEL,)}, ["CEADs, 2023"])))
    text = "\n".join(p.text for p in written.paragraphs)
    assert "{" not in text and all(s.heading.to(language) in text for s in guangdong.sections)
    assert len(written.inline_shapes) == 1 and guangdong.charts[3].title.to(language) in text
    assert text.rstrip().endswith("CEADs, 2023")
    assert ("Chromium" in text) and len(written.tables) == len(guangdong.tables)


def test_without_a_browser_no_pictures_are_promised(guangdong: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "browser", lambda: None)
    assert drawing.pictures(guangdong.charts, "en") == {}


@pytest.mark.browser
def test_a_browser_draws_the_charts(guangdong: Result) -> None:
    drawn = drawing.pictures(guangdong.charts[:1], "zh")
    assert drawn[0][0].startswith(b"\x89PNG") and len(drawn[0][0]) > 5000 and len(drawn[0]) == 1
