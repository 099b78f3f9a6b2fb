"""Part 8: what the leading path costs under the assumptions, with and without learning, and how firm the order of costs is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.text import Text, joined
from tools.result import Cell, Column, Sentence, Table, sentence
from tools.roadmap.macc import merit
from tools.roadmap.names import scenario_name
from tools.roadmap.parts_costs import NO_INVESTMENT, curve_chart, left_out, total_facts
from tools.roadmap.parts_goal import MEASURE_NAMES, own_measures
from tools.roadmap.study import Study

if TYPE_CHECKING:
    from tools.roadmap.book import Book
    from tools.roadmap.story import Story

PRICED_YEAR = 2045  # whose cost curve is told
LEARNING = Text(
    "“计入学习”指单位成本自2025年起按各措施假设的速度逐年下降（附表列出），反演求解仍用不变的成本。",
    "With learning, costs per tonne fall from 2025 on at a rate assumed for each measure (in the attached table); the backcast itself "
    "is solved at flat costs.",
)


def price(book: Book, story: Story) -> None:
    """The section: sums, the order of costs, the curve; each measure's costs in an attached table."""
    study = Study(story.scope, None, None, PRICED_YEAR, "joint", told=story.wedge_end)
    _attach(book, study)
    words = [
        sentence(NO_INVESTMENT.zh, NO_INVESTMENT.en),
        _sum(book, study),
        sentence(LEARNING.zh, LEARNING.en),
        _order(study),
    ]
    words += left_out(study)
    chart = book.draft.chart(curve_chart(book, study))
    book.draft.section(Text("8 成本（数量级）", "8 Costs (orders of magnitude)"), words, charts=(chart,), folded=True)


def _sum(book: Book, study: Study) -> Sentence:
    """Discounted costs against current policies, without and with learning."""
    name, whose = scenario_name(study.path.scenario), _whose(study)
    return sentence(
        f"{name.zh}情景中{whose.zh}2026—2060年较现行政策的假设成本折现合计：不计学习{{0:range}}，计入学习{{1:range}}；假设为节约的措施按零成本计。",
        f"In the {name.en} scenario the {whose.en} cost, discounted over 2026-2060 and against current policies, {{0:range}} without "
        "learning and {1:range} with it; a measure assumed to save money counts as free.",
        *total_facts(book, study),
    )


def _whose(study: Study) -> Text:
    if study.scope.nation:
        return Text("全国措施", "nation's measures")
    if study.scope.single:
        return Text("本地措施", "province's own measures")
    return Text("各成员省份措施", "member provinces' own measures")


def _order(study: Study) -> Sentence:
    """The order of costs, and which measures keep their place at low, central and high costs and after learning."""
    places = merit(study.curve, study.engine.model, study.year)
    listed = joined([MEASURE_NAMES[key] for key in places])
    firm = [MEASURE_NAMES[key] for key, found in places.items() if len(set(found)) == 1]
    kept = joined(firm)
    if not firm:
        said = Text("没有一项位次不变", "none keeps its place")
    elif len(firm) == len(places):
        said = Text("位次都不变", "all keep their place")
    else:
        said = Text(f"位次不变的是{kept.zh}", f"{kept.en} keep their place")
    return sentence(
        f"{study.year}年假设的单位成本由低到高：{listed.zh}；成本取低、中、高与计入学习四种情形下，{said.zh}。",
        f"In {study.year}, from the lowest assumed cost per tonne: {listed.en}; at low, central and high costs and with learning {said.en}.",
    )


def _attach(book: Book, study: Study) -> None:
    """What each measure avoids in the year and its assumed costs, in plain numbers: attached, not printed."""
    model, year = study.engine.model, study.year
    places = merit(study.curve, model, year)
    rows: list[tuple[Cell, ...]] = []
    for bar in (*study.curve.bars, *study.curve.adding):
        firm = len(set(places[bar.key])) == 1 if bar.key in places else None
        said = Text("—", "—") if firm is None else Text("是", "yes") if firm else Text("否", "no")
        rate = model.defaults.value("mac_learning", bar.key)
        rows.append((MEASURE_NAMES[bar.key], bar.amount, bar.low, bar.central, bar.high, rate, bar.learned, said))
    cost = "yuan/t CO2"
    columns = (
        Column(name=Text("措施（成本由低到高）", "Measure (from the cheapest)")),
        Column(name=Text(f"{year}年少排", f"Avoided {year}"), unit="Mt CO2"),
        Column(name=Text("低", "Low"), unit=cost), Column(name=Text("中", "Central"), unit=cost),
        Column(name=Text("高", "High"), unit=cost), Column(name=Text("假设学习速度", "Assumed learning"), unit="%/yr"),
        Column(name=Text(f"{year}年计入学习（中）", f"With learning {year} (central)"), unit=cost),
        Column(name=Text("位次不变", "Keeps its place")),
    )  # fmt: skip
    name, where = scenario_name(study.path.scenario), book.scope.name
    title = Text(
        f"{where.zh}{year}年{own_measures(study).zh}与工程移除的少排量与假设成本（较现行政策，{name.zh}情景）",
        f"{where.en} {year}: what {own_measures(study).en} and engineered removals avoid, and their assumed costs (against current "
        f"policies, {name.en})",
    )
    book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))
