"""The balance of embodied carbon of every province."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.classification import place
from data.text import Text
from tools.charts.specs import Chart, TileMap
from tools.mrio import words
from tools.mrio.bounds import bounds
from tools.mrio.system import Scope, get_system
from tools.mrio.telling import Ref, Teller, add_ranked, table
from tools.result import Account, Draft, Result

if TYPE_CHECKING:
    from data.warehouse import Warehouse

CONSUMPTION = Account.CONSUMPTION_DOMESTIC


def balances(warehouse: Warehouse, year: int, count: int) -> Result:
    """The balance of every province: net importers and exporters, on a tile map."""
    system = get_system(warehouse, year)
    trade, regions = system.trade, system.mrio.regions
    net = trade.sum(0) - trade.sum(1)
    known = [i for i, code in enumerate(regions) if code not in system.emissions.missing]
    draft = Draft(Text(f"{year}年各省省际隐含碳净额", f"Net embodied carbon of provinces, {year}"))
    order = sorted(known, key=lambda i: net[i])
    facts: dict[int, int] = {}
    for i in [*order[:count], *order[-count:]]:
        if i not in facts:
            tell = Teller(draft, Scope(place(regions[i]), system, (i,)))
            facts[i] = tell.fact(
                Text("省际隐含碳净调入（负值为净调出）", "net embodied CO2 imported from other provinces (negative: exported)"), float(net[i]),
                account=CONSUMPTION, bound=bounds(warehouse, year, "net_inflow", regions[i]).get(("", 0)),
            )  # fmt: skip
    for ends, zh, en in (
        ([i for i in order[:5] if net[i] < 0], f"{year}年省际隐含碳净调出最多的省份（估算）：<list>。",
         f"In {year} the largest net exporters of embodied carbon between provinces (estimated) were <list>."),
        ([i for i in order[::-1][:5] if net[i] > 0], f"{year}年净调入最多的省份：<list>。", f"In {year} the largest net importers were <list>."),
    ):  # fmt: skip
        shown = [i for i in ends if i in facts]
        add_ranked(draft, zh, en, [place(regions[i]).name for i in shown], [facts[i] for i in shown], style="abs")
    rows = [(place(regions[i]).name, Ref(fact=facts[i])) for i in order if i in facts]
    shown_table = draft.table(
        table(Text(f"{year}年各省隐含碳净调入", f"Net embodied CO2 imported by province, {year}"),
              [(Text("省份", "Province"), None), (Text("净调入（负值为净调出）", "Net import (negative: export)"), "Mt CO2")], rows,
              total=len(known)),
    )  # fmt: skip
    tiles = TileMap(
        values={regions[i]: float(net[i]) for i in known},
        unit="Mt CO2",
        value_title=Text("净调入（负值为净调出）", "Net import (negative: export)"),
    )
    chart = draft.chart(Chart(kind="tilemap", title=draft.title, spec=tiles, note=words.ESTIMATED))
    draft.section(Text("各省净额", "Balances"), tables=(shown_table,), charts=(chart,), folded=True)
    draft.caveats += [words.ESTIMATED, words.FOREIGN, words.RANGE]
    for name in (place(code).name for code in system.emissions.missing):
        draft.caveats.append(
            Text(f"{name.zh}没有二氧化碳清单，未列入。", f"{name.en} has no CO2 inventory and is left out.")
        )
    draft.method.append(words.LEONTIEF)
    tell.use("co2_42", "mrio_ranges")
    return draft.result()
