"""What the scenarios do not model although they are asked for it: jobs, investment, budgets, prices, what GDP loses."""

from __future__ import annotations

import re

from assistant.planner.plan import Plan
from assistant.planner.reader import Reading
from data.text import Text, joined

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


def not_modelled(reading: Reading) -> Plan | None:
    """The refusal of a question on the roadmap for what the model takes as given or leaves out, with what comes nearest."""
    if reading.documents or reading.has("target_words", "policy_words", "spend_factors", "shock", "project_appraisal"):
        return None
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
