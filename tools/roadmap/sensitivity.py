"""sensitivity: which assumptions matter most for a path in the years asked for and for the peak; the peak as a window."""

from __future__ import annotations

import os
from typing import Literal

from pydantic import Field, model_validator

from data.classification import NATION
from data.errors import BadRequest, TanluError
from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.declare import Arguments, Carried, Context, tool
from tools.domain import PlaceArg, Year
from tools.result import Account, Basis, Cell, Column, Draft, Ref, Result, Table, sentence
from tools.roadmap.asked_own import OwnAsked, asked_scope
from tools.roadmap.bands import Band, Design
from tools.roadmap.book import Book
from tools.roadmap.cluster import ADDRESS, annual
from tools.roadmap.influence import Sensitivity, measure
from tools.roadmap.names import COMMON, LAST, scenario_name
from tools.roadmap.parts_own import kept_apart, own_part
from tools.roadmap.scope import Scope, scope_caveats

YEARS_TOLD: tuple[int, ...] = (2030, 2060)
_MOST_YEARS, _NAMED, _DRAWN = 4, 3, 10
_MANY = 400  # runs from which they are parted among processes
DESIGNS: dict[Design, Text] = {
    "delivery": Text("落实风险", "delivery risk"), "parameters": Text("参数", "parameters"),
}  # fmt: skip


class SensitivityArguments(Arguments):
    """Whose path, and over which ensemble."""

    place: PlaceArg = Field(NATION, description="Province, group of provinces or China.")
    scenario: Literal["dual_carbon", "current_policies", "accelerated"] = Field("dual_carbon", description="Scenario.")
    years: tuple[Year, ...] = Field(
        YEARS_TOLD, min_length=1, max_length=_MOST_YEARS, description="Years (2026 to 2060); by default 2030 and 2060."
    )
    design: Literal["delivery", "parameters"] = Field(
        "delivery", description="delivery: mostly shortfalls, delays, weaker effects; parameters: centred."
    )
    own: OwnAsked = None
    runs: int = Field(200, ge=50, le=2000, description="Runs of the ensemble (50 to 2000).")

    @model_validator(mode="after")
    def _in_range(self) -> SensitivityArguments:
        wrong = next((y for y in self.years if not COMMON < y <= LAST), None)
        if wrong is not None:
            raise Carried(_bad_year(wrong))
        return self


def _bad_year(year: int) -> TanluError:
    return BadRequest(
        "year_out_of_range",
        Text(f"年份须在{COMMON + 1}至{LAST}年之间，所给为{year}年。", f"The year lies between {COMMON + 1} and {LAST}; {year} was given."),
    )  # fmt: skip


SUMMARY = Text(
    "哪些假设对一条情景路径影响最大：拉丁超立方抽样上的等级相关，各项假设单独取低值、高值时对各年排放与达峰年的影响，达峰年以窗口给出。"
    "区间是假设的范围，不是概率。",
    "Which assumptions matter most for a scenario: rank correlations over a Latin hypercube, the effect of each assumption at its low "
    "and high on emissions and on the peak year, the peak as a window. Ranges of assumptions, no probabilities.",
)  # fmt: skip
EXAMPLES = (
    Text("广东的碳中和路径对哪些假设最敏感？", "Which assumptions matter most for Guangdong's pathway?"),
    Text("全国2060年排放的不确定性主要来自哪些因素？", "What drives the uncertainty of China's emissions in 2060?"),
    Text("做一个内蒙古双碳情景的敏感性分析", "Run a sensitivity analysis of Inner Mongolia's dual-carbon scenario"),
    Text("哪些参数决定山东的达峰年份？", "Which parameters decide Shandong's peak year?"),
    Text("画江苏2035年排放的龙卷风图", "Draw a tornado chart of Jiangsu's emissions in 2035"),
)  # fmt: skip


@tool(title=Text("情景敏感性", "Sensitivity of a scenario"), summary=SUMMARY, examples=EXAMPLES)
def sensitivity(arguments: SensitivityArguments, context: Context) -> Result:
    """Rank correlations, effects one by one and the peak window. Raises NotAvailable for a province without inventory."""
    scope = asked_scope(context, arguments.place, arguments.own)
    years, design = tuple(sorted(set(arguments.years))), arguments.design
    found = found_for(scope, arguments.scenario, years, design, arguments.runs)
    name = scenario_name(arguments.scenario)
    draft = Draft(
        Text(f"{scope.name.zh}{name.zh}情景的敏感性", f"{scope.name.en}: sensitivity of the {name.en} scenario")
    )
    draft.model_version = scope.engine.version
    book = Book(draft, scope, scope.engine.model.nowcast)
    told = _Told(book, arguments.scenario, found)
    for year in years:
        told.strongest(year)
    told.window()
    tables = (told.correlations(), told.effects())
    charts = tuple(draft.chart(told.tornado(year)) for year in years[:2])
    words = [sentence(
        f"两种度量：{DESIGNS[design].zh}集合各次运行中假设与结果的等级相关（−1至1，接近0即无关）；以及其余假设居中、单项取抽样5%与95%分位时"
        "相对中心情形的变化。",
        f"Two measures: the rank correlation of assumption and outcome over the runs of the {DESIGNS[design].en} ensemble (-1 to 1, none "
        "near 0); and the change against the central run with one assumption at the 5 and 95 % points of its draws, the others central.",
    )]  # fmt: skip
    draft.section(Text("敏感因素", "What matters"), words, tables=tables, charts=charts)
    own_part(book, told.path, led=False)
    kept_apart(draft, scope, context.own)
    _close(draft, scope)
    return draft.result()


def found_for(scope: Scope, scenario: str, years: tuple[int, ...], design: Design, runs: int) -> Sensitivity:
    """The analysis of one scenario, computed once per engine."""
    engine = scope.engine
    large = runs >= _MANY or bool(os.environ.get(ADDRESS))

    def many(count: int) -> Band:
        return engine.once(("annual", scenario, design, count), lambda: annual(engine, scenario, design, count))

    key = ("sensitivity", scenario, scope.indices, years, design, runs)
    return engine.once(
        key, lambda: measure(engine, scenario, scope.indices, years, design, runs, many if large else None)
    )


class _Told:
    """Words, tables and charts of one analysis."""

    def __init__(self, book: Book, scenario: str, found: Sensitivity) -> None:
        self.book, self.scenario, self.found = book, scenario, found
        self.path = book.scope.engine.path(scenario)
        self.name = scenario_name(scenario)

    def _correlation(self, d: int, column: int) -> int:
        driver, years = self.found.drivers[d], self.found.years
        year = years[column] if column < len(years) else None
        what = Text(f"{year}年总排放", f"gross emissions {year}") if year else Text("达峰年份", "the peak year")
        return self.book.figure(
            f"{driver.name.zh}与{what.zh}的等级相关（{self.name.zh}）", f"rank correlation of {driver.name.en} with {what.en} ({self.name.en})",
            float(self.found.correlation[d, column]), "index", year=year, path=self.path, basis=Basis.PROJECTED,
        )  # fmt: skip

    def strongest(self, year: int) -> None:
        """The assumptions most closely tied to a year's emissions."""
        column, where = self.found.years.index(year), self.book.scope.name
        top = self.found.order(column)[:_NAMED]
        names = [self.found.drivers[d].name for d in top]
        zh = "、".join(f"{n.zh}（{{{i}}}）" for i, n in enumerate(names))
        en = ", ".join(f"{n.en} ({{{i}}})" for i, n in enumerate(names))
        self.book.draft.lead(
            f"与{where.zh}{year}年总排放关系最密切的假设：{zh}（等级相关）。",
            f"The assumptions most closely tied to {where.en}'s gross emissions in {year}: {en} (rank correlation).",
            *(self._correlation(d, column) for d in top),
        )

    def window(self) -> None:
        """The peak as a window, and what moves it."""
        first, last = self.found.band.window(self.book.scope.indices)
        center = self.found.central_peak
        facts = [
            self._year(zh, en, value)
            for zh, en, value in (
                ("达峰窗口首年", "first year of the peak window", min(first, center)),
                ("达峰窗口末年", "last year of the peak window", max(last, center)),
                ("中心情形达峰年", "peak year of the central run", center),
            )
        ]
        column = len(self.found.years)
        top = self.found.order(column)[0]
        driver = self.found.drivers[top].name
        self.book.draft.lead(
            f"达峰窗口为{{0}}年至{{1}}年，中心情形为{{2}}年；与达峰年份关系最密切的是{driver.zh}（等级相关{{3}}）。",
            f"The peak window runs from {{0}} to {{1}}, with {{2}} in the central run; most closely tied to the peak year is "
            f"{driver.en} (rank correlation {{3}}).",
            *facts, self._correlation(top, column),
        )  # fmt: skip

    def _year(self, zh: str, en: str, value: int) -> int:
        return self.book.figure(
            f"{zh}（{self.name.zh}）", f"{en} ({self.name.en})", float(value), "year", year=value, path=self.path,
            account=Account.GROSS, basis=Basis.PROJECTED if value > COMMON else Basis.ESTIMATED,
        )  # fmt: skip

    def correlations(self) -> int:
        """Rank correlation of every assumption with every outcome."""
        columns = [Column(name=Text("假设", "Assumption"))]
        columns += [Column(name=Text(f"{y}年总排放", f"Gross {y}")) for y in self.found.years]
        columns.append(Column(name=Text("达峰年份", "Peak year")))
        last = len(self.found.years) - 1
        rows = tuple(
            (self.found.drivers[d].name, *(Ref(fact=self._correlation(d, c)) for c in range(last + 2)))
            for d in self.found.order(last)
        )
        title = Text(
            f"{self.book.scope.name.zh}：假设与结果的等级相关", f"{self.book.scope.name.en}: rank correlations"
        )
        return self.book.draft.table(Table(title=title, columns=tuple(columns), rows=rows))

    def _end(self, d: int, side: int) -> int:
        driver = self.found.drivers[d]
        word = Text("低值", "low") if side == 0 else Text("高值", "high")
        value = float(self.found.ends[d, side]) * driver.factor + driver.offset
        return self.book.figure(
            f"{driver.name.zh}{word.zh}（相对中心）", f"{driver.name.en}, {word.en} (against central)", value, driver.unit,
            basis=Basis.ASSUMPTION,
        )  # fmt: skip

    def _effect(self, d: int, side: int, year: int) -> int:
        driver = self.found.drivers[d]
        word = Text("取低值", "at its low") if side == 0 else Text("取高值", "at its high")
        return self.book.figure(
            f"{driver.name.zh}{word.zh}时{year}年总排放的变化（{self.name.zh}）",
            f"change of gross emissions {year} with {driver.name.en} {word.en} ({self.name.en})",
            float(self.found.effect[d, side, self.found.years.index(year)]), "Mt CO2", year=year, path=self.path,
            account=Account.GROSS,
        )  # fmt: skip

    def _peak(self, d: int, side: int) -> int:
        driver = self.found.drivers[d]
        word = Text("取低值", "at its low") if side == 0 else Text("取高值", "at its high")
        return self._year(
            f"{driver.name.zh}{word.zh}时的达峰年",
            f"peak year with {driver.name.en} {word.en}",
            int(self.found.peak[d, side]),
        )

    def effects(self) -> int:
        """Each assumption at its low and high by itself."""
        columns = [
            Column(name=Text("假设", "Assumption")), Column(name=Text("低值", "Low")), Column(name=Text("高值", "High")),
            Column(name=Text("单位", "Unit")),
        ]  # fmt: skip
        for y in self.found.years:
            columns += [
                Column(name=Text(f"{y}年（低）", f"{y}, low"), unit="Mt CO2"),
                Column(name=Text(f"{y}年（高）", f"{y}, high"), unit="Mt CO2"),
            ]
        columns += [
            Column(name=Text("达峰年（低）", "Peak, low"), unit="year"),
            Column(name=Text("达峰年（高）", "Peak, high"), unit="year"),
        ]
        rows: list[tuple[Cell, ...]] = []
        for d in self.found.swing(self.found.years[-1]):
            unit = {"pp": Text("百分点", "points"), "count": Text("年", "years")}.get(
                self.found.drivers[d].unit, Text("%", "%")
            )
            cells = [Ref(fact=self._effect(d, s, y)) for y in self.found.years for s in (0, 1)]
            ends = [Ref(fact=self._end(d, s)) for s in (0, 1)]
            rows.append(
                (self.found.drivers[d].name, *ends, unit, *cells, *(Ref(fact=self._peak(d, s)) for s in (0, 1)))
            )
        title = Text(
            f"{self.book.scope.name.zh}：单项假设取低值、高值的影响",
            f"{self.book.scope.name.en}: one assumption at its low and high",
        )
        return self.book.draft.table(Table(title=title, columns=tuple(columns), rows=tuple(rows)))

    def tornado(self, year: int) -> Chart:
        """Bars of the effects in a year, largest swing first."""
        order, y = self.found.swing(year)[:_DRAWN], self.found.years.index(year)
        where = self.book.scope.name
        sides = (Text("取低值", "at its low"), Text("取高值", "at its high"))
        series = tuple(
            Series(name=word, y=tuple(float(self.found.effect[d, side, y]) for d in order))
            for side, word in enumerate(sides)
        )
        return Chart(
            kind="bar",
            title=Text(f"{where.zh}{year}年总排放对单项假设的敏感性", f"{where.en}: what moves gross emissions in {year}"),
            spec=XY(
                x=tuple(self.found.drivers[d].name for d in order), series=series, unit="Mt CO2",
                y_title=Text("相对中心情形的变化", "change against the central run"), horizontal=True,
            ),
            note=Text("假设的范围，不是概率", "ranges of assumptions, no probabilities"),
        )  # fmt: skip


def _close(draft: Draft, scope: Scope) -> None:
    where = scope.name
    draft.caveats += [
        Text("区间是假设的范围，不是概率；情景不是预测。未变动的有：投入产出表、2019年清单与现时估算、碳汇与工程移除、人口。",
             "Ranges of assumptions, no probabilities; a scenario is no forecast. Not varied: the input-output table, the inventory of "
             "2019 and the nowcast, sinks and engineered removals, population."),
        Text("“见效程度”与“部署上限”为正即强于中心情形；单项影响不能相加。",
             "A positive effect or saturation is stronger than in the central run; effects one by one do not add up."),
        *scope_caveats(scope),
    ]  # fmt: skip
    draft.method.append(
        Text("拉丁超立方抽样（固定种子），所有运行逐年同时求解；Spearman等级相关；单项取5%与95%分位。",
             "Latin hypercube with a fixed seed, all runs of a year solved at once; Spearman's rank correlation; one at a time at the 5 "
             "and 95 % points.")
    )  # fmt: skip
    for table in ("co2", "mrio_sector"):
        if table not in draft.sources:
            draft.sources.append(table)
    draft.suggestions += [
        Text(f"如果经济增速低1个百分点，{where.zh}的排放会怎样？", f"What if {where.en}'s growth is 1 point lower?"),
        Text(f"{where.zh}三种情景并列对比", f"Set the three scenarios of {where.en} side by side"),
    ]  # fmt: skip
