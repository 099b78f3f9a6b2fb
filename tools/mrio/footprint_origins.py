"""Where a footprint's part from other provinces is emitted: provinces, and within them which sectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.classification import place
from data.text import Text
from tools.charts.specs import Chart, Heat
from tools.mrio import words
from tools.mrio.accounts import accounts, by_origin
from tools.mrio.accounts_range import Measured, measured
from tools.mrio.algebra import Array
from tools.mrio.algebra import top as largest
from tools.mrio.bounds import Bound, bounds
from tools.mrio.system import Scope
from tools.mrio.telling import Ref, Teller, add_ranked, table
from tools.result import Account, Cell

if TYPE_CHECKING:
    from data.warehouse import Warehouse

CONSUMPTION = Account.CONSUMPTION_DOMESTIC
NAMED = 3  # provinces named in the lead
WITHIN = 2  # sectors named in each of them
RANKED = 20  # an entry is robust that stays among so many provinces' sectors
SOURCES = 8  # an entry is robust that stays among so many provinces
DRAWN = (12, 9)  # provinces and sectors in the chart


def arriving(scope: Scope) -> Array:
    """CO2 by region and sector of origin (R, 42) for the place's final use, its own regions zero."""
    found = by_origin(scope).copy()
    found[list(scope.inside)] = 0.0
    return found


def arriving_by_province(scope: Scope) -> Array:
    """CO2 by region of origin (R,) for the place's final use, its own regions zero."""
    return np.asarray(arriving(scope).sum(1))


def tell_origins(tell: Teller, warehouse: Warehouse, count: int) -> None:
    """How much comes from other provinces, from which, and from which of their sectors: lead, tables, heat map."""
    pairs = measured(warehouse, tell.scope, arriving, top=RANKED)
    sources = measured(warehouse, tell.scope, arriving_by_province, top=SOURCES)
    _how_much(tell, warehouse)
    facts = _Facts(tell, warehouse, pairs, sources)
    regions = tell.scope.system.mrio.regions
    order = sources.leading(SOURCES, NAMED)
    zh, en = tell.place.name.zh, words.article(tell.place)
    add_ranked(
        tell.draft, "这部分排放主要发生在<list>。", "Most of it was emitted in <list>.",
        [place(regions[r]).name for r in order], [facts.source(r) for r in order], style="range",
    )  # fmt: skip
    _within(tell, pairs, facts, order)
    if pairs.spread is not None:
        tell.draft.caveats.append(words.ROBUST)
    tables = (_pair_table(tell, pairs, facts, count), _source_table(tell, sources, facts, count))
    tell.draft.chart(_heat(tell, pairs.values, zh, en))
    tell.draft.section(Text("来源省份与行业", "Provinces and sectors of origin"), tables=tables, folded=True)


class _Facts:
    """Facts of origins, each written once."""

    def __init__(self, tell: Teller, warehouse: Warehouse, pairs: Measured, sources: Measured) -> None:
        self._tell, self._pairs, self._sources = tell, pairs, sources
        self._known: dict[tuple[int, int | None], int] = {}
        self._stored = bounds(warehouse, tell.year, "embodied_flow", tell.place.code)

    def source(self, region: int) -> int:
        """All of a province."""
        if (region, None) not in self._known:
            code = self._tell.scope.system.mrio.regions[region]
            bound: Bound | None = self._sources.bound(region) or self._stored.get((code, 0))
            name = place(code).name
            self._known[region, None] = self._tell.fact(
                Text(f"来自{name.zh}的隐含碳", f"embodied CO2 from {name.en}"), self._sources[region],
                account=CONSUMPTION, bound=bound,
            )  # fmt: skip
        return self._known[region, None]

    def pair(self, index: int) -> int:
        """One sector of a province, by flat index."""
        region, sector = divmod(index, 42)
        if (region, sector) not in self._known:
            name = place(self._tell.scope.system.mrio.regions[region]).name
            kind = words.sector_name(sector + 1)
            self._known[region, sector] = self._tell.fact(
                Text(f"来自{name.zh}{kind.zh}的隐含碳", f"embodied CO2 from {words.in_sentence(kind).en} of {name.en}"),
                self._pairs[index], account=CONSUMPTION, sector=kind, bound=self._pairs.bound(index),
            )  # fmt: skip
        return self._known[region, sector]


def _how_much(tell: Teller, warehouse: Warehouse) -> None:
    found = accounts(tell.scope)
    stored = {m: bounds(warehouse, tell.year, m, tell.place.code).get(("", 0)) for m in ("footprint", "inflow")}
    into = tell.fact(Text("外省为本地排放的隐含碳", "embodied CO2 from other provinces"), found.inflow, account=CONSUMPTION,
                     bound=stored["inflow"])  # fmt: skip
    share = tell.fact(Text("外省排放占消费侧排放的比重", "share of other provinces in the footprint"),
                      100 * found.inflow / found.consumption, "%")  # fmt: skip
    total = tell.fact(Text("国内消费侧二氧化碳排放", "domestic consumption-based CO2"), found.consumption,
                      account=CONSUMPTION, bound=stored["footprint"])  # fmt: skip
    zh, en, year, guess = tell.place.name.zh, words.article(tell.place), tell.year, tell.about
    tell.draft.lead(
        f"{zh}{year}年国内消费侧二氧化碳排放中，来自外省的{guess[0]}为{{0:range}}，占{{1}}（消费侧合计{{2:range}}）。",
        f"Of the domestic consumption-based CO2 of {en} in {year}, {guess[1]}{{0:range}} came from other provinces, {{1}} of the "
        "total of {2:range}.",
        into, share, total,
    )  # fmt: skip


def _within(tell: Teller, pairs: Measured, facts: _Facts, order: list[int]) -> None:
    """The sectors within the provinces named: one sentence; only robust ones where variants tell."""
    zh: list[str] = []
    en: list[str] = []
    used: list[int] = []
    regions = tell.scope.system.mrio.regions
    for region in order:
        entries = [region * 42 + k for k in largest(pairs.values[region], WITHIN)]
        entries = [i for i in entries if pairs.robust(i)]
        if not entries:
            continue
        name, start = place(regions[region]).name, len(used)
        kinds = [words.short(i % 42 + 1) for i in entries]
        zh.append(f"{name.zh}的" + "和".join(f"{k.zh}{{{start + n}}}" for n, k in enumerate(kinds)))
        en.append(f"{name.en}'s " + " and ".join(
            f"{words.in_sentence(k).en} ({{{start + n}}})" for n, k in enumerate(kinds)))  # fmt: skip
        used += [facts.pair(i) for i in entries]
    if used:
        tell.draft.lead(f"分行业看，主要是{'，'.join(zh)}。", f"By sector these were mainly {'; '.join(en)}.", *used)


def _pair_table(tell: Teller, pairs: Measured, facts: _Facts, count: int) -> int:
    """The largest province-sectors of origin, with ranges and robustness."""
    regions = tell.scope.system.mrio.regions
    rows: list[list[Cell]] = []
    for i in pairs.top(count):
        row: list[Cell] = [place(regions[i // 42]).name, words.sector_name(i % 42 + 1), Ref(fact=facts.pair(i))]
        rows.append([*row, pairs.mark(i)] if pairs.spread is not None else row)
    head: list[tuple[Text, str | None]] = [
        (Text("省份", "Province"), None), (Text("行业", "Sector"), None), (Text("隐含碳", "Embodied CO2"), "Mt CO2"),
    ]  # fmt: skip
    if pairs.spread is not None:
        head.append((Text("稳健性", "Robustness"), None))
    title = Text(
        f"为{tell.place.name.zh}消费排放最多的外省行业",
        f"Sectors of other provinces that emit most for {words.article(tell.place)}",
    )
    return tell.draft.table(table(title, head, rows, total=int((pairs.values > 0).sum())))


def _source_table(tell: Teller, sources: Measured, facts: _Facts, count: int) -> int:
    regions = tell.scope.system.mrio.regions
    rows: list[list[Cell]] = [[place(regions[r]).name, Ref(fact=facts.source(r))] for r in sources.top(count)]
    title = Text(f"为{tell.place.name.zh}排放的省份", f"Provinces that emit for {words.article(tell.place)}")
    head = [(Text("省份", "Province"), None), (Text("隐含碳", "Embodied CO2"), "Mt CO2")]
    return tell.draft.table(table(title, head, rows, total=len(tell.scope.outside)))


def _heat(tell: Teller, values: Array, zh: str, en: str) -> Chart:
    """Provinces by sectors of origin; the sectors beyond the largest are put together."""
    regions = tell.scope.system.mrio.regions
    rows, columns = largest(values.sum(1), DRAWN[0]), largest(values.sum(0), DRAWN[1])
    rest = [k for k in range(values.shape[1]) if k not in columns]
    cells = tuple((*(float(values[r, k]) for k in columns), float(values[r, rest].sum())) for r in rows)
    return Chart(
        kind="heatmap",
        title=Text(f"{zh}{tell.year}年消费侧排放的外省来源", f"Where other provinces emit for {en}, {tell.year}"),
        spec=Heat(
            rows=tuple(place(regions[r]).name for r in rows),
            columns=(*(words.short(k + 1) for k in columns), Text("其他行业", "Other sectors")),
            values=cells, unit="Mt CO2", value_title=Text("隐含碳", "Embodied CO2"),
        ),
        note=tell.note,
    )  # fmt: skip
