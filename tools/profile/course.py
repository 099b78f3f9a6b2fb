"""What moved a province's emissions: LMDI drivers since GDP and population are known, and decoupling from GDP, by period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.classification import Place
from data.text import Text, joined
from tools.change.decoupling_tell import STATES
from tools.change.drivers_show import Teller, period_table, periods_of
from tools.change.drivers_tell import ACCOUNTING, ENERGY_BREAK, PRICES
from tools.change.identities import FORMULAS, Kind, decompose
from tools.change.panel import Panel, load_panel, parts_of
from tools.change.tapio import Coupling, coupling
from tools.figures.work import Line
from tools.result import Account, Basis, Cell, Column, Draft, Ref, Sentence, Table, sentence

if TYPE_CHECKING:
    from data.warehouse import Warehouse

NAMED = 3  # drivers told in the sentence; the table has all


def tell_course(draft: Draft, warehouse: Warehouse, where: Place) -> None:
    """The section: drivers over the whole span in a sentence and by period in a table; elasticity and state likewise."""
    panel = load_panel(warehouse, where)
    kind: Kind = "energy" if len(panel.years(True)) > 1 else "kaya"
    years = panel.years(kind == "energy")
    if len(years) < 2:
        return
    teller = Teller(decompose(panel, kind, parts_of("none", None), years), panel, None, draft)
    periods = periods_of(years)
    said = [_drivers(teller)]
    tables = [period_table(teller, periods)] if len(periods) > 1 else []
    told = _decoupling(teller, panel, [(years[0], years[-1]), *periods])
    if told is not None:
        said.append(told[0])
        tables.append(told[1])
    draft.section(
        Text("变化：驱动因素与脱钩", "Change: drivers and decoupling"), said, tables=tuple(tables), folded=True
    )
    draft.caveats += [PRICES, *([ENERGY_BREAK] if kind == "energy" else []), ACCOUNTING]
    draft.method.append(FORMULAS[kind])
    draft.sources += [s for s in ("gdp", "population", "energy_consumption") if s not in draft.sources]


def _drivers(teller: Teller) -> Sentence:
    """The change over the whole span and the drivers that moved it most, signed."""
    first, last = teller.ends
    totals, line = teller.driven.totals, Line()
    move = line(teller.change(first, last), ":abs")
    parts = []
    for i in [int(k) for k in np.argsort(-np.abs(totals), kind="stable")][:NAMED]:
        hole, name = line(teller.term(i, float(totals[i]), first, last)), teller.name(teller.driven.factors[i])
        parts.append(Text(f"{name.zh}为{hole}", f"{name.en} {hole}"))
    listed = joined(parts)
    up = teller.driven.change >= 0
    return sentence(
        f"{first}—{last}年排放{'增加' if up else '减少'}{move}；贡献最大的因素（LMDI，正为推高，负为压低）：{listed.zh}。",
        f"Over {first}-{last} emissions {'rose' if up else 'fell'} by {move}; the largest contributions (LMDI, signed): {listed.en}.",
        *line.facts,
    )


def _decoupling(teller: Teller, panel: Panel, spans: list[tuple[int, int]]) -> tuple[Sentence, int] | None:
    """Elasticity and state of the whole span, and the table by period; None where GDP hardly changed over the whole."""
    levels = dict(zip(teller.driven.years, teller.driven.levels, strict=True))
    found: dict[tuple[int, int], Coupling] = {}
    for a, b in dict.fromkeys(spans):
        try:
            found[a, b] = coupling(float(levels[a]), float(levels[b]), panel.gdp[a], panel.gdp[b])
        except ValueError:  # GDP hardly changed: the elasticity is not defined
            continue
    whole = found.get(spans[0])
    if whole is None:
        return None
    facts = {span: _elasticity(teller, span, c) for span, c in found.items()}
    rows: list[tuple[Cell, ...]] = [
        (Text(f"{a}—{b}年", f"{a}-{b}"), Ref(fact=facts[a, b]), STATES[c.state]) for (a, b), c in found.items()
    ]
    columns = (
        Column(name=Text("时期", "Period")), Column(name=Text("脱钩弹性（对现价GDP）", "Elasticity to GDP, current prices"), unit="1"),
        Column(name=Text("状态", "State")),
    )  # fmt: skip
    name, (first, last) = panel.place.name, spans[0]
    title = Text(f"{name.zh}碳排放与GDP的脱钩（Tapio）", f"{name.en}: decoupling of CO2 from GDP (Tapio)")
    table = teller.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))
    state = STATES[whole.state]
    return sentence(
        f"{name.zh}{first}—{last}年碳排放与GDP的关系为{state.zh}，弹性为{{0}}（GDP为现价）。",
        f"{name.en} shows {state.en} of CO2 from GDP over {first}-{last}, with an elasticity of {{0}} (GDP at current prices).",
        facts[spans[0]],
    ), table


def _elasticity(teller: Teller, span: tuple[int, int], found: Coupling) -> int:
    first, last = span
    name = teller.panel.place.name
    label = Text(
        f"{name.zh}{first}—{last}年脱钩弹性（Tapio，现价GDP）",
        f"{name.en} {first}-{last}: decoupling elasticity (Tapio, GDP at current prices)",
    )
    return teller.draft.fact(
        label,
        found.elasticity,
        "1",
        region=name.en,
        year=last,
        account=Account.SCOPE1,
        basis=Basis.DERIVED,
        source="co2",
    )


__all__ = ["tell_course"]
