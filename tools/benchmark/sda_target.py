"""The tool ``sda_target``: a company's target by sectoral decarbonization; for a province's sector an economic analogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from data.classification import NATION, Place, Sector, mrio_sector
from data.errors import BadRequest, NotAvailable
from data.text import Text
from tools.benchmark.best_in_class import standings_of
from tools.benchmark.convergence import END, progress, sector_line, share_factor, target_intensity
from tools.charts.specs import XY, Chart, Series
from tools.declare import Arguments, Context, tool
from tools.domain import PlaceArg, SectorArg, Year
from tools.figures.words import genitive, lowered
from tools.ict.clauses import cite
from tools.result import Account, Basis, Column, Draft, Ref, Result, Table

DOCUMENT = "sbti-cnzs-v1"
Unit = Literal["t CO2/t", "kg CO2/kWh", "kg CO2/10k yuan"]


class SdaArguments(Arguments):
    """Intensities of company and sector, or a province and a sector for the economic analogue."""

    company: float | None = Field(None, gt=0, le=1e6, description="The company's intensity in the base year.")
    sector_base: float | None = Field(None, gt=0, le=1e6, description="The sector's intensity in the base year.")
    sector_2050: float | None = Field(None, ge=0, le=1e6, description="The sector's intensity in 2050 on its pathway.")
    sector_target: float | None = Field(
        None, ge=0, le=1e6, description="The sector's intensity in the target year; else on a straight line to 2050."
    )
    unit: Unit = Field("t CO2/t", description="Unit of all intensities.")
    base_year: Year = Field(2020, description="Base year; default 2020, 2017 for a province's sector.")
    target_year: Year = Field(2030, description="Target year, up to 2050; default 2030.")
    activity_growth: float | None = Field(
        None, gt=-100, le=1000, description="Change of the company's output from base to target year, %."
    )
    sector_growth: float = Field(0.0, gt=-100, le=1000, description="Change of the sector's output over the same, %.")
    activity: float | None = Field(None, gt=0, le=1e12, description="The company's output in the target year (t, kWh).")
    place: PlaceArg | None = Field(
        None, description="A province, with sector: the economic-intensity analogue instead of a company."
    )
    sector: SectorArg | None = Field(None, description="Its sector.")


@tool(
    title=Text("行业脱碳法目标", "Sectoral decarbonization target"),
    summary=Text(
        "SBTi行业脱碳法（强度趋同）：由企业与行业的基年强度和行业2050年强度，算出目标年强度，公式列出；对省份的行业只作经济强度类比。",
        "SBTi's sectoral decarbonization (convergence): a company's target intensity from its own and the sector's base intensity and the "
        "sector's of 2050, with the formula; for a province's sector an economic-intensity analogue only.",
    ),
    examples=(
        Text("行业脱碳法：企业强度2.0、行业1.8、2050年0.2吨/吨，2030年目标强度是多少？",
             "SDA target: company intensity 2.0, sector 1.8, 2050 0.2 t/t: what for 2030?"),
        Text("SDA强度趋同：水泥企业0.62吨/吨，行业0.58，2050年0.1，2035年",
             "Convergence target of a cement company at 0.62, sector 0.58, 2050 0.1, for 2035"),
        Text("浙江非金属矿物制品业按强度趋同法类比，2050年强度500",
             "Economic-intensity analogue of SDA for Zhejiang's non-metallic minerals, 500 in 2050"),
    ),
)  # fmt: skip
def sda_target(arguments: SdaArguments, context: Context) -> Result:
    """The target intensity CI(t) = d p m + SI(2050), with emissions where the output is given.

    Raises BadRequest for missing or contradictory inputs, NotAvailable for a place or sector without data.
    """
    case = _of_place(arguments, context) if arguments.place is not None else _of_company(arguments)
    _check(case)
    return _Told(arguments, case, context).result()


@dataclass(frozen=True, slots=True)
class Case:
    """The inputs, wherever they come from."""

    company: float
    start: float
    end: float
    now: float | None
    unit: str
    base_year: int
    target_year: int
    place: Place | None = None
    part: Sector | None = None
    basis: Basis = Basis.USER


_NEEDED = {
    "company": Text("企业基年强度", "the company's base-year intensity"),
    "sector_base": Text("行业基年强度", "the sector's base-year intensity"),
    "sector_2050": Text("行业2050年强度", "the sector's intensity in 2050"),
}


def _missing(arguments: SdaArguments, *names: str) -> None:
    """Raises BadRequest that names what is missing, after what was given."""
    absent = [_NEEDED[n] for n in names if getattr(arguments, n) is None]
    if not absent:
        return
    held = [(_NEEDED[n], getattr(arguments, n)) for n in names if getattr(arguments, n) is not None]
    unit = show_unit(arguments.unit)
    zh = "，".join(f"{t.zh}{v:g}{unit.zh}" for t, v in held)
    en = ", ".join(f"{t.en} {v:g} {unit.en}" for t, v in held)
    read = (
        Text(f"已读到{zh}（单位如不对请写明）。", f"Read so far: {en} (say so if the unit is another). ")
        if held
        else Text("", "")
    )
    raise BadRequest(
        "inputs_missing",
        Text(f"{read.zh}行业脱碳法还缺：{'、'.join(t.zh for t in absent)}；行业路径须取自SBTi的行业文件，本系统没有收录。",
             f"{read.en}Sectoral decarbonization still needs {', '.join(t.en for t in absent)}; the sector's pathway is to be taken from "
             "SBTi's sector documents, which are not held here."),
    )  # fmt: skip


def show_unit(unit: Unit) -> Text:
    """A unit as people read it."""
    return {
        "t CO2/t": Text("吨二氧化碳/吨", "t CO2/t"), "kg CO2/kWh": Text("千克/千瓦时", "kg CO2/kWh"),
        "kg CO2/10k yuan": Text("千克/万元", "kg CO2/10k yuan"),
    }[unit]  # fmt: skip


def _of_company(a: SdaArguments) -> Case:
    _missing(a, "company", "sector_base", "sector_2050")
    assert a.company is not None and a.sector_base is not None and a.sector_2050 is not None
    return Case(a.company, a.sector_base, a.sector_2050, a.sector_target, a.unit, a.base_year, a.target_year)


def _of_place(a: SdaArguments, context: Context) -> Case:
    """The province's sector as the company and all provinces as the sector, per gross output."""
    _missing(a, "sector_2050")
    if a.sector is None or a.place is None or a.place == NATION or a.place.kind == "group" or a.sector_2050 is None:
        raise BadRequest("one_province", Text("请给出一个省份和一个行业。", "Name one province and one sector."))
    part = a.sector if a.sector.mrio or a.sector.part_of is None else mrio_sector(a.sector.part_of)
    if not part.mrio:
        raise NotAvailable(
            "no_output",
            Text(f"“{part.name.zh}”没有按42部门的产出。", f"{part.name.en} has no output in the 42 sectors."),
        )
    found, year = standings_of(context.warehouse, part, "output", None)
    mine = next((s for s in found if s.place == a.place), None)
    if mine is None:
        raise NotAvailable(
            "no_inventory",
            Text(
                f"{a.place.name.zh}没有排放清单或该行业产出。",
                f"{a.place.name.en} has no inventory or no output in this sector.",
            ),
        )
    mean = 1e5 * sum(s.mt for s in found) / sum(s.money for s in found)
    return Case(
        mine.intensity,
        mean,
        a.sector_2050,
        a.sector_target,
        "kg CO2/10k yuan",
        year,
        a.target_year,
        a.place,
        part,
        mine.basis,
    )


def _check(case: Case) -> None:
    if not case.base_year < case.target_year <= END:
        raise BadRequest(
            "years_order",
            Text(f"目标年份须晚于基年{case.base_year}年且不晚于{END}年。",
                 f"The target year must come after the base year {case.base_year} and not after {END}."),
        )  # fmt: skip
    if case.end >= case.start:
        raise BadRequest(
            "no_fall",
            Text("行业2050年强度须低于其基年强度，否则没有可趋同的下降。",
                 "The sector's intensity of 2050 must lie below that of its base year; else there is no fall to converge on."),
        )  # fmt: skip


@dataclass(slots=True)
class _Told:
    arguments: SdaArguments
    case: Case
    context: Context

    def result(self) -> Result:
        """Lead with the target, the workings as a table, the two curves, the caveats."""
        a, c = self.arguments, self.case
        draft = Draft(
            Text(
                f"行业脱碳法（强度趋同）目标：{c.target_year}年",
                f"Sectoral decarbonization (convergence): {c.target_year}",
            )
        )
        now = c.now if c.now is not None else sector_line(c.start, c.end, c.base_year, c.target_year)
        p = progress(c.start, now, c.end)
        m = (
            share_factor(1.0, 1 + (a.activity_growth or 0.0) / 100, 1.0, 1 + a.sector_growth / 100)
            if a.activity_growth is not None
            else 1.0
        )
        goal = target_intensity(c.company, c.end, p, m)
        facts = self._facts(draft, now, p, m, goal)
        who_zh, who_en = "企业", "the company's"
        if c.place is not None and c.part is not None:
            who_zh, who_en = (
                f"{c.place.name.zh}{c.part.name.zh}",
                f"{genitive(c.place.name.en)} {lowered(c.part.name.en)}",
            )
        mark = cite(draft, self.context.library, DOCUMENT, "SDA")
        draft.lead(
            f"{who_zh}{c.target_year}年的目标强度为{{0}}，{c.base_year}年为{{1}}；行业{c.base_year}年为{{2}}，{END}年为{{3}}{{c0}}。",
            f"The target for {who_en} intensity in {c.target_year} is {{0}}, from {{1}} in {c.base_year}; the sector had {{2}} in "
            f"{c.base_year} and goes to {{3}} in {END} {{c0}}.",
            facts["goal"], facts["company"], facts["start"], facts["end"], citations=(mark,),
        )  # fmt: skip
        if a.activity is not None and c.place is None and c.unit != "kg CO2/10k yuan":
            mass = goal * a.activity * (1e-6 if c.unit == "t CO2/t" else 1e-9)
            emitted = draft.fact(Text(f"{c.target_year}年目标排放", f"target emissions in {c.target_year}"), mass, "Mt CO2", year=c.target_year,
                                 basis=Basis.ASSUMPTION, source="user", reader_unit="t")  # fmt: skip
            draft.lead("按给出的产量，相当于排放{0}。", "At the output given that is {0}.", emitted)
        self._table(draft, facts)
        self._chart(draft, m)
        self._close(draft)
        return draft.result()

    def _facts(self, draft: Draft, now: float, p: float, m: float, goal: float) -> dict[str, int]:
        c = self.case
        own = c.place is not None
        given, source = c.basis, "mrio_sector" if own else "user"
        shared = (
            {"region": c.place.name.en, "sector": c.part.name.en, "account": Account.SCOPE1}
            if c.place and c.part
            else {}
        )

        def one(zh: str, en: str, value: float, unit: str, year: int | None, basis: Basis, table: str) -> int:
            return draft.fact(Text(zh, en), value, unit, year=year, basis=basis, source=table, **shared)

        y, t = c.base_year, c.target_year
        lined = Basis.USER if c.now is not None else Basis.ASSUMPTION
        return {
            "company": one(f"基年强度CI（{y}）", f"base intensity CI ({y})", c.company, c.unit, y, given, source),
            "start": one(f"行业基年强度SI（{y}）", f"sector's base intensity SI ({y})", c.start, c.unit, y, given, source),
            "now": one(f"行业目标年强度SI（{t}）", f"sector's intensity SI ({t})", now, c.unit, t, lined, "user"),
            "end": one(f"行业强度SI（{END}）", f"sector's intensity SI ({END})", c.end, c.unit, END, Basis.USER, "user"),
            "d": one("初始差距d", "initial gap d", c.company - c.end, c.unit, None, Basis.ASSUMPTION, source),
            "p": one("行业进度p", "sector's progress p", p, "1", t, Basis.ASSUMPTION, source),
            "m": one("市场份额系数m（不超过1）", "market-share factor m (at most one)", m, "1", t, Basis.ASSUMPTION, source),
            "goal": one(f"目标强度CI（{t}）", f"target intensity CI ({t})", goal, c.unit, t, Basis.ASSUMPTION, source),
        }  # fmt: skip

    def _table(self, draft: Draft, facts: dict[str, int]) -> None:
        columns = (Column(name=Text("项目", "Item")), Column(name=Text("数值", "Value")))
        rows = tuple((draft[i].label, Ref(fact=i)) for i in facts.values())
        table = draft.table(Table(title=Text("计算过程", "Workings"), columns=columns, rows=rows))
        draft.section(Text("计算过程", "Workings"), tables=(table,))

    def _chart(self, draft: Draft, m: float) -> None:
        """Sector and target on a straight sector line; m grows in to its value by the target year."""
        c = self.case
        if c.now is not None:
            return  # between base and target year the sector's path is not known
        years = tuple(range(c.base_year, c.target_year + 1))
        sector = tuple(sector_line(c.start, c.end, c.base_year, y) for y in years)
        reach = c.target_year - c.base_year
        own = tuple(
            target_intensity(c.company, c.end, progress(c.start, s, c.end), 1 + (m - 1) * i / reach)
            for i, s in enumerate(sector)
        )
        spec = XY(
            x=years,
            series=(Series(name=Text("目标强度", "Target"), y=own), Series(name=Text("行业强度", "Sector"), y=sector)),
            unit=c.unit,
            x_title=Text("年份", "Year"),
            y_title=Text("碳强度", "CO2 intensity"),
        )
        draft.chart(Chart(kind="line", title=draft.title, spec=spec))

    def _close(self, draft: Draft) -> None:
        c = self.case
        draft.method.append(
            Text(f"CI(t) = d × p(t) × m(t) + SI({END})；d = CI(基年) − SI({END})；p(t) =（SI(t) − SI({END})）÷（SI(基年) − SI({END})）；"
                 "m(t) = 基年市场份额 ÷ t年市场份额，不超过1；排放 = CI × 产量",
                 f"CI(t) = d p(t) m(t) + SI({END}); d = CI(base) - SI({END}); p(t) = (SI(t) - SI({END})) / (SI(base) - SI({END})); "
                 "m(t) = market share in the base year / in t, at most 1; emissions = CI x output")
        )  # fmt: skip
        if c.now is None:
            draft.caveats.append(
                Text(f"没有给出行业{c.target_year}年强度，按到{END}年的直线取（我们的假设）；SBTi各行业的路径不是直线。",
                     f"The sector's intensity of {c.target_year} was not given and lies on a straight line to {END} (our assumption); SBTi's "
                     "sector pathways are not straight.")
            )  # fmt: skip
        if c.place is not None:
            guess = ("为估算，", "is estimated and ") if c.basis is Basis.ESTIMATED else ("", "")
            draft.caveats.append(
                Text(f"SBTi式示意，用货币产出的经济强度类比：SBTi只核定企业目标，这不是对省份的分配；产出{guess[0]}含价格差异。",
                     "An SBTi-style illustration, an analogue with economic intensity per monetary output: SBTi validates companies only, and "
                     f"this allocates nothing to a province. Output {guess[1]}differs in prices.")
            )  # fmt: skip
        else:
            draft.caveats.append(
                Text("适用于有实物产量的均质行业；目标须由SBTi核定才算科学碳目标。",
                     "It suits homogeneous sectors with physical output; only SBTi's validation makes it a science-based target.")
            )  # fmt: skip
            if c.unit == "kg CO2/10k yuan":
                draft.caveats.append(
                    Text(
                        "按货币产出的强度只是经济强度类比。",
                        "Intensity per monetary output is an economic analogue only.",
                    )
                )
        draft.suggestions.append(
            Text("SBTi要求每年线性减排多少？", "What linear annual reduction does SBTi ask of companies?")
        )
