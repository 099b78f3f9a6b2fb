"""The backcast tool: can a place meet a climate goal, at least assumed cost, and with which measures."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from pydantic import Field

from data.classification import NATION, place
from data.errors import BadRequest, TanluError
from data.text import Text, joined
from tools.declare import Arguments, Context, tool
from tools.domain import PlaceArg, Year
from tools.result import Draft, Result
from tools.roadmap import parts_costs, parts_goal, parts_matrix
from tools.roadmap.asked_own import OwnAsked, asked_scope
from tools.roadmap.book import Book
from tools.roadmap.changed import changed, combines
from tools.roadmap.goals import Goal, Terms, bad_year, checked, standing
from tools.roadmap.names import CCUS, COMMON, FIRST, LAST, at, scenario_name
from tools.roadmap.parts_budget import budget_lead, budget_period
from tools.roadmap.parts_own import kept_apart, own_part
from tools.roadmap.parts_peak import windows_lead
from tools.roadmap.read_overrides import Overrides
from tools.roadmap.scope import Scope, scope_caveats
from tools.roadmap.study import Study

_BUDGET_TOLD = 2045  # the year whose measures are told where the goal names none
SUMMARY = Text(
    "反演：某省或全国能否达到所给的气候目标（某年净零、某年排放上限或比某年下降百分之几、某年前达峰、2026—2060年碳预算），假设成本最低的"
    "路径、措施×行业贡献、封存需求；不可行时给出差距与最近的可行目标；也给出边际减排成本曲线。情景分析，不是预测。",
    "Backcast: whether a province or China can meet a given goal (net zero in a year, a cap or a percentage cut in a year, a peak "
    "before a year, a carbon budget 2026-2060), the path of least assumed cost, measures by sector, storage needed; where it cannot, "
    "the gap and the nearest feasible targets; also the marginal abatement cost curve. Scenarios, no forecast.",
)  # fmt: skip
EXAMPLES = (
    Text("广东怎样才能在2055年碳中和，成本最低的路径？", "Least-cost path to net zero in 2055 for Guangdong"),
    Text("把江苏2035年净排放控制在6亿吨以内可行吗", "Is it feasible to keep Jiangsu's net emissions within 600 Mt in 2035?"),
    Text("山西2028年前达峰要怎么做", "What must Shanxi do to peak before 2028?"),
    Text("广东2026年起的碳预算为80亿吨，可行吗？", "Carbon budget of 8 Gt for Guangdong from 2026: feasible?"),
    Text("按成本从低到高，广东的减排措施有哪些（边际减排成本曲线）", "Guangdong's marginal abatement cost curve"),
    Text("山东2035年排放比2020年下降40%能做到吗", "Can Shandong cut emissions by 40 % from 2020 by 2035?"),
)  # fmt: skip


class BackcastArguments(Arguments):
    """The goal, and how contributions are told."""

    place: PlaceArg = Field(NATION, description="Province or China; a group of provinces for the cost curve alone.")
    goal: Literal["neutral", "cap", "peak", "budget", "costs"] = Field(
        "neutral",
        description="neutral: net zero in `year`; cap: emissions of `year` at most `amount`, or `percent` below `base_year`; peak: "
        "before `year`; budget: net emissions of 2026-2060 sum to at most `amount`; costs: no goal, the marginal abatement cost "
        "curve of the dual-carbon scenario in `year`.",
    )
    year: Year | None = Field(
        None, description="Year of the goal: 2035-2060 (neutral), 2026-2060 (cap, costs), 2027-2040 (peak)."
    )
    amount: float | None = Field(
        None,
        description="Mt CO2: the cap of the year, or the budget over 2026-2060 (8 Gt = 8000); without it, what the scenarios add up to.",
    )
    percent: float | None = Field(None, description="For a cap: percent below the base year, 0 to 100.")
    base_year: int | None = Field(None, description="Base year of `percent`, 2017 to 2025; by default 2025.")
    account: Literal["net", "gross"] = Field("net", description="For a cap: net or gross emissions.")
    through: Year | None = Field(
        None,
        description="For a budget over fewer years: the last of them (2026 to `through`, e.g. 2030); the scenarios are held against it.",
    )
    without: tuple[Literal["ccus", "removals"], ...] = Field(
        (), description="What the path to the goal must do without: carbon capture, engineered removals."
    )
    overrides: Overrides = Field(
        (),
        description="Changed assumptions under which the goal is to be met, as in the roadmap: growth, a non-fossil share, single "
        "measures later, earlier or in part, fewer engineered removals.",
    )
    own: OwnAsked = None
    order: Literal["joint", "supply_first"] = Field(
        "joint", description="Attribution: all measures moving together, or power supply first and then the rest."
    )


@tool(title=Text("目标反演与减排成本", "Backcast to a goal"), summary=SUMMARY, examples=EXAMPLES)
def backcast(arguments: BackcastArguments, context: Context) -> Result:
    """Whether a goal can be met, how, and what can be met instead. Raises BadRequest for a goal outside the allowed range."""
    if arguments.place.kind == "group" and arguments.goal != "costs":
        raise _no_group(arguments)
    _years_in_range(arguments)
    scope = _under_changes(arguments, asked_scope(context, arguments.place, arguments.own))
    if arguments.goal == "budget" and (arguments.amount is None or arguments.through not in (None, LAST)):
        return _period(arguments, scope, context)
    study = study_of(arguments, scope)
    draft = Draft(_title(study))
    draft.model_version = scope.engine.version
    book = Book(draft, scope, scope.engine.model.nowcast)
    _tell(book, study, context)
    own_part(book, study.path)
    kept_apart(draft, scope, context.own)
    _close(book, study)
    return draft.result()


def _under_changes(arguments: BackcastArguments, scope: Scope) -> Scope:
    """The scope on the engine under the asker's changes. Raises BadRequest for changes that a backcast cannot be made under."""
    if not arguments.overrides:
        return scope
    if not scope.single:
        raise _no_group(arguments)
    if not combines(arguments.overrides):
        raise BadRequest(
            "goal_of_all_measures",
            Text("反演自行安排各项措施的进度，不能同时把全部措施整体推迟、提前或打折；请只改单项措施，或改问该假设下的情景排放。",
                 "A backcast sets the pace of all measures itself, so they cannot be moved or cut all together as well; change single measures, "
                 "or ask for the scenario's emissions under that assumption."),
        )  # fmt: skip
    return replace(scope, engine=changed(scope.engine, scope.index, arguments.overrides))


def _period(arguments: BackcastArguments, scope: Scope, context: Context) -> Result:
    """A budget of a few years beside the scenarios. Raises BadRequest for a period that is none."""
    through, amount = arguments.through or LAST, arguments.amount
    budget_period(scope, amount, through)
    draft = Draft(
        Text(f"{scope.name.zh}：{COMMON + 1}—{through}年累计排放（情景分析）",
             f"{scope.name.en}: cumulative emissions {COMMON + 1}-{through} (scenario analysis)")
    )  # fmt: skip
    draft.model_version = scope.engine.version
    budget_lead(Book(draft, scope, scope.engine.model.nowcast), scope, amount, through)
    if arguments.without:
        draft.caveats.append(
            Text(
                "“不用碳捕集或移除”的条件没有用于这里的情景对照。",
                "The condition to go without capture or removals was not applied to these scenarios.",
            )
        )
    kept_apart(draft, scope, context.own)
    draft.caveats += scope_caveats(scope)
    for table in ("co2", "mrio_sector"):
        draft.sources.append(table)
    return draft.result()


def _no_group(arguments: BackcastArguments) -> TanluError:
    members = [place(code).name for code in arguments.place.members[:3]]
    names = joined(members)
    return BadRequest(
        "group_goal",
        Text(
            f"反演按单个省份或全国计算，不能对{arguments.place.name.zh}合计求解（各省如何分担没有唯一答案）；请分省询问，例如{names.zh}。"
            f"对{arguments.place.name.zh}可问情景路线图、达峰窗口、时间表、产业链与边际减排成本曲线。",
            f"A backcast is computed for one province or for China, not for {arguments.place.name.en} together (how its members would "
            f"share the effort has no one answer); ask for one of its members, e.g. {names.en}. For {arguments.place.name.en} there are the "
            "scenarios' roadmap, the peak window, the timetable, chains and the marginal abatement cost curve.",
        ),
    )


def _years_in_range(arguments: BackcastArguments) -> None:
    """Raises BadRequest for what can be refused before anything is computed."""
    if arguments.goal == "costs":
        if arguments.year is not None and not COMMON < arguments.year <= LAST:
            raise BadRequest(
                "goal_year",
                Text(f"成本曲线的年份须在{COMMON + 1}至{LAST}年之间，所给为{arguments.year}年。",
                     f"The year of the cost curve lies between {COMMON + 1} and {LAST}; {arguments.year} was given."),
            )  # fmt: skip
        return
    if arguments.goal in ("cap", "peak") and arguments.year is None:
        raise BadRequest(
            "goal_without_year",
            Text("请给出目标年份，例如“2035年”。", "Name the year of the goal, e.g. 2035."),
        )
    if arguments.goal == "cap" and (arguments.amount is None) == (arguments.percent is None):
        raise _no_amount()
    if arguments.percent is not None:
        base, year = arguments.base_year or COMMON, arguments.year or LAST
        if not 0 < arguments.percent <= 100:
            raise BadRequest(
                "goal_percent",
                Text(f"降幅须大于0且不超过100%，所给为{arguments.percent:g}%。",
                     f"The cut lies above 0 and up to 100 %; {arguments.percent:g} % was given."),
            )  # fmt: skip
        if year <= COMMON:  # before the base year, or in a year that is over
            raise bad_year("cap", year)
        if not FIRST <= base <= COMMON:
            raise BadRequest(
                "goal_base_year",
                Text(f"降幅的基年须在{FIRST}至{COMMON}年之间，所给为{base}年。",
                     f"The base year of a cut lies between {FIRST} and {COMMON}; {base} was given."),
            )  # fmt: skip


def _no_amount() -> TanluError:
    return BadRequest(
        "goal_without_amount",
        Text(
            "请给出一个上限：多少亿吨，或较某年下降百分之几（二者选一）。",
            "Give one limit: an amount in Mt, or a percentage below a base year, not both.",
        ),
    )


def study_of(arguments: BackcastArguments, scope: Scope) -> Study:
    """The study that answers these arguments. Raises BadRequest for a goal outside the allowed range."""
    if arguments.goal == "costs":
        return Study(scope, None, None, arguments.year or _BUDGET_TOLD, arguments.order)
    goal = _goal(arguments, scope)
    terms = Terms(
        banned=(CCUS,) if "ccus" in arguments.without else (), removals=0.0 if "removals" in arguments.without else 1.0
    )
    met = not arguments.without and standing(goal, scope.engine.path("current_policies"), scope.index).met
    found = None if met else scope.engine.reach(goal, scope.index, terms)
    told = _BUDGET_TOLD if goal.kind == "budget" else goal.year
    return Study(scope, goal, found, told, arguments.order)


def _goal(arguments: BackcastArguments, scope: Scope) -> Goal:
    """The goal in Mt, checked against what the place emits now."""
    path, r, kind = scope.engine.path("dual_carbon"), scope.index, arguments.goal
    assert kind != "costs"
    account = arguments.account if kind == "cap" else "net"
    amount = arguments.amount or 0.0
    if kind == "cap" and arguments.percent is not None:
        series = path.net if account == "net" else path.gross
        amount = (1 - arguments.percent / 100) * float(series[at(arguments.base_year or COMMON), r])
    year = LAST if kind == "budget" else arguments.year or LAST
    now = at(COMMON)
    goal = Goal(kind, year, amount, account, arguments.percent, arguments.base_year or COMMON)
    return checked(goal, float(path.gross[now, r]), float(path.net[now, r]))


def _title(study: Study) -> Text:
    where = study.scope.name
    if study.goal is None:
        return Text(f"{where.zh}{study.year}年边际减排成本曲线（情景分析）",
                    f"{where.en}: marginal abatement cost curve {study.year} (scenario analysis)")  # fmt: skip
    name, (bare_zh, bare_en) = scenario_name(study.goal.scenario), parts_goal.without_words(study)
    return Text(f"{where.zh}：{name.zh}{bare_zh}（情景分析）", f"{where.en}: {name.en}{bare_en} (scenario analysis)")


def _tell(book: Book, study: Study, context: Context) -> None:
    draft = book.draft
    if study.goal is None:
        parts_costs.curve_lead(book, study)
        parts_matrix.attribution(book, study)
        parts_costs.costs(book, study)
        return
    parts_goal.verdict(book, study)
    if study.goal.kind == "peak":
        windows_lead(book, study)
    if study.found is not None:
        parts_goal.leading(book, study)
        if not study.found.gap:
            parts_costs.total_lead(book, study)
    draft.section(
        Text("路径：关键年份", "The path: key years"),
        tables=(parts_goal.key_table(book, study),),
        charts=(draft.chart(parts_goal.path_chart(book, study)),),
    )
    if study.found is None:
        return
    parts_matrix.attribution(book, study)
    parts_costs.costs(book, study)
    parts_costs.stored(book, study, context.warehouse)


def _close(book: Book, study: Study) -> None:
    draft, where = book.draft, book.scope.name
    draft.caveats += [
        Text(f"情景分析，不是预测，也不是{where.zh}的官方目标；可行与否取决于所设的措施上限、每年推进速度与成本，是局部较优解而非已证明的最优解。",
             f"A scenario analysis, neither a forecast nor an official target of {where.en}; what is feasible hangs on the assumed "
             "limits, ramps and costs of the measures; a good local plan, no proven optimum."),
    ]  # fmt: skip
    if study.goal is not None and study.goal.kind == "peak":
        draft.caveats.append(
            Text("达峰年份对措施起步时间很敏感，起步早晚几年，达峰年份就移动同样多甚至更多；2020—2025年为现时估算。",
                 "The peak year is sensitive to when measures start: a few years' delay moves it as much or more; 2020-2025 is a "
                 "nowcast.")
        )  # fmt: skip
    draft.caveats += scope_caveats(book.scope)
    draft.method += [
        Text("反演：逐次线性化的线性规划（HiGHS），措施介于现行政策（净零目标为双碳情景）与技术上限之间、只升不降、每年最多推进所设的潜力份额，"
             "其他地区与需求结构按双碳情景；结果由非线性模型重算后给出。",
             "Backcast: successive linear programmes (HiGHS); measures lie between current policies (for net zero: dual carbon) and "
             "their technical top, never fall and rise by at most the assumed share a year; other regions and the demand structure "
             "follow dual carbon; the figures are those of the non-linear model run on the result."),
        Text("贡献：沿两条路径之间直线的路径积分，逐行逐列相加恰等于两者之差。",
             "Contributions: path integral between two deployments; rows and columns add up exactly."),
    ]  # fmt: skip
    for table in ("co2", "mrio_sector"):
        if table not in draft.sources:
            draft.sources.append(table)
    draft.suggestions += [
        Text(f"{where.zh}2060年碳中和路线图", f"{where.en}'s roadmap to carbon neutrality by 2060"),
        Text(f"{where.zh}的边际减排成本曲线", f"{where.en}'s marginal abatement cost curve")
        if study.goal is not None
        else Text(f"{where.zh}怎样才能在2055年碳中和，成本最低的路径？", f"Least-cost path to net zero in 2055 for {where.en}"),
    ]  # fmt: skip
