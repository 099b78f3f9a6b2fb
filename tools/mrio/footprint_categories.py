"""A place's footprint by category of final demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.mrio import CATEGORIES
from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.mrio import words
from tools.mrio.accounts import accounts, by_category
from tools.mrio.accounts_range import Measured, measured
from tools.mrio.algebra import Array
from tools.mrio.algebra import top as largest
from tools.mrio.bounds import bounds
from tools.mrio.system import Scope
from tools.mrio.telling import Ref, Teller, table
from tools.result import Account, Basis, Cell

if TYPE_CHECKING:
    from data.warehouse import Warehouse

CONSUMPTION, SCOPE1 = Account.CONSUMPTION_DOMESTIC, Account.SCOPE1
NAMED = 4
CATEGORY: dict[str, Text] = {
    "rural": Text("农村居民消费", "Rural households"),
    "urban": Text("城镇居民消费", "Urban households"),
    "government": Text("政府消费", "Government"),
    "fixed_capital": Text("固定资本形成", "Fixed capital formation"),
    "stock_change": Text("存货变动", "Changes in stocks"),
}
CONSUMED = ("rural", "urban", "government")
NATIONAL_SPLIT = Text(
    "全国表的最终消费未分农村、城镇和政府，其分配按2015年表的产品结构估算。",
    "The national table does not split final consumption into rural, urban and government; the split follows the products' shares of "
    "2015 and is an estimate.",
)


def low(category: str) -> str:
    """A category's English name inside a sentence."""
    return words.in_sentence(CATEGORY[category]).en


def observed(tell: Teller) -> Basis:
    """The basis of a place's inventory: a group's is a sum."""
    return Basis.OBSERVED if len(tell.scope.inside) == 1 else Basis.DERIVED


def households(tell: Teller, value: float) -> int:
    """The fact of direct household emissions."""
    return tell.fact(
        Text("居民直接排放", "direct household CO2"), value, account=SCOPE1, source="co2", basis=observed(tell)
    )


def produced(tell: Teller, value: float) -> int:
    """The fact of the inventory's total."""
    label = Text("生产侧（范围一）二氧化碳排放", "production-based (scope 1) CO2")
    return tell.fact(label, value, account=SCOPE1, source="co2", basis=observed(tell))


def _unsplit(tell: Teller) -> bool:
    """Whether the table itself does not split final consumption: the nation's own."""
    return tell.scope.system.mrio.source == words.NATION_SOURCE


def _split(tell: Teller, category: str) -> Basis | None:
    """The basis of a category's figure: in the nation's own table consumption is split by an estimate."""
    return Basis.ESTIMATED if category in CONSUMED and _unsplit(tell) else None


def _three(scope: Scope) -> Array:
    found = by_category(scope)
    return np.stack([found.consumption, found.own, found.arriving, found.sent])


def tell_categories(tell: Teller, warehouse: Warehouse) -> None:
    """The footprint by category of final demand, with where it was emitted."""
    values, k = measured(warehouse, tell.scope, _three), len(CATEGORIES)
    found = accounts(tell.scope)
    zh, en, year = tell.place.name.zh, words.article(tell.place), tell.year
    bound = bounds(warehouse, year, "footprint", tell.place.code).get(("", 0))
    total = tell.fact(Text("国内消费侧二氧化碳排放", "domestic consumption-based CO2"), found.consumption, account=CONSUMPTION,
                      bound=bound)  # fmt: skip
    kinds = (Text("引起的排放", "CO2 caused by"), Text("在本地引起的排放", "CO2 in the place caused by"),
             Text("在外省引起的排放", "CO2 in other provinces caused by"))  # fmt: skip
    facts = [
        [tell.fact(Text(f"{CATEGORY[c].zh}{kind.zh}", f"{kind.en} {low(c)}"), values[row * k + i],
                   account=CONSUMPTION, basis=_split(tell, c), bound=values.bound(row * k + i)) for i, c in enumerate(CATEGORIES)]
        for row, kind in enumerate(kinds if not tell.nation else kinds[:1])
    ]  # fmt: skip
    homes = households(tell, found.households)
    order = largest(values.values[0], k)
    shares = [
        tell.fact(Text(f"{CATEGORY[c].zh}占消费侧排放的份额", f"part of the footprint caused by {low(c)}"),
                  100 * values[i] / found.consumption, "%", account=CONSUMPTION, basis=_split(tell, c))
        for i, c in enumerate(CATEGORIES)
    ]  # fmt: skip
    names_zh = "、".join(f"{CATEGORY[CATEGORIES[i]].zh}{{{2 * n + 1}}}（{{{2 * n + 2}}}）" for n, i in enumerate(order))
    names_en = ", ".join(f"{low(CATEGORIES[i])} {{{2 * n + 1}}} ({{{2 * n + 2}}})" for n, i in enumerate(order))
    tell.draft.lead(
        f"{zh}{year}年国内消费侧二氧化碳排放{tell.guess[0]}为{{0:range}}，按最终需求类别：{names_zh}。",
        f"The domestic consumption-based CO2 of {en} in {year}{tell.guess[1]} was {{0:range}}; by category of final demand: {names_en}.",
        total, *(f for i in order for f in (facts[0][i], shares[i])),
    )  # fmt: skip
    tell.draft.lead("合计中另有居民直接排放{0}。", "The total also holds {0} emitted by households directly.", homes)
    rows: list[list[Cell]] = [
        [CATEGORY[c], Ref(fact=facts[0][i]), Ref(fact=shares[i]), *(Ref(fact=column[i]) for column in facts[1:])]
        for i, c in enumerate(CATEGORIES)
    ]
    empty: list[Cell] = [None] * len(facts)
    rows += [
        [Text("居民直接排放", "Households, direct"), Ref(fact=homes), *empty],
        [Text("合计", "Total"), Ref(fact=total), *empty],
    ]
    head: list[tuple[Text, str | None]] = [
        (Text("最终需求类别", "Category of final demand"), None),
        (Text("合计", "All"), "Mt CO2"),
        (Text("份额", "Share"), "%"),
    ]
    if not tell.nation:
        head += [
            (Text("本地排放", "emitted in the place"), "Mt CO2"),
            (Text("外省排放", "emitted elsewhere"), "Mt CO2"),
        ]
    title = Text(f"{zh}{year}年消费侧排放按最终需求类别", f"Footprint of {en} by category of final demand, {year}")
    shown = tell.draft.table(table(title, head, rows))
    tell.draft.chart(_category_chart(tell, values, title))
    if _unsplit(tell):
        tell.draft.caveats.append(NATIONAL_SPLIT)
    tell.draft.section(Text("按最终需求类别", "By category of final demand"), tables=(shown,), folded=True)


def _category_chart(tell: Teller, values: Measured, title: Text) -> Chart:
    """Bars by category, own and other provinces' emissions stacked."""
    k = len(CATEGORIES)
    series = [Series(name=Text("本地排放", "emitted in the place"), y=tuple(values[k + i] for i in range(k)))]
    if not tell.nation:
        series.append(
            Series(name=Text("外省排放", "emitted in other provinces"), y=tuple(values[2 * k + i] for i in range(k)))
        )
    return Chart(
        kind="bar", title=title,
        spec=XY(x=tuple(CATEGORY[c] for c in CATEGORIES), series=tuple(series), unit="Mt CO2",
                y_title=Text("二氧化碳排放", "CO2 emissions"), stacked=True),
        note=tell.note,
    )  # fmt: skip
