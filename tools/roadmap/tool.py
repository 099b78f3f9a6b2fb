"""The roadmap tool: a place's way to carbon neutrality, or what a changed assumption does to it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from data.classification import NATION
from data.text import Text, joined
from tools.declare import Arguments, Carried, Context, tool
from tools.domain import PlaceArg, SectorArg, Year
from tools.result import Draft, Result
from tools.roadmap import (
    parts_chain,
    parts_energy,
    parts_notes,
    parts_now,
    parts_price,
    parts_targets,
    parts_when,
    parts_where,
)
from tools.roadmap.asked_levers import levers
from tools.roadmap.asked_own import OwnAsked, OwnScenario, asked_scope, own_changes, scenario_used
from tools.roadmap.asked_power import Source
from tools.roadmap.book import Book
from tools.roadmap.chains import pairs
from tools.roadmap.lead import lead, lead_on
from tools.roadmap.names import BASE, LAST, at, scenario_name
from tools.roadmap.overrides import check_together, described
from tools.roadmap.parts_asked import BALANCED, DEFAULT_YEARS, Indicator, asked, change_lead
from tools.roadmap.parts_buyer import actions
from tools.roadmap.parts_own import kept_apart, own_part
from tools.roadmap.read_overrides import Overrides
from tools.roadmap.refusals import (
    FIRST_TARGET,
    bad_target,
    bad_year,
    indicator_changed,
    no_group,
    no_year,
    sector_of_what,
    source_of_what,
)
from tools.roadmap.scope import Scope, scope_caveats
from tools.roadmap.story import Story, tell
from tools.roadmap.whatif import what_if
from tools.roadmap.year_lead import year_lead

SUMMARY = Text(
    "某省、某省份组合或全国走向碳中和的路线图：总排放、移除与净排放的情景，达峰窗口，时间表，分措施与分行业减排，产业链同步减排，与政策目标"
    "对照；可问净零年份、改变增速、去掉碳捕集、设定非化石占比、推迟措施。情景分析，不是预测。",
    "A roadmap to carbon neutrality for a province, a group or China: scenarios of gross emissions, removals and net, the peak "
    "window, a timetable, cuts by lever and sector, chains that must move together, targets beside it; also what-ifs: a net-zero "
    "year, other growth, no carbon capture, a non-fossil share, a delay. Scenarios, no forecast.",
)  # fmt: skip
EXAMPLES = (
    Text("广东在2060年达成碳中和时间表及产业投入产出路线图应为何？", "What should Guangdong's roadmap to carbon neutrality by 2060 be?"),
    Text("画一条江苏2060碳中和路径", "Draw a 2060 neutrality pathway for Jiangsu"),
    Text("全国双碳情景下什么时候达峰？", "When does China peak in the dual-carbon scenario?"),
    Text("若浙江2035年非化石占比提高到45%，排放会低多少", "If Zhejiang's non-fossil share rises to 45 % in 2035, how much lower are emissions?"),
    Text("不用CCUS，内蒙古2060年还能净零吗？", "Can Inner Mongolia still reach net zero in 2060 without CCUS?"),
    Text("河北2035年排放会降到多少？", "What will Hebei's emissions be in 2035?"),
    Text("如果经济增速低1个百分点，山东2060年的排放会怎样？", "What if Shandong's growth is 1 point lower?"),
    Text("上海能在2050年实现碳中和吗？", "Could Shanghai be carbon neutral by 2050?"),
    Text("现行政策下四川的排放走势", "Sichuan's emissions under current policies"),
    Text("加速情景下全国2040年的净排放是多少？", "China's net emissions in 2040 in the accelerated scenario"),
    Text("湖北要减多少、减哪些行业、上下游怎么一起减？", "How much must Hubei cut, where, and how along the chain?"),
    Text("措施推迟五年对广东达峰有什么影响？", "What does a five-year delay do to Guangdong's path?"),
    Text("给我辽宁十五五到二十一五的减碳时间表", "Give me Liaoning's decarbonization timetable by five-year plan"),
    Text("福建脱碳情景里哪些措施减得最多？", "Which measures cut most in Fujian's decarbonization scenario?"),
    Text("长三角碳达峰碳中和路线图", "Roadmap to peak and neutrality for the Yangtze River Delta"),
)  # fmt: skip


class RoadmapArguments(Arguments):
    """What the roadmap is about."""

    place: PlaceArg = Field(NATION, description="Province, group of provinces or China.")
    target_year: Year | None = Field(
        None,
        description="Year in which net zero is asked for (2035 to 2060): the answer leads with the path that reaches it.",
    )
    scenario: Literal["dual_carbon", "current_policies", "accelerated"] = Field(
        "dual_carbon", description="Scenario to lead with where no net-zero year is asked for."
    )
    year: Year | None = Field(
        None, description="A year (2020 to 2060) whose emissions are asked about: only it is told."
    )
    years: tuple[Year, ...] = Field(
        (), max_length=6, description="Several years asked about in one question, in the place of `year`: each is told."
    )
    indicator: Indicator | None = Field(
        None,
        description="What is asked of the year(s) in the place of emissions: power_use, generation (by source), capacity (wind, solar "
        "and the rest), power_import (net, share of use, and from where), nonfossil_energy (share of primary energy), nonfossil_power (of "
        "power used) or removals (capture, land sink, engineered removals). Without a year: 2030, 2035 and 2060.",
    )
    source: Source | None = Field(
        None,
        description="The one source of power that generation or capacity is asked of (capacity: thermal as a whole).",
    )
    asks: Literal["peak", "levers"] | None = Field(
        None,
        description="peak: the peak window and level lead. levers: which of the nine levers cut most in `year` (default 2060), in all or "
        "in `sector`.",
    )
    sector: SectorArg | None = Field(None, description="With asks=levers: the sector whose levers are asked about.")
    since: int | Literal["peak"] | None = Field(
        None, description="A year (2017 on), or peak, that emissions of `year` are compared with: change in per cent."
    )
    overrides: Overrides = Field(
        (),
        description="What-ifs, as objects or as the asker's sentence: growth in points or to a level, no or less CCUS and engineered "
        "removals, a non-fossil share of energy or power in a year, all measures or one of them later, earlier or in part. With "
        "`target_year`: whether net zero can be reached under them.",
    )
    own: OwnAsked = None
    own_scenario: OwnScenario = None
    detail: Literal["full", "brief"] = Field(
        "full", description="full: all parts; brief, or a `year`: the lead, the key years and the fan chart."
    )

    @model_validator(mode="after")
    def _years(self) -> RoadmapArguments:
        if self.target_year is not None and not FIRST_TARGET <= self.target_year <= LAST:
            raise Carried(bad_target(self.target_year))
        for year in self.asked_years:
            if not BASE < year <= LAST:
                raise Carried(bad_year(year))
        if self.since is not None and not self.asked_years:
            raise Carried(no_year())
        if self.sector is not None and self.asks != "levers":
            raise Carried(sector_of_what())
        if self.source is not None and self.indicator not in BALANCED[:2]:
            raise Carried(source_of_what())
        if self.overrides and (self.indicator is not None or self.since is not None):
            raise Carried(indicator_changed())
        if self.overrides and self.place.kind == "group":
            raise Carried(no_group())
        return self

    @property
    def asked_years(self) -> tuple[int, ...]:
        """The years asked about, in order; a few where an indicator is asked for without one."""
        named = tuple(sorted({*self.years, *(() if self.year is None else (self.year,))}))
        return named or (DEFAULT_YEARS if self.indicator is not None else ())


@tool(title=Text("碳中和路线图", "Roadmap to neutrality"), summary=SUMMARY, examples=EXAMPLES)
def roadmap(arguments: RoadmapArguments, context: Context) -> Result:
    """A place's roadmap, or a what-if. Raises NotAvailable for a province without inventory."""
    scope = asked_scope(context, arguments.place, arguments.own)
    arguments = _with_own_scenario(arguments, context)
    story = tell(scope, arguments.scenario, arguments.target_year)
    draft = Draft(_title(arguments, scope, story))
    draft.model_version = scope.engine.version
    book = Book(draft, scope, scope.engine.model.nowcast)
    if arguments.overrides:
        peak_first = arguments.asks == "peak"
        what_if(book, story, arguments.overrides, arguments.scenario, arguments.asked_years, peak_first=peak_first)
        own_part(book, story.lead)
    else:
        book.bands[story.lead.scenario] = story.band
        _full(book, story, arguments, context)
    if arguments.own_scenario is not None and context.own is not None:
        draft.caveats.append(scenario_used(context.own, arguments.own_scenario))
    kept_apart(draft, scope, context.own)
    _close(book, story, arguments)
    return draft.result()


def _with_own_scenario(arguments: RoadmapArguments, context: Context) -> RoadmapArguments:
    """The arguments with the changes of the asker's scenario file beside those named. Raises NotAvailable, BadRequest."""
    changes = own_changes(context, arguments.own_scenario)
    if not changes:
        return arguments
    if arguments.place.kind == "group":
        raise no_group()
    together = (*arguments.overrides, *changes)
    check_together(together)
    return arguments.model_copy(update={"overrides": together})


def _title(arguments: RoadmapArguments, scope: Scope, story: Story) -> Text:
    where = scope.name
    if arguments.overrides:
        said, goal = joined([described(o) for o in arguments.overrides]), arguments.target_year
        zh, en = ("", "") if goal is None else (f"，{goal}年净零", f", net zero in {goal}")
        return Text(f"{where.zh}：若{said.zh}{zh}（情景分析）", f"{where.en}: {said.en}{en} (scenario analysis)")
    if arguments.target_year is not None:
        year = arguments.target_year
        return Text(f"{where.zh}{year}年碳中和时间表与产业投入产出路线图（情景分析）",
                    f"{where.en}: timetable to neutrality in {year} and input-output roadmap (scenario analysis)")  # fmt: skip
    name = scenario_name(story.lead.scenario)
    return Text(f"{where.zh}{name.zh}情景路线图（情景分析）", f"{where.en}: {name.en} roadmap (scenario analysis)")


def _full(book: Book, story: Story, arguments: RoadmapArguments, context: Context) -> None:
    _asked(book, story, arguments)
    if not arguments.asked_years and arguments.asks != "levers":
        lead(book, story, peak_first=arguments.asks == "peak")
    if arguments.indicator is not None or arguments.asks == "levers":
        own_part(book, story.lead)
        return
    if arguments.asked_years or arguments.detail == "brief":
        parts_now.key_years(book, story, (parts_when.fan(book, story),))
        own_part(book, story.lead)
        return
    joint, left = pairs(context.warehouse, story.engine.model, story.lead, story.scope.indices)
    lead_on(book, story, joint)
    parts_now.key_years(book, story)
    own_part(book, story.lead)
    parts_now.baseline(book, story, context.warehouse)
    parts_when.when(book, story, actions(book, story, joint))
    parts_where.where(book, story)
    parts_where.matrix(book, story)
    parts_energy.energy(book, story, context.warehouse)
    parts_chain.chains(book, story, joint, left)
    parts_targets.targets(book, story, context)
    parts_notes.uncertainty(book, story, context.warehouse)
    parts_price.price(book, story)
    parts_notes.closing(book, story, context.warehouse)


def _asked(book: Book, story: Story, arguments: RoadmapArguments) -> None:
    """The sentences on the years asked about."""
    if arguments.indicator is not None:
        asked(book, story, arguments.indicator, arguments.asked_years, arguments.source)
        return
    if arguments.asks == "levers":
        levers(book, story, arguments.asked_years, arguments.sector)
        return
    for year in arguments.asked_years:
        if arguments.since is not None:
            change_lead(book, story, arguments.since, year)
        else:
            year_lead(book, story, year)


def _close(book: Book, story: Story, arguments: RoadmapArguments) -> None:
    draft, where = book.draft, book.scope.name
    draft.caveats.append(
        Text(f"这是在所列假设下的情景，不是预测，也不是{where.zh}的目标；未见官方公布的逐年路径。",
             f"A scenario under the assumptions listed, neither a forecast nor a target of {where.en}; no official year-by-year "
             "path was found.")
    )  # fmt: skip
    if arguments.indicator is None:
        draft.caveats += _of_emissions(book, story)
    draft.method += [
        Text("投入产出情景模型：2017年表，九类产品的系数与各行业燃料用量随九项措施逐年变动，需求按给定的GDP路径定标。",
             "Input-output scenario model: the 2017 table with the coefficients of nine products and all fuel uses moved year by "
             "year by nine levers, demand scaled to a given GDP path."),
        Text("措施贡献：沿两条路径之间直线的路径积分，合计恰等于两者之差；反演：逐次线性化的线性规划，成本仅用于排序。",
             "Contributions of levers: path integral between two deployments, adding up exactly; backcast: successive linear "
             "programmes, costs used for ranking only."),
    ]  # fmt: skip
    for table in ("co2", "mrio_sector"):
        if table not in draft.sources:
            draft.sources.append(table)
    draft.suggestions += _suggestions(story, arguments)


def _of_emissions(book: Book, story: Story) -> list[Text]:
    """What must be said beside emissions: how firm the peak is, the accounts they stand on, what was limited."""
    return [
        Text("达峰年份取决于所设的措施起步时间，应看窗口而非单一年份；区间是假设的范围，不是概率。",
             "The peak hangs on the assumed start of the levers: read the window, not one year; ranges are of assumptions, no "
             "probabilities."),
        *scope_caveats(book.scope),
        *_limits(story),
    ]  # fmt: skip


def _limits(story: Story) -> list[Text]:
    """What was limited in this run: demand held back, power cost cut off."""
    out = []
    here = list(story.scope.indices)
    scale = story.lead.scale
    middle = sorted(scale[-1])[len(scale[-1]) // 2]
    if any(not 0.5 * middle <= scale[-1, i] <= 2 * middle for i in here):
        out.append(
            Text("为与给定的GDP路径相符，模型对本地需求的缩放与各省中位数相差一倍以上，远期数值更不确定。",
                 "To meet the given GDP path, local demand was scaled by less than half or more than twice the provinces' median; "
                 "late years are less certain.")
        )  # fmt: skip
    if story.lead.capped[:, here].max() > 0:
        out.append(
            Text("个别行业电气化新增的用电成本触及上限，超出部分已截去，用电增量略被低估。",
                 "In single sectors the added cost of power met its cap and was cut off; growth of power use is slightly "
                 "understated.")
        )  # fmt: skip
    return out


def _suggestions(story: Story, arguments: RoadmapArguments) -> list[Text]:
    where = story.scope.name
    if not story.scope.single:
        return [Text("选其中一个省看完整路线图", "Show the full roadmap of one member province")]
    made = {o.subject for o in arguments.overrides}
    offers = {
        "scale CCUS": Text(f"如果不用CCUS，{where.zh}2060年净排放会是多少？", f"What are {where.en}'s net emissions in 2060 without CCUS?"),
        "growth": Text(f"如果经济增速低1个百分点，{where.zh}的排放会怎样？", f"What if {where.en}'s growth is 1 point lower?"),
        "lag": Text(f"如果措施推迟5年，{where.zh}2060年净排放会是多少？", f"What if all measures come 5 years later in {where.en}?"),
    }  # fmt: skip
    out = [said for subject, said in offers.items() if subject not in made][:2]
    if arguments.target_year is None and not arguments.overrides:
        asked = Text(
            f"{where.zh}2060年碳中和的时间表是什么？", f"What is {where.en}'s timetable to neutrality in 2060?"
        )
        return [*out, asked]
    share = float(story.energy(story.dual).nonfossil_primary[at(2035), story.scope.index]) * 100
    higher = 5 * int(share // 5 + 2)  # a round share above the scenario's own
    if higher < 80 and "share" not in made:
        out.append(
            Text(f"若{where.zh}2035年非化石占比达到{higher}%，排放会低多少？",
                 f"How much lower are {where.en}'s emissions with a non-fossil share of {higher} % in 2035?")
        )  # fmt: skip
    return out
