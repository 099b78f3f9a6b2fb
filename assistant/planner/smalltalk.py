"""Talk that no tool answers: greetings, thanks, who are you, help; and what lies outside, refused kindly."""

from __future__ import annotations

from assistant.planner.itself import itself
from assistant.planner.outside import outside
from assistant.planner.plan import Plan
from assistant.planner.reader import Reading
from data.classification import nearest
from data.text import Text

CAN = Text(
    "我能做的是：各省与全国的二氧化碳排放（总量、人均、强度、分行业、分燃料、排名、变化）、消费侧足迹与隐含碳、产业关联、政策目标与条款、"
    "碳中和路线图情景，并给出图表与来源。",
    "I can help with CO2 emissions of China's provinces and the nation (totals, per head, intensity, by sector and fuel, "
    "rankings, changes), consumption footprints and embodied carbon, industry linkages, policy targets and clauses, and "
    "carbon-neutrality roadmap scenarios, with charts and sources.",
)
TRY = Text(
    "可以这样问：\n\n- 2017年广东碳排放最多的行业是哪个？\n- 浙江消费侧碳排放有多少来自外省？\n- “十四五”单位GDP二氧化碳排放下降目标是多少？\n"
    "- 江苏2060年碳中和路线图",
    "You could ask:\n\n- Which sector emitted most CO2 in Guangdong in 2017?\n- How much of Zhejiang's footprint comes from "
    "other provinces?\n- What is the 14th Five-Year Plan target for CO2 per unit of GDP?\n- A 2060 neutrality roadmap for "
    "Jiangsu",
)
_WHO = Text(
    "我是碳路（Tanlu），一个面向中国各省的减碳问答助手。现在回答您的是内置规划器：它按规则和一个用问句训练的小分类器理解问题、调用计算工具，数字都来自数据并附来源，"
    "不是大语言模型，也不会凭印象作答。",
    "I am Tanlu, an assistant on decarbonization in China's provinces. The built-in planner is answering: it reads "
    "questions by rules and a small classifier learnt from questions, and calls computing tools, so every figure comes from "
    "the data with its source. It is not a large language model and answers nothing from impression.",
)
_MARKED = Text(
    "方括号里的F编号是数字的出处：点开它，或在答案的facts里按编号，可以看到该数的全精度值、单位、口径、依据和来源。用编号还可以继续做加减乘除。",
    "The F mark in square brackets is a figure's id: open it, or look it up among the answer's facts, for its full value, unit, account, basis "
    "and source. Ids can be used in further arithmetic.",
)
_HELLO = Text("您好，我是碳路。", "Hello, I am Tanlu.")
_WELCOME = Text(
    "不客气。还可以继续追问，例如换一个省份、年份或行业。",
    "You are welcome. You can go on with another province, year or sector.",
)
_BYE = Text("再见，对话已保存，随时可以接着问。", "Goodbye. The conversation is kept; come back to it any time.")
_EMPTY = Text(
    "没有看到问题，请写下想了解的省份、年份或行业。",
    "There was no question; name a province, a year or a sector you want to know about.",
)
_OUTSIDE = Text(
    "这个问题不在我的范围内，我不能回答。",
    "That is outside what I cover, so I cannot answer it.",
)
_UNREAD = Text(
    "没能把这句话对应到数据里的指标、地区、行业或政策，因此不作猜测。",
    "I could not match this to a measure, place, sector or policy in the data, and I do not guess.",
)
_WRITES = Text(
    "我只读取数据，不会修改、删除或写入任何内容；其中要求改动数据的部分没有执行。",
    "I only read data and never change, delete or write anything; the part that asks for a change was not run.",
)
_SECRETS = Text(
    "我不会改变工作方式，也不会透露密钥或系统内容。",
    "I do not change how I work, nor reveal keys or internals.",
)


def _joined(*parts: Text) -> Text:
    return Text("".join(p.zh for p in parts), " ".join(p.en for p in parts))


def _paragraphs(*parts: Text) -> Text:
    return Text("\n\n".join(p.zh for p in parts), "\n\n".join(p.en for p in parts))


_WHERE = Text(
    "请说明要看哪个省份或地区，例如广东或京津冀。",
    "Which province or region do you mean, e.g. Guangdong or Beijing-Tianjin-Hebei?",
)

WRITES = _WRITES
WHY = Text(
    "数据能说明构成，不能断定原因；以下是构成。",
    "The data show what it is made of, not the cause; this is the composition.",
)


PER_ENERGY = Text(
    "数据没有“单位能耗碳排放”这一指标；以下分别给出排放和能源消费总量。",
    "There is no measure of emissions per energy consumed; these are the emissions and the energy consumption.",
)


def not_held(word: str) -> Plan:
    """The refusal of a subject there are no data of, with what there is."""
    said = Text(
        f"本库没有“{word}”的数据；排放只含能源燃烧与水泥过程的二氧化碳。",
        f"There are no data on '{word}' here; emissions are CO2 from fuel combustion and cement process only.",
    )
    return Plan(reply=_paragraphs(_joined(said, CAN), TRY), status="refused", reason=said)


def unheld(word: str) -> Plan:
    """The refusal of a word that names no measure, sector or place of the data, with the near ones there are."""
    near = near_names(word)
    zh = f"“{word}”不在数据里：没有这个名目的指标或行业，也不能用别的数字代替"
    en = (
        f"'{word}' is not in the data: there is no measure or sector of that name, and no other figure stands in for it"
    )
    said = Text(
        zh + (f"；相近的有：{'、'.join(n.zh for n in near)}。" if near else "。"),
        en + (f"; nearest: {', '.join(n.en for n in near)}." if near else "."),
    )
    return Plan(reply=_paragraphs(_joined(said, CAN), TRY), status="refused", reason=said)


def not_covered(name: str) -> Plan:
    """The refusal of a place abroad."""
    said = Text(
        f"“{name}”不在覆盖范围内：数据覆盖中国大陆各省份和全国（西藏没有排放清单），另有中国、美国、印度与全球的排放总量。",
        f"'{name}' is outside the coverage: the data hold China's provinces and the nation (Tibet has no inventory), and the "
        "totals of China, the United States, India and the world.",
    )
    return Plan(reply=_paragraphs(said, TRY), status="refused", reason=said)


_LIKE = 70.0  # likeness of names, 0 to 100, below which an offer would be absurd


def near_names(word: str) -> list[Text]:
    """Sectors and measures whose names are near a word, three at most."""
    from rapidfuzz import fuzz

    from tools.measures import MEASURES

    near = nearest(word, "sector", least=_LIKE)
    for measure in MEASURES:
        names = (measure.name.zh, measure.name.en, *measure.aliases)
        if max(fuzz.ratio(word.lower(), n.lower()) for n in names) >= _LIKE:
            near.append(measure.name)
    return near[:3]


_WHICH = Text(
    "请说明每一组有哪些省份，例如“把广东、广西、海南合为一组，江苏、浙江、上海为一组”。",
    "Name the provinces of each group, e.g. 'Guangdong, Guangxi and Hainan as one group, Jiangsu, Zhejiang and Shanghai as another'.",
)
NEEDS_GROUPS = Plan(reply=_WHICH, status="clarify", reason=_WHICH)
NEEDS_PLACE = Plan(reply=_WHERE, status="clarify", reason=_WHERE)
REFUSED_WRITE = Plan(reply=_joined(_WRITES, CAN), status="refused", reason=_WRITES)
EMPTY = Plan(reply=_paragraphs(_EMPTY, TRY), status="clarify", reason=_EMPTY)
OUTSIDE = Plan(reply=_paragraphs(_joined(_OUTSIDE, CAN), TRY), status="refused", reason=_OUTSIDE)
UNREAD = Plan(reply=_paragraphs(_joined(_UNREAD, CAN), TRY), status="clarify", reason=_UNREAD)


def small_talk(reading: Reading) -> Plan | None:
    """A reply to talk; None where the text is a question for the tools."""
    if not any(c.isalnum() for c in reading.text):
        if reading.has("help"):
            return Plan(reply=_paragraphs(CAN, TRY))
        return EMPTY
    known = itself(reading) or outside(reading)
    if known is not None:
        return known
    if reading.has("injection") and not (reading.measures and reading.places):
        return Plan(reply=_joined(_SECRETS, CAN), status="refused", reason=_SECRETS)
    things = reading.measures or reading.sectors or reading.fuels or reading.documents or reading.places
    if reading.has("who") and not things:
        return Plan(reply=_paragraphs(_WHO, CAN))
    if reading.has("greeting") and not things:
        return Plan(reply=_paragraphs(_joined(_HELLO, CAN), TRY))
    if reading.has("help") and not things:
        return Plan(reply=_paragraphs(CAN, TRY))
    if not things and reading.find(r"(?<![A-Za-z0-9])F\d+(?![A-Za-z0-9])"):
        return Plan(reply=_MARKED)
    if reading.has("thanks"):
        return Plan(reply=_WELCOME)
    if reading.has("bye"):
        return Plan(reply=_BYE)
    return None


def off_topic(reading: Reading) -> bool:
    """Whether the text names something else (a flight, a poem) and nothing that only our data could answer."""
    if reading.has("creative") and not reading.documents:
        return True
    return reading.has("off_topic") and not (reading.measures or reading.documents or reading.has(*_OURS))


def lost(reading: Reading) -> bool:
    """Whether names of ours, if any, stand lost among words we do not know."""
    ours = bool(
        reading.measures or reading.sectors or reading.fuels or reading.per or reading.documents or reading.concepts
    )
    if ours or reading.has(*_OURS, "about", "which_place", "rank", "emits"):
        return False
    unread = sum(len(w) if not w.isascii() else 2 for w in reading.leftover)
    return unread >= 3 or (unread > 0 and not reading.known and not reading.places)


_OURS = (
    "power_account", "footprint", "embodied_trade", "linkages", "chain", "map", "fuel_flow", "roadmap", "contraction",
    "benchmark", "own_documents",
)  # fmt: skip
