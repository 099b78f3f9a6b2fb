"""linkages: power and sensitivity of dispersion, and the key sectors of a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from data.classification import NATION, Sector
from data.text import Text, joined
from tools.charts.specs import XY, Chart, Quadrants, Series
from tools.declare import Arguments, Context, latest_table, tool
from tools.domain import PlaceArg, SectorArg, Year
from tools.mrio import words
from tools.mrio.accounts_range import measured
from tools.mrio.algebra import (
    Array,
    calc_A,
    calc_f,
    calc_L,
    emission_dispersion,
    power_of_dispersion,
    sensitivity_of_dispersion,
)
from tools.mrio.bounds import Bound, bounds
from tools.mrio.partners import indices, listed_name, need_output, numbers_of, part_caveat
from tools.mrio.system import Scope, need_inventory, scope_of
from tools.mrio.telling import Ref, Teller, add_ranked, table
from tools.mrio.variants import columns_of
from tools.result import Account, Cell, Draft, Result

NAMED = 4  # sectors named in a sentence
MARKED = 10  # sectors whose names are written in the chart
Index = Callable[[str, int], int]  # ("power" or "sensitivity", sector's index) -> fact
Weight = Literal["output", "emissions"]
KG_PER_WAN = 1e5  # 1 Mt per 100 million yuan = 100,000 kg per 10,000 yuan


class LinkagesArguments(Arguments):
    """Whose sectors, or which one."""

    place: PlaceArg = Field(NATION, description="Province, group of provinces or China.")
    sector: SectorArg | None = Field(
        None, description="Only the indices and ranks of this sector; leave open for the strongest and the key sectors."
    )
    year: Year = latest_table()
    top: int = Field(12, ge=3, le=42, description="How many sectors to list in the table.")
    weight: Literal["output", "emissions"] = Field(
        "output", description="output: Rasmussen's indices; emissions: the same with CO2 for output (diag(f) L)."
    )


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


def linkages_of(scope: Scope, weight: Weight = "output") -> Linkages:
    """Linkages within the place's own economy, in output or in CO2.

    A province: its block of the interprovincial inverse, so that feedback through other provinces counts; a group: its
    summed table; the nation: its table. Raises NotAvailable for CO2 of a place without an inventory.
    """
    output = scope.sectors(scope.system.mrio.x)
    if len(scope.inside) == 1:
        rows = scope.rows[0]
        inverse = columns_of(scope.system, rows)[rows]
    else:
        inverse = calc_L(calc_A(scope.flows(), output))
    if weight == "emissions":
        need_inventory(scope)
        f = calc_f(scope.sectors(scope.system.emissions.co2), output)
        return Linkages(*emission_dispersion(f, inverse), output > 0)
    told = np.array([k for k, number in enumerate(scope.system.mrio.sectors) if number not in scope.system.mrio.absent])
    power, sensitivity = np.zeros(len(output)), np.zeros(len(output))
    inverse = inverse[np.ix_(told, told)]  # a sector that the table does not tell apart must not enter the means
    power[told], sensitivity[told] = power_of_dispersion(inverse), sensitivity_of_dispersion(inverse)
    return Linkages(power, sensitivity, output > 0)


def _indices(scope: Scope, weight: Weight) -> Array:
    found = linkages_of(scope, weight)
    return np.stack([found.power, found.sensitivity])


@dataclass(frozen=True)
class Words:
    """What the two indices are called."""

    power: Text
    sensitivity: Text
    high_power: Text
    high_sensitivity: Text
    method: Text
    quadrants: tuple[Text, Text, Text, Text]


OUTPUT = Words(
    Text("影响力系数", "power of dispersion"), Text("感应度系数", "sensitivity of dispersion"),
    Text("影响力系数（后向关联）", "power of dispersion (backward linkage)"),
    Text("感应度系数（前向关联）", "sensitivity of dispersion (forward linkage)"),
    Text(
        "拉斯穆森系数：影响力＝列昂惕夫逆列均值÷总均值，感应度＝行均值÷总均值；均值为1；按国产品流量计算。",
        "Rasmussen indices: column (power) or row (sensitivity) mean of the Leontief inverse over its overall mean; mean 1; "
        "domestic flows.",
    ),
    (Text("关键部门", "Key sectors"), Text("前向强（支撑型）", "Forward-strong"), Text("弱关联", "Weak linkages"),
     Text("后向强（拉动型）", "Backward-strong")),
)  # fmt: skip
EMISSIONS = Words(
    Text("碳后向关联系数", "emission-weighted backward linkage"), Text("碳前向关联系数", "emission-weighted forward linkage"),
    Text("碳后向关联系数（单位最终需求沿产业链带动的排放）", "emission-weighted backward linkage (emissions pulled per unit of final demand)"),
    Text("碳前向关联系数（各部门最终需求同增一单位时本部门的排放）",
         "emission-weighted forward linkage (what the sector emits when every final demand grows by one unit)"),
    Text(
        "碳关联系数：diag(f)·L 的列均值（后向）或行均值（前向）÷总均值；均值为1；L 为本地列昂惕夫逆，按国产品流量。",
        "Emission-weighted linkages: column (backward) or row (forward) mean of diag(f) L over its overall mean; mean 1; L the "
        "place's Leontief inverse, domestic flows.",
    ),
    (Text("减排关键部门", "Key emitters"), Text("自身排放为主（前向强）", "Emits for others (forward)"), Text("弱关联", "Weak linkages"),
     Text("带动排放为主（后向强）", "Pulls emissions (backward)")),
)  # fmt: skip


@tool(
    title=Text("产业关联与关键部门", "Linkages and key sectors"),
    summary=Text(
        "各部门的影响力系数（后向关联）与感应度系数（前向关联），两者都大于1的为关键部门；也可按碳排放加权；并给出单位最终需求的隐含碳强度。",
        "Power of dispersion (backward linkage) and sensitivity of dispersion (forward linkage) of each sector; both above 1 "
        "make a key sector; also weighted by emissions; with the embodied carbon per unit of final demand.",
    ),
    examples=(
        Text(
            "江苏的关键部门有哪些（影响力系数、感应度系数）", "Key sectors of Jiangsu by backward and forward linkages"
        ),
        Text("广东哪些行业的影响力系数最高？", "Which sectors of Guangdong have the highest power of dispersion?"),
        Text("全国各部门的感应度系数", "Sensitivity of dispersion of China's sectors"),
        Text("河北按碳排放加权的关联系数", "Emission-weighted linkages of Hebei"),
        Text("山东产业的前向关联和后向关联", "Forward and backward linkages in Shandong"),
        Text("河南建筑业的影响力系数排第几？", "Where does construction rank in Henan by power of dispersion?"),
    ),
)
def linkages(arguments: LinkagesArguments, context: Context) -> Result:
    """Rasmussen's indices of the 42 sectors of a place, its key sectors and a quadrant chart."""
    scope = scope_of(context.warehouse, arguments.place, arguments.year)
    carbon_weighted = arguments.weight == "emissions"
    found, said = linkages_of(scope, arguments.weight), EMISSIONS if carbon_weighted else OUTPUT
    name, en, year = scope.place.name, words.article(scope.place), scope.system.mrio.year
    draft = Draft(Text(f"{name.zh}{year}年产业关联与关键部门", f"Linkages and key sectors of {en}, {year}"))
    if carbon_weighted:
        draft.title = Text(f"{name.zh}{year}年碳关联与减排关键部门", f"Emission-weighted linkages of {en}, {year}")
    tell = Teller(draft, scope)
    limits = {
        m: bounds(context.warehouse, year, m, scope.place.code)
        for m in ("power_of_dispersion", "sensitivity_of_dispersion")
    }
    ranges = measured(context.warehouse, scope, lambda s: _indices(s, "emissions")) if carbon_weighted else None
    known: dict[tuple[str, int], int] = {}

    def fact(kind: str, i: int) -> int:
        if (kind, i) not in known:
            sector = words.sector_name(i + 1)
            index = said.power if kind == "power" else said.sensitivity
            label = Text(f"{sector.zh}的{index.zh}", f"{index.en} of {words.in_sentence(sector).en}")
            bound: Bound | None = limits[f"{kind}_of_dispersion"].get(("", i + 1))
            if ranges is not None:
                bound = ranges.bound(i + (42 if kind == "sensitivity" else 0))
            value = float(found.power[i] if kind == "power" else found.sensitivity[i])
            known[kind, i] = tell.fact(label, value, "index", bound=bound, sector=sector)
        return known[kind, i]

    asked = _asked(tell, arguments.sector)
    if arguments.sector is not None and len(asked) == 1:
        _lead_of(tell, found, fact, said, asked[0])
    else:
        _lead(tell, found, fact, said, arguments.sector)
    strength = found.power + found.sensitivity
    order = sorted((int(i) for i in np.flatnonzero(found.active)), key=lambda i: (i not in asked, -strength[i]))
    carbon = len(scope.missing) != len(scope.inside)
    shown = _table(tell, found, fact, order[: arguments.top], carbon, said)
    draft.chart(_quadrants(tell, found, order, said))
    draft.section(Text("系数", "Indices"), tables=(shown,), folded=True)
    words.caveats(draft, scope, emissions=carbon, ranges=False)
    draft.method.append(said.method)
    tell.use(*(["co2_42"] if carbon else []))
    draft.suggestions += [
        Text(f"画{name.zh}产业关联网络", f"Draw the industry network of {name.en}"),
        Text(f"{name.zh}电力行业的下游主要有哪些？", f"Who buys from the power sector of {name.en}?"),
    ]
    return draft.result()


def _asked(tell: Teller, sector: Sector | None) -> list[int]:
    """Indices of the sectors asked about, those with output; none where none is named. Raises NotAvailable without output."""
    if sector is None:
        return []
    numbers = numbers_of(sector)
    need_output(tell.scope, indices(tell.scope, numbers), Text("因此没有关联系数", "so it has no linkages"))
    part = part_caveat(sector, words.in_sentence(listed_name(sector, numbers)))
    tell.draft.caveats += [part] if part else []
    output = tell.scope.sectors(tell.scope.system.mrio.x)
    return [number - 1 for number in numbers if output[number - 1] > 0]


def _lead_of(tell: Teller, found: Linkages, fact: Index, said: Words, i: int) -> None:
    """Both indices of the sector asked about, its ranks among all with output, and whether it is a key sector."""
    zh, en, year = tell.place.name.zh, words.article(tell.place), tell.year
    name = words.sector_name(i + 1)
    low, ranks, key = words.in_sentence(name).en, [], i in found.key
    for values, index in ((found.power, said.power), (found.sensitivity, said.sensitivity)):
        label = Text(f"{name.zh}{index.zh}的位次", f"rank of {low} by {index.en}")
        ranks.append(tell.fact(label, 1 + int((values[found.active] > values[i]).sum()), "rank", sector=name))
    tell.draft.lead(
        f"{zh}{name.zh}{year}年的{said.power.zh}为{{0:range}}，居第{{1}}位；{said.sensitivity.zh}为{{2:range}}，居第{{3}}位"
        f"（共{{4}}个有产出的部门）。两项{'都大于1' if key else '不都大于1'}（均值），{'是' if key else '不是'}{said.quadrants[0].zh}。",
        f"In {year} the {said.power.en} of {low} in {en} was {{0:range}}, rank {{1}}, and its {said.sensitivity.en} {{2:range}}, rank {{3}}, "
        f"of {{4}} sectors with output. {'Both are' if key else 'Not both are'} above 1, the mean, so it is "
        f"{'' if key else 'not '}one of the {said.quadrants[0].en.lower()}.",
        fact("power", i), ranks[0], fact("sensitivity", i), ranks[1],
        tell.fact(Text("有产出的部门数", "number of sectors with output"), int(found.active.sum()), "count"),
    )  # fmt: skip


def _lead(tell: Teller, found: Linkages, fact: Index, said: Words, group: Sector | None) -> None:
    """The strongest backward, the strongest forward, and the key sectors; of one group of sectors only, if there is one."""
    zh, en, year = tell.place.name.zh, words.article(tell.place), tell.year
    among = found.active.copy()
    if group is not None:
        zh, en = f"{zh}{group.name.zh}", f"{en}'s {words.in_sentence(group.name).en}"
        among &= np.isin(np.arange(len(among)) + 1, group.mrio)
    for kind, values, said_zh, said_en in (
        ("power", found.power, f"{zh}{year}年{said.high_power.zh}最高的部门：<list>。",
         f"In {year} the highest {said.high_power.en} in {en}: <list>."),
        ("sensitivity", found.sensitivity, f"{zh}{said.high_sensitivity.zh}最高的部门：<list>。",
         f"The highest {said.high_sensitivity.en} in {en}: <list>."),
    ):  # fmt: skip
        order = [int(i) for i in np.argsort(-np.where(among, values, -1.0), kind="stable")[: min(NAMED, among.sum())]]
        add_ranked(tell.draft, said_zh, said_en, [words.short(i + 1) for i in order], [fact(kind, i) for i in order])
    key = [i for i in found.key if among[i]]
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


def _table(tell: Teller, found: Linkages, fact: Index, listed: list[int], carbon: bool, said: Words) -> int:
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
        (Text("部门", "Sector"), None), (cap(said.power), "index"), (cap(said.sensitivity), "index"),
        (Text("关键部门", "Key sector"), None),
    ]  # fmt: skip
    if carbon:
        head.append((Text("最终需求的隐含碳强度", "Embodied carbon per final demand"), "kg CO2/10k yuan"))
    title = Text(
        f"{tell.place.name.zh}{tell.year}年各部门的{said.power.zh}与{said.sensitivity.zh}",
        f"{cap(said.power).en} and {said.sensitivity.en}, {words.article(tell.place)}, {tell.year}",
    )
    return tell.draft.table(table(title, head, rows, total=int(found.active.sum())))


def _intensity(scope: Scope) -> Array:
    """Embodied intensity of each sector's final products (42,), Mt per 100M yuan; a group's weighted by output."""
    weight = scope.system.mrio.x[scope.rows]
    total = weight.sum(0)
    spent = (scope.system.intensity[scope.rows] * weight).sum(0)
    return np.asarray(np.divide(spent, total, out=np.zeros(len(total)), where=total > 0))


def cap(name: Text) -> Text:
    """A name with its first English letter large."""
    return Text(name.zh, name.en[:1].upper() + name.en[1:])


def _quadrants(tell: Teller, found: Linkages, order: list[int], said: Words) -> Chart:
    """Sensitivity against power, parted at 1; the strongest sectors by name, the others' names on hovering."""
    corner = [int(found.sensitivity[i] > 1) * 2 + int(found.power[i] > 1) for i in order]
    names = dict(zip((3, 2, 0, 1), said.quadrants, strict=True))
    series = [
        Series(name=names[q], y=tuple(float(found.sensitivity[i]) if c == q else None for i, c in zip(order, corner, strict=True)))
        for q in (3, 2, 1, 0) if q in corner
    ]  # fmt: skip
    return Chart(
        kind="scatter",
        title=Text(f"{tell.place.name.zh}{tell.year}年{said.power.zh}与{said.sensitivity.zh}象限",
                   f"{cap(said.power).en} and {said.sensitivity.en}, {words.article(tell.place)}, {tell.year}"),
        spec=XY(
            x=tuple(float(found.power[i]) for i in order), series=tuple(series), unit="index",
            x_title=Text(f"{said.power.zh}（均值为1）", f"{cap(said.power).en} (mean 1)"),
            y_title=Text(f"{said.sensitivity.zh}（均值为1）", f"{cap(said.sensitivity).en} (mean 1)"),
            labels=tuple(words.short(i + 1) for i in order), marked=MARKED,
            quadrants=Quadrants(x=1.0, y=1.0, names=said.quadrants), logarithmic=said is EMISSIONS,
        ),
        note=tell.note,
    )  # fmt: skip
