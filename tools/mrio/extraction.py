"""extraction: how much output and CO2 depends on a sector, by leaving it out of the table on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from data.classification import NATION, place
from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.declare import Arguments, Context, latest_table, tool
from tools.domain import PlaceArg, SectorArg, Year
from tools.mrio import words
from tools.mrio.accounts_range import Measured, measured
from tools.mrio.algebra import top as largest
from tools.mrio.extracted import KINDS, Kind, by_sector, co2_of_others, extracted
from tools.mrio.partners import listed_name, numbers_of, part_caveat
from tools.mrio.system import Scope, need_inventory, scope_of
from tools.mrio.telling import Ref, Teller, add_ranked, table
from tools.result import Account, Cell, Draft, Result

if TYPE_CHECKING:
    from data.warehouse import Warehouse

NAMED, DRAWN, RANKED = 4, 12, 20
Facts = dict[tuple[int, Kind, int], int]  # (0 output or 1 CO2, kind, part of _PARTS) -> fact
NAMES: dict[Kind, Text] = {
    "complete": Text("完全抽取", "complete"), "backward": Text("后向抽取", "backward"), "forward": Text("前向抽取", "forward"),
}  # fmt: skip
DEFINED: dict[Kind, Text] = {
    "complete": Text("完全抽取（既不采购也不销售）", "complete (neither buys nor sells)"),
    "backward": Text("后向抽取（不向国内采购）", "backward (buys nothing at home)"),
    "forward": Text("前向抽取（不向生产者销售）", "forward (sells nothing to producers)"),
}
WAYS: dict[Kind, Text] = {
    "complete": Text("完全抽取时", "under complete extraction"),
    "backward": Text("经其采购", "through its purchases"),
    "forward": Text("经其供给", "through its supply"),
}
PAPER = Text(
    "假设性抽取衡量有多少产出和排放经产业链依赖该部门，是描述性的重要程度，不是停产预测：不含替代、进口补充、价格和产能变化。",
    "Hypothetical extraction measures how much output and CO2 depends on the sector through the chain. It describes importance and "
    "forecasts no closure: no substitution, imports in its place, prices or capacity.",
)
METHOD = Text(
    "完全抽取：损失 = L_·K·L_KK⁻¹·x_K；后向：A 的第 K 列置零；前向：Ghosh 分配系数 B 的第 K 行置零；对其他部门，前两者相等"
    "（Dietzenbacher 与 van der Linden，1997；Miller 与 Lahr，2001）。",
    "Complete: loss = L_.K L_KK^-1 x_K; backward: columns K of A zero; forward: rows K of the Ghosh coefficients B zero; for the others "
    "the first two are the same (Dietzenbacher and van der Linden 1997; Miller and Lahr 2001).",
)


class ExtractionArguments(Arguments):
    """Which sector to leave out, and of what."""

    place: PlaceArg = Field(NATION, description="Province, group of provinces or China: whose sector is left out.")
    sector: SectorArg | None = Field(
        None, description="The sector to leave out; leave open to rank all of the place's sectors."
    )
    kind: Kind | None = Field(
        None, description="complete: the sector neither buys nor sells; backward: it buys nothing at home; forward: it sells nothing to "
        "producers. Leave open to see backward and forward side by side; sectors are ranked by complete extraction.",
    )  # fmt: skip
    year: Year = latest_table()
    top: int = Field(10, ge=1, le=42, description="How many dependent sectors, provinces or ranked sectors to list.")


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
        Text("山东化工的后向抽取结果", "Backward extraction of chemicals in Shandong"),
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
    name = listed_name(arguments.sector, numbers)
    zh, en, year = scope.place.name.zh, words.article(scope.place), scope.system.mrio.year
    low = words.in_sentence(name).en
    tell = Teller(
        Draft(Text(f"抽去{zh}{name.zh}：依赖它的产出与排放，{year}年", f"What depends on {low} of {en}, {year}")), scope
    )
    part = part_caveat(arguments.sector, words.in_sentence(name))
    tell.draft.caveats += [part] if part else []
    parts = measured(warehouse, scope, lambda s: extracted(s, numbers).split(s))
    facts = _split_facts(tell, name, parts)
    asked: tuple[Kind, ...] = (arguments.kind,) if arguments.kind else ("backward", "forward")
    _lead(tell, name, facts, asked)
    tables = [_kinds(tell, name, facts)]
    tables += [_dependents(tell, name, numbers, warehouse, arguments.top, kind, kind == asked[0]) for kind in asked]
    tell.draft.section(
        Text("按抽取方式与依赖方", "By kind of extraction and by who depends"), tables=tuple(tables), folded=True
    )
    return tell


def _lead(tell: Teller, name: Text, facts: Facts, asked: tuple[Kind, ...]) -> None:
    """Output, then CO2: of the sector itself, and of those who depend on it in the ways asked for."""
    zh, en, low, year = tell.place.name.zh, words.article(tell.place), words.in_sentence(name).en, tell.year
    others = [1] if tell.nation else [1, 2]
    where_zh = "其他部门{%d:range}" if tell.nation else "本地其他部门{%d:range}、外省{%d:range}"
    where_en = (
        "{%d:range} of other sectors"
        if tell.nation
        else "{%d:range} of other sectors in the place and {%d:range} in other provinces"
    )

    def at(text: str, place_of: int) -> str:
        first = 1 + place_of * len(others)
        return text % tuple(range(first, first + len(others)))

    def used(what: int) -> list[int]:
        return [facts[what, "complete", 0], *(facts[what, kind, part] for kind in asked for part in others)]

    def way(kind: Kind) -> tuple[str, str]:
        said, name = WAYS[kind], NAMES[kind]
        return (said.zh, said.en) if kind == "complete" else (f"{said.zh}（{name.zh[:2]}）", f"{said.en} ({name.en})")

    first, rest = asked[0], list(enumerate(asked))[1:]
    more_zh = "".join(f"；{way(k)[0]}依赖它的产出，{at(where_zh, i)}" for i, k in rest)
    more_en = "".join(f"; {way(k)[1]}, {at(where_en, i)}" for i, k in rest)
    tell.draft.lead(
        f"按假设性抽取（描述重要程度，不是预测），{zh}{name.zh}{year}年自身产出{tell.guess[0]}{{0}}；"
        f"{way(first)[0]}依赖它的产出，{at(where_zh, 0)}{more_zh}。",
        f"By hypothetical extraction (importance described, no forecast), {low} of {en} made {{0}} of output in {year}{tell.guess[1]}; "
        f"{way(first)[1]} the output that depends on it is {at(where_en, 0)}{more_en}.",
        *used(0),
    )  # fmt: skip
    more_zh = "".join(f"；{WAYS[k].zh}，{at(where_zh, i)}" for i, k in rest)
    more_en = "".join(f"; {WAYS[k].en}, {at(where_en, i)}" for i, k in rest)
    tell.draft.lead(
        f"二氧化碳方面，该行业自身排放{{0}}；{WAYS[first].zh}依赖它的排放，{at(where_zh, 0)}{more_zh}。",
        f"In CO2, the sector itself emitted {{0}}; emissions that depend on it {WAYS[first].en} are {at(where_en, 0)}{more_en}.",
        *used(1),
    )


_PARTS = (
    Text("自身", "of its own"),
    Text("本地其他部门", "of other sectors in the place"),
    Text("外省", "in other provinces"),
)


def _split_facts(tell: Teller, name: Text, parts: Measured) -> Facts:
    """Every output and CO2 of the split, as facts."""
    facts: Facts = {}
    for what, (label, unit) in enumerate(((Text("产出", "output"), "100M yuan"), (Text("二氧化碳", "CO2"), "Mt CO2"))):
        for k, kind in enumerate(KINDS):
            for part in range(2 if tell.nation else 3):
                at = (what * 3 + k) * 3 + part
                said = Text(f"抽去{name.zh}（{NAMES[kind].zh}）所关联的{_PARTS[part].zh}{label.zh}",
                            f"{label.en} {_PARTS[part].en} that goes with {words.in_sentence(name).en}, {NAMES[kind].en} extraction")  # fmt: skip
                facts[what, kind, part] = tell.fact(said, parts[at], unit, sector=name, bound=parts.bound(at),
                                                    account=Account.SCOPE1 if what else None)  # fmt: skip
    return facts


def _kinds(tell: Teller, name: Text, facts: Facts) -> int:
    rows: list[list[Cell]] = []
    count = 2 if tell.nation else 3
    for kind in KINDS:
        for part in range(count):
            rows.append([DEFINED[kind], Text(_PARTS[part].zh, _PARTS[part].en), Ref(fact=facts[0, kind, part]),
                         Ref(fact=facts[1, kind, part])])  # fmt: skip
    title = Text(
        f"抽去{tell.place.name.zh}{name.zh}所关联的产出与排放",
        f"Output and CO2 that go with {words.in_sentence(name).en}",
    )
    head: list[tuple[Text, str | None]] = [(Text("抽取方式", "Extraction"), None), (Text("谁的", "Whose"), None),
                                           (Text("产出", "Output"), "100M yuan"), (Text("二氧化碳", "CO2"), "Mt CO2")]  # fmt: skip
    return tell.draft.table(table(title, head, rows))


def _dependents(
    tell: Teller, name: Text, numbers: tuple[int, ...], warehouse: Warehouse, count: int, kind: Kind, first: bool
) -> int:
    """The other sectors whose CO2 goes with the group in one way: a sentence, a table, a bar chart."""
    found = measured(warehouse, tell.scope, lambda s: co2_of_others(s, numbers, kind), top=RANKED)
    order, regions, s = found.top(count), tell.scope.system.mrio.regions, found.values.shape[1]
    known: dict[int, int] = {}
    low, way = words.in_sentence(name).en, WAYS[kind]
    for i in order:
        sector = words.sector_name(i % s + 1)
        whose = None if tell.nation else place(regions[i // s]).name
        here, of = (whose.zh, f" of {whose.en}") if whose else ("", "")
        known[i] = tell.fact(
            Text(f"{way.zh}依赖{name.zh}的{here}{sector.zh}的二氧化碳", f"CO2 of {words.in_sentence(sector).en}{of} that depends on {low} {way.en}"),
            found[i], sector=sector, account=Account.SCOPE1, bound=found.bound(i),
        )  # fmt: skip

    def called(i: int) -> Text:
        sector = words.short(i % s + 1)
        return sector if tell.nation else words.of_place(place(regions[i // s]).name, sector)

    lead = [i for i in order if found.robust(i)][:NAMED]
    most = "the emissions that depend on it most are those" if first else "they are those"
    add_ranked(tell.draft, f"{way.zh}依赖它的排放最多的是<list>。", f"{way.en[:1].upper()}{way.en[1:]}, {most} of <list>.",
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


def _ranking(scope: Scope, arguments: ExtractionArguments, warehouse: Warehouse) -> Teller:
    """The place's sectors by the CO2 of others that depends on them: a sentence, a table, a bar chart."""
    zh, en, year = scope.place.name.zh, words.article(scope.place), scope.system.mrio.year
    how = Text("假设性抽取", "hypothetical extraction")
    of = ("", "")  # complete extraction is what is ranked by where nothing else is asked for
    if arguments.kind is not None:
        how = Text(NAMES[arguments.kind].zh, f"{NAMES[arguments.kind].en} extraction")
        of = (f"（{how.zh}）", f", {how.en}")
    tell = Teller(Draft(Text(f"{zh}{year}年各行业的{how.zh}", f"Sectors of {en} by {how.en}, {year}")), scope)
    found = measured(warehouse, scope, lambda s: by_sector(s, arguments.kind or "complete"))
    order, size = largest(found.values[1], arguments.top), found.values.shape[1]
    output, co2 = {}, {}
    for k in order:
        name = words.sector_name(k + 1)
        low = words.in_sentence(name).en
        output[k] = tell.fact(Text(f"其他部门依赖{name.zh}的产出{of[0]}", f"output of others that depends on {low}{of[1]}"), found[k], "100M yuan",
                              sector=name, bound=found.bound(k))  # fmt: skip
        co2[k] = tell.fact(Text(f"其他部门依赖{name.zh}的二氧化碳{of[0]}", f"CO2 of others that depends on {low}{of[1]}"), found[size + k],
                           sector=name, account=Account.SCOPE1, bound=found.bound(size + k))  # fmt: skip
    add_ranked(
        tell.draft, f"按{how.zh}（描述重要程度，不是预测），{year}年其他部门的排放{tell.guess[0]}依赖最多的{zh}行业是<list>。",
        f"By {how.en} (importance described, no forecast), the sectors of {en} on which most CO2 of others depended in "
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
