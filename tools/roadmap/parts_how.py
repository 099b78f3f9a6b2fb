"""Parts 4 and 5: energy and capture, and the input-output roadmap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.classification import mrio_sector, place
from data.text import Text
from tools.charts.specs import Chart, Link, Node, Sankey
from tools.result import Account, Basis, Cell, Column, Ref, Sentence, Table, sentence
from tools.roadmap.chains import SHOWN
from tools.roadmap.lead import pair_fact, pair_name
from tools.roadmap.names import COMMON, LAST, at, scenario_name
from tools.roadmap.overrides import Override
from tools.roadmap.vary import vary

if TYPE_CHECKING:
    from data.warehouse import Warehouse
    from tools.roadmap.book import Book
    from tools.roadmap.chains import Pair
    from tools.roadmap.story import Story

_ENERGY_YEARS = (COMMON, 2030, 2035, 2045, LAST)
_PAIRS_IN_CHART = 10
ESTIMATED = Text("省际部分为估算表", "trade between provinces is estimated")


def energy(book: Book, story: Story, warehouse: Warehouse) -> None:
    """Part 4: power, the non-fossil shares, primary energy and capture; what is not computed is named."""
    missing = sentence(
        "未计算：分电源（煤、气、核、水、风、光）的发电量与装机、净调入电量及其来源省；这些需要分省物理电力平衡。",
        "Not computed: generation and capacity by source (coal, gas, nuclear, hydro, wind, solar) and net imports by source "
        "province; these need physical power balances by province.",
    )
    if not story.scope.single:
        book.draft.section(Text("4 能源与电力", "4 Energy and power"), [missing], folded=True)
        return
    words = [
        sentence(
            "用电按2024年实际用电随模型推算，结构为本地所用电力（含净调入）的结构；一次能源中每度电按同一标准煤耗计，不分来源。",
            "Power follows the model from the consumption observed in 2024; its mix is that of the power used, net imports "
            "included; in primary energy every kWh counts the same amount of standard coal, whatever made it.",
        ),
        *_capture(book, story, warehouse),
        missing,
    ]
    table = _energy_table(book, story)
    book.draft.section(Text("4 能源与电力", "4 Energy and power"), words, tables=(table,), folded=True)


def _energy_table(book: Book, story: Story) -> int:
    path, r = story.lead, story.scope.index
    found, name = story.energy(path), scenario_name(path.scenario)
    lines = (
        (Text("用电量", "electricity used"), found.power, "TWh", 1.0),
        (Text("非化石电力占用电量比重", "non-fossil share of the power used"), found.nonfossil_power, "%", 100.0),
        (Text("一次能源消费量（模型口径）", "primary energy (model's convention)"), found.primary, "Mtce", 1.0),
        (Text("非化石能源占一次能源比重（模型口径）", "non-fossil share of primary energy (model's convention)"),
         found.nonfossil_primary, "%", 100.0),
        (Text("碳捕集量", "CO2 captured"), path.captured, "Mt CO2", 1.0),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for label, values, unit, factor in lines:
        cells: list[Cell] = []
        for year in _ENERGY_YEARS:
            basis = Basis.ESTIMATED if year <= COMMON else Basis.PROJECTED
            fact = book.figure(
                f"{year}年{label.zh}（{name.zh}）", f"{label.en} {year} ({name.en})", float(factor * values[at(year), r]),
                unit, year=year, path=path, basis=basis,
            )  # fmt: skip
            cells.append(Ref(fact=fact))
        rows.append((label, *cells))
    columns = (Column(name=Text("指标", "Indicator")), *(Column(name=Text(f"{y}年", f"{y}")) for y in _ENERGY_YEARS))
    title = Text(
        f"{book.scope.name.zh}能源与电力（{name.zh}情景）", f"{book.scope.name.en}: energy and power ({name.en})"
    )
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def _capture(book: Book, story: Story, warehouse: Warehouse) -> list[Sentence]:
    """Capture needed to 2060 against onshore storage, and the scenario without capture."""
    path, r = story.lead, story.scope.index
    name = scenario_name(path.scenario)
    total = book.figure(
        f"2026—2060年累计碳捕集量（{name.zh}）", f"CO2 captured 2026-2060 ({name.en})",
        float(path.captured[at(COMMON) + 1 :, r].sum()), "Mt CO2", path=path,
    )  # fmt: skip
    base = "dual_carbon" if path.scenario.startswith("neutral") else path.scenario
    without = vary(story.engine, base, r, (Override(kind="no_ccus"),)).path
    left, same = book.emission(Account.NET, without, LAST), book.emission(Account.NET, story.engine.path(base), LAST)
    label = scenario_name(base)
    out = [
        sentence(
            f"若不用碳捕集，{label.zh}情景2060年净排放为{{0}}，而采用时为{{1}}。",
            f"Without carbon capture net emissions in 2060 are {{0}} in the {label.en} scenario, with it {{1}}.",
            left, same,
        )
    ]  # fmt: skip
    rows = warehouse.rows(
        "SELECT sum(mt) FROM storage" if story.scope.nation else "SELECT sum(mt) FROM storage WHERE region = ?",
        () if story.scope.nation else (story.scope.place.code,),
    )
    if not rows or rows[0][0] is None:
        return [
            sentence(
                "2026—2060年累计须捕集{0}；数据集中没有本地的封存容量。",
                "{0} are captured over 2026-2060; the dataset holds no local storage capacity.",
                total,
            ),
            *out,
        ]
    space = book.figure(
        "陆上封存容量（地质估算）", "onshore storage capacity (geological estimate)", float(rows[0][0]), "Mt",
        basis=Basis.ESTIMATED, source="storage",
    )  # fmt: skip
    enough = float(rows[0][0]) >= float(path.captured[at(COMMON) + 1 :, r].sum())
    tail = (
        Text("在陆上封存容量{1}之内", "within the onshore storage capacity of {1}")
        if enough
        else Text(
            "超出陆上封存容量{1}，须海上封存或外运",
            "beyond the onshore storage capacity of {1}: offshore storage or transport out is needed",
        )
    )
    return [
        sentence(
            f"2026—2060年累计碳捕集{{0}}，{tail.zh}。", f"{{0}} are captured over 2026-2060, {tail.en}.", total, space
        ),
        *out,
    ]


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
    if not joint:
        words = [
            sentence("产业链对按单个省份计算，多省合计不提供。", "Chain pairs are computed for one province at a time.")
        ]
        book.draft.section(Text("5 投入产出路线图", "5 The input-output roadmap"), words)
        return
    chosen = [*joint[:6], *(p for p in left[:3] if p not in joint[:6])]
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
    words.append(
        sentence(
            "未列：产出与增加值结构变化表、对外省的双向拉动表。",
            "Not listed: changes in the structure of output and value added, and the pull to and from other provinces.",
        )
    )
    heading = Text("5 投入产出路线图", "5 The input-output roadmap")
    book.draft.section(heading, words, tables=(table,), charts=(chart,))


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
    """Embodied CO2 of 2030 on the leading path, from emitting sector to final product."""
    year = SHOWN[1]
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

    links = [
        Link(source=node(0, *p.emitter), target=node(1, *p.product), value=max(p.carbon[1], 0.0))
        for p in sorted(pairs, key=lambda p: -p.carbon[1])[:_PAIRS_IN_CHART]
    ]
    name = scenario_name(story.lead.scenario)
    return Chart(
        kind="sankey",
        title=Text(f"{book.scope.name.zh}{year}年主要产业链的隐含碳（{name.zh}情景）",
                   f"{book.scope.name.en}: CO2 embodied in the main chains, {year} ({name.en})"),
        spec=Sankey(nodes=tuple(nodes), links=tuple(links), unit="Mt CO2", value_title=Text("隐含碳", "embodied CO2")),
        note=None if story.scope.nation else ESTIMATED,
    )  # fmt: skip
