"""project_appraisal: what a project adds each year: its own fuels, its purchased power, and the chain behind its inputs."""

from __future__ import annotations

from data.errors import BadRequest
from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.declare import Context, tool
from tools.figures.series import Reader, Slice
from tools.measures import MEASURES
from tools.mrio import words
from tools.mrio.system import need_inventory, scope_of
from tools.mrio.telling import guess_of, table, use
from tools.practice.project_blocks import direct, investment, power, upstream
from tools.practice.project_work import ProjectAppraisalArguments, Work
from tools.practice.spend_factors import UNFIT
from tools.result import Account, Basis, Draft, Result, weakest


@tool(
    title=Text("项目碳排放评估", "Appraisal of a project"),
    summary=Text(
        "由项目的年用能、用电、产出或投资，分三块给出直接排放、外购电力排放、上游隐含排放，并与所在省排放相比；说明哪些不可相加。",
        "From a project's yearly fuels, electricity, output or investment: direct emissions, those of purchased power, and those "
        "embodied upstream, beside the province's account; says what must not be added.",
    ),
    examples=(
        Text(
            "广东拟建一个年用电2亿千瓦时的数据中心，碳排放影响多大？",
            "A data centre in Guangdong using 200 GWh of electricity a year: what does it add in CO2?",
        ),
        Text(
            "河北新建水泥项目年用原煤10万吨、用电1亿千瓦时、产值5亿元，评估碳排放",
            "Appraise a cement project in Hebei burning 100,000 t of raw coal with 500 million yuan of output",
        ),
        Text(
            "江苏化工项目投资20亿元隐含多少排放",
            "CO2 embodied in investing 2 billion yuan in a chemical project in Jiangsu",
        ),
    ),
)
def project_appraisal(arguments: ProjectAppraisalArguments, context: Context) -> Result:
    """Direct, purchased-power and upstream CO2 of a project, and its share of the province's account.

    Raises BadRequest where nothing is given or output has no sector, NotAvailable without an inventory or fuel factor.
    """
    _check(arguments)
    scope = scope_of(context.warehouse, arguments.place, arguments.year)
    need_inventory(scope)
    where = scope.place.name
    draft = Draft(Text(f"{where.zh}项目碳排放评估", f"CO2 appraisal of a project in {where.en}"))
    work = Work(arguments, context, draft, scope)
    burnt, bought, behind, once = direct(work), power(work), upstream(work), investment(work)
    _say(work, burnt, bought, behind, once)
    _share(work, burnt)
    _show(work)
    _close(work, behind is not None or once is not None)
    return draft.result()


def _check(arguments: ProjectAppraisalArguments) -> None:
    given = (arguments.fuels, arguments.electricity_gwh, arguments.output, arguments.investment)
    if not any(given):
        raise BadRequest(
            "empty_project",
            Text("请至少给出一项：年用燃料（吨或万立方米）、年用电量、年产值或投资额。",
                 "Give at least one of: fuels a year (t, or 10k m3 of gas), electricity a year, output a year, investment."),
        )  # fmt: skip
    if arguments.output and arguments.sector is None:
        raise BadRequest(
            "no_sector",
            Text("按产值评估上游排放需要知道项目所属部门，例如“水泥”“数据中心”。",
                 "To appraise the chain behind the output, name the project's sector, such as cement or data centre."),
        )  # fmt: skip


def _say(work: Work, direct: int | None, power: int | None, upstream: int | None, once: int | None) -> None:
    where, guess = work.scope.place, guess_of(work.scope.system)
    zh: list[str] = []
    en: list[str] = []
    facts: list[int] = []
    for index, name in (
        (direct, Text("直接排放", "direct emissions")), (power, Text("外购电力排放", "emissions of purchased power")),
        (upstream, Text(f"其他投入的上游隐含排放{guess[0]}", f"emissions embodied in its other inputs{guess[1]}")),
    ):  # fmt: skip
        if index is not None:
            zh.append(f"{name.zh}{{{len(facts)}:range}}")
            en.append(f"{name.en} of {{{len(facts)}:range}}")
            facts.append(index)
    if facts:
        work.draft.lead(
            f"{where.name.zh}该项目每年：{'，'.join(zh)}。",
            f"Each year this project in {where.name.en} has {', '.join(en)}.",
            *facts,
        )
    if direct is not None and power is not None:
        first, second = work.draft[direct], work.draft[power]
        both = work.fact(
            "直接与外购电力排放合计（项目口径范围一加范围二）", "direct and purchased power together (project's scope 1 and 2)",
            first.value + second.value, "Mt CO2", account=Account.SCOPE1_PLUS_NET_POWER, basis=weakest(first.basis, second.basis),
            source=first.source, reader_unit="t",
        )  # fmt: skip
        work.draft.lead(
            "前两项可以相加，作为项目自身的范围一加范围二，合计{0}；上游排放属于其他企业的账，不可再加。" if upstream is not None
            else "两项可以相加，作为项目自身的范围一加范围二，合计{0}。",
            "The first two may be added as the project's own scope 1 and 2, {0}; what is upstream stands in other firms' books and is "
            "not added." if upstream is not None else "The two may be added as the project's own scope 1 and 2, {0}.", both,
        )  # fmt: skip
    if once is not None:
        work.draft.lead(
            f"{where.name.zh}该项目的投资建设一次性隐含排放{guess[0]}{{0:range}}，不是每年发生。",
            f"Building the project in {where.name.en} embodies {{0:range}} once{guess[1]}, not each year.", once,
        )  # fmt: skip


def _share(work: Work, direct: int | None) -> None:
    """The direct emissions beside the province's scope 1 of the latest inventory: the only block that is in that account."""
    if direct is None:
        return
    where = work.scope.place
    series = Reader(work.context.warehouse, MEASURES["co2"]).series([Slice(where)])[0]
    year = max(series.values)
    level = work.draft.fact(
        Text(f"{where.name.zh}{year}年二氧化碳排放（范围一）", f"{where.name.en} {year}: CO2 emissions (scope 1)"),
        series.values[year].value, "Mt CO2", region=where.name.en, year=year, account=Account.SCOPE1, basis=Basis.OBSERVED, source="co2",
    )  # fmt: skip
    part = work.fact(
        f"直接排放相当于全省{year}年范围一的份额", f"direct CO2 relative to the province's scope 1 of {year}",
        100 * work.draft[direct].value / series.values[year].value, "%", account=Account.SCOPE1,
        basis=weakest(work.draft[direct].basis), source="co2", year=year,
    )  # fmt: skip
    work.draft.lead(
        f"其中只有直接排放会进入本省范围一清单，相当于{where.name.zh}{year}年排放{{0}}的{{1}}。",
        f"Only the direct emissions enter the province's scope 1 inventory: {{1}} of the {{0}} of {where.name.en} in {year}.", level, part,
    )  # fmt: skip


def _show(work: Work) -> None:
    head: list[tuple[Text, str | None]] = [
        (Text("项目内容", "Item"), None), (Text("数量", "Amount"), None), (Text("因子", "Factor"), None), (Text("二氧化碳", "CO2"), "Mt CO2"),
    ]  # fmt: skip
    shown = work.draft.table(table(work.draft.title, head, work.rows))
    drawn: tuple[int, ...] = ()
    if len(work.blocks) > 1:
        bars = Series(name=Text("每年", "Each year"), y=tuple(work.draft[f].value for _, f in work.blocks))
        chart = Chart(
            kind="bar", title=Text(f"{work.draft.title.zh}：每年三块", f"{work.draft.title.en}: each year"),
            spec=XY(x=tuple(n for n, _ in work.blocks), series=(bars,), unit="Mt CO2", y_title=Text("二氧化碳", "CO2")),
        )  # fmt: skip
        drawn = (work.draft.chart(chart),)
    work.draft.section(Text("计算明细", "Workings"), tables=(shown,), charts=drawn)


def _close(work: Work, chained: bool) -> None:
    draft = work.draft
    draft.caveats += [
        Text("重复计算：外购电力的排放同时在发电企业（可能在外省）的账上，上游排放在各供方的账上；它们不与本省清单相加。工艺过程排放（如水泥熟料）"
             "未含在燃料因子内。",
             "Double counting: purchased power also stands in the books of the generators (perhaps in other provinces), upstream emissions "
             "in those of the suppliers; none is added to the province's inventory. Process emissions (cement clinker) are not in the "
             "fuel factors."),
        Text("煤质差异很大，燃料因子为指南缺省值；正式核算用实测热值与含碳量。",
             "Coal differs widely; fuel factors are guideline defaults. Formal accounting uses measured heat and carbon content."),
    ]  # fmt: skip
    if chained:
        draft.caveats.append(UNFIT)
        words.caveats(draft, work.scope)
        use(draft, work.scope.system, "mrio_use", "mrio_trade", "co2_42")
        draft.method.append(
            Text("上游 = 产值 × Σ e_i·a_ij（不含电力热力行），e 为隐含强度 f′(I − A)⁻¹；投资按建筑与设备的采购因子计。",
                 "Upstream = output x sum of e_i a_ij without the rows of electricity and heat, e = f'(I - A)^-1; investment by the purchase "
                 "factors of construction and equipment.")
        )  # fmt: skip
    draft.method.append(
        Text("直接 = 燃料 × 热值 × 含碳量 × 氧化率 × 44/12；外购电力 = 电量 × 电网因子。",
             "Direct = fuel x heat value x carbon content x oxidation x 44/12; purchased power = kWh x grid factor.")
    )  # fmt: skip
    name = work.scope.place.name
    draft.suggestions += [
        Text(f"{name.zh}各行业支出法排放因子排名", f"Spend-based factors of all sectors in {name.en}"),
        Text(
            f"{name.zh}2019年加上外来电后的排放是多少？",
            f"{name.en}'s emissions with imported electricity included, 2019",
        ),
    ]


__all__ = ["project_appraisal"]
