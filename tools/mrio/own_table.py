"""own_table: questions to an imported table in its own regions and sectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from pydantic import Field

from data.text import Text, same
from tools.charts.specs import XY, Chart, Series
from tools.declare import Arguments, Context, tool
from tools.mrio.algebra import Array
from tools.mrio.algebra import top as largest
from tools.mrio.own_table_system import OwnTable
from tools.mrio.own_table_system import own_table as load
from tools.mrio.telling import add_ranked, table
from tools.result import Account, Basis, Cell, Draft, Ref, Result

Measure = Literal["overview", "footprint", "multiplier", "linkages", "trade"]
NAMED = 3
REGION, SECTOR = Text("地区", "region"), Text("部门", "sector")
TABLE = "own_sector"
LIMITS = Text(
    "表内最终使用在表内各地区引起的排放；表外进口的排放与居民直接排放不在其中。平衡项单列，不计入任何地区。",
    "Emissions in the table's regions for its final use; those of imports from outside and direct ones of households are not in "
    "it. The balancing item is in no region's account.",
)


class OwnTableArguments(Arguments):
    """What is asked of the imported table."""

    region: str | None = Field(None, description="A region as the imported file labels it; leave out for all.")
    sector: str | None = Field(None, description="A sector as the imported file labels it; leave out for all.")
    measure: Measure = Field(
        "overview",
        description="overview: what the table holds; footprint: CO2 for a region's final use, or all regions ranked; multiplier: output "
        "and CO2 per unit of final use; linkages: power and sensitivity of dispersion; trade: embodied CO2 by partner region.",
    )
    top: int = Field(10, ge=1, le=50, description="How many to list.")
    table: str | None = Field(None, description="Id of the imported table, e.g. own_1; by default the last imported.")


@tool(
    title=Text("导入的自有投入产出表", "Imported table"),
    summary=Text(
        "用户导入的、按自己的地区与部门编制的投入产出表：碳足迹、乘数、产业关联、隐含碳贸易。",
        "A table the user imported, in its own regions and sectors: carbon footprint, multipliers, linkages, embodied trade.",
    ),
    examples=(
        Text("我导入的表里有哪些地区和部门？", "Which regions and sectors are in my table?"),
        Text("导入的表中各地区的碳足迹排名", "Rank the footprints of the regions in my table"),
        Text("导入的表的关键部门", "Linkages in the imported table"),
        Text("导入的表里乘数最高的部门", "Highest multipliers in my table"),
    ),
)
def own_table(arguments: OwnTableArguments, context: Context) -> Result:
    """An answer from the imported table, in its own labels. Raises NotAvailable, UnknownName."""
    found = load(context.warehouse, arguments.table)
    ask = Asked(
        found,
        None if arguments.region is None else found.find(arguments.region, found.regions, REGION),
        None if arguments.sector is None else found.find(arguments.sector, found.sectors, SECTOR),
        arguments.top,
    )
    tell = {
        "overview": _overview,
        "footprint": _footprint,
        "multiplier": _multiplier,
        "linkages": _linkages,
        "trade": _trade,
    }
    return tell[arguments.measure](ask)


@dataclass(frozen=True)
class Asked:
    """The table and the positions asked about."""

    table: OwnTable
    region: int | None
    sector: int | None
    top: int

    @property
    def rows(self) -> list[int]:
        """Indices (region-major) of what is asked about."""
        s = len(self.table.sectors)
        regions = range(len(self.table.regions)) if self.region is None else (self.region,)
        sectors = range(s) if self.sector is None else (self.sector,)
        return [r * s + k for r in regions for k in sectors]

    def name(self, row: int) -> Text:
        """A sector of a region as one name."""
        r, k = divmod(row, len(self.table.sectors))
        return quoted(f"{self.table.regions[r]} · {self.table.sectors[k]}")

    def draft(self, zh: str, en: str) -> Draft:
        """A draft titled with the file's name."""
        draft = Draft(
            Text(f"导入的表 {self.table.record.file}：{zh}", f"Imported table {self.table.record.file}: {en}")
        )
        draft.sources.append(TABLE)
        draft.caveats += [
            Text("地区与部门按导入文件的名称；数字由导入的数据算得，其质量由数据提供者负责。",
                 "Regions and sectors are named as in the file; the figures are computed from the data as imported."),
        ]  # fmt: skip
        return draft

    def fact(
        self, draft: Draft, label: Text, value: float, unit: str, region: int | None, sector: int | None = None
    ) -> int:
        """A fact in the table's own labels."""
        where = "" if region is None else f"{self.table.regions[region]} "
        years = self.table.record.years
        account = Account.CONSUMPTION_DOMESTIC if unit == "Mt CO2" else None
        return draft.fact(
            Text(f"{where}{label.zh}", f"{where}{label.en}"), value, unit, source=TABLE, basis=Basis.DERIVED,
            region=None if region is None else self.table.regions[region], account=account,
            sector=None if sector is None else self.table.sectors[sector], year=years[0] if years else None,
        )  # fmt: skip


def quoted(label: str) -> Text:
    """A label of the file in a sentence: in Chinese between marks, as a figure may follow a label that ends in a digit."""
    return Text(f"“{label}”", label)


def _overview(ask: Asked) -> Result:
    table_, draft = ask.table, ask.draft("地区与部门", "regions and sectors")
    counts = [
        ask.fact(draft, Text("地区数", "number of regions"), len(table_.regions), "count", None),
        ask.fact(draft, Text("部门数", "number of sectors"), len(table_.sectors), "count", None),
    ]
    draft.lead("导入的表有地区{0}个、部门{1}个。", "The imported table has {0} regions and {1} sectors.", *counts)
    shown = [
        draft.table(table(title, [(title, None)], [(same(name),) for name in names[: ask.top]], total=len(names)))
        for title, names in ((Text("地区", "Regions"), table_.regions), (Text("部门", "Sectors"), table_.sectors))
    ]
    draft.section(Text("表中的名称", "Labels of the table"), tables=tuple(shown))
    return draft.result()


def _footprint(ask: Asked) -> Result:
    if ask.region is None:
        return _ranked_regions(ask)
    found, region = ask.table, ask.region
    draft = ask.draft(f"{found.regions[region]} 的碳足迹", f"carbon footprint of {found.regions[region]}")
    name = same(found.regions[region])
    products = found.by_product(region)
    total = ask.fact(
        draft, Text("最终使用引起的排放", "CO2 caused by its final use"), float(products.sum()), "Mt CO2", region
    )
    made = ask.fact(draft, Text("本地排放", "CO2 emitted in it"), float(found.produced[region]), "Mt CO2", region)
    draft.lead(
        f"{name.zh} 的最终使用在表内各地区引起的排放为{{0}}，本地排放为{{1}}。",
        f"Final use in {name.en} caused {{0}} in the regions of the table; {{1}} was emitted in it.", total, made,
    )  # fmt: skip
    if ask.sector is not None:
        label = Text(
            f"对 {found.sectors[ask.sector]} 产品的最终使用引起的排放",
            f"CO2 caused by its final use of {found.sectors[ask.sector]}",
        )
        one = ask.fact(draft, label, float(products[ask.sector]), "Mt CO2", region, ask.sector)
        draft.lead(
            f"其中 {found.sectors[ask.sector]} 产品占{{0}}。",
            f"Of it {{0}} was for products of {found.sectors[ask.sector]}.",
            one,
        )
    flows = found.flows(region)
    origins = _listed(ask, draft, flows.arriving, found.regions, Text("排放地", "Emitted in"), region, "from")
    goods = _listed(ask, draft, products, found.sectors, Text("最终产品", "Final product"), region, "for")
    draft.section(Text("明细", "Details"), tables=(origins, goods))
    draft.caveats.append(LIMITS)
    draft.method.append(METHOD)
    return draft.result()


METHOD = Text(
    "投入产出法：解 (I − A)x = y 与 (I − A′)p = f，不求大表的完整逆矩阵。",
    "Input-output analysis: (I - A) x = y and (I - A') p = f are solved; the inverse of a large table is not formed.",
)


def _listed(ask: Asked, draft: Draft, values: Array, names: tuple[str, ...], head: Text, region: int, way: str) -> int:
    """The largest entries as a table; a sentence of the lead names the first."""
    order = largest(values, ask.top)
    said = {
        "from": Text("由 {} 排放", "emitted in {}"),
        "for": Text("为 {} 产品排放", "for products of {}"),
        "to": Text("为 {} 排放", "emitted for {}"),
    }[way]
    facts = [
        ask.fact(draft, Text(said.zh.format(names[k]), said.en.format(names[k])), float(values[k]), "Mt CO2", region,
                 k if way == "for" else None)
        for k in order
    ]  # fmt: skip
    add_ranked(
        draft,
        f"{head.zh}最大的是<list>。",
        f"{head.en}, largest first: <list>.",
        [quoted(names[k]) for k in order[:NAMED]],
        facts[:NAMED],
    )
    rows: list[list[Cell]] = [[same(names[k]), Ref(fact=fact)] for k, fact in zip(order, facts, strict=True)]
    return draft.table(table(head, [(head, None), (Text("二氧化碳", "CO2"), "Mt CO2")], rows, total=len(names)))


def _ranked_regions(ask: Asked) -> Result:
    found, draft = ask.table, ask.draft("各地区碳足迹", "carbon footprints of its regions")
    order = largest(found.footprints, ask.top)
    facts = [
        ask.fact(
            draft, Text("最终使用引起的排放", "CO2 caused by its final use"), float(found.footprints[k]), "Mt CO2", k
        )
        for k in order
    ]
    made = [
        ask.fact(draft, Text("本地排放", "CO2 emitted in it"), float(found.produced[k]), "Mt CO2", k) for k in order
    ]
    names = [quoted(found.regions[k]) for k in order]
    add_ranked(
        draft, "最终使用引起的排放最多的地区依次为<list>。", "The regions whose final use caused most CO2 are, in order, <list>.",
        names[:5], facts[:5],
    )  # fmt: skip
    rows: list[list[Cell]] = [[n, Ref(fact=a), Ref(fact=b)] for n, a, b in zip(names, facts, made, strict=True)]
    head = [(REGION, None), (Text("足迹", "Footprint"), "Mt CO2"), (Text("本地排放", "Emitted in it"), "Mt CO2")]
    draft.section(Text("各地区", "Regions"), tables=(draft.table(table(draft.title, head, rows, total=len(found.regions))),),
                  charts=(draft.chart(_bars(draft, names, facts, "Mt CO2", Text("二氧化碳", "CO2"))),))  # fmt: skip
    draft.caveats.append(LIMITS)
    draft.method.append(METHOD)
    return draft.result()


def _bars(draft: Draft, names: list[Text], facts: list[int], unit: str, what: Text) -> Chart:
    series = Series(name=what, y=tuple(draft[f].value for f in facts))
    return Chart(
        kind="bar",
        title=draft.title,
        spec=XY(x=tuple(names), series=(series,), unit=unit, y_title=what, horizontal=True),
    )


def _multiplier(ask: Asked) -> Result:
    found = ask.table
    draft = ask.draft("乘数", "multipliers")
    rows = np.array(ask.rows)
    order = [int(rows[k]) for k in largest(found.backward[rows], ask.top)]
    with_co2 = found.co2 is not None
    average = float(found.embodied @ found.x / found.x.sum()) if with_co2 else 1.0
    listed: list[list[Cell]] = []
    facts = []
    for row in order:
        region, sector = divmod(row, len(found.sectors))
        label = Text(f"{found.sectors[sector]} 的产出乘数", f"output multiplier of {found.sectors[sector]}")
        facts.append(ask.fact(draft, label, float(found.backward[row]), "1", region, sector))
        cells: list[Cell] = [ask.name(row), Ref(fact=facts[-1])]
        if with_co2:
            carbon = Text(
                f"{found.sectors[sector]} 的排放乘数与全表平均之比",
                f"CO2 multiplier of {found.sectors[sector]} against the table's average",
            )
            cells.append(
                Ref(fact=ask.fact(draft, carbon, float(found.embodied[row]) / average, "times", region, sector))
            )
        listed.append(cells)
    add_ranked(
        draft, "单位最终使用带动的总产出（产出乘数）最高的是<list>。", "Output per unit of final use (the output multiplier) is highest for <list>.",
        [ask.name(row) for row in order[:NAMED]], facts[:NAMED],
    )  # fmt: skip
    head: list[tuple[Text, str | None]] = [(SECTOR, None), (Text("产出乘数", "Output multiplier"), "1")]
    if with_co2:
        head.append((Text("排放乘数（全表平均＝1）", "CO2 multiplier (table's average = 1)"), "times"))
    draft.section(Text("乘数", "Multipliers"), tables=(draft.table(table(draft.title, head, listed, total=len(rows))),))
    draft.method.append(METHOD)
    return draft.result()


def _linkages(ask: Asked) -> Result:
    found, draft = ask.table, ask.draft("产业关联", "linkages")
    power, sensitivity = found.linkages()
    rows = np.array(ask.rows)
    both = (power + sensitivity)[rows]
    order = [int(rows[k]) for k in largest(both, ask.top)]
    listed: list[list[Cell]] = []
    indices = (
        (power, Text("影响力系数", "power of dispersion")),
        (sensitivity, Text("感应度系数", "sensitivity of dispersion")),
    )
    facts: list[tuple[int, ...]] = []
    for row in order:
        region, sector = divmod(row, len(found.sectors))
        name = found.sectors[sector]
        facts.append(tuple(
            ask.fact(draft, Text(f"{name} 的{index.zh}", f"{index.en} of {name}"), float(values[row]), "index", region, sector)
            for values, index in indices
        ))  # fmt: skip
        key = Text("是", "yes") if power[row] > 1 and sensitivity[row] > 1 else Text("否", "no")
        listed.append([ask.name(row), *(Ref(fact=fact) for fact in facts[-1]), key])
    names = [ask.name(row) for row in order[:NAMED]]
    for k, (_, index) in enumerate(indices):
        add_ranked(draft, f"两项关联合计最强的部门，其{index.zh}为<list>。", f"Sectors with the strongest linkages, by {index.en}: <list>.",
                   names, [pair[k] for pair in facts[:NAMED]])  # fmt: skip
    head: list[tuple[Text, str | None]] = [
        (SECTOR, None), (Text("影响力系数", "Power of dispersion"), "index"), (Text("感应度系数", "Sensitivity of dispersion"), "index"),
        (Text("关键部门", "Key sector"), None),
    ]  # fmt: skip
    draft.section(Text("系数", "Indices"), tables=(draft.table(table(draft.title, head, listed, total=len(rows))),))
    draft.method.append(METHOD)
    return draft.result()


def _trade(ask: Asked) -> Result:
    if ask.region is None:
        return _ranked_regions(ask)
    found, region = ask.table, ask.region
    name = found.regions[region]
    draft = ask.draft(f"{name} 的隐含碳贸易", f"embodied carbon trade of {name}")
    flows = found.flows(region)
    away = np.arange(len(found.regions)) != region
    arriving, leaving = np.where(away, flows.arriving, 0.0), np.where(away, flows.leaving, 0.0)
    into, out = float(arriving.sum()), float(leaving.sum())
    net = Text("净调入", "net import") if into >= out else Text("净调出", "net export")
    facts = [
        ask.fact(
            draft, Text("从表内其他地区调入的隐含碳", "embodied CO2 from the other regions"), into, "Mt CO2", region
        ),
        ask.fact(
            draft, Text("调往表内其他地区的隐含碳", "embodied CO2 sent to the other regions"), out, "Mt CO2", region
        ),
        ask.fact(draft, Text(f"隐含碳{net.zh}", f"{net.en} of embodied CO2"), abs(into - out), "Mt CO2", region),
    ]
    draft.lead(
        f"{name} 从表内其他地区调入隐含碳{{0}}，调出{{1}}，{net.zh}{{2}}。",
        f"{name} drew {{0}} of embodied CO2 from the table's other regions and sent them {{1}}: a {net.en} of {{2}}.", *facts,
    )  # fmt: skip
    tables = (
        _listed(ask, draft, arriving, found.regions, Text("来源地", "Origin"), region, "from"),
        _listed(ask, draft, leaving, found.regions, Text("去向地", "Destination"), region, "to"),
    )
    draft.section(Text("往来地区", "Partners"), tables=tables)
    draft.caveats.append(LIMITS)
    draft.method.append(METHOD)
    return draft.result()
