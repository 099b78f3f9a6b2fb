"""What ITU-T L.1480 lets be said in public of an assessment, by tier, and that avoided emissions are netted off nothing."""

from __future__ import annotations

from collections.abc import Callable

from data.text import Text
from tools.result import Draft

Clause = Callable[[str], int]  # a clause of the Recommendation by its name -> citation


def say_claims(draft: Draft, clause: Clause, tier: int | None) -> None:
    """What may be said in public: of the tier asked about, else of all three."""
    if tier is not None:
        say_claim(draft, clause, tier)
    else:
        draft.lead(
            "第一级、第二级评估的结果可用于对外沟通；第三级只是用通用数据作的快速筛查，不得用于对公众和消费者的宣传，只供内部使用{c0}。",
            "Results of tiers 1 and 2 may be communicated; tier 3 is a quick screening on generic data, stays out of claims to the "
            "public and to consumers and is for internal use only {c0}.",
            citations=(clause("层级"),),
        )
    draft.lead(
        "任何一级都不得挑选有利结果，正面和负面影响都要报告{c0}；报告应写明层级、边界、参考情景、数据质量、分摊和不确定性（未核对{c1}）。",
        "At any tier there is no cherry-picking: good and bad effects are both reported {c0}, with tier, boundary, reference "
        "scenario, data quality, allocation and uncertainty stated (unverified {c1}).",
        citations=(clause("报告"), clause("报告内容")),
    )


def say_netting(draft: Draft, clause: Clause) -> None:
    """That avoided emissions are not taken off an inventory, and where they may stand."""
    draft.lead(
        "不能抵扣：方案避免的排放发生在别的行业或用户那里，净效应不得抵扣企业自身范围一至三的排放清单（未核对{c0}），也不得抵扣地区清单；只能另行单独报告，"
        "并同时报告正面和负面影响{c1}。",
        "No: what a solution avoids is avoided elsewhere, in other sectors or with its users; the net effect is not netted off a "
        "company's own scope 1-3 inventory (unverified {c0}), nor off a place's. It may be reported apart, with good and bad "
        "effects both told {c1}.",
        citations=(clause("报告内容"), clause("报告")),
    )


def say_tiers(draft: Draft, clause: Clause) -> None:
    """What each tier asks for, in outline."""
    draft.lead(
        "第一级和第二级评估须先画效应树，第三级只用通用数据作快速筛查、不得对外宣传{c0}；各级的数据要求见表（层级细节未核对{c1}）。",
        "Tiers 1 and 2 need a consequence tree first; tier 3 is a quick screening on generic data and stays out of public claims "
        "{c0}. The table shows what each tier asks for (details of the tiers unverified {c1}).",
        citations=(clause("层级"), clause("层级细节")),
    )


def say_claim(draft: Draft, clause: Clause, tier: int | None) -> None:
    """What may be said in public of one tier; without one, of tier 3."""
    stated = Text("未说明评估层级，按第三级处理", "No tier was stated, so it counts as tier 3")
    if tier is not None:
        stated = Text(f"第{'一二三'[tier - 1]}级评估", f"A tier {tier} assessment")
    if tier in (1, 2):
        draft.lead(
            f"{stated.zh}：可用于对外沟通，但须同时报告正面和负面影响、不得挑选有利结果{{c0}}，并写明层级、边界、参考情景和不确定性（未核对{{c1}}）。",
            f"{stated.en}: it may be communicated, provided good and bad effects are both reported, without cherry-picking {{c0}}, with "
            "tier, boundary, reference scenario and uncertainty stated (unverified {c1}).",
            citations=(clause("报告"), clause("报告内容")),
        )
        return
    draft.lead(
        f"{stated.zh}：结果仅供内部筛查（internal screening），不得用于对公众和消费者的宣传{{c0}}。",
        f"{stated.en}: internal screening only, not for claims to the public or to consumers {{c0}}.",
        citations=(clause("层级"),),
    )
