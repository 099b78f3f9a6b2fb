"""grouped: the user's own groups of provinces and sectors, their accounts, the trade between them, and the bias of aggregating."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field

from data.classification import Place, place
from data.errors import BadRequest
from data.text import Text, joined
from tools.charts.specs import Chart, Heat
from tools.declare import Arguments, Context, latest_table, tool
from tools.domain import PlaceArg, SectorArg, Year
from tools.mrio import words
from tools.mrio.accounts_range import Measured
from tools.mrio.algebra import Array
from tools.mrio.groups import (
    Partition,
    caused_by,
    coarse_trade,
    produced_by,
    region_partition,
    sector_partition,
    trade_of,
)
from tools.mrio.system import Scope, System, get_system
from tools.mrio.telling import Ref, Teller, estimated, table, use
from tools.mrio.variants import spread
from tools.result import Account, Cell, Draft, Result

if TYPE_CHECKING:
    from data.warehouse import Warehouse

CONSUMPTION, EXPORTS, SCOPE1 = Account.CONSUMPTION_DOMESTIC, Account.EXPORTS, Account.SCOPE1
LISTED = 12  # sector groups shown in a table
WITHIN = Text("行为排放地，列为最终使用地；组内不画", "Rows emit, columns use; flows within a group left out")
WITHIN_ESTIMATED = Text("行为排放地，列为最终使用地；省际表为估算，组内不画",
                        "Rows emit, columns use; estimated interprovincial table, flows within a group left out")  # fmt: skip
METHOD = Text(
    "分组之间的隐含碳由细表算出后加总，不因合并而改变；“合并偏差”是先把投入产出表按分组合并、再算同一口径的差别"
    "（Miller 与 Blair，2009，第4章）。",
    "Carbon between groups is computed from the detailed table and summed, so grouping does not change it; the aggregation bias is what "
    "results when the table itself is first summed by the groups (Miller and Blair 2009, chapter 4).",
)


class GroupedArguments(Arguments):
    """Which provinces and which sectors go together."""

    region_groups: dict[str, list[PlaceArg]] = Field(
        description='Groups of provinces by the name you give them, e.g. {"South": ["广东", "广西", "海南"], "YRD": ["长三角"]}; '
        "provinces in none of them form the rest of China.",
    )
    sector_groups: dict[str, list[SectorArg]] = Field(
        default_factory=dict,
        description="Groups of sectors likewise; sectors in none of them form the others. Leave out for all 42.",
    )
    year: Year = latest_table()


@dataclass(frozen=True)
class Told:
    """What the sentences and tables of one answer share."""

    draft: Draft
    system: System
    split: Partition
    trade: Measured  # (G, G)
    year: int
    flows: dict[int, int] = field(default_factory=dict)  # facts of flows written so far

    @property
    def count(self) -> int:
        """Number of groups, the rest included."""
        return len(self.split.names)

    def fact(self, group: int, label: Text, value: float, unit: str = "Mt CO2", **rest: object) -> int:
        """A fact of a group: its name is the fact's region."""
        name = self.split.names[group]
        whose = Place(
            f"group{group}", "group", name, tuple(self.system.mrio.regions[i] for i in self.split.regions[group])
        )
        return Teller(self.draft, Scope(whose, self.system, self.split.regions[group])).fact(label, value, unit, **rest)  # type: ignore[arg-type]

    def flow(self, origin: int, user: int) -> int:
        """The flow from one group to another."""
        at, name = origin * self.count + user, self.split.names[origin]
        if at not in self.flows:
            label = Text(f"从{name.zh}调入的隐含碳", f"embodied CO2 from {name.en}")
            self.flows[at] = self.fact(user, label, self.trade[at], account=CONSUMPTION, bound=self.trade.bound(at))
        return self.flows[at]


@tool(
    title=Text("自定义分组", "Own groups"),
    summary=Text(
        "把省份（和行业）按自己的分组合并：各组的生产侧与消费侧排放、组与组之间的隐含碳贸易，以及先合并再计算会带来的偏差。",
        "Provinces (and sectors) in groups of your own: production- and consumption-based CO2 of each group, embodied carbon between "
        "groups, and the bias that aggregating the table first would bring.",
    ),
    examples=(
        Text("把广东、广西、海南合为一组，比较它与长三角之间的隐含碳贸易",
             "Put Guangdong, Guangxi and Hainan in one group and compare its embodied carbon trade with the Yangtze River Delta"),
        Text("将山西、内蒙古、陕西作为一组，京津冀作为一组，看两组间的隐含碳流动",
             "Group Shanxi, Inner Mongolia and Shaanxi, and Beijing-Tianjin-Hebei: carbon flows between the two groups"),
        Text("把四川和重庆合并，消费侧碳排放是多少", "Combine Sichuan and Chongqing into one group: consumption-based emissions"),
        Text("黑龙江、吉林、辽宁合为一组，与其余省份的隐含碳贸易", "Heilongjiang, Jilin and Liaoning as one group: embodied trade with the rest"),
    ),
)  # fmt: skip
def grouped(arguments: GroupedArguments, context: Context) -> Result:
    """Accounts of the user's own groups, the trade between them, and the aggregation bias."""
    if not arguments.region_groups:
        raise BadRequest(
            "no_groups",
            Text("请至少给出一组省份，例如：广东、广西、海南合为一组。", "Name at least one group of provinces, e.g. Guangdong, Guangxi and Hainan."),
        )  # fmt: skip
    system = get_system(context.warehouse, arguments.year)
    names, regions = region_partition(arguments.region_groups, system.mrio.regions)
    sector_names, sectors = sector_partition(arguments.sector_groups)
    split = Partition(names, regions, sector_names, sectors)
    asked = joined(list(names[: len(arguments.region_groups)]))
    year = system.mrio.year
    draft = Draft(Text(f"自定义分组的碳排放账户：{asked.zh}，{year}年", f"Accounts of own groups: {asked.en}, {year}"))
    values = trade_of(system, regions)
    ranges = (
        None if system.mrio.kind == "published" else spread(context.warehouse, year, lambda s: trade_of(s, regions))
    )
    told = Told(draft, system, split, Measured(values, ranges), year)
    accounts = _accounts(told, context.warehouse)
    _lead(told, accounts, len(arguments.region_groups))
    tables = [_account_table(told, accounts), _matrix(told)]
    if arguments.sector_groups:
        tables.append(_sectors(told))
    tables.append(_bias(told))
    draft.chart(_heat(told))
    draft.section(Text("各组账户与组间贸易", "Accounts and trade between groups"), tables=tuple(tables), folded=True)
    _close(told, arguments)
    return draft.result()


def _totals(system: System, split: Partition) -> Array:
    """Production, consumption, exports, households (4, G), Mt."""
    trade, rows = trade_of(system, split.regions), []
    exported = system.exported.reshape(len(system.mrio.regions), -1).sum(1)
    homes = system.emissions.households
    co2 = system.emissions.co2.reshape(len(system.mrio.regions), -1).sum(1)
    for k, members in enumerate(split.regions):
        at = list(members)
        rows.append(
            [co2[at].sum() + homes[at].sum(), trade[:, k].sum() + homes[at].sum(), exported[at].sum(), homes[at].sum()]
        )
    return np.array(rows).T


def _accounts(told: Told, warehouse: Warehouse) -> list[dict[str, int]]:
    """Facts of each group's accounts by short name."""
    system, split = told.system, told.split
    ranges = None if told.trade.spread is None else spread(warehouse, told.year, lambda s: _totals(s, split))
    found = Measured(_totals(system, split), ranges)
    out = []
    for g in range(told.count):
        inside = told.trade[g * told.count + g]
        into = float(told.trade.values[:, g].sum()) - inside
        gone = float(told.trade.values[g].sum()) - inside
        out.append({
            "made": told.fact(g, Text("生产侧（范围一）二氧化碳排放", "production-based (scope 1) CO2"), found[g], account=SCOPE1),
            "used": told.fact(g, Text("国内消费侧二氧化碳排放", "domestic consumption-based CO2"), found[told.count + g],
                              account=CONSUMPTION, bound=found.bound(told.count + g)),
            "into": told.fact(g, Text("从组外调入的隐含碳", "embodied CO2 from outside the group"), into, account=CONSUMPTION),
            "gone": told.fact(g, Text("调往组外的隐含碳", "embodied CO2 sent outside the group"), gone, account=CONSUMPTION),
            "exported": told.fact(g, Text("随出口流向境外的隐含碳", "CO2 embodied in exports abroad"), found[2 * told.count + g],
                                  account=EXPORTS, bound=found.bound(2 * told.count + g)),
            "homes": told.fact(g, Text("居民直接排放", "direct household CO2"), found[3 * told.count + g], account=SCOPE1),
        })  # fmt: skip
    return out


def _lead(told: Told, accounts: list[dict[str, int]], asked: int) -> None:
    """The trade of the first two groups (or of one with the rest), then each group's footprint."""
    names, year = told.split.names, told.year
    about, about_en = ("估算为", "an estimated ") if estimated(told.system) else ("为", "")
    if told.count > 1:
        a, b = names[0], names[1]
        into, gone = told.trade[told.count], told.trade[1]
        net = abs(into - gone)
        word = Text("净调入", "net importer") if into >= gone else Text("净调出", "net exporter")
        against = Text(
            f"对{b.zh}的隐含碳{word.zh}",
            f"net {'import' if into >= gone else 'export'} of embodied CO2 in trade with {b.en}",
        )
        fact = told.fact(0, against, net, account=CONSUMPTION)
        told.draft.lead(
            f"{year}年{a.zh}从{b.zh}调入隐含碳{about}{{0:range}}，调往{b.zh}{{1:range}}；{a.zh}对{b.zh}{word.zh}{{2}}。",
            f"In {year} {a.en} drew {about_en}{{0:range}} of embodied CO2 from {b.en} and sent it {{1:range}}; towards {b.en}, {a.en} "
            f"was a {word.en} by {{2}}.",
            told.flow(1, 0), told.flow(0, 1), fact,
        )  # fmt: skip
    for g in range(min(asked, 3)):
        told.draft.lead(
            f"{names[g].zh}国内消费侧排放{about}{{0:range}}，生产侧（范围一）为{{1}}。",
            f"The domestic consumption-based CO2 of {names[g].en} was {about_en}{{0:range}}, its production-based (scope 1) {{1}}.",
            accounts[g]["used"], accounts[g]["made"],
        )  # fmt: skip


def _account_table(told: Told, accounts: list[dict[str, int]]) -> int:
    heads = {
        "made": Text("生产侧（范围一）", "Production (scope 1)"), "used": Text("国内消费侧", "Consumption (domestic)"),
        "into": Text("从组外调入", "From outside the group"), "gone": Text("调往组外", "Sent outside"),
        "exported": Text("出口", "Exports"), "homes": Text("居民直接排放", "Households, direct"),
    }  # fmt: skip
    rows: list[list[Cell]] = [
        [told.split.names[g], *(Ref(fact=facts[k]) for k in heads)] for g, facts in enumerate(accounts)
    ]
    head: list[tuple[Text, str | None]] = [
        (Text("分组", "Group"), None),
        *((name, "Mt CO2") for name in heads.values()),
    ]
    return told.draft.table(
        table(Text(f"各组{told.year}年的碳排放账户", f"Accounts of the groups, {told.year}"), head, rows)
    )


def _matrix(told: Told) -> int:
    """Rows emit, columns use."""
    names, n = told.split.names, told.count
    rows: list[list[Cell]] = [[names[i], *(Ref(fact=told.flow(i, j)) for j in range(n))] for i in range(n)]
    head: list[tuple[Text, str | None]] = [
        (Text("排放地＼使用地", "Emitted in \\ used in"), None),
        *((name, "Mt CO2") for name in names),
    ]
    return told.draft.table(
        table(Text(f"{told.year}年组间隐含碳", f"Embodied carbon between groups, {told.year}"), head, rows)
    )


def _sectors(told: Told) -> int:
    """Production by sector group and consumption by group of final products."""
    made, used = produced_by(told.system, told.split), caused_by(told.system, told.split)
    rows: list[list[Cell]] = []
    for g, name in enumerate(told.split.names):
        for k, sector in enumerate(told.split.sector_names[:LISTED]):
            a = told.fact(
                g,
                Text(f"{sector.zh}的生产侧排放", f"production-based CO2 of {sector.en}"),
                float(made[g, k]),
                account=SCOPE1,
            )
            b = told.fact(g, Text(f"最终使用{sector.zh}产品引起的排放", f"CO2 caused by final use of products of {sector.en}"),
                          float(used[g, k]), account=CONSUMPTION)  # fmt: skip
            rows.append([name, sector, Ref(fact=a), Ref(fact=b)])
    head: list[tuple[Text, str | None]] = [(Text("分组", "Group"), None), (Text("行业分组", "Group of sectors"), None),
                                           (Text("生产侧", "Production-based"), "Mt CO2"),
                                           (Text("最终产品引起（消费侧）", "Caused by final products"), "Mt CO2")]  # fmt: skip
    return told.draft.table(table(Text("按行业分组", "By group of sectors"), head, rows))


_WITHOUT = (Text("消费侧排放（细表，不含居民直接）", "consumption-based CO2 without households, detailed table"),
            Text("消费侧排放（先合并的表，不含居民直接）", "consumption-based CO2 without households, aggregated table"))  # fmt: skip


def _bias(told: Told) -> int:
    """Footprints without households from the detailed and from the aggregated table, and the difference."""
    coarse = coarse_trade(told.system, told.split)
    rows: list[list[Cell]] = []
    for g, name in enumerate(told.split.names):
        fine, rough = float(told.trade.values[:, g].sum()), float(coarse[:, g].sum())
        facts = [
            told.fact(g, _WITHOUT[0], fine, account=CONSUMPTION), told.fact(g, _WITHOUT[1], rough, account=CONSUMPTION),
            told.fact(g, Text("合并偏差", "aggregation bias"), 100 * (rough / fine - 1), "%"),
        ]  # fmt: skip
        rows.append([name, *(Ref(fact=f) for f in facts)])
    count = len(told.split.sectors)
    title = Text(
        f"合并偏差：先按分组合并（每组{count}个部门）再计算", f"Aggregation bias with {count} sectors per group"
    )
    head: list[tuple[Text, str | None]] = [(Text("分组", "Group"), None), (Text("细表", "Detailed table"), "Mt CO2"),
                                           (Text("合并表", "Aggregated table"), "Mt CO2"), (Text("偏差", "Bias"), "%")]  # fmt: skip
    return told.draft.table(table(title, head, rows))


def _heat(told: Told) -> Chart:
    n = told.count
    cells = tuple(tuple(None if i == j else told.trade[i * n + j] for j in range(n)) for i in range(n))
    return Chart(
        kind="heatmap", title=Text(f"{told.year}年组间隐含碳", f"Embodied carbon between groups, {told.year}"),
        spec=Heat(rows=told.split.names, columns=told.split.names, values=cells, unit="Mt CO2", value_title=Text("隐含碳", "Embodied CO2")),
        note=WITHIN_ESTIMATED if estimated(told.system) else WITHIN,
    )  # fmt: skip


def _close(told: Told, arguments: GroupedArguments) -> None:
    draft = told.draft
    members = "；".join(f"{n.zh}＝{'、'.join(_names(told, r, True))}" for n, r in _own(told, arguments))
    members_en = "; ".join(f"{n.en} = {', '.join(_names(told, r, False))}" for n, r in _own(told, arguments))
    draft.caveats.append(
        Text(f"分组：{members}；其余省份为另一组。", f"Groups: {members_en}; all others form the rest.")
    )
    draft.caveats += words.list_notes(told.system)
    for name in (place(code).name for code in told.system.emissions.missing):
        lost = Text(
            f"{name.zh}没有二氧化碳清单，其排放未计入（不是零）。",
            f"{name.en} has no CO2 inventory; its emissions are left out, not zero.",
        )
        draft.caveats.append(lost)
    draft.method += [words.LEONTIEF, METHOD]
    use(draft, told.system, "co2_42", "mrio_variants")
    draft.suggestions.append(
        Text("省际隐含碳流量矩阵热力图", "Heatmap of the matrix of embodied carbon between provinces")
    )


def _own(told: Told, arguments: GroupedArguments) -> list[tuple[Text, tuple[int, ...]]]:
    n = len(arguments.region_groups)
    return list(zip(told.split.names[:n], told.split.regions[:n], strict=True))


def _names(told: Told, members: tuple[int, ...], chinese: bool) -> list[str]:
    found = [place(told.system.mrio.regions[i]).name for i in members]
    return [n.zh if chinese else n.en for n in found]
