"""The tool ``l1480``: an assessment of a digital solution after ITU-T L.1480, or the list of data it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from data.text import Text, joined
from tools.charts.specs import XY, Chart, Series
from tools.declare import Arguments, Context, tool
from tools.ict.clauses import cite
from tools.ict.effects import net_second_order, second_order, with_higher_order
from tools.ict.l1480_claims import say_claim, say_claims, say_netting, say_tiers
from tools.ict.solutions import EFFECTS, SOURCES, Effect, Solution, find_solution
from tools.result import Basis, Column, Draft, Ref, Result, Table

DOCUMENT = "itu-l1480"
_T = 1e-6  # tonnes in Mt
_INPUTS: dict[Effect, Text] = {
    "F": Text("一阶效应F（方案自身生命周期排放）", "first order F (the solution's own life-cycle emissions)"),
    "R": Text("参考情景排放E_ref", "emissions of the reference scenario, E_ref"),
    "S": Text("采用方案后的排放E_ict", "emissions with the solution, E_ict"),
    "H": Text("更高阶效应H（增加为正）", "higher order effects H (added counts as positive)"),
}
READING = Text(
    "效应树的分支是我们按一阶、二阶、更高阶效应所作的归纳，不是建议书原文；评估者须按实际方案增删。",
    "The branches of the tree are our reading along first, second and higher order effects, not text of the Recommendation; the "
    "assessor adds and drops branches for the solution at hand.",
)
SIGNS = Text(
    "正负号约定（我们的写法，国际电联的符号未见）：净二阶效应 =（E_ref − E_ict）− F，大于零表示避免排放，小于零表示增加排放；"
    "总效应 = 净二阶效应 − H，H 大于零表示增加排放。",
    "Sign convention (our notation, ITU's was not seen): net second order effect = (E_ref - E_ict) - F, above zero emissions avoided, "
    "below zero added; total = net second order effect - H, where H above zero means emissions added.",
)


class L1480Arguments(Arguments):
    """The solution, its effects as far as known (t CO2e over the period), and the tier of the assessment."""

    solution: str | None = Field(
        None,
        max_length=200,
        description="What is assessed: remote meeting, smart building, logistics, or any other digital solution.",
    )
    first_order: float | None = Field(
        None, ge=0, le=1e12, description="F: the solution's own life-cycle emissions, t CO2e."
    )
    reference: float | None = Field(
        None, ge=0, le=1e12, description="E_ref: the activity's emissions in the reference scenario, t CO2e."
    )
    with_solution: float | None = Field(
        None, ge=0, le=1e12, description="E_ict: the same activity's emissions with the solution, t CO2e."
    )
    higher_order: float | None = Field(
        None, ge=-1e12, le=1e12, description="H: higher order effects, t CO2e; added (rebound) is positive."
    )
    tier: int | None = Field(
        None,
        ge=1,
        le=3,
        description="Tier of the assessment; without it the result counts as tier 3, internal screening.",
    )
    asks: Literal["data", "claims", "netting"] = Field(
        "data",
        description="What is asked where no figures are given: data, the data needed; claims, what may be said in public by "
        "tier; netting, whether avoided emissions may be taken off an inventory.",
    )
    users: float | None = Field(None, gt=0, le=1e10, description="Number of users over which the effect is spread.")
    period: str | None = Field(
        None, max_length=60, description="The period the figures are for, e.g. 2025 or one year."
    )


@tool(
    title=Text("L.1480净减排评估", "L.1480 assessment"),
    summary=Text(
        "按ITU-T L.1480评估数字方案：列出一阶、二阶、更高阶效应所需数据和三个层级的要求；给出数字则计算净二阶效应，说明能否对外宣传。",
        "An ITU-T L.1480 assessment of a digital solution: the data that first, second and higher order effects need by tier; with "
        "figures the net second order effect and what may be claimed in public.",
    ),
    examples=(
        Text("按L.1480评估一个远程会议平台的净减排，需要哪些数据？",
             "Which data does an L.1480 assessment of a remote-meeting platform need?"),
        Text("按L.1480评估：参考情景排放1000吨，采用后400吨，方案自身50吨，反弹30吨，净减排多少？",
             "L.1480: reference scenario 1,000 t, with the solution 400 t, first order 50 t, rebound 30 t: what is the net effect?"),
        Text("楼宇能源管理系统的净二阶效应怎么评估，要收集什么数据", "Data needed to assess a building energy management system by L.1480"),
        Text("避免的排放能抵扣公司的排放清单吗？按L.1480", "By L.1480, may avoided emissions be netted off our company's inventory?"),
        Text("L.1480第三级评估：参考2万吨、采用后1.5万吨、一阶600吨",
             "L.1480 tier 3 screening with reference 20,000 t, with solution 15,000 t, first order 600 t"),
    ),
)  # fmt: skip
def l1480(arguments: L1480Arguments, context: Context) -> Result:
    """The net effect where F, E_ref and E_ict are given; else which data are missing, by effect and tier.

    Figures are t CO2e over one period. An assessment without a tier counts as tier 3.
    """
    solution = find_solution(arguments.solution)
    given = (arguments.first_order, arguments.reference, arguments.with_solution, arguments.higher_order)
    inner = any(v is not None for v in given) and arguments.tier in (None, 3)
    mark_zh, mark_en = ("（内部筛查）", " (internal screening)") if inner else ("", "")
    draft = Draft(Text(f"L.1480评估：{solution.name.zh}{mark_zh}", f"L.1480 assessment: {solution.name.en}{mark_en}"))
    work = _Work(arguments, context, draft, solution)
    if any(v is not None for v in given):
        work.computed()
    elif arguments.asks == "claims":
        say_claims(draft, work.clause, arguments.tier)
    elif arguments.asks == "netting":
        say_netting(draft, work.clause)
    else:
        work.needed()
    work.tree(folded=work.complete or arguments.asks != "data")
    work.close()
    return draft.result()


@dataclass(slots=True)
class _Work:
    arguments: L1480Arguments
    context: Context
    draft: Draft
    solution: Solution

    @property
    def known(self) -> dict[Effect, float]:
        """The inputs given, in t CO2e."""
        a = self.arguments
        all_: dict[Effect, float | None] = {
            "F": a.first_order,
            "R": a.reference,
            "S": a.with_solution,
            "H": a.higher_order,
        }
        return {k: v for k, v in all_.items() if v is not None}

    @property
    def complete(self) -> bool:
        """Whether the net second order effect can be computed."""
        return {"F", "R", "S"} <= self.known.keys()

    def clause(self, name: str) -> int:
        """The citation of a clause of the Recommendation."""
        return cite(self.draft, self.context.library, DOCUMENT, name)

    def _fact(self, zh: str, en: str, tonnes: float, basis: Basis) -> int:
        period = self.arguments.period
        span_zh, span_en = (f"（{period}）", f" ({period})") if period else ("", "")
        return self.draft.fact(
            Text(f"{zh}{span_zh}", f"{en}{span_en}"), tonnes * _T, "Mt CO2e", basis=basis, source="user", reader_unit="t CO2e"
        )  # fmt: skip

    def needed(self) -> None:
        """Which data are needed where nothing is given."""
        name = self.solution.name
        counts = {e: [b.name for b in self.solution.branches if b.effect == e] for e in EFFECTS}
        zh = "；".join(f"{EFFECTS[e].zh}：{joined(names).zh}" for e, names in counts.items() if names)
        en = "; ".join(f"{EFFECTS[e].en}: {joined(names).en}" for e, names in counts.items() if names)
        self.draft.lead(
            f"按L.1480评估{name.zh}的净减排，需要四类数据：一阶效应F、参考情景排放E_ref、采用方案后的排放E_ict，以及更高阶效应H{{c0}}；功能单位建议取"
            f"“{self.solution.unit.zh}”。",
            f"To assess {name.en} by L.1480 four kinds of data are needed: first order effects F, emissions of the reference scenario "
            f"E_ref, emissions with the solution E_ict, and higher order effects H {{c0}}; a fitting functional unit is "
            f"{self.solution.unit.en}.",
            citations=(self.clause("效应"),),
        )
        self.draft.lead(f"逐项为：{zh}。", f"Item by item, {en}.")
        say_tiers(self.draft, self.clause)

    def computed(self) -> None:
        """The net effect, or what is missing for it."""
        known, name = self.known, self.solution.name
        facts = {e: self._fact(_INPUTS[e].zh, _INPUTS[e].en, v, Basis.USER) for e, v in known.items()}
        if not self.complete:
            self._partly(facts)
            return
        nsoe = net_second_order(known["R"], known["S"], known["F"])
        net = self._fact(
            "净二阶效应（正为避免排放）", "net second order effect (positive: avoided)", nsoe, Basis.DERIVED
        )
        gross = self._fact(
            "二阶效应（E_ref − E_ict）",
            "second order effect (E_ref - E_ict)",
            second_order(known["R"], known["S"]),
            Basis.DERIVED,
        )
        avoided = nsoe > 0
        zh, en = (
            ("避免排放", "avoided")
            if avoided
            else ("增加排放", "added")
            if nsoe < 0
            else ("不增不减", "neither avoided nor added")
        )
        self.draft.lead(
            f"{name.zh}的净二阶效应为{zh}{{0:abs}}：二阶效应{{1}}（{{2}}减{{3}}）再减一阶排放{{4}}{{c0}}。",
            f"The net second order effect of {name.en} is {{0:abs}} {en}: a second order effect of {{1}} ({{2}} less {{3}}) less first "
            "order emissions of {4} {c0}.",
            net, gross, facts["R"], facts["S"], facts["F"], citations=(self.clause("计算式"),),
        )  # fmt: skip
        self._higher(nsoe, facts)
        self._spread(nsoe)
        say_claim(self.draft, self.clause, self.arguments.tier)
        self._effects(facts, net)

    def _partly(self, facts: dict[Effect, int]) -> None:
        names = joined([said for e, said in _INPUTS.items() if e not in facts and e != "H"])
        self.draft.lead(
            f"还不能算出净二阶效应，尚缺：{names.zh}。",
            f"The net second order effect cannot be computed yet; missing: {names.en}.",
        )
        if {"R", "S"} <= facts.keys():
            value = second_order(self.known["R"], self.known["S"])
            gross = self._fact("二阶效应（E_ref − E_ict）", "second order effect (E_ref - E_ict)", value, Basis.DERIVED)
            self.draft.lead(
                "已知二阶效应为{0}（{1}减{2}），未扣方案自身排放，不能当作净减排。",
                "The second order effect is {0} ({1} less {2}); the solution's own emissions are not taken off, so it is no net saving.",
                gross, facts["R"], facts["S"],
            )  # fmt: skip
        say_tiers(self.draft, self.clause)

    def _higher(self, nsoe: float, facts: dict[Effect, int]) -> None:
        if "H" not in facts:
            self.draft.lead(
                "更高阶效应（反弹、诱导等）没有给出，不在此数之内，须另行考察。",
                "Higher order effects (rebound, induction) were not given; they are not in this figure and have to be looked at beside it.",
            )
            return
        total = self._fact(
            "计入更高阶效应后的总效应",
            "total with higher order effects",
            with_higher_order(nsoe, self.known["H"]),
            Basis.DERIVED,
        )
        self.draft.lead(
            "更高阶效应{0}另列；计入后的总效应为{1}（正为避免排放）。",
            "Higher order effects of {0} stand beside it; with them the total is {1} (positive: avoided).", facts["H"], total,
        )  # fmt: skip

    def _spread(self, nsoe: float) -> None:
        if self.arguments.users is None:
            return
        users = self.draft.fact(Text("用户数", "users"), self.arguments.users, "count", basis=Basis.USER, source="user")
        each = self.draft.fact(
            Text("每个用户的净二阶效应", "net second order effect per user"),
            nsoe / self.arguments.users * _T,
            "Mt CO2e",
            basis=Basis.DERIVED,
            source="user",
            reader_unit="kg CO2e",
        )
        self.draft.lead(
            "平均到{0}个用户，每个用户{1}（正为避免排放）。",
            "Over {0} users it is {1} per user (positive: avoided).",
            users,
            each,
        )

    def _effects(self, facts: dict[Effect, int], net: int) -> None:
        """The computation as a table and a chart."""
        title = self.draft.title
        columns = (Column(name=Text("效应", "Effect")), Column(name=Text("排放", "Emissions"), unit="Mt CO2e"))
        order: list[tuple[Text, int]] = [(_INPUTS[e], facts[e]) for e in ("R", "S", "F") if e in facts]
        order.append((Text("净二阶效应（正为避免排放）", "Net second order effect (positive: avoided)"), net))
        if "H" in facts:
            order.append((_INPUTS["H"], facts["H"]))
        table = self.draft.table(Table(title=title, columns=columns, rows=tuple((n, Ref(fact=f)) for n, f in order)))
        bars = Series(name=Text("排放", "Emissions"), y=tuple(self.draft[f].value for _, f in order))
        spec = XY(
            x=tuple(n for n, _ in order),
            series=(bars,),
            unit="Mt CO2e",
            y_title=Text("排放", "Emissions"),
            horizontal=True,
        )
        chart = self.draft.chart(Chart(kind="bar", title=title, spec=spec))
        self.draft.section(Text("计算", "Computation"), tables=(table,), charts=(chart,))

    def tree(self, *, folded: bool) -> None:
        """The consequence tree with the data each branch needs, and what each tier takes for them."""
        names = (
            Text("效应", "Effect"), Text("分支", "Branch"), Text("所需数据", "Data needed"), Text("第一级", "Tier 1"), Text("第二级", "Tier 2"),
            Text("第三级", "Tier 3"),
        )  # fmt: skip
        rows = tuple((EFFECTS[b.effect], b.name, b.data, *SOURCES[b.effect]) for b in self.solution.branches)
        title = Text(
            f"{self.solution.name.zh}的效应树与所需数据（我们的归纳）",
            f"Consequence tree of {self.solution.name.en} and data needed (our reading)",
        )
        table = self.draft.table(Table(title=title, columns=tuple(Column(name=n) for n in names), rows=rows))
        self.draft.section(Text("效应树与所需数据", "Consequence tree and data needed"), tables=(table,), folded=folded)

    def close(self) -> None:
        """What every such answer owes."""
        self.draft.caveats += [
            READING,
            Text("避免的排放不得抵扣任何企业或地区的排放清单（范围一至三）。",
                 "Avoided emissions are never netted from an inventory (scopes 1 to 3) of a company or a place."),
        ]  # fmt: skip
        if self.solution.key == "generic" and self.arguments.solution:
            self.draft.caveats.append(
                Text(
                    "没有这一类方案的专门效应树，用通用效应树。",
                    "There is no tree for this type of solution; the generic one is shown.",
                )
            )
        self.draft.method.append(SIGNS)
        self.draft.suggestions.append(
            Text("按L.1480评估：参考情景1000吨，采用后400吨，一阶50吨，反弹30吨，净减排多少？",
                 "L.1480: reference scenario 1,000 t, with the solution 400 t, first order 50 t, rebound 30 t: what is the net effect?")
        )  # fmt: skip
