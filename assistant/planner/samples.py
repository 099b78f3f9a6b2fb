"""Questions to try after a refusal, near the one refused: its place, its sector, its theme."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.planner.plan import Plan
from assistant.planner.reader import Reading, read
from assistant.planner.smalltalk import TRY
from data.classification import Place, place
from data.text import Text
from tools.figures.words import genitive

_MOST = 4
_HEAD = Text("可以这样问：", "You could ask:")
_NO_INVENTORY = frozenset({"XZ"})  # Tibet: no emissions are held, so none are offered

# Per theme: what in a question speaks of it, and questions of it that the data answer; {zh} and {en} are a province.
_THEMES: tuple[tuple[str, tuple[Text, ...]], ...] = (
    (
        r"电|光伏|风能|核能|水能|power|electric|grid|wind|solar|nuclear|hydro|\b[TG]Wh?\b",
        (Text("{zh}2023年电源结构", "Generation mix of {en} in 2023"),
         Text("{zh}的电从哪来？", "Where does {own} electricity come from?")),
    ),
    (
        r"数据中心|通信|信息|数字|5G|云计算|人工智能|算力|data cent|\bICT\b|telecom|digital|cloud|\bAI\b"
        r"|企业|公司|集团|工厂|园区|compan|enterprise|firm|factory",
        (Text("L.1480 怎样评价一项数字化方案的减排？", "How does L.1480 assess what a digital solution avoids?"),
         Text("SBTi要求每年线性减排多少？", "What linear annual reduction does SBTi ask of companies?")),
    ),
    (
        r"政策|规划|文件|条款|法|标准|税|补贴|价格|市场|配额|目标|polic|plan|document|clause|law|standard|tax|subsid|price|market|quota|target|goal",
        (Text("2030年非化石能源消费比重目标是多少？", "What is the target for the non-fossil share of energy in 2030?"),
         Text("行动方案对钢铁行业有哪些量化目标？", "Which quantified targets does the action plan set for steel?")),
    ),
    (
        r"未来|预测|展望|情景|中和|达峰|净零|就业|岗位|成本|投资|20[3-9]\d|future|forecast"
        r"|outlook|scenario|neutral|peak|net[- ]?zero|jobs?\b|cost|invest",
        (Text("{zh}2060年碳中和路线图", "Carbon neutrality roadmap of {en} to 2060"),
         Text("{zh}哪年达峰？", "When will {own} emissions peak?")),
    ),
    (
        r"足迹|消费|旅游|贸易|进口|出口|外贸|物流|footprint|consum|touris|trade|import|export|logistic",
        (Text("{zh}2017年消费侧碳排放是多少？", "What were {own} consumption-based CO2 emissions in 2017?"),
         Text("{zh}消费侧碳排放有多少来自外省？", "How much of {own} footprint comes from other provinces?")),
    ),
    (
        r"产业|供应链|上游|下游|行业|产品|产量|制造|industr|supply|chain|upstream|downstream|sector|product|manufactur|output",
        (Text("{zh}2019年分行业碳排放", "CO2 emissions of {en} by sector in 2019"),
         Text("{zh}钢铁行业的上下游伙伴", "Upstream and downstream partners of steel in {en}")),
    ),
)  # fmt: skip
_ALWAYS = (
    Text("{zh}2019年二氧化碳排放是多少？", "How much CO2 did {en} emit in 2019?"),
    Text("{zh}2019年分行业碳排放", "CO2 emissions of {en} by sector in 2019"),
    Text("{zh}2060年碳中和路线图", "Carbon neutrality roadmap of {en} to 2060"),
    Text("2030年非化石能源消费比重目标是多少？", "What is the target for the non-fossil share of energy in 2030?"),
)


def near(question: str) -> tuple[Text, ...]:
    """Four questions that can be answered: first of the sector and themes of this one, in its place."""
    reading = read(question)
    where = _place(reading)
    said = [_of_sector(reading, where)] if reading.sectors and reading.sectors[0].kind == "sector" else []
    themes = [texts for pattern, texts in _THEMES if re.search(pattern, question, re.IGNORECASE)]
    said += [_filled(texts[0], where) for texts in themes] + [_filled(texts[1], where) for texts in themes[:1]]
    said += [_filled(text, where) for text in _ALWAYS]
    return tuple(dict.fromkeys(said))[:_MOST]


def with_samples(plan: Plan, question: str) -> Plan:
    """A plan that answers nothing with the questions near the one asked, for its text and as suggestions."""
    if plan.reply is None or plan.calls or (plan.status == "answered" and TRY.zh not in plan.reply.zh):
        return plan
    samples = near(question)
    listed = Text(*("\n\n".join((_HEAD.to(w), "\n".join(f"- {s.to(w)}" for s in samples))) for w in ("zh", "en")))
    reply = Text(plan.reply.zh.replace(TRY.zh, listed.zh), plan.reply.en.replace(TRY.en, listed.en))
    return replace(plan, reply=reply, samples=samples)


def _place(reading: Reading) -> Place:
    """The province asked of; Guangdong where the question names none, or one without an inventory."""
    named = [p for p in reading.places if p.kind == "province" and p.code not in _NO_INVENTORY]
    return named[0] if named else place("GD")


def _of_sector(reading: Reading, where: Place) -> Text:
    name = reading.sectors[0].short
    en = name.en[:1].lower() + name.en[1:]
    return Text(f"{where.name.zh}{name.zh}2019年碳排放", f"CO2 emissions of {en} in {where.name.en} in 2019")


def _filled(text: Text, where: Place) -> Text:
    own = genitive(where.name.en)
    return Text(text.zh.format(zh=where.name.zh), text.en.format(en=where.name.en, own=own))
