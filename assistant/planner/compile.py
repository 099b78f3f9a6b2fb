"""A question, with what was asked before, as a plan: small talk, a refusal, a question back, or tool calls."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from assistant.planner.asides import aside, in_short, nothing_new
from assistant.planner.calls import COMPILERS, NEED_PLACE
from assistant.planner.compile_composite import (
    compile_joint_share,
    compile_make_up,
    compile_per_energy,
    compile_profile,
    compile_quotient,
    compile_remainder,
)
from assistant.planner.compile_rest import compile_calculate, compile_sql, compile_those
from assistant.planner.conditional import names_condition
from assistant.planner.followup import continues, merged, named_for
from assistant.planner.intent.model import REFUSE
from assistant.planner.intents import is_arithmetic, is_sql, ranked, voted
from assistant.planner.lanes.joint_reduction import ends_wanted
from assistant.planner.manner import manner_of, told_so
from assistant.planner.meanings import defined, undefined
from assistant.planner.memory import Before
from assistant.planner.not_modelled import not_modelled
from assistant.planner.notes import city_lacks, footprint_lacks, notes_of
from assistant.planner.picks import by_merit, picked
from assistant.planner.plan import Call, Plan
from assistant.planner.reader import Reading, read
from assistant.planner.scenario_turns import other_side
from assistant.planner.sentences import calls_of_all
from assistant.planner.smalltalk import (
    NEEDS_GROUPS,
    NEEDS_PLACE,
    OUTSIDE,
    PER_ENERGY,
    REFUSED_WRITE,
    UNREAD,
    WHY,
    WRITES,
    off_topic,
    small_talk,
)
from assistant.planner.veto import strange, veto
from assistant.planner.where_cited import where_cited


def plan(question: str, before: Before) -> Plan:
    """The plan for a question. Never raises for any text."""
    question, merits = by_merit(named_for(question, before), before)
    decided = _in_manner(question, before)
    return replace(decided, notes=(*decided.notes, *merits)) if merits and decided.calls else decided


def _in_manner(question: str, before: Before) -> Plan:
    """The plan for a question, told in the manner it asks for."""
    manner = manner_of(question)
    if manner is None:
        return _planned(question, before)
    if manner.rest:
        return told_so(_planned(manner.rest, before), manner.form)
    return in_short(before, manner.form) or _planned(question, before)


def _planned(question: str, before: Before) -> Plan:
    """The plan for a question without the words on how to tell the answer."""
    reading = read(question)
    direct = _direct(reading)
    if direct is not None:
        return direct
    if is_sql(reading):
        return Plan(calls=tuple(compile_sql(reading)))
    if is_arithmetic(reading):
        return Plan(calls=tuple(compile_calculate(reading)))
    those = compile_those(reading, before)
    if those:
        return Plan(calls=tuple(those))
    pick = picked(reading, before)
    if pick is not None:
        return pick
    cited = where_cited(reading, before)
    if cited is not None:
        return cited
    about_it = aside(reading, before)
    if about_it is not None:
        return about_it
    meant = defined(reading)
    if meant is not None:
        return meant
    talk = small_talk(reading)
    if talk is not None:
        return talk
    if reading.has("sql_write"):
        return _harmless(reading, before)
    beyond = not_modelled(reading)
    if beyond is not None:
        return beyond
    if off_topic(reading):
        return OUTSIDE
    follows = continues(reading, before)
    order = voted(reading) if follows else ranked(reading)
    if not follows and not before.tool:
        unknown = undefined(reading, order[0][0] if order else "")
        if unknown is not None:
            return unknown
    if not follows and order[0][0] == REFUSE and not _bare(reading):
        return strange(reading)
    changes = names_condition(reading, before) or (follows and (reading.excluded or other_side(reading, before)))
    refused = None if changes else veto(reading, before, order)
    if refused is not None:
        return refused
    special = _portrait(_told_of(reading, before), order)
    if special is not None:
        return special
    best = order[0][0] if order else ""
    lacks = city_lacks(reading) if best == "figures" else footprint_lacks(reading) if best == "footprint" else None
    if lacks is not None:
        return Plan(reply=lacks, status="refused", reason=lacks)
    calls = tuple(calls_of_all(reading, before))
    if calls and (ends := ends_wanted(reading, calls, before.args)) is not None:
        return ends
    if calls:
        planned = Plan(calls=calls, notes=notes_of(reading, calls))
        return (nothing_new(reading, before, planned) if follows else None) or planned
    if order and order[0][0] == "grouped":
        return NEEDS_GROUPS
    return NEEDS_PLACE if order and order[0][0] in NEED_PLACE else UNREAD


def _bare(reading: Reading) -> bool:
    """Whether nothing but places and years stands in the text: 粤2018 asks for its emissions."""
    rest = list(reading.text)
    for m in reading.mentions:
        if m.meaning.place is not None:
            rest[m.start : m.end] = " " * (m.end - m.start)
    return bool(reading.places) and re.fullmatch(r"[\s\d年省市的,，、?？。.\-]*", "".join(rest)) is not None


def _told_of(reading: Reading, before: Before) -> Reading:
    """为什么这么高 after a figure of one place: that place and year are meant."""
    one = before.tool == "figures" and len(before.places) == 1 and before.args.get("measure", "co2") == "co2"
    if not one or not reading.has("why") or reading.places or not continues(reading, before):
        return reading
    return merged(reading, replace(before, sectors=(), fuels=()))


def _portrait(reading: Reading, order: list[tuple[str, float]]) -> Plan | None:
    """Plans of several calls: a remainder, a joint share, a province in outline, what a high figure is made of."""
    plain = not order or order[0][0] == "figures"
    if plain and (quotient := compile_per_energy(reading)):
        return Plan(calls=tuple(quotient), notes=(PER_ENERGY,))
    if plain and (shared := compile_quotient(reading)):
        return Plan(calls=tuple(shared), then="share")
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
    calls = calls_of_all(left, before)
    return Plan(calls=tuple(calls), notes=(WRITES,)) if calls else REFUSED_WRITE


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
