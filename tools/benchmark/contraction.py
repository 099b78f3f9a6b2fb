"""A linear contraction of base-year emissions, as SBTi sets it for companies; for a province an illustration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from data.classification import Place, Sector, sector
from data.errors import BadRequest
from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.declare import Arguments, Context, tool
from tools.domain import PlaceArg, SectorArg, Year
from tools.figures.gaps import no_place, no_year
from tools.figures.series import Reader, Slice, Value
from tools.figures.words import Naming, raised
from tools.figures.work import Line
from tools.ict.clauses import cite
from tools.ict.l1470_rules import unit_missing
from tools.measures import MEASURES
from tools.policy.rows import all_targets
from tools.policy.wording import label
from tools.result import Account, Basis, Draft, Result

SBTI_DOCUMENT, SBTI_CLAUSE = "sbti-cnzs-v1", "ACA"
_SCOPE_3 = "范围3"
RULE_YEAR = 2020  # a base year after it asks for the rate times the years from it all the same


class ContractionArguments(Arguments):
    """A place, a base year, a yearly rate and a target year."""

    place: PlaceArg | None = Field(None, description="A province, a group or China; not needed for a company.")
    sector: SectorArg = Field(sector("total"), description="A sector; default all sectors and households.")
    base_year: Year | None = Field(None, description="Base year, 1997-2019; default the latest inventory year.")
    rate: float = Field(4.2, gt=0, le=100, description="Percent of base-year emissions cut each year; default 4.2.")
    target_year: Year = Field(2030, description="Year whose level is asked for; default 2030.")
    emissions: float | None = Field(
        None, gt=0, le=1e10, description="A company's own base-year emissions, t CO2e: its target instead of a place's."
    )
    unitless: float | None = Field(
        None,
        gt=0,
        description="A company's emissions without a unit (排放100): the unit is asked back, nothing computed.",
    )
    asks: Literal["path", "applies"] = Field(
        "path",
        description="path: the level of a year; applies: what rate SBTi asks for and to whom it applies, no place needed.",
    )


def contracted(base: float, rate: float, years: int) -> float:
    """Linear absolute contraction: E_t = E_0 (1 - r (t - t0)), not below zero. ``rate`` in percent a year."""
    return max(0.0, base * (1 - rate / 100 * years))


def counted_years(base_year: int, target_year: int) -> int:
    """Years that the yearly rate counts for: from the base year, but from 2020 for a later base year (SBTi's rule)."""
    return target_year - min(base_year, RULE_YEAR)


def company_path(base: float, rate: float, base_year: int, target_year: int, year: int) -> float:
    """A company's path: a straight line from the base year to the level that the rate times ``counted_years`` asks for."""
    goal = contracted(base, rate, counted_years(base_year, target_year))
    return base + (goal - base) * (year - base_year) / (target_year - base_year)


@tool(
    title=Text("线性收缩示例", "Linear contraction"),
    summary=Text(
        "按基年排放每年线性下降固定百分比（SBTi式绝对收缩，默认4.2%）算出某年的水平；仅为示例。",
        "The level in a year under a linear yearly cut of base-year emissions (SBTi-style absolute contraction, 4.2 % by"
        " default); an illustration only.",
    ),
    examples=(
        Text(
            "浙江以2018年为基年，按每年4.2%线性下降，2030年该是多少",
            "Zhejiang from 2018 at 4.2 % a year linear: level in 2030?",
        ),
        Text("按SBTi 1.5度路径广东2035年应降到多少", "SBTi 1.5 °C linear pathway for Guangdong in 2035"),
        Text("以2015年为基年每年减2.5%，江苏2030年排放", "Jiangsu, base 2015, 2.5 percent linear contraction, 2030"),
        Text("绝对收缩法下河北钢铁2030年目标", "Absolute contraction target for Hebei steel in 2030"),
        Text(
            "SBTi要求每年降多少，适用于省份吗？", "What yearly rate does SBTi ask for, and does it apply to a province?"
        ),
        Text("科学碳目标式线性减排，全国2030", "science-based linear reduction for China by 2030"),
        Text(
            "我公司2022年排放12万吨，按SBTi绝对收缩2030年目标是多少",
            "SBTi absolute contraction target for 2030 of a company with 120,000 t in 2022",
        ),
    ),
)
def contraction(arguments: ContractionArguments, context: Context) -> Result:
    """The level of a target year under linear absolute contraction of base-year emissions.

    Raises NotAvailable where the place has no inventory for the base year, BadRequest where the years are not in order.
    """
    if arguments.asks == "applies":
        from tools.benchmark.company import rule_of_sbti

        return rule_of_sbti(arguments.place, context)
    if arguments.unitless is not None:
        raise unit_missing(arguments.unitless)
    if arguments.emissions is not None:
        from tools.benchmark.company import company_contraction

        return company_contraction(arguments, arguments.emissions, context)
    where, part = arguments.place, arguments.sector
    if where is None:
        raise BadRequest(
            "no_place",
            Text(
                "请给出地区，或给出企业的基年排放（注明吨或万吨）。",
                "Name a place, or give a company's base-year emissions with their unit (t, kt).",
            ),
        )
    chosen = None if part.kind == "total" else part
    series = Reader(context.warehouse, MEASURES["co2"]).series([Slice(where, chosen)])[0]
    if not series.values:
        raise no_place(MEASURES["co2"], where)
    base_year = arguments.base_year or max(series.values)
    if base_year not in series.values:
        raise no_year(MEASURES["co2"], where.name, [base_year], series.values)
    if arguments.target_year <= base_year:
        raise BadRequest(
            "years_order",
            Text(f"目标年份须晚于基年{base_year}年。", f"The target year must come after the base year {base_year}."),
        )
    path = _Path(where, chosen, base_year, arguments.rate, arguments.target_year, series.values, series.table)
    return path.result(context)


@dataclass(slots=True)
class _Path:
    where: Place
    part: Sector | None
    base_year: int
    rate: float
    target_year: int
    observed: dict[int, Value]
    table: str

    def result(self, context: Context) -> Result:
        naming = Naming(MEASURES["co2"], None)
        s, name = Slice(self.where, self.part), naming.where(Slice(self.where))
        thing = naming.thing(s, "level")
        base = self.observed[self.base_year]
        rate_zh = f"以{self.base_year}年为基年每年线性下降{self.rate:g}%"
        rate_en = f"linear cut of {self.rate:g} % of {self.base_year} emissions a year"
        draft = Draft(Text(f"{name.zh}{thing.zh}：线性收缩示例", f"{name.en}: {thing.en} under linear contraction"))
        shared: dict[str, Any] = {
            "region": self.where.name.en, "sector": self.part.name.en if self.part else None, "source": self.table,
            "account": Account.SCOPE1,
        }  # fmt: skip
        goal = contracted(base.value, self.rate, self.target_year - self.base_year)
        scenario = f"linear contraction {self.rate:g} %/yr from {self.base_year}"
        target = draft.fact(
            Text(f"{name.zh}{self.target_year}年{thing.zh}（{rate_zh}）", f"{name.en} {self.target_year}: {thing.en} ({rate_en})"),
            goal, "Mt CO2", year=self.target_year, basis=Basis.ASSUMPTION, scenario=scenario, **shared,
        )  # fmt: skip
        start = draft.fact(
            naming.label(s, "level", Text(f"{self.base_year}年", str(self.base_year)), name),
            base.value, "Mt CO2", year=self.base_year, basis=base.basis, **shared,
        )  # fmt: skip
        rate = draft.fact(
            Text("每年下降幅度（占基年排放）", "yearly cut, of base-year emissions"), self.rate, "%/yr",
            region=self.where.name.en, basis=Basis.ASSUMPTION, source=self.table, scenario=scenario,
        )  # fmt: skip
        line = Line()
        a, b, c = line(target), line(start), line(rate)
        draft.lead(
            f"{name.zh}{self.target_year}年的{thing.zh}为{a}：以{self.base_year}年的{b}为基年，按基年排放{c}的速度线性下降（范围一，CEADs）。",
            f"{name.en}: {thing.en} in {self.target_year} would be {a}, from {b} in {self.base_year}, falling in a line"
            f" by {c} of the base year's emissions (scope 1, CEADs).",
            *line.facts,
        )
        self._so_far(draft, name, shared, naming, s, scenario)
        self._chart(draft, name, thing)
        cite_rate(draft, context, self.rate)
        draft.caveats.append(
            Text("仅为示例：SBTi只核定企业目标，这不是对省份的分配，也不是官方目标。",
                 "An illustration: SBTi validates companies only; this is no allocation to a province and no official target.")
        )  # fmt: skip
        if goal == 0:
            draft.caveats.append(
                Text("按此降幅在目标年份之前已降至零。", "At this rate the path is at zero before the target year.")
            )
        draft.method.append(Text("E_t = E_0 ×（1 − r ×（t − t0））", "E_t = E_0 x (1 - r x (t - t0))"))
        draft.suggestions.append(
            Text(f"{self.where.name.zh}2060年碳中和路线图", f"Neutrality roadmap of {self.where.name.en} to 2060")
        )
        return draft.result()

    def _so_far(
        self, draft: Draft, name: Text, shared: dict[str, Any], naming: Naming, s: Slice, scenario: str
    ) -> None:
        """Where the inventory goes beyond the base year: its last year against the path."""
        last = max(self.observed)
        if not self.base_year < last < self.target_year:
            return
        on_path = contracted(self.observed[self.base_year].value, self.rate, last - self.base_year)
        actual = draft.fact(
            naming.label(s, "level", Text(f"{last}年", str(last)), name), self.observed[last].value, "Mt CO2", year=last,
            basis=self.observed[last].basis, **shared,
        )  # fmt: skip
        gap = draft.fact(
            Text(f"{name.zh}{last}年实际排放减线性收缩路径", f"{name.en} {last}: actual emissions less the linear path"),
            self.observed[last].value - on_path, "Mt CO2", year=last, basis=Basis.ASSUMPTION, scenario=scenario, **shared,
        )  # fmt: skip
        over = self.observed[last].value >= on_path
        line = Line()
        a, b = line(actual), line(gap, ":abs")
        draft.lead(
            f"{last}年实际为{a}，{'高于' if over else '低于'}该路径{b}。",
            f"Actual emissions in {last} were {a}, {b} {'above' if over else 'below'} that path.",
            *line.facts,
        )

    def _chart(self, draft: Draft, name: Text, thing: Text) -> None:
        first = min(self.observed)
        years = tuple(range(max(first, self.base_year - 8), self.target_year + 1))
        start = self.observed[self.base_year].value
        path = tuple(contracted(start, self.rate, y - self.base_year) if y >= self.base_year else None for y in years)
        actual = tuple(self.observed[y].value if y in self.observed else None for y in years)
        spec = XY(
            x=years,
            series=(
                Series(name=Text("清单（实际）", "Inventory (actual)"), y=actual),
                Series(name=Text("线性收缩路径（示例）", "Linear contraction (illustration)"), y=path),
            ),
            unit="Mt CO2",
            x_title=Text("年份", "Year"),
            y_title=Text(thing.zh, raised(thing.en)),
            observed_until=max(self.observed),
        )
        title = Text(f"{name.zh}{thing.zh}与线性收缩路径", f"{name.en}: {thing.en} and linear contraction")
        draft.chart(Chart(kind="line", title=title, spec=spec))


def cite_rate(draft: Draft, context: Context, rate: float) -> None:
    """The SBTi clause, where the rate is its own; what holds for scope 3 alone is no rate for emissions of scope 1 or 2."""
    rows = [t for t in all_targets(context.warehouse) if (t.document, t.clause) == (SBTI_DOCUMENT, SBTI_CLAUSE)]
    row = next((t for t in rows if t.value == rate), None)
    if row is None:
        return
    if _SCOPE_3 in row.topic_zh:
        own = next(t for t in rows if "范围1" in t.topic_zh and t.unit == row.unit)
        asked = draft.fact(label(own), own.value or 0.0, own.unit or "%/yr", basis=Basis.TARGET, source=own.document)
        draft.lead(
            "这一降幅是SBTi对企业范围三排放的最低要求，不适用于范围一、二；对范围一、二的最低要求是{0}{c0}。",
            "SBTi asks this rate, at least, of companies' scope 3 emissions only, not of scopes 1 and 2, of which it asks at least "
            "{0} {c0}.",
            asked, citations=(cite(draft, context.library, row.document, row.clause),),
        )  # fmt: skip
        return
    draft.lead(
        f"这一降幅是SBTi对企业的最低要求（{row.topic_zh}）{{c0}}。",
        f"This rate is the least that SBTi asks of companies ({row.topic_en}) {{c0}}.",
        citations=(cite(draft, context.library, row.document, row.clause),),
    )
