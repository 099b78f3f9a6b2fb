"""Part 5: the input-output roadmap: chain pairs and how a buyer acts on them, then structure and pull (``parts_shift``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.classification import mrio_sector, place
from data.text import Text
from tools.charts.specs import Chart, Link, Node, Sankey, Step
from tools.result import Account, Basis, Cell, Column, Ref, Sentence, Table, sentence
from tools.roadmap.chains import SHOWN
from tools.roadmap.lead import is_inside, lead_pairs, pair_fact, pair_name
from tools.roadmap.names import COMMON, LAST, scenario_name
from tools.roadmap.parts_buyer import buyer_words, means, order
from tools.roadmap.parts_shift import NAMED_YEAR, partners, pull_table, shifts, structure_table

if TYPE_CHECKING:
    from tools.roadmap.book import Book
    from tools.roadmap.chains import Pair
    from tools.roadmap.story import Story

_PAIRS_IN_CHART = 10
_PAIRS_LISTED, _LEFT_LISTED = 6, 2
_PRINTED = (2017, 2030, 2045, 2060)  # of SHOWN
ESTIMATED = Text("省际部分为估算表", "trade between provinces is estimated")


def chains(book: Book, story: Story, joint: tuple[Pair, ...], left: tuple[Pair, ...]) -> None:
    """Part 5: pairs to decarbonise together, how a buyer acts on them, what is left of them, structure, and the pull both ways."""
    heading = Text("5 投入产出路线图", "5 The input-output roadmap")
    found = shifts(story)
    first = [p for part in lead_pairs(book, joint) for p in part]
    chosen = sorted(list(dict.fromkeys([*first, *joint]))[:_PAIRS_LISTED], key=lambda p: -p.cut)
    chosen += [p for p in left[:_LEFT_LISTED] if p not in chosen]
    _attach(book, story, list(dict.fromkeys([*joint, *left])))
    words = [
        sentence(
            "链对的含义：上游行业为下游最终产品（消费、投资与出口）排放的二氧化碳；按2017—2045年联合减排排序，并列入2060年剩余最多者；"
            "“先后”看联合减排主要来自上游碳强度下降还是下游少用。",
            "A pair is the CO2 an upstream sector emits for a downstream final product (consumption, investment, exports); "
            "ranked by the joint cut 2017-2045, with those that leave most in 2060; the order "
            "follows from whether the joint cut comes mostly from lower upstream intensity or from less use downstream.",
        ),
        *buyer_words(book, chosen),
        _consumption(book, story),
    ]
    if not story.scope.nation:
        words.append(
            sentence(
                "“稳健”指省际估算表的绝大多数变体中该链对稳居前列；不稳健的只作线索；省际流量无法逐一验证。",
                "Robust means that the pair stays in front in most variants of the estimated table; others are hints only; flows "
                "between provinces cannot be verified one by one.",
            )
        )
    tables = [_pair_table(book, story, chosen), structure_table(book, story, found)]
    if not story.scope.nation:
        tables.append(pull_table(book, story, found))
        words += partners(book, story, found[NAMED_YEAR])
    charts = (book.draft.chart(_sankey(book, story, joint)),) if joint else ()
    book.draft.section(heading, words, tables=tuple(tables), charts=charts)


def _attach(book: Book, story: Story, listed: list[Pair]) -> None:
    """All pairs found, at all years, with their robustness: attached in plain numbers, not printed."""
    name, where = scenario_name(story.lead.scenario), book.scope.name
    rows = tuple(
        (pair_name(book, p), _side(book, p), *p.carbon, p.cut, None if p.share is None else 100 * p.share)
        for p in listed
    )
    columns = (
        Column(name=Text("上游→下游最终产品", "Upstream → final product")), Column(name=Text("位置", "Where")),
        *(Column(name=Text(f"{y}年", f"{y}"), unit="Mt CO2") for y in SHOWN),
        Column(name=Text("联合减排2017—2045年", "Joint cut 2017-2045"), unit="Mt CO2"),
        Column(name=Text("变体中稳居前列的比例", "Variants that keep it in front"), unit="%"),
    )  # fmt: skip
    title = Text(
        f"{where.zh}全部所列产业链对（{name.zh}情景）", f"{where.en}: all chain pairs listed ({name.en} scenario)"
    )
    book.draft.table(Table(title=title, columns=columns, rows=rows))


def _side(book: Book, pair: Pair) -> Text:
    return Text("本地", "inside") if is_inside(book, pair) else Text("跨省", "across provinces")


def _pair_table(book: Book, story: Story, chosen: list[Pair]) -> int:
    name = scenario_name(story.lead.scenario)
    rows: list[tuple[Cell, ...]] = []
    for pair in chosen:
        words = pair_name(book, pair)
        product = mrio_sector(pair.product[1]).name.en
        cells: list[Cell] = []
        for year, value in zip(SHOWN, pair.carbon, strict=True):
            if year not in _PRINTED:
                continue
            basis = Basis.PROJECTED if year > COMMON else Basis.ESTIMATED
            low, high = (pair.low, pair.high) if year == SHOWN[0] else (None, None)
            fact = book.figure(
                f"产业链{words.zh}{year}年隐含碳（{name.zh}）", f"embodied in the chain {words.en} {year} ({name.en})", value,
                "Mt CO2", year=year, path=story.lead, account=Account.GROSS, basis=basis, sector=product, low=low, high=high,
                source="mrio_sector",
            )  # fmt: skip
            cells.append(Ref(fact=fact))
        sure = (
            Text("全国表", "national table") if story.scope.nation
            else Text("稳健", "robust") if pair.robust
            else Text("不稳健或未检验", "not robust or not tested")
        )  # fmt: skip
        cells.append(Ref(fact=pair_fact(book, story, pair)))
        rows.append((words, _side(book, pair), *cells, order(story, pair), means(book, story, pair), sure))
    columns = (
        Column(name=Text("上游→下游最终产品", "Upstream → final product")),
        Column(name=Text("位置", "Where")),
        *(Column(name=Text(f"{y}年", f"{y}"), unit="Mt CO2") for y in _PRINTED),
        Column(name=Text("联合减排2017—2045年", "Joint cut 2017-2045"), unit="Mt CO2"),
        Column(name=Text("先后", "Order")),
        Column(name=Text("建议手段", "Means")),
        Column(name=Text("稳健性", "Robustness")),
    )
    title = Text(
        f"{book.scope.name.zh}须同步减排的产业链对（{name.zh}情景）",
        f"{book.scope.name.en}: chain pairs ({name.en} scenario)",
    )
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def _consumption(book: Book, story: Story) -> Sentence:
    path, name = story.lead, scenario_name(story.lead.scenario)
    facts = [book.emission(Account.CONSUMPTION_DOMESTIC, path, y) for y in (2017, 2030, 2045, LAST)]
    where = book.scope.name
    return sentence(
        f"{where.zh}自身最终需求引起的排放（国内消费侧，不含进口；{name.zh}情景）2017年{{0}}，2030年{{1}}，2045年{{2}}，2060年{{3}}。",
        f"Emissions caused by {where.en}'s own final demand (domestic consumption-based, foreign imports excluded; {name.en}) "
        "are, in 2017, {0}, in 2030 {1}, in 2045 {2} and in 2060 {3}.",
        *facts,
    )


def _sankey(book: Book, story: Story, pairs: tuple[Pair, ...]) -> Chart:
    """Embodied CO2 on the leading path at the years SHOWN, from emitting sector to final product; 2030 is seen first."""
    nodes: list[Node] = []
    index: dict[tuple[int, str, int], int] = {}

    def node(column: int, code: str, number: int) -> int:
        key = (column, code, number)
        if key not in index:
            name = mrio_sector(number).short
            if not story.scope.nation and code != story.scope.place.code:
                where = place(code).name
                name = Text(f"{where.zh}·{name.zh}", f"{where.en}: {name.en}")
            index[key] = len(nodes)
            nodes.append(Node(name=name, column=column))
        return index[key]

    drawn = sorted(pairs, key=lambda p: -p.carbon[1])[:_PAIRS_IN_CHART]
    ends = [(node(0, *p.emitter), node(1, *p.product)) for p in drawn]
    steps = tuple(
        Step(
            name=Text(f"{year}年", f"{year}"),
            links=tuple(
                Link(source=a, target=b, value=max(p.carbon[k], 0.0)) for (a, b), p in zip(ends, drawn, strict=True)
            ),
        )
        for k, year in enumerate(SHOWN)
    )
    scaled = Text("每年按当年总量缩放", "each year is scaled to its own total")
    note = scaled if story.scope.nation else Text(f"{ESTIMATED.zh}；{scaled.zh}", f"{ESTIMATED.en}; {scaled.en}")
    name = scenario_name(story.lead.scenario)
    return Chart(
        kind="sankey",
        title=Text(f"{book.scope.name.zh}主要产业链的隐含碳（{name.zh}情景）",
                   f"{book.scope.name.en}: CO2 embodied in the main chains ({name.en})"),
        spec=Sankey(
            nodes=tuple(nodes), links=steps[1].links, steps=steps, unit="Mt CO2", value_title=Text("隐含碳", "embodied CO2")
        ),
        note=note,
    )  # fmt: skip
