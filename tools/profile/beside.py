"""Two provinces beside each other today: level, per head, per GDP, and the sectors in which they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.classification import INVENTORY_SECTORS, Place, Sector
from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.figures.gaps import no_place
from tools.figures.series import Reader, Slice
from tools.figures.words import lowered
from tools.figures.work import Line
from tools.measures import MEASURES
from tools.profile.baseline import PER, Baseline
from tools.result import Account, Basis, Cell, Column, Draft, Ref, Table

if TYPE_CHECKING:
    from data.warehouse import Warehouse

NAMED, SHOWN = 3, 12
_TIMES = 2.0  # ratio from which a multiple reads better than per cent


@dataclass(frozen=True, slots=True)
class Gap:
    """A sector's emissions in both provinces, Mt."""

    part: Sector
    own: float
    other: float

    @property
    def difference(self) -> float:
        """Own less the other's."""
        return self.own - self.other


def gaps(warehouse: Warehouse, where: Place, other: Place, year: int) -> list[Gap]:
    """Every sector of the inventory, the largest difference first; they add up to the difference of the totals."""
    reader = Reader(warehouse, MEASURES["co2"])

    def values(place: Place) -> list[float]:
        found = reader.series([Slice(place, s) for s in INVENTORY_SECTORS])
        return [r.values[year].value if year in r.values else 0.0 for r in found]

    pairs = zip(INVENTORY_SECTORS, values(where), values(other), strict=True)
    return sorted((Gap(s, a, b) for s, a, b in pairs if a or b), key=lambda g: -abs(g.difference))


@dataclass(slots=True)
class Beside:
    """One province beside another, in the latest year that both inventories have."""

    warehouse: Warehouse
    where: Place
    other: Place
    draft: Draft

    def tell(self) -> None:
        """Lead, tables of level and of sectors, chart of the differences."""
        bases = [Baseline(self.warehouse, p, self.draft) for p in (self.where, self.other)]
        years = set(bases[0].co2[self.where]) & set(bases[1].co2[self.other])
        if not years:
            raise no_place(MEASURES["co2"], self.other)
        year = max(years)
        rows = [self._measure(bases, year, per) for per in (None, "head", "gdp")]
        found = gaps(self.warehouse, self.where, self.other, year)
        self._sectors_said(found, year)
        columns = (Column(name=Text("指标", "Indicator")), *(Column(name=p.name) for p in (self.where, self.other)),
                   Column(name=Text("之差", "Difference")))  # fmt: skip
        title = Text(f"{self.where.name.zh}与{self.other.name.zh}：水平与强度，{year}年",
                     f"{self.where.name.en} and {self.other.name.en}: level and intensity, {year}")  # fmt: skip
        level = self.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))
        sectors, chart = self._sectors_shown(found, year)
        self.draft.section(Text("水平与强度", "Level and intensity"), tables=(level,))
        self.draft.section(Text("分行业之差", "Difference by sector"), tables=(sectors,), charts=(chart,))
        self.draft.caveats.append(
            Text("两省相比只说明构成上的差别，不是原因；范围一只计在本省燃烧的燃料，外来电不在其中。",
                 "The comparison shows what differs in make-up, not why; scope 1 holds fuels burnt in the province and no power from outside.")
        )  # fmt: skip
        self.draft.method.append(
            Text("各行业之差相加等于总量之差；强度 = 排放 ÷ 地区生产总值（现价）",
                 "differences by sector add up to that of the totals; intensity = emissions / GDP at current prices")
        )  # fmt: skip

    def _fact(self, place: Place, zh: str, en: str, value: float, unit: str, year: int, part: Sector | None = None,
              basis: Basis = Basis.DERIVED) -> int:  # fmt: skip
        return self.draft.fact(
            Text(f"{place.name.zh}{year}年{zh}", f"{place.name.en} {year}: {en}"), value, unit, region=place.name.en, year=year,
            sector=part.name.en if part else None, account=Account.SCOPE1, basis=basis, source="co2",
        )  # fmt: skip

    def _measure(self, bases: list[Baseline], year: int, per: str | None) -> tuple[Cell, ...]:
        """One line of the lead and of the table: both values and the difference."""
        zh, en, unit = "二氧化碳排放", "CO2 emissions", "Mt CO2"
        values = [b.co2[b.where][year].value for b in bases]
        if per is not None:
            table, name, unit, size = PER[per]
            under = [b.below[per].get(b.where, {}).get(year) for b in bases]
            zh, en = name.zh, name.en
            values = [v / u.value * size for v, u in zip(values, under, strict=True) if u is not None and u.value > 0]
            if len(values) < 2:
                return (name, Text("无数据", "no data"), Text("无数据", "no data"), Text("—", "—"))
            self.draft.sources += [s for s in (table,) if s not in self.draft.sources]
        basis = Basis.OBSERVED if per is None else Basis.DERIVED
        facts = [
            self._fact(p, zh, en, v, unit, year, basis=basis)
            for p, v in zip((self.where, self.other), values, strict=True)
        ]
        gap = self._fact(self.where, f"{zh}与{self.other.name.zh}之差", f"{en}, difference to {self.other.name.en}", values[0] - values[1],
                         unit, year)  # fmt: skip
        line = Line()
        a, b, c = line(facts[0]), line(facts[1]), line(gap, ":abs")
        more = values[0] >= values[1]
        ratio = self._ratio(values, more, (zh, en), year, line)
        self.draft.lead(
            f"{year}年{zh}：{self.where.name.zh}{a}，{self.other.name.zh}{b}，{self.where.name.zh}{'高' if more else '低'}{c}{ratio.zh}。",
            f"{en}, {year}: {self.where.name.en} {a}, {self.other.name.en} {b}; {self.where.name.en} is {c} {'higher' if more else 'lower'}"
            f"{ratio.en}.",
            *line.facts,
        )
        return (Text(zh, en), *(Ref(fact=f) for f in facts), Ref(fact=gap))

    def _ratio(self, values: list[float], more: bool, of: tuple[str, str], year: int, line: Line) -> Text:
        """How the two stand to each other, as words with a hole: a multiple from twice as much on, else per cent."""
        high, low = max(values), min(values)
        if low <= 0:
            return Text("", "")
        if high / low >= _TIMES:
            times = self._fact(
                self.where if more else self.other, f"{of[0]}的倍数", f"{of[1]}, ratio", high / low, "times", year
            )
            n = line(times)
            return (
                Text(f"，是后者的{n}", f", {n} as much")
                if more
                else Text(f"，{self.other.name.zh}是其{n}", f"; {self.other.name.en} has {n} as much")
            )
        percent = 100 * (values[0] / values[1] - 1)
        apart = self._fact(self.where, f"{of[0]}相差幅度", f"{of[1]}, difference in per cent", percent, "%", year)
        n = line(apart, ":abs")
        return Text(f"，{'高' if more else '低'}{n}", f", {n} {'higher' if more else 'lower'}")

    def _sectors_said(self, found: list[Gap], year: int) -> None:
        """Where it is higher, and where lower, by the sectors that differ most."""
        for sign, zh, en in ((1, "高", "higher"), (-1, "低", "lower")):
            named = [g for g in found if g.difference * sign > 0][:NAMED]
            if not named:
                continue
            line = Line()
            holes = [line(self._gap_fact(g, year), ":abs") for g in named]
            said_zh = "、".join(f"{g.part.name.zh}{zh}{h}" for g, h in zip(named, holes, strict=True))
            said_en = ", ".join(f"{h} {en} in {lowered(g.part.name.en)}" for g, h in zip(named, holes, strict=True))
            self.draft.lead(
                f"与{self.other.name.zh}相比，{self.where.name.zh}的排放主要{zh}在：{said_zh}。",
                f"Beside {self.other.name.en}, {self.where.name.en} is {said_en}.",
                *line.facts,
            )

    def _gap_fact(self, gap: Gap, year: int) -> int:
        name = gap.part.name
        return self._fact(
            self.where, f"{name.zh}排放与{self.other.name.zh}之差", f"{lowered(name.en)}, difference to {self.other.name.en}",
            gap.difference, "Mt CO2", year, gap.part,
        )  # fmt: skip

    def _sectors_shown(self, found: list[Gap], year: int) -> tuple[int, int]:
        """Sectors with the largest differences: both emissions, both shares, the difference; as table and chart."""
        totals = sum(g.own for g in found), sum(g.other for g in found)
        rows: list[tuple[Cell, ...]] = []
        for g in found[:SHOWN]:
            name = g.part.name
            cells: list[Cell] = [name]
            for place, value, total in ((self.where, g.own, totals[0]), (self.other, g.other, totals[1])):
                cells += [
                    Ref(fact=self._fact(place, f"{name.zh}排放", f"CO2 of {lowered(name.en)}", value, "Mt CO2", year, g.part, Basis.OBSERVED)),
                    Ref(fact=self._fact(place, f"{name.zh}占比", f"share of {lowered(name.en)}", 100 * value / total, "%", year, g.part)),
                ]  # fmt: skip
            rows.append((*cells, Ref(fact=self._gap_fact(g, year))))
        a, b = self.where.name, self.other.name
        columns = (
            Column(name=Text("行业", "Sector")),
            Column(name=a, unit="Mt CO2"), Column(name=Text(f"占{a.zh}", f"of {a.en}"), unit="%"),
            Column(name=b, unit="Mt CO2"), Column(name=Text(f"占{b.zh}", f"of {b.en}"), unit="%"),
            Column(name=Text("之差", "Difference"), unit="Mt CO2"),
        )  # fmt: skip
        title = Text(f"{a.zh}减{b.zh}：分行业排放之差，{year}年", f"{a.en} less {b.en}: difference by sector, {year}")
        table = self.draft.table(Table(title=title, columns=columns, rows=tuple(rows), total_rows=len(found)))
        bars = Series(name=Text("之差", "Difference"), y=tuple(g.difference for g in found[:SHOWN]))
        spec = XY(x=tuple(g.part.name for g in found[:SHOWN]), series=(bars,), unit="Mt CO2", y_title=Text("之差", "Difference"),
                  horizontal=True)  # fmt: skip
        return table, self.draft.chart(Chart(kind="bar", title=title, spec=spec))
