"""Goals to be met: 广东2055年碳中和成本最低的路径, 江苏2035年净排放控制在6亿吨以内可行吗, 山西2028年前达峰要怎么做, abatement costs."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.amounts import amounts
from assistant.planner.compile_io import one_place
from assistant.planner.intents import FIRST_PROJECTED
from assistant.planner.lanes import Lane
from assistant.planner.numbers import Amount
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading

_NEUTRAL = re.compile(r"中和|净零|零碳|零排放|neutral|net[\s-]?zero|zero emissions", re.IGNORECASE)
_PEAK = re.compile(r"达峰|见顶|\bpeak", re.IGNORECASE)
_BEFORE = re.compile(
    r"(20\d{2})\s*年?\s*(?:以|之)?前|(?:before|by|no later than|ahead of)\s+(?:the year\s+)?(20\d{2})", re.IGNORECASE
)
_NET = re.compile(r"净(?:碳)?排放|净零|\bnet\b", re.IGNORECASE)
_BELOW = re.compile(
    r"下降|降低|减少|减排|减(?=\d)|降(?=\d)|削减|少排|below|cut|reduc\w+|lower|fall|less|down", re.IGNORECASE
)
_TO = re.compile(r"(?:降|减|压)(?:低|少|减|降)?(?:到|至)|\bto\b\s*$", re.IGNORECASE)
_BASE = re.compile(
    r"(?:比|较|相比|相对于?|以)\s*(20\d{2})|(20\d{2})\s*年?\s*(?:为基|水平)|(?:from|below|against|versus|relative to|compared (?:with|to)|on)"
    r"\s+(?:the\s+)?(?:levels? (?:of|in)\s+)?(20\d{2})|(20\d{2})\s+levels?",
    re.IGNORECASE,
)  # fmt: skip
_MINUS = re.compile(r"(?:负|minus |(?<![\d年-])-)\s*\d", re.IGNORECASE)
_HALF = re.compile(r"砍一半|减一?半|砍半|腰斩|降一半|halv|(?:in|by|cut) half", re.IGNORECASE)
_MT = 1e6  # tonnes
_SUPPLY = "backcast_order_context"
_NEAR = 20


def _emission(reading: Reading) -> float | None:
    """An amount of CO2 named, Mt; below zero where it was written so."""
    said = next((a for a in amounts(reading) if a.dimension == "mass"), None)
    if said is None:
        return None
    return said.value / _MT * (-1 if _MINUS.search(reading.text) else 1)


def _future(reading: Reading) -> list[int]:
    return [y for y in reading.years.all if y >= FIRST_PROJECTED]


def _base_year(reading: Reading) -> int | None:
    found = _BASE.search(reading.text)
    return int(next(g for g in found.groups() if g)) if found else None


def _cut(reading: Reading) -> Amount | None:
    """A percentage by which emissions are to fall (not one to which)."""
    for a in reading.percents:
        around = reading.text[max(0, a.start - _NEAR) : a.end + _NEAR]
        if a.unit == "%" and _BELOW.search(around) and not _TO.search(reading.text[max(0, a.start - 4) : a.start]):
            return a
    half = _HALF.search(reading.text)
    return Amount(50.0, "%", half.start(), half.end()) if half else None


def _goal(reading: Reading) -> str | None:
    """Which goal a question names; None where it names none of ours."""
    if reading.has("backcast_curve_context"):
        return "costs"
    asks = reading.has("backcast_ask_context", "backcast_cheap_context", "backcast_back_context")
    future, amount = _future(reading), _emission(reading)
    if (
        reading.has("backcast_budget_context")
        and amount is not None
        and (asks or reading.has("backcast_limit_context"))
    ):
        return "budget"
    if _NEUTRAL.search(reading.text):
        return "neutral" if reading.has("backcast_cheap_context", "backcast_back_context") else None
    year = _year(reading)
    if _PEAK.search(reading.text) and year is not None and _BEFORE.search(reading.text) and asks and reading.places:
        return "peak"
    things = reading.sectors or reading.fuels or reading.documents
    co2 = reading.has("emits") or any(a.measure == "co2" for a in reading.measures)
    if things or not co2 or year is None:
        return None
    if amount is not None and reading.has("backcast_limit_context"):
        return "cap"
    if _cut(reading) is not None and asks and future and not reading.per and not reading.has("what_if"):
        return "cap"
    if reading.has("backcast_cheap_context") and reading.has("backcast_measures_context"):
        return "costs"
    return None


def _plain_goal(reading: Reading) -> str:
    """The goal of a question that is one for this tool by all its words: what stands in it, else the cost curve."""
    if _year(reading) is None:
        return "costs"
    if _NEUTRAL.search(reading.text):
        return "neutral"
    if _emission(reading) is not None or _cut(reading) is not None:
        return "cap"
    return "peak" if _PEAK.search(reading.text) else "costs"


def _year(reading: Reading) -> int | None:
    """The year of the goal: the last one named that is no base year."""
    base = _base_year(reading)
    years = [y for y in reading.years.all if y != base or len(reading.years.all) == 1]
    return max(years) if years else None


def _vote(reading: Reading) -> float:
    goal = _goal(reading)
    if reading.sectors or reading.fuels:
        return 0.0  # goals are those of a place as a whole
    if goal is None:
        cheap = reading.has("backcast_cheap_context") and reading.has("backcast_measures_context")
        return 6.5 if cheap and (reading.has("emits") or reading.find("减排|减碳|降碳|abat|mitigat")) else 0.0
    if goal in ("cap", "peak") and not _future(reading) and not reading.has("backcast_ask_context"):
        return 0.0
    return 9.0


def _args(reading: Reading) -> dict[str, Any]:
    goal = _goal(reading) or _plain_goal(reading)
    year = _year(reading)
    args: dict[str, Any] = {"goal": goal, "year": None if goal == "budget" else year}
    if reading.has(_SUPPLY):
        args["order"] = "supply_first"
    amount = _emission(reading)
    if goal in ("budget", "cap") and amount is not None:
        args["amount"] = amount
    elif goal == "cap":
        cut = _cut(reading)
        args |= {"percent": None if cut is None else abs(cut.value), "base_year": _base_year(reading)}
    if goal == "cap":
        args["account"] = "net" if _NET.search(reading.text) else "gross"
    return args


def _compile(reading: Reading) -> list[Call]:
    where = one_place(reading)
    return [Call("backcast", trimmed({"place": where.name.en if where else reading.stranger, **_args(reading)}))]


LANE = Lane("backcast", _vote, _compile, from_data=True, whole=True)
