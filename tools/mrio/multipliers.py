"""multipliers: what a unit of final demand for a sector takes along the whole chain, in output, value added and CO2."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from pydantic import Field

from data.classification import NATION
from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.declare import Arguments, Context, latest_table, tool
from tools.domain import PlaceArg, SectorArg, Year
from tools.mrio import words
from tools.mrio.accounts import inverse
from tools.mrio.accounts_range import Measured, measured
from tools.mrio.algebra import Array
from tools.mrio.algebra import top as largest
from tools.mrio.algebra_multipliers import coefficients
from tools.mrio.partners import indices, listed_name, need_output, numbers_of, part_caveat
from tools.mrio.system import Scope, need_inventory, scope_of
from tools.mrio.telling import Ref, Teller, add_ranked, table
from tools.result import Account, Cell, Draft, Result

if TYPE_CHECKING:
    from data.warehouse import Warehouse

CONSUMPTION = Account.CONSUMPTION_DOMESTIC
KG_PER_WAN = 1e5  # 1 Mt per 100 million yuan = 100,000 kg per 10,000 yuan
NAMED, DRAWN = 5, 12
By = Literal["emissions", "output", "value_added", "type_i"]
NO_INDUCED = Text(
    "只含沿产业链的直接与间接投入（I型，居民为外生），价格与技术固定；不含就业与收入的诱发效应，也不是预测。",
    "Direct and indirect inputs along the chain only (type I, households exogenous), at fixed prices and technology; no employment or "
    "induced income effects, and no forecast.",
)
METHOD = Text(
    "乘数：产出 i'L、增加值 v'L、进口 m'L（两者之和为1）、排放 f'L；I型比率＝(f'L)_j/f_j（Miller 与 Blair，2009）。",
    "Multipliers: output i'L, value added v'L, imports m'L (the two sum to 1), emissions f'L; type I ratio (f'L)_j / f_j (Miller and "
    "Blair 2009).",
)


class MultipliersArguments(Arguments):
    """Whose multipliers."""

    place: PlaceArg = Field(NATION, description="Province, group of provinces or China.")
    sector: SectorArg | None = Field(None, description="The sector; leave out to rank all 42 sectors.")
    by: By = Field(
        "emissions",
        description="Ranking by the multiplier of emissions, output or value added, or by the type I ratio.",
    )
    year: Year = latest_table()
    top: int = Field(10, ge=1, le=42, description="How many sectors to list in a ranking.")


@dataclass(frozen=True)
class Multipliers:
    """Per sector or group of sectors (k,): ``output`` and ``local`` (of it in the place) per unit of final demand,
    ``value_added`` and ``imports`` as shares of it, ``emissions`` and ``local_emissions`` along the chain and ``direct``
    of the sector itself, kg CO2 per 10,000 yuan; nan without output."""

    output: Array
    local: Array
    value_added: Array
    imports: Array
    emissions: Array
    local_emissions: Array
    direct: Array

    @property
    def type_i(self) -> Array:
        """Emissions along the chain over the sector's own, nan where it has none."""
        return np.divide(self.emissions, self.direct, out=np.full_like(self.direct, np.nan), where=self.direct > 0)

    @property
    def stacked(self) -> Array:
        """All of them (7, k)."""
        return np.stack(
            [self.output, self.local, self.value_added, self.imports, self.emissions, self.local_emissions, self.direct]
        )


def multipliers_of(scope: Scope, groups: list[tuple[int, ...]]) -> Multipliers:
    """Multipliers of groups of sectors of the place (numbers of the 42-list); members weigh by their output."""
    system, mrio = scope.system, scope.system.mrio
    demand = np.zeros((len(mrio.x), len(groups)))
    for k, numbers in enumerate(groups):
        at = indices(scope, numbers)
        if mrio.x[at].sum() > 0:
            demand[at, k] = mrio.x[at] / mrio.x[at].sum()
    called = np.asarray(inverse(system) @ demand)
    here, f = scope.rows.reshape(-1), system.emissions.f * KG_PER_WAN
    none = demand.sum(0) == 0

    def known(values: Array) -> Array:
        return np.where(none, np.nan, values)

    return Multipliers(
        output=known(called.sum(0)), local=known(called[here].sum(0)),
        value_added=known(coefficients(mrio.value_added, mrio.x) @ called), imports=known(coefficients(mrio.imports, mrio.x) @ called),
        emissions=known(f @ called), local_emissions=known(f[here] @ called[here]), direct=known(f @ demand),
    )  # fmt: skip


@tool(
    title=Text("投入产出乘数", "Input-output multipliers"),
    summary=Text(
        "某地某行业每单位最终需求沿产业链带动的总产出、国内增加值、进口和二氧化碳排放，以及排放的I型比率；不指定行业时给出各行业排名。当年价，I型，不含诱发效应。",
        "Output, domestic value added, imports and CO2 that a unit of final demand for a place's sector takes along the chain, and the "
        "type I ratio of emissions; without a sector, the ranking. Current prices, type I, no induced effects.",
    ),
    examples=(
        Text("广东建筑业每万元最终需求带动多少碳排放？", "How much CO2 does 10,000 yuan of final demand for Guangdong's construction cause?"),
        Text("江苏哪些行业的排放乘数最高？", "Which sectors of Jiangsu have the highest emission multipliers?"),
        Text("河北钢铁的产出乘数和增加值乘数", "Output and value-added multipliers of steel in Hebei"),
        Text("全国各行业产出乘数排名", "Rank China's sectors by output multiplier"),
        Text("山东化工的I型排放乘数", "Type I emission multiplier of chemicals in Shandong"),
    ),
)  # fmt: skip
def multipliers(arguments: MultipliersArguments, context: Context) -> Result:
    """Multipliers of one sector of a place, or the ranking of its sectors."""
    scope = scope_of(context.warehouse, arguments.place, arguments.year)
    need_inventory(scope)
    told = _one if arguments.sector is not None else _ranking
    tell = told(scope, arguments, context.warehouse)
    draft, name = tell.draft, tell.place.name
    draft.caveats.append(_prices(tell))
    draft.caveats.append(NO_INDUCED)
    words.caveats(draft, scope)
    draft.method.append(METHOD)
    tell.use("co2_42", "mrio_variants")
    draft.suggestions += [
        Text(f"{name.zh}的关键部门有哪些？", f"Which are the key sectors of {name.en}?"),
        Text(
            f"如果没有电力行业，{name.zh}有多少产出和排放依赖它？",
            f"How much output and CO2 of {name.en} depends on the power sector?",
        ),
    ]
    return draft.result()


def _prices(tell: Teller) -> Text:
    return Text(
        f"金额为{tell.year}年当年生产者价格；国产品的最终需求，进口投入在境外的排放不计。",
        f"Money is in producers' prices of {tell.year}; final demand for domestic products, carbon emitted abroad for imported inputs "
        "not counted.",
    )


def _one(scope: Scope, arguments: MultipliersArguments, warehouse: Warehouse) -> Teller:
    """One sector: the multipliers in words and a table, a bar of where the emissions arise."""
    assert arguments.sector is not None
    numbers = numbers_of(arguments.sector)
    wider = listed_name(arguments.sector, numbers)
    need_output(scope, indices(scope, numbers), Text("因此没有乘数", "so it has no multipliers"))
    zh, en, year = scope.place.name.zh, words.article(scope.place), scope.system.mrio.year
    tell = Teller(
        Draft(
            Text(f"{zh}{wider.zh}{year}年的投入产出乘数", f"Multipliers of {words.in_sentence(wider).en}, {en}, {year}")
        ),
        scope,
    )
    found = measured(warehouse, scope, lambda s: multipliers_of(s, [numbers]).stacked[:, 0])
    facts = _facts(tell, wider, found)
    part = part_caveat(arguments.sector, words.in_sentence(wider))
    tell.draft.caveats += [part] if part else []
    _say(tell, wider, facts, money_first=arguments.by in ("output", "value_added"))
    shown = _one_table(tell, wider, facts)
    tell.draft.chart(_where(tell, wider, found))
    tell.draft.section(Text("乘数", "Multipliers"), tables=(shown,), folded=True)
    return tell


UPSTREAM = 20.0  # type I ratio above which the sector's own emissions are next to nothing


def _say(tell: Teller, sector: Text, facts: dict[str, int], money_first: bool) -> None:
    """Emissions and money, each in a sentence; what was asked for comes first."""
    zh, en, low = tell.place.name.zh, words.article(tell.place), words.in_sentence(sector).en
    ratio, ratio_en = ("，I型比率{2}", ", a type I ratio of {2}") if "type_i" in facts else ("", "")
    if "type_i" in facts and tell.draft[facts["type_i"]].value > UPSTREAM:
        ratio = "；本行业自身几乎不直接排放，排放都在上游，所以I型比率高达{2}，它说明分母小，不说明排放大"
        ratio_en = (
            "; it burns next to nothing itself and nearly all of it lies upstream, hence a type I ratio of {2}, which "
            "tells of a small divisor, not of large emissions"
        )
    carbon = (
        f"{zh}{sector.zh}（{tell.year}年价）每万元最终需求沿产业链带动的二氧化碳{tell.guess[0]}为{{0:range}}，其中本行业直接{{1}}{ratio}。",
        f"In {en} (prices of {tell.year}), final demand for {low} causes {{0:range}} along the chain{tell.guess[1]}, {{1}} of it "
        f"directly in the sector{ratio_en}.",
        [facts[k] for k in ("emissions", "direct", "type_i") if k in facts],
    )
    keys = ["output", *([] if tell.nation else ["local"]), "value_added", "imports"]
    n = len(keys)
    local_zh, local_en = ("", "") if tell.nation else ("，其中本地{1:range}", ", {1:range} of it in the place")
    money = (
        f"{zh}{sector.zh}每单位最终需求带动总产出{{0:range}}{tell.guess[0]}{local_zh}；每一元最终需求里，国内增加值占{{{n - 2}}}，"
        f"进口投入占{{{n - 1}}}。",
        f"Each unit of final demand for {low} in {en} takes {{0:range}} its value in gross output{tell.guess[1]}{local_en}; of that demand "
        f"{{{n - 2}}} ends as domestic value added and {{{n - 1}}} as imported inputs.",
        [facts[k] for k in keys],
    )
    for said_zh, said_en, used in (money, carbon) if money_first else (carbon, money):
        tell.draft.lead(said_zh, said_en, *used)


_LABELS: dict[str, tuple[Text, str, float, int]] = {  # name: label, unit, factor, row of ``stacked``
    "emissions": (Text("每万元最终需求带动的二氧化碳", "CO2 along the chain per 10,000 yuan of final demand"), "kg CO2/10k yuan", 1.0, 4),
    "direct": (Text("每万元产出的直接二氧化碳", "direct CO2 per 10,000 yuan of output"), "kg CO2/10k yuan", 1.0, 6),
    "local_emissions": (Text("每万元最终需求在本地带动的二氧化碳", "CO2 in the place per 10,000 yuan of final demand"), "kg CO2/10k yuan", 1.0, 5),
    "output": (Text("产出乘数", "output multiplier"), "times", 1.0, 0),
    "local": (Text("本地产出乘数", "output multiplier within the place"), "times", 1.0, 1),
    "value_added": (Text("国内增加值乘数", "value-added multiplier"), "%", 100.0, 2),
    "imports": (Text("进口乘数", "import multiplier"), "%", 100.0, 3),
}  # fmt: skip


def _facts(tell: Teller, sector: Text, found: Measured) -> dict[str, int]:
    facts = {}
    for key, (label, unit, factor, row) in _LABELS.items():
        if tell.nation and key in ("local", "local_emissions"):
            continue
        bound = found.bound(row)
        if bound is not None and factor != 1.0:
            bound = type(bound)(bound.low * factor, bound.high * factor, bound.stays)
        said = Text(f"{sector.zh}的{label.zh}", f"{label.en}, {words.in_sentence(sector).en}")
        account = CONSUMPTION if key.endswith("emissions") else Account.SCOPE1 if key == "direct" else None
        facts[key] = tell.fact(said, found[row] * factor, unit, sector=sector, account=account, bound=bound)
    if found[6] > 0:
        said = Text(f"{sector.zh}的排放I型比率", f"type I ratio of emissions, {words.in_sentence(sector).en}")
        facts["type_i"] = tell.fact(said, found[4] / found[6], "times", sector=sector)
    return facts


def _one_table(tell: Teller, sector: Text, facts: dict[str, int]) -> int:
    names = {key: label for key, (label, *_) in _LABELS.items()} | {
        "type_i": Text("排放I型比率", "type I ratio of emissions")
    }
    rows: list[list[Cell]] = [
        [Text(names[k].zh, names[k].en[:1].upper() + names[k].en[1:]), Ref(fact=f), Text(*_unit(tell.draft[f].unit))]
        for k, f in facts.items()
    ]
    low, where = words.in_sentence(sector).en, words.article(tell.place)
    title = Text(f"{tell.place.name.zh}{sector.zh}{tell.year}年的乘数", f"Multipliers of {low}, {where}, {tell.year}")
    head: list[tuple[Text, str | None]] = [
        (Text("乘数", "Multiplier"), None),
        (Text("数值", "Value"), None),
        (Text("单位", "Unit"), None),
    ]
    return tell.draft.table(table(title, head, rows))


def _unit(unit: str) -> tuple[str, str]:
    return {
        "kg CO2/10k yuan": ("千克/万元", "kg CO2/10k yuan"),
        "times": ("倍", "times"),
        "%": ("占最终需求", "of final demand"),
    }[unit]


def _where(tell: Teller, sector: Text, found: Measured) -> Chart:
    """The emission multiplier in its parts: the sector itself, others in the place, other provinces."""
    parts = [(Text("本行业直接", "sector itself, direct"), found[6]),
             (Text("本地其他环节", "elsewhere along the chain, in the place"), found[5] - found[6]),
             (Text("外省环节", "along the chain in other provinces"), found[4] - found[5])]  # fmt: skip
    kept = parts[:2] if tell.nation else parts
    return Chart(
        kind="bar",
        title=Text(f"{tell.place.name.zh}{sector.zh}每万元最终需求的排放构成，{tell.year}年",
                   f"Emissions per 10,000 yuan of final demand, {words.in_sentence(sector).en}, {words.article(tell.place)}, {tell.year}"),
        spec=XY(x=tuple(n for n, _ in kept), series=(Series(name=Text("排放", "CO2"), y=tuple(float(v) for _, v in kept)),),
                unit="kg CO2/10k yuan", y_title=Text("每万元最终需求的二氧化碳", "CO2 per 10,000 yuan of final demand"), horizontal=True),
        note=tell.note,
    )  # fmt: skip


_RANKED: dict[By, tuple[Text, str]] = {
    "emissions": (Text("排放乘数", "emission multiplier"), "kg CO2/10k yuan"),
    "output": (Text("产出乘数", "output multiplier"), "times"),
    "value_added": (Text("国内增加值乘数", "value-added multiplier"), "%"),
    "type_i": (Text("排放I型比率", "type I ratio of emissions"), "times"),
}


def _ranked_values(scope: Scope) -> Array:
    found = multipliers_of(scope, [(number,) for number in scope.system.mrio.sectors])
    return np.nan_to_num(np.stack([found.emissions, found.output, 100 * found.value_added, found.type_i]), nan=0.0)


def _ranking(scope: Scope, arguments: MultipliersArguments, warehouse: Warehouse) -> Teller:
    """All sectors by one multiplier: a sentence, a table with the others beside it, a bar chart."""
    zh, en, year = scope.place.name.zh, words.article(scope.place), scope.system.mrio.year
    label, _ = _RANKED[arguments.by]
    tell = Teller(Draft(Text(f"{zh}{year}年各行业{label.zh}", f"Sectors of {en} by {label.en}, {year}")), scope)
    found = measured(warehouse, scope, _ranked_values)
    columns: list[By] = [arguments.by, *(k for k in _RANKED if k != arguments.by)]
    row_of = {key: i for i, key in enumerate(_RANKED)}
    order = largest(found.values[row_of[arguments.by]], arguments.top)
    size = found.values.shape[1]
    facts: dict[tuple[By, int], int] = {}
    for k in order:
        name = words.sector_name(k + 1)
        for key in columns:
            at = row_of[key] * size + k
            what, unit = _RANKED[key]
            if found[at] <= 0:
                continue
            said = Text(f"{name.zh}的{what.zh}", f"{what.en}, {words.in_sentence(name).en}")
            facts[key, k] = tell.fact(said, found[at], unit, sector=name, bound=found.bound(at),
                                      account=CONSUMPTION if key == "emissions" else None)  # fmt: skip
    add_ranked(
        tell.draft, f"{zh}{year}年{label.zh}{tell.guess[0]}最高的行业：<list>。",
        f"In {year} the sectors of {en} with the highest {label.en}{tell.guess[1]}: <list>.",
        [words.short(k + 1) for k in order[:NAMED]], [facts[arguments.by, k] for k in order[:NAMED]],
    )  # fmt: skip
    rows: list[list[Cell]] = [
        [words.sector_name(k + 1), *(Ref(fact=facts[key, k]) if (key, k) in facts else None for key in columns)]
        for k in order
    ]
    head: list[tuple[Text, str | None]] = [(Text("行业", "Sector"), None)]
    head += [
        (Text(_RANKED[key][0].zh, _RANKED[key][0].en[:1].upper() + _RANKED[key][0].en[1:]), _RANKED[key][1])
        for key in columns
    ]
    shown = tell.draft.table(
        table(tell.draft.title, head, rows, total=int((found.values[row_of[arguments.by]] > 0).sum()))
    )
    drawn = order[:DRAWN]
    bars = [tell.draft[facts[arguments.by, k]] for k in drawn]
    ranged = all(f.low is not None for f in bars)
    series = Series(name=label, y=tuple(f.value for f in bars), low=tuple(f.low for f in bars) if ranged else None,
                    high=tuple(f.high for f in bars) if ranged else None)  # fmt: skip
    chart = tell.draft.chart(Chart(
        kind="bar", title=tell.draft.title, note=tell.note,
        spec=XY(x=tuple(words.short(k + 1) for k in drawn), series=(series,), unit=_RANKED[arguments.by][1],
                y_title=Text(label.zh, label.en[:1].upper() + label.en[1:]), horizontal=True),
    ))  # fmt: skip
    tell.draft.section(Text("排名", "Ranking"), tables=(shown,), charts=(chart,))
    return tell
