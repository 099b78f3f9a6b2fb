"""How the results of a shock are told: sentences, tables by province and sector, a chart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from data.classification import place
from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.mrio import words
from tools.mrio.algebra import Array
from tools.mrio.algebra import top as largest
from tools.mrio.bounds import Bound, span
from tools.mrio.system import Scope, System
from tools.mrio.telling import Ref, Teller, add_ranked, note_of, table
from tools.paths.scenarios import Category, Shock, effects
from tools.paths.sure import at, bounds_of, leads, say_unranged, verdict
from tools.result import Account, Basis, Cell, Draft

if TYPE_CHECKING:
    from data.warehouse import Warehouse

MODEL = Text(
    "静态列昂惕夫数量模型：固定价格、投入系数不变、无替代、无产能限制，不含价格、收入和投资的反馈；是一次比较，不是预测。",
    "Static Leontief quantity model: fixed prices and input coefficients, no substitution, no capacity limits, no feedback of "
    "prices, incomes or investment; a comparison and no forecast.",
)
_KINDS: dict[Category, Text] = {
    "all": Text("最终使用（消费与固定资产投资）", "final use (consumption and fixed investment)"),
    "consumption": Text("最终消费", "final consumption"),
    "households": Text("居民消费", "household consumption"),
    "rural": Text("农村居民消费", "rural household consumption"),
    "urban": Text("城镇居民消费", "urban household consumption"),
    "government": Text("政府消费", "government consumption"),
    "investment": Text("固定资产投资", "fixed investment"),
    "exports": Text("出口", "exports"),
}
_METHODS = {
    "final_demand": Text(
        "最终需求冲击：Δx = L·Δy；Δy 为所选最终需求中国产品部分的变动，进口部分与居民直接燃烧不计。",
        "Final-demand shock: Δx = L Δy, with Δy the change of the domestically made part of the final demand chosen; its imports "
        "and direct fuel use of households are not counted.",
    ),
    "downstream": Text(
        "下游冲击：其他生产部门对该产品的直接消耗系数按百分比变动，本部门自用、最终使用和出口不变，x' = (I − A')⁻¹·y；买方省下的支出不另作他用。",
        "Downstream shock: the direct input coefficients of all other producing sectors for the product change by the percentage; "
        "the sector's use of itself, final use and exports stay, x' = (I - A')^-1 y; what buyers save is not spent elsewhere.",
    ),
    "output": Text(
        "产出冲击：混合内外生模型（Miller 与 Blair，第13章），该部门产出外生给定，其他部门的最终需求不变：Δx = L_·S·(L_SS)⁻¹·Δx_S；"
        "该部门少供的部分由其最终使用（含出口）吸收，买方不缺货。",
        "Output shock: mixed exogenous-endogenous model (Miller and Blair, ch. 13): the sector's output is given, final demand for "
        "all others stays: Δx = L_S (L_SS)^-1 Δx_S; what it delivers less is taken from its final use and exports, no buyer runs short.",
    ),
}  # fmt: skip
_NAMED = 3
_SECTORS = 4
_DRAWN = 10


def subject_of(shock: Shock, where: Text, name: Text | None) -> Text:
    """What changes, as a noun phrase inside a sentence."""
    if shock.of == "output" and name is not None:
        return Text(f"{where.zh}{name.zh}的产出", f"output of {name.en} in {where.en}")
    if shock.of == "downstream" and name is not None:
        return Text(
            f"下游（全国其他生产部门）单位产出对{where.zh}{name.zh}的用量",
            f"use of {name.en} from {where.en} by its downstream buyers (all other producing sectors, per unit of output)",
        )
    kind = _KINDS[shock.category]
    if shock.category == "exports":
        return Text(
            f"{where.zh}{name.zh if name else ''}的出口", f"exports{' of ' + name.en if name else ''} from {where.en}"
        )
    if name is None:
        return Text(f"{where.zh}的{kind.zh}", f"{kind.en} in {where.en}")
    return Text(f"{where.zh}对{name.zh}的{kind.zh}", f"{kind.en} of {name.en} in {where.en}")


@dataclass(frozen=True)
class Told:
    """One shock with its words: ``name`` of the sector in sentences, ``full`` as the table lists it; ``given`` whether the
    asker named the percentage."""

    scope: Scope
    shock: Shock
    what: Text
    name: Text | None
    full: Text | None
    given: bool

    @property
    def falls(self) -> bool:
        """Whether the shock is a fall (or none)."""
        return self.shock.share <= 0

    @property
    def verb(self) -> Text:
        """减少 / falls."""
        return Text("减少", "fall") if self.falls else Text("增加", "rise")

    def sized(self, system: System) -> Array:
        """Effects (3, n) as sizes in the direction of the shock."""
        found = effects(self.shock, system)
        return found if self.falls else -found

    @cached_property
    def effect(self) -> Array:
        """``sized`` of the scope's own system."""
        return self.sized(self.scope.system)

    def parts(self, system: System) -> Array:
        """Totals, those inside the place, by region, by sector, and output of the sectors named: 3, 3, 3R, 3 * 42, 1."""
        whole = self.sized(system).reshape(3, len(system.mrio.regions), -1)
        regions = whole.sum(2)
        pieces = [regions.sum(1), regions[:, list(self.scope.inside)].sum(1), regions.reshape(-1)]
        own = self.sized(system)[0][self.shock.own(system)].sum()
        return np.concatenate([*pieces, whole.sum(1).reshape(-1), [own]])

    def outside(self, system: System) -> Array:
        """CO2 by region (R,), none inside the place."""
        regions = self.sized(system)[2].reshape(len(system.mrio.regions), -1).sum(1)
        regions[list(self.scope.inside)] = 0.0
        return np.asarray(regions)

    def sectors(self, system: System) -> Array:
        """CO2 by sector (42,)."""
        return np.asarray(self.sized(system)[2].reshape(len(system.mrio.regions), -1).sum(0))


@dataclass(frozen=True)
class _Writer:
    """Facts of one shock."""

    told: Told
    draft: Draft
    bounds: list[Bound] | None
    values: Array

    @property
    def own(self) -> int:
        """Where the output of the sectors named stands in ``parts``."""
        return len(self.values) - 1

    def fact(self, row: int, index: int, label: Text) -> int:
        """An effect: ``row`` 0 output, 1 value added, 2 CO2; ``index`` in ``parts``; the label says of whom."""
        told, what = (
            self.told,
            (Text("产出", "output"), Text("增加值", "value added"), Text("二氧化碳排放", "CO2 emissions"))[row],
        )
        noun = Text("减少量", "fall in") if told.falls else Text("增加量", "rise in")
        value = float(self.values[index])
        where, year = told.scope.place.name, told.scope.system.mrio.year
        return self.draft.fact(
            Text(f"{label.zh}{what.zh}{noun.zh}（{told.what.zh}变动时，{year}年表）",
                 f"{noun.en} {what.en} {label.en} if {told.what.en} changes (table of {year})"),
            value, "Mt CO2" if row == 2 else "100M yuan", region=where.en, sector=None if told.full is None else told.full.en, year=year,
            account=Account.SCOPE1 if row == 2 else None, basis=Basis.PROJECTED,
            scenario=f"{told.what.en} {told.shock.share * 100:+g} %",
            source=told.scope.system.mrio.source, **span(at(self.bounds, index), value),
        )  # fmt: skip


def tell_shock(told: Told, warehouse: Warehouse, count: int) -> Draft:
    """The whole answer but for its caveats on model and table."""
    scope, year = told.scope, told.scope.system.mrio.year
    by = Text(f"{abs(told.shock.share) * 100:g}%", f"{abs(told.shock.share) * 100:g} %")
    title = Text(
        f"{told.what.zh}{told.verb.zh}{by.zh}的影响，{year}年",
        f"Effect of a {by.en} {told.verb.en} of {told.what.en}, {year}",
    )
    draft = Draft(title)
    bounds = bounds_of(warehouse, scope, told.parts)
    write = _Writer(told, draft, bounds, told.parts(scope.system))
    known = len(scope.missing) < len(scope.inside)
    _whole(write)
    tables = []
    if scope.outside:
        _inside(write, known)
        tables.append(_provinces(write, warehouse, count))
    tables.append(_by_sector(write, warehouse, count))
    draft.chart(_chart(told))
    draft.section(Text("分省与分行业影响", "By province and sector"), tables=tuple(tables), folded=True)
    say_unranged(draft, scope, bounds)
    if bounds is not None:
        draft.caveats.append(words.ROBUST)
    draft.method.append(_METHODS[told.shock.of])
    Teller(draft, scope).use("mrio_use", "mrio_sector", "co2_42")
    _suggest(told, draft)
    return draft


def _whole(write: _Writer) -> None:
    """The shock and its effect in the country."""
    told, draft, year = write.told, write.draft, write.told.scope.system.mrio.year
    where = told.scope.place.name
    source = told.scope.system.mrio.source
    noun = Text("减少幅度", "fall") if told.falls else Text("增加幅度", "rise")
    asked = draft.fact(
        Text(f"设定的{told.what.zh}{noun.zh}", f"assumed {noun.en} of {told.what.en}"), abs(told.shock.share) * 100, "%",
        region=where.en, basis=Basis.USER if told.given else Basis.ASSUMPTION, source=source,
    )  # fmt: skip
    base = Teller(draft, told.scope).fact(
        Text(f"{told.what.zh}的基数", f"amount that changes: {told.what.en}"), told.shock.base(told.scope.system), "100M yuan",
        sector=told.full,
    )  # fmt: skip
    label = Text("全国", "in the country")
    facts = [write.fact(row, row, label) for row in range(3)]
    zh, en = told.verb.zh, "fell" if told.falls else "rose"
    guess = Teller(draft, told.scope).guess
    draft.lead(
        f"若{told.what.zh}{zh}{{0}}（{year}年基数{{1}}），全国产出将{zh}{{2}}，增加值{zh}{{3}}，二氧化碳排放{zh}{{4:range}}{guess[0]}。",
        f"If {told.what.en} {en} by {{0}} ({{1}} in {year}), output in China would {told.verb.en} by {{2}}, value added by {{3}} "
        f"and CO2 emissions by {{4:range}}{guess[1]}.",
        asked, base, *facts,
    )  # fmt: skip


def _inside(write: _Writer, known: bool) -> None:
    """What falls inside the place and outside it, and in the sector whose products are used less."""
    told, draft, verb = write.told, write.draft, write.told.verb
    zh, en = told.scope.place.name.zh, words.article(told.scope.place)
    label = Text(f"{zh}境内", f"inside {en}")
    facts = [write.fact(row, 3 + row, label) for row in range(3 if known else 2)]
    said_zh = f"其中{zh}境内产出{verb.zh}{{0}}，增加值{verb.zh}{{1}}"
    said_en = f"Inside {en} output would {verb.en} by {{0}}, value added by {{1}}"
    if known:
        said_zh, said_en = f"{said_zh}，二氧化碳排放{verb.zh}{{2:range}}", f"{said_en} and CO2 emissions by {{2:range}}"
    if told.shock.of == "downstream" and told.name is not None:
        n = len(facts)
        facts.append(write.fact(0, write.own, Text(f"{zh}{told.name.zh}", f"of {told.name.en} in {en}")))
        said_zh += f"（{told.name.zh}自身产出{verb.zh}{{{n}}}）"
        said_en += f" (output of its {told.name.en} by {{{n}}})"
    draft.lead(f"{said_zh}，其余发生在外省。", f"{said_en}; the rest falls on other provinces.", *facts)


def _provinces(write: _Writer, warehouse: Warehouse, count: int) -> int:
    """The provinces outside that change most: a sentence on the robust ones; all of the largest in a table."""
    told, draft, scope = write.told, write.draft, write.told.scope
    regions = scope.system.mrio.regions
    r, missing = len(regions), set(scope.system.emissions.missing)
    stays = bounds_of(warehouse, scope, told.outside, top=count)
    carbon = told.outside(scope.system)
    rows: list[list[Cell]] = []
    named: list[tuple[Text, int]] = []
    inside = [k for k in largest(write.values[6 + 2 * r : 6 + 3 * r], r) if k in scope.inside]
    for k in [*inside[: count // 2], *largest(carbon, count)]:
        name = place(regions[k]).name
        facts = [write.fact(row, 6 + row * r + k, name_label(name)) for row in range(3)]
        cells: list[Cell] = [name, *(Ref(fact=f) for f in facts)]
        if regions[k] in missing:
            cells[-1] = None
        mark = Text("本地", "the place itself") if k in scope.inside else verdict(at(stays, k))
        rows.append([*cells, mark] if stays is not None else cells)
        if k not in scope.inside and leads(at(stays, k)):
            named.append((name, facts[2]))
    verb = told.verb
    some = named[:_NAMED]
    add_ranked(draft, f"外省二氧化碳排放{verb.zh}最多的是<list>。", f"Among other provinces CO2 emissions would {verb.en} most in <list>.",
               [n for n, _ in some], [f for _, f in some])  # fmt: skip
    head = _head(Text("省份", "Province"), verb)
    if stays is not None:
        head.append((Text("变体检验", "Over variants"), None))
    title = Text(f"{told.what.zh}{verb.zh}：分省影响", f"By province: {verb.en} of {told.what.en}")
    return draft.table(table(title, head, rows))


def name_label(name: Text) -> Text:
    """A province or sector as the end of a label: 河北 / in Hebei."""
    return Text(name.zh, f"in {words.in_sentence(name).en}" if name.en[:1].islower() else f"in {name.en}")


def _head(first: Text, verb: Text) -> list[tuple[Text, str | None]]:
    noun = "Fall" if verb.en == "fall" else "Rise"
    return [
        (first, None), (Text(f"产出{verb.zh}", f"{noun} in output"), "100M yuan"),
        (Text(f"增加值{verb.zh}", f"{noun} in value added"), "100M yuan"),
        (Text(f"二氧化碳{verb.zh}", f"{noun} in CO2"), "Mt CO2"),
    ]  # fmt: skip


def _by_sector(write: _Writer, warehouse: Warehouse, count: int) -> int:
    """The sectors that change most, all provinces together."""
    told, draft, scope = write.told, write.draft, write.told.scope
    r, s = len(scope.system.mrio.regions), len(scope.system.mrio.sectors)
    carbon = told.sectors(scope.system)
    stays = bounds_of(warehouse, scope, told.sectors, top=count)
    rows: list[list[Cell]] = []
    named: list[tuple[Text, int]] = []
    for k in largest(carbon, count):
        name = words.sector_name(k + 1)
        label = Text(f"全国{name.zh}", f"in {words.in_sentence(name).en} of all provinces")
        facts = [write.fact(row, 6 + 3 * r + row * s + k, label) for row in range(3)]
        rows.append([name, *(Ref(fact=f) for f in facts)])
        if leads(at(stays, k)):
            named.append((words.short(k + 1), facts[2]))
    verb = told.verb
    some = named[:_SECTORS]
    add_ranked(draft, f"按行业看，二氧化碳排放{verb.zh}最多的是<list>。", f"By sector, CO2 emissions would {verb.en} most in <list>.",
               [n for n, _ in some], [f for _, f in some])  # fmt: skip
    title = Text(
        f"{told.what.zh}{verb.zh}：分行业影响（全国）", f"By sector, all provinces: {verb.en} of {told.what.en}"
    )
    return draft.table(table(title, _head(Text("行业", "Sector"), verb), rows))


def _chart(told: Told) -> Chart:
    """CO2 by sector, inside the place and outside."""
    scope, verb = told.scope, told.verb
    whole = told.effect[2].reshape(len(scope.system.mrio.regions), -1)
    inside = whole[list(scope.inside)].sum(0)
    order = largest(whole.sum(0), _DRAWN)
    series = [Series(name=scope.place.name, y=tuple(float(inside[k]) for k in order))]
    if scope.outside:
        rest = whole.sum(0) - inside
        series.append(Series(name=Text("外省", "Other provinces"), y=tuple(float(rest[k]) for k in order)))
    noun = Text(f"二氧化碳排放{verb.zh}", f"{verb.en.capitalize()} in CO2 emissions")
    return Chart(
        kind="bar",
        title=Text(f"{told.what.zh}{verb.zh}{abs(told.shock.share) * 100:g}%：各行业{noun.zh}",
                   f"{told.what.en[:1].upper()}{told.what.en[1:]}, {told.shock.share * 100:+g} %: {noun.en.lower().replace('co2', 'CO2')} by sector"),
        spec=XY(x=tuple(words.short(k + 1) for k in order), series=tuple(series), unit="Mt CO2", y_title=noun,
                stacked=True, horizontal=True),
        note=note_of(scope.system),
    )  # fmt: skip


def _suggest(told: Told, draft: Draft) -> None:
    """What may be asked next: twice the shock, and the other kind of it."""
    where, name = told.scope.place.name, told.name
    twice = min(abs(told.shock.share) * 200, 100) or 10
    verb = told.verb
    draft.suggestions.append(
        Text(f"若{verb.zh}{twice:g}%呢？", f"And if it {'fell' if told.falls else 'rose'} by {twice:g} %?")
    )
    if name is not None:
        draft.suggestions.append(
            Text(f"{where.zh}{name.zh}的下游主要有哪些？", f"Main downstream partners of {name.en} in {where.en}?")
        )
