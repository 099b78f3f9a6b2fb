"""A company's target by absolute contraction: its own base-year emissions, SBTi's rule for base years after 2020."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import BadRequest
from data.text import Text
from tools.benchmark.contraction import (
    RULE_YEAR,
    SBTI_CLAUSE,
    SBTI_DOCUMENT,
    cite_rate,
    company_path,
    contracted,
    counted_years,
)
from tools.charts.specs import XY, Chart, Series
from tools.declare import Context
from tools.ict.clauses import cite
from tools.policy.rows import all_targets
from tools.policy.wording import label
from tools.result import Basis, Draft, Result

if TYPE_CHECKING:
    from data.classification import Place
    from tools.benchmark.contraction import ContractionArguments

_T = 1e-6  # tonnes in Mt
_FIRST, _LAST = 2015, 2035  # base years that make sense for a company here


def _years(arguments: ContractionArguments) -> tuple[int, int]:
    """Base year and target year. Raises BadRequest without a base year, or where they are not in order."""
    base_year, goal_year = arguments.base_year, arguments.target_year
    if base_year is None or not _FIRST <= base_year <= _LAST:
        raise BadRequest(
            "no_base_year",
            Text(f"请给出企业的基年（{_FIRST}—{_LAST}年）。", f"Give the company's base year ({_FIRST}-{_LAST})."),
        )
    if goal_year <= base_year:
        raise BadRequest(
            "years_order", Text(f"目标年份须晚于基年{base_year}年。", f"The target year must come after {base_year}.")
        )
    return base_year, goal_year


def company_contraction(arguments: ContractionArguments, emissions: float, context: Context) -> Result:
    """The target of a company with ``emissions`` t CO2e in its base year.

    Raises BadRequest without a base year, or where the years are not in order.
    """
    base_year, goal_year = _years(arguments)
    rate = arguments.rate
    draft = Draft(Text(f"企业绝对收缩目标：{goal_year}年", f"Absolute contraction target of a company for {goal_year}"))

    def mt(zh: str, en: str, tonnes: float, year: int, basis: Basis) -> int:
        source = "user" if basis is Basis.USER else "sbti-cnzs-v1"
        return draft.fact(
            Text(zh, en), tonnes * _T, "Mt CO2e", year=year, basis=basis, source=source, reader_unit="t CO2e"
        )

    years = counted_years(base_year, goal_year)
    goal = mt(
        f"{goal_year}年目标排放",
        f"target for {goal_year}",
        contracted(emissions, rate, years),
        goal_year,
        Basis.ASSUMPTION,
    )
    start = mt(f"{base_year}年排放", f"emissions in {base_year}", emissions, base_year, Basis.USER)
    cut = draft.fact(
        Text("较基年降幅", "cut from the base year"),
        min(100.0, rate * years),
        "%",
        basis=Basis.ASSUMPTION,
        source="sbti-cnzs-v1",
    )
    pace = draft.fact(
        Text("年降幅（占基年排放）", "yearly cut, of base-year emissions"),
        rate,
        "%/yr",
        basis=Basis.ASSUMPTION,
        source="sbti-cnzs-v1",
    )
    draft.lead(
        f"该企业{goal_year}年的目标排放为{{0}}：比{base_year}年的{{1}}减少{{2}}，年降幅{{3}}，按绝对收缩法。",
        f"The company's target for {goal_year} is {{0}}: {{2}} below the {{1}} of {base_year}, at {{3}} by absolute contraction.",
        goal, start, cut, pace,
    )  # fmt: skip
    if base_year > RULE_YEAR:
        draft.lead(
            f"基年晚于{RULE_YEAR}年，所需降幅仍按年降幅乘以目标年与{RULE_YEAR}年之差计算，不因基年推后而减少。",
            f"The base year is after {RULE_YEAR}: the cut is still the yearly rate times the years from {RULE_YEAR}, so a later base "
            "year does not soften it.",
        )
    cite_rate(draft, context, rate)
    span = tuple(range(base_year, goal_year + 1))
    line = Series(
        name=Text("目标路径", "Target path"),
        y=tuple(company_path(emissions, rate, base_year, goal_year, y) * _T for y in span),
    )
    spec = XY(x=span, series=(line,), unit="Mt CO2e", x_title=Text("年份", "Year"), y_title=Text("排放", "Emissions"))
    draft.chart(Chart(kind="line", title=draft.title, spec=spec))
    draft.caveats.append(
        Text(
            "目标须由SBTi核定才算科学碳目标；本结果只是按公式计算。",
            "Only SBTi's validation makes it a science-based target; this is the formula alone.",
        )
    )
    draft.method.append(
        Text(f"E_T = E_0 ×（1 − r ×（T − min(t0, {RULE_YEAR})））；其间取直线",
             f"E_T = E_0 x (1 - r x (T - min(t0, {RULE_YEAR}))); a straight line between")
    )  # fmt: skip
    draft.suggestions.append(
        Text("SBTi要求目标覆盖多少范围1和范围2排放？", "What share of scope 1 and 2 must an SBTi target cover?")
    )
    return draft.result()


def rule_of_sbti(place: Place | None, context: Context) -> Result:
    """What SBTi asks for a year, of whom, and what it means where a place is spoken of."""
    draft = Draft(Text("SBTi的年降幅与适用对象", "SBTi's yearly rate and whom it is for"))
    rows = [t for t in all_targets(context.warehouse) if (t.document, t.clause) == (SBTI_DOCUMENT, SBTI_CLAUSE)]
    own = next(t for t in rows if "范围1" in t.topic_zh and t.value is not None)
    other = next(t for t in rows if "范围3" in t.topic_zh and t.value is not None)
    facts = [
        draft.fact(label(t), t.value or 0.0, t.unit or "%/yr", basis=Basis.TARGET, source=t.document)
        for t in (own, other)
    ]
    rate = cite(draft, context.library, SBTI_DOCUMENT, SBTI_CLAUSE)
    name = Text("省份和地区", "a province or region") if place is None else place.name
    draft.lead(
        f"SBTi的绝对收缩法要求企业范围一和范围二排放的线性降速至少为{{0}}（占基年排放，1.5°C），不适用于{name.zh}：SBTi只面向企业，不审定地区或行业的目标{{c1}}；套用到省份只是示意{{c0}}。",
        f"By absolute contraction SBTi asks companies to cut scope 1 and 2 emissions by at least {{0}} of the base year's (1.5 °C) {{c0}}; it "
        f"does not apply to {name.en}: SBTi is for companies and validates no target of a region or sector {{c1}}, so on a province it is "
        "an illustration only {c0}.",
        facts[0], citations=(rate, cite(draft, context.library, SBTI_DOCUMENT, "版本")),
    )  # fmt: skip
    draft.lead(
        "对企业范围三的最低要求是{0}（按较宽的升温路径）{c0}。",
        "Of companies' scope 3 it asks at least {0}, on a less strict pathway {c0}.",
        facts[1], citations=(rate,),
    )  # fmt: skip
    where = "浙江" if place is None else place.name.zh
    draft.suggestions.append(
        Text(f"按SBTi每年4.2%的速度示意，{where}2030年应降到多少？",
             f"As an illustration, {'Zhejiang' if place is None else place.name.en} at SBTi's 4.2 % a year: level in 2030?")
    )  # fmt: skip
    return draft.result()
