"""What the scenarios do not model although they are asked for it: jobs, investment, budgets, prices, what GDP loses."""

from __future__ import annotations

import re

from assistant.planner.plan import Plan
from assistant.planner.reader import Reading
from data.errors import TanluError
from data.text import Text, joined
from tools.roadmap.condition_words import COAL_LONGER, GOALS

_ABOUT_ROAD = re.compile(
    r"碳?中和|达峰|净零|双碳|减排|减碳|降碳|脱碳|路线图|路径|情景|转型|CCUS|roadmap|neutral|net[\s-]?zero|decarbon|pathway|scenario|\bpeak|"
    r"transition|abat|emission cuts?",
    re.IGNORECASE,
)
_THINGS: tuple[tuple[Text, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (Text("就业", "jobs"), r"就业|岗位|失业|下岗|\bjobs?\b|employment|workers?\b|layoffs?"),
        (Text("投资", "investment"), r"(?:要|需|须|总|多少|新增|得)[^，。?？]{0,4}投(?:资|入)|"
            r"投资(?:额|需求|规模|总量|多少|要|需|缺口)|投多少钱|"
            r"(?:how much|total|what)[^.?]{0,12} invest|investment (?:need|requir|volume|is|does|will|would)|capex|\binvest\b"),
        (Text("财政收支与补贴", "public budgets and subsidies"), r"财政|税收|补贴|fiscal|\btax(?:es)? (?:revenue|income)|subsid|"
            r"public (?:budget|spending)|government (?:budget|spending)"),
        (Text("电价", "electricity prices"), r"电价|电费|(?:electricity|power) (?:price|tariff|bill)s?"),
        (Text("GDP的损失或增益", "losses or gains of GDP"), r"(?:GDP|生产总值|经济)[^，。?？]{0,8}(?:损失|影响|拖累|下滑|代价|牺牲)|"
            r"(?:损失|影响|拖累|牺牲)[^，。?？]{0,6}(?:GDP|经济增长|经济)|"
            r"(?:cost|loss|los[et]|impact|effect|hurt|drag)\w*[^.?]{0,16} (?:GDP|economic growth|the economy)|GDP (?:loss|impact|effect)"),
    )
)  # fmt: skip


_KEPT = re.compile(
    r"煤[^，。?？]{0,10}(?:留|运行|运营|服役|延|推迟|晚|不退|不关|继续)|(?:留|延长|推迟|不退|不关)[^，。?？]{0,10}煤|"
    r"\bcoal\b[^.?]{0,40}(?:longer|until|beyond|past|delay|postpon|later|open|running|alive|more years)|"
    r"(?:keep|kept|delay|postpon|extend|prolong)\w*[^.?]{0,24}\bcoal\b",
    re.IGNORECASE,
)
_BANNED = re.compile(
    r"禁|停售|不许|不准|不(?:再)?(?:新)?建|停建|放弃|\bban(?:s|ned|ning)?\b|prohibit|outlaw|forbid|"
    r"\bno (?:new|more)\b|abandon|\bgiv(?:es?|ing) up\b",
    re.IGNORECASE,
)
_PEAK_MOVED = re.compile(
    r"(?:达峰|碳峰)[^，。,?？]{0,6}(?:推迟|延迟|延后|推后|拖|晚)(?:到|至|了)?|(?:推迟|延迟|延后|拖|晚)(?:到|至)[^，。,?？]{0,8}(?:才|再)?(?:碳)?达峰|(?:才|再)(?:碳)?达峰|"
    r"\bpeak(?:s|ed|ing)?\b[^,.;?]{0,16}(?:delay|postpon|slip|push|put off|later)\w*|(?:delay|postpon|push|put off)\w*[^,.;?]{0,20}\bpeak|"
    r"\bpeak(?:s|ed|ing)? (?:only|not (?:before|until)|no earlier)|\b(?:only|not|(?:does|do|did|will)n't) peaks?\b[^,.;?]{0,8}(?:in|until|before)",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"如果|假如|假设|倘若|若(?!干)|要是|的话|一旦|万一|设想|会怎样|会如何|什么后果|\bif\b|suppos|assum|\bwould\b|\bcosts?\b|成本|代价|多花",
    re.IGNORECASE,
)


def given_not_modelled(reading: Reading) -> Plan | None:
    """The refusal by name of a condition that is no lever of the model: coal plants kept on, a ban, the peak put off to a year."""
    from tools.roadmap.condition_problems import not_modelled as refused
    from tools.roadmap.conditions import conditions, names

    text = reading.text
    if reading.documents or not _WHETHER.search(text) or reading.has("target_words", "policy_words", "shock"):
        return None
    moved, kept, banned = _PEAK_MOVED.search(text), _KEPT.search(text), _BANNED.search(text)
    if not (moved or kept or banned):
        return None
    found = conditions(text)
    if found.changes:
        return None  # beside a condition that is one: the roadmap tells both
    if moved:
        error: TanluError | None = refused(GOALS)
    else:
        things = [n.unmodelled for n in names(text) if n.unmodelled is not None and n.unmodelled is not GOALS]
        error = refused(things[0]) if things and (banned or things[0] is COAL_LONGER) else None
    if error is None:
        return None
    return Plan(reply=error.message, status="refused", reason=error.message)


def not_modelled(reading: Reading) -> Plan | None:
    """The refusal of a question on the roadmap for what the model takes as given or leaves out, with what comes nearest."""
    if reading.documents or reading.has("target_words", "policy_words", "spend_factors", "shock", "project_appraisal"):
        return None
    given = given_not_modelled(reading)
    if given is not None:
        return given
    named = [name for name, pattern in _THINGS if pattern.search(reading.text)]
    if not named or not _ABOUT_ROAD.search(reading.text) or reading.quantities:
        return None
    said, where = joined(named), next(iter(reading.places), None)
    place = where.name if where is not None else Text("全国", "China")
    reason = Text(
        f"路线图不模拟{said.zh}，因此没有这个数；GDP是模型给定的路径，措施不会反过来改变它。",
        f"The roadmap does not model {said.en}, so there is no such figure; GDP is a path given to the model, which measures do not change.",
    )
    near = Text(
        f"最接近的有两项：按假设单位成本算出的减排成本（是成本排序与量级，不是投资额），可问“{place.zh}的边际减排成本曲线”；各行业的产出、增加值与用电随情景的变动，"
        f"可问“{place.zh}2060年碳中和路线图”（第五部分）。",
        f"Nearest are two things: abatement costs at assumed unit costs (an order of magnitude, no investment): ask for {place.en}'s marginal "
        f"abatement cost curve; and how output, value added and power use of the sectors move in a scenario: ask for {place.en}'s roadmap to "
        "carbon neutrality by 2060 (part 5).",
    )
    return Plan(reply=Text(f"{reason.zh}{near.zh}", f"{reason.en} {near.en}"), status="refused", reason=reason)
