"""The baseline of one sector in a province: level, share, rank, course, intensity, beside the nation and its peers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.classification import NATION, PROVINCES, Place, Sector
from data.errors import NotAvailable
from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.figures.gaps import no_place
from tools.figures.series import Reader, Slice, Value
from tools.figures.words import genitive, lowered
from tools.figures.work import Line
from tools.measures import MEASURES
from tools.profile.levels import Level, level
from tools.profile.lists_level import ILLUSTRATION, RULE, LevelFacts, prices
from tools.profile.paces import compound, window
from tools.result import Account, Basis, Cell, Column, Draft, Ref, Sentence, Table, sentence

if TYPE_CHECKING:
    from data.warehouse import Warehouse

PEERS, SPAN = 4, 5
_Series = Mapping[int, Value]
NO_INTENSITY = Text(
    "该行业没有可比的产出，未算碳强度与前沿。",
    "The sector has no comparable output: no intensity and no frontier are given.",
)


@dataclass
class SectorBaseline:
    """One sector of one province among the others'; emissions from the inventory, intensity per gross output."""

    warehouse: Warehouse
    where: Place
    part: Sector
    draft: Draft

    def __post_init__(self) -> None:
        places = (*PROVINCES, NATION)
        reader = Reader(self.warehouse, MEASURES["co2"])
        self.series: dict[Place, _Series] = _by_place(reader, places, self.part)
        self.totals: dict[Place, _Series] = _by_place(reader, places, None)
        if not self.totals[self.where]:
            raise no_place(MEASURES["co2"], self.where)
        if not any(v.value > 0 for v in self.series[self.where].values()):
            raise NotAvailable(
                "no_such_sector",
                Text(f"清单中{self.where.name.zh}没有“{self.part.name.zh}”的排放；可改问其他行业。",
                     f"The inventory has no emissions of {lowered(self.part.name.en)} in {self.where.name.en}; ask for another sector."),
            )  # fmt: skip
        self.year = max(self.series[self.where])
        self._facts: dict[tuple[object, ...], int] = {}

    def tell(self) -> None:
        """Lead, section with table and chart, caveats."""
        self._lead()
        said = self._course()
        found = self._level()
        if found is not None:
            said += self._intensity(found)
        tables, charts = (self._beside(found),), (self.draft.chart(self._line()),)
        heading = Text("行业基线：走势、强度与同类省份", "Sector baseline: course, intensity and peers")
        self.draft.section(heading, said, tables, charts)
        self.draft.caveats += [RULE, ILLUSTRATION, prices(found)] if found is not None else [NO_INTENSITY]
        self.draft.method.append(
            Text("年均变化 =（末年 ÷ 首年）^(1/年数) − 1；强度 = 范围一排放 ÷ 总产出",
                 "yearly change = (last year / first year) ^ (1 / years) - 1; intensity = scope 1 CO2 / gross output")
        )  # fmt: skip
        if self.part.note is not None:
            self.draft.caveats.append(self.part.note)

    def _level(self) -> Level | None:
        try:
            found = level(self.warehouse, self.part)
        except NotAvailable:  # households, or a sector without output
            return None
        return found if found.of(self.where) is not None and found.sound else None

    def _fact(self, key: tuple[object, ...], zh: str, en: str, value: float, unit: str, **rest: object) -> int:
        if key not in self._facts:
            known: dict[str, object] = {
                "region": self.where.name.en, "sector": self.part.name.en, "year": self.year, "account": Account.SCOPE1,
                "source": "co2", "basis": Basis.DERIVED, **rest,
            }  # fmt: skip
            self._facts[key] = self.draft.fact(Text(zh, en), value, unit, **known)
        return self._facts[key]

    def _emitted(self, where: Place, year: int) -> int | None:
        found = self.series[where].get(year)
        if found is None:
            return None
        zh, en = (
            f"{where.name.zh}{year}年{self.part.name.zh}二氧化碳排放",
            f"{where.name.en} {year}: CO2 of {lowered(self.part.name.en)}",
        )
        return self._fact(
            (where, year), zh, en, found.value, "Mt CO2", region=where.name.en, year=year, basis=found.basis
        )

    def _share(self, where: Place) -> int | None:
        """Of the place's own emissions."""
        own, whole = self._at(where), self.totals[where].get(self.year)
        if own is None or whole is None or not whole.value:
            return None
        zh, en = (
            f"{where.name.zh}{self.year}年{self.part.name.zh}占本地排放",
            f"{where.name.en} {self.year}: share of {lowered(self.part.name.en)} in its CO2",
        )
        return self._fact((where, "share"), zh, en, 100 * own / whole.value, "%", region=where.name.en)

    def _pace(self, where: Place) -> int | None:
        values = {y: v.value for y, v in self.series[where].items()}
        first = self.year - SPAN
        if values.get(first, 0) <= 0 or values.get(self.year, 0) <= 0:
            return None
        zh = f"{where.name.zh}{first}—{self.year}年{self.part.name.zh}排放年均变化"
        en = f"{where.name.en} {first}-{self.year}: yearly change, {lowered(self.part.name.en)}"
        rate = compound(values[first], values[self.year], SPAN)
        return self._fact((where, "pace"), zh, en, rate, "%/yr", region=where.name.en, year=None)

    def _at(self, where: Place) -> float | None:
        found = self.series[where].get(self.year)
        return found.value if found is not None else None

    def _ranked(self) -> list[Place]:
        """Provinces with emissions of the sector in the year, largest first."""
        held = [p for p in PROVINCES if (self._at(p) or 0) > 0]
        return sorted(held, key=lambda p: -(self._at(p) or 0))

    def _lead(self) -> None:
        name, part, line, ranked = self.where.name, self.part.name, Line(), self._ranked()
        own, share = self._emitted(self.where, self.year), self._share(self.where)
        assert own is not None and share is not None
        a, b = line(own), line(share)
        if self.where not in ranked:
            self.draft.lead(
                f"{name.zh}{self.year}年{part.zh}在清单中的排放为{a}，占全省{b}（范围一，CEADs）。",
                f"{genitive(name.en)} {lowered(part.en)} emitted {a} in {self.year} by the inventory, {b} of the province's CO2 (scope 1, CEADs).",
                *line.facts,
            )
            return
        zh = f"{name.zh}{self.year}年{part.zh}排放位次（由高到低）"
        en = f"{name.en} {self.year}: rank by CO2 of {lowered(part.en)}"
        rank = line(self._fact(("rank",), zh, en, ranked.index(self.where) + 1, "rank"))
        nation = self._at(NATION)
        more_zh = more_en = ""
        if nation:
            zh, en = (
                f"{name.zh}{self.year}年占全国{part.zh}排放",
                f"{name.en} {self.year}: share of China's CO2 of {lowered(part.en)}",
            )
            hole = line(self._fact(("national",), zh, en, 100 * (self._at(self.where) or 0) / nation, "%"))
            more_zh, more_en = f"，占全国该行业{hole}", f", {hole} of the sector's in China"
        self.draft.lead(
            f"{name.zh}{self.year}年{part.zh}排放{a}，占全省{b}，在{len(ranked)}个有该行业排放的省份中居第{rank}位{more_zh}（范围一，CEADs）。",
            f"{genitive(name.en)} {lowered(part.en)} emitted {a} in {self.year}, {b} of the province's CO2, rank {rank} from the highest among "
            f"provinces with the sector{more_en} (scope 1, CEADs).",
            *line.facts,
        )

    def _course(self) -> list[Sentence]:
        """First year, highest year and yearly change; the nation's change in a sentence of its own."""
        own = {y: v.value for y, v in self.series[self.where].items() if v.value > 0}
        first, top, name, part = min(own), max(own, key=lambda y: own[y]), self.where.name, self.part.name
        start, peak = self._emitted(self.where, first), self._emitted(self.where, top)
        assert start is not None and peak is not None
        out = [
            sentence(
                f"{name.zh}{part.zh}的排放{first}年为{{0}}，有数据以来最高为{top}年的{{1}}。",
                f"Emissions of {lowered(part.en)} in {name.en} were {{0}} in {first}; the highest on record was {{1}} in {top}.",
                start, peak,
            )
        ]  # fmt: skip
        moved = window(own, self.year - SPAN, self.year)
        doubt = moved is not None and moved.jump
        span = f"{self.year - SPAN}—{self.year}年", f"{self.year - SPAN}-{self.year}"
        for where in (self.where, NATION):
            pace = self._pace(where)
            if pace is None:
                continue
            mark = (
                ("（其间有一年剧变，存疑）", " (with a sharp change within a year: doubtful)")
                if doubt and where == self.where
                else ("", "")
            )
            out.append(
                sentence(
                    f"{where.name.zh}{part.zh}{span[0]}排放年均变化{{0}}{mark[0]}。",
                    f"In {where.name.en} emissions of {lowered(part.en)} changed by {{0}} over {span[1]}{mark[1]}.",
                    pace,
                )
            )
        return out

    def _intensity(self, found: Level) -> list[Sentence]:
        """Intensity beside all provinces, its rank from the lowest, the frontier and what closing the gap would save."""
        mine, best, facts = found.of(self.where), found.sound[0], LevelFacts(self.draft, found)
        assert mine is not None
        name, part, line = self.where.name, found.part.name, Line()
        a, b, c = (
            line(self._per_output(found, self.where)),
            line(self._per_output(found, NATION)),
            line(facts.rank(mine)),
        )
        out = [
            sentence(
                f"{name.zh}{found.year}年{part.zh}{facts.per.zh}碳排放为{a}，有数据各省合计为{b}；与可比省份相比由低到高居第{c}位。",
                f"CO2 per {facts.per.en} of {lowered(part.en)} in {name.en} was {a} in {found.year}, {b} in all provinces with data together; "
                f"rank {c} from the lowest beside the comparable provinces.",
                *line.facts,
            )
        ]
        if best.place != self.where and best.intensity < mine.intensity:
            line = Line()
            a, b = line(self._per_output(found, best.place)), line(facts.saving(mine, best))
            out.append(
                sentence(
                    f"可比省份中最低的是{best.place.name.zh}的{a}，按其强度{name.zh}可少排{b}（算术示意）。",
                    f"The lowest comparable province is {best.place.name.en} with {a}; at that intensity {name.en} would emit {b} "
                    "less (arithmetic illustration).",
                    *line.facts,
                )
            )
        return out

    def _per_output(self, found: Level, where: Place) -> int:
        """The fact of a place's intensity, made once; of the nation all provinces together."""
        key = (where, "intensity")
        if key not in self._facts:
            facts, standing = LevelFacts(self.draft, found), found.of(where)
            self._facts[key] = facts.mean() if standing is None else facts.intensity(standing)
        return self._facts[key]

    def _peers(self) -> list[Place]:
        """The provinces nearest in the sector's emissions."""
        own = self._at(self.where) or 0
        others = [p for p in self._ranked() if p != self.where]
        return sorted(others, key=lambda p: abs((self._at(p) or 0) - own))[:PEERS]

    def _beside(self, found: Level | None) -> int:
        rows: list[tuple[Cell, ...]] = []
        for where in (self.where, NATION, *self._peers()):
            cells: list[int | None] = [self._emitted(where, self.year), self._share(where), self._pace(where)]
            if found is not None:
                known = where == NATION or found.of(where) is not None
                cells.append(self._per_output(found, where) if known else None)
            rows.append((where.name, *(None if c is None else Ref(fact=c) for c in cells)))
        columns = [
            Column(name=Text("地区", "Place")), Column(name=Text("排放", "CO2 emissions"), unit="Mt CO2"),
            Column(name=Text("占本地排放", "Share of its CO2"), unit="%"),
            Column(name=Text(f"近{SPAN}年年均", f"Yearly, {SPAN} years"), unit="%/yr"),
        ]  # fmt: skip
        if found is not None:
            columns.append(
                Column(
                    name=Text(
                        f"单位总产出（{found.year}年；全国为各省合计）",
                        f"Per gross output, {found.year} (China: all provinces)",
                    ),
                    unit="kg CO2/10k yuan",
                )
            )
        title = Text(
            f"{self.part.name.zh}：与全国及排放规模相近省份比较",
            f"{self.part.name.en}: beside China and the provinces nearest in size",
        )
        return self.draft.table(Table(title=title, columns=tuple(columns), rows=tuple(rows)))

    def _line(self) -> Chart:
        shown = (self.where, *self._peers())
        years = tuple(range(min(min(self.series[p]) for p in shown), self.year + 1))
        series = tuple(
            Series(name=p.name, y=tuple(self.series[p][y].value if y in self.series[p] else None for y in years))
            for p in shown
        )
        head = Text("二氧化碳排放", "CO2 emissions")
        title = Text(
            f"{self.part.name.zh}排放：{self.where.name.zh}与相近省份",
            f"CO2 of {lowered(self.part.name.en)}: {self.where.name.en} and its peers",
        )
        return Chart(
            kind="line",
            title=title,
            spec=XY(x=years, series=series, unit="Mt CO2", x_title=Text("年份", "Year"), y_title=head),
        )


def _by_place(reader: Reader, places: tuple[Place, ...], part: Sector | None) -> dict[Place, _Series]:
    found = reader.series([Slice(p, part) for p in places])
    return {p: s.values for p, s in zip(places, found, strict=True)}
