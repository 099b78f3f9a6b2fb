"""extraction: how much output and CO2 depends on a sector, by leaving it out of the table on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field

from data.classification import NATION, place
from data.errors import NotAvailable
from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.declare import Arguments, Context, latest_table, tool
from tools.domain import PlaceArg, SectorArg, Year
from tools.mrio import algebra_extraction, words
from tools.mrio.accounts_range import Measured, measured
from tools.mrio.algebra import Array
from tools.mrio.algebra import top as largest
from tools.mrio.partners import indices, numbers_of
from tools.mrio.system import Scope, need_inventory, scope_of
from tools.mrio.telling import Ref, Teller, add_ranked, table
from tools.mrio.variants import columns_of, rows_of
from tools.result import Account, Cell, Draft, Result

if TYPE_CHECKING:
    from data.warehouse import Warehouse

NAMED, DRAWN, RANKED = 4, 12, 20
KINDS = (Text("完全抽取（既不采购也不销售）", "complete (neither buys nor sells)"),
         Text("后向抽取（不向国内采购）", "backward (buys nothing at home)"),
         Text("前向抽取（不向生产者销售）", "forward (sells nothing to producers)"))  # fmt: skip
PAPER = Text(
    "假设性抽取衡量有多少产出和排放经产业链依赖该部门，是描述性的重要程度，不是停产预测：不含替代、进口补充、价格和产能变化。",
    "Hypothetical extraction measures how much output and CO2 depends on the sector through the chain. It describes importance and "
    "forecasts no closure: no substitution, imports in its place, prices or capacity.",
)
METHOD = Text(
    "完全抽取：损失 = L_·K·L_KK⁻¹·x_K；后向：A 的第 K 列置零；前向：Ghosh 分配系数 B 的第 K 行置零（Dietzenbacher 与 van der Linden，1997；"
    "Miller 与 Lahr，2001）。",
    "Complete: loss = L_.K L_KK^-1 x_K; backward: columns K of A zero; forward: rows K of the Ghosh coefficients B zero (Dietzenbacher "
    "and van der Linden 1997; Miller and Lahr 2001).",
)


class ExtractionArguments(Arguments):
    """Which sector to leave out."""

    place: PlaceArg = Field(NATION, description="Province, group of provinces or China: whose sector is left out.")
    sector: SectorArg | None = Field(
        None, description="The sector to leave out; leave open to rank all of the place's sectors."
    )
    year: Year = latest_table()
    top: int = Field(10, ge=1, le=42, description="How many dependent sectors, provinces or ranked sectors to list.")


@dataclass(frozen=True)
class Extracted:
    """Output (3, n), 100M yuan, and CO2 (3, n), Mt, that go with the group left out: complete, backward, forward."""

    output: Array
    co2: Array
    group: algebra_extraction.Group

    def split(self, scope: Scope) -> Array:
        """(2, 3, 3): output and CO2; by kind; of the group itself, of others in the place, of other regions."""
        own = np.zeros(self.output.shape[1], dtype=bool)
        own[self.group] = True
        here = np.zeros_like(own)
        here[scope.rows.reshape(-1)] = True
        parts = (own, here & ~own, ~here & ~own)
        return np.array(
            [[[values[:, part].sum(1)[k] for part in parts] for k in range(3)] for values in (self.output, self.co2)]
        )


def extracted(scope: Scope, numbers: tuple[int, ...]) -> Extracted:
    """The place's sectors ``numbers`` left out together. Raises NotAvailable where they have no output."""
    system, group = scope.system, indices(scope, numbers)
    x = system.mrio.x
    if x[group].sum() <= 0:
        raise NotAvailable(
            "no_output",
            Text(f"{scope.place.name.zh}在投入产出表中没有该部门的产出，无从抽取；请换一个部门或省份。",
                 f"The table has no output of that sector in {scope.place.name.en}, so nothing can be left out; try another one."),
        )  # fmt: skip
    columns = columns_of(system, group)
    lost = np.stack([
        algebra_extraction.complete(columns, x, group),
        algebra_extraction.backward(columns, x, group),
        algebra_extraction.forward(rows_of(system, group), x, group),
    ])  # fmt: skip
    return Extracted(lost, lost * system.emissions.f, group)


@tool(
    title=Text("假设性抽取", "Hypothetical extraction"),
    summary=Text(
        "把某地某行业从投入产出表中抽去，看有多少产出和二氧化碳经产业链依赖它（完全、后向、前向抽取），按省份和行业列出；不指定行业时给出各行业排名。"
        "描述性的重要程度，不是预测。",
        "Leaves a place's sector out of the table and shows how much output and CO2 depends on it through the chain (complete, backward "
        "and forward), by province and sector; without a sector, the ranking. Importance described, no forecast.",
    ),
    examples=(
        Text("如果没有河北的钢铁行业，有多少产出和排放依赖它？", "If Hebei's steel industry did not exist, how much output and CO2 depends on it?"),
        Text("如果没有电力行业，全国多少产出受影响", "How much of China's output depends on the power sector?"),
        Text("山西煤炭行业的假设性抽取", "Hypothetical extraction of coal mining in Shanxi"),
        Text("江苏哪个行业最重要（假设抽取法）", "Most important sectors of Jiangsu by hypothetical extraction"),
        Text("哪些省份的哪些行业最依赖内蒙古的电力行业", "Which sectors of which provinces depend most on Inner Mongolia's power sector?"),
    ),
)  # fmt: skip
def extraction(arguments: ExtractionArguments, context: Context) -> Result:
    """What depends on one sector of a place, or its sectors ranked by what depends on them."""
    scope = scope_of(context.warehouse, arguments.place, arguments.year)
    need_inventory(scope)
    told = _one if arguments.sector is not None else _ranking
    tell = told(scope, arguments, context.warehouse)
    draft, name = tell.draft, tell.place.name
    draft.caveats.append(PAPER)
    words.caveats(draft, scope)
    draft.method.append(METHOD)
    tell.use("co2_42", "mrio_variants")
    draft.suggestions += [
        Text(
            f"{name.zh}哪些产业链上下游应当联合减排？",
            f"Which supply-chain pairs should {name.en} decarbonise together?",
        ),
        Text(
            f"{name.zh}哪些行业的排放乘数最高？", f"Which sectors of {name.en} have the highest emission multipliers?"
        ),
    ]
    return draft.result()


def _one(scope: Scope, arguments: ExtractionArguments, warehouse: Warehouse) -> Teller:
    assert arguments.sector is not None
    numbers = numbers_of(arguments.sector)
    name = words.sector_name(numbers[0]) if not arguments.sector.mrio else arguments.sector.name
    zh, en, year = scope.place.name.zh, words.article(scope.place), scope.system.mrio.year
    low = words.in_sentence(name).en
    tell = Teller(
        Draft(Text(f"抽去{zh}{name.zh}：依赖它的产出与排放，{year}年", f"What depends on {low} of {en}, {year}")), scope
    )
    if not arguments.sector.mrio:
        tell.draft.caveats.append(
            Text(f"投入产出表不单列“{arguments.sector.name.zh}”，所示为其所在的“{name.zh}”。",
                 f"The table does not list '{arguments.sector.name.en}' by itself; shown is {low}, which holds it.")
        )  # fmt: skip
    parts = measured(warehouse, scope, lambda s: extracted(s, numbers).split(s))
    facts = _split_facts(tell, name, parts)
    own, others = facts[0, 0, 0], [1] if tell.nation else [1, 2]
    where_zh = "其他部门{%d:range}" if tell.nation else "本地其他部门{%d:range}、外省{%d:range}"
    where_en = (
        "{%d:range} of other sectors"
        if tell.nation
        else "{%d:range} of other sectors in the place and {%d:range} in other provinces"
    )

    def at(text: str, start: int) -> str:
        return text % tuple(range(start, start + len(others)))

    n = len(others)
    tell.draft.lead(
        f"按假设性抽取（描述重要程度，不是预测），{zh}{name.zh}{year}年自身产出{tell.guess[0]}{{0}}；"
        f"经其采购（后向）依赖它的产出，{at(where_zh, 1)}；"
        f"经其供给（前向）依赖它的产出，{at(where_zh, 1 + n)}。",
        f"By hypothetical extraction (importance described, no forecast), {low} of {en} made {{0}} of output in {year}{tell.guess[1]}; "
        f"through its purchases (backward) the output that depends on it is {at(where_en, 1)}; through its supply (forward), "
        f"{at(where_en, 1 + n)}.",
        own, *(facts[0, 1, part] for part in others), *(facts[0, 2, part] for part in others),
    )  # fmt: skip
    tell.draft.lead(
        f"二氧化碳方面，该行业自身排放{{0}}；经其采购依赖它的排放，{at(where_zh, 1)}；经其供给，{at(where_zh, 1 + n)}。",
        f"In CO2, the sector itself emitted {{0}}; emissions that depend on it through its purchases are {at(where_en, 1)}; through its "
        f"supply, {at(where_en, 1 + n)}.",
        facts[1, 0, 0], *(facts[1, 1, part] for part in others), *(facts[1, 2, part] for part in others),
    )  # fmt: skip
    tables = [_kinds(tell, name, facts)]
    tables += [_dependents(tell, name, numbers, warehouse, arguments.top, side) for side in (1, 2)]
    tell.draft.section(
        Text("按抽取方式与依赖方", "By kind of extraction and by who depends"), tables=tuple(tables), folded=True
    )
    return tell


_PARTS = (
    Text("自身", "of its own"),
    Text("本地其他部门", "of other sectors in the place"),
    Text("外省", "in other provinces"),
)


def _split_facts(tell: Teller, name: Text, parts: Measured) -> dict[tuple[int, int, int], int]:
    """Facts by (0 output or 1 CO2, kind, part)."""
    facts = {}
    for what, (label, unit) in enumerate(((Text("产出", "output"), "100M yuan"), (Text("二氧化碳", "CO2"), "Mt CO2"))):
        for kind in range(3):
            for part in range(2 if tell.nation else 3):
                at = (what * 3 + kind) * 3 + part
                way = KINDS[kind].en.split(" (")[0]
                said = Text(f"抽去{name.zh}（{KINDS[kind].zh[:4]}）所关联的{_PARTS[part].zh}{label.zh}",
                            f"{label.en} {_PARTS[part].en} that goes with {words.in_sentence(name).en}, {way} extraction")  # fmt: skip
                facts[what, kind, part] = tell.fact(said, parts[at], unit, sector=name, bound=parts.bound(at),
                                                    account=Account.SCOPE1 if what else None)  # fmt: skip
    return facts


def _kinds(tell: Teller, name: Text, facts: dict[tuple[int, int, int], int]) -> int:
    rows: list[list[Cell]] = []
    count = 2 if tell.nation else 3
    for kind, label in enumerate(KINDS):
        for part in range(count):
            rows.append([label, Text(_PARTS[part].zh, _PARTS[part].en), Ref(fact=facts[0, kind, part]),
                         Ref(fact=facts[1, kind, part])])  # fmt: skip
    title = Text(
        f"抽去{tell.place.name.zh}{name.zh}所关联的产出与排放",
        f"Output and CO2 that go with {words.in_sentence(name).en}",
    )
    head: list[tuple[Text, str | None]] = [(Text("抽取方式", "Extraction"), None), (Text("谁的", "Whose"), None),
                                           (Text("产出", "Output"), "100M yuan"), (Text("二氧化碳", "CO2"), "Mt CO2")]  # fmt: skip
    return tell.draft.table(table(title, head, rows))


def _others(scope: Scope, numbers: tuple[int, ...], side: int) -> Array:
    """CO2 (R, 42) of the others that goes with the group; ``side`` 1 backward, 2 forward."""
    found = extracted(scope, numbers)
    co2 = found.co2[side].copy()
    co2[found.group] = 0.0
    return np.asarray(co2.reshape(len(scope.system.mrio.regions), -1))


_SIDES = {1: (Text("经其采购", "through its purchases"), Text("经其采购依赖它的排放最多的是<list>。",
              "Through its purchases, the emissions that depend on it most are those of <list>.")),
          2: (Text("经其供给", "through its supply"), Text("经其供给依赖它的排放最多的是<list>。",
              "Through its supply, they are those of <list>."))}  # fmt: skip


def _dependents(tell: Teller, name: Text, numbers: tuple[int, ...], warehouse: Warehouse, count: int, side: int) -> int:
    """The other sectors whose CO2 goes with the group, on one side: a sentence, a table, a bar chart."""
    found = measured(warehouse, tell.scope, lambda s: _others(s, numbers, side), top=RANKED)
    order, regions, s = found.top(count), tell.scope.system.mrio.regions, found.values.shape[1]
    known: dict[int, int] = {}
    low, (way, said) = words.in_sentence(name).en, _SIDES[side]
    for i in order:
        kind = words.sector_name(i % s + 1)
        whose = None if tell.nation else place(regions[i // s]).name
        here, of = (whose.zh, f" of {whose.en}") if whose else ("", "")
        known[i] = tell.fact(
            Text(f"{way.zh}依赖{name.zh}的{here}{kind.zh}的二氧化碳", f"CO2 of {words.in_sentence(kind).en}{of} that depends on {low} {way.en}"),
            found[i], sector=kind, account=Account.SCOPE1, bound=found.bound(i),
        )  # fmt: skip

    def called(i: int) -> Text:
        kind = words.short(i % s + 1)
        return kind if tell.nation else words.of_place(place(regions[i // s]).name, kind)

    lead = [i for i in order if found.robust(i)][:NAMED]
    add_ranked(tell.draft, said.zh, said.en,
               [called(i) for i in lead], [known[i] for i in lead])  # fmt: skip
    rows: list[list[Cell]] = []
    for i in order:
        row: list[Cell] = [] if tell.nation else [place(regions[i // s]).name]
        row += [words.sector_name(i % s + 1), Ref(fact=known[i])]
        rows.append([*row, found.mark(i)] if found.spread is not None else row)
    head: list[tuple[Text, str | None]] = [] if tell.nation else [(Text("省份", "Province"), None)]
    head += [(Text("行业", "Sector"), None), (Text("依赖它的二氧化碳", "CO2 that depends on it"), "Mt CO2")]
    head += [(Text("稳健性", "Robustness"), None)] if found.spread is not None else []
    title = Text(
        f"{way.zh}依赖{tell.place.name.zh}{name.zh}的部门的排放",
        f"Emissions that depend on {low} of {words.article(tell.place)} {way.en}",
    )
    drawn = order[:DRAWN]
    tell.draft.chart(Chart(
        kind="bar", title=title, note=tell.note,
        spec=XY(x=tuple(called(i) for i in drawn), series=(Series(name=Text("二氧化碳", "CO2"), y=tuple(found[i] for i in drawn)),),
                unit="Mt CO2", y_title=Text("依赖该部门的二氧化碳", "CO2 that depends on the sector"), horizontal=True),
    ))  # fmt: skip
    return tell.draft.table(table(title, head, rows, total=int((found.values > 0).sum())))


def _by_sector(scope: Scope) -> Array:
    """Output and CO2 (2, 42) of all others that go with each sector of the place, complete extraction; 0 without output."""
    system, out = scope.system, np.zeros((2, len(scope.system.mrio.sectors)))
    every = np.asarray(scope.rows, dtype=np.intp)  # (members, 42)
    columns = columns_of(system, every.reshape(-1)).reshape(len(system.mrio.x), *every.shape)
    for k in range(every.shape[1]):
        group = every[:, k]
        if system.mrio.x[group].sum() <= 0:
            continue
        lost = algebra_extraction.complete(columns[:, :, k], system.mrio.x, group)
        lost[group] = 0.0
        out[:, k] = lost.sum(), system.emissions.f @ lost
    return out


def _ranking(scope: Scope, arguments: ExtractionArguments, warehouse: Warehouse) -> Teller:
    """The place's sectors by the CO2 of others that depends on them: a sentence, a table, a bar chart."""
    zh, en, year = scope.place.name.zh, words.article(scope.place), scope.system.mrio.year
    tell = Teller(
        Draft(Text(f"{zh}{year}年各行业的假设性抽取", f"Sectors of {en} by hypothetical extraction, {year}")), scope
    )
    found = measured(warehouse, scope, _by_sector)
    order, size = largest(found.values[1], arguments.top), found.values.shape[1]
    output, co2 = {}, {}
    for k in order:
        name = words.sector_name(k + 1)
        low = words.in_sentence(name).en
        output[k] = tell.fact(Text(f"其他部门依赖{name.zh}的产出", f"output of others that depends on {low}"), found[k], "100M yuan",
                              sector=name, bound=found.bound(k))  # fmt: skip
        co2[k] = tell.fact(Text(f"其他部门依赖{name.zh}的二氧化碳", f"CO2 of others that depends on {low}"), found[size + k],
                           sector=name, account=Account.SCOPE1, bound=found.bound(size + k))  # fmt: skip
    add_ranked(
        tell.draft, f"按假设性抽取（描述重要程度，不是预测），{year}年其他部门的排放{tell.guess[0]}依赖最多的{zh}行业是<list>。",
        f"By hypothetical extraction (importance described, no forecast), the sectors of {en} on which most CO2 of others depended in "
        f"{year}{tell.guess[1]} were <list>.",
        [words.short(k + 1) for k in order[:NAMED]], [co2[k] for k in order[:NAMED]],
    )  # fmt: skip
    rows: list[list[Cell]] = [[words.sector_name(k + 1), Ref(fact=co2[k]), Ref(fact=output[k])] for k in order]
    head: list[tuple[Text, str | None]] = [(Text("抽去的行业", "Sector left out"), None), (Text("其他部门的二氧化碳", "CO2 of others"), "Mt CO2"),
                                           (Text("其他部门的产出", "Output of others"), "100M yuan")]  # fmt: skip
    shown = tell.draft.table(table(tell.draft.title, head, rows, total=int((found.values[1] > 0).sum())))
    drawn = order[:DRAWN]
    chart = tell.draft.chart(Chart(
        kind="bar", title=tell.draft.title, note=tell.note,
        spec=XY(x=tuple(words.short(k + 1) for k in drawn), unit="Mt CO2", horizontal=True,
                series=(Series(name=Text("其他部门的二氧化碳", "CO2 of others"), y=tuple(found[size + k] for k in drawn)),),
                y_title=Text("依赖该行业的其他部门二氧化碳", "CO2 of others that depends on the sector")),
    ))  # fmt: skip
    tell.draft.section(Text("排名", "Ranking"), tables=(shown,), charts=(chart,))
    return tell
