"""Part 5: the input-output roadmap: chain pairs, the structure of output, and the pull between provinces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.classification import mrio_sector, place
from data.text import Text
from tools.charts.specs import Chart, Link, Node, Sankey, Step
from tools.result import Account, Basis, Cell, Column, Ref, Sentence, Table, sentence
from tools.roadmap.chains import SHOWN
from tools.roadmap.lead import lead_pairs, pair_fact, pair_name
from tools.roadmap.names import COMMON, FIRST, LAST, scenario_name
from tools.roadmap.shifts import STRUCTURE, Shift, shift

if TYPE_CHECKING:
    from tools.roadmap.book import Book
    from tools.roadmap.chains import Pair
    from tools.roadmap.story import Story

_PAIRS_IN_CHART = 10
_PAIRS_LISTED, _LEFT_LISTED = 6, 2
_STRUCTURE_YEARS = (FIRST, 2035, LAST)
_PULL_YEARS = (FIRST, 2030, 2045, LAST)
_NAMED_YEAR = 2030  # whose largest partners are named
_PARTNERS = 3
ESTIMATED = Text("省际部分为估算表", "trade between provinces is estimated")


def chain_action(book: Book, pairs: tuple[Pair, ...]) -> Text | None:
    """What the first pairs ask of a buyer, for the timetable."""
    if not pairs:
        return None
    names = [pair_name(book, p) for p in pairs[:2]]
    return Text(
        "同步推进：" + "；".join(n.zh for n in names), "move together: " + "; ".join(n.en for n in names)
    )  # fmt: skip


def chains(book: Book, story: Story, joint: tuple[Pair, ...], left: tuple[Pair, ...]) -> None:
    """Part 5: pairs to decarbonise together, what is left of them, and the consumption account."""
    heading = Text("5 投入产出路线图", "5 The input-output roadmap")
    found = {
        y: shift(story.engine.model, story.lead, story.scope.indices, y) for y in {*_STRUCTURE_YEARS, *_PULL_YEARS}
    }
    if not joint:
        words = [
            sentence(
                "产业链对按单个省份计算，多省合计不提供。", "Chain pairs are computed for one province at a time."
            ),
            *_partners(book, story, found[_NAMED_YEAR]),
        ]
        book.draft.section(
            heading, words, tables=(_structure_table(book, story, found), _pull_table(book, story, found))
        )
        return
    first = [p for part in lead_pairs(book, joint) for p in part]
    chosen = sorted(list(dict.fromkeys([*first, *joint]))[:_PAIRS_LISTED], key=lambda p: -p.cut)
    chosen += [p for p in left[:_LEFT_LISTED] if p not in chosen]
    table = _pair_table(book, story, chosen)
    chart = book.draft.chart(_sankey(book, story, joint))
    words = [
        sentence(
            "链对的含义：上游行业为下游最终产品（消费、投资与出口）排放的二氧化碳；按2017—2045年联合减排排序，并列入2060年剩余最多者。"
            "建议先清洁上游电力与材料，再由下游以绿色采购、绿电合同与设备改造跟进。",
            "A pair is the CO2 an upstream sector emits for a downstream final product (consumption, investment, exports); "
            "ranked by the joint cut 2017-2045, with those that leave most in 2060. Upstream power and materials go first; "
            "downstream follows by green purchasing, green power contracts and retrofit.",
        ),
        _consumption(book, story),
    ]
    if not story.scope.nation:
        words.append(
            sentence(
                "“稳健”指省际估算表的绝大多数变体中该链对稳居前列；省际流量无法逐一验证。",
                "Robust means that the pair stays in front in most variants of the estimated table; flows between provinces "
                "cannot be verified one by one.",
            )
        )
    tables = [table, _structure_table(book, story, found)]
    if not story.scope.nation:
        tables.append(_pull_table(book, story, found))
        words += _partners(book, story, found[_NAMED_YEAR])
    book.draft.section(heading, words, tables=tuple(tables), charts=(chart,))


def _pair_table(book: Book, story: Story, chosen: list[Pair]) -> int:
    name = scenario_name(story.lead.scenario)
    rows: list[tuple[Cell, ...]] = []
    for pair in chosen:
        words = pair_name(book, pair)
        product = mrio_sector(pair.product[1]).name.en
        cells: list[Cell] = []
        for year, value in zip(SHOWN, pair.carbon, strict=True):
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
        inside = pair.emitter[0] == pair.product[0]
        side = Text("本地", "inside") if inside else Text("跨省", "across provinces")
        rows.append((words, side, *cells, Ref(fact=pair_fact(book, story, pair)), sure))
    columns = (
        Column(name=Text("上游→下游最终产品", "Upstream → final product")),
        Column(name=Text("位置", "Where")),
        *(Column(name=Text(f"{y}年", f"{y}"), unit="Mt CO2") for y in SHOWN),
        Column(name=Text("联合减排2017—2045年", "Joint cut 2017-2045"), unit="Mt CO2"),
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


_STRUCTURE_WORDS = (
    (Text("总产出", "gross output"), "output", Text("产出占比", "Output")),
    (Text("增加值", "value added"), "value_added", Text("增加值占比", "Value added")),
)


def _structure_table(book: Book, story: Story, found: dict[int, Shift]) -> int:
    """Table 9: shares of sector groups in gross output and in value added, at constant prices, first and last year; those of all
    years are attached in plain numbers."""
    name, where = scenario_name(story.lead.scenario), book.scope.name
    ends = (_STRUCTURE_YEARS[0], _STRUCTURE_YEARS[-1])

    def share(g: int, attribute: str, year: int) -> float:
        values = getattr(found[year], attribute)
        return 100 * float(values[g] / values.sum())

    def columns(years: tuple[int, ...]) -> tuple[Column, ...]:
        return (
            Column(name=Text("行业组", "Sector group")),
            *(
                Column(name=Text(f"{head.zh}{y}年", f"{head.en} {y}"), unit="%")
                for _, _, head in _STRUCTURE_WORDS
                for y in years
            ),
        )

    def fact(g: int, group: Text, word: Text, attribute: str, year: int) -> Ref:
        return Ref(fact=book.figure(
            f"{group.zh}占{year}年{word.zh}的比重（{name.zh}，不变价）",
            f"share of {group.en} in {word.en} {year} ({name.en}, constant prices)", share(g, attribute, year), "%", year=year,
            path=story.lead, basis=_basis(year), source="mrio_sector",
        ))  # fmt: skip

    printed: list[tuple[Cell, ...]] = []
    attached: list[tuple[Cell, ...]] = []
    for g, group in enumerate(STRUCTURE):
        printed.append((group, *(fact(g, group, word, kind, y) for word, kind, _ in _STRUCTURE_WORDS for y in ends)))
        attached.append((group, *(share(g, kind, y) for _, kind, _ in _STRUCTURE_WORDS for y in _STRUCTURE_YEARS)))
    title = Text(
        f"{where.zh}产出与增加值结构（{name.zh}情景，2017年不变价）",
        f"{where.en}: structure of output and value added ({name.en} scenario, prices of 2017)",
    )
    whole = Text(f"{title.zh}，各年", f"{title.en}, all years")
    book.draft.table(Table(title=whole, columns=columns(_STRUCTURE_YEARS), rows=tuple(attached)))
    return book.draft.table(Table(title=title, columns=columns(ends), rows=tuple(printed)))


def _basis(year: int) -> Basis:
    return Basis.PROJECTED if year > COMMON else Basis.ESTIMATED


def _pull_table(book: Book, story: Story, found: dict[int, Shift]) -> int:
    """What the place's final demand causes elsewhere, and what elsewhere's demand and exports cause in it."""
    name = scenario_name(story.lead.scenario)
    rows: list[tuple[Cell, ...]] = []
    for label, account, pick in (
        (Text("本地最终需求在外省引起", "its final demand causes in other provinces"), Account.CONSUMPTION_DOMESTIC,
         lambda s: float(s.elsewhere.sum())),
        (Text("外省最终需求在本地引起", "other provinces' final demand causes in it"), Account.CONSUMPTION_DOMESTIC,
         lambda s: float(s.here.sum())),
        (Text("出口在本地引起", "exports abroad cause in it"), Account.EXPORTS, lambda s: s.exported),
    ):  # fmt: skip
        cells = [
            Ref(fact=book.figure(
                f"{y}年{label.zh}的排放（{name.zh}）", f"CO2 that {label.en} {y} ({name.en})", pick(found[y]), "Mt CO2",
                year=y, path=story.lead, account=account, basis=_basis(y), source="mrio_sector",
            ))
            for y in _PULL_YEARS
        ]  # fmt: skip
        rows.append((label, *cells))
    columns = (
        Column(name=Text("双向拉动", "Pull both ways")),
        *(Column(name=Text(f"{y}年", f"{y}"), unit="Mt CO2") for y in _PULL_YEARS),
    )
    title = Text(
        f"{book.scope.name.zh}与外省的双向拉动（{name.zh}情景，估算表）",
        f"{book.scope.name.en}: pull to and from other provinces ({name.en} scenario, estimated table)",
    )
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def _partners(book: Book, story: Story, found: Shift) -> list[Sentence]:
    """The provinces with the largest pull either way in one year."""
    name, where, regions = scenario_name(story.lead.scenario), book.scope.name, story.lead.regions

    def largest(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]], zh: str, en: str) -> list[tuple[Text, int]]:
        return [
            (place(regions[k]).name, book.figure(
                f"{_NAMED_YEAR}年{zh.format(place(regions[k]).name.zh)}的排放（{name.zh}）",
                f"CO2 {en.format(place(regions[k]).name.en)} {_NAMED_YEAR} ({name.en})", float(values[k]), "Mt CO2",
                year=_NAMED_YEAR, path=story.lead, account=Account.CONSUMPTION_DOMESTIC, source="mrio_sector",
            ))
            for k in np.argsort(-values, kind="stable")[:_PARTNERS]
        ]  # fmt: skip

    out = largest(found.elsewhere, "最终需求在{}引起", "caused in {} by its final demand")
    back = largest(found.here, "为{}最终需求", "emitted for the final demand of {}")
    zh, en = (
        [sep.join(f"{getattr(n, lang)}{gap}{{{k}}}" for k, (n, _) in enumerate(part, start))
         for part, start in ((out, 0), (back, len(out)))]
        for sep, lang, gap in (("、", "zh", ""), (", ", "en", " "))
    )  # fmt: skip
    return [
        sentence(
            f"{_NAMED_YEAR}年{where.zh}最终需求引起的外省排放主要在{zh[0]}；{where.zh}为外省最终需求的排放主要供{zh[1]}（估算表）。",
            f"In {_NAMED_YEAR} {where.en}'s final demand causes emissions mainly in {en[0]}; its own emissions for others serve "
            f"mainly {en[1]} (estimated table).",
            *(f for _, f in (*out, *back)),
        )
    ]  # fmt: skip
