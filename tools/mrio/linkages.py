"""linkages: power and sensitivity of dispersion, and the key sectors of a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from data.classification import NATION
from data.text import Text, joined
from tools.charts.specs import XY, Chart, Series
from tools.declare import Arguments, Context, tool
from tools.domain import PlaceArg, Year
from tools.mrio import words
from tools.mrio.algebra import Array, calc_A, calc_L, power_of_dispersion, sensitivity_of_dispersion
from tools.mrio.bounds import Bound, bounds
from tools.mrio.system import Scope, scope_of
from tools.mrio.telling import Ref, Teller, add_ranked, table
from tools.result import Account, Cell, Draft, Result

NAMED = 4  # sectors named in a sentence
MARKED = 7  # sectors with a colour and name of their own in the chart
Index = Callable[[str, int], int]  # ("power" or "sensitivity", sector's index) -> fact
KG_PER_WAN = 1e5  # 1 Mt per 100 million yuan = 100,000 kg per 10,000 yuan


class LinkagesArguments(Arguments):
    """Whose sectors."""

    place: PlaceArg = Field(NATION, description="Province, group of provinces or China.")
    year: Year = Field(2017, description="Year of the input-output table; there is one of 2017.")
    top: int = Field(12, ge=3, le=42, description="How many sectors to list in the table.")


@dataclass(frozen=True)
class Linkages:
    """Per sector (42,): ``power`` and ``sensitivity`` (index, mean 1), ``active`` where there is output."""

    power: Array
    sensitivity: Array
    active: NDArray[np.bool_]

    @property
    def key(self) -> list[int]:
        """Indices of sectors with both above 1, strongest together first."""
        both = np.flatnonzero((self.power > 1) & (self.sensitivity > 1) & self.active)
        return sorted((int(i) for i in both), key=lambda i: -(self.power[i] + self.sensitivity[i]))


def linkages_of(scope: Scope) -> Linkages:
    """Linkages within the place's own economy.

    A province: its block of the interprovincial inverse, so that feedback through other provinces counts; a group: its
    summed table; the nation: its table.
    """
    output = scope.sectors(scope.system.mrio.x)
    if len(scope.inside) == 1:
        rows = scope.rows[0]
        inverse = scope.system.L[np.ix_(rows, rows)]
    else:
        inverse = calc_L(calc_A(scope.flows(), output))
    return Linkages(power_of_dispersion(inverse), sensitivity_of_dispersion(inverse), output > 0)


@tool(
    title=Text("产业关联与关键部门", "Linkages and key sectors"),
    summary=Text(
        "各部门的影响力系数（后向关联）与感应度系数（前向关联），两者都大于1的为关键部门；并给出单位最终需求的隐含碳强度。",
        "Power of dispersion (backward linkage) and sensitivity of dispersion (forward linkage) of each sector; both above 1 "
        "make a key sector; with the embodied carbon per unit of final demand.",
    ),
    examples=(
        Text(
            "江苏的关键部门有哪些（影响力系数、感应度系数）", "Key sectors of Jiangsu by backward and forward linkages"
        ),
        Text("广东哪些行业的影响力系数最高？", "Which sectors of Guangdong have the highest power of dispersion?"),
        Text("全国各部门的感应度系数", "Sensitivity of dispersion of China's sectors"),
        Text("山东产业的前向关联和后向关联", "Forward and backward linkages in Shandong"),
    ),
)
def linkages(arguments: LinkagesArguments, context: Context) -> Result:
    """Rasmussen's indices of the 42 sectors of a place, its key sectors and a quadrant chart."""
    scope = scope_of(context.warehouse, arguments.place, arguments.year)
    found = linkages_of(scope)
    name, en, year = scope.place.name, words.article(scope.place), scope.system.mrio.year
    draft = Draft(Text(f"{name.zh}{year}年产业关联与关键部门", f"Linkages and key sectors of {en}, {year}"))
    tell = Teller(draft, scope)
    limits = {
        m: bounds(context.warehouse, year, m, scope.place.code)
        for m in ("power_of_dispersion", "sensitivity_of_dispersion")
    }
    known: dict[tuple[str, int], int] = {}

    def fact(kind: str, i: int) -> int:
        if (kind, i) not in known:
            sector = words.sector_name(i + 1)
            label = Text(f"{sector.zh}的影响力系数", f"power of dispersion of {words.in_sentence(sector).en}")
            if kind == "sensitivity":
                label = Text(f"{sector.zh}的感应度系数", f"sensitivity of dispersion of {words.in_sentence(sector).en}")
            bound: Bound | None = limits[f"{kind}_of_dispersion"].get(("", i + 1))
            value = float(found.power[i] if kind == "power" else found.sensitivity[i])
            known[kind, i] = tell.fact(label, value, "index", bound=bound, sector=sector)
        return known[kind, i]

    _lead(tell, found, fact)
    order = sorted(
        (int(i) for i in np.flatnonzero(found.active)), key=lambda i: -(found.power[i] + found.sensitivity[i])
    )
    carbon = len(scope.missing) != len(scope.inside)
    shown = _table(tell, found, fact, order[: arguments.top], carbon)
    draft.chart(_quadrants(tell, found, order))
    draft.section(Text("系数", "Indices"), tables=(shown,), folded=True)
    words.caveats(draft, scope, emissions=carbon, ranges=False)
    draft.method.append(
        Text(
            "拉斯穆森系数：影响力＝列昂惕夫逆列均值÷总均值，感应度＝行均值÷总均值；均值为1；按国产品流量计算。",
            "Rasmussen indices: column (power) or row (sensitivity) mean of the Leontief inverse over its overall mean; mean 1; "
            "domestic flows.",
        )
    )
    tell.use(*(["co2_42"] if carbon else []))
    draft.suggestions += [
        Text(f"画{name.zh}产业关联网络", f"Draw the industry network of {name.en}"),
        Text(f"{name.zh}电力行业的下游主要有哪些？", f"Who buys from the power sector of {name.en}?"),
    ]
    return draft.result()


def _lead(tell: Teller, found: Linkages, fact: Index) -> None:
    """The strongest backward, the strongest forward, and the key sectors."""
    zh, en, year = tell.place.name.zh, words.article(tell.place), tell.year
    for kind, values, said_zh, said_en in (
        ("power", found.power, f"{zh}{year}年影响力系数（后向关联）最高的部门：<list>。",
         f"In {year} the highest power of dispersion (backward linkage) in {en}: <list>."),
        ("sensitivity", found.sensitivity, f"{zh}感应度系数（前向关联）最高的部门：<list>。",
         f"The highest sensitivity of dispersion (forward linkage) in {en}: <list>."),
    ):  # fmt: skip
        order = [int(i) for i in np.argsort(-np.where(found.active, values, -1.0), kind="stable")[:NAMED]]
        add_ranked(tell.draft, said_zh, said_en, [words.short(i + 1) for i in order], [fact(kind, i) for i in order])
    key = found.key
    count = tell.fact(Text("关键部门数", "number of key sectors"), len(key), "count")
    if not key:
        tell.draft.lead(
            f"{zh}两项系数都大于1的关键部门，个数为{{0}}。",
            f"Key sectors of {en} (both indices above 1): {{0}}.",
            count,
        )
        return
    names = joined([words.short(i + 1) for i in key[:8]])
    more = Text("等", " and others") if len(key) > 8 else None
    tell.draft.lead(
        f"{zh}两项系数都大于1的关键部门，个数为{{0}}：{names.zh}{more.zh if more else ''}。",
        f"Key sectors of {en} (both indices above 1): {{0}}, namely {names.en}{more.en if more else ''}.",
        count,
    )


def _table(tell: Teller, found: Linkages, fact: Index, listed: list[int], carbon: bool) -> int:
    """The indices of the listed sectors, with embodied carbon where the place has an inventory."""
    intensity, rows = _intensity(tell.scope), []
    for i in listed:
        sector = words.sector_name(i + 1)
        row: list[Cell] = [sector, Ref(fact=fact("power", i)), Ref(fact=fact("sensitivity", i)),
                           Text("是", "yes") if i in found.key else Text("否", "no")]  # fmt: skip
        if carbon:
            label = Text(
                f"{sector.zh}单位最终需求的隐含碳", f"embodied CO2 per final demand of {words.in_sentence(sector).en}"
            )
            embodied = tell.fact(label, float(intensity[i]) * KG_PER_WAN, "kg CO2/10k yuan", sector=sector,
                                 account=Account.CONSUMPTION_DOMESTIC)  # fmt: skip
            row.append(Ref(fact=embodied))
        rows.append(row)
    head: list[tuple[Text, str | None]] = [
        (Text("部门", "Sector"), None), (Text("影响力系数", "Power of dispersion"), "index"),
        (Text("感应度系数", "Sensitivity of dispersion"), "index"), (Text("关键部门", "Key sector"), None),
    ]  # fmt: skip
    if carbon:
        head.append((Text("最终需求的隐含碳强度", "Embodied carbon per final demand"), "kg CO2/10k yuan"))
    title = Text(
        f"{tell.place.name.zh}{tell.year}年各部门的影响力与感应度系数",
        f"Power and sensitivity of dispersion, {words.article(tell.place)}, {tell.year}",
    )
    return tell.draft.table(table(title, head, rows, total=int(found.active.sum())))


def _intensity(scope: Scope) -> Array:
    """Embodied intensity of each sector's final products (42,), Mt per 100M yuan; a group's weighted by output."""
    weight = scope.system.mrio.x[scope.rows]
    total = weight.sum(0)
    spent = (scope.system.intensity[scope.rows] * weight).sum(0)
    return np.asarray(np.divide(spent, total, out=np.zeros(len(total)), where=total > 0))


def _quadrants(tell: Teller, found: Linkages, order: list[int]) -> Chart:
    """Sensitivity against power; the strongest sectors by name, the others together."""
    marked, rest = order[:MARKED], order[MARKED:]
    points = [*marked, *rest]

    def column(chosen: set[int]) -> tuple[float | None, ...]:
        return tuple(float(found.sensitivity[i]) if i in chosen else None for i in points)

    series = [Series(name=words.short(i + 1), y=column({i})) for i in marked]
    series.append(Series(name=Text("其他部门", "Other sectors"), y=column(set(rest))))
    return Chart(
        kind="scatter",
        title=Text(f"{tell.place.name.zh}{tell.year}年影响力与感应度象限", f"Power and sensitivity, {words.article(tell.place)}, {tell.year}"),
        spec=XY(
            x=tuple(float(found.power[i]) for i in points), series=tuple(series), unit="index",
            x_title=Text("影响力系数（均值为1）", "Power of dispersion (mean 1)"),
            y_title=Text("感应度系数（均值为1）", "Sensitivity of dispersion (mean 1)"),
        ),
        note=None if tell.nation else words.NOTE,
    )  # fmt: skip
