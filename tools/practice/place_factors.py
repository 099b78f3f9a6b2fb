"""The spend-based factors of a place: by sector, with their ranges, and as facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from data.classification import Place, Sector
from data.errors import NotAvailable
from data.text import Text
from tools.declare import Context
from tools.mrio import words
from tools.mrio.algebra import Array
from tools.mrio.bounds import Bound
from tools.mrio.partners import listed_name, numbers_of
from tools.mrio.system import Scope, need_inventory, scope_of
from tools.mrio.telling import Teller
from tools.mrio.variants import spread
from tools.practice.factors import at_the_maker, cradle_to_gate, weights
from tools.result import Account

UNIT = "kg CO2/10k yuan"
Purchased = Literal["purchased", "produced"]


@dataclass(frozen=True)
class Factors:
    """The factors of a place by sector (42,), kg CO2 per 10k yuan, NaN where there is none; ``weight`` money behind them."""

    scope: Scope
    total: Array
    direct: Array
    weight: Array
    low: Array | None
    high: Array | None

    def of(self, numbers: tuple[int, ...]) -> tuple[float, float, Bound | None]:
        """Factor, the maker's own part and the range of a sector or group of sectors, weighted by money. NaN for none."""
        at = [n - 1 for n in numbers]
        heavy = self.weight[at]

        def mean(values: Array) -> float:
            known = ~np.isnan(values[at]) & (heavy > 0)
            return float(np.average(values[at][known], weights=heavy[known])) if known.any() else float("nan")

        bound = None if self.low is None or self.high is None else Bound(mean(self.low), mean(self.high))
        return mean(self.total), mean(self.direct), bound


def factors_of(context: Context, where: Place, year: int, purchased: bool) -> Factors:
    """The factors of a place. Raises NotAvailable where it has no inventory and its own makers are meant, or no table."""
    scope = scope_of(context.warehouse, where, year)
    if not purchased:
        need_inventory(scope)
    system, inside = scope.system, scope.inside
    found = None
    if where.kind != "nation":
        found = spread(context.warehouse, year, lambda s: np.nan_to_num(cradle_to_gate(s, inside, purchased)))
    return Factors(
        scope, cradle_to_gate(system, inside, purchased), at_the_maker(system, inside, purchased),
        weights(system, inside, purchased).sum(0), None if found is None else found.low, None if found is None else found.high,
    )  # fmt: skip


def made_where(where: Place, purchased: bool) -> Text:
    """Whose factor it is: bought in Guangdong (average of its domestic suppliers), made in Hebei."""
    en = words.article(where)
    if where.kind == "nation":
        return Text("全国平均", "the average of China")
    if purchased:
        return Text(
            f"在{where.name.zh}采购（按其国内供方来源加权）", f"bought in {en} (average of its domestic suppliers)"
        )
    return Text(f"{where.name.zh}生产", f"made in {en}")


def factor_fact(tell: Teller, found: Factors, number: tuple[int, ...], name: Text, purchased: bool) -> int:
    """The fact of a factor. Raises NotAvailable where the product is not made or bought there."""
    value, _, bound = found.of(number)
    if np.isnan(value):
        where = found.scope.place.name
        raise NotAvailable(
            "no_factor",
            Text(f"{where.zh}的“{name.zh}”没有可算因子的供方（没有产出、没有采购，或供方省份没有清单）；可改问全国平均。",
                 f"No maker of {name.en} gives a factor for {where.en} (no output, no purchases, or makers without an inventory); ask for "
                 "China's average."),
            ("China",),
        )  # fmt: skip
    how = Text("每万元采购的隐含排放", "embodied CO2 per 10k yuan bought")
    if not purchased:
        how = Text("每万元产品的隐含排放", "embodied CO2 per 10k yuan of product")
    return tell.fact(
        Text(f"{name.zh}{how.zh}", f"{how.en}, {name.en}"), value, UNIT, account=Account.CONSUMPTION_DOMESTIC, bound=bound,
        sector=name,
    )  # fmt: skip


def name_of(asked: Sector) -> tuple[Text, tuple[int, ...], Text | None]:
    """The name answered for, its numbers in the 42-list, and what to say where it is wider than what was asked."""
    numbers = numbers_of(asked)
    wider = listed_name(asked, numbers)
    note = None
    if not asked.mrio:
        note = Text(
            f"投入产出表不单列“{asked.name.zh}”，用其所在的“{wider.zh}”的因子。",
            f"The table does not list '{asked.name.en}' by itself; the factor is that of {wider.en}, which contains it.",
        )
    return Text(wider.zh, words.in_sentence(wider).en), numbers, note or asked.note
