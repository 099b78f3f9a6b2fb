"""The balance of embodied carbon of every province."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.classification import place
from data.text import Text
from tools.charts.specs import Chart, TileMap
from tools.mrio import words
from tools.mrio.accounts import Numbers, trade_of
from tools.mrio.accounts_range import measured
from tools.mrio.algebra import Array
from tools.mrio.bounds import Bound
from tools.mrio.emitter import Emitter
from tools.mrio.system import Scope, get_system
from tools.mrio.telling import Ref, Teller, add_ranked, guess_of, note_of, table, use
from tools.result import Account, Draft, Result

if TYPE_CHECKING:
    from data.warehouse import Warehouse

CONSUMPTION = Account.CONSUMPTION_DOMESTIC
NAMED = 5


def net_fact(tell: Teller, net: float, bound: Bound | None, against: Text | None = None) -> int:
    """The fact of a balance ``net`` (inflow less outflow, Mt), told in the direction it has, so above zero."""
    zh, en = (against.zh, against.en) if against else ("省际", " in interprovincial trade")
    if net >= 0:
        return tell.fact(
            Text(f"{zh}隐含碳净调入", f"net import of embodied CO2{en}"), net, account=CONSUMPTION, bound=bound
        )
    label = Text(f"{zh}隐含碳净调出", f"net export of embodied CO2{en}")
    return tell.fact(label, -net, account=CONSUMPTION, bound=None if bound is None else -bound)


def _net(scope: Scope, numbers: Numbers) -> Array:
    """Inflow less outflow of every region (R,), Mt."""
    trade = trade_of(scope.system, numbers)
    return np.asarray(trade.sum(0) - trade.sum(1))


def balances(warehouse: Warehouse, year: int, count: int, emitter: Emitter) -> Result:
    """The balance of every province: net exporters and importers of embodied carbon, on a tile map."""
    system = get_system(warehouse, year)
    regions, numbers = system.mrio.regions, emitter.numbers
    everywhere = Scope(place(regions[0]), system, (0,))  # the measure reads the whole system
    nets = measured(warehouse, everywhere, lambda s: _net(s, numbers))
    net = nets.values
    known = sorted((i for i, code in enumerate(regions) if code not in system.emissions.missing), key=lambda i: net[i])
    draft = Draft(emitter.titled(Text(f"{year}年各省省际隐含碳净额", f"Net embodied carbon of provinces, {year}")))
    ahead = emitter.ahead
    tables, guess = [], guess_of(system)
    for order, title, zh, en in (
        ([i for i in known if net[i] < 0], Text("隐含碳净调出省", "Net exporters of embodied CO2"),
         f"{ahead[0]}{year}年省际隐含碳净调出最多的省份{guess[0]}：<list>。",
         f"{ahead[1]}In {year} the largest net exporters of embodied carbon between provinces{guess[1]} were <list>."),
        ([i for i in reversed(known) if net[i] > 0], Text("隐含碳净调入省", "Net importers of embodied CO2"),
         f"{year}年省际隐含碳净调入最多的省份{guess[0]}：<list>。",
         f"In {year} the largest net importers{guess[1]} were <list>."),
    ):  # fmt: skip
        shown = order[:count]
        names = [place(regions[i]).name for i in shown]
        facts = [
            net_fact(Teller(draft, Scope(place(regions[i]), system, (i,)), emitter.name), nets[i], nets.bound(i))
            for i in shown
        ]
        add_ranked(draft, zh, en, names[:NAMED], facts[:NAMED])
        rows = [(name, Ref(fact=fact)) for name, fact in zip(names, facts, strict=True)]
        head = [(Text("省份", "Province"), None), (Text("净额", "Balance"), "Mt CO2")]
        tables.append(draft.table(table(title, head, rows, total=len(order))))
    tiles = TileMap(
        values={regions[i]: float(net[i]) for i in known}, unit="Mt CO2",
        value_title=Text("净调入（负值为净调出）", "Net import (negative: export)"),
    )  # fmt: skip
    draft.chart(Chart(kind="tilemap", title=draft.title, spec=tiles, note=note_of(system)))
    draft.section(Text("各省净额", "Balances"), tables=tuple(tables), folded=True)
    draft.caveats += [*emitter.notes, *words.table_notes(system), words.FOREIGN]
    for name in (place(code).name for code in system.emissions.missing):
        draft.caveats.append(
            Text(f"{name.zh}没有二氧化碳清单，未列入。", f"{name.en} has no CO2 inventory and is left out.")
        )
    draft.method.append(words.LEONTIEF)
    use(draft, system, "co2_42", "mrio_variants")
    draft.suggestions.append(
        Text("上海是隐含碳的净流入地还是净流出地？", "Is Shanghai a net importer or exporter of embodied carbon?")
    )
    return draft.result()
