"""The tool ``l1470``: the reference trajectory of ITU-T L.1470 for an ICT company or the global ICT sector."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from data.classification import find_sector
from data.errors import BadRequest, NotAvailable, UnknownName
from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.declare import Arguments, Context, tool
from tools.domain import PlaceArg, Year
from tools.ict.clauses import cite
from tools.ict.l1470_rules import counting, unit_missing
from tools.ict.trajectory import FIRST, LAST, grown, reduction_factor
from tools.policy.rows import Target, all_targets
from tools.policy.telling import UNVERIFIED
from tools.result import Basis, Column, Draft, Ref, Result, Table

DOCUMENT = "itu-l1470"
_T = 1e-6  # tonnes in Mt


@dataclass(frozen=True, slots=True)
class Branch:
    """A sub-sector with a reduction: its names, and the indicator under which the targets hold it."""

    key: str
    name: Text
    words: str
    topic: str


BRANCHES: tuple[Branch, ...] = (
    Branch("mobile", Text("移动网络运营商", "mobile network operators"), r"移动|手机网|mobile|cellular|wireless", "移动网络运营商"),
    Branch("fixed", Text("固定网络运营商", "fixed network operators"), r"固定网|固网|宽带|fixed|broadband", "固定网络运营商"),
    Branch("data_centre", Text("数据中心运营商", "data-centre operators"), r"数据中心|机房|data.?cent|hosting|cloud|云计算", "数据中心运营商"),
    Branch("sector", Text("全球信息通信行业", "the global ICT sector"),
           r"全行业|信息通信|信息与通信|全球|\bict\b|\bsector\b|telecom|information and communication", "ICT行业"),
)  # fmt: skip
_WITHOUT = re.compile(r"用户设备|终端设备|企业网络|user equipment|enterprise network|end.?user devices", re.IGNORECASE)


class L1470Arguments(Arguments):
    """A sub-sector, and a company's base-year emissions if its own path is wanted."""

    subsector: str = Field(
        "sector",
        max_length=100,
        description="mobile, fixed, data_centre, or sector (the global ICT sector); Chinese or English.",
    )
    emissions: float | None = Field(
        None, gt=0, le=1e10, description="The company's scope 1+2 emissions in the base year, t CO2e."
    )
    base_year: Year = Field(FIRST, description="Base year, 2020-2029; default 2020.")
    target_year: Year = Field(LAST, description="Target year, up to 2030; default 2030.")
    growth: float | None = Field(
        None, gt=-50, le=50, description="Growth of emissions without measures, % a year, to show the gap."
    )
    unitless: float | None = Field(
        None,
        gt=0,
        description="An amount of emissions without a unit (排放100): the unit is asked back, nothing computed.",
    )
    asks: Literal["path", "counting"] = Field(
        "path",
        description="path: the trajectory; counting: whether avoided emissions, offsets or credits count towards it.",
    )
    place: PlaceArg | None = Field(
        None, description="Only to be refused: the trajectory is for companies and the global sector, not for a place."
    )


@tool(
    title=Text("L.1470减排轨迹", "L.1470 trajectory"),
    summary=Text(
        "按ITU-T L.1470给出信息通信企业（移动、固网、数据中心）或全球信息通信行业2020—2030年的直线减排轨迹；不适用于投入产出表的行业和省份。",
        "The ITU-T L.1470 trajectory 2020-2030, a straight line, for an ICT company (mobile, fixed, data centre) or the global ICT "
        "sector; never for a sector of an input-output table or a province.",
    ),
    examples=(
        Text("按L.1470，一家数据中心企业2020年范围一和二排放5万吨，2030年应降到多少？",
             "L.1470 trajectory for a data centre operator with 50,000 t in 2020: level in 2030?"),
        Text("L.1470下移动运营商的减排轨迹", "L.1470 trajectory of a mobile operator"),
        Text("用L.1470给固网运营商定2028年目标，2022年排放12万吨",
             "Set a 2028 target by L.1470 for a fixed network operator with 120,000 t in 2022"),
        Text("按L.1470，避免的排放能算进运营商的减排目标吗？", "Do avoided emissions count towards an operator's L.1470 target?"),
        Text("L.1470全球信息通信行业2025年的轨迹水平", "Where is the L.1470 line of the global ICT sector in 2025?"),
    ),
)  # fmt: skip
def l1470(arguments: L1470Arguments, context: Context) -> Result:
    """The level of the target year on the reference trajectory, for a company in tonnes, else relative to the base year.

    Raises NotAvailable for a sub-sector, place or year without a trajectory, BadRequest where the years are not in order.
    """
    if arguments.asks == "counting":
        return counting(context)
    if arguments.unitless is not None:
        raise unit_missing(arguments.unitless)
    branch = _branch(arguments.subsector)
    _check(arguments)
    target = _reduction(context, branch)
    assert target.value is not None  # every branch is backed by a figure, see the tests
    return _Path(arguments, context, branch, target, target.value).result()


def _branch(text: str) -> Branch:
    """The sub-sector a text names. Raises NotAvailable for one without a reduction and for a sector of the tables."""
    plain = text.strip().lower()
    if _WITHOUT.search(plain):
        raise NotAvailable(
            "no_reduction",
            Text("知识库没有读到L.1470对用户设备和企业网络的减排幅度，不提供；可问移动网络、固定网络、数据中心或全行业。",
                 "No reduction of L.1470 for user equipment or enterprise networks was read, so none is given; ask for mobile, fixed, "
                 "data centre or the whole sector."),
            tuple(b.key for b in BRANCHES),
        )  # fmt: skip
    for branch in BRANCHES:
        if plain == branch.key or re.search(branch.words, plain, re.IGNORECASE):
            return branch
    try:
        name = find_sector(text).name
    except UnknownName:
        raise UnknownName(
            "unknown_subsector",
            Text(f"无法识别子行业“{text}”；可写 mobile（移动）、fixed（固网）、data_centre（数据中心）或 sector（全行业）。",
                 f"Cannot read the sub-sector '{text}'; write mobile, fixed, data_centre or sector."),
            tuple(b.key for b in BRANCHES),
        ) from None  # fmt: skip
    raise NotAvailable(
        "not_for_this_sector",
        Text(f"L.1470的轨迹只适用于信息通信企业和全球信息通信行业，不能套用到投入产出表或清单中的“{name.zh}”；可用“线性收缩示例”另作示意。",
             f"The trajectories of L.1470 are for ICT companies and the global ICT sector; they cannot be applied to {name.en} of the "
             "tables or the inventory. The linear contraction gives an illustration instead."),
        tuple(b.key for b in BRANCHES),
    )  # fmt: skip


def _check(arguments: L1470Arguments) -> None:
    if arguments.place is not None:
        where = arguments.place.name
        raise NotAvailable(
            "not_for_a_place",
            Text(f"L.1470的轨迹面向全球信息通信行业和企业，不分解到{where.zh}；请给出企业基年排放，或不限定地区。",
                 f"The trajectories of L.1470 are for the global ICT sector and for companies and are not split to {where.en}; give a "
                 "company's base-year emissions, or leave the place out."),
        )  # fmt: skip
    for year in (arguments.base_year, arguments.target_year):
        if not FIRST <= year <= LAST:
            raise NotAvailable(
                "year_without_trajectory",
                Text(f"所读到的减排幅度只覆盖{FIRST}—{LAST}年，{year}年没有轨迹；2050年净零只是未核对的长期目标。",
                     f"The reductions read cover {FIRST}-{LAST}: there is no trajectory for {year}. Net zero by 2050 is a long-term "
                     "ambition, unverified."),
                (str(FIRST), str(LAST)),
            )  # fmt: skip
    if arguments.target_year <= arguments.base_year:
        raise BadRequest(
            "years_order",
            Text(
                f"目标年份须晚于基年{arguments.base_year}年。",
                f"The target year must come after {arguments.base_year}.",
            ),
        )


def _reduction(context: Context, branch: Branch) -> Target:
    """The row of ``targets`` with the sub-sector's cut 2020-2030."""
    return next(
        t
        for t in all_targets(context.warehouse)
        if t.document == DOCUMENT and t.unit == "%" and t.topic_zh.startswith(branch.topic)
    )


@dataclass(slots=True)
class _Path:
    arguments: L1470Arguments
    context: Context
    branch: Branch
    target: Target
    cut: float

    def result(self) -> Result:
        """Lead, table of the years, chart and what has to be known."""
        a, name = self.arguments, self.branch.name
        draft = Draft(Text(f"L.1470减排轨迹：{name.zh}", f"L.1470 trajectory: {name.en}"))
        clause = cite(draft, self.context.library, DOCUMENT, self.target.clause)
        doubt = Text("已核对", "verified") if self.target.verified else Text("未核对", "unverified")
        asked = draft.fact(
            Text(f"{name.zh}{FIRST}—{LAST}年减排幅度（{doubt.zh}）", f"cut over {FIRST}–{LAST}, {name.en} ({doubt.en})"),
            self.cut, "%", region=self.target.scope, basis=Basis.TARGET, source=DOCUMENT,
        )  # fmt: skip
        least_zh, least_en = ("至少", "at least ") if self.target.comparator == "ge" else ("", "")
        what_zh, what_en = (
            ("范围一和范围二", "scope 1+2") if self.branch.key != "sector" else ("温室气体", "greenhouse gas")
        )
        self._level(draft)
        draft.lead(
            f"依据：{FIRST}—{LAST}年{name.zh}{what_zh}排放减少{least_zh}{{0}}（{doubt.zh}）{{c0}}，其间取直线。",
            f"Basis: from {FIRST} to {LAST} {what_en} emissions of {name.en} fall by {least_en}{{0}} ({doubt.en}) {{c0}}, in a "
            "straight line.",
            asked,
            citations=(clause,),
        )
        self._years(draft)
        if a.emissions is None:
            draft.caveats.append(
                Text("各子行业和全行业的排放吨数未在建议书公开页面读到：无数据，因此只给相对水平；给出企业基年排放可得吨数。",
                     "Tonnages of the sector and its sub-sectors were not read in the public pages: no data, hence relative levels only; "
                     "give a company's base-year emissions for tonnes.")
            )  # fmt: skip
        draft.caveats.append(
            Text("L.1470不具约束力，轨迹面向全球信息通信行业及其企业，不适用于投入产出表的行业，也不是对省份的分配。",
                 "L.1470 is non-binding; its trajectories are for the global ICT sector and its companies, not for a sector of an "
                 "input-output table, and allocate nothing to a province.")
        )  # fmt: skip
        if not self.target.verified:
            draft.caveats.append(UNVERIFIED)
        draft.method.append(
            Text(f"目标 = 基年范围一和二排放 × 减排系数；系数 = 轨迹(目标年) ÷ 轨迹(基年)，轨迹(t) = 1 − 减排幅度 ×（t − {FIRST}）÷ {LAST - FIRST}",
                 f"target = base-year scope 1+2 emissions x factor; factor = line(target year) / line(base year), "
                 f"line(t) = 1 - cut x (t - {FIRST})/{LAST - FIRST}")
        )  # fmt: skip
        draft.suggestions.append(
            Text("按L.1480评估一个远程会议平台的净减排，需要哪些数据？",
                 "Which data does an L.1480 assessment of a remote-meeting platform need?")
        )  # fmt: skip
        return draft.result()

    def _factor(self, year: int) -> float:
        return reduction_factor(self.cut, self.arguments.base_year, year)

    def _tonnes(self, draft: Draft, zh: str, en: str, tonnes: float, year: int, basis: Basis) -> int:
        return draft.fact(
            Text(zh, en), tonnes * _T, "Mt CO2e", year=year, basis=basis, source="user" if basis is Basis.USER else DOCUMENT,
            reader_unit="t CO2e", scenario=None if basis is Basis.USER else "L.1470 trajectory",
        )  # fmt: skip

    def _level(self, draft: Draft) -> None:
        """The asked figure: tonnes of a company, else percent of the base year."""
        a, name = self.arguments, self.branch.name
        factor = self._factor(a.target_year)
        share = draft.fact(
            Text(f"{a.target_year}年轨迹水平（{a.base_year}年=100%）", f"line in {a.target_year}, percent of {a.base_year}"),
            100 * factor, "%", year=a.target_year, basis=Basis.ASSUMPTION, source=DOCUMENT, scenario="L.1470 trajectory",
        )  # fmt: skip
        if a.emissions is None:
            draft.lead(
                f"按L.1470，{name.zh}{a.target_year}年的排放应不高于{a.base_year}年的{{0}}。",
                f"By L.1470 emissions of {name.en} in {a.target_year} should be no more than {{0}} of {a.base_year}.",
                share,
            )
            return
        goal = self._tonnes(draft, f"{a.target_year}年目标排放", f"target for {a.target_year}", a.emissions * factor, a.target_year,
                            Basis.ASSUMPTION)  # fmt: skip
        base = self._tonnes(
            draft,
            f"企业{a.base_year}年范围一和二排放",
            f"the company's scope 1+2 emissions in {a.base_year}",
            a.emissions,
            a.base_year,
            Basis.USER,
        )
        draft.lead(
            f"按L.1470的{name.zh}轨迹，该企业{a.target_year}年的范围一和范围二排放应不高于{{0}}，即{a.base_year}年{{1}}的{{2}}。",
            f"On the L.1470 line of {name.en} the company's scope 1+2 emissions in {a.target_year} should be no more than {{0}}, {{2}} of "
            f"the {{1}} of {a.base_year}.",
            goal, base, share,
        )  # fmt: skip
        if a.growth is not None:
            self._without(draft, goal, a.emissions, a.growth)

    def _without(self, draft: Draft, goal: int, emissions: float, growth: float) -> None:
        """Growth without measures, and what has to be cut against it."""
        a = self.arguments
        free = grown(emissions, growth, a.target_year - a.base_year)
        high = self._tonnes(draft, f"不采取措施时{a.target_year}年排放", f"without measures in {a.target_year}", free, a.target_year,
                            Basis.ASSUMPTION)  # fmt: skip
        gap = self._tonnes(draft, f"{a.target_year}年需减排量", f"to be cut by {a.target_year}", free - draft[goal].value / _T, a.target_year,
                           Basis.ASSUMPTION)  # fmt: skip
        rate = draft.fact(
            Text("不采取措施时的年增速", "growth a year without measures"),
            growth,
            "%/yr",
            basis=Basis.USER,
            source="user",
        )
        draft.lead(
            "若不采取措施、排放按{0}变化，届时为{1}，需减排{2}。",
            "Without measures, moving by {0}, emissions would be {1}, so {2} has to be cut.", rate, high, gap,
        )  # fmt: skip

    def _years(self, draft: Draft) -> None:
        """Every year of the line, as a table and a chart."""
        a = self.arguments
        years = tuple(range(a.base_year, a.target_year + 1))
        unit = "%" if a.emissions is None else "Mt CO2e"
        scale = 100.0 if a.emissions is None else a.emissions * _T
        values = tuple(scale * self._factor(y) for y in years)
        facts = [
            draft.fact(Text(f"{y}年轨迹", f"line in {y}"), v, unit, year=y, basis=Basis.ASSUMPTION, source=DOCUMENT,
                       reader_unit="t CO2e" if unit == "Mt CO2e" else None, scenario="L.1470 trajectory")
            for y, v in zip(years, values, strict=True)
        ]  # fmt: skip
        columns = (Column(name=Text("年份", "Year")), Column(name=Text("轨迹水平", "Line"), unit=unit))
        rows = tuple((y, Ref(fact=f)) for y, f in zip(years, facts, strict=True))
        table = draft.table(Table(title=draft.title, columns=columns, rows=rows))
        series = [Series(name=Text("L.1470轨迹", "L.1470 trajectory"), y=values)]
        if a.growth is not None and a.emissions is not None:
            free = tuple(grown(scale, a.growth, y - a.base_year) for y in years)
            series.append(Series(name=Text("不采取措施", "Without measures"), y=free))
        spec = XY(
            x=years, series=tuple(series), unit=unit, x_title=Text("年份", "Year"), y_title=Text("排放", "Emissions")
        )
        chart = draft.chart(Chart(kind="line", title=draft.title, spec=spec))
        draft.section(Text("逐年轨迹", "Year by year"), tables=(table,), charts=(chart,), folded=True)
