"""The facts, tables and charts of an LMDI decomposition."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from data.classification import Sector
from data.text import Text
from tools.change.identities import Driven, Factor
from tools.change.panel import Panel, Split
from tools.charts.specs import XY, Chart, Series
from tools.figures.words import article, raised
from tools.result import Account, Basis, Cell, Column, Draft, Ref, Table


@dataclass
class Teller:
    """One answer over a decomposition: what it is called and the facts made so far, each made once."""

    driven: Driven
    panel: Panel
    sector: Sector | None
    draft: Draft
    known: dict[tuple[str, int, int, int], int] = field(default_factory=dict)

    @property
    def ends(self) -> tuple[int, int]:
        return self.driven.years[0], self.driven.years[-1]

    @property
    def zh(self) -> str:
        return self.panel.place.name.zh + (self.sector.name.zh if self.sector else "")

    @property
    def en(self) -> str:
        where = article(self.panel.place)
        return f"{where}, {self.sector.short.en}," if self.sector else where

    def name(self, factor: Factor) -> Text:
        return factor.name(self.driven.deflated)

    def fact(self, label: Text, value: float, unit: str = "Mt CO2", year: int | None = None, **rest: Any) -> int:
        shared: dict[str, Any] = {
            "region": self.panel.place.name.en, "sector": self.sector.name.en if self.sector else None,
            "year": year or self.ends[1], "account": Account.SCOPE1, "source": "co2", "basis": Basis.DERIVED,
        }  # fmt: skip
        return self.draft.fact(label, value, unit, **{**shared, **rest})

    def term(self, factor: int, value: float, first: int, last: int, part: int = -1) -> int:
        """A term over some years, made once; ``part`` an index of the parts, -1 for all."""
        key = ("term", factor * 1000 + part, first, last)
        if key not in self.known:
            name = self.name(self.driven.factors[factor])
            of = self.driven.parts[part].name if part >= 0 else None
            zh = f"{self.zh}{first}—{last}年排放变化：{name.zh}" + (f"（{of.zh}）" if of else "")
            en = f"{self.panel.place.name.en} {first}-{last}, change of CO2 by {name.en}" + (
                f" ({of.en})" if of else ""
            )
            self.known[key] = self.fact(Text(zh, en), value, year=last)
        return self.known[key]

    def level(self, year: int) -> int:
        key = ("level", 0, year, year)
        if key not in self.known:
            value = float(self.driven.levels[self.driven.years.index(year)])
            label = Text(f"{self.zh}{year}年二氧化碳排放", f"{self.panel.place.name.en} {year}: CO2 emissions")
            basis = Basis.OBSERVED if len(self.panel.held) <= 1 and self.sector is None else Basis.DERIVED
            self.known[key] = self.fact(label, value, year=year, basis=basis)
        return self.known[key]

    def change(self, first: int, last: int) -> int:
        key = ("change", 0, first, last)
        if key not in self.known:
            a, b = (float(self.driven.levels[self.driven.years.index(y)]) for y in (first, last))
            label = Text(
                f"{self.zh}{first}—{last}年二氧化碳排放变化",
                f"{self.panel.place.name.en} {first}-{last}: change of CO2",
            )
            self.known[key] = self.fact(label, b - a, year=last)
        return self.known[key]


def split_index(d: Driven) -> int:
    """The factor whose parts are told: the last that differs by part."""
    return max(i for i, f in enumerate(d.factors) if f.parted)


def table(t: Teller) -> int:
    """The drivers over the whole span; returns the table's index."""
    first, last = t.ends
    rows: list[tuple[Cell, ...]] = []
    start = float(t.driven.levels[0])
    for i, factor in enumerate(t.driven.factors):
        value = float(t.driven.totals[i])
        rows.append(
            (capital(t.name(factor)), Ref(fact=t.term(i, value, first, last)), _percent(t, factor, value, start))
        )
    rows.append((Text("合计（排放变化）", "Sum (change of emissions)"), Ref(fact=t.change(first, last)), None))
    columns = (
        Column(name=Text("因素", "Driver")),
        Column(name=Text("对排放变化的贡献", "Contribution to the change"), unit="Mt CO2"),
        Column(name=Text(f"占{first}年排放", f"Share of {first} emissions"), unit="%"),
    )
    title = Text(
        f"{t.zh}{first}—{last}年排放变化的驱动因素", f"Drivers of CO2, {article(t.panel.place)}, {first}-{last}"
    )
    return t.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def _percent(t: Teller, factor: Factor, value: float, start: float) -> Cell:
    if start <= 0:
        return None
    first, last = t.ends
    name = t.name(factor)
    label = Text(
        f"{t.zh}{first}—{last}年{name.zh}的贡献占{first}年排放",
        f"{t.panel.place.name.en} {first}-{last}: {name.en}, of {first} emissions",
    )
    return Ref(fact=t.fact(label, value / start * 100, "%"))  # fmt: skip


def capital(name: Text) -> Text:
    """A name as it opens a line."""
    return Text(name.zh, raised(name.en))


def periods_of(years: tuple[int, ...]) -> list[tuple[int, int]]:
    """Five-year plans within annual steps: cut at 2005, 2010, 2015."""
    if len(years) < 3:
        return []
    cuts = [years[0], *[y for y in years[1:-1] if y % 5 == 0], years[-1]]
    return list(pairwise(cuts))


def steps_of(years: tuple[int, ...]) -> list[tuple[int, int]]:
    """The years pairwise."""
    return list(pairwise(years))


def period_table(t: Teller, periods: list[tuple[int, int]]) -> int:
    """The drivers by period; returns the table's index."""
    rows: list[tuple[Cell, ...]] = []
    for a, b in periods:
        values = t.driven.between(a, b)
        terms = [Ref(fact=t.term(i, float(v), a, b)) for i, v in enumerate(values)]
        rows.append((Text(f"{a}—{b}年", f"{a}-{b}"), Ref(fact=t.change(a, b)), *terms))
    columns = [Column(name=Text("时期", "Period")), Column(name=Text("排放变化", "Change of CO2"), unit="Mt CO2")]
    columns += [Column(name=capital(t.name(f)), unit="Mt CO2") for f in t.driven.factors]
    title = Text(
        f"{t.zh}分时期的驱动因素（逐年链式加总）", f"Drivers by period, {article(t.panel.place)} (annual chain)"
    )
    return t.draft.table(Table(title=title, columns=tuple(columns), rows=tuple(rows)))


def part_table(t: Teller, split: Split) -> int:
    """The carbon term by fuel or sector; returns the table's index."""
    first, last = t.ends
    index = split_index(t.driven)
    values, change = t.driven.by_part(index), t.driven.terms.sum((0, 1))
    order = sorted(range(len(values)), key=lambda k: -abs(float(change[k])))[:20]
    rows: list[tuple[Cell, ...]] = []
    for k in order:
        name = t.driven.parts[k].name
        label = Text(
            f"{t.zh}{first}—{last}年{name.zh}排放变化",
            f"{t.panel.place.name.en} {first}-{last}: change of CO2, {name.en}",
        )
        moved = t.fact(label, float(change[k]))
        rows.append((capital(name), Ref(fact=moved), Ref(fact=t.term(index, float(values[k]), first, last, k))))
    what = t.name(t.driven.factors[index])
    columns = (
        Column(name=Text("燃料", "Fuel") if split == "fuel" else Text("部门", "Sector")),
        Column(name=Text("排放变化", "Change of CO2"), unit="Mt CO2"),
        Column(name=Text(f"其中：{what.zh}", f"Of it: {what.en}"), unit="Mt CO2"),
    )
    title = Text(
        f"{t.zh}{first}—{last}年“{what.zh}”的构成",
        f"{raised(what.en)} by part, {article(t.panel.place)}, {first}-{last}",
    )
    return t.draft.table(Table(title=title, columns=columns, rows=tuple(rows), total_rows=len(values)))


def waterfall(t: Teller) -> None:
    """From the first year's emissions over the drivers to the last year's."""
    first, last = t.ends
    totals = t.driven.totals
    order = sorted(range(len(totals)), key=lambda i: -float(totals[i]))
    names = [Text(f"{first}年排放", f"{first} emissions"), *[capital(t.name(t.driven.factors[i])) for i in order],
             Text(f"{last}年排放", f"{last} emissions")]  # fmt: skip
    running, bases = float(t.driven.levels[0]), []
    for i in order:
        bases.append(running)
        running += float(totals[i])
    gap = (None,)

    def column(sign: int) -> tuple[float | None, ...]:
        return tuple(float(totals[i]) if totals[i] * sign > 0 else None for i in order)

    start = (0.0, *bases, 0.0)
    whole = (float(t.driven.levels[0]), *(None,) * len(order), float(t.driven.levels[-1]))
    spec = XY(
        x=tuple(names),
        series=(
            Series(name=Text("排放量", "Emissions"), y=whole, base=(0.0,) * len(names)),
            Series(name=Text("推高", "Raises"), y=(*gap, *column(1), *gap), base=start),
            Series(name=Text("压低", "Lowers"), y=(*gap, *column(-1), *gap), base=start),
        ),
        unit="Mt CO2", y_title=Text("二氧化碳排放", "CO2 emissions"), horizontal=True,
    )  # fmt: skip
    title = Text(
        f"{t.zh}{first}—{last}年排放变化分解", f"Change of CO2 decomposed, {article(t.panel.place)}, {first}-{last}"
    )
    t.draft.chart(Chart(kind="bar", title=title, spec=spec))


def stacked(t: Teller, periods: list[tuple[int, int]]) -> None:
    """The drivers of each period, stacked."""
    values = np.array([t.driven.between(a, b) for a, b in periods])
    annual = all(b - a == 1 for a, b in periods)
    names = tuple(Text(str(b), str(b)) if annual else Text(f"{a}—{b}", f"{a}-{b}") for a, b in periods)
    series = tuple(
        Series(name=capital(t.name(f)), y=tuple(float(v) for v in values[:, i])) for i, f in enumerate(t.driven.factors)
    )
    spec = XY(
        x=names,
        series=series,
        unit="Mt CO2",
        stacked=True,
        y_title=Text("对排放变化的贡献", "Contribution to the change"),
    )
    by = Text("逐年", "by year") if annual else Text("分时期", "by period")
    title = Text(f"{t.zh}排放变化的驱动因素（{by.zh}）", f"Drivers of CO2 {by.en}, {article(t.panel.place)}")
    t.draft.chart(Chart(kind="bar", title=title, spec=spec))
