"""The CO2 embodied in a list of purchases: each line with its factor, and the total."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from data.classification import Place
from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.declare import Context
from tools.figures.work import Line
from tools.mrio import words
from tools.mrio.system import scope_of
from tools.mrio.telling import Ref, Teller, table
from tools.practice.place_factors import Factors, factor_fact, factors_of, name_of
from tools.practice.spend_factors import Purchase, close
from tools.result import Account, Basis, Cell, Draft, Fact, Result

if TYPE_CHECKING:
    from tools.practice.spend_factors import SpendFactorsArguments

MT_PER_KG = 1e-9
NAMED = 4
CONSUMPTION = Account.CONSUMPTION_DOMESTIC


def spending(arguments: SpendFactorsArguments, context: Context) -> Result:
    """Each purchase times its factor, and their sum, Mt CO2. Raises NotAvailable for a product without a factor."""
    deflate = 1.0 if arguments.price_index is None else 100 / arguments.price_index
    scope = scope_of(context.warehouse, arguments.place, arguments.year)
    tell = Teller(Draft(Text("采购清单的隐含二氧化碳", "CO2 embodied in a list of purchases")), scope)
    known: dict[tuple[str, bool], Factors] = {}
    rows: list[list[Cell]] = []
    names: list[Text] = []
    carbon: list[int] = []
    for item in arguments.spend:
        # a purchase with its own province was made there; one without comes from the buyer's suppliers
        where, purchased = (item.place, False) if item.place else (arguments.place, arguments.basis == "purchased")
        key = (where.code, purchased)
        if key not in known:
            known[key] = factors_of(context, where, arguments.year, purchased)
        row, label, fact = _line(tell, known[key], item, purchased, deflate)
        rows.append(row)
        names.append(label)
        carbon.append(fact)
    total = _total(tell, carbon)
    _lead(tell, names, carbon, total)
    head: list[tuple[Text, str | None]] = [
        (Text("采购", "Purchase"), None), (Text("金额", "Amount"), "10k yuan"), (Text("因子", "Factor"), "kg CO2/10k yuan"),
        (Text("隐含二氧化碳", "Embodied CO2"), "Mt CO2"),
    ]  # fmt: skip
    shown = tell.draft.table(table(tell.draft.title, head, rows))
    bars = Series(name=Text("隐含二氧化碳", "Embodied CO2"), y=tuple(tell.draft[f].value for f in carbon))
    drawn = tell.draft.chart(
        Chart(
            kind="bar", title=tell.draft.title, note=tell.note,
            spec=XY(x=tuple(names), series=(bars,), unit="Mt CO2", y_title=Text("二氧化碳", "CO2"), horizontal=True),
        )
    )  # fmt: skip
    tell.draft.section(Text("逐项", "Line by line"), tables=(shown,), charts=(drawn,))
    _price(tell, arguments.price_index)
    close(tell, arguments.basis == "purchased")
    return tell.draft.result()


def _line(
    tell: Teller, found: Factors, item: Purchase, purchased: bool, deflate: float
) -> tuple[list[Cell], Text, int]:
    """One purchase: its row, its label and the index of its CO2."""
    name, numbers, note = name_of(item.sector)
    own = Teller(tell.draft, found.scope)
    factor = factor_fact(own, found, numbers, name, purchased)
    place: Place = found.scope.place
    label = words.of_place(place.name, words.short(numbers[0]) if len(numbers) == 1 else name)
    amount = tell.draft.fact(
        Text(f"采购{label.zh}的金额", f"spending on {label.en}"), item.amount, "10k yuan", region=place.name.en, sector=name.en,
        basis=Basis.USER, source="user",
    )  # fmt: skip
    given = tell.draft[factor]
    scale = item.amount * deflate * MT_PER_KG
    low, high = (v if v is None else v * scale for v in (given.low, given.high))
    fact = tell.draft.fact(
        Text(f"采购{label.zh}隐含的二氧化碳", f"CO2 embodied in the purchase of {label.en}"), given.value * scale, "Mt CO2",
        region=place.name.en, sector=name.en, account=CONSUMPTION, basis=given.basis, source=given.source, reader_unit="t",
        low=low, high=high,
    )  # fmt: skip
    if note is not None and note not in tell.draft.caveats:
        tell.draft.caveats.append(note)
    return [label, Ref(fact=amount), Ref(fact=factor), Ref(fact=fact)], label, fact


def _total(tell: Teller, carbon: list[int]) -> int:
    parts = [tell.draft[f] for f in carbon]
    ranged = all(p.low is not None and p.high is not None for p in parts)
    low = math.fsum(p.low or 0.0 for p in parts) if ranged else None
    high = math.fsum(p.high or 0.0 for p in parts) if ranged else None
    return tell.draft.fact(
        Text("采购清单合计隐含的二氧化碳", "CO2 embodied in all the purchases"), math.fsum(p.value for p in parts), "Mt CO2",
        account=CONSUMPTION, basis=_loosest(parts), source=parts[0].source, reader_unit="t", low=low, high=high,
    )  # fmt: skip


def _loosest(parts: Sequence[Fact]) -> Basis:
    """Estimated as soon as one part is; otherwise derived, as every factor is."""
    return Basis.ESTIMATED if any(p.basis is Basis.ESTIMATED for p in parts) else Basis.DERIVED


def _lead(tell: Teller, names: list[Text], carbon: list[int], total: int) -> None:
    order = sorted(range(len(carbon)), key=lambda k: -tell.draft[carbon[k]].value)[:NAMED]
    facts = [carbon[k] for k in order]
    zh = "，".join(f"{names[k].zh}{{{n + 1}}}" for n, k in enumerate(order))
    en = ", ".join(f"{names[k].en} {{{n + 1}}}" for n, k in enumerate(order))
    if len(carbon) == 1:
        tell.draft.lead(
            f"这笔采购（{names[0].zh}）隐含二氧化碳{tell.guess[0]}{{0:range}}。",
            f"This purchase ({names[0].en}) embodies {{0:range}}{tell.guess[1]}.", carbon[0],
        )  # fmt: skip
        return
    tell.draft.lead(
        f"这批采购合计隐含二氧化碳{tell.guess[0]}{{0:range}}：{zh}。",
        f"The purchases embody {{0:range}} in all{tell.guess[1]}: {en}.", total, *facts,
    )  # fmt: skip


def _price(tell: Teller, index: float | None) -> None:
    """What the amounts are taken for."""
    if index is None:
        tell.draft.lead(
            f"金额按{tell.year}年生产者价格计入，未作价格折算；以后年份的支出请给出价格指数（{tell.year}年为100）。",
            f"Amounts are taken at {tell.year} producers' prices, unadjusted; for a later year give the price index ({tell.year} = 100).",
        )  # fmt: skip
        return
    say = Line()
    at = say(
        tell.draft.fact(
            Text("用户给出的价格指数", "price index given by the user"), index, "index", basis=Basis.USER, source="user"
        )
    )
    tell.draft.lead(
        f"金额已按您给出的价格指数{at}（{tell.year}年为100）折算为{tell.year}年价格。",
        f"Amounts were brought to {tell.year} prices with your price index of {at} ({tell.year} = 100).", *say.facts,
    )  # fmt: skip


__all__ = ["spending"]
