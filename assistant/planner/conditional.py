"""What-ifs in a follow-up: 再去掉CCUS, make it 70, 增速低2个点呢, neutral by 2055. The conditions of before stay, are replaced or go."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.cues import aside_patterns
from assistant.planner.memory import Before
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading

SCENARIOS = ("roadmap", "compare", "backcast", "milestones")  # tools whose answers a condition changes
_WORTH_READING = 80  # characters of a question that changes a condition and stands by nothing else
_LEADS = (
    r"那么?|再|就|又|如果|要是|假如|换成|改成|改为|调成|调到|变成|设为|设成|提高到|提到|升到|降到|降低到|到|按|是|若|用|取|"
    r"and|but|now|then|ok|so|no|what about|how about|what if|make (?:it|that)|change (?:it |that )?to|set (?:it |that )?(?:to|at)|"
    r"raise (?:it |that )?to|lower (?:it |that )?to|if it (?:is|were|was)|try|with|at|to|say|only|just|,|，|\s"
)
_UNITS = r"%|％|个?百分点|个?点|年|percent(?:age points?)?|points?|pp|years?"
_ENDS = r"呢|的话|会怎样|怎么样|如何|行吗|可以吗|看看|试试|instead|then|please|[?？。.!！,，\s]"
# A number and nothing else of substance: make it 70, 改成2个点呢.
_VALUE = re.compile(
    rf"(?:{_LEADS})*(?P<sign>[+-]?)(?P<number>\d+(?:\.\d+)?|[一二两三四五六七八九十]|半|half|one|two|three|five|ten)\s*"
    rf"(?:{_UNITS})?\s*(?:{_ENDS})*",
    re.IGNORECASE,
)
_WORDS = {
    "半": 0.5, "half": 0.5, "一": 1, "one": 1, "二": 2, "两": 2, "two": 2, "三": 3, "three": 3, "四": 4, "五": 5, "five": 5, "六": 6,
    "七": 7, "八": 8, "九": 9, "十": 10, "ten": 10,
}  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_NEUTRAL = re.compile(r"中和|净零|零碳|neutral|net[\s-]?zero", re.IGNORECASE)
_TARGETS = range(2035, 2061)
# Of the roadmap: what a changed scenario does not tell.
_UNCHANGED_ONLY = ("indicator", "source", "since", "asks")


def names_condition(reading: Reading, before: Before) -> bool:
    """Whether a question without a place changes the conditions of the scenario that was told before."""
    if before.tool not in SCENARIOS or reading.places or reading.stranger or len(reading.text) > _WORTH_READING:
        return False
    if reading.documents or reading.has("which_place", "by_place"):
        return False
    held = _held(before)
    if held and (aside_patterns()["back"].search(reading.text) or _value(reading, held) is not None):
        return True
    return bool(_said(reading, held)) or _goal_year(reading) is not None


def conditioned(reading: Reading, before: Before) -> list[Call] | None:
    """The scenario of before under the conditions that now hold; None where the question changes none."""
    if not names_condition(reading, before):
        return None
    held = _held(before)
    changes = _changed(reading, held)
    year = _goal_year(reading)
    if before.tool == "compare":
        return [Call("compare", trimmed(_beside(before.args, changes, held, year)))]
    return [Call("roadmap", trimmed(_roadmap(reading, before, changes, year)))]


def _changed(reading: Reading, held: list[dict[str, Any] | str]) -> list[dict[str, Any] | str]:
    """The conditions of before with what the new words do to them."""
    said = _said(reading, held)
    value = _value(reading, held)
    if value is not None and not said:
        return value
    if held and aside_patterns()["back_with"].search(reading.text) and (gone := _subjects_named(reading)):
        left = [c for c in held if _subject(c) not in gone]
        if len(left) < len(held):
            return left
    if held and aside_patterns()["back"].search(reading.text):
        return []
    if not said:
        return held
    new = {_subject(c) for c in said}
    stay = (
        held
        if aside_patterns()["joins"].search(reading.text) or _goal_year(reading) is not None
        else [c for c in held if _subject(c) in new]
    )
    return [*(c for c in stay if _subject(c) not in new), *said]


def _said(reading: Reading, held: list[dict[str, Any] | str]) -> list[dict[str, Any] | str]:
    """The conditions a question names; the sentence itself where it names one that the tool must explain."""
    from tools.roadmap.conditions import conditions

    text = reading.text
    moved = _POINTS.fullmatch(text) and re.search(_MORE, text, re.IGNORECASE)
    if moved and any("growth" in str(c) or "增" in str(c) for c in held):  # 低2个点呢, of growth talked of
        text = f"growth {text}" if text.isascii() else f"增速{text}"
    found = conditions(text)
    if found.problems or (found.weak and _CHANGES.search(text)):
        return [text]
    return [dict(c) for c in found.changes]


_MORE = r"低|慢|少|减|降|高|快|多|加|lower|slower|less|higher|faster|more"
_POINTS = re.compile(
    rf"(?:{_LEADS})*(?:再|还)?(?:{_MORE})?(?:了)?\s*(?:by )?(?:\d+(?:\.\d+)?|[一二两三半]|half|one|two)\s*"
    rf"(?:a )?(?:个?百分点|个?点|percentage points?|points?|pp)\s*(?:{_MORE})?\s*(?:{_ENDS})*",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"再|低一|高一|少一|多一|慢|快|提高|降低|增加|减少|推迟|提前|去掉|不用|lower|higher|more|less|later|earlier|slower|faster",
    re.IGNORECASE,
)


def _held(before: Before) -> list[dict[str, Any] | str]:
    if before.tool == "compare":
        variants = before.args.get("variants") or []
        only = variants[0] if len(variants) == 1 else []
        return list(only) if isinstance(only, (list, tuple)) else [only]
    return list(before.args.get("overrides") or [])


def _subject(change: dict[str, Any] | str) -> str:
    """What a condition is about; two of one subject cannot both hold."""
    from tools.roadmap.overrides import Override

    return change if isinstance(change, str) else Override.model_construct(**change).subject


def _subjects_named(reading: Reading) -> set[str]:
    """The subjects whose lever is named, whatever is done to it."""
    from tools.roadmap.conditions import names

    out: set[str] = set()
    for name in names(reading.text):
        out |= {name.key, f"scale {name.key}", f"lag {name.key}"}
    return out


def _value(reading: Reading, held: list[dict[str, Any] | str]) -> list[dict[str, Any] | str] | None:
    """The conditions of before with another number for the one that has a number: make it 70, 改成2个点; None for no number."""
    m = _VALUE.fullmatch(reading.text)
    spots = [i for i, c in enumerate(held) if isinstance(c, dict) and c.get("value") is not None]
    if m is None or not spots:
        return None
    number = float(_WORDS.get(m["number"].lower(), 0) or m["number"])
    if _FIRST_YEAR <= number <= _LAST_YEAR:
        return None
    old = held[spots[-1]]
    assert isinstance(old, dict)
    signed = -number if m["sign"] == "-" or (not m["sign"] and float(old["value"]) < 0) else number
    return [{**old, "value": signed} if i == spots[-1] else c for i, c in enumerate(held)]


def _goal_year(reading: Reading) -> int | None:
    """The year in which net zero is asked for: 中和年份提前到2055, neutral by 2055."""
    years = [y for y in reading.years.all if y in _TARGETS]
    return years[-1] if years and _NEUTRAL.search(reading.text) else None


def _roadmap(reading: Reading, before: Before, changes: list[dict[str, Any] | str], goal: int | None) -> dict[str, Any]:
    """The arguments of the roadmap; a goal of a backcast becomes its net-zero year, a year asked about stays."""
    old = before.args
    kept = {k: v for k, v in old.items() if k != "overrides"}
    if before.tool == "backcast":
        year = old.get("year")
        neutral = old.get("goal", "neutral") == "neutral"
        kept = {"place": old.get("place"), "target_year": year if neutral else None, "year": None if neutral else year}
        held = [{"kind": f"no_{name}"} for name in old.get("without") or ()]
        changes = [*(h for h in held if h not in changes), *changes]
    if before.tool == "milestones":
        kept = {"place": old.get("place"), "scenario": old.get("scenario")}
    if changes:
        kept = {k: v for k, v in kept.items() if k not in _UNCHANGED_ONLY}
    asked = [y for y in reading.years.all if y > _FIRST_ASKED and y != goal and y not in _years_in(changes)]
    if asked:
        kept = {k: v for k, v in kept.items() if k not in ("year", "years")}
        kept |= {"year": asked[0]} if len(asked) == 1 else {"years": asked}
    if goal is not None:
        kept = {k: v for k, v in kept.items() if k not in ("scenario", *(("year", "years") if not asked else ()))}
        kept |= {"target_year": goal}
    elif not changes:  # the plain scenario again, which the reader has seen or can ask for at length
        kept = {k: v for k, v in kept.items() if k != "target_year"} | {"detail": "brief"}
    return {**kept, "overrides": changes}


_FIRST_ASKED = 2020


def _years_in(changes: list[dict[str, Any] | str]) -> set[int]:
    return {int(c["year"]) for c in changes if isinstance(c, dict) and c.get("year") is not None}


def _beside(
    old: dict[str, Any], changes: list[dict[str, Any] | str], held: list[dict[str, Any] | str], goal: int | None
) -> dict[str, Any]:
    """The arguments of a comparison with the conditions as one more path of each place."""
    args = {k: v for k, v in old.items() if k != "variants" or (not held and not changes)}
    if changes:
        args["variants"] = [changes]
    if goal is not None:
        args["target_years"] = [goal]
    return args
