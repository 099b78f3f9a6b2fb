"""What counts towards a target of L.1470, and the question back where an amount of emissions has no unit."""

from __future__ import annotations

from data.errors import BadRequest
from data.text import Text
from tools.declare import Context
from tools.ict.clauses import cite
from tools.result import Draft, Result

_L1470, _L1480, _SBTI = "itu-l1470", "itu-l1480", "sbti-cnzs-v1"


def counting(context: Context) -> Result:
    """Whether avoided emissions, offsets or credits count: from the clauses on what a target is computed of."""
    draft = Draft(Text("L.1470：避免的排放能否计入", "L.1470: whether avoided emissions count"))

    def mark(document: str, clause: str) -> int:
        return cite(draft, context.library, document, clause)

    draft.lead(
        "按所读到的条款，不能计入：L.1470的企业目标只由企业自身的范围一与范围二排放乘以减排系数得出{c0}，客户或其他行业因使用其产品避免的排放不在其中；"
        "没有读到允许计入避免的排放或碳信用的条款。",
        "By the clauses that were read, no: a company's target under L.1470 is its own scope 1 and 2 emissions times a reduction factor "
        "{c0}; what customers or other sectors avoid by using its services is not part of them. No clause was read that lets avoided "
        "emissions or credits count.",
        citations=(mark(_L1470, "企业目标"),),
    )  # fmt: skip
    draft.lead(
        "避免的排放由L.1480另行评估和报告，不抵扣企业自身范围一至三的清单（未核对{c0}），正面和负面影响都要报告{c1}。",
        "Avoided emissions are assessed and reported apart, by L.1480, and are not netted off a company's own scope 1-3 inventory "
        "(unverified {c0}); good and bad effects are both told {c1}.",
        citations=(mark(_L1480, "报告内容"), mark(_L1480, "报告")),
    )  # fmt: skip
    draft.caveats.append(
        Text("答案依据本系统收录的摘要，不是建议书全文；L.1470不具约束力。",
             "The answer rests on the digests held here, not on the whole Recommendation; L.1470 is non-binding.")
    )  # fmt: skip
    draft.suggestions.append(
        Text(
            "按L.1480，避免的排放能抵扣公司的排放清单吗？",
            "By L.1480, may avoided emissions be netted off our company's inventory?",
        )
    )
    return draft.result()


def unit_missing(amount: float) -> BadRequest:
    """The question back: of what unit an amount of emissions is."""
    said = f"{amount:,.12g}"
    return BadRequest(
        "unit_missing",
        Text(f"排放{said}的单位是什么？请写明吨、万吨还是百万吨二氧化碳当量（例如“{said}万吨”）；没有单位不作计算。",
             f"Emissions of {said} in which unit: tonnes, kilotonnes or million tonnes of CO2 equivalent? Say, for example, '{said} kt'; "
             "nothing is computed without a unit."),
        ("t", "kt", "Mt"),
    )  # fmt: skip
