"""The tool ``l1480``: an assessment of a digital solution after ITU-T L.1480, or the list of data it needs."""

from __future__ import annotations

from dataclasses import dataclass

from data.text import Text, joined
from tools.charts.specs import XY, Chart, Series
from tools.declare import Context, tool
from tools.ict.clauses import cite
from tools.ict.effects import with_higher_order
from tools.ict.l1480_arguments import L1480Arguments
from tools.ict.l1480_claims import say_claim, say_claims, say_netting, say_tiers
from tools.ict.l1480_given import Given, given_of, reader_unit, say_amounts, say_aside
from tools.ict.l1480_terms import say_term
from tools.ict.solutions import EFFECTS, SOURCES, Effect, Solution, find_solution
from tools.result import Basis, Column, Draft, Ref, Result, Table, weakest

DOCUMENT = "itu-l1480"
_T = 1e-6  # tonnes in Mt
_INPUTS: dict[Effect, Text] = {
    "F": Text("一阶效应F（方案自身生命周期排放）", "first order F (the solution's own life-cycle emissions)"),
    "R": Text("参考情景排放E_ref", "emissions of the reference scenario, E_ref"),
    "S": Text("采用方案后的排放E_ict", "emissions with the solution, E_ict"),
    "H": Text("更高阶效应H（增加为正）", "higher order effects H (added counts as positive)"),
}
_ASKED: dict[Effect, Text] = {  # what to ask for by name, where it is missing
    "F": Text("方案自身的年用电（平台、网络、终端）和设备制造排放",
              "the solution's own electricity (platform, network, devices) and the making of its devices"),
    "R": Text("没有方案时同一活动的用能或排放", "energy or emissions of the same activity without the solution"),
    "S": Text("采用方案后的用能或排放，或节约的百分比", "energy or emissions with the solution, or the percent saved"),
}  # fmt: skip
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
        Text("按L.1480，上海200栋楼每栋年用电300兆瓦时，系统节电10%，系统自身年耗电50万千瓦时，净减排多少？",
             "L.1480: 200 buildings in Shanghai use 300 MWh each, the system saves 10 % and itself uses 500,000 kWh: net effect?"),
        Text("L.1480里的参考情景是什么意思？", "What is a first order effect in L.1480?"),
        Text("L.1480第三级评估：参考2万吨、采用后1.5万吨、一阶600吨",
             "L.1480 tier 3 screening with reference 20,000 t, with solution 15,000 t, first order 600 t"),
    ),
)  # fmt: skip
def l1480(arguments: L1480Arguments, context: Context) -> Result:
    """The net effect where F, E_ref and E_ict are given or follow from energy; else which data are missing, by effect and tier.

    Figures are t CO2e over one period. An assessment without a tier counts as tier 3. Raises what ``convert`` raises for
    energy that no factor fits.
    """
    solution = find_solution(arguments.solution)
    given = given_of(arguments, context.warehouse)
    computed = bool(given.known) or given.saved is not None
    inner = computed and arguments.tier in (None, 3)
    mark_zh, mark_en = ("（内部筛查）", " (internal screening)") if inner else ("", "")
    draft = Draft(Text(f"L.1480评估：{solution.name.zh}{mark_zh}", f"L.1480 assessment: {solution.name.en}{mark_en}"))
    work = _Work(arguments, context, draft, solution, given)
    if computed:
        work.computed()
    elif arguments.asks == "definition":
        say_term(draft, work.clause, arguments.term)
    elif arguments.asks == "claims":
        say_claims(draft, work.clause, arguments.tier)
    elif arguments.asks == "netting":
        say_netting(draft, work.clause)
    else:
        work.needed()
    if not computed:
        work.unused_percent()
    say_aside(draft, arguments.aside)
    if arguments.asks != "definition" or computed:
        work.tree(folded=work.complete or arguments.asks != "data")
    work.close()
    return draft.result()


@dataclass(slots=True)
class _Work:
    arguments: L1480Arguments
    context: Context
    draft: Draft
    solution: Solution
    given: Given

    @property
    def known(self) -> dict[Effect, float]:
        """The inputs given or computed, in t CO2e."""
        return self.given.known

    @property
    def complete(self) -> bool:
        """Whether the net second order effect can be computed."""
        return "F" in self.known and self.given.gross is not None

    def clause(self, name: str) -> int:
        """The citation of a clause of the Recommendation."""
        return cite(self.draft, self.context.library, DOCUMENT, name)

    def _fact(self, zh: str, en: str, tonnes: float, basis: Basis) -> int:
        period = self.arguments.period
        span_zh, span_en = (f"（{period}）", f" ({period})") if period else ("", "")
        return self.draft.fact(
            Text(f"{zh}{span_zh}", f"{en}{span_en}"), tonnes * _T, "Mt CO2e", basis=basis, source="user", reader_unit=reader_unit(tonnes)
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
        """The net effect, or what is missing for it; then how energy became tonnes."""
        known, name = self.known, self.solution.name
        facts = {e: self._fact(_INPUTS[e].zh, _INPUTS[e].en, v, self.given.basis[e]) for e, v in known.items()}
        found = self.given.gross
        if found is None or "F" not in known:
            self._partly(facts, found)
            return
        nsoe = found - known["F"]
        net = self._fact(
            "净二阶效应（正为避免排放）", "net second order effect (positive: avoided)", nsoe, self._weakest
        )
        gross = self._gross(found)
        zh, en = (
            ("避免排放", "avoided")
            if nsoe > 0
            else ("增加排放", "added")
            if nsoe < 0
            else ("不增不减", "neither avoided nor added")
        )
        made_zh, made_en = (
            ("（{3}减{4}）", " ({3} less {4})") if {"R", "S"} <= facts.keys() and self.given.saved is None else ("", "")
        )
        self.draft.lead(
            f"{name.zh}的净二阶效应为{zh}{{0:abs}}：二阶效应{{1}}{made_zh}再减一阶排放{{2}}{{c0}}。",
            f"The net second order effect of {name.en} is {{0:abs}} {en}: a second order effect of {{1}}{made_en} less first order "
            "emissions of {2} {c0}.",
            net, gross, facts["F"], *((facts["R"], facts["S"]) if made_zh else ()), citations=(self.clause("计算式"),),
        )  # fmt: skip
        self._workings()
        self._higher(nsoe, facts)
        self._spread(nsoe)
        say_claim(self.draft, self.clause, self.arguments.tier)
        self._effects(facts, gross, net)

    def _gross(self, tonnes: float) -> int:
        return self._fact("二阶效应（E_ref − E_ict）", "second order effect (E_ref - E_ict)", tonnes, self._weakest)

    @property
    def _weakest(self) -> Basis:
        return weakest(Basis.DERIVED, *self.given.basis.values(), *(c.basis for c in self.given.converted))

    def unused_percent(self) -> None:
        """That a percent saved was given which nothing could be computed from."""
        asked = self.arguments.saved_percent
        if asked is None or self.given.percent is not None:
            return
        share = self.draft.fact(Text("节约比例", "share saved"), asked, "%", basis=Basis.USER, source="user")
        self.draft.lead(
            "给出的节约{0}没有用到：须有没有方案时的用能或排放，且没有另给采用后的数，才能换算。",
            "The {0} saved was left aside: it needs the energy or emissions without the solution, and none given with it.",
            share,
        )

    def _workings(self) -> None:
        """How energy and percent became tonnes."""
        self.unused_percent()
        if self.given.percent is not None:
            share = self.draft.fact(
                Text("节约比例", "share saved"), self.given.percent, "%", basis=Basis.USER, source="user"
            )
            self.draft.lead(
                "采用方案后的排放按节约{0}推算。", "Emissions with the solution follow from the {0} saved.", share
            )
        say_amounts(self.draft, self.given, self.arguments.count)

    def _partly(self, facts: dict[Effect, int], found: float | None) -> None:
        lacking: list[Effect] = [e for e in ("R", "S", "F") if e not in facts and (found is None or e == "F")]
        names = joined([_ASKED[e] for e in lacking])
        if found is not None:
            made_zh, made_en = (
                ("（{1}减{2}）", " ({1} less {2})")
                if {"R", "S"} <= facts.keys() and self.given.saved is None
                else ("", "")
            )
            self.draft.lead(
                f"{self.solution.name.zh}的二阶效应为{{0}}{made_zh}（正为避免排放）；尚缺一阶效应F（方案自身的排放），还不是净减排{{c0}}。",
                f"The second order effect of {self.solution.name.en} is {{0}}{made_en} (positive: avoided); first order F, "
                "the solution's own emissions, is missing, so it is no net saving yet {c0}.",
                self._gross(found), *((facts["R"], facts["S"]) if made_zh else ()), citations=(self.clause("计算式"),),
            )  # fmt: skip
        elif facts:
            known = joined([_INPUTS[e] for e in facts])
            holes = "、".join(f"{{{i}}}" for i in range(len(facts)))
            self.draft.lead(
                f"已知{known.zh}：{holes}；还不能算出净二阶效应。",
                f"Known so far, {known.en}: {holes.replace('、', ', ')}; the net second order effect cannot be computed yet.",
                *facts.values(),
            )
        self._workings()
        self.draft.lead(
            f"还需要{names.zh}，才能得到净二阶效应；更高阶效应（反弹等）另行考察。",
            f"For the net effect there is still needed: {names.en}. Higher order effects (rebound) are looked at apart.",
        )
        say_claim(self.draft, self.clause, self.arguments.tier)

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

    def _effects(self, facts: dict[Effect, int], gross: int, net: int) -> None:
        """The computation as a table and a chart."""
        title = self.draft.title
        columns = (Column(name=Text("效应", "Effect")), Column(name=Text("排放", "Emissions"), unit="Mt CO2e"))
        order: list[tuple[Text, int]] = [(_INPUTS[e], facts[e]) for e in ("R", "S", "F") if e in facts]
        if self.given.saved is not None:
            order.insert(0, (Text("二阶效应（正为避免排放）", "Second order effect (positive: avoided)"), gross))
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
        if self.arguments.asks != "definition" or self.given.known:
            self.draft.caveats.append(READING)
        if any(c.use.role == "first_order" for c in self.given.converted):
            self.draft.caveats.append(
                Text("方案自身的排放只按给出的用能计，没有计入设备制造和报废，一阶效应因此偏小。",
                     "The solution's own emissions hold only the energy given, not the making and disposal of devices: first order is low.")
            )  # fmt: skip
        self.draft.caveats += [
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
