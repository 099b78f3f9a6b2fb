"""Sentences about the last answer, put together from its own words: its reasons, certainty, account, method, units."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from assistant.planner.compose import lead_facts
from assistant.planner.memory import Before
from assistant.planner.plan import Plan
from assistant.planner.reader import Reading
from data.text import Language, Text
from tools.units import READERS_UNITS, show

_BASIS: dict[str, Text] = {
    "observed": Text("统计或清单中的观测值", "observed, from statistics or inventories"),
    "derived": Text("由观测值算出", "computed from observed values"),
    "estimated": Text("估计值", "estimates"),
    "projected": Text("情景值，不是预测", "scenario values, no forecasts"),
    "assumption": Text("设定的假设", "assumptions"),
    "target": Text("文件所定的目标", "targets set in documents"),
    "user": Text("您提供的数", "figures of yours"),
}
_ACCOUNTS: dict[str, Text] = {
    "scope1": Text("生产侧直接排放（能源燃烧与水泥过程）", "direct production-based emissions (fuel combustion and cement process)"),
    "scope1_plus_net_power": Text("生产侧直接排放加净调入电力", "direct emissions plus net imported power"),
    "consumption_domestic": Text("消费侧（国内供应链）", "consumption-based (domestic supply chains)"),
    "exports": Text("出口隐含", "embodied in exports"),
    "income": Text("收入侧", "income-based"),
    "gross": Text("总排放（扣除移除之前）", "gross emissions (before removals)"),
    "removals": Text("碳移除", "removals"),
    "net": Text("净排放（总排放减移除）", "net emissions (gross less removals)"),
}  # fmt: skip
_CAVEATS, _METHODS, _FACTS, _NEXT = 3, 4, 6, 2
_YEAR = re.compile(r"20\d\d")  # a suggestion with any other number would want a mark for it
_RANGE = re.compile(r"区间|\brange\b")


def _of(before: Before, field: str) -> list[str]:
    """The texts of a field of all messages, none twice."""
    return list(dict.fromkeys(str(t) for m in before.told for t in m.get(field, [])))


def _facts(before: Before) -> list[dict[str, Any]]:
    return [f for m in before.told for f in lead_facts(m)]


def _same(text: str) -> Text:
    """A sentence in the turn's own language: the messages before it are already in it."""
    return Text(text, text)


def _joined(*parts: Text) -> Text:
    return Text("".join(p.zh for p in parts), " ".join(p.en for p in parts))


def _row(texts: list[str]) -> Text:
    return Text("".join(texts), " ".join(texts))


def with_next(said: Text, before: Before) -> Text:
    """A sentence with two questions that can be asked next: those of the last answer, else of what it was about."""
    found = [s for s in _of(before, "suggestions") if not re.search(r"\d", _YEAR.sub("", s))][:_NEXT]
    if len(found) < _NEXT:
        return said
    return Text(
        f"{said.zh}\n\n可以接着问：\n\n" + "\n".join(f"- {s}" for s in found),
        f"{said.en}\n\nYou could go on with:\n\n" + "\n".join(f"- {s}" for s in found),
    )


def of_reasons(before: Before) -> Plan:
    """Why: what the result was computed from, and that this is no cause."""
    method = _of(before, "method")[:2]
    said = Text(
        "数据只能说明构成和算法，不能断定原因。" + ("刚才的结果这样得来：" if method else ""),
        "The data tell what a figure is made of and how it was computed, and no causes beyond that."
        + (" That result came about so:" if method else ""),
    )
    return Plan(reply=with_next(_joined(said, _row(method)) if method else said, before))


def _grouped(facts: list[dict[str, Any]], field: str, words: dict[str, Text]) -> list[Text]:
    """The marks of the figures by a property of theirs, with its name."""
    by: dict[str, list[str]] = {}
    for fact in facts:
        if str(fact.get(field, "")) in words:
            by.setdefault(str(fact[field]), []).append(f"[{fact['id']}]")
    return [Text(f"{''.join(ids)}{words[key].zh}", f"{' '.join(ids)} {words[key].en}") for key, ids in by.items()]


def _listed(parts: list[Text], opening: Text) -> Text:
    return Text(f"{opening.zh}{'；'.join(p.zh for p in parts)}。", f"{opening.en} {'; '.join(p.en for p in parts)}.")


def of_certainty(before: Before) -> Plan:
    """How sure: how each figure is known, the ranges told, the caveats."""
    facts = _facts(before)[:_FACTS]
    parts: list[Text] = []
    kinds = _grouped(facts, "basis", _BASIS)
    if kinds:
        parts.append(_listed(kinds, Text("刚才的数字：", "Those figures:")))
    ranges = [s for m in before.told for s in m.get("lead", []) if _RANGE.search(str(s))][:1]
    if ranges:
        parts.append(_joined(Text("所给区间：", "The range given:"), _same(ranges[0])))
    elif kinds:
        parts.append(Text("这些数字没有给出误差区间。", "No range of error was given for them."))
    caveats = _of(before, "caveats")[:_CAVEATS]
    if caveats:
        parts.append(_joined(Text("须注意：", "Mind:"), _row(caveats)))
    if not parts:
        parts.append(
            Text(
                "刚才的回答没有数字，也就没有误差可说。",
                "The last answer gave no figures, so there is no error to tell.",
            )
        )
    return Plan(reply=_joined(*parts))


def of_account(before: Before) -> Plan:
    """Which account and basis: those of the figures told, then the caveats."""
    facts = _facts(before)[:_FACTS]
    parts = [
        _listed(found, opening)
        for found, opening in (
            (_grouped(facts, "account", _ACCOUNTS), Text("口径：", "Account:")),
            (_grouped(facts, "basis", _BASIS), Text("依据：", "Basis:")),
        )
        if found
    ]
    caveats = _of(before, "caveats")[:_CAVEATS] or _of(before, "method")[:2]
    if caveats:
        parts.append(_row(caveats))
    if not parts:
        parts.append(
            Text(
                "刚才的回答没有给出数字，没有口径可说。",
                "The last answer gave no figures, so there is no account to name.",
            )
        )
    return Plan(reply=_joined(*parts))


def of_method(before: Before) -> Plan | None:
    """How computed: the method of the last answer; None where its tools told none."""
    method = _of(before, "method")[:_METHODS]
    if not method:
        return None
    return Plan(reply=_joined(Text("刚才的结果这样得来：", "That result was computed so:"), _row(method)))


def of_unit(before: Before, unit: str) -> Plan | None:
    """The figures told, in another unit; None where none of them has it."""
    known = READERS_UNITS.get(unit)
    facts = [f for f in _facts(before) if known is not None and f.get("unit") == known[0]][:_FACTS]
    if not facts:
        return None

    def line(language: Language) -> Callable[[dict[str, Any]], str]:
        colon = "：" if language == "zh" else ": "
        return lambda f: f"- {f['label']}{colon}{show(float(f['value']), str(f['unit']), language, unit)} [{f['id']}]"

    return Plan(reply=Text("\n".join(map(line("zh"), facts)), "\n".join(map(line("en"), facts))))


def restated(before: Before, numbers: bool) -> Text | None:
    """The first sentence of each result, or the figures of the first sentences alone; None where there are none."""
    if numbers and (facts := _facts(before)[:_FACTS]):
        return Text(
            "\n".join(f"- {f['label']}：{f['shown']} [{f['id']}]" for f in facts),
            "\n".join(f"- {f['label']}: {f['shown']} [{f['id']}]" for f in facts),
        )
    firsts = [str(m["lead"][0]) for m in before.told if m.get("lead")][:2]
    return _row(firsts) if firsts else None


_OUT = re.compile(
    r"流出|调出|输出|送出|去向|下游|转出|\bout(?:flows?|ward|going)?\b|destinations?|\bsen[dt]s?\b|\bleaves?\b|where .{0,12}\bgo",
    re.IGNORECASE,
)
_IN = re.compile(
    r"流入|调入|输入|送入|来源|来自|上游|\bin(?:flows?|ward|coming)\b|\borigins?\b|\bcome from\b|\breceiv",
    re.IGNORECASE,
)
_TURNED = re.compile(
    r"反过来|反之|反向|倒过来|另一头|相反|the other way|vice versa|conversely|in reverse|the opposite", re.IGNORECASE
)


def told_of_direction(reading: Reading, before: Before) -> Text | None:
    """反过来流出到哪: the sentences of the last answer on the way asked for, where it told both; None where it did not."""
    out, into = _OUT.search(reading.text), _IN.search(reading.text)
    if not (out or into) and _TURNED.search(reading.text):
        out, into = _IN.search(before.question), _OUT.search(before.question)
    wanted, other = (_OUT, _IN) if out and not into else (_IN, _OUT) if into and not out else (None, None)
    if wanted is None or other is None:
        return None
    said = [p for s in before.lead for p in _sentences(s) if wanted.search(p)]
    only = [p for p in said if not other.search(p)] or said
    return _row(only[:2]) if only else None


def _sentences(text: str) -> list[str]:
    return [p.strip() for p in re.split(r"(?<=[。；;])|(?<=\.) (?=[A-Z])", text) if p.strip()]


_ASIDE_EDGES = re.compile(r"^(?:那么?|而|and|the|what about|how about|its?)\s*|[呢吗?？。.!\s]+$", re.IGNORECASE)
_LONG_ENOUGH = 2  # characters of a thing that may be found again


def told_already(reading: Reading, before: Before) -> Text | None:
    """生产侧呢, after an answer that told it too: its sentence again; None where no sentence names the thing."""
    thing = _ASIDE_EDGES.sub("", _ASIDE_EDGES.sub("", reading.text)).lower()
    if len(thing) < _LONG_ENOUGH:
        return None
    said = [p for s in before.lead for p in _sentences(s) if thing in p.lower()]
    return _row(said[:1]) if said else None
