"""One turn of a conversation: what its tools found, numbered in the order of the calls, and how it went."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from langchain_core.language_models import BaseChatModel

from assistant.audit.check import Grounds, Key, keys_of
from assistant.conversations import Conversations
from assistant.events import Step
from assistant.ledger import Call, Ledger, Numbers, Trouble, numbered
from assistant.render import without_holes
from data.characters import simplified
from data.classification import find_place
from data.errors import TanluError, UnknownName
from data.text import Language, Text
from knowledge.ingest.store import is_own
from tools.declare import Tool
from tools.result import Citation, Fact, Result


@dataclass(slots=True)
class Turn:
    """The state of one turn, outside the graph's own state; only ids go in there."""

    conversation: str
    answer: str
    question: str
    asked: str  # the questions before it
    language: Language
    model: str  # as the answer object names it
    chosen: BaseChatModel | None  # None: the planner
    ledger: Ledger
    conversations: Conversations
    numbers: Numbers
    tools: dict[str, Tool[Any]]
    calls: list[Call] = field(default_factory=list)  # numbered and recorded, in order
    notices: list[Text] = field(default_factory=list)
    model_calls: int = 0
    _begun: dict[str, tuple[str, str, dict[str, Any]]] = field(default_factory=dict)
    _pending: dict[str, Call] = field(default_factory=dict)
    _cited: dict[tuple[str, str | None, str], str] = field(default_factory=dict)
    _said: set[Key] = field(default_factory=set)
    _heard: set[str] = field(default_factory=set)
    _places: dict[str, None] = field(default_factory=dict)  # what the tools were asked about, in order

    def begin(self, key: str, tool: str, arguments: dict[str, Any]) -> Step:
        """Give a model's tool call its id T1; ``key`` is the id the model gave it."""
        name = self.numbers.next("T")
        self._begun[key] = (name, tool, arguments)
        return Step(
            id=name, tool=tool, title=self._title(tool).to(self.language), arguments=arguments, status="running"
        )

    def name_of(self, key: str) -> str | None:
        """The id T1 of a model's tool call; None for one that was not begun."""
        return self._begun[key][0] if key in self._begun else None

    def finish(self, key: str, outcome: Result | TanluError, seconds: float) -> Step:
        """Keep what came of a call until all calls of the step have joined."""
        name, tool, arguments = self._begun[key]
        result = outcome if isinstance(outcome, Result) else None
        trouble = Trouble.of(outcome) if isinstance(outcome, TanluError) else None
        call = Call(
            id=name,
            tool=tool,
            title=result.title if result else self._title(tool),
            arguments=arguments,
            seconds=round(seconds, 4),
            result=result,
            trouble=trouble,
        )
        self._pending[key] = call
        return Step(
            id=name,
            tool=tool,
            title=call.title.to(self.language),
            arguments=arguments,
            status=call.status,
            seconds=call.seconds,
        )

    def join(self) -> list[Call]:
        """Number the pending calls in the order they were made and record them; the calls just recorded."""
        order = sorted(self._pending.values(), key=lambda call: int(call.id[1:]))
        calls = [numbered(call, self.numbers, self._cited) for call in order]
        self._pending.clear()
        self._begun = {key: value for key, value in self._begun.items() if value[0] not in {c.id for c in calls}}
        if calls:
            self.ledger.record(self.conversation, self.answer, calls)
            self.calls += calls
        for call in calls:
            self.hear(call)
        return calls

    def unfinished(self) -> list[str]:
        """Keys of calls that were begun and of which nothing came: a tool there is not, a limit passed."""
        return [key for key in self._begun if key not in self._pending]

    def grounds(self) -> Grounds:
        """What this turn's text may rest on."""
        question = " ".join(dict.fromkeys((self.asked, self.question, simplified(self.question), *self._places)))
        return Grounds(self.fact, self.clause, self.language, question, frozenset(self._said))

    def fact(self, name: str) -> Fact | None:
        """A fact of this conversation by id; None for an id that was never given."""
        try:
            return self.ledger.fact(self.conversation, name)
        except UnknownName:
            return None

    def clause(self, name: str) -> Citation | None:
        """A clause of this conversation by id; None for an id that was never given."""
        try:
            return self.ledger.citation(self.conversation, name)
        except UnknownName:
            return None

    def _title(self, tool: str) -> Text:
        return self.tools[tool].title if tool in self.tools else Text(f"工具 {tool}", f"Tool {tool}")

    def hear(self, call: Call) -> None:
        """Figures a tool says in words of its own (a default, a rate in a caveat) may be said again."""
        if call.id in self._heard:
            return
        self._heard.add(call.id)
        for value in _leaves(call.arguments):
            self._said |= keys_of(value)
            self._places |= dict.fromkeys(_place_named(value))
        for text in own_words(call):
            self._said |= keys_of(text.zh) | keys_of(text.en)


def own_words(call: Call) -> list[Text]:
    """What a tool says besides its figures: titles, sentences without their holes, method, caveats, suggestions."""
    if call.result is None:
        return [call.trouble.message] if call.trouble else []
    result = call.result
    all_said = [*result.lead, *(s for section in result.sections for s in section.sentences)]
    # the words of a user's document are nobody's but that document's: its figures never stand free
    said = [s for s in all_said if not any(is_own(result.citations[i].document) for i in s.citations)]
    tables = [text for t in result.tables for text in (t.title, *(c.name for c in t.columns))]
    charts = [text for c in result.charts for text in (c.title, c.note) if text is not None]
    headings = [section.heading for section in result.sections]
    words = [result.title, *headings, *result.method, *result.caveats, *result.suggestions, *tables, *charts]
    return [*words, *(without_holes(s.text) for s in said)]


def _place_named(value: str) -> list[str]:
    """The place that an argument names, by its Chinese name: the asker may have named a city of it, or a nickname."""
    try:
        return [find_place(value).name.zh]
    except UnknownName:
        return []


def _leaves(value: object) -> list[str]:
    """Every string and number inside, as text."""
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _leaves(inner)]
    if isinstance(value, list | tuple):
        return [text for inner in value for text in _leaves(inner)]
    return [str(value)] if isinstance(value, str | int | float) and not isinstance(value, bool) else []
