"""footprint: what a place's final use causes in CO2 anywhere in China, beside what the place itself emits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from data.classification import place
from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.declare import Arguments, Context, latest_table, tool
from tools.domain import PlaceArg, Year
from tools.mrio import words
from tools.mrio.accounts import Accounts, accounts, by_product
from tools.mrio.algebra import top as largest
from tools.mrio.bounds import Bound, bounds
from tools.mrio.footprint_accounts import tell_beside, tell_income, tell_production
from tools.mrio.footprint_categories import tell_categories
from tools.mrio.footprint_origins import tell_origins
from tools.mrio.levels import doubt_of
from tools.mrio.ranking import ranking
from tools.mrio.system import need_inventory, scope_of
from tools.mrio.telling import Ref, Teller, add_ranked, table
from tools.result import Account, Basis, Draft, Result

if TYPE_CHECKING:
    from data.warehouse import Warehouse

CONSUMPTION, EXPORTS, SCOPE1 = Account.CONSUMPTION_DOMESTIC, Account.EXPORTS, Account.SCOPE1
NAMED = 3  # partners named in a sentence


class FootprintArguments(Arguments):
    """Whose consumption, and how many to list."""

    place: PlaceArg | None = Field(
        None, description="Province, group of provinces or China; leave out to rank all provinces."
    )
    year: Year = latest_table()
    top: int = Field(10, ge=1, le=31, description="How many products, sources or ranked provinces to list.")
    order: Literal["desc", "asc"] = Field("desc", description="Ranking: desc highest first, asc lowest first.")
    account: Literal["consumption", "production", "income", "all"] = Field(
        "consumption",
        description="consumption: emissions caused by final use; production: what own emissions are for; income: emissions "
        "downstream of the place's value added (descriptive); all: the three beside each other.",
    )
    detail: Literal["accounts", "origins", "category"] = Field(
        "accounts",
        description="Of the consumption account: its parts, its origins by province and sector, or its categories of final demand.",
    )


@tool(
    title=Text("消费侧碳足迹", "Carbon footprint"),
    summary=Text(
        "某地最终消费与投资在全国各地引起的二氧化碳（国内消费侧口径，不含进口商品隐含碳），与生产侧对照：本地排放、外省调入、调往外省、出口、居民；"
        "可细分到来源省份与行业、最终需求类别；也有收入侧（供给侧）口径和三种口径对照；不指定地区时给出各省排名。",
        "CO2 caused anywhere in China by a place's final consumption and investment (domestic consumption-based account, carbon "
        "of foreign imports excluded), beside its production: own, inflow from other provinces, outflow, exports, households. "
        "Also by province and sector of origin, by category of final demand, income-based (supply side), and the three accounts "
        "beside each other. Without a place: the ranking of provinces.",
    ),
    examples=(
        Text("广东消费侧碳排放是多少？", "What is Guangdong's consumption-based carbon footprint?"),
        Text(
            "广东消费端碳排放有多少来自外省？", "How much of Guangdong's carbon footprint comes from other provinces?"
        ),
        Text("各省消费侧排放排名", "Rank provinces by consumption-based CO2 emissions"),
        Text("北京的碳足迹和生产侧排放差多少", "Beijing footprint versus production-based emissions"),
        Text("中国出口隐含多少碳排放", "How much CO2 is embodied in China's exports?"),
        Text(
            "广东消费端碳排放有多少来自外省，主要来自哪些省的哪些行业？",
            "How much of Guangdong's footprint comes from other provinces, and mainly from which of their sectors?",
        ),
        Text("浙江消费侧排放按最终需求类别", "Zhejiang's footprint by category of final demand"),
        Text("山西收入侧碳排放", "Income-based emissions of Shanxi"),
        Text("江苏三种口径的碳排放对照", "The three emission accounts of Jiangsu beside each other"),
    ),
)
def footprint(arguments: FootprintArguments, context: Context) -> Result:
    """Production-based and domestic consumption-based CO2 of a place, or the ranking of provinces."""
    if arguments.place is None:
        return ranking(context.warehouse, arguments.year, arguments.top, arguments.order)
    scope = scope_of(context.warehouse, arguments.place, arguments.year)
    need_inventory(scope)
    where = words.article(scope.place)
    title = Text(
        f"{scope.place.name.zh}{arguments.year}年消费侧碳足迹", f"Carbon footprint of {where}, {arguments.year}"
    )
    tell = Teller(Draft(title), scope)
    if _other_view(tell, arguments, context.warehouse):
        if arguments.account not in ("income", "production"):
            _doubt(tell)
        _close(tell)
        return tell.draft.result()
    found = accounts(scope)
    facts = _account_facts(tell, found, context.warehouse)
    _lead(tell, found, facts)
    _doubt(tell)
    tables = [_accounts_table(tell, facts)]
    if not tell.nation:
        tables.append(_sources(tell, found, context.warehouse, arguments.top))
    products = _products(tell, context.warehouse, arguments.top)
    if tell.nation:  # elsewhere it is at hand with the answer, unprinted: two tables are enough to read
        tables.append(products)
    tell.draft.chart(_two_accounts(tell, found))
    tell.draft.section(Text("账户明细", "The accounts in detail"), tables=tuple(tables), folded=True)
    _close(tell)
    return tell.draft.result()


def _other_view(tell: Teller, arguments: FootprintArguments, warehouse: Warehouse) -> bool:
    """Tell the view asked for where it is not the plain one; whether it was told."""
    name, en, year = tell.place.name, words.article(tell.place), tell.year
    if arguments.account == "income":
        tell.draft.title = Text(f"{name.zh}{year}年收入侧碳排放", f"Income-based emissions of {en}, {year}")
        tell_income(tell, warehouse, arguments.top)
    elif arguments.account == "production":
        tell.draft.title = Text(
            f"{name.zh}{year}年生产侧排放及其去向", f"Production-based emissions of {en} and what they were for, {year}"
        )
        tell_production(tell, warehouse, arguments.top)
    elif arguments.account == "all":
        tell.draft.title = Text(f"{name.zh}{year}年三种口径的碳排放", f"Three accounts of emissions, {en}, {year}")
        tell_beside(tell, warehouse)
    elif arguments.detail == "category":
        tell_categories(tell, warehouse)
    elif arguments.detail == "origins" and not tell.nation:
        tell_origins(tell, warehouse, arguments.top)
    else:
        return False
    return True


def _doubt(tell: Teller) -> None:
    """Say beside the figures that the level of this place is doubtful beyond its range, where it is."""
    doubt = doubt_of(tell.scope.system, tell.place.code)
    if doubt is not None:
        tell.draft.lead(doubt.zh, doubt.en)


def _account_facts(tell: Teller, found: Accounts, warehouse: Warehouse) -> dict[str, int]:
    """The facts of both accounts by short name."""

    def bound(measure: str) -> Bound | None:
        return bounds(warehouse, tell.year, measure, tell.place.code).get(("", 0))

    observed = Basis.OBSERVED if len(tell.scope.inside) == 1 else Basis.DERIVED
    facts = {
        "total": tell.fact(Text("国内消费侧二氧化碳排放", "domestic consumption-based CO2"), found.consumption,
                           account=CONSUMPTION, bound=bound("footprint")),
        "made": tell.fact(Text("生产侧（范围一）二氧化碳排放", "production-based (scope 1) CO2"), found.production,
                          account=SCOPE1, source="co2", basis=observed),
        "gap": tell.fact(Text("消费侧减生产侧", "consumption-based minus production-based CO2"),
                         found.consumption - found.production),
        "own": tell.fact(Text("本地生产为本地最终使用的排放", "CO2 of own production for own final use"), found.own,
                         account=CONSUMPTION),
        "homes": tell.fact(Text("居民直接排放", "direct household CO2"), found.households, account=SCOPE1, source="co2",
                           basis=observed, own=False),
        "exported": tell.fact(Text("随出口流向境外的隐含碳", "CO2 embodied in exports abroad"), found.exported,
                              account=EXPORTS, bound=bound("exports")),
    }  # fmt: skip
    if tell.scope.system.mrio.error is not None:
        facts["balancing"] = tell.fact(Text("表内平衡项（ERR）的隐含碳", "CO2 embodied in the table's balancing item (ERR)"),
                                       found.balancing)  # fmt: skip
    if tell.nation:
        facts["share"] = tell.fact(Text("出口隐含碳占生产侧排放的比重", "share of exports in production-based CO2"),
                                   100 * found.exported / found.production, "%")  # fmt: skip
        return facts
    facts["inflow"] = tell.fact(Text("外省为本地排放的隐含碳", "embodied CO2 from other provinces"), found.inflow,
                                account=CONSUMPTION, bound=bound("inflow"))  # fmt: skip
    facts["share"] = tell.fact(Text("外省排放占消费侧排放的比重", "share of other provinces in the footprint"),
                               100 * found.inflow / found.consumption, "%")  # fmt: skip
    facts["outflow"] = tell.fact(Text("调往外省的隐含碳", "embodied CO2 sent to other provinces"), found.outflow,
                                 account=CONSUMPTION, bound=bound("outflow"))  # fmt: skip
    return facts


def _lead(tell: Teller, found: Accounts, facts: dict[str, int]) -> None:
    where, en, year, guess = tell.place.name.zh, words.article(tell.place), tell.year, tell.about
    higher = found.consumption >= found.production
    if tell.nation:
        tell.draft.lead(
            f"{where}{year}年国内消费侧二氧化碳排放为{{0}}（不含进口商品隐含碳），低于生产侧（范围一）的{{1}}。",
            f"In {year} China's domestic consumption-based CO2 was {{0}} (carbon of imports excluded), below its production-based "
            "{1} (scope 1).",
            facts["total"], facts["made"],
        )  # fmt: skip
        tell.draft.lead(
            f"{where}{year}年有{{0}}随出口流向境外，占生产侧排放的{{1}}。",
            f"In {year} {{0}} of China's emissions went abroad with exports, {{1}} of the production-based total.",
            facts["exported"], facts["share"],
        )  # fmt: skip
        return
    tell.draft.lead(
        f"{where}{year}年国内消费侧二氧化碳排放{guess[0]}为{{0:range}}，比生产侧（范围一）的{{1}}{'高' if higher else '低'}{{2:abs}}。",
        f"In {year} the domestic consumption-based CO2 of {en} was {guess[1]}{{0:range}}, {{2:abs}} "
        f"{'higher' if higher else 'lower'} than its production-based {{1}} (scope 1).",
        facts["total"], facts["made"], facts["gap"],
    )  # fmt: skip
    tell.draft.lead(
        f"{where}消费侧排放中，{{0:range}}由外省排放（占{{1}}），{{2}}来自本地生产，{{3}}为居民直接排放。",
        f"Of the footprint of {en}, {{0:range}} was emitted in other provinces ({{1}}), {{2}} by its own production and {{3}} "
        "directly by households.",
        facts["inflow"], facts["share"], facts["own"], facts["homes"],
    )  # fmt: skip


def _accounts_table(tell: Teller, facts: dict[str, int]) -> int:
    rows = [
        (Text("国内消费侧合计", "Consumption-based (domestic), total"), "total"),
        (Text("其中：本地生产用于本地", "of which own production for own use"), "own"),
        (Text("其中：外省调入", "of which from other provinces"), "inflow"),
        (Text("其中：居民直接排放", "of which households, direct"), "homes"),
        (Text("生产侧（范围一）合计", "Production-based (scope 1), total"), "made"),
        (Text("其中：调往外省", "of which to other provinces"), "outflow"),
        (Text("其中：出口", "of which exports"), "exported"),
        (Text("其中：平衡项（ERR）", "of which the balancing item (ERR)"), "balancing"),
    ]
    return tell.draft.table(
        table(
            Text(
                f"{tell.place.name.zh}{tell.year}年两种账户",
                f"Two accounts of {words.article(tell.place)}, {tell.year}",
            ),
            [(Text("项目", "Item"), None), (Text("二氧化碳", "CO2"), "Mt CO2")],
            [(name, Ref(fact=facts[key])) for name, key in rows if key in facts],
        )
    )


def _sources(tell: Teller, found: Accounts, warehouse: Warehouse, count: int) -> int:
    """The provinces where the inflow is emitted: a sentence of the lead and a table."""
    outside, regions = tell.scope.outside, tell.scope.system.mrio.regions
    limits = bounds(warehouse, tell.year, "embodied_flow", tell.place.code)
    order = largest(found.arriving, count)
    names = [place(regions[outside[k]]).name for k in order]
    facts = [
        tell.fact(
            Text(f"来自{name.zh}的隐含碳", f"embodied CO2 from {name.en}"), float(found.arriving[k]), account=CONSUMPTION,
            bound=limits.get((regions[outside[k]], 0)),
        )
        for k, name in zip(order, names, strict=True)
    ]  # fmt: skip
    add_ranked(
        tell.draft, f"{tell.place.name.zh}从外省调入的隐含碳，主要排放地为<list>。",
        f"What {words.article(tell.place)} drew from other provinces was emitted mainly in <list>.", names[:NAMED], facts[:NAMED],
    )  # fmt: skip
    return tell.draft.table(
        table(
            Text(f"为{tell.place.name.zh}排放的省份", f"Provinces that emit for {words.article(tell.place)}"),
            [(Text("省份", "Province"), None), (Text("隐含碳", "Embodied CO2"), "Mt CO2")],
            [(name, Ref(fact=fact)) for name, fact in zip(names, facts, strict=True)],
            total=len(outside),
        )
    )


def _products(tell: Teller, warehouse: Warehouse, count: int) -> int:
    """The footprint by final product, households' direct emissions left out: a table."""
    values = by_product(tell.scope)
    limits = bounds(warehouse, tell.year, "footprint_by_product", tell.place.code)
    order = largest(values, count)
    rows = []
    for k in order:
        name = words.sector_name(k + 1)
        label = Text(f"最终使用{name.zh}产品引起的排放", f"CO2 caused by final use of products of {name.en}")
        fact = tell.fact(label, float(values[k]), account=CONSUMPTION, sector=name, bound=limits.get(("", k + 1)))
        rows.append((name, Ref(fact=fact)))
    return tell.draft.table(
        table(
            Text(f"{tell.place.name.zh}消费侧排放按最终产品", f"Footprint of {words.article(tell.place)} by final product"),
            [(Text("最终产品", "Final product"), None), (Text("二氧化碳", "CO2"), "Mt CO2")],
            rows, total=len(values),
        )
    )  # fmt: skip


def _two_accounts(tell: Teller, found: Accounts) -> Chart:
    """Production and consumption as two stacked bars that share what is common."""
    series = [
        (Text("本地生产用于本地", "own production for own use"), (found.own, found.own)),
        (Text("居民直接排放", "households, direct"), (found.households, found.households)),
        (Text("调往外省", "to other provinces"), (found.outflow, None)),
        (Text("出口", "exports"), (found.exported, None)),
        (Text("外省调入", "from other provinces"), (None, found.inflow)),
    ]
    kept = [(name, y) for name, y in series if any(y)]
    return Chart(
        kind="bar",
        title=Text(
            f"{tell.place.name.zh}{tell.year}年生产侧与消费侧二氧化碳",
            f"Production- and consumption-based CO2 of {words.article(tell.place)}, {tell.year}",
        ),
        spec=XY(
            x=(Text("生产侧（范围一）", "Production (scope 1)"), Text("国内消费侧", "Consumption (domestic)")),
            series=tuple(Series(name=name, y=y) for name, y in kept),
            unit="Mt CO2", y_title=Text("二氧化碳排放", "CO2 emissions"), stacked=True,
        ),
        note=tell.note,
    )  # fmt: skip


def _close(tell: Teller) -> None:
    """Caveats, method, sources and the next questions."""
    draft, name = tell.draft, tell.place.name
    words.caveats(draft, tell.scope, ranges=not tell.nation)
    draft.method.append(words.LEONTIEF)
    if tell.nation:
        tell.use("co2_42")
        draft.suggestions.append(Text("各省消费侧排放排名", "Rank provinces by consumption-based CO2 emissions"))
        return
    draft.caveats.append(words.PROVINCES_ONLY)
    tell.use("co2_42", "mrio_variants")
    draft.suggestions += [
        Text(f"{name.zh}的隐含碳主要与哪些省份往来？", f"Which provinces does {name.en} trade embodied carbon with?"),
        Text(f"{name.zh}建筑业的上游排放来自哪里？", f"Where are the upstream emissions of construction in {name.en}?"),
    ]
