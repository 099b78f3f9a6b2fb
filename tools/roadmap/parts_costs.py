"""Assumed costs of a backcast: the curve of its measures, how firm their ranks are, and the sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.text import Text, joined
from tools.charts.specs import XY, Chart, Series
from tools.figures.words import genitive
from tools.result import Account, Basis, Cell, Column, Ref, Sentence, Table, sentence
from tools.roadmap.macc import MEASURES, REMOVALS, Bar
from tools.roadmap.names import LEVER_KEYS, LEVERS, at, scenario_name
from tools.roadmap.parts_goal import MEASURE_NAMES, own_measures
from tools.roadmap.scope import counted
from tools.roadmap.storage import storage_words
from tools.roadmap.study import COSTS, Study

if TYPE_CHECKING:
    from data.warehouse import Warehouse
    from tools.roadmap.book import Book

_DRAWN = 8  # colours that can be told apart
_LEAST_COST = 0.5  # 100 million yuan: less is not spoken of
_CASES = {
    "low": Text("低成本", "low costs"), "central": Text("中间成本", "central costs"), "high": Text("高成本", "high costs"),
}  # fmt: skip
NO_INVESTMENT = Text(
    "成本为每吨的数量级假设（2017年价，低—中—高），不随规模变化，不是投资额；GDP、就业与财政影响未模拟。",
    "Costs are orders of magnitude per tonne (2017 prices, low-central-high), flat in the amount, and no investment; effects on "
    "GDP, jobs and public finance are not modelled.",
)  # fmt: skip


def cost_fact(book: Book, bar: Bar) -> int:
    """A measure's assumed cost with its range."""
    name = MEASURE_NAMES[bar.key]
    return book.figure(
        f"{name.zh}单位减排成本（假设）", f"abatement cost of {name.en} (assumed)", bar.central, "yuan/t CO2",
        basis=Basis.ASSUMPTION, low=bar.low, high=bar.high,
    )  # fmt: skip


def learned_fact(book: Book, study: Study, bar: Bar) -> int:
    """Its central cost after the learning assumed up to the year."""
    name = MEASURE_NAMES[bar.key]
    return book.figure(
        f"{study.year}年{name.zh}单位减排成本（假设，计入学习）", f"abatement cost of {name.en} in {study.year} (assumed, with learning)",
        bar.learned, "yuan/t CO2", year=study.year, basis=Basis.ASSUMPTION,
    )  # fmt: skip


def amount_fact(book: Book, study: Study, bar: Bar) -> int:
    """What a measure avoids in the year, where the place itself takes it."""
    name, path = MEASURE_NAMES[bar.key], scenario_name(study.path.scenario)
    whose_zh, whose_en = counted(book.scope, own=True)
    return book.figure(
        f"{study.year}年{name.zh}较现行政策少排（成本曲线，{path.zh}{whose_zh}）",
        f"avoided in {study.year} by {name.en} (cost curve, {path.en}{whose_en})", bar.amount, "Mt CO2", year=study.year, path=study.path,
    )  # fmt: skip


def curve_lead(book: Book, study: Study) -> None:
    """The answer to "which measures, from the cheapest": the curve's first bars, then the dearest."""
    own = own_measures(study)
    bars, where, name = study.curve.bars, book.scope.name, scenario_name(study.path.scenario)
    total = book.figure(
        f"{study.year}年{own.zh}与工程移除较现行政策合计少排（{name.zh}）",
        f"avoided in {study.year} by {own.en} and engineered removals ({name.en})", study.curve.total, "Mt CO2",
        year=study.year, path=study.path,
    )  # fmt: skip
    facts: list[int] = [total]
    said: list[Text] = []
    for bar in bars:
        i = len(facts)
        facts += [cost_fact(book, bar), amount_fact(book, study, bar)]
        measure = MEASURE_NAMES[bar.key]
        said.append(Text(f"{measure.zh}{{{i}}}、{{{i + 1}}}", f"{measure.en} at {{{i}}}, {{{i + 1}}}"))
    book.draft.lead(
        f"按假设的单位减排成本从低到高，{name.zh}情景{study.year}年{where.zh}{own.zh}与工程移除较现行政策合计少排{{0}}："
        f"{'；'.join(s.zh for s in said)}。",
        f"From the lowest assumed cost per tonne, {genitive(where.en)} {own.en} and engineered removals avoid {{0}} against current "
        f"policies in {study.year} ({name.en}): "
        f"{'; '.join(s.en for s in said)}.",
        *facts,
    )  # fmt: skip
    book.draft.lead(NO_INVESTMENT.zh, NO_INVESTMENT.en)


def total_lead(book: Book, study: Study) -> None:
    """The sentence on what the path costs under the assumptions, and which measures keep their rank."""
    own = own_measures(study)
    if study.total_cost("high") < _LEAST_COST:
        return
    kept = _kept(study)
    book.draft.lead(
        f"按假设的单位成本，{own.zh}2026—2060年较现行政策的成本折现合计{{0:range}}（数量级，不是投资），计入假设的学习为"
        f"{{1}}；{kept.zh}。",
        f"At the assumed costs per tonne the {own.en} cost {{0:range}} more than current policies over 2026-2060, discounted "
        f"(an order of magnitude, no investment), with the assumed learning {{1}}; {kept.en}.",
        *total_facts(book, study),
    )  # fmt: skip


def total_facts(book: Book, study: Study) -> tuple[int, int]:
    """Discounted costs of the path against current policies with their range, without and with learning."""
    name = scenario_name(study.path.scenario)
    out = []
    for learning, zh, en in ((False, "不计学习", "without learning"), (True, "计入学习", "with learning")):
        low, central, high = (study.total_cost(c, learning) for c in COSTS)
        out.append(
            book.figure(
                f"2026—2060年假设成本（较现行政策，折现到2025年，{zh}，{name.zh}）",
                f"assumed cost 2026-2060 against current policies, discounted to 2025, {en} ({name.en})", central, "100M yuan",
                path=study.path, low=min(low, central), high=max(high, central),
            )
        )  # fmt: skip
    return out[0], out[1]


def _kept(study: Study) -> Text:
    """Which measures keep their rank at all three costs, in words: those that do, or the few that do not."""
    ranked = _ranks(study)
    firm = [MEASURE_NAMES[k] for k, found in ranked.items() if len(set(found.values())) == 1]
    moved = [MEASURE_NAMES[k] for k, found in ranked.items() if len(set(found.values())) > 1]
    if not firm:
        return Text(
            "成本取低、中、高时没有一项措施位次不变", "no measure keeps its rank at low, central and high costs"
        )
    if not moved:
        return Text(
            "成本取低、中、高时各项措施位次都不变", "all measures keep their rank at low, central and high costs"
        )
    if len(moved) < len(firm):
        names = joined(moved)
        return Text(
            f"成本取低、中、高时，除{names.zh}外各项措施位次不变",
            f"at low, central and high costs all measures keep their rank but {names.en}",
        )
    names = joined(firm)
    return Text(
        f"成本取低、中、高时位次不变的措施：{names.zh}",
        f"measures that keep their rank at low, central and high costs: {names.en}",
    )


def _ranks(study: Study) -> dict[str, dict[str, int | None]]:
    """Rank of each measure used at any of the three costs, in the order of the central one."""
    found = {c: study.ranks(c) for c in COSTS}
    used = [k for k in MEASURES if any(k in r for r in found.values())]
    used.sort(key=lambda k: found["central"].get(k, len(MEASURES) + 1))
    return {k: {c: found[c].get(k) for c in COSTS} for k in used}


def costs(book: Book, study: Study) -> None:
    """Section: the cost curve, and the ranks at three costs where there is a goal."""
    words = [sentence(NO_INVESTMENT.zh, NO_INVESTMENT.en)]
    words += left_out(study)
    tables = [_curve_table(book, study)]
    if study.found is not None and not study.found.gap:
        words.append(
            sentence(
                "位次按当年少排的多少排列；反演在三种成本下各算一次，路径不同则位次可变；假设为节约的措施按零成本计，不计为收益。",
                "Ranks are by what is avoided in the year; the backcast is run at each of the three costs, so paths and ranks may "
                "differ; a measure assumed to save money counts as free, not as a gain.",
            )
        )
        tables.append(_rank_table(book, study))
    book.draft.section(
        Text("成本：边际减排成本曲线与位次", "Costs: marginal abatement cost curve and ranks"),
        words,
        tables=tuple(tables),
        charts=(book.draft.chart(curve_chart(book, study)),),
    )


def left_out(study: Study) -> list[Sentence]:
    """What is not in the curve: levers that add emissions on this path, and engineered removals below those of current policies."""
    words = []
    adding = [LEVERS[b.key] for b in study.curve.adding if b.key != REMOVALS]
    if adding:
        names = joined(adding)
        words.append(
            sentence(
                f"不进入曲线：{names.zh}，它在{study.year}年的这一路径上增加排放，见措施×行业的负值。",
                f"Not in the curve: {names.en}, which on this path adds emissions in {study.year}; see the negative figures by sector.",
            )
        )
    if any(b.key == REMOVALS for b in study.curve.adding):
        words.append(
            sentence(
                f"不进入曲线：工程移除，它按剩余排放分摊，本路径排放较少，{study.year}年分得的移除也少于现行政策。",
                f"Not in the curve: engineered removals, which are shared by what is still emitted; emitting less, this path has less of "
                f"them in {study.year} than current policies.",
            )
        )
    return words


def _curve_table(book: Book, study: Study) -> int:
    rows: list[tuple[Cell, ...]] = []
    for bar in study.curve.bars:
        ends = [
            book.figure(
                f"{MEASURE_NAMES[bar.key].zh}单位减排成本{zh}（假设）", f"abatement cost of {MEASURE_NAMES[bar.key].en}, {en} (assumed)",
                value, "yuan/t CO2", basis=Basis.ASSUMPTION,
            )
            for zh, en, value in (("下端", "low", bar.low), ("上端", "high", bar.high))
        ]  # fmt: skip
        cells = (amount_fact(book, study, bar), ends[0], cost_fact(book, bar), ends[1], learned_fact(book, study, bar))
        rows.append((MEASURE_NAMES[bar.key], *(Ref(fact=f) for f in cells)))
    columns = (
        Column(name=Text("措施（成本由低到高）", "Measure (from the cheapest)")),
        Column(name=Text(f"{study.year}年少排", f"Avoided {study.year}"), unit="Mt CO2"),
        Column(name=Text("低", "Low"), unit="yuan/t CO2"),
        Column(name=Text("中", "Central"), unit="yuan/t CO2"),
        Column(name=Text("高", "High"), unit="yuan/t CO2"),
        Column(name=Text(f"{study.year}年计入学习（中）", f"With learning {study.year} (central)"), unit="yuan/t CO2"),
    )
    title = Text(
        f"{book.scope.name.zh}{study.year}年{own_measures(study).zh}与工程移除的边际减排成本（较现行政策，假设）",
        f"{book.scope.name.en} {study.year}: marginal abatement costs of {own_measures(study).en} and engineered removals "
        "(against current policies, assumed)",
    )
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def _rank_table(book: Book, study: Study) -> int:
    rows: list[tuple[Cell, ...]] = []
    path = scenario_name(study.path.scenario)
    for key, found in _ranks(study).items():
        name = MEASURE_NAMES[key]
        cells: list[Cell] = [
            Text("未用", "not used")
            if rank is None
            else Ref(fact=book.figure(
                f"{name.zh}的位次（{_CASES[c].zh}，{study.year}年，{path.zh}）", f"rank of {name.en} ({_CASES[c].en}, {study.year}, {path.en})",
                float(rank), "rank", year=study.year, path=study.path,
            ))
            for c, rank in found.items()
        ]  # fmt: skip
        same = len(set(found.values())) == 1
        rows.append((name, *_deployed(book, study, key), *cells, Text("是", "yes") if same else Text("否", "no")))
    columns = (
        Column(name=Text("措施", "Measure")),
        Column(name=Text(f"现行政策{study.year}年部署", f"Deployed {study.year}, current policies"), unit="%"),
        Column(name=Text(f"本路径{study.year}年部署", f"Deployed {study.year}, this path"), unit="%"),
        *(Column(name=Text(f"{n.zh}位次", f"Rank, {n.en}")) for n in _CASES.values()),
        Column(name=Text("位次不变", "Keeps its rank")),
    )
    title = Text(
        f"{book.scope.name.zh}{study.year}年各措施的部署与三种成本下的位次",
        f"{book.scope.name.en} {study.year}: deployment and rank at three assumed costs",
    )
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def _deployed(book: Book, study: Study, key: str) -> list[Cell]:
    """Deployment of a lever in the year, % of its technical potential, under current policies and on the path."""
    if key not in LEVERS:
        return [Text("—", "—"), Text("—", "—")]
    k = LEVER_KEYS.index(key)
    return [
        Ref(fact=book.figure(
            f"{study.year}年{LEVERS[key].zh}部署占技术潜力的比重（{scenario_name(p.scenario).zh}）",
            f"deployment of {LEVERS[key].en} in {study.year}, share of technical potential ({scenario_name(p.scenario).en})",
            100 * float(p.deployment[k, study.region, at(study.year)]), "%", year=study.year, path=p, basis=Basis.ASSUMPTION,
        ))
        for p in (study.current, study.path)
    ]  # fmt: skip


def curve_chart(book: Book, study: Study) -> Chart:
    """The curve: each measure a step as wide as what it avoids, at its assumed cost, over its range."""
    bars = sorted(study.curve.bars, key=lambda b: -b.amount)[:_DRAWN]
    bars.sort(key=lambda b: (b.central, b.high))
    edges = [0.0]
    for bar in bars:
        edges.append(edges[-1] + bar.amount)
    x = tuple(e for i in range(len(bars)) for e in (edges[i], edges[i + 1]))

    def spread(position: int, value: float) -> tuple[float | None, ...]:
        return tuple(value if i // 2 == position else None for i in range(len(x)))

    series = tuple(
        Series(name=MEASURE_NAMES[b.key], y=spread(i, b.central), low=spread(i, b.low), high=spread(i, b.high))
        for i, b in enumerate(bars)
    )
    left = len(study.curve.bars) - len(bars)
    note = Text("假设成本；色带为低—高区间", "assumed costs; bands are the range low-high")
    if left:
        smallest = "one stands" if left == 1 else f"{left} stand"
        note = Text(f"{note.zh}；最小的{left}项见表", f"{note.en}; the smallest {smallest} in the table")
    return Chart(
        kind="fan",
        title=Text(
            f"{book.scope.name.zh}{study.year}年边际减排成本曲线", f"{book.scope.name.en} {study.year}: marginal abatement cost curve"
        ),
        spec=XY(
            x=x, series=series, unit="yuan/t CO2", x_title=Text("累计少排（百万吨二氧化碳）", "avoided, cumulated (Mt CO2)"),
            y_title=Text("单位减排成本", "abatement cost"),
        ),
        note=note,
    )  # fmt: skip


def stored(book: Book, study: Study, warehouse: Warehouse) -> None:
    """Section: capture and engineered removals against storage, and the path without them."""
    year, bare = study.year, study.bare
    goal = study.goal
    account = Account.GROSS if goal is not None and goal.account == "gross" else Account.NET
    name = Text("总排放", "gross emissions") if account is Account.GROSS else Text("净排放", "net emissions")
    words = [
        storage_words(book, study.path, warehouse),
        sentence(
            f"同一路径若既无碳捕集也无工程移除，{year}年{name.zh}为{{0}}，而采用时为{{1}}。",
            f"With neither capture nor engineered removals the same path has {name.en} of {{0}} in {year}, with them {{1}}.",
            book.emission(account, bare, year), book.emission(account, study.path, year),
        ),
    ]  # fmt: skip
    book.draft.section(Text("封存：捕集与移除", "Storage: capture and removals"), words)
