"""Arithmetic over facts shown before, so that a derived figure is a fact too; what must not be added is refused."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from data.classification import FUELS, GROUPS, INVENTORY_SECTORS, NATION, PROVINCES, SECTORS, Fuel, Sector
from data.errors import BadRequest, Incomparable
from data.text import Text, joined
from tools.declare import Arguments, Context, tool
from tools.figures.work import Line
from tools.measures import MEASURES
from tools.result import Draft, Fact, Result, weakest

Operation = Literal["add", "subtract", "ratio", "share", "percent_change", "mean"]
# Figures that are already relative or an order: adding them means nothing.
RELATIVE = {
    "%", "pp", "%/yr", "t CO2/person", "kg CO2/10k yuan", "yuan/person", "kg CO2/kWh", "yuan/t CO2", "°C", "year", "rank",
    "index", "times",
}  # fmt: skip
# numerator unit, denominator unit -> unit of the ratio, factor
RATIOS: dict[tuple[str, str], tuple[str, float]] = {
    ("Mt CO2", "10k persons"): ("t CO2/person", 100.0),
    ("Mt CO2", "100M yuan"): ("kg CO2/10k yuan", 1e5),
    ("Mt CO2", "TWh"): ("kg CO2/kWh", 1.0),
    ("100M yuan", "10k persons"): ("yuan/person", 1e4),
}
_WORDS: dict[str, Text] = {
    "add": Text("之和", "sum of"), "subtract": Text("之差", "difference,"), "ratio": Text("之比", "ratio of"),
    "share": Text("占比", "share of"), "percent_change": Text("变化率", "percent change from"), "mean": Text("平均值", "mean of"),
}  # fmt: skip


def _ids(value: object) -> object:
    return tuple(value.replace("，", ",").replace(" ", ",").strip(",").split(",")) if isinstance(value, str) else value


class CalculateArguments(Arguments):
    """An operation over the ids of facts that were shown in this conversation."""

    operation: Operation = Field(
        description="add; subtract (first less second); ratio (first over second); share (first as percent of second);"
        " percent_change (from first to second); mean."
    )
    facts: Annotated[tuple[str, ...], BeforeValidator(_ids)] = Field(
        (), max_length=60, description='Ids of facts shown earlier, in order, e.g. ["F1", "F3"].'
    )


@tool(
    title=Text("计算", "Calculate"),
    summary=Text(
        "对已给出的数据（按编号）做加、减、比、占比、变化率、平均；口径、单位不同或范围重叠的不相加。",
        "Arithmetic over facts already shown, by id: add, subtract, ratio, share, percent change, mean; refuses what must"
        " not be combined.",
    ),
    examples=(
        Text("把F1和F2加起来", "Add F1 and F2"),
        Text("F3减F1是多少", "What is F3 minus F1?"),
        Text("前面两个数的比值", "Ratio of the two figures above"),
        Text("F2占F1的百分之几", "F2 as a percentage of F1"),
        Text("从F1到F2变化了百分之几", "Percent change from F1 to F2"),
        Text("这几个数的平均值", "Mean of F1, F2 and F3"),
    ),
)
def calculate(arguments: CalculateArguments, context: Context) -> Result:
    """One derived fact from facts of this conversation.

    Raises UnknownName for an id never given, BadRequest for too few or too many facts or a zero below the line,
    Incomparable for different accounts or units, overlapping places, or figures that are no amounts.
    """
    if len(arguments.facts) < 2:
        raise BadRequest(
            "which_facts",
            Text("请用编号指明要计算的两个以上数字，例如 F1 和 F2；编号就是答案里数字后方括号中的标记。",
                 "Name the two or more figures by their ids, e.g. F1 and F2: the marks in square brackets behind them in an answer."),
        )  # fmt: skip
    facts = [context.recall(name) for name in arguments.facts]
    operation = arguments.operation
    if operation not in ("add", "mean") and len(facts) != 2:
        raise BadRequest("two_facts", Text("这种计算需要恰好两个数据编号。", "This operation takes exactly two facts."))
    _check(operation, facts)
    value, unit = _value(operation, facts)
    draft = Draft(Text("计算结果", "Calculation"))
    index = draft.fact(
        _label(operation, facts, arguments.facts), value, unit, region=_region(facts, operation), sector=_same(facts, "sector"),
        year=_year(facts, operation), account=_same(facts, "account"), scenario=_scenario(facts, operation),
        basis=weakest(*(f.basis for f in facts)), source=facts[0].source, reader_unit=_same(facts, "reader_unit"),
    )  # fmt: skip
    for fact in facts:
        if fact.source not in draft.sources:
            draft.sources.append(fact.source)
    line = Line()
    hole = line(index)
    names = "、".join(arguments.facts)
    word = _WORDS[operation]
    draft.lead(f"{_joined(facts).zh}{word.zh}为{hole}。", f"The {word.en} {_joined(facts).en} is {hole}.", *line.facts)
    draft.method.append(Text(f"{word.zh}（{names}）", f"{operation.replace('_', ' ')} of {', '.join(arguments.facts)}"))
    return draft.result()


def _joined(facts: Sequence[Fact]) -> Text:
    names = [f.label for f in facts]
    return (
        joined(names[:3]) if len(names) > 3 else Text("与".join(n.zh for n in names), " and ".join(n.en for n in names))
    )


def _check(operation: Operation, facts: Sequence[Fact]) -> None:
    accounts = {f.account for f in facts}
    units = {f.unit for f in facts}
    both_amounts = operation == "ratio" and (facts[0].unit, facts[1].unit) in RATIOS
    if len(units) > 1 and not both_amounts:
        raise Incomparable(
            "units",
            Text(f"单位不同（{'、'.join(sorted(units))}），不能这样计算；请选单位相同的数据。",
                 f"The units differ ({', '.join(sorted(units))}); choose facts of one unit."),
        )  # fmt: skip
    if len(accounts) > 1 and not both_amounts:
        zh = "、".join(sorted(str(a) if a else "无口径" for a in accounts))
        en = ", ".join(sorted(str(a) if a else "none" for a in accounts))
        raise Incomparable(
            "accounts",
            Text(f"口径不同（{zh}），不能合并计算；请选同一口径的数据。",
                 f"The accounts differ ({en}) and are never combined; choose facts of one account."),
        )  # fmt: skip
    if operation in ("add", "mean") and len({f.scenario for f in facts}) > 1:
        raise Incomparable(
            "scenarios",
            Text("情景不同的数据不能相加。", "Figures of different scenarios are not added."),
        )
    if operation == "add":
        _check_sum(facts)


def _check_sum(facts: Sequence[Fact]) -> None:
    unit = facts[0].unit
    if unit in RELATIVE:
        raise Incomparable(
            "relative",
            Text(f"单位为 {unit} 的数据是比值或位次，相加没有意义；可以求平均。",
                 f"Figures in {unit} are ratios or ranks and do not add up; ask for the mean."),
        )  # fmt: skip
    for i, a in enumerate(facts):
        for b in facts[i + 1 :]:
            if a.unit in ("10k persons", "GW") and a.year != b.year:
                raise Incomparable(
                    "stocks",
                    Text(
                        "人口、装机等时点数不能跨年相加。",
                        "Stocks such as population or capacity are not added over years.",
                    ),
                )
            if _overlap(a, b):
                raise Incomparable(
                    "overlap",
                    Text(f"“{a.label.zh}”与“{b.label.zh}”范围重叠，相加会重复计算；请只保留其中之一。",
                         f"'{a.label.en}' and '{b.label.en}' overlap, adding them counts twice; keep only one."),
                )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scope:
    """What a fact covers: provinces, sector numbers, fuel columns, parts; None is everything."""

    places: frozenset[str] | None
    sectors: frozenset[int] | None
    fuels: frozenset[str] | None
    parts: frozenset[str] | None


def _overlap(a: Fact, b: Fact) -> bool:
    """Whether two facts may hold the same amount twice."""
    if a.year != b.year and a.year is not None and b.year is not None:
        return False
    one, two = scope(a), scope(b)
    return (
        _meet(one.places, two.places)
        and _meet(one.sectors, two.sectors)
        and _meet(one.fuels, two.fuels)
        and _meet(one.parts, two.parts)
    )


def _meet(a: Set[object] | None, b: Set[object] | None) -> bool:
    """Whether two sets share a member; None is everything."""
    return a is None or b is None or bool(a & b)


_ALL_PLACES = {p.name.en: frozenset(p.members or (p.code,)) for p in (*PROVINCES, *GROUPS)}
_SECTORS: dict[str, Sector] = {s.name.en: s for s in (*SECTORS, *INVENTORY_SECTORS)}


def scope(fact: Fact) -> Scope:
    """What a fact covers, read from its region and sector and, for fuels and parts, from its label."""
    places = None if fact.region in (None, NATION.name.en) else _places(fact.region or "")
    sector = _SECTORS.get(fact.sector or "")
    sectors = None
    if sector is not None and sector.kind != "total":
        sectors = frozenset(sector.inventory or (100 + n for n in sector.mrio))
    bare = fact.label.zh.replace(sector.name.zh, "") if sector else fact.label.zh  # 石油和天然气开采业 is no fuel
    fuel = next((f for f in _longest_first() if f.name.zh in bare), None)
    return Scope(places, sectors, frozenset(fuel.columns) if fuel else None, _parts(fact))


def _longest_first() -> list[Fuel]:
    return sorted(FUELS, key=lambda f: -len(f.name.zh))


def _places(region: str) -> frozenset[str] | None:
    names = region.split(" + ")
    if not all(n in _ALL_PLACES for n in names):
        return None
    return frozenset().union(*(_ALL_PLACES[n] for n in names))


def _parts(fact: Fact) -> frozenset[str] | None:
    """Parts of a measure (power sources) that the label names, by the table the fact comes from."""
    for measure in MEASURES:
        if measure.table != fact.source or not measure.parts:
            continue
        for part in sorted(measure.parts, key=lambda p: -len(p.name.en)):
            if f"({part.name.en})" in fact.label.en:
                return frozenset(part.members or (part.key,))
    return None


def _value(operation: Operation, facts: Sequence[Fact]) -> tuple[float, str]:
    a, b = facts[0].value, facts[1].value
    unit = facts[0].unit
    if operation == "add":
        return sum(f.value for f in facts), unit
    if operation == "mean":
        return sum(f.value for f in facts) / len(facts), unit
    if operation == "subtract":
        return a - b, "pp" if unit == "%" else unit
    below = a if operation == "percent_change" else b
    if below == 0:
        raise BadRequest("zero", Text("分母为零，无法计算。", "The figure below the line is zero."))
    if operation == "ratio":
        ratio_unit, factor = RATIOS.get((unit, facts[1].unit), ("times", 1.0))
        return a / b * factor, ratio_unit
    return (a / b * 100, "%") if operation == "share" else ((b / a - 1) * 100, "%")


def _label(operation: Operation, facts: Sequence[Fact], names: Sequence[str]) -> Text:
    word, both = _WORDS[operation], _joined(facts)
    if len(facts) > 3:
        ids = ", ".join(names)
        return Text(f"{len(facts)}个数据（{ids}）{word.zh}", f"{word.en} {len(facts)} facts ({ids})")
    return Text(f"{both.zh}{word.zh}", f"{word.en} {both.en}")


def _same(facts: Sequence[Fact], name: str) -> object:
    values = {getattr(f, name) for f in facts}
    return values.pop() if len(values) == 1 else None


def _region(facts: Sequence[Fact], operation: Operation) -> str | None:
    """The one region of all, the group that the regions make up, or of a share the part's."""
    regions = [f.region for f in facts]
    if len(set(regions)) == 1:
        return regions[0]
    if operation == "share":
        return regions[0]
    if operation == "add" and all(r in _ALL_PLACES for r in regions):
        codes = frozenset().union(*(_ALL_PLACES[r] for r in regions if r))
        return next((g.name.en for g in GROUPS if frozenset(g.members) == codes), None)
    return None


def _year(facts: Sequence[Fact], operation: Operation) -> int | None:
    years = {f.year for f in facts}
    if len(years) == 1:
        return facts[0].year
    first, last = facts[0].year, facts[-1].year
    if (
        operation in ("subtract", "percent_change")
        and first is not None
        and last is not None
        and abs(last - first) == 1
    ):
        return max(first, last)  # from year to year: the later year
    return None


def _scenario(facts: Sequence[Fact], operation: Operation) -> str | None:
    scenarios = {f.scenario for f in facts}
    return facts[-1].scenario if len(scenarios) > 1 or operation != "add" else facts[0].scenario
