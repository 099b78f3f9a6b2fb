"""Calls for one sentence: the tool with most votes, or what the turn before asked with the new words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from assistant.planner.compile_figures import compile_figures
from assistant.planner.compile_io import (
    compile_benchmark,
    compile_chain,
    compile_embodied_trade,
    compile_footprint,
    compile_fuel_flow,
    compile_linkages,
    compile_map,
    compile_national_io,
    compile_power_account,
    names_direction,
)
from assistant.planner.compile_policy import compile_policy_search, compile_targets, follow_words
from assistant.planner.compile_rest import compile_about, compile_calculate, compile_contraction, compile_sql
from assistant.planner.compile_roadmap import compile_roadmap
from assistant.planner.conditional import conditioned
from assistant.planner.cues import CONTEXT
from assistant.planner.faster import compile_faster
from assistant.planner.followup import compile_followup, continues, merged
from assistant.planner.intent.model import REFUSE
from assistant.planner.intents import ranked, voted
from assistant.planner.lanes import lanes
from assistant.planner.lanes.own_documents import asked_again_of_data
from assistant.planner.memory import Before, remember
from assistant.planner.plan import Call
from assistant.planner.projected import compile_projected
from assistant.planner.reader import Reading
from assistant.planner.scenario_turns import other_side
from assistant.planner.stand_ins import stood_in
from data.classification import NATION
from tools.registry import get_tool

COMPILERS: dict[str, Callable[[Reading], list[Call]]] = {
    "figures": compile_figures,
    "power_account": compile_power_account,
    "footprint": compile_footprint,
    "embodied_trade": compile_embodied_trade,
    "linkages": compile_linkages,
    "chain_partners": compile_chain,
    "industry_map": compile_map,
    "fuel_flow": compile_fuel_flow,
    "national_io": compile_national_io,
    "best_in_class": compile_benchmark,
    "targets": compile_targets,
    "policy_search": compile_policy_search,
    "roadmap": compile_roadmap,
    "contraction": compile_contraction,
    "about": compile_about,
    "sql": compile_sql,
    "calculate": compile_calculate,
    **{lane.tool: lane.compile for lane in lanes()},
}
MOST = 6  # at most in one turn
NOT_FIGURES = ("target_words", "policy_words", "chain", "linkages", "about")
WORDED = ("targets", "track", "policy_search")  # tools that are given the question's words
NEED_PLACE = frozenset({"power_account"})  # tools that need a place and have no sensible default


def calls_of(reading: Reading, before: Before) -> list[Call]:
    """The calls for one sentence; none where nothing in it is for any tool."""
    turned = asked_again_of_data(reading, before)
    if turned is not None:
        left, before = turned
        named = left.places or left.sectors or left.fuels or left.measures or left.years.named
        return calls_of(left, before) if named else [Call(*made) for made in before.calls]
    before = _resumed(reading, before)
    each = _of_each(reading, before)
    if each:
        return each
    changed = conditioned(reading, before)
    if changed is not None:
        return changed
    side = other_side(reading, before)
    if side:
        return side
    if continues(reading, before):
        followed = _followed(reading, before)
        if followed is not None:
            return followed
    return calls_alone(reading)


def _of_each(reading: Reading, before: Before) -> list[Call]:
    """The calls of a follow-up to an answer of several calls that says only where or when: each of them, asked so.

    None where the last answer had one call, rested on arithmetic or on words, or where the question names a thing of its own.
    """
    tools = {tool for tool, _ in before.calls}
    if len(before.calls) < 2 or tools & _OWN_WORDS - {"figures"} or tools & {"track"} or not continues(reading, before):
        return []
    named = reading.sectors or reading.fuels or reading.measures or reading.per or reading.percents or reading.documents
    if named or not (reading.places or reading.years.named or reading.excluded) or len(reading.text) > _REFINING:
        return []
    plain = _PLAIN | _TAKES_AWAY if reading.excluded else _PLAIN
    if any(c not in plain and not c.endswith(CONTEXT) for c in reading.cues) or reading.places == (NATION,):
        return []
    apart = tuple(args["place"] for _, args in before.calls if "place" in args)
    if len(tools) == 1 and len(set(apart)) == len(before.calls) > 1 and (reading.places or reading.excluded):
        tool, args = before.calls[0]
        gone = {p.name.en for p in reading.excluded}
        old = [Call(t, a) for t, a in before.calls if a["place"] not in gone] if reading.has("adds") or gone else []
        new = [Call(tool, {**args, "place": p.name.en}) for p in reading.places if p.name.en not in apart or not old]
        return [*old, *new][:MOST]
    out: list[Call] = []
    for tool, args in before.calls:
        one = remember(tool, args, before.question, before.earlier)
        out += [c for c in calls_of(reading, one) if c not in out]
    return out[:MOST]


_TAKES_AWAY = frozenset({"what_if", "lever"})  # 去掉北京: without CCUS is said in the same word
_PLAIN = frozenset({"leans", "adds", "that_place"})  # cues of a follow-up that says nothing but where or when


def _followed(reading: Reading, before: Before) -> list[Call] | None:
    """The calls of a question that leans on the one before; None where it turns out to stand by itself."""
    order = voted(reading)
    best, votes = order[0] if order else ("", 0.0)
    if before.tool == "own_documents" and reading.places and not reading.has("leans") and votes >= _STRONG:
        return None  # a whole question to our data, not one more to the file
    leaning = _dependence(reading, before)
    if leaning:
        return leaning
    if _refines(reading, before):
        return _again(reading, before)
    if best == "track" and before.tool in WORDED and not reading.has("target_words"):
        return follow_words(reading, before)
    if best not in ("", "figures") and votes >= _STRONG:
        return COMPILERS[best](merged(reading, before))
    ranked_too = not reading.measures and _every_place(before.tool, reading)  # "rank the provinces" after a footprint
    if before.tool == "figures" or (
        best == "figures" and not ranked_too and (reading.measures or reading.has("share", "trend", "rank"))
    ):
        return compile_followup(reading, before)
    if before.tool in WORDED:
        return follow_words(reading, before)
    if before.tool in COMPILERS:
        return [c for c in _again(reading, before) if c.args != before.args or not _asks_more(reading)]
    return None


_DEPENDS = re.compile(r"依赖|依靠|仰赖|靠.{0,6}(?:更多|多)|\b(?:depends?|rel(?:y|ies)|draws?|leans?)\b", re.IGNORECASE)


def _dependence(reading: Reading, before: Before) -> list[Call]:
    """Which of them depends more on Inner Mongolia: the embodied carbon that each place of before takes from the one named."""
    earlier = before.earlier.places if before.earlier else ()
    of = before.places if len(before.places) > 1 else tuple(dict.fromkeys((*earlier, *before.places)))
    own = [p for p in of if p.kind == "province" and p not in reading.places]
    named = [p for p in reading.places if p.kind == "province"]
    if len(named) != 1 or len(own) < 2 or not _DEPENDS.search(reading.text):
        return []
    pairs = ({"place": p.name.en, "partner": named[0].name.en} for p in own[:MOST])
    return [Call("embodied_trade", pair) for pair in pairs]


_STRONG = 3.0  # votes by which a follow-up turns to another tool
_LIKELY = 4.5  # a score below which no tool is meant more than others
_TRIED = 3  # tools tried in turn, where the likeliest finds nothing to ask for


def calls_alone(reading: Reading) -> list[Call]:
    """The calls of a question that stands by itself: those of the likeliest tool that finds what it needs in it."""
    order = ranked(reading)
    ahead = compile_faster(reading) or compile_projected(reading, order[0][0])
    if ahead:
        return ahead[:MOST]
    for tool, score in order[:_TRIED]:
        if tool == REFUSE or score < _LIKELY:
            break
        calls = COMPILERS[tool](stood_in(reading, tool))[:MOST]
        if calls or tool in NEED_PLACE:
            return calls
    if _ranking(reading):
        return compile_figures(reading)
    named = reading.places or reading.stranger
    return compile_figures(reading) if named and _unread(reading) < _LOST else []


def _resumed(reading: Reading, before: Before) -> Before:
    """The memory of the turn's other call where the question goes on with that one (若减20%呢 after buyers and a shock)."""
    for lane in lanes():
        made = next((args for tool, args in before.calls if tool == lane.tool), None)
        if made is not None and lane.tool != before.tool and lane.resumes is not None and lane.resumes(reading):
            return replace(remember(lane.tool, made, before.question, before.earlier), calls=before.calls)
    return before


_LOST = 3  # unread characters beside a bare place that make it a question about something else


def _ranking(reading: Reading) -> bool:
    """A ranking of provinces without its measure is of emissions: 2016年前三名, ranked 5th in 2010."""
    placed = reading.has("rank", "nth", "high", "low") and bool(reading.years.named or reading.limit)
    return placed and not reading.gaps and not reading.has("roadmap", *NOT_FIGURES)


def _unread(reading: Reading) -> int:
    return sum(len(w) if not w.isascii() else 2 for w in reading.leftover if w != reading.stranger)


_COMMON = frozenset({"place", "places", "year", "sector", "sectors", "from_year", "to_year", "period", "target_year"})
_REFINING = 24  # characters of a question that only turns the one before it
_OWN_WORDS = frozenset(
    {"figures", "targets", "policy_search", "about", "sql", "calculate", ""}
)  # tools that go on in their own way


def _refines(reading: Reading, before: Before) -> bool:
    """Whether a few words set an argument of the tool before (按碳排放加权呢, top 5, 桑基图呢), whatever else they could mean."""
    if before.tool in (*_OWN_WORDS, *WORDED) or before.tool not in COMPILERS or len(reading.text) > _REFINING:
        return False
    if reading.places:
        return False
    if reading.stranger or reading.has("which_place", "by_place", "why") or _amended(reading, before) is not None:
        return _amended(reading, before) is not None
    said = {k: v for c in COMPILERS[before.tool](reading) for k, v in c.args.items() if k not in _COMMON}
    return any(before.args.get(k) != v and k in get_tool(before.tool).arguments.model_fields for k, v in said.items())


def _amended(reading: Reading, before: Before) -> dict[str, Any] | None:
    """The arguments of before with what a lane changes inside them."""
    lane = next((lane for lane in lanes() if lane.tool == before.tool and lane.amend is not None), None)
    return lane.amend(reading, before.args) if lane is not None and lane.amend is not None else None


def _asks_more(reading: Reading) -> bool:
    """Whether a follow-up names what would have to change the answer: a thing, an amount, a share."""
    return bool(reading.sectors or reading.fuels or reading.quantities or reading.percents)


def _again(reading: Reading, before: Before) -> list[Call]:
    """The tool of before for what the new words name: another place, sector or year."""
    amended = _amended(reading, before)
    if amended is not None:
        return [Call(before.tool, amended)]
    fresh = COMPILERS[before.tool](merged(reading, before))
    still = {k: v for k, v in before.args.items() if k == "direction" and not names_direction(reading)}
    brief = before.tool == "roadmap" and "detail" not in before.args  # a plan told in full stays so
    new = [{k: v for k, v in c.args.items() if k != "detail" or not brief} for c in fresh]
    kept = _kept(before.args, reading)
    if before.tool == "footprint" and any(set(args) & _VIEWS for args in new):
        kept = {k: v for k, v in kept.items() if k not in _VIEWS}
    if _every_place(before.tool, reading):
        kept.pop("place", None)
    elif not reading.places and reading.has("which_place", "by_place") and "place" in before.args:
        new = [{k: v for k, v in args.items() if k != "place"} for args in new]  # which provinces it reaches
    calls = [Call(before.tool, {**kept, **args, **still}) for args in new]
    return [c for i, c in enumerate(calls) if c not in calls[:i]]


_VIEWS = frozenset({"account", "detail"})  # of a footprint: the new one ends the other


def _every_place(tool: str, reading: Reading) -> bool:
    """Whether 那各省呢 asks a tool that answers for all provinces where no place is given."""
    if (
        tool not in COMPILERS
        or tool in _OWN_WORDS
        or not reading.has("which_place", "by_place")
        or reading.has("position", "both")
    ):
        return False
    field = get_tool(tool).arguments.model_fields.get("place")
    return field is not None and not field.is_required() and field.default is None


def _kept(args: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """Arguments of before that the new words do not touch."""
    touched = {"question", "query", "topic"}
    if reading.places:
        touched |= {"place", "places", "partner"}
    if reading.sectors or reading.fuels:
        touched |= {"sector", "sectors"}
    if reading.years.named or reading.years.plan is not None:
        touched |= {"year", "from_year", "to_year", "period"}
    return {k: v for k, v in args.items() if k not in touched}
