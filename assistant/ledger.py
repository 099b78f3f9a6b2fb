"""The ledger: every tool call of every answer with its Result, and the ids under which its parts were shown.

Ids are unique within a conversation and never reused: T1 for calls, F1 facts, P1 clauses, B1 tables, C1 charts. A part
is kept once, inside the Result of its call; an id is a pointer to it. Nothing else holds evidence.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from assistant.store import Store
from data.errors import TanluError, UnknownName
from data.text import Text
from tools.charts.specs import Chart
from tools.result import Citation, Fact, Result, Table

Kind = Literal["F", "P", "B", "C", "T"]
_KEPT = 48  # calls whose Results stay in memory


class Ids(BaseModel):
    """The ids of a Result's parts, in the Result's order."""

    model_config = ConfigDict(frozen=True)

    facts: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()


class Trouble(BaseModel):
    """Why a call failed, as data."""

    model_config = ConfigDict(frozen=True)

    kind: str
    code: str
    message: Text
    nearest: tuple[str, ...] = ()

    @classmethod
    def of(cls, error: TanluError) -> Trouble:
        """The trouble an error of our tree tells of."""
        return cls(kind=error.kind, code=error.code, message=error.message, nearest=error.nearest)


class Call(BaseModel):
    """One tool call with what came of it: a Result with its ids, or a Trouble."""

    model_config = ConfigDict(frozen=True)

    id: str
    tool: str
    title: Text
    arguments: dict[str, Any]
    seconds: float
    result: Result | None = None
    trouble: Trouble | None = None
    ids: Ids = Ids()

    @property
    def status(self) -> Literal["ok", "no_data", "error"]:
        """How it ended."""
        return "error" if self.result is None else self.result.status


@dataclass(frozen=True, slots=True)
class Found:
    """A part with its id, the call it is of, and the answer it was first shown in."""

    id: str
    call: Call
    answer: str
    position: int


class Numbers:
    """The last number given per kind in one conversation; ``next`` gives the following id."""

    def __init__(self, last: dict[str, int]) -> None:
        self._last = dict(last)

    def next(self, kind: Kind) -> str:
        """The next id of a kind."""
        self._last[kind] = self._last.get(kind, 0) + 1
        return f"{kind}{self._last[kind]}"


class Ledger:
    """Evidence of all conversations, in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._calls: OrderedDict[tuple[str, str], Call] = OrderedDict()
        self._keeping = threading.Lock()

    def numbers(self, conversation: str) -> Numbers:
        """Where numbering stands in a conversation."""
        rows = self._store.rows(
            "SELECT kind, max(number) FROM entries WHERE conversation = ? GROUP BY kind", (conversation,)
        )
        return Numbers({str(kind): int(number) for kind, number in rows})

    def record(self, conversation: str, answer: str, calls: list[Call]) -> None:
        """Store numbered calls in one transaction. Ids given before (a clause cited again) keep their first place."""
        with self._store.write() as connection:
            for call in calls:
                connection.execute(
                    "INSERT INTO calls VALUES (?, ?, ?, ?)", (conversation, answer, call.id, call.model_dump_json())
                )
                pointers = [(call.id, 0)]
                for ids in (call.ids.facts, call.ids.citations, call.ids.tables, call.ids.charts):
                    pointers += [(name, position) for position, name in enumerate(ids)]
                for name, at in pointers:
                    again = "OR IGNORE " if name[0] == "P" else ""
                    connection.execute(
                        f"INSERT {again}INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)",
                        (conversation, name, answer, name[0], int(name[1:]), call.id, at),
                    )
        for call in calls:
            self._keep(conversation, call)

    def call(self, conversation: str, name: str) -> Call:
        """The call of an id like T1. Raises UnknownName."""
        kept = self._calls.get((conversation, name))
        if kept is not None:
            return kept
        rows = self._store.rows("SELECT body FROM calls WHERE conversation = ? AND id = ?", (conversation, name))
        if not rows:
            raise _unknown(name)
        return self._keep(conversation, Call.model_validate_json(str(rows[0][0])))

    def calls(self, conversation: str, answer: str) -> list[Call]:
        """The calls of one answer, in order."""
        rows = self._store.rows("SELECT id FROM calls WHERE answer = ? AND conversation = ?", (answer, conversation))
        return [self.call(conversation, name) for name in sorted((str(r[0]) for r in rows), key=lambda n: int(n[1:]))]

    def find(self, conversation: str, name: str) -> Found:
        """The part an id stands for. Raises UnknownName for an id that was never given in this conversation."""
        rows = self._store.rows(
            "SELECT call, answer, position FROM entries WHERE conversation = ? AND id = ?", (conversation, name)
        )
        if not rows:
            raise _unknown(name)
        call, answer, position = rows[0]
        return Found(name, self.call(conversation, str(call)), str(answer), int(position))

    def fact(self, conversation: str, name: str) -> Fact:
        """The fact of an id like F1. Raises UnknownName."""
        return self._part(conversation, name, "F").facts[self.find(conversation, name).position]

    def citation(self, conversation: str, name: str) -> Citation:
        """The clause of an id like P1. Raises UnknownName."""
        return self._part(conversation, name, "P").citations[self.find(conversation, name).position]

    def table(self, conversation: str, name: str) -> tuple[Table, Call]:
        """The table of an id like B1, with its call (whose facts its cells refer to). Raises UnknownName."""
        found = self.find(conversation, name)
        return self._part(conversation, name, "B").tables[found.position], found.call

    def chart(self, conversation: str, name: str) -> Chart:
        """The chart of an id like C1. Raises UnknownName."""
        return self._part(conversation, name, "C").charts[self.find(conversation, name).position]

    def _part(self, conversation: str, name: str, kind: Kind) -> Result:
        result = self.find(conversation, name).call.result if name[:1] == kind else None
        if result is None:
            raise _unknown(name)
        return result

    def _keep(self, conversation: str, call: Call) -> Call:
        with self._keeping:
            self._calls[conversation, call.id] = call
            self._calls.move_to_end((conversation, call.id))
            while len(self._calls) > _KEPT:
                self._calls.popitem(last=False)
        return call


def numbered(call: Call, numbers: Numbers, cited: dict[tuple[str, str | None, str], str]) -> Call:
    """The call with ids for its Result's parts; a clause already in ``cited`` keeps its id, a new one is added there."""
    if call.result is None:
        return call
    result, clauses = call.result, []
    for c in result.citations:
        key = (c.document, c.clause_in("zh"), c.digest.zh)
        clauses.append(cited.get(key) or cited.setdefault(key, numbers.next("P")))
    ids = Ids(
        facts=tuple(numbers.next("F") for _ in result.facts),
        citations=tuple(clauses),
        tables=tuple(numbers.next("B") for _ in result.tables),
        charts=tuple(numbers.next("C") for _ in result.charts),
    )
    return call.model_copy(update={"ids": ids})


def _unknown(name: str) -> UnknownName:
    return UnknownName(
        "unknown_id",
        Text(
            f"本次会话中没有编号 {name}；请使用回答中出现过的编号，如 F1。",
            f"There is no {name} in this conversation; use an id that an answer has shown, such as F1.",
        ),
    )
