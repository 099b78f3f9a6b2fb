"""Questions about the answer just given: why, how sure, on what account, how computed, which is higher, is it enough, in which unit.

Nothing is looked up anew: they are answered from the messages of the turn before, by the marks its figures were shown with.
"""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.aside_words import (
    of_account,
    of_certainty,
    of_method,
    of_reasons,
    of_unit,
    restated,
    told_already,
    told_of_direction,
    with_next,
)
from assistant.planner.compose import lead_facts
from assistant.planner.cues import aside_patterns
from assistant.planner.intents import FIRST_PROJECTED
from assistant.planner.manner import form_alone, has_brief, manner_of, wants_full
from assistant.planner.memory import Before
from assistant.planner.plan import Call, Plan
from assistant.planner.reader import Reading
from assistant.planner.smalltalk import WHY
from data.text import Text
from tools.units import READERS_UNITS

_LONGEST = 48  # characters of a question that only asks about the last answer
_KINDS = ("why", "enough", "sure", "account", "method", "sum", "which")  # of asides.txt, the first that is asked counts
_SINK = re.compile(r"汇|移除|抵|\bsinks?\b|removal", re.IGNORECASE)
_DIFFERENCE = re.compile(r"差|[高低多少大小]多少|多多少|\bdifference\b|\bgap\b|\bby how much\b", re.IGNORECASE)
_TWO = 2
WORDED = ("targets", "track", "policy_search")  # a difference from a target is for track
_SCENARIO = ("roadmap", "backcast", "compare", "milestones")
_UNIT = re.compile(
    r"(?:那|再|请)*(?:把)?(?:单位)?(?:用|以|按|换算?成|换成|改成|改用|改为|换算为|是)?(?P<zh>亿吨|万吨|吨|亿元|万亿元)(?:为单位)?(?:来?(?:表示|说|显示|计|算)?)(?:呢|吧|[?？。\s])*"
    r"|(?:convert(?:ed)? (?:it |that |them )?(?:to|into)|in|as|express(?:ed)? in|use)"
    r"\s+(?P<en>Gt|Mt|kt|t|tonnes|million tonnes|billion tonnes)(?: of)?(?: CO2)?(?: please)?[?.\s]*",
    re.IGNORECASE,
)


def aside(reading: Reading, before: Before) -> Plan | None:
    """The reply to a question about the last answer; None where this is none, or where a tool answers it better."""
    if not before.told or reading.sent is not None or len(reading.text) > _LONGEST:
        return None
    formed = _formed(reading, before)
    if formed is not None:
        return formed
    if reading.places or reading.documents or reading.years.named or reading.percents:
        return None
    kind = next((k for k in _KINDS if aside_patterns()[k].search(reading.text)), None)
    if kind == "why" and len(reading.sectors) == 1 and len(before.places) == 1 and before.tool not in WORDED:
        return _sector_weighed(reading, before)
    if kind is None or _left(reading, kind):
        return None
    return _answered(kind, reading, before)


def _sector_weighed(reading: Reading, before: Before) -> Plan:
    """Why so much steel: what the sector burns, its share of the place and the place's rank in it, which are no causes."""
    year = {"years": [before.years[0]]} if before.years and before.years[0] < FIRST_PROJECTED else {}
    args = {
        "measure": "co2",
        "places": [before.places[0].name.en],
        "sectors": [reading.called(reading.sectors[0])],
        **year,
    }
    made = ({"operation": "share"}, {"operation": "position"}, {"operation": "share", "over": "fuels"})
    return Plan(calls=tuple(Call("figures", {**args, **more}) for more in made), notes=(WHY,))


def _left(reading: Reading, kind: str) -> bool:
    """Whether the question names something of its own besides asking."""
    rest = aside_patterns()["pointing"].sub("", aside_patterns()[kind].sub("", reading.text))
    return len(re.sub(r"[^\w]", "", rest)) > 1 or bool(reading.fuels) or bool(reading.sectors)


def _formed(reading: Reading, before: Before) -> Plan | None:
    """The last answer as a table or a chart, at length, or in another unit."""
    calls = tuple(Call(*made) for made in before.calls)
    if not calls:
        return None
    if wants_full(reading):
        full = tuple(Call(c.tool, _full(c)) for c in calls)
        if full != calls or before.aside or manner_of(before.question) is not None:
            return Plan(calls=full)
        return Plan(reply=with_next(_ALL_TOLD, before))
    if before.tool == "figures":
        return None  # it draws, lists and converts by its own arguments
    form = form_alone(reading)
    if form is not None:
        there = any(m.get(form) for m in before.told)
        return Plan(calls=calls, form=form) if there else Plan(reply=with_next(_NO_FORM[form], before))
    unit = _UNIT.fullmatch(reading.text)
    if unit is not None:
        name = (unit["zh"] or unit["en"] or "").lower()
        return of_unit(before, next((u for u in READERS_UNITS if u.lower() == name), name))
    return None


def _full(call: Call) -> dict[str, Any]:
    brief = has_brief(call.tool)
    return {k: v for k, v in call.args.items() if k != "detail"} | ({"detail": "full"} if brief else {})


_ALL_TOLD = Text(
    "刚才的回答已是全部内容，没有更详细的版本。", "That answer was the whole of it; there is no longer version."
)
_NO_FORM = {
    "tables": Text("刚才的结果没有表。", "There is no table of that result."),
    "charts": Text("刚才的结果没有图。", "There is no chart of that result."),
}


def _answered(kind: str, reading: Reading, before: Before) -> Plan | None:
    figures = before.tool == "figures"
    if kind == "why":
        composed = figures and len(before.places) == 1 and before.args.get("measure", "co2") == "co2"
        return None if composed else of_reasons(before)
    if kind == "enough":
        return _enough(reading, before)
    if kind == "which":
        apart = not figures or (_DIFFERENCE.search(reading.text) is not None and len(_alike(before)) == _TWO)
        return _compared(reading, before) if apart and before.tool not in WORDED else None
    if kind == "sum":
        return _summed(before)
    told = {"sure": of_certainty, "account": of_account, "method": of_method}[kind]
    return told(before)


def _enough(reading: Reading, before: Before) -> Plan | None:
    """碳汇够用吗: what is removed against what is emitted, of the place and year told; the removals where they were not told."""
    facts = [f for m in before.told for f in lead_facts(m)]
    for gross in facts:
        of_it = [f for f in facts if all(f.get(k) == gross.get(k) for k in ("region", "year", "scenario"))]
        beside = {f.get("account"): f for f in of_it}
        if gross.get("account") == "gross" and "removals" in beside:
            return Plan(reply=_weighed(gross, beside["removals"], beside.get("net")))
    if before.tool not in _SCENARIO or not before.places:
        return None if _SINK.search(reading.text) is None else of_reasons(before)
    year = before.args.get("target_year") or before.args.get("year") or 2060
    scenario = {k: v for k, v in before.args.items() if k in ("scenario", "own")}
    place = before.places[0].name.en
    return Plan(calls=(Call("roadmap", {"place": place, "year": year, "detail": "brief", **scenario}),))


_LEVEL = 0.999  # of gross emissions: removals from there on leave nothing that the figures shown could tell from zero


def _weighed(gross: dict[str, Any], removed: dict[str, Any], net: dict[str, Any] | None) -> Text:
    """Whether removals meet gross emissions, in the figures' own words and marks."""

    def said(fact: dict[str, Any]) -> str:
        return f"{fact['label']} {fact['shown']} [{fact['id']}]"

    enough = float(removed["value"]) >= _LEVEL * float(gross["value"])
    left = f"，相抵之后{said(net)}" if net else ""
    left_en = f"; what remains: {said(net)}" if net else ""
    zh, en = ("够：移除可抵消总排放", "Enough: removals meet gross emissions") if enough else (
        "不够：移除抵不了总排放", "Not enough: removals do not meet gross emissions")  # fmt: skip
    return Text(
        f"{zh}。{said(gross)}，{said(removed)}{left}（情景值，取决于假设）。",
        f"{en}. {said(gross)}; {said(removed)}{left_en} (scenario values that depend on their assumptions).",
    )


def _compared(reading: Reading, before: Before) -> Plan | None:
    """哪个高, by how much: the figures of one kind told last, or the last one and its like of the turn before."""
    facts = _alike(before, "year" if _EARLY.search(reading.text) else None)
    if len(facts) < _TWO:
        return None
    if facts[0]["unit"] == "year":
        return Plan(reply=_in_time(sorted(facts, key=lambda f: float(f["value"]))))
    ordered = sorted(facts, key=lambda f: -float(f["value"]))
    if len(ordered) > 2:
        return Plan(reply=_ranked(ordered))
    high, low = ordered
    if high["value"] == low["value"]:
        return Plan(reply=_equal(high, low))
    told = Text(
        f"较高的是{high['label']}：{high['shown']} [{high['id']}]。较低的是{low['label']}：{low['shown']} [{low['id']}]。",
        f"The higher is {high['label']}: {high['shown']} [{high['id']}]. The lower is {low['label']}: {low['shown']} [{low['id']}].",
    )
    if high.get("account") != low.get("account"):  # two accounts are laid side by side, never one less the other
        return Plan(reply=told)
    operation = "ratio" if _TIMES.search(reading.text) else "subtract"
    return Plan(calls=(Call("calculate", {"operation": operation, "facts": [high["id"], low["id"]]}),), notes=(told,))


_TIMES = re.compile(r"倍|\btimes\b|\bratio\b", re.IGNORECASE)


_EARLY = re.compile(r"早|晚|\bearl\w+|\blater?\b|\bsooner\b|\bfirst\b", re.IGNORECASE)


def _in_time(facts: list[dict[str, Any]]) -> Text:
    return Text(
        "由早到晚：" + "、".join(f"{f['label']}{f['shown']} [{f['id']}]" for f in facts) + "。",
        "From early to late: " + "; ".join(f"{f['label']} {f['shown']} [{f['id']}]" for f in facts) + ".",
    )


def _summed(before: Before) -> Plan | None:
    """两个加起来: the sum of the figures of one kind told last; the tool refuses what must not be added."""
    facts = _alike(before)
    if len(facts) < _TWO or len({f.get("account") for f in facts}) > 1:
        return None
    return Plan(calls=(Call("calculate", {"operation": "add", "facts": [f["id"] for f in facts]}),))


def _equal(one: dict[str, Any], other: dict[str, Any]) -> Text:
    return Text(
        f"两者相同：{one['label']}{one['shown']} [{one['id']}]，{other['label']}{other['shown']} [{other['id']}]。",
        f"They are equal: {one['label']} {one['shown']} [{one['id']}]; {other['label']} {other['shown']} [{other['id']}].",
    )


def _ranked(facts: list[dict[str, Any]]) -> Text:
    return Text(
        "由高到低：" + "、".join(f"{f['label']}{f['shown']} [{f['id']}]" for f in facts) + "。",
        "From high to low: " + "; ".join(f"{f['label']} {f['shown']} [{f['id']}]" for f in facts) + ".",
    )


_MOST = 6  # figures set in order


def _alike(before: Before, unit: str | None = None) -> list[dict[str, Any]]:
    """Figures that are told of the same thing for different places (else sectors, else years): those of the last answer,
    else its first figure with the like one of the answer before."""
    last = [f for m in before.told for f in lead_facts(m) if unit in (None, f.get("unit"))]
    earlier = [f for m in (before.earlier.told if before.earlier else ()) for f in lead_facts(m)]
    if not last:
        return []
    first = last[0]
    apart_in = _APART if before.tool in _SCENARIO else (*_APART, "account")
    for apart in apart_in:
        fixed = (*(k for k in (*_APART, "account") if k != apart), "unit")
        for pool in (last, [first, *earlier]):
            like = [f for f in pool if all(f.get(k) == first.get(k) for k in fixed) and "value" in f and "shown" in f]
            one_each = list({f.get(apart): f for f in reversed(like) if f.get(apart)}.values())[::-1]
            if len(one_each) > 1:
                return one_each[:_MOST]
    return []


_APART = ("region", "sector", "scenario", "year")  # what figures may differ in to be compared, the likeliest first


def nothing_new(reading: Reading, before: Before, planned: Plan) -> Plan | None:
    """A follow-up that would only tell the last answer again is told so; None where it asks for something."""
    named = (
        reading.places
        or reading.sectors
        or reading.fuels
        or reading.measures
        or reading.years.named
        or reading.documents
    )
    if not before.calls or named or reading.excluded or planned.form is not None or reading.text == before.question:
        return None
    made = tuple((c.tool, c.args) for c in planned.calls)
    if not made or any(call not in before.calls for call in made):
        return None
    said = told_of_direction(reading, before) or told_already(reading, before)
    if said is not None:
        return Plan(reply=said)
    return Plan(reply=with_next(_NOTHING_NEW, before), status="clarify", reason=_NOTHING_NEW)


_NOTHING_NEW = Text(
    "这一问在刚才的回答之外没有新的内容可答：没有读出要改换的省份、年份、行业或条件。",
    "That brings nothing new beyond the last answer: no other place, year, sector or condition was read in it.",
)


def in_short(before: Before, form: str) -> Plan | None:
    """The last answer in its first sentence, or its figures alone."""
    if not before.told:
        return None
    told = restated(before, numbers=form == "numbers")
    return Plan(reply=told) if told is not None else None
