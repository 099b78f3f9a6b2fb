"""The words, tables and charts of decoupling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.classification import Place
from data.text import Text, joined
from tools.change.tapio import HIGH, LOW, Coupling, State, price_margin
from tools.charts.specs import XY, Chart, Series, TileMap
from tools.figures.words import article
from tools.figures.work import Line
from tools.result import Account, Basis, Cell, Column, Draft, Ref, Result, Table

if TYPE_CHECKING:
    from tools.change.decoupling import Pair

STATES: dict[State, Text] = {
    State.STRONG: Text("强脱钩", "strong decoupling"),
    State.WEAK: Text("弱脱钩", "weak decoupling"),
    State.EXPANSIVE_COUPLING: Text("扩张性连结", "expansive coupling"),
    State.EXPANSIVE_NEGATIVE: Text("扩张性负脱钩", "expansive negative decoupling"),
    State.STRONG_NEGATIVE: Text("强负脱钩", "strong negative decoupling"),
    State.WEAK_NEGATIVE: Text("弱负脱钩", "weak negative decoupling"),
    State.RECESSIVE_COUPLING: Text("衰退性连结", "recessive coupling"),
    State.RECESSIVE: Text("衰退性脱钩", "recessive decoupling"),
}
CURRENT = Text(
    "GDP为现价：物价上涨使GDP增速偏高、弹性偏低，结论偏向脱钩；数据集没有不变价GDP，可用参数 deflator 给出价格指数（起始年=100）。",
    "GDP is at current prices: rising prices make it grow faster and the elasticity smaller, which favours decoupling. The dataset holds no "
    "constant-price GDP; a price index (first year = 100) can be given as the argument deflator.",
)
CONSTANT = Text(
    "GDP按提问者给出的价格指数折算，指数未经本库核实。",
    "GDP is deflated by the index the asker gave, which is not checked here.",
)
UNDEFINED = Text("无定义（GDP几乎不变）", "not defined (GDP hardly changed)")
METHOD = Text(
    f"Tapio（2005）弹性 ε =（ΔC/C₀）/（ΔGDP/GDP₀），连结区间{LOW}—{HIGH}，八种状态；GDP变化不足0.1%时无定义。",
    f"Tapio (2005): elasticity = (dC/C0) / (dGDP/GDP0), coupling between {LOW} and {HIGH}, eight states; not defined where GDP changes by "
    "less than 0.1 %.",
)
MOST_NAMED = 8


@dataclass
class _Facts:
    """Writes the three facts of one coupling."""

    draft: Draft
    constant: bool

    @property
    def gdp(self) -> Text:
        return (
            Text("不变价GDP", "GDP at constant prices") if self.constant else Text("现价GDP", "GDP at current prices")
        )

    def _fact(self, where: Place, years: tuple[int, int], what: Text, value: float, unit: str, **rest: Any) -> int:
        first, last = years
        label = Text(f"{where.name.zh}{first}—{last}年{what.zh}", f"{where.name.en} {first}-{last}: {what.en}")
        more = {"region": where.name.en, "year": last, "basis": Basis.DERIVED, "source": "co2", **rest}
        return self.draft.fact(label, value, unit, **more)

    def emissions(self, where: Place, years: tuple[int, int], found: Coupling) -> int:
        what = Text("二氧化碳排放增幅", "growth of CO2 emissions")
        return self._fact(where, years, what, found.emissions * 100, "%", account=Account.SCOPE1)

    def activity(self, where: Place, years: tuple[int, int], found: Coupling) -> int:
        what = Text(f"{self.gdp.zh}增幅", f"growth of {self.gdp.en}")
        return self._fact(where, years, what, found.activity * 100, "%", source="gdp")

    def elasticity(self, where: Place, years: tuple[int, int], found: Coupling) -> int:
        what = Text("脱钩弹性（Tapio）", "decoupling elasticity (Tapio)")
        return self._fact(where, years, what, found.elasticity, "1", account=Account.SCOPE1)

    def margin(self, where: Place, years: tuple[int, int], value: float) -> int:
        what = Text("状态不变所容许的物价累计涨幅", "rise of prices over the span up to which the state holds")
        return self._fact(where, years, what, value * 100, "%", source="gdp")


def tell_one(
    pair: Pair, whole: Coupling, years: tuple[int, int], parts: Mapping[tuple[int, int], Coupling | None], constant: bool,
    remarks: Sequence[Text],
) -> Result:  # fmt: skip
    """One place: the span, then its periods."""
    where, (first, last) = pair.place, years
    zh, en = where.name.zh, article(where)
    draft = Draft(Text(f"{zh}{first}—{last}年碳排放与GDP的脱钩", f"Decoupling of CO2 from GDP, {en}, {first}-{last}"))
    facts = _Facts(draft, constant)
    state = STATES[whole.state]
    a, b, c = (f(where, years, whole) for f in (facts.emissions, facts.activity, facts.elasticity))
    draft.lead(
        f"{zh}{first}—{last}年为{state.zh}：二氧化碳排放{_moved(whole.emissions).zh}{{0:abs}}，{facts.gdp.zh}{_moved(whole.activity).zh}{{1:abs}}，"
        "脱钩弹性为{2}（范围一，CEADs）。",
        f"{en[:1].upper()}{en[1:]} shows {state.en} over {first}-{last}: CO2 emissions {_moved(whole.emissions).en} by {{0:abs}}, {facts.gdp.en} "
        f"{_moved(whole.activity).en} by {{1:abs}}, an elasticity of {{2}} (scope 1, CEADs).",
        a, b, c,
    )  # fmt: skip
    if not constant:
        _price_line(draft, facts, where, years, whole)
    for remark in remarks:
        draft.lead(remark.zh, remark.en)
    if parts:
        _periods(draft, facts, where, parts)
    _notes(draft, constant, where)
    if pair.left_out:
        names = joined([p.name for p in pair.left_out])
        draft.caveats.append(
            Text(f"{names.zh}没有清单，排放与GDP均不含{names.zh}。", f"{names.en} has no inventory: emissions and GDP are without it.")
        )  # fmt: skip
    draft.suggestions += [
        Text(f"{zh}{first}到{last}年碳排放的驱动因素是什么？", f"What drove the emissions of {where.name.en} {first}-{last}?"),
        Text(f"{first}到{last}年各省的脱钩状态", f"Decoupling states of all provinces {first}-{last}"),
    ]  # fmt: skip
    return draft.result()


def _moved(rate: float) -> Text:
    return Text("增长", "grew") if rate >= 0 else Text("下降", "fell")


def _price_line(draft: Draft, facts: _Facts, where: Place, years: tuple[int, int], whole: Coupling) -> None:
    """How far prices may have risen before the state would be another at constant prices."""
    (first, last), zh, en = years, where.name.zh, article(where)
    margin = price_margin(whole)
    if margin is not None:
        hole = facts.margin(where, years, margin)
        draft.lead(
            f"现价GDP含物价上涨，结论偏向脱钩：{zh}{first}—{last}年物价累计涨幅若达到{{0}}，按不变价即不再是弱脱钩。",
            f"GDP at current prices holds inflation, which favours decoupling: had prices in {en} risen by {{0}} over {first}-{last}, it "
            "would be no weak decoupling at constant prices.",
            hole,
        )
    elif whole.state is State.STRONG:
        hole = facts.margin(where, years, whole.activity)
        draft.lead(
            f"GDP为现价；只要{zh}{first}—{last}年物价累计涨幅低于{{0}}（即不变价GDP仍在增长），强脱钩不变。",
            f"GDP is at current prices; as long as prices in {en} rose by less than {{0}} over {first}-{last} (so that real GDP grew), strong "
            "decoupling stands.",
            hole,
        )
    else:
        draft.lead(
            "GDP为现价，结论偏向脱钩；按不变价GDP增幅更小，状态可能改变。",
            "GDP is at current prices, which favours decoupling; at constant prices it grew less and the state may differ.",
        )


def _periods(draft: Draft, facts: _Facts, where: Place, parts: Mapping[tuple[int, int], Coupling | None]) -> None:
    said = [
        Text(
            f"{a}—{b}年{STATES[c.state].zh if c else UNDEFINED.zh}",
            f"{a}-{b} {STATES[c.state].en if c else UNDEFINED.en}",
        )
        for (a, b), c in parts.items()
    ]
    if len(said) <= 5:
        line = joined(said)
        draft.lead(f"{where.name.zh}分时期：{line.zh}。", f"By period in {article(where)}: {line.en}.")
    rows: list[tuple[Cell, ...]] = []
    for (a, b), c in parts.items():
        name = Text(f"{a}—{b}年", f"{a}-{b}")
        if c is None:
            rows.append((name, None, None, None, UNDEFINED))
            continue
        made = (f(where, (a, b), c) for f in (facts.emissions, facts.activity, facts.elasticity))
        rows.append((name, *(Ref(fact=i) for i in made), _large(STATES[c.state])))
    title = Text(f"{where.name.zh}分时期脱钩状态", f"Decoupling by period, {article(where)}")
    shown = draft.table(Table(title=title, columns=_columns(facts, Text("时期", "Period")), rows=tuple(rows)))
    draft.section(Text("分时期", "By period"), tables=(shown,))
    points = [(Text(f"{a}—{b}", f"{a}-{b}"), c) for (a, b), c in parts.items() if c is not None]
    draft.chart(_scatter(facts, points, title, by_name=len(points) <= 6))


def _columns(facts: _Facts, head: Text) -> tuple[Column, ...]:
    return (
        Column(name=head), Column(name=Text("排放增幅", "CO2 growth"), unit="%"),
        Column(name=Text(f"{facts.gdp.zh}增幅", f"Growth of {facts.gdp.en}"), unit="%"),
        Column(name=Text("弹性", "Elasticity"), unit="1"), Column(name=Text("状态", "State")),
    )  # fmt: skip


def _large(name: Text) -> Text:
    return Text(name.zh, name.en[:1].upper() + name.en[1:])


def _scatter(facts: _Facts, points: Sequence[tuple[Text, Coupling]], title: Text, by_name: bool) -> Chart:
    """Growth against growth: one series per state, or per point where there are few."""
    x = tuple(c.activity * 100 for _, c in points)

    def column(chosen: set[int]) -> tuple[float | None, ...]:
        return tuple(c.emissions * 100 if i in chosen else None for i, (_, c) in enumerate(points))

    if by_name:
        series = [
            Series(name=Text(f"{n.zh}：{STATES[c.state].zh}", f"{n.en}: {STATES[c.state].en}"), y=column({i}))
            for i, (n, c) in enumerate(points)
        ]
    else:
        groups: dict[State, set[int]] = defaultdict(set)
        for i, (_, c) in enumerate(points):
            groups[c.state].add(i)
        series = [Series(name=_large(STATES[s]), y=column(groups[s])) for s in State if s in groups]
    spec = XY(
        x=x, series=tuple(series), unit="%",
        x_title=Text(f"{facts.gdp.zh}增幅（%）", f"Growth of {facts.gdp.en} (%)"), y_title=Text("排放增幅", "Growth of CO2"),
    )  # fmt: skip
    note = Text("弹性0.8与1.2为连结区间的界线", "elasticities of 0.8 and 1.2 bound the band of coupling")
    return Chart(kind="scatter", title=title, spec=spec, note=note)


def tell_all(
    found: Mapping[Place, Coupling | None], missing: Sequence[Place], years: tuple[int, int], constant: bool,
    remarks: Sequence[Text],
) -> Result:  # fmt: skip
    """All provinces: how many in which state, the list by elasticity, a map and a scatter."""
    first, last = years
    draft = Draft(Text(f"{first}—{last}年各省脱钩状态", f"Decoupling states of the provinces, {first}-{last}"))
    facts = _Facts(draft, constant)
    known = sorted(((p, c) for p, c in found.items() if c is not None), key=lambda item: item[1].elasticity)
    groups: dict[State, list[Place]] = defaultdict(list)
    for p, c in known:
        groups[c.state].append(p)
    line, said = Line(), []
    for state in (s for s in State if s in groups):
        label = Text(f"{first}—{last}年{STATES[state].zh}的省份数", f"provinces in {STATES[state].en}, {first}-{last}")
        hole = line(draft.fact(label, len(groups[state]), "count", year=last, basis=Basis.DERIVED, source="co2"))
        names = joined([p.name for p in groups[state][:MOST_NAMED]])
        more = ("等", " and others") if len(groups[state]) > MOST_NAMED else ("", "")
        said.append(
            Text(
                f"{STATES[state].zh}省份数为{hole}（{names.zh}{more[0]}）",
                f"{STATES[state].en}: {hole} ({names.en}{more[1]})",
            )
        )
    listed = Text("；".join(s.zh for s in said), "; ".join(s.en for s in said))
    draft.lead(
        f"{first}—{last}年各省碳排放与{facts.gdp.zh}的脱钩状态（弹性由低到高）：{listed.zh}。",
        f"States of CO2 against {facts.gdp.en} by province over {first}-{last} (lowest elasticity first): {listed.en}.",
        *line.facts,
    )
    if not constant:
        draft.lead(
            "GDP为现价，含物价上涨，结论偏向脱钩；接近界线的省份按不变价可能属于另一状态。",
            "GDP is at current prices and holds inflation, which favours decoupling; provinces near a bound may be in another state at "
            "constant prices.",
        )
    for remark in remarks:
        draft.lead(remark.zh, remark.en)
    rows: list[tuple[Cell, ...]] = []
    for p, c in known:
        made = (f(p, years, c) for f in (facts.emissions, facts.activity, facts.elasticity))
        rows.append((p.name, *(Ref(fact=i) for i in made), _large(STATES[c.state])))
    rows += [(p.name, None, None, None, UNDEFINED) for p, c in found.items() if c is None]
    rows += [(p.name, None, None, None, Text("无数据", "no data")) for p in missing]
    title = Text(f"{first}—{last}年各省脱钩弹性与状态", f"Decoupling elasticity and state by province, {first}-{last}")
    shown = draft.table(Table(title=title, columns=_columns(facts, Text("省份", "Province")), rows=tuple(rows)))
    draft.section(Text("各省", "By province"), tables=(shown,))
    tiles = TileMap(
        values={p.code: c.elasticity for p, c in known}, unit="1", value_title=Text("脱钩弹性", "Elasticity")
    )
    note = Text(
        "低于0为强脱钩，0—0.8弱脱钩，0.8—1.2连结（GDP增长时）",
        "below 0 strong, 0-0.8 weak decoupling, 0.8-1.2 coupling (where GDP grows)",
    )
    draft.chart(Chart(kind="tilemap", title=title, spec=tiles, note=note))
    draft.chart(
        _scatter(
            facts,
            [(p.name, c) for p, c in known],
            Text(f"{first}—{last}年各省排放与GDP增幅", f"Growth of CO2 and GDP by province, {first}-{last}"),
            False,
        )
    )
    _notes(draft, constant, None)
    if missing:
        names = joined([p.name for p in missing])
        draft.caveats.append(
            Text(f"{names.zh}没有清单，无数据（不等于零）。", f"{names.en} has no inventory: no data, not zero.")
        )
    return draft.result()


def _notes(draft: Draft, constant: bool, where: Place | None) -> None:
    draft.caveats.append(CONSTANT if constant else CURRENT)
    if where is not None and where.kind == "nation":
        draft.caveats.append(
            Text(
                "排放用全国清单，GDP为各省之和。",
                "Emissions are of the national inventory, GDP is the sum of the provinces.",
            )
        )
    draft.method.append(METHOD)
    for source in ("co2", "gdp"):
        if source not in draft.sources:
            draft.sources.append(source)
