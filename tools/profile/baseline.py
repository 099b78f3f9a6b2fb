"""The baseline of a province: level, share, rank, course, per head and per GDP beside the nation and its peers, and its sectors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from data.classification import INVENTORY_SECTORS, NATION, PROVINCES, Place, Sector
from data.text import Text
from tools.charts.specs import XY, Chart, Series, Tree
from tools.figures.gaps import no_place
from tools.figures.series import Reader, Slice, Value
from tools.figures.work import Line
from tools.measures import MEASURES
from tools.profile.paces import compound, window
from tools.result import Account, Basis, Cell, Column, Draft, Ref, Sentence, Table, sentence, weakest

if TYPE_CHECKING:
    from data.warehouse import Warehouse

PEERS = 4
SECTORS_SHOWN = 10
TILES = 16
NONE = Text("—", "—")
JUMPED = Text("逐年有剧变，存疑", "sharp change within a year: doubtful")
PER = {
    "head": ("population", Text("人均二氧化碳排放", "CO2 emissions per head"), "t CO2/person", 100.0),
    "gdp": (
        "gdp",
        Text("单位GDP二氧化碳排放（现价）", "CO2 emissions per GDP (current prices)"),
        "kg CO2/10k yuan",
        1e5,
    ),
}


@dataclass
class Baseline:
    """A province's emissions among the others'; all from the inventory, GDP and population tables."""

    warehouse: Warehouse
    where: Place
    draft: Draft
    _facts: dict[tuple[object, ...], int] = field(default_factory=dict)

    @cached_property
    def co2(self) -> Mapping[Place, Mapping[int, Value]]:
        """Emissions by place and year, Mt. Raises NotAvailable where the place has no inventory."""
        found = _read(self.warehouse, "co2")
        if not found[self.where]:
            raise no_place(MEASURES["co2"], self.where)
        return found

    @cached_property
    def below(self) -> dict[str, Mapping[Place, Mapping[int, Value]]]:
        """Population and GDP by place and year."""
        return {name: _read(self.warehouse, table) for name, (table, *_) in PER.items()}

    @cached_property
    def year(self) -> int:
        """The latest year of the inventory."""
        return max(self.co2[self.where])

    @cached_property
    def span(self) -> tuple[int, int]:
        """First and last year of the inventory."""
        return min(self.co2[self.where]), self.year

    @cached_property
    def sectors(self) -> list[tuple[Sector, Mapping[int, Value]]]:
        """The place's sectors with emissions in the latest year, largest first."""
        found = Reader(self.warehouse, MEASURES["co2"]).series([Slice(self.where, s) for s in INVENTORY_SECTORS])
        pairs = [(s, r.values) for s, r in zip(INVENTORY_SECTORS, found, strict=True) if _at(r.values, self.year) > 0]
        return sorted(pairs, key=lambda p: -_at(p[1], self.year))

    @cached_property
    def peers(self) -> list[Place]:
        """The provinces nearest in GDP in that year."""
        gdp = self.below["gdp"]
        own = _at(gdp[self.where], self.year)
        others = [p for p in PROVINCES if p != self.where and self.year in self.co2[p] and _at(gdp[p], self.year) > 0]
        return sorted(others, key=lambda p: abs(_at(gdp[p], self.year) - own))[:PEERS]

    def rank(self, per: str | None = None) -> int:
        """Rank among provinces, 1 = highest, by emissions or per head or GDP."""
        values = {p: v for p in PROVINCES if (v := self.value(p, per)) is not None}
        return 1 + sum(v > values[self.where] for v in values.values())

    def value(self, where: Place, per: str | None = None) -> float | None:
        """Emissions of a place in the year, in the unit of ``per``; None where there is none."""
        top = _at(self.co2[where], self.year)
        if per is None:
            return top or None
        under = _at(self.below[per][where], self.year)
        return top / under * PER[per][3] if top and under else None

    def fact(
        self,
        key: tuple[object, ...],
        label: Text,
        value: float,
        unit: str,
        *,
        basis: Basis = Basis.DERIVED,
        **rest: object,
    ) -> int:
        """A fact of scope 1, made once."""
        if key not in self._facts:
            known: dict[str, object] = {
                "region": self.where.name.en, "year": self.year, "account": Account.SCOPE1, "source": "co2", "basis": basis, **rest,
            }  # fmt: skip
            self._facts[key] = self.draft.fact(label, value, unit, **known)
        return self._facts[key]

    def level(self, where: Place, per: str | None = None, year: int | None = None) -> int | None:
        """The fact of a place's emissions, or of those per head or GDP."""
        at = year or self.year
        name = where.name
        if per is None:
            found = self.co2[where].get(at)
            if found is None:
                return None
            label = Text(f"{name.zh}{at}年二氧化碳排放", f"{name.en} {at}: CO2 emissions")
            return self.fact((where, at), label, found.value, "Mt CO2", basis=found.basis, region=name.en, year=at)
        value = self.value(where, per)
        if value is None:
            return None
        table, what, unit, _ = PER[per]
        if table not in self.draft.sources:
            self.draft.sources.append(table)
        label = Text(f"{name.zh}{at}年{what.zh}", f"{name.en} {at}: {what.en}")
        return self.fact((where, per), label, value, unit, basis=weakest(Basis.DERIVED), region=name.en)

    def tell(self) -> None:
        """The lead's two sentences, the section with its tables and charts."""
        self._lead()
        said = [s for s in (self._course(), self._relative()) if s is not None]
        tables = (self._beside(), self._sector_table())
        charts = (self.draft.chart(self._line()), self.draft.chart(self._tree()))
        self.draft.section(
            Text("基线：水平、走势与构成", "Baseline: level, course and make-up"), said, tables, charts, folded=True
        )

    def _lead(self) -> None:
        name, year, line = self.where.name, self.year, Line()
        level = self.level(self.where)
        assert level is not None
        total = line(level)
        label = Text(f"{name.zh}{year}年二氧化碳排放位次", f"{name.en} {year}: rank by CO2 emissions")
        rank = line(self.fact(("rank",), label, self.rank(), "rank"))
        share = self.draft[level].value / _at(self.co2[NATION], year) * 100 if self.co2[NATION].get(year) else None
        count = sum(year in self.co2[p] for p in PROVINCES)
        part_zh = part_en = ""
        if share is not None:
            label = Text(
                f"{name.zh}{year}年占全国二氧化碳排放的比重", f"{name.en} {year}: share of China's CO2 emissions"
            )
            hole = line(self.fact(("share",), label, share, "%"))
            part_zh, part_en = f"，占全国{hole}", f", and {hole} of China's emissions"
        self.draft.lead(
            f"{name.zh}{year}年二氧化碳排放为{total}，在{count}个有清单的省份中居第{rank}位{part_zh}（范围一，CEADs）。",
            f"{name.en} emitted {total} in {year}, rank {rank} from the highest among provinces with an inventory{part_en} (scope 1, CEADs).",
            *line.facts,
        )

    def _course(self) -> Sentence:
        own, (first, last), line = self.co2[self.where], self.span, Line()
        name = self.where.name
        top = max(own, key=lambda y: own[y].value)
        start = self.level(self.where, year=first)
        peak = self.level(self.where, year=top)
        assert start is not None and peak is not None
        a, b = line(start), line(peak)
        five = last - 5
        zh = en = ""
        if own.get(five) and own[five].value > 0:
            rate = compound(own[five].value, own[last].value, 5)
            label = Text(
                f"{name.zh}{five}—{last}年二氧化碳排放年均变化",
                f"{name.en} {five}-{last}: yearly change of CO2 emissions",
            )
            hole = line(self.fact(("pace",), label, rate, "%/yr", year=None), ":abs")
            zh = f"；{five}—{last}年年均{'下降' if rate < 0 else '上升'}{hole}"
            en = f"; over {five}-{last} it {'fell' if rate < 0 else 'rose'} by {hole}"
        return sentence(
            f"{first}年为{a}，有数据以来最高为{top}年的{b}{zh}。",
            f"It was {a} in {first}; the highest on record was {b} in {top}{en}.",
            *line.facts,
        )

    def _relative(self) -> Sentence | None:
        line, parts = Line(), []
        for per, (_, what, *_rest) in PER.items():
            mine, nation = self.level(self.where, per), self.level(NATION, per)
            if mine is None or nation is None:
                continue
            label = Text(
                f"{self.where.name.zh}{self.year}年{what.zh}位次",
                f"{self.where.name.en} {self.year}: rank by {what.en}",
            )
            rank = self.fact(("rank", per), label, self.rank(per), "rank")
            parts.append((what, line(mine), line(nation), line(rank)))
        if not parts:
            return None
        own = self.where.name
        zh = "；".join(f"{own.zh}{w.zh}为{a}，由高到低居第{c}位，全国为{b}" for w, a, b, c in parts)
        en = "; ".join(f"{own.en}: {w.en} {a}, rank {c} from the highest; China {b}" for w, a, b, c in parts)
        return sentence(f"{zh}。", f"{en}.", *line.facts)

    def _beside(self) -> int:
        rows: list[tuple[Cell, ...]] = []
        for where in (self.where, NATION, *self.peers):
            cells = [self.level(where), self.level(where, "head"), self.level(where, "gdp")]
            rows.append((where.name, *(None if c is None else Ref(fact=c) for c in cells)))
        columns = (
            Column(name=Text("地区", "Place")), Column(name=Text("二氧化碳排放", "CO2 emissions"), unit="Mt CO2"),
            Column(name=Text("人均", "Per head"), unit="t CO2/person"),
            Column(name=Text("单位GDP（现价）", "Per GDP (current prices)"), unit="kg CO2/10k yuan"),
        )  # fmt: skip
        title = Text(
            f"{self.year}年与全国及GDP规模相近省份比较", f"Beside China and the provinces nearest in GDP, {self.year}"
        )
        return self.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))

    def _sector_table(self) -> int:
        rows: list[tuple[Cell, ...]] = []
        whole, five, name = _at(self.co2[self.where], self.year), self.year - 5, self.where.name
        for part, values in self.sectors[:SECTORS_SHOWN]:
            now, before = _at(values, self.year), _at(values, five)
            head = (f"{name.zh}{self.year}年{part.name.zh}", f"{name.en} {self.year}: {part.name.en}")
            level = self.fact((part,), Text(f"{head[0]}二氧化碳排放", f"{head[1]}, CO2 emissions"), now, "Mt CO2",
                              basis=values[self.year].basis, sector=part.name.en)  # fmt: skip
            share = self.fact((part, "share"), Text(f"{head[0]}占本省排放的比重", f"{head[1]}, share of the province's CO2"),
                              now / whole * 100, "%", sector=part.name.en)  # fmt: skip
            pace: Cell = None
            if before > 0:
                label = Text(
                    f"{name.zh}{five}—{self.year}年{part.name.zh}排放年均变化",
                    f"{name.en} {five}-{self.year}: yearly change, {part.name.en}",
                )
                pace = Ref(
                    fact=self.fact(
                        (part, "pace"), label, compound(before, now, 5), "%/yr", year=None, sector=part.name.en
                    )
                )
            moved = window({y: v.value for y, v in values.items()}, five, self.year)
            mark = JUMPED if pace is not None and (moved is None or moved.jump) else NONE
            rows.append((part.name, Ref(fact=level), Ref(fact=share), pace, mark))
        columns = (
            Column(name=Text("行业", "Sector")), Column(name=Text("排放", "CO2 emissions"), unit="Mt CO2"),
            Column(name=Text("占比", "Share"), unit="%"), Column(name=Text(f"{five}—{self.year}年年均", f"Yearly, {five}-{self.year}"), unit="%/yr"),
            Column(name=Text("标记", "Mark")),
        )  # fmt: skip
        title = Text(f"{name.zh}{self.year}年排放最大的行业", f"{name.en}: largest emitting sectors, {self.year}")
        return self.draft.table(Table(title=title, columns=columns, rows=tuple(rows), total_rows=len(self.sectors)))

    def _line(self) -> Chart:
        own = self.co2[self.where]
        name = Text("二氧化碳排放", "CO2 emissions")
        years = tuple(range(self.span[0], self.span[1] + 1))
        spec = XY(
            x=years, series=(Series(name=self.where.name, y=tuple(own[y].value if y in own else None for y in years)),),
            unit="Mt CO2", x_title=Text("年份", "Year"), y_title=name,
        )  # fmt: skip
        zh, en = self.where.name.zh, self.where.name.en
        return Chart(
            kind="line",
            title=Text(f"{zh}二氧化碳排放，{years[0]}—{years[-1]}年", f"{en}: CO2 emissions, {years[0]}-{years[-1]}"),
            spec=spec,
        )

    def _tree(self) -> Chart:
        shown, rest = self.sectors[:TILES], self.sectors[TILES:]
        labels = [self.where.name, *(s.short for s, _ in shown)]
        values = [sum(_at(v, self.year) for _, v in self.sectors), *(_at(v, self.year) for _, v in shown)]
        if rest:
            labels.append(Text("其余", "Others"))
            values.append(sum(_at(v, self.year) for _, v in rest))
        spec = Tree(labels=tuple(labels), parents=(None, *(0 for _ in labels[1:])), values=tuple(values), unit="Mt CO2")
        zh, en = self.where.name.zh, self.where.name.en
        return Chart(
            kind="treemap", title=Text(f"{zh}{self.year}年分行业排放", f"{en}: CO2 by sector, {self.year}"), spec=spec
        )


def _read(warehouse: Warehouse, measure: str) -> dict[Place, Mapping[int, Value]]:
    places = (*PROVINCES, NATION)
    found = Reader(warehouse, MEASURES[measure]).series([Slice(p) for p in places])
    return {p: s.values for p, s in zip(places, found, strict=True)}


def _at(values: Mapping[int, Value], year: int) -> float:
    return values[year].value if year in values else 0.0
