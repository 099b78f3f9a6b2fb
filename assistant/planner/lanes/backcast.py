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


def _without(reading: Reading) -> list[str]:
    """What the path is to do without: carbon capture, engineered removals."""
    from tools.roadmap.conditions import conditions

    kinds = {c["kind"] for c in conditions(reading.text).changes}
    return [key for key, kind in (("ccus", "no_ccus"), ("removals", "no_removals")) if kind in kinds]


def _changes(reading: Reading) -> list[dict[str, Any] | str]:
    """The other conditions under which the goal is to be met; the sentence where one of them is no lever of the model."""
    from tools.roadmap.conditions import conditions

    found = conditions(reading.text)
    if any(p.code == "not_modelled" for p in found.problems):
        return [reading.text]
    changes = [c for c in found.changes if c["kind"] not in ("no_ccus", "no_removals")]
    return [{k: v for k, v in c.items() if v is not None} for c in changes]


def _capped(reading: Reading) -> bool:
    """Whether an amount stands as a limit of a year beside whatever else is asked (上限2亿吨, 2050净零)."""
    return (
        bool(reading.places) and _emission(reading) is not None and reading.has("backcast_limit_context")
        and not reading.has("backcast_budget_context")
    )  # fmt: skip


_CAN = re.compile(
    r"能(?:够|否)?[^，。,;；?？]{0,10}(?:吗|么|不能)|(?:实现|做|达)(?:得了|不了|得到|不到)|有(?:没有)?(?:可能|希望|戏)|现实吗|靠谱|来得及|"
    r"\bwill\b[^.?]{0,30}\b(?:manage|make it|be able|peak)|realistic|in time|on time",
    re.IGNORECASE,
)
_WHEN = re.compile(r"何时|什么时候|哪一?年|几几年|\bwhen\b|(?:which|what) year", re.IGNORECASE)
_CUTS = r"减排|减碳|降碳|\bcut\b.{0,20}emission"
_FIRST_NEUTRAL = 2035


def _goal(reading: Reading) -> str | None:
    """Which goal a question names; None where it names none of ours."""
    if reading.has("backcast_curve_context"):
        return "costs"
    asks = reading.has("backcast_ask_context", "backcast_cheap_context", "backcast_back_context")
    future, amount = _future(reading), _emission(reading)
    budget = (
        reading.find(r"碳预算|排放(?:预算|空间|额度)|carbon budget|emissions? budget")
        and amount is None
        and bool(reading.places)
    )
    if (
        reading.has("backcast_budget_context")
        and amount is not None
        and (asks or reading.has("backcast_limit_context"))
    ):
        return "budget"
    if _NEUTRAL.search(reading.text) and not _capped(reading):
        bare = bool(_without(reading)) and any(y >= _FIRST_NEUTRAL for y in future)
        return "neutral" if bare or reading.has("backcast_cheap_context", "backcast_back_context") else None
    year = _year(reading)
    can = asks or _CAN.search(reading.text) is not None
    if _PEAK.search(reading.text) and year is not None and can and reading.places and not _WHEN.search(reading.text):
        return "peak"
    if budget and not reading.sectors:
        return "budget"
    things = reading.sectors or reading.fuels or reading.documents
    co2 = reading.has("emits") or any(a.measure == "co2" for a in reading.measures) or bool(reading.find(_CUTS))
    co2 = co2 or (amount is not None and bool(reading.places))
    if things or not co2 or year is None:
        return None
    if amount is not None and reading.has("backcast_limit_context"):
        return "cap"
    if (
        _cut(reading) is not None
        and asks
        and future
        and not reading.per
        and (_conditioned(reading) or not reading.has("what_if"))
    ):
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
    if goal == "peak" and reading.has("policy_words") and (reading.has("share") or reading.measures):
        return 0.0  # another figure of a plan for the peak
    if goal == "peak":
        return _SURE  # whether a peak is feasible is a verdict of the engine, and the target of no document
    if goal in ("cap", "peak", "budget") and _conditioned(reading):
        return _CONDITIONED
    if goal in ("cap", "neutral", "budget") and (_without(reading) or goal == "budget" or _neutral_too(reading)):
        return _SURE
    return 9.0


_SURE = 24.0  # a goal with a condition or a second goal, or a budget: no other tool takes these together


_CONDITIONED = 40.0  # a goal under changed assumptions: the changed scenario alone would leave the goal out


def _conditioned(reading: Reading) -> bool:
    return bool(_without(reading) or _changes(reading))


def _neutral_too(reading: Reading) -> int | None:
    """The year of a net zero asked for beside a cap of another year."""
    word = _NEUTRAL.search(reading.text)
    if word is None or not _capped(reading):
        return None
    years = [(abs(m.start() - word.start()), int(m[0])) for m in re.finditer(r"20\d{2}", reading.text)]
    named = _NEUTRAL_IN.search(reading.text)
    if named is not None and len(years) > 1:
        return int(named[1] or named[2])
    return min(years)[1] if len(years) > 1 else None


_NEUTRAL_IN = re.compile(
    r"(20\d\d)\s*年?\s*(?:前|实现|达成|达到|要)*\s*(?:碳?中和|净零)|(?:neutral\w*|net[\s-]?zero)[^.,;\d]{0,16}(20\d\d)",
    re.IGNORECASE,
)


def _through(reading: Reading) -> int | None:
    """The last year of a budget where it is not 2060: that of the plan, or of the years named."""
    if reading.years.plan is not None and reading.years.plan >= FIRST_PROJECTED:
        return reading.years.plan + 4
    last = max(_future(reading), default=2060)
    return last if FIRST_PROJECTED < last < 2060 else None


def _args(reading: Reading) -> dict[str, Any]:
    goal = _goal(reading) or _plain_goal(reading)
    year = _year(reading)
    neutral = _neutral_too(reading) if goal == "cap" else None
    if neutral is not None:
        year = next((y for y in reading.years.all if y != neutral), year)
    args: dict[str, Any] = {"goal": goal, "year": None if goal == "budget" else year}
    if goal == "budget":
        args["through"] = _through(reading)
    if goal in ("cap", "neutral", "budget", "peak"):
        args["without"] = _without(reading) or None
        args["overrides"] = _changes(reading) or None
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
    where, args = one_place(reading), _args(reading)
    place = {"place": where.name.en if where else reading.stranger}
    calls = [Call("backcast", trimmed({**place, **args}))]
    neutral = _neutral_too(reading) if args["goal"] == "cap" else None
    if neutral is not None:  # two goals are two backcasts
        second = {"goal": "neutral", "year": neutral, "without": args.get("without")}
        calls.append(Call("backcast", trimmed({**place, **second})))
    return calls


LANE = Lane("backcast", _vote, _compile, from_data=True, whole=True)
