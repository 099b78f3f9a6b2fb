"""The gap of a province's carbon intensity to the best province, and what closing it would save."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from data.classification import NATION, PROVINCES, Place, Sector, mrio_sector, sector
from data.errors import BadRequest, NotAvailable
from data.text import Text, joined
from tools.benchmark.beside import tell_median, tell_pair, tell_saving, told_ratio
from tools.declare import Arguments, Context, tool
from tools.domain import PlaceArg, SectorArg, Year
from tools.figures.gaps import no_place, no_year
from tools.figures.series import Reader, Series, Slice
from tools.figures.words import lowered, raised
from tools.figures.work import Line
from tools.measures import MEASURES
from tools.result import Account, Basis, Column, Draft, Ref, Result, Table, weakest

if TYPE_CHECKING:
    from data.warehouse import Warehouse

LEAST_SHARE = 0.01  # of the sector's output in all provinces: below it an intensity says little
LEAST_INTENSITY = 0.1  # of the output-weighted mean: below it the emissions are taken to be booked elsewhere
SHOWN = 10


class BestInClassArguments(Arguments):
    """A sector, and a province whose gap to the best is asked for."""

    sector: SectorArg = Field(description="A sector, e.g. non-metallic minerals, steel, power; or total.")
    place: PlaceArg | None = Field(None, description="A province; empty: the order of the best provinces.")
    year: Year | None = Field(None, description="Year; default 2017 for output, else the latest.")
    denominator: Literal["output", "gdp"] = Field(
        "output",
        description="output: per gross output of the sector, of the interprovincial table; gdp: per GDP of the province.",
    )
    against: PlaceArg | None = Field(None, description="Another province to set place beside, instead of the best.")
    benchmark: Literal["best", "median"] = Field(
        "best",
        description="best: the lowest intensity; median: the middle one of the comparable provinces, who is above and what it saves.",
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """One province: emissions (Mt), denominator (100M yuan), intensity (kg per 10k yuan), why it is no benchmark."""

    place: Place
    mt: float
    money: float
    intensity: float
    outlier: Text | None
    basis: Basis = Basis.DERIVED


def standings(
    mt: dict[str, float], money: dict[str, float], places: Sequence[Place], basis: Basis = Basis.DERIVED
) -> list[Standing]:
    """Provinces by intensity, lowest first; small or implausibly low ones are marked and are no benchmark."""
    held = [p for p in places if p.code in mt and money.get(p.code, 0) > 0]
    all_mt, all_money = sum(mt[p.code] for p in held), sum(money[p.code] for p in held)
    out = []
    for p in held:
        intensity = mt[p.code] / money[p.code] * 1e5
        outlier = None
        if money[p.code] < LEAST_SHARE * all_money:
            outlier = Text("规模过小", "too small")
        elif intensity < LEAST_INTENSITY * all_mt / all_money * 1e5:
            outlier = Text("强度过低，排放可能计在别的部门", "so low that its emissions may be booked elsewhere")
        out.append(Standing(p, mt[p.code], money[p.code], intensity, outlier, basis))
    return sorted(out, key=lambda s: s.intensity)


@tool(
    title=Text("对标最优省份", "Best province"),
    summary=Text(
        "某行业的碳强度与全国最好的省份相差多少，追平可减多少排放；规模过小或异常的省份不作标杆。",
        "How far a province's carbon intensity in a sector is from the best province, and what closing the gap would save;"
        " small or implausible provinces are no benchmark.",
    ),
    examples=(
        Text(
            "河南水泥建材的碳强度和全国最好的省差多少",
            "Gap of Henan's non-metallic minerals intensity to the best province",
        ),
        Text("广东电力行业碳强度与标杆省份的差距", "Benchmark Guangdong's power sector against the best in class"),
        Text("河北钢铁追平最优省能减多少", "What would Hebei's metal smelting save at the best province's intensity?"),
        Text("哪个省化工碳强度最低，山东差多少", "Best in class carbon intensity in chemicals, and Shandong's gap"),
        Text("单位产值排放最优的省份，造纸业", "Which provinces have the lowest CO2 per output in paper?"),
        Text("化工碳强度，江苏比浙江高多少", "Carbon intensity of chemicals: Jiangsu against Zhejiang"),
        Text(
            "各省水泥建材碳强度都降到中位数，能减多少排放？",
            "If provinces above the median intensity of non-metallic minerals came down to it, what would it save?",
        ),
        Text("单位GDP碳强度与最好省份的差距，山西", "Shanxi's CO2 per GDP against the best province"),
    ),
)
def best_in_class(arguments: BestInClassArguments, context: Context) -> Result:
    """The gap of a province's intensity to the best province's, and what closing it would save.

    Raises NotAvailable where the sector or the province has no output or no inventory.
    """
    by_output = arguments.denominator == "output"
    part = arguments.sector
    if part.kind == "total":
        part = sector("production") if by_output else part
    below = MEASURES["output" if by_output else "gdp"]
    if by_output and part.kind == "households":
        raise NotAvailable(
            "no_output", Text("居民没有产出，可用 denominator=gdp。", "Households have no output; use denominator=gdp.")
        )
    if by_output and not part.mrio:
        if part.part_of is None:
            raise NotAvailable(
                "no_output",
                Text(f"“{part.name.zh}”没有按42部门的产出。", f"{part.name.en} has no output in the 42 sectors."),
            )
        part = mrio_sector(part.part_of)
    found, year = standings_of(context.warehouse, part, below.key, arguments.year)
    where = arguments.place
    if where is not None and (where == NATION or where.kind == "group"):
        raise _ONE
    if where is not None and not any(s.place == where for s in found):
        raise no_place(MEASURES["co2"], where)
    other = arguments.against
    if other is not None and not any(s.place == other for s in found):
        raise no_place(MEASURES["co2"], other) if other.kind == "province" else _ONE
    return Benchmark(part, year, by_output, found, arguments.sector).result(where, other, arguments.benchmark)


_ONE = BadRequest("one_province", Text("请给出一个省份。", "Name one province."))


def standings_of(warehouse: Warehouse, part: Sector, below: str, year: int | None) -> tuple[list[Standing], int]:
    """Provinces by intensity of a sector per measure ``below`` in a year (None: the latest), and that year.

    Raises NotAvailable where the measure has no such year.
    """
    chosen = None if part.kind == "total" else part
    above = Reader(warehouse, MEASURES["co2"]).series([Slice(p, chosen) for p in PROVINCES])
    measure = MEASURES[below]
    under = Reader(warehouse, measure).series([Slice(p, chosen if measure.sectors else None) for p in PROVINCES])
    years = {y for a, u in zip(above, under, strict=True) for y in a.values if y in u.values}
    if not years:
        raise no_place(measure, NATION)
    chosen_year = year or max(years)
    if chosen_year not in years:
        raise no_year(measure, None, [chosen_year], years)
    mt = {p.code: a.values[chosen_year].value for p, a in zip(PROVINCES, above, strict=True) if chosen_year in a.values}
    money = {
        p.code: u.values[chosen_year].value for p, u in zip(PROVINCES, under, strict=True) if chosen_year in u.values
    }
    return standings(mt, money, PROVINCES, basis_in([*above, *under], chosen_year)), chosen_year


def basis_in(series: Iterable[Series], year: int) -> Basis:
    """What intensities of a year are: estimated as soon as one of the figures is, else derived."""
    return weakest(*(s.values[year].basis for s in series if year in s.values))


class Benchmark:
    """The Result of one sector and year."""

    def __init__(self, part: Sector, year: int, by_output: bool, found: list[Standing], asked: Sector) -> None:
        self.part, self.year, self.by_output, self.found, self.asked = part, year, by_output, found, asked
        self.per = Text("单位总产出", "gross output") if by_output else Text("单位GDP（现价）", "GDP (current prices)")
        self.basis = weakest(*(s.basis for s in found))
        self.source = "mrio_sector" if by_output else "gdp"
        name = part.name
        self.draft = Draft(
            Text(
                f"{year}年{name.zh}{self.per.zh}碳强度对标",
                f"{year}: CO2 intensity of {lowered(name.en)} per {self.per.en}",
            )
        )

    def fact(self, s: Standing, zh: str, en: str, value: float, unit: str) -> int:
        """A figure of one province in this sector and year."""
        name = self.part.name
        return self.draft.fact(
            Text(f"{s.place.name.zh}{self.year}年{name.zh}{zh}", f"{s.place.name.en} {self.year}: {en}, {lowered(name.en)}"),
            value, unit, region=s.place.name.en, sector=name.en if self.part.kind != "total" else None, year=self.year,
            account=Account.SCOPE1, basis=self.basis, source=self.source,
        )  # fmt: skip

    def intensity(self, s: Standing) -> int:
        """Its CO2 per output or GDP."""
        return self.fact(s, f"{self.per.zh}碳排放", f"CO2 per {self.per.en}", s.intensity, "kg CO2/10k yuan")

    def result(self, where: Place | None, other: Place | None, benchmark: Literal["best", "median"]) -> Result:
        """With a province its gap and saving, to the best, the median or another one; else the order."""
        frontier = [s for s in self.found if s.outlier is None]
        best = frontier[0]
        mine = next((s for s in self.found if s.place == where), None)
        beside = next((s for s in self.found if s.place == other), None)
        if benchmark == "median":
            tell_median(self, frontier, mine)
        elif mine is not None and beside is not None:
            tell_pair(self, mine, beside)
        elif mine is not None:
            self._gap(mine, best)
        else:
            self._order(frontier)
        draft = self.draft
        draft.sources.append("co2")
        out = [s for s in self.found if s.outlier is not None]
        if out:
            names = joined([s.place.name for s in out])
            share = Text(
                "规模不足各省合计1%或强度异常低的省份不作标杆",
                "provinces below 1 % of the total or implausibly low are no benchmark",
            )
            draft.caveats.append(Text(f"{share.zh}：{names.zh}。", f"{raised(share.en)}: {names.en}."))
        if self.by_output:
            draft.caveats.append(
                Text("分省产出为估算，且含价格与产品结构差异，差距不等于技术差距。",
                     "Provincial output is estimated and differs in prices and products: the gap is not one of technique alone.")
                if self.basis is Basis.ESTIMATED
                else Text("分省产出含价格与产品结构差异，差距不等于技术差距。",
                          "Provincial output differs in prices and products: the gap is not one of technique alone.")
            )  # fmt: skip
        for note in (self.asked.note, self.part.note):
            if note is not None and note not in draft.caveats:
                draft.caveats.append(note)
        if self.part != self.asked and self.asked.kind != "total":
            draft.caveats.append(
                Text(f"产出只按“{self.part.name.zh}”统计，以此代替“{self.asked.name.zh}”。",
                     f"Output is known for {lowered(self.part.name.en)} only, which stands for {lowered(self.asked.name.en)}.")
            )  # fmt: skip
        draft.method.append(
            Text(f"强度 = 范围一排放 ÷ {self.per.zh.removeprefix('单位')}；可减排 =（本省强度 − 最优强度）× 本省规模",
                 f"intensity = scope 1 CO2 / {self.per.en}; saving = (own - best intensity) x own {self.per.en}")
        )  # fmt: skip
        return draft.result()

    def _gap(self, mine: Standing, best: Standing) -> None:
        draft, name = self.draft, self.part.name
        own = self.intensity(mine)
        line = Line()
        a = line(own)
        zh_place, en_place = mine.place.name.zh, mine.place.name.en
        if mine.place == best.place or mine.intensity <= best.intensity:
            draft.lead(
                f"{zh_place}{self.year}年{name.zh}{self.per.zh}碳排放为{a}，在可比省份中最低，没有差距（范围一，CEADs）。",
                f"{en_place}'s CO2 per {self.per.en} in {lowered(name.en)} was {a} in {self.year}, the lowest of comparable"
                " provinces: there is no gap (scope 1, CEADs).",
                *line.facts,
            )
            return
        top = self.intensity(best)
        gap = self.fact(
            mine, f"{self.per.zh}碳排放与{best.place.name.zh}之差", f"CO2 per {self.per.en}, gap to {best.place.name.en}",
            mine.intensity - best.intensity, "kg CO2/10k yuan",
        )  # fmt: skip
        b, c = line(top), line(gap)
        more = told_ratio(self, mine, best, line)
        draft.lead(
            f"{zh_place}{self.year}年{name.zh}{self.per.zh}碳排放为{a}，最好的省份{best.place.name.zh}为{b}，相差{c}（{more.zh}；范围一，CEADs）。",
            f"{en_place}'s CO2 per {self.per.en} in {lowered(name.en)} was {a} in {self.year}; the best province,"
            f" {best.place.name.en}, had {b}; {en_place} was {c} above it, {more.en} (scope 1, CEADs).",
            *line.facts,
        )
        tell_saving(self, mine, best)
        draft.suggestions.append(
            Text(
                f"{zh_place}{name.zh}的上游有哪些行业？",
                f"Which sectors are upstream of {lowered(name.en)} in {en_place}?",
            )
        )

    def _order(self, frontier: list[Standing]) -> None:
        draft, name = self.draft, self.part.name
        shown = frontier[:SHOWN]
        facts = [self.intensity(s) for s in shown]
        line = Line()
        holes = [line(i) for i in facts[:3]]
        zh = "、".join(f"{s.place.name.zh}{h}" for s, h in zip(shown, holes, strict=False))
        en = ", ".join(f"{s.place.name.en} {h}" for s, h in zip(shown, holes, strict=False))
        draft.lead(
            f"{self.year}年{name.zh}{self.per.zh}碳排放最低的可比省份：{zh}（范围一，CEADs）。",
            f"Lowest CO2 per {self.per.en} in {lowered(name.en)} in {self.year}, comparable provinces: {en} (scope 1, CEADs).",
            *line.facts,
        )
        columns = (
            Column(name=Text("省份", "Province")),
            Column(name=Text(f"{self.per.zh}碳排放", f"CO2 per {self.per.en}"), unit="kg CO2/10k yuan"),
        )
        rows = tuple((s.place.name, Ref(fact=i)) for s, i in zip(shown, facts, strict=True))
        table = draft.table(Table(title=draft.title, columns=columns, rows=rows, total_rows=len(frontier)))
        draft.section(Text("可比省份", "Comparable provinces"), tables=(table,))
