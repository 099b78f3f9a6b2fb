"""The two ways of embodied trade apart: by the sector that emits, or, of one sector's emissions, by the product they end in."""

from __future__ import annotations

from data.text import Text
from tools.mrio import words
from tools.mrio.accounts import by_final_product, by_sector_sent, by_source_sector
from tools.mrio.algebra import top as largest
from tools.mrio.emitter import Emitter
from tools.mrio.system import Scope
from tools.mrio.telling import Ref, Teller, add_ranked, table
from tools.result import Account, Cell

CONSUMPTION = Account.CONSUMPTION_DOMESTIC
NAMED = 3
WAYS = ((Text("调入", "Imported from there"), "Mt CO2"), (Text("调出", "Exported there"), "Mt CO2"))


def detail(tell: Teller, count: int, emitter: Emitter, partner: Scope | None = None) -> int:
    """The sectors that emit; of one emitter the final products that its emissions end in."""
    return (
        _sectors(tell, count, partner) if emitter.numbers is None else _products(tell, count, emitter.numbers, partner)
    )


def _products(tell: Teller, count: int, numbers: tuple[int, ...], partner: Scope | None) -> int:
    """The final products of the place that the emitter's CO2 from outside ends in, and those of outside that its own ends in: a
    sentence on each way and a table."""
    here, outside = tell.scope, tell.scope.outside
    there = partner or Scope(tell.place, here.system, outside)
    zh, en = tell.place.name.zh, words.article(tell.place)
    other = Text(partner.place.name.zh, words.article(partner.place)) if partner else Text("外省", "other provinces")
    came = by_final_product(there, here.inside, numbers)
    went = by_final_product(here, there.inside, numbers)
    known: dict[tuple[int, bool], int] = {}

    def fact(k: int, incoming: bool) -> int:
        if (k, incoming) not in known:
            product = words.in_sentence(words.sector_name(k + 1))
            label = (
                Text(f"本地最终使用的{product.zh}中来自{other.zh}的隐含碳", f"embodied CO2 from {other.en} in own final use of {product.en}")
                if incoming
                else Text(f"{other.zh}最终使用的{product.zh}中来自本地的隐含碳", f"embodied CO2 in final use of {product.en} by {other.en}")
            )  # fmt: skip
            known[k, incoming] = tell.fact(label, float((came if incoming else went)[k]), account=CONSUMPTION)
        return known[k, incoming]

    for values, incoming, said_zh, said_en in (
        (came, True, f"从{other.zh}调入的这部分排放，主要进入{zh}最终使用的<list>。",
         f"What {en} draws of it from {other.en} ends mainly in its final use of <list>."),
        (went, False, f"调往{other.zh}的这部分排放，主要进入其最终使用的<list>。",
         f"What {en} sends of it to {other.en} ends mainly in their final use of <list>."),
    ):  # fmt: skip
        order = largest(values, NAMED)
        add_ranked(
            tell.draft, said_zh, said_en, [words.short(k + 1) for k in order], [fact(k, incoming) for k in order]
        )
    rows: list[list[Cell]] = [
        [words.sector_name(k + 1), Ref(fact=fact(k, True)), Ref(fact=fact(k, False))]
        for k in largest(came + went, count)
    ]
    title = Text(f"{zh}与{other.zh}之间隐含碳的最终产品", f"Final products in trade of {en} with {other.en}")
    return tell.draft.table(table(title, [(Text("最终产品", "Final product"), None), *WAYS], rows, total=len(came)))


def _sectors(tell: Teller, count: int, partner: Scope | None = None) -> int:
    """Sectors that emit outside for the place, and its own that emit for outside: a sentence and a table.

    Provinces without an inventory add nothing to the former.
    """
    users = partner.inside if partner else tell.scope.outside
    zh, en = tell.place.name.zh, words.article(tell.place)
    other = Text(partner.place.name.zh, words.article(partner.place)) if partner else Text("外省", "other provinces")
    came, went = by_source_sector(tell.scope, users), by_sector_sent(tell.scope, users)
    known: dict[tuple[int, bool], int] = {}

    def fact(k: int, incoming: bool) -> int:
        if (k, incoming) not in known:
            name = words.sector_name(k + 1)
            low = words.in_sentence(name).en
            label = (
                Text(f"{other.zh}{name.zh}为本地排放的隐含碳", f"embodied CO2 from {low} of {other.en}") if incoming
                else Text(f"本地{name.zh}为{other.zh}排放的隐含碳", f"embodied CO2 of own {low} for {other.en}")
            )  # fmt: skip
            value = float((came if incoming else went)[k])
            known[k, incoming] = tell.fact(label, value, account=CONSUMPTION, sector=name)
        return known[k, incoming]

    order = largest(came, 2)
    add_ranked(
        tell.draft, f"{other.zh}为{zh}排放最多的行业：<list>。", f"Sectors of {other.en} that emitted most for {en}: <list>.",
        [words.short(k + 1) for k in order], [fact(k, True) for k in order],
    )  # fmt: skip
    rows: list[list[Cell]] = [
        [words.sector_name(k + 1), Ref(fact=fact(k, True)), Ref(fact=fact(k, False))]
        for k in largest(came + went, count)
    ]
    title = Text(f"{zh}与{other.zh}之间隐含碳的排放行业", f"Sectors that emit in trade of {en} with {other.en}")
    return tell.draft.table(table(title, [(Text("行业", "Sector"), None), *WAYS], rows, total=len(came)))
