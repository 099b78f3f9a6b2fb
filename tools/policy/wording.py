"""How a target is said: whose figure, when, how it compares, against which year. Templates only, no digits of figures."""

from __future__ import annotations

import re
from typing import NamedTuple

from data.classification import PROVINCES
from data.text import Text
from knowledge.search import Library
from tools.policy.rows import Target

# Words before the figure, by comparator; the figure is {0}.
_REACH_ZH = {"eq": "达到{0}", "about": "达到约{0}", "ge": "至少达到{0}", "gt": "超过{0}", "le": "不超过{0}",
             "lt": "低于{0}", "strive": "力争达到{0}"}  # fmt: skip
_BY = {
    "eq": Text("{0}", "{0}"), "about": Text("约{0}", "about {0}"), "ge": Text("至少{0}", "at least {0}"),
    "gt": Text("超过{0}", "more than {0}"), "le": Text("不超过{0}", "at most {0}"),
    "lt": Text("低于{0}", "below {0}"), "strive": Text("力争{0}", "{0}, to strive for"),
}  # fmt: skip
_DATE = {
    "le": Text("不晚于{0}年", "no later than {0}"), "lt": Text("在{0}年之前", "before {0}"), "eq": Text("为{0}年", "in {0}"),
    "strive": Text("力争为{0}年", "in {0}, to strive for"), "about": Text("约为{0}年", "about {0}"),
}  # fmt: skip
COMPARATORS = {
    "eq": Text("等于", "equal to"), "about": Text("约", "about"), "ge": Text("至少", "at least"),
    "gt": Text("超过", "more than"), "le": Text("不超过", "at most"), "lt": Text("低于", "below"),
    "strive": Text("力争", "strive for"),
}  # fmt: skip
KINDS = {
    "target": Text("目标", "target"), "benchmark": Text("参照值", "benchmark"),
    "outcome": Text("实际结果", "outcome"), "level": Text("水平值", "level"),
}  # fmt: skip
_COMPARED_DATES = {"le": Text("不晚于", "no later than"), "lt": Text("早于", "before"), "eq": Text("为", "in")}
_DATES = {"peak", "neutral", "start"}
_WAYS = {"decrease": Text("下降", "fall"), "increase": Text("提高", "rise"), "fall_to": Text("降至", "fall to")}
_CHANGES = {"decrease": Text("下降", "down"), "increase": Text("提高", "up")}  # before a figure in a table
# Indicators that are a fall or an addition already: "the cut is", not "the cut falls by".
_OF_CHANGE = re.compile(r"(降幅|减排|增量)(（[^）]*）)?$")
_PROVINCES = frozenset(p.name.en for p in PROVINCES)
_OWN = _PROVINCES | {"China", "Guangzhou"}  # places whose targets are called theirs
_NEEDS_SECTOR = ("改造节能量", "改造减排量", "能效标杆水平以上产能占比", "完成超低排放改造产能")


class Words(NamedTuple):
    """Part of a sentence in both languages; may be blank."""

    zh: str = ""
    en: str = ""


def subject(target: Target) -> Text:
    """Whose figure it is: place, field of action where the indicator does not tell it, and indicator."""
    zh, en = target.topic_zh, target.topic_en
    if zh in _NEEDS_SECTOR:
        zh, en = f"{target.sector_zh}{zh}", f"{en}, {target.sector_en}"
    if target.scope in _OWN or target.scope == "global":
        return Text(zh if zh.startswith(target.scope_zh) else f"{target.scope_zh}{zh}", f"{en} ({target.scope_en})")
    return Text(f"{zh}（{target.scope_zh}）", f"{en} ({target.scope_en})")


def comparator(target: Target) -> Text:
    """How the figure compares, as a table says it: a date comes no later than, an amount is at most."""
    if target.direction in _DATES and target.comparator in _COMPARED_DATES:
        return _COMPARED_DATES[target.comparator]
    return COMPARATORS[target.comparator]


def comparison(target: Target) -> Text:
    """How the figure compares, with the way of a change: 下降约 2%, down about 2 %."""
    word = comparator(target)
    if target.direction not in _CHANGES or _OF_CHANGE.search(target.topic_zh):
        return word
    way = _CHANGES[target.direction]
    if target.comparator == "eq":
        return way
    zh = f"{word.zh}{way.zh}" if target.comparator in ("ge", "strive") else f"{way.zh}{word.zh}"
    return Text(zh, f"{way.en} {word.en}")


def _time_zh(target: Target) -> str:
    """The time before the subject in Chinese; blank where there is none."""
    first, last = target.from_year, target.target_year
    if last is None or target.direction in _DATES:
        return ""
    if first is not None:
        summed = "每年" if target.unit == "Mt/yr" else "合计" if target.direction == "amount" else ""
        return f"{first}—{last}年{summed}，"
    at_once = target.kind == "outcome" or target.base_year == last - 1
    return f"{last}年，" if at_once else f"到{last}年，"


def _predicate_zh(target: Target) -> str:
    by = _BY[target.comparator].zh
    did = "实际" if target.kind == "outcome" else ""
    if target.direction in _DATES:
        return (
            f"，{'起始' if target.direction == 'start' else '目标'}年份{_DATE.get(target.comparator, _DATE['eq']).zh}"
        )
    if target.direction == "cap":
        return f"控制在{by}"
    if target.direction == "phase_out":
        return f"：{by}"
    if target.direction in ("amount", "level", "threshold") or _OF_CHANGE.search(target.topic_zh):
        return f"{'为' if target.comparator == 'eq' else ''}{by}{_against(target).zh}"
    if target.direction in ("decrease", "increase"):
        since = f"比{target.base_year}年" if target.base_year else ""
        verb = "增长" if target.direction == "increase" and target.unit == "%" else _WAYS[target.direction].zh
        return f"{since}{did}{verb}{by}"
    if target.direction == "fall_to":
        return f"降至{by}"
    return f"实际为{by}" if did else _REACH_ZH[target.comparator]


def _against(target: Target) -> Words:
    """The base year after a figure whose indicator is a change already: "the cut needed is 55 % (from 2019)"."""
    if target.base_year is None or target.direction not in _CHANGES:
        return Words()
    return Words(f"（与{target.base_year}年相比）", f" (from {target.base_year})")


def _head_en(target: Target) -> str:
    """What it is, for whom and when, before the colon in English."""
    kind, scope = KINDS[target.kind].en, target.scope_en
    if target.kind == "target" and target.scope in _OWN:
        head = f"{scope}'s target"
    else:
        head = f"{kind[0].upper()}{kind[1:]} for {'the world' if target.scope == 'global' else scope}"
    if target.target_year is None or target.direction in _DATES:
        return head
    if target.from_year is not None:
        return f"{head} over {target.from_year}–{target.target_year}"
    at = {"target": "for", "benchmark": "by"}.get(target.kind, "in")
    return f"{head} {at} {target.target_year}"


def _predicate_en(target: Target) -> str:
    by = _BY[target.comparator].en
    if target.direction in _DATES:
        return f", {_DATE.get(target.comparator, _DATE['eq']).en}"
    if target.direction in ("decrease", "increase") and not _OF_CHANGE.search(target.topic_zh):
        since = f" from {target.base_year}" if target.base_year else ""
        return f" {'down' if target.direction == 'decrease' else 'up'} {by}{since}"
    ways = {"cap": f" capped at {by.removeprefix('at most ')}", "fall_to": f" down to {by}", "reach": f" of {by}"}
    return ways.get(target.direction, f", {by}{_against(target).en}")


_NUMBERED = re.compile(
    r"[\d一二三四五六七八九十]+[(（]|[\d一二三四五六七八九十.\-、]+(?: |$)"
)  # 二(三)2, 5.2.4, 9-10; not 三新一高


def clause_name(label: str, language: str) -> str:
    """How a clause is called in prose: a number gets the word clause, a name stands by itself."""
    numbered = _NUMBERED.match(label)
    if language == "zh":
        return f"条款{label}" if numbered else label
    return f"clause {label}" if numbered else label


def source_of(target: Target, library: Library) -> Text:
    """Document with its number, and clause."""
    document = library.corpus.documents[target.document]
    clause = library.corpus.clause(target.document, target.clause)
    number = document.number if document.number and document.number.split(" ")[0] not in document.title.en else None
    return Text(
        f"《{document.title.zh}》{f'（{number}）' if number else ''}{clause_name(clause.label.zh, 'zh')}",
        f"{document.title.en}{f' ({number})' if number else ''}, {clause_name(clause.label.en, 'en')}",
    )


def label(target: Target) -> Text:
    """A fact's label: year or span, what it is, field of action, subject, which way, comparator and base year."""
    span = f"{target.from_year}–{target.target_year}" if target.from_year else str(target.target_year or "")
    who, kind, word = subject(target), KINDS[target.kind], comparator(target)
    year_zh, year_en = (f"{span}年", f"{span} ") if span else ("", "")
    base_zh, base_en = (f"，比{target.base_year}年", f", from {target.base_year}") if target.base_year else ("", "")
    way = _WAYS.get(target.direction)
    way_zh, way_en = (way.zh, f", {way.en}") if way and not _OF_CHANGE.search(target.topic_zh) else ("", "")
    return Text(
        f"{year_zh}{kind.zh}：{target.sector_zh}，{who.zh}{way_zh}（{word.zh}{base_zh}）",
        f"{year_en}{kind.en}: {target.sector_en}, {who.en}{way_en}, {word.en}{base_en}",
    )


def body(target: Target) -> Text:
    """The sentence of a target without its source: {0} is the figure; a target in words says its note instead."""
    who = subject(target)
    topic = who.en.removesuffix(f" ({target.scope_en})")
    if target.value is None:
        note = Text(target.note_zh or target.sector_zh, target.note_en or target.sector_en)
        return Text(f"{_time_zh(target)}{who.zh}：{note.zh}", f"{_head_en(target)}: {topic}: {_lower(note.en)}")
    return Text(
        f"{_time_zh(target)}{who.zh}{_predicate_zh(target)}", f"{_head_en(target)}: {topic}{_predicate_en(target)}"
    )


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


def range_body(low: Target) -> Text:
    """The sentence of a range, {0} to {1}."""
    who = subject(low)
    topic = who.en.removesuffix(f" ({low.scope_en})")
    way = _WAYS.get(low.direction, Text("为", ", "))
    en = " down" if low.direction == "decrease" else " of"
    return Text(f"{_time_zh(low)}{who.zh}{way.zh}{{0}}至{{1}}", f"{_head_en(low)}: {topic}{en} {{0}} to {{1}}")


def is_range(low: Target, high: Target) -> bool:
    """Whether two rows are the ends of one range."""
    same = ("document", "clause", "topic_en", "target_year", "unit")
    ends = (low.comparator, high.comparator) == ("ge", "le")
    return ends and all(getattr(low, f) == getattr(high, f) for f in same)


def note(target: Target) -> Text | None:
    """The target's note as a caveat, if it states no figure (years aside)."""
    if not target.note_zh or not target.note_en or target.value is None:
        return None
    if re.search(r"\d", re.sub(r"(?<!\d)(19|20)\d{2}(?!\d)", "", target.note_zh + target.note_en)):
        return None
    return Text(f"{target.topic_zh}：{target.note_zh}。", f"{target.topic_en}: {target.note_en}.")
