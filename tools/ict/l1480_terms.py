"""What the terms of ITU-T L.1480 mean: from the clause where one was read, else said to be our own use of the word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from data.text import Text
from tools.result import Draft

Clause = Callable[[str], int]  # a clause of the Recommendation by its name -> citation
Term = Literal["effects", "first", "second", "higher", "rebound", "net", "reference", "tiers", "tree"]

# A term: its definition, and the clause that it rests on. What was not read in a clause says so in the sentence.
_SAID: dict[Term, tuple[tuple[Text, str], ...]] = {
    "first": (
        (Text("一阶效应是方案自身全生命周期的排放：设备制造、运行用电、网络和数据中心，直到报废",
              "The first order effect is the solution's own life-cycle footprint: making its devices, the power it runs on, network and "
              "data centre, to the end of life"), "效应"),
    ),
    "second": (
        (Text("二阶效应是方案的使用在其他行业增加或避免的排放，例如视频会议少掉的差旅；可正可负",
              "The second order effect is what the use of the solution adds or avoids in other sectors, such as travel that a video "
              "meeting replaces; it may go either way"), "效应"),
    ),
    "higher": (
        (Text("更高阶效应是经由消费、生活方式和市场产生的间接、系统性影响，包括反弹和诱发",
              "Higher order effects are indirect and systemic, through consumption, lifestyles and markets; rebound and induction are "
              "among them"), "效应"),
    ),
    "rebound": (
        (Text("反弹效应（rebound）属于更高阶效应，按通常用法指方案省下的钱、时间或能源又用于新的消费或更多的活动，抵掉一部分减排；L.1480把它和诱发一起放在间接、系统性影响之中",
              "Rebound is one of the higher order effects; as the word is used, money, time or energy saved is spent on more "
              "consumption or activity, which "
              "undoes a part of the saving; L.1480 places it, with induction, among the indirect, systemic effects"), "效应"),
    ),
    "net": (
        (Text("净二阶效应是计入一阶排放后的二阶效应",
              "The net second order effect is the second order effect with the first order emissions counted in"), "效应"),
        (Text("用我们的写法（未核对，国际电联的符号未见）：参考情景排放减去采用方案后的排放，再减去方案自身的一阶排放，大于零为避免排放",
              "In our notation (unverified, ITU's was not seen): emissions of the reference scenario less those with the solution less "
              "the solution's own first order emissions; above zero they are avoided"), "计算式"),
    ),
    "reference": (
        (Text("参考情景（reference scenario）在本系统中指没有该方案时同一活动会怎样进行，其排放记为E_ref；"
              "所收摘要没有读到L.1480对它的定义和选取规则，此处是我们的用法（未核对），引用前请查原文",
              "Here the reference scenario is how the same activity would go without the solution; its emissions are E_ref. No definition "
              "of L.1480, and no rule on how to choose it, was read: this is our use of the word (unverified), so check the text"), "计算式"),
        (Text("读到的只有：评估时先设参考情景与采用方案的情景（次序未核对）",
              "What was read says only that a reference scenario and one with the solution are set in an assessment (the order unverified)"), "步骤"),
        (Text("另有：报告须写明所用的参考情景（未核对）", "Besides, the report states which reference scenario was used (unverified)"), "报告内容"),
    ),
    "tiers": (
        (Text("评估分三级：第一级最完整，须有效应树；第二级居中，也须有效应树；第三级用通用数据快速筛查，证据力弱，不得用于对公众和消费者的宣传",
              "There are three tiers: tier 1 is the most thorough and needs a consequence tree, tier 2 stands between and needs the tree "
              "too, tier 3 is a quick screening on generic data, weak evidence that stays out of claims to the public"), "层级"),
    ),
    "tree": (
        (Text("效应树列出方案引起的各项后果，一阶、二阶和更高阶分开；第一级和第二级评估须先画效应树再量化",
              "A consequence tree sets out what follows from a solution, first, second and higher order apart; tiers 1 and 2 draw it before "
              "anything is quantified"), "层级"),
    ),
}  # fmt: skip
_EFFECTS: tuple[Term, ...] = ("first", "second", "net", "higher")


def say_term(draft: Draft, clause: Clause, term: Term) -> None:
    """The definition of a term; ``effects``: all of them, as they stand to each other."""
    wanted: tuple[Term, ...] = _EFFECTS if term == "effects" else (term,)
    for name in wanted:
        for said, place in _SAID[name]:
            draft.lead(
                f"{said.zh}{{c0}}。",
                f"{said.en[:1].upper()}{said.en[1:]} {{c0}}.",
                citations=(clause(place),),
            )
    if term in ("second", "higher", "rebound"):
        draft.lead(
            "它与一阶效应不同：一阶是方案自身的排放，二阶是方案改变的活动的排放，更高阶是由此引出的系统性影响{c0}。",
            "It stands apart from the others: first order is the solution's own footprint, second order what changes in the activity it "
            "serves, higher order what follows for the system {c0}.",
            citations=(clause("效应"),),
        )  # fmt: skip


__all__ = ["Term", "say_term"]
