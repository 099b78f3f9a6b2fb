"""How joint reduction is told: the chain between the ends, what they share, savings alone and together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.text import Text
from tools.mrio import words
from tools.mrio.algebra import top as largest
from tools.mrio.telling import Ref, Teller, table
from tools.paths import joint_numbers as numbers
from tools.paths.joint_ends import Told, end_fact, named
from tools.paths.joint_links import tell_links
from tools.paths.joint_savings import tell_savings
from tools.paths.naming import node_name
from tools.paths.sure import at, bounds_of, leads, say_unranged, verdict
from tools.result import Cell, Draft, sentence

if TYPE_CHECKING:
    from data.warehouse import Warehouse

_ACT = Text(
    "采购方的做法：在招标和合同中要求供方提供经核查的单位产品排放并优先选用低碳产品，同时从设计上减少用量。",
    "How a buyer acts: ask suppliers for verified emissions per unit of product in tenders and contracts, prefer the low-carbon product, "
    "and design for using less of it.",
)
_ILLUSTRATION = Text(
    "降幅是演示假设，不是潜力评估；技术上能否做到、成本多少不在投入产出表中。",
    "The cuts are an illustration and no estimate of potential; what is technically possible and at what cost the table cannot say.",
)
_MODEL = Text(
    "固定价格、投入结构其余不变、无替代；买方少用的产品按现有产地比例减少。",
    "Fixed prices, all other inputs unchanged, no substitution; what a buyer uses less falls on all origins in proportion.",
)


def tell_joint(told: Told, warehouse: Warehouse, count: int) -> Draft:
    """The whole answer but for its caveats on the table."""
    year = told.scope.system.mrio.year
    names = named([e.name for e in told.ends])
    draft = Draft(Text(f"{names.zh}的联合减排，{year}年", f"Joint reduction: {names.en}, {year}"))
    tell = Teller(draft, told.scope)
    tables = tell_links(tell, told, warehouse, count)
    draft.section(Text("两端之间的产业链", "Chains between the ends"), tables=tables, folded=True)
    tell_shared(tell, told, warehouse, count)
    bounds = tell_savings(tell, told, warehouse, count)
    draft.caveats += [_ILLUSTRATION, _MODEL]
    say_unranged(draft, told.scope, bounds)
    if bounds is not None:
        draft.caveats.append(words.ROBUST)
    draft.method += [
        Text("链上排放：经过a的链 f_u·[L_a(L_aa)⁻¹L_ab·y_b]_u，a自身行即 f_a·L_ab·y_b；共同上游取各端产出所需排放 f·L_k(L_kk)⁻¹·x_k 的较小者。",
             "Chains through a: f_u [L_a (L_aa)^-1 L_ab y_b]_u, a's own row being f_a L_ab y_b; shared upstream: the smaller of the ends' "
             "required emissions f L_k (L_kk)^-1 x_k."),
        Text("联合效果用改变后的 f 与 A 重新求解，不作线性近似；重叠＝联合减排量－各自单独减排量之和；分摊为沙普利值。",
             "Joint effects are solved anew with the changed f and A, not linearised; overlap = together less the sum of alone; shares are "
             "Shapley values."),
    ]  # fmt: skip
    tell.use("mrio_use", "co2_42", "mrio_chains")
    first = told.ends[0]
    draft.suggestions += [
        Text("如果两端都按20%呢？", "And with 20 % at both ends?"),
        Text(f"{first.place.name.zh}哪些产业链上下游应当联合减排？", f"Which supply-chain pairs should {first.place.name.en} decarbonise together?"),
    ]  # fmt: skip
    return draft


def tell_shared(tell: Teller, told: Told, warehouse: Warehouse, count: int) -> None:
    """Upstream and downstream that all ends share: a sentence and two tables."""
    system, draft, pure = told.scope.system, tell.draft, tuple(e.end for e in told.ends)
    stays = bounds_of(warehouse, told.scope, lambda s: numbers.shared_upstream(s, pure), top=count)
    required = [numbers.required(system, e) for e in pure]
    rows: list[list[Cell]] = []
    firm: list[tuple[Text, list[int]]] = []
    for i in largest(numbers.shared_upstream(system, pure), count):
        name = node_name(system, i)
        facts = [
            end_fact(tell, e, Text(f"{name.zh}为{e.name.zh}产出的排放", f"CO2 of {name.en} for the output of {e.name.en}"), float(r[i]))
            for e, r in zip(told.ends, required, strict=True)
        ]  # fmt: skip
        rows.append([name, *(Ref(fact=f) for f in facts), *([verdict(at(stays, i))] if stays is not None else [])])
        if leads(at(stays, i)):
            firm.append((name, facts))
    head: list[tuple[Text, str | None]] = [(Text("共同上游", "Shared upstream"), None)]
    head += [(Text(f"为{e.name.zh}", f"for {e.name.en}"), "Mt CO2") for e in told.ends]
    if stays is not None:
        head.append((Text("变体检验", "Over variants"), None))
    up = draft.table(table(Text("各端共同的上游排放部门", "Emitters upstream of all ends"), head, rows))
    if firm:
        name, facts = firm[0]
        parts_zh = "、".join(f"为{e.name.zh}产出排放{{{k}}}" for k, e in enumerate(told.ends))
        parts_en = ", ".join(f"for {e.name.en} {{{k}}}" for k, e in enumerate(told.ends))
        draft.lead(
            f"各端共同的上游首先是{name.zh}：{parts_zh}；这一上游脱碳，各端同时受益（两数有交叉，不相加）。",
            f"Upstream of all of them stands first {name.en}: it emits, {parts_en}; cutting there serves all (the figures overlap and do not add).",
            *facts,
        )  # fmt: skip
    down = _downstream(tell, told, count)
    draft.section(
        Text("共同的上游与下游", "Shared upstream and downstream"),
        [sentence(_ACT.zh, _ACT.en)],
        tables=(up, *down),
        folded=True,
    )


def _downstream(tell: Teller, told: Told, count: int) -> tuple[int, ...]:
    """Final products in which the output of all ends comes together."""
    system, pure = told.scope.system, tuple(e.end for e in told.ends)
    shares = [numbers.delivered(system, e) for e in pure]
    rows: list[list[Cell]] = []
    for i in largest(numbers.shared_downstream(system, pure), count):
        name = node_name(system, i)
        facts = [
            tell.fact(Text(f"{e.name.zh}产出进入最终产品“{name.zh}”的份额", f"share of the output of {e.name.en} in final products of {name.en}"),
                      100 * float(s[i]), "%", sector=e.full, region=e.place.name)
            for e, s in zip(told.ends, shares, strict=True)
        ]  # fmt: skip
        rows.append([name, *(Ref(fact=f) for f in facts)])
    if not rows:
        return ()
    head: list[tuple[Text, str | None]] = [(Text("共同下游（最终产品）", "Shared downstream (final product)"), None)]
    head += [(Text(f"占{e.name.zh}产出", f"of the output of {e.name.en}"), "%") for e in told.ends]
    return (
        tell.draft.table(
            table(Text("各端产出共同进入的最终产品", "Final products that hold the output of all ends"), head, rows)
        ),
    )
