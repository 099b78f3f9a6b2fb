"""The other accounts of a place: what its production is for, income, and all beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.classification import place
from data.mrio import CATEGORIES
from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.mrio import words
from tools.mrio.accounts import accounts, by_category, by_own_sector, income
from tools.mrio.accounts_range import Measured, measured
from tools.mrio.algebra import Array
from tools.mrio.algebra import top as largest
from tools.mrio.bounds import bounds
from tools.mrio.footprint_categories import CATEGORY, households, low, produced
from tools.mrio.system import Scope
from tools.mrio.telling import Ref, Teller, add_ranked, table
from tools.mrio.variants import Spread
from tools.result import Account, Cell

if TYPE_CHECKING:
    from data.warehouse import Warehouse

CONSUMPTION, EXPORTS, INCOME, SCOPE1 = Account.CONSUMPTION_DOMESTIC, Account.EXPORTS, Account.INCOME, Account.SCOPE1
NAMED = 4
DESCRIPTIVE = Text(
    "收入侧（供给侧）核算只描述增加值投入沿产业链流向了哪些排放，是描述性口径，不表示减少这些投入会减少排放。",
    "The income-based (supply-side) account only describes to which emissions primary inputs flowed along the chain; it does not "
    "say that fewer such inputs would mean fewer emissions.",
)
GHOSH = Text(
    "收入侧：按 Ghosh 供给侧分配，E = v'·(I − B)⁻¹·f，v 为各部门增加值，B = z_ij/x_i（Marques 等，2012；Miller 与 Blair，2009）。",
    "Income-based: Ghosh allocation, E = v' (I - B)^-1 f, v value added by sector and B = z_ij / x_i (Marques et al. 2012; Miller "
    "and Blair 2009).",
)
HEAD: list[tuple[Text, str | None]] = [(Text("项目", "Item"), None), (Text("二氧化碳", "CO2"), "Mt CO2")]


def tell_production(tell: Teller, warehouse: Warehouse, count: int) -> None:
    """What the place's own emissions were for: own use by category, other provinces' use, exports; and by sector."""
    found, size = accounts(tell.scope), len(CATEGORIES)
    split = measured(warehouse, tell.scope, _made_for)
    bound = {m: bounds(warehouse, tell.year, m, tell.place.code).get(("", 0)) for m in ("outflow", "exports")}
    zh, en, year = tell.place.name.zh, words.article(tell.place), tell.year
    total, homes = produced(tell, found.production), households(tell, found.households)
    own = tell.fact(
        Text("本地生产为本地最终使用的排放", "CO2 of own production for own final use"), found.own, account=SCOPE1
    )
    abroad = tell.fact(
        Text("随出口流向境外的隐含碳", "CO2 embodied in exports abroad"),
        found.exported,
        account=EXPORTS,
        bound=bound["exports"],
    )
    parts = [("为本地最终使用{1}", "{1} for its own final use"), ("为出口{2}", "{2} for exports"),
             ("居民直接排放{3}", "{3} directly by households")]  # fmt: skip
    used = [total, own, abroad, homes]
    if not tell.nation:
        used.append(
            tell.fact(
                Text("为外省最终使用的排放", "CO2 for final use in other provinces"),
                found.outflow,
                account=SCOPE1,
                bound=bound["outflow"],
            )
        )
        parts.insert(1, ("为外省最终使用{4:range}", "{4:range} for final use in other provinces"))
    tell.draft.lead(
        f"{zh}{year}年生产侧（范围一）二氧化碳排放为{{0}}，按最终去向{tell.guess[0]}：{'，'.join(p[0] for p in parts)}。",
        f"The production-based (scope 1) CO2 of {en} in {year} was {{0}}; by what it was for{tell.guess[1]}: "
        f"{', '.join(p[1] for p in parts)}.",
        *used,
    )  # fmt: skip
    rows: list[list[Cell]] = []
    for i, c in enumerate(CATEGORIES):
        mine = tell.fact(Text(f"本地生产为本地{CATEGORY[c].zh}的排放", f"CO2 of own production for own {low(c)}"),
                         split[i], account=SCOPE1, bound=split.bound(i))  # fmt: skip
        row: list[Cell] = [CATEGORY[c], Ref(fact=mine)]
        if not tell.nation:
            label = Text(
                f"本地生产为外省{CATEGORY[c].zh}的排放", f"CO2 of own production for other provinces' {low(c)}"
            )
            row.append(Ref(fact=tell.fact(label, split[size + i], account=SCOPE1, bound=split.bound(size + i))))
        rows.append(row)
    head: list[tuple[Text, str | None]] = [(Text("最终需求类别", "Category of final demand"), None),
                                           (Text("为本地", "for own use"), "Mt CO2")]  # fmt: skip
    if not tell.nation:
        head.append((Text("为外省", "for other provinces"), "Mt CO2"))
    title = Text(f"{zh}{year}年生产侧排放为谁", f"What the emissions of {en} were for, {year}")
    shown = [tell.draft.table(table(title, head, rows)), _sector_table(tell, Measured(by_own_sector(tell.scope), None), count, SCOPE1,
             Text("生产侧排放", "production-based CO2"))]  # fmt: skip
    ends = [(Text("本地最终使用", "own final use"), found.own), (Text("外省最终使用", "other provinces"), found.outflow),
            (Text("出口", "exports"), found.exported), (Text("居民直接排放", "households, direct"), found.households)]  # fmt: skip
    kept = [(n, v) for n, v in ends if v > 0]
    tell.draft.chart(_bars(tell, title, [n for n, _ in kept], [v for _, v in kept]))
    tell.draft.section(Text("按去向与部门", "By destination and by sector"), tables=tuple(shown), folded=True)


def _made_for(scope: Scope) -> Array:
    found = by_category(scope)
    return np.concatenate([found.own, found.sent])


def tell_income(tell: Teller, warehouse: Warehouse, count: int) -> None:
    """The income-based account: where the emissions lie to which the place's value added flowed, and whose it was."""
    found = income(tell.scope)
    zh, en, year = tell.place.name.zh, words.article(tell.place), tell.year
    parts = measured(warehouse, tell.scope, _income_whole)
    labels = (Text("收入侧二氧化碳排放", "income-based (enabled) CO2"),
              Text("增加值投入流向的本地排放", "CO2 in the place behind which its value added stands"),
              Text("增加值投入流向的外省排放", "CO2 in other provinces behind which its value added stands"))  # fmt: skip
    shown = labels[:2] if tell.nation else labels
    facts = [tell.fact(label, parts[i], account=INCOME, bound=parts.bound(i)) for i, label in enumerate(shown)]
    homes = households(tell, found.households)
    outside = "" if tell.nation else "，外省{2:range}"
    elsewhere = "" if tell.nation else ", {2:range} in other provinces"
    last = len(facts)
    tell.draft.lead(
        f"{zh}{year}年收入侧（供给侧）二氧化碳排放{tell.guess[0]}为{{0:range}}：其增加值投入沿产业链流向的排放，本地{{1:range}}{outside}，"
        f"另有居民直接排放{{{last}}}。",
        f"The income-based (supply-side) CO2 of {en} in {year}{tell.guess[1]} was {{0:range}}: emissions downstream of its value added, "
        f"{{1:range}} in the place itself{elsewhere}, and {{{last}}} directly by households.",
        *facts, homes,
    )  # fmt: skip
    tell.draft.lead(
        "这是描述性核算：按谁从中取得收入来记账，不是因果，也不是预测。",
        "This is a descriptive account: it books emissions by who earned income along the chain; no cause and no forecast.",
    )
    sectors = _part(parts, 3, 3 + len(found.by_sector))
    tables = [_sector_table(tell, sectors, count, INCOME, Text("收入侧排放", "income-based CO2"), named=True)]
    if not tell.nation:
        tables.append(_where(tell, _part(parts, 3 + len(found.by_sector), parts.values.size), count))
    tell.draft.caveats.append(DESCRIPTIVE)
    tell.draft.method.append(GHOSH)
    order = largest(found.by_sector, 10)
    tell.draft.chart(_bars(tell, Text(f"{zh}{year}年收入侧排放按取得增加值的部门", f"Income-based CO2 of {en} by earning sector, {year}"),
                           [words.short(i + 1) for i in order], [float(found.by_sector[i]) for i in order], horizontal=True))  # fmt: skip
    tell.draft.section(Text("收入侧明细", "The income-based account in detail"), tables=tuple(tables), folded=True)


def _income_parts(scope: Scope) -> Array:
    found = income(scope)
    return np.array([found.total, found.own, float(found.elsewhere.sum())])


def _income_whole(scope: Scope) -> Array:
    """``_income_parts``, then by earning sector, then by other region where the emissions arise, in one vector."""
    found = income(scope)
    return np.concatenate([_income_parts(scope), found.by_sector, found.elsewhere])


def _part(whole: Measured, start: int, stop: int) -> Measured:
    """Entries ``start`` to ``stop`` of a vector with their ranges."""
    found = whole.spread
    cut = None if found is None else Spread(found.low[start:stop], found.high[start:stop], None)
    return Measured(whole.values[start:stop], cut)


def _where(tell: Teller, found: Measured, count: int) -> int:
    regions = tell.scope.system.mrio.regions
    rows: list[list[Cell]] = []
    for i in found.top(count):
        name = place(regions[tell.scope.outside[i]]).name
        label = Text(f"增加值投入流向的{name.zh}排放", f"CO2 in {name.en} behind which its value added stands")
        rows.append([name, Ref(fact=tell.fact(label, found[i], account=INCOME, bound=found.bound(i)))])
    title = Text(
        f"{tell.place.name.zh}增加值投入流向的外省排放",
        f"Where emissions behind the value added of {words.article(tell.place)} arise",
    )
    head = [(Text("省份", "Province"), None), HEAD[1]]
    return tell.draft.table(table(title, head, rows, total=len(found.values)))


def _sector_table(tell: Teller, found: Measured, count: int, account: Account, what: Text, named: bool = False) -> int:
    """The largest sectors: a table, with ``named`` also a sentence."""
    order = found.top(count)
    names = [words.sector_name(i + 1) for i in order]
    facts = [
        tell.fact(Text(f"{n.zh}的{what.zh}", f"{what.en} of {words.in_sentence(n).en}"), found[i], account=account, sector=n,
                  bound=found.bound(i))
        for i, n in zip(order, names, strict=True)
    ]  # fmt: skip
    if named:
        add_ranked(tell.draft, f"{what.zh}最多的部门是<list>。", "By sector most of it belongs to <list>.",
                   [words.short(i + 1) for i in order[:NAMED]], facts[:NAMED])  # fmt: skip
    of = words.article(tell.place)
    title = Text(
        f"{tell.place.name.zh}{tell.year}年{what.zh}按部门",
        f"{what.en[:1].upper()}{what.en[1:]} of {of} by sector, {tell.year}",
    )
    rows: list[list[Cell]] = [[n, Ref(fact=f)] for n, f in zip(names, facts, strict=True)]
    return tell.draft.table(
        table(title, [(Text("部门", "Sector"), None), HEAD[1]], rows, total=int((found.values > 0).sum()))
    )


def tell_beside(tell: Teller, warehouse: Warehouse) -> None:
    """The inventory, consumption and income of a place beside each other: one table, one stacked bar chart."""
    found, earned = accounts(tell.scope), income(tell.scope)
    zh, en, year = tell.place.name.zh, words.article(tell.place), tell.year
    ranges = measured(warehouse, tell.scope, _income_parts)
    stored = bounds(warehouse, year, "footprint", tell.place.code).get(("", 0))
    made, homes = produced(tell, found.production), households(tell, found.households)
    used = tell.fact(Text("国内消费侧二氧化碳排放", "domestic consumption-based CO2"), found.consumption, account=CONSUMPTION,
                     bound=stored)  # fmt: skip
    got = tell.fact(
        Text("收入侧二氧化碳排放", "income-based (enabled) CO2"), earned.total, account=INCOME, bound=ranges.bound(0)
    )
    tell.draft.lead(
        f"{zh}{year}年的二氧化碳排放，生产侧（范围一清单）为{{0}}，国内消费侧{tell.guess[0]}为{{1:range}}，收入侧（供给侧）{tell.guess[0]}为{{2:range}}。",
        f"The CO2 of {en} in {year} was {{0}} production-based (scope 1 inventory), {{1:range}} domestic consumption-based"
        f"{tell.guess[1]} and {{2:range}} income-based (supply side){tell.guess[1]}.",
        made, used, got,
    )  # fmt: skip
    tell.draft.lead(
        "三种口径回答不同的问题：在哪里排放、为谁的最终使用排放、谁从中取得收入；不能相加。",
        "The three answer different questions (where it was emitted, for whose final use, who earned income on it) and must never be added.",
    )
    here = found.production - found.households
    parts: list[tuple[Text, int, float, float | None, Account]] = [
        (Text("生产侧（范围一）", "Production (scope 1)"), made, here, None, SCOPE1),
        (Text("国内消费侧", "Consumption (domestic)"), used, found.own, found.inflow, CONSUMPTION),
        (Text("收入侧（供给侧）", "Income (supply side)"), got, earned.own, float(earned.elsewhere.sum()), INCOME),
    ]
    rows: list[list[Cell]] = []
    for name, total, inside, outside, account in parts:
        own = tell.fact(
            Text(f"{name.zh}中本地生产的排放", f"CO2 of production in the place, {name.en}"), inside, account=account
        )
        row: list[Cell] = [name, Ref(fact=total), Ref(fact=own)]
        if not tell.nation and outside is None:
            row.append(None)
        elif outside is not None and not tell.nation:
            away = tell.fact(
                Text(f"{name.zh}中外省的排放", f"CO2 in other provinces, {name.en}"), outside, account=account
            )
            row.append(Ref(fact=away))
        rows.append([*row, Ref(fact=homes)])
    head: list[tuple[Text, str | None]] = [(Text("口径", "Account"), None), (Text("合计", "Total"), "Mt CO2"),
                                           (Text("本地生产排放", "Production in the place"), "Mt CO2")]  # fmt: skip
    if not tell.nation:
        head.append((Text("外省排放", "Other provinces"), "Mt CO2"))
    head.append((Text("居民直接排放", "Households, direct"), "Mt CO2"))
    title = Text(f"{zh}{year}年三种口径的二氧化碳排放", f"Three accounts of CO2, {en}, {year}")
    shown = tell.draft.table(table(title, head, rows))
    series = [(Text("本地生产排放", "production in the place"), tuple(p[2] for p in parts)),
              (Text("外省排放", "other provinces"), tuple(None if tell.nation else p[3] for p in parts)),
              (Text("居民直接排放", "households, direct"), (found.households,) * 3)]  # fmt: skip
    chart = tell.draft.chart(Chart(
        kind="bar", title=title, note=tell.note,
        spec=XY(x=tuple(p[0] for p in parts), series=tuple(Series(name=n, y=y) for n, y in series if any(y)), unit="Mt CO2",
                y_title=Text("二氧化碳排放", "CO2 emissions"), stacked=True),
    ))  # fmt: skip
    tell.draft.caveats.append(DESCRIPTIVE)
    tell.draft.method.append(GHOSH)
    tell.draft.section(Text("三种口径", "Three accounts"), tables=(shown,), charts=(chart,))


def _bars(tell: Teller, title: Text, names: list[Text], values: list[float], horizontal: bool = False) -> Chart:
    return Chart(
        kind="bar", title=title, note=tell.note,
        spec=XY(x=tuple(names), series=(Series(name=Text("二氧化碳", "CO2"), y=tuple(values)),), unit="Mt CO2",
                y_title=Text("二氧化碳排放", "CO2 emissions"), horizontal=horizontal),
    )  # fmt: skip


__all__ = ["tell_beside", "tell_income", "tell_production"]
