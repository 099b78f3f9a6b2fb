"""A question, with what was asked before, as a plan: small talk, a refusal, a question back, or tool calls."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from assistant.planner.compile_composite import (
    compile_joint_share,
    compile_make_up,
    compile_profile,
    compile_remainder,
)
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
from assistant.planner.compile_rest import (
    compile_about,
    compile_calculate,
    compile_contraction,
    compile_sql,
)
from assistant.planner.compile_roadmap import compile_roadmap
from assistant.planner.followup import compile_followup, continues, merged
from assistant.planner.intents import FIRST_PROJECTED, is_arithmetic, is_sql, ranked, scores
from assistant.planner.memory import Before, remember
from assistant.planner.notes import city_lacks, notes_of
from assistant.planner.plan import Call, Plan
from assistant.planner.reader import Reading, read
from assistant.planner.smalltalk import (
    NEEDS_PLACE,
    OUTSIDE,
    REFUSED_WRITE,
    UNREAD,
    WHY,
    WRITES,
    lost,
    not_covered,
    not_held,
    off_topic,
    small_talk,
    unheld,
)
from assistant.planner.strangers import abroad
from assistant.planner.unread import unread_thing
from data.classification import NATION

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
}
_CALLS = 6  # at most in one turn
_ENOUGH = 2.0  # votes without which a question is none of ours


def plan(question: str, before: Before) -> Plan:
    """The plan for a question. Never raises for any text."""
    reading = read(question)
    direct = _direct(reading)
    if direct is not None:
        return direct
    if is_sql(reading):
        return Plan(calls=tuple(compile_sql(reading)))
    if is_arithmetic(reading):
        return Plan(calls=tuple(compile_calculate(reading)))
    talk = small_talk(reading)
    if talk is not None:
        return talk
    if reading.has("sql_write"):
        return _harmless(reading, before)
    if off_topic(reading):
        return OUTSIDE
    order = ranked(reading)
    if (not order or order[0][1] < _ENOUGH) and lost(reading) and not continues(reading, before):
        return _strange(reading)
    asks_figure = order and order[0][0] in _WORDS and not reading.has("target_words", "policy_words", "about")
    if not order or order[0][0] in _FROM_DATA or (asks_figure and _past(reading) and not reading.documents):
        veto = _veto(reading, before, order)
        if veto is not None:
            return veto
    special = _portrait(reading, order)
    if special is not None:
        return special
    lacks = city_lacks(reading) if order and order[0][0] == "figures" else None
    if lacks is not None:
        return Plan(reply=lacks, status="refused", reason=lacks)
    calls = tuple(_sentences(reading, before))
    if calls:
        return Plan(calls=calls, notes=notes_of(reading, calls))
    return NEEDS_PLACE if order and order[0][0] in _PLACED else UNREAD


def _past(reading: Reading) -> bool:
    """Whether every year named is over: a figure is asked for, no aim."""
    return bool(reading.years.all) and max(reading.years.all) < FIRST_PROJECTED


_FROM_DATA = frozenset(
    {"figures", "roadmap", "footprint", "power_account"}
)  # tools whose defaults fill what is not said


def _strange(reading: Reading) -> Plan:
    """Words of another subject: beside a place or a year the word is quoted, else the text is none of ours."""
    thing = unread_thing(reading) if reading.places or reading.years.named else None
    return unheld(thing) if thing else OUTSIDE


def _veto(reading: Reading, before: Before, order: list[tuple[str, float]]) -> Plan | None:
    """A refusal where the thing or the place asked for is none of ours: no default may stand in for it."""
    land = abroad(reading.masked)
    if land and not reading.places:
        return not_covered(land)
    missing = reading.cue("not_held")
    if missing:
        return not_held(missing)
    if order and order[0][0] == "roadmap":
        return None
    if continues(reading, before) and (reading.places or reading.years.named or reading.cues - {"leans"}):
        return None
    thing = unread_thing(reading)
    return unheld(thing) if thing else None


def _portrait(reading: Reading, order: list[tuple[str, float]]) -> Plan | None:
    """Plans of several calls: a remainder, a joint share, a province in outline, what a high figure is made of."""
    plain = not order or order[0][0] == "figures"
    if plain and reading.excluded_sectors and (rest := compile_remainder(reading)):
        return Plan(calls=tuple(rest), then="subtract")
    if plain and len(reading.places) > 1 and (joint := compile_joint_share(reading)):
        return Plan(calls=tuple(joint), then="share")
    if not plain or len(reading.places) != 1 or reading.sectors or reading.fuels or reading.sent is not None:
        return None
    if any(a.measure != "co2" for a in reading.measures):
        return None
    if reading.has("why"):
        return Plan(calls=tuple(compile_make_up(reading)), notes=(WHY,))
    if reading.has("profile") and not reading.has("share", "trend", "rank", "which_sector", "which_fuel", "compare"):
        return Plan(calls=tuple(compile_profile(reading)))
    return None


_PLACED = frozenset({"power_account"})  # tools that need a place and have no sensible default


def _direct(reading: Reading) -> Plan | None:
    """A bot that sends a tool's name and arguments as JSON gets that call."""
    sent = reading.sent
    if not sent:
        return None
    statement = sent.get("sql")
    if isinstance(statement, str) and statement.strip():
        return Plan(calls=(Call("sql", {"sql": statement}),))
    name = sent.get("tool") or sent.get("name")
    args = sent.get("arguments", sent.get("args"))
    if name in COMPILERS and isinstance(args, dict):
        return Plan(calls=(Call(str(name), dict(args)),))
    return None


_STATEMENT = re.compile(
    r"\b(?:update|insert|delete|drop|truncate|alter|create|attach|copy|install|load|grant|pragma)\b[^;。]*(?:[;。]|$)|--.*$|;",
    re.IGNORECASE,
)


def _harmless(reading: Reading, before: Before) -> Plan:
    """What is left of a text with a writing statement is answered; the statement is not run, and that is said."""
    rest = _STATEMENT.sub(" ", reading.text).strip()
    left = read(rest)
    asks = left.measures or left.sectors or left.has("emits")
    if rest == reading.text or not asks or not (left.places or left.has("which_place")):
        return REFUSED_WRITE
    calls = _sentences(left, before)
    return Plan(calls=tuple(calls), notes=(WRITES,)) if calls else REFUSED_WRITE


_CUT = re.compile(
    r"(?<=[?。!])\s*|(?:,)?\s*(?:另外|此外|还有,|同时,|并且,|然后)|(?<=\w)\.\s+(?=[A-Z])|\band (?:also|then)\b"
    r"|;\s*(?=.*(?:多少|几|哪|什么|what|how|which))",
    re.IGNORECASE,
)
_BESIDE = frozenset({"share", "position", "yoy", "cagr", "growth"})  # asked of the same thing after a comma


def _sentences(reading: Reading, before: Before) -> list[Call]:
    """The calls of each sentence in turn, a later one leaning on the one before it."""
    if reading.sent is not None:
        return _calls(reading, before)
    parts = [p.strip(" ,") for p in _CUT.split(reading.text) if p and len(p.strip(" ,?。;")) > 1]
    asking = [p for p in parts if _asks(read(p))]
    if len(asking) < 2 or _all_words(asking):
        asking = _clauses(reading)
    if len(asking) < 2:
        return _calls(reading, before)
    calls: list[Call] = []
    memory = before
    for part in asking:
        found = _calls(read(part), memory)
        calls = _joined(calls, found)
        if found:
            memory = remember(found[0].tool, found[0].args, part, memory if memory.tool else None)
    return calls[:_CALLS]


_MANNER = frozenset({"limit", "order", "unit", "chart"})  # how an answer is shown, not what is asked


def _joined(calls: list[Call], found: list[Call]) -> list[Call]:
    """The calls with new ones; one that only says how an earlier one is to be shown takes its place."""
    out = list(calls)
    for new in found:
        what = {k: v for k, v in new.args.items() if k not in _MANNER}
        same = [
            i
            for i, c in enumerate(out)
            if c.tool == new.tool and what == {k: v for k, v in c.args.items() if k not in _MANNER}
        ]
        if same:
            out[same[0]] = new
        else:
            out.append(new)
    return out


def _clauses(reading: Reading) -> list[str]:
    """A figure and, after a comma, its share, rank or growth: two questions in one sentence."""
    first, _, rest = reading.text.partition(",")
    head, tail = read(first), read(rest)
    if (
        not rest
        or not head.places
        or not (head.measures or head.sectors or head.per)
        or tail.places not in ((), (NATION,))
    ):
        return []
    order = ranked(reading)
    if not order or order[0][0] != "figures" or tail.has("which_place", "which_sector", "extreme_year"):
        return []
    new = (tail.cues & _BESIDE) - head.cues
    per = tail.per and not head.per and not tail.has("high", "low")
    return [first, rest.strip()] if new or per else []


_WORDS = frozenset({"targets", "policy_search", "about"})  # tools that read the question's own words


def _all_words(parts: list[str]) -> bool:
    """Whether every sentence is for the tools that read words: they are given the whole text at once."""
    return all((order := ranked(read(p))) and order[0][0] in _WORDS for p in parts)


def _asks(reading: Reading) -> bool:
    """Whether a sentence asks something by itself or of the one before it."""
    thing = bool(reading.measures or reading.sectors or reading.fuels or reading.per or reading.documents)
    where = bool(reading.places or reading.stranger)
    return (thing or where or bool(scores(reading))) and len(reading.leftover) <= 6


def _calls(reading: Reading, before: Before) -> list[Call]:
    order = ranked(reading)
    best, votes = order[0] if order else ("", 0.0)
    if continues(reading, before):
        strong = best not in ("", "figures") and votes >= 3.0
        if strong:
            return COMPILERS[best](merged(reading, before))
        if before.tool == "figures" or (
            best == "figures" and (reading.measures or reading.has("share", "trend", "rank"))
        ):
            return compile_followup(reading, before)
        if before.tool in ("targets", "policy_search"):
            return follow_words(reading, before)
        if before.tool in COMPILERS:
            return _again(reading, before)
    if votes < _ENOUGH and not reading.places and not reading.stranger:
        return []
    if votes < _ENOUGH:
        return compile_figures(reading) if _unread(reading) < _LOST else []
    return COMPILERS[best](reading)[:_CALLS]


_LOST = 3  # unread characters beside a bare place that make it a question about something else


def _unread(reading: Reading) -> int:
    return sum(len(w) if not w.isascii() else 2 for w in reading.leftover if w != reading.stranger)


def _again(reading: Reading, before: Before) -> list[Call]:
    """The tool of before for what the new words name: another place, sector or year."""
    fresh = COMPILERS[before.tool](merged(reading, before))
    still = {k: v for k, v in before.args.items() if k == "direction" and not names_direction(reading)}
    new = [{k: v for k, v in c.args.items() if k != "detail" or "detail" in before.args} for c in fresh]
    calls = [Call(before.tool, {**_kept(before.args, reading), **args, **still}) for args in new]
    return [c for i, c in enumerate(calls) if c not in calls[:i]]


def _kept(args: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """Arguments of before that the new words do not touch."""
    touched = {"question", "query", "topic"}
    if reading.places:
        touched |= {"place", "places", "partner"}
    if reading.sectors or reading.fuels:
        touched |= {"sector", "sectors"}
    return {k: v for k, v in args.items() if k not in touched}


def further(decided: Plan, found: list[dict[str, Any]]) -> list[Call]:
    """Calls that follow from results: clauses where no target was found, targets beside clauses that hold none."""
    out: list[Call] = []
    if decided.then and len(found) == len(decided.calls):
        ids = [_first_mark(m) for m in found]
        out += [Call("calculate", {"operation": decided.then, "facts": ids})] if all(ids) else []
    for call, message in zip(decided.calls, found, strict=False):
        if call.tool == "targets" and message.get("status") != "ok":
            out.append(Call("policy_search", {"question": call.args.get("topic", "")}))
    return out


def _first_mark(message: dict[str, Any]) -> str | None:
    """The id of the first figure a result tells, None where it tells none."""
    for sentence in message.get("lead", []):
        mark = re.search(r"\[(F\d+)\]", str(sentence))
        if mark:
            return mark[1]
    return None
