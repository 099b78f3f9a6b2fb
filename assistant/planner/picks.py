"""Follow-ups that pick from the last answer: the dearest one, which provinces it comes from most, which province is best."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from assistant.planner.compose import lead_facts
from assistant.planner.memory import Before
from assistant.planner.plan import Call, Plan, trimmed
from assistant.planner.reader import Reading
from data.text import Text

_LONGEST = 60  # characters of a question that only picks
_DEAR = re.compile(
    r"最贵|最高|最费钱|最不划算|\bdearest\b|most (?:expensive|costly)|costliest|priciest|highest", re.IGNORECASE
)
_CHEAP = re.compile(
    r"最便宜|最低|最省钱|最划算|\bcheapest\b|least (?:expensive|costly)|lowest|costs? (?:the )?least", re.IGNORECASE
)
_MOST = re.compile(
    r"(?:减|降|少排|避免)[^，。?？]{0,4}最(?:多|大)|(?:cuts?|saves?|avoids?|abates?|reduces?) (?:the )?most",
    re.IGNORECASE,
)
# What such a question may hold besides: pointing words and the measures themselves.
_AROUND = re.compile(
    r"那么?|而|其中|里面|这些|它们?|的|呢|吗|是|哪(?:一)?(?:个|项|种|些)?|一(?:个|项|种)|措施|手段|技术|减排|成本|单位|什么|又|"
    r"\b(?:and|the|which|what|of|them|these|those|is|are|one|ones|about|how|measures?|options?|levers?|costs?|then|has|have|per|tonne|abatement)\b"
    r"|[?？。.,，!\s]",
    re.IGNORECASE,
)
_COST = "yuan/t CO2"
_COST_SAID = re.compile(r"(?:元/吨|yuan/t)[^\[；;]{0,8}\[F\d+\]")
_TWO = 2


def picked(reading: Reading, before: Before) -> Plan | None:
    """The reply or the calls of a question that picks from the last answer; None where this is none."""
    if not before.tool or reading.sent is not None or len(reading.text) > _LONGEST:
        return None
    if reading.places or reading.documents or reading.years.named or reading.fuels or reading.quantities:
        return None
    return _by_cost(reading, before) or _origins(reading, before)


def _by_cost(reading: Reading, before: Before) -> Plan | None:
    """最贵的呢, which of them cuts most, after measures by their cost: the one meant, with its cost and what it avoids."""
    for pattern, top, amount in ((_MOST, True, True), (_DEAR, True, False), (_CHEAP, False, False)):
        if not pattern.search(reading.text) or _AROUND.sub("", pattern.sub("", reading.text)):
            continue
        pairs = [p for m in before.told for p in _pairs(lead_facts(m))]
        said = sum(len(_COST_SAID.findall(str(text))) for m in before.told for text in m.get("lead", []))
        if said < _TWO:
            return None
        if len(pairs) != said:  # a figure that is not at hand any more might be the one meant
            return Plan(calls=tuple(Call(*made) for made in before.calls), notes=(_LISTED_AGAIN,))
        at = 1 if amount else 0
        worth = (max if top else min)(float(p[at]["value"]) for p in pairs)
        return Plan(reply=_told([p for p in pairs if float(p[at]["value"]) == worth], at))
    return None


_LISTED_AGAIN = Text(
    "下面重列全部措施：由最便宜到最贵，每项先是单位成本，后是减排量。",
    "All measures are listed again, from the cheapest to the dearest, each with its cost per tonne and then what it avoids.",
)


def _pairs(facts: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Each cost per tonne told with the amount told right after it."""
    return [(a, b) for a, b in pairwise(facts) if a.get("unit") == _COST and b.get("unit") == "Mt CO2"]


def _told(pairs: list[tuple[dict[str, Any], dict[str, Any]]], first: int) -> Text:
    def said(pair: tuple[dict[str, Any], dict[str, Any]], colon: str) -> str:
        ordered = (pair[first], pair[1 - first])
        return (", " if colon == ": " else "，").join(f"{f['label']}{colon}{f['shown']} [{f['id']}]" for f in ordered)

    return Text(
        "刚才所列各项措施中：" + "；".join(said(p, "：") for p in pairs) + "。",
        "Of the measures listed: " + "; ".join(said(p, ": ") for p in pairs) + ".",
    )


_ORIGIN = re.compile(
    r"(?:从|来自|来源于|源自|源于|由)(?:于)?(?:哪|什么)|哪(?:些|几个|一?个)?(?:省份?|地方|地区|行业)[^，。?？]{0,8}(?:来的?|贡献|流入|供给|排得?)|"
    r"(?:which|what) (?:\w+ )?(?:provinces?|places?|regions?|sectors?|industries)\b[^.?]{0,24}"
    r"\b(?:com(?:e|es|ing) from|from|contribut\w*|suppl\w*|behind|account for|emit\w*)|"
    r"\bfrom (?:which|what) (?:provinces?|places?|regions?|sectors?)|where (?:does|do|did) (?:most|the bulk|the largest)",
    re.IGNORECASE,
)


def _origins(reading: Reading, before: Before) -> Plan | None:
    """从哪些省来的最多, after a place's footprint: the origins of that footprint, of all places named before."""
    if before.tool != "footprint" or not _ORIGIN.search(reading.text) or reading.measures or reading.sectors:
        return None
    wanted = [
        Call(tool, trimmed({k: args.get(k) for k in ("place", "year")} | {"detail": "origins"}))
        for tool, args in before.calls
        if tool == "footprint" and args.get("place") and args.get("account", "consumption") == "consumption"
    ]
    if not wanted or any((c.tool, c.args) in before.calls for c in wanted):
        return None
    return Plan(calls=tuple(wanted))


_WHICH = re.compile(
    r"哪(?:些|几个|一?个)?(?:省份?|地方|地区)|谁|全国|各省|\bwho\b|\bwhich (?:province|place|region|one)s?\b|in (?:the country|china)",
    re.IGNORECASE,
)
_HOW_ZH, _HOW_EN = r"(?:表现|做得|情况)?(?:是)?", r"\b(?:is |are |does |performs? |doing )?(?:the )?"
_BEST = re.compile(
    rf"{_HOW_ZH}(?P<zh>最好|最优|最佳|最清洁|最干净|最绿)(?:的)?|{_HOW_EN}(?P<en>best|cleanest|greenest)\b",
    re.IGNORECASE,
)
_WORST = re.compile(rf"{_HOW_ZH}(?P<zh>最差|最糟|最脏)(?:的)?|{_HOW_EN}(?P<en>worst|dirtiest)\b", re.IGNORECASE)
_LESS_IS_BETTER = ("co2", "grid_factor")


def by_merit(question: str, before: Before) -> tuple[str, tuple[Text, ...]]:
    """哪个省最好 after an intensity: the question with what best means there, and the note that says so."""
    measure = str(before.args.get("measure", "co2"))
    if (
        before.tool != "figures"
        or measure not in _LESS_IS_BETTER
        or len(question) > _LONGEST
        or not _WHICH.search(question)
    ):
        return question, ()
    for pattern, zh, en in ((_BEST, "最低", "lowest"), (_WORST, "最高", "highest")):
        found = pattern.search(question)
        if found is not None:
            english, word = found["en"] is not None, found["en"] or found["zh"]
            note = Text(
                f"这里把“{word}”理解为该指标{zh}，其他方面没有比较。",
                f"“{word}” is taken as the {en} value of this indicator; nothing else was compared.",
            )
            return pattern.sub(f" has the {en} " if english else zh, question, count=1), (note,)
    return question, ()
