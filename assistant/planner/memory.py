"""What the conversation asked before: the calls of the last turn that made any, as places, sectors and years."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolMessage

from data.classification import Fuel, Place, Sector, find_fuel, find_place, find_sector
from data.errors import UnknownName

_LISTED = 10  # places carried on of a list without a number
Named = TypeVar("Named", Place, Sector, Fuel)
_PLACE_FIELDS = ("places", "place", "province", "provinces", "region", "regions", "scope")
_SECTOR_FIELDS = ("sectors", "sector")


@dataclass(frozen=True, slots=True)
class Cited:
    """A clause cited in the turn before, as its message named it: the clause's id, or its place in a file of the user's."""

    id: str
    document: str
    title: str
    clause: str
    own: bool  # of a file of the user's
    verified: bool | None  # None: told both with figures that were checked and with some that were not


@dataclass(frozen=True)
class Before:
    """The last turn's first call, what it named and what it found first; empty where there was none."""

    tool: str = ""
    args: dict[str, Any] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    sectors: tuple[Sector, ...] = ()
    fuels: tuple[Fuel, ...] = ()
    years: tuple[int, ...] = ()
    span: tuple[int | None, int | None] | None = None
    question: str = ""
    leader: Place | None = None  # the place of the first figure found: the first of a ranking
    top_sector: Sector | None = None
    listed: tuple[Place, ...] = ()  # the places of the figures found, as many as were asked for, in their order
    earlier: Before | None = None  # the turn before that one
    facts: tuple[str, ...] = ()  # the ids of the figures its sentences told, in their order
    calls: tuple[tuple[str, dict[str, Any]], ...] = ()  # all calls of that turn, the first among them
    lead: tuple[str, ...] = ()  # the sentences its tools led with
    cited: tuple[Cited, ...] = ()  # the clauses they cited
    told: tuple[dict[str, Any], ...] = ()  # the messages of its tools, as they were given
    aside: bool = False  # whether something was said since then without any call

    def cited_for(self, ids: tuple[str, ...] = ()) -> tuple[Cited, ...]:
        """The clauses that the sentences with one of these figures or clauses rest on; those of all sentences without ids."""
        said = [s for s in self.lead if not ids or any(f"[{name}]" in s for name in ids)]
        marked = dict.fromkeys(mark for s in said for mark in _CLAUSE.findall(s))
        by_id: dict[str, Cited] = {}
        for cited in self.cited:
            known = by_id.setdefault(cited.id, cited)
            if known.verified is not cited.verified:
                by_id[cited.id] = replace(known, verified=None)
        return tuple(by_id[mark] for mark in marked if mark in by_id)


@dataclass(frozen=True)
class Turn:
    """The messages of this turn: the question and what came after it, and the memory of earlier turns."""

    question: HumanMessage | None
    after: tuple[BaseMessage, ...]
    before: Before

    @property
    def done(self) -> tuple[tuple[str, dict[str, Any]], ...]:
        """The calls already made in this turn."""
        return tuple((c["name"], dict(c["args"])) for m in self.after if isinstance(m, AIMessage) for c in m.tool_calls)

    @property
    def results(self) -> tuple[ToolMessage, ...]:
        """The tool messages of this turn, in the order of the calls."""
        found = [m for m in self.after if isinstance(m, ToolMessage)]
        order = [c["id"] for m in self.after if isinstance(m, AIMessage) for c in m.tool_calls]
        return tuple(sorted(found, key=lambda m: order.index(m.tool_call_id) if m.tool_call_id in order else 99))


def split(messages: Sequence[BaseMessage]) -> Turn:
    """The last question with what followed it, and the memory of what came before."""
    last = max((i for i, m in enumerate(messages) if isinstance(m, HumanMessage)), default=None)
    if last is None:
        return Turn(None, (), Before())
    question = messages[last]
    assert isinstance(question, HumanMessage)
    return Turn(question, tuple(messages[last + 1 :]), _before(messages[:last]))


def words(message: BaseMessage) -> str:
    """The text of a message whatever the form of its content."""
    if isinstance(message.content, str):
        return message.content
    parts = (p if isinstance(p, str) else str(p.get("text", "")) for p in message.content)
    return " ".join(p for p in parts if p)


def _before(messages: Sequence[BaseMessage], depth: int = 2) -> Before:
    """The last turn that made calls, with the one before it down to ``depth``."""
    for i in range(len(messages) - 1, -1, -1):
        m = messages[i]
        if not isinstance(m, AIMessage) or not m.tool_calls:
            continue
        start = max((j for j in range(i) if isinstance(messages[j], HumanMessage)), default=0)
        turn = messages[start:]
        call = next(c for t in turn if isinstance(t, AIMessage) for c in t.tool_calls)
        earlier = _before(messages[:start], depth - 1) if depth > 1 else None
        asked = words(messages[start]) if isinstance(messages[start], HumanMessage) else ""
        found = remember(call["name"], dict(call["args"]), asked, earlier if earlier and earlier.tool else None)
        made = [c for t in turn if isinstance(t, AIMessage) for c in t.tool_calls]
        if {c["name"] for c in made} == {_ARITHMETIC}:  # what is talked of is still what was calculated from
            told_of = _before(messages[:start], depth)
            if told_of.tool:
                return replace(told_of, facts=tuple(dict.fromkeys((*_told_in(turn), *told_of.facts))), aside=True)
        if "place" in found.args:  # one call for each place: all of them are what was asked about
            same = [remember(c["name"], dict(c["args"])).places for c in made if c["name"] == found.tool]
            found = replace(found, places=tuple(dict.fromkeys(p for places in same for p in places)))
        found = replace(
            found,
            calls=tuple((c["name"], dict(c["args"])) for c in made),
            facts=_told_in(turn),
            lead=tuple(str(s) for m in _messages(turn) for s in m.get("lead", [])),
            cited=tuple(_cited(c) for m in _messages(turn) for c in m.get("clauses", [])),
            told=tuple(m for m in _messages(turn) if m),
            aside=any(isinstance(m, HumanMessage) for m in messages[i + 1 :]),
        )
        told = next((t for t in turn if isinstance(t, ToolMessage) and t.tool_call_id == call["id"]), None)
        return _with_found(found, told)
    return Before()


_ARITHMETIC = "calculate"


def _told_in(turn: Sequence[BaseMessage]) -> tuple[str, ...]:
    """The ids of the figures in the sentences that the tools led with, in the order told."""
    leads = (json.dumps(m.get("lead", [])) for m in _messages(turn))
    return tuple(dict.fromkeys(mark for lead in leads for mark in _MARK.findall(lead)))


_MARK = re.compile(r"\[(F\d+)\]")
_CLAUSE = re.compile(r"\[(P\d+)\]")


def _messages(turn: Sequence[BaseMessage]) -> list[dict[str, Any]]:
    return [_object(words(t)) for t in turn if isinstance(t, ToolMessage)]


def _cited(clause: dict[str, Any]) -> Cited:
    own = clause.get("origin") == "user_document"
    place = str(clause.get("clause") or "")
    return Cited(clause["id"], clause["document"], clause["title"], place, own, bool(clause.get("verified")))


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:  # a tool that broke left no message of ours
        return {}
    return found if isinstance(found, dict) else {}


def _with_found(before: Before, told: ToolMessage | None) -> Before:
    """The memory with the place and the sector of the first figure the tool gave."""
    try:
        facts = json.loads(words(told)).get("facts", []) if told else []
    except (ValueError, AttributeError):  # a tool that broke left no message of ours
        facts = []
    if not facts or not isinstance(facts[0], dict):
        return before
    told_of = (_named(f, ("region",), find_place) for f in facts if isinstance(f, dict))
    listed = tuple(dict.fromkeys(p for found in told_of for p in found if p.kind == "province"))
    first = facts[0]
    region = _named(first, ("region",), find_place)
    sector = _named(first, ("sector",), find_sector)
    return replace(
        before,
        leader=region[0] if region else None,
        top_sector=sector[0] if sector else None,
        listed=listed[: _int(before.args.get("limit")) or _LISTED],
    )


def remember(tool: str, args: dict[str, Any], question: str = "", earlier: Before | None = None) -> Before:
    """The memory of one call."""
    years = [args.get("year"), *_list(args.get("years"))]
    span = (_int(args.get("from_year")), _int(args.get("to_year")))
    return Before(
        tool=tool,
        args=args,
        places=_named(args, _PLACE_FIELDS, find_place) or _places_said(args),
        sectors=_named(args, _SECTOR_FIELDS, find_sector),
        fuels=_named(args, ("fuels", "fuel"), find_fuel),
        years=tuple(y for y in map(_int, years) if y is not None),
        span=span if any(span) else None,
        question=question,
        earlier=earlier,
    )


def _places_said(args: dict[str, Any]) -> tuple[Place, ...]:
    """The places in the words that a tool of words was given (targets, policy_search)."""
    from assistant.planner.reader import read  # the reader knows nothing of the memory; heavier, so only where needed

    words = next((str(args[f]) for f in _WORD_FIELDS if args.get(f)), "")
    return tuple(p for p in read(words).places if p.kind != "nation") if words else ()


_WORD_FIELDS = ("topic", "question")


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else [] if value is None else [value]


def _int(value: object) -> int | None:
    return int(value) if isinstance(value, (int, float)) or (isinstance(value, str) and value.isdigit()) else None


def _named(args: dict[str, Any], fields: tuple[str, ...], find: Callable[[str], Named]) -> tuple[Named, ...]:
    out: list[Named] = []
    for name in fields:
        for value in _list(args.get(name)):
            if value is None:
                continue
            try:
                out.append(find(str(value)))
            except UnknownName:  # a name that failed then is not carried on
                continue
    return tuple(dict.fromkeys(out))
