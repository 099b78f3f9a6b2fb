"""The assistant: one object that answers questions for every face, in the same way, over the same evidence."""

from __future__ import annotations

import asyncio
import logging
import time
import unicodedata
from collections.abc import AsyncGenerator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, AsyncExitStack, aclosing, closing
from importlib import import_module
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.answer import Answer, AnswerSource, ToolAnswer
from assistant.conversations import Conversation, Conversations, checked_id, new_id
from assistant.events import Done, Event, Failed
from assistant.language import detect
from assistant.ledger import Call, Ledger, Numbers, numbered
from assistant.locks import TurnLocks
from assistant.models import open_model, parse
from assistant.settings import Settings, read_settings
from assistant.store import Store
from data.errors import BadRequest, NotAvailable, UnknownName
from data.text import Language, Text
from tools.charts.specs import Chart
from tools.result import Fact

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langgraph.graph.state import CompiledStateGraph

    from assistant.turn import Turn
    from data.warehouse import Warehouse
    from tools.declare import Context, Tool

log = logging.getLogger(__name__)

T = TypeVar("T")


class Assistant:
    """Opens settings, conversations, ledger and graph; the warehouse and the library when first needed.

    Use as ``async with Assistant() as assistant``. Raises StateError where the state folder is in the way.
    ``tools`` and ``planner`` take the place of the declared tools and the built-in planner.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        tools: Iterable[Tool[Any]] | None = None,
        planner: BaseChatModel | None = None,
    ) -> None:
        self.settings = settings or read_settings()
        self._given = None if tools is None else {tool.name: tool for tool in tools}
        self._planner = planner
        self._stack = AsyncExitStack()
        self._locks = TurnLocks()
        self._opening = asyncio.Lock()
        self._graph: CompiledStateGraph[Any, Turn, Any, Any] | None = None

    async def __aenter__(self) -> Assistant:
        self._store = self._stack.enter_context(closing(Store()))
        self.ledger = Ledger(self._store)
        self.conversations = Conversations(self._store)
        self._pool = ThreadPoolExecutor(self.settings.workers, thread_name_prefix="tanlu-tool")
        self._stack.callback(self._pool.shutdown, wait=False, cancel_futures=True)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    @property
    def tools(self) -> dict[str, Tool[Any]]:
        """The tools by name, in the registry's order."""
        from tools.registry import all_tools

        return all_tools() if self._given is None else self._given

    async def warm(self) -> None:
        """Open what the first answer would otherwise wait for: graph, warehouse, classifications, corpus."""
        await asyncio.gather(self.graph(), self.run(self._warm_data))

    async def graph(self) -> CompiledStateGraph[Any, Turn, Any, Any]:
        """The agent graph, built at first use."""
        async with self._opening:
            if self._graph is None:
                opened = await self.run(self._load_graph)
                self._graph = await self._stack.enter_async_context(opened)
            return self._graph

    def _load_graph(self) -> AbstractAsyncContextManager[CompiledStateGraph[Any, Turn, Any, Any]]:
        """The imports take a second, so they are made beside the event loop."""
        from assistant.graph import open_graph

        import_module("assistant.run")  # needed at the first question
        return open_graph(self.settings, self.tools.values(), self._pool, self.context_of, self._planner)

    async def ask(
        self,
        question: str,
        *,
        conversation: str | None = None,
        language: Language | None = None,
        model: str | None = None,
    ) -> AsyncGenerator[Event]:
        """Answer a question; the events as they happen, the last a Done or a Failed.

        Raises, before the first event, BadRequest for an unusable question or conversation id, Conflict while
        another turn runs in the conversation, StateError for a model that is not there. Closing the iterator stops
        the turn; what had been said is kept.
        """
        asked = checked_question(question, self.settings.question_length)
        name = checked_id(conversation)
        named = model or self.settings.model
        chosen = await self.run(
            lambda: open_model(named, self.settings)
        )  # a provider's package takes seconds to import
        from assistant.run import run_turn
        from assistant.turn import Turn

        with self._locks.hold(name):
            before = self.conversations.language(name)
            turn = Turn(
                conversation=name,
                answer=new_id(),
                question=asked,
                asked=self.conversations.asked(name),
                language=language or detect(asked, before or "zh"),
                model="planner" if chosen is None else ":".join(parse(named)),
                chosen=chosen,
                ledger=self.ledger,
                conversations=self.conversations,
                numbers=self.ledger.numbers(name),
                tools=self.tools,
            )
            async with aclosing(run_turn(self, turn)) as events:
                async for event in events:
                    yield event

    async def answer(
        self,
        question: str,
        *,
        conversation: str | None = None,
        language: Language | None = None,
        model: str | None = None,
    ) -> Answer:
        """Answer a question; the whole answer object. Raises as ``ask`` does before its first event."""
        answer: Answer | None = None
        async for event in self.ask(question, conversation=conversation, language=language, model=model):
            if isinstance(event, Done | Failed):
                answer = event.answer
        if answer is None:  # ask always ends in one of the two
            raise RuntimeError("a turn ended without an answer")
        return answer

    async def call(
        self, tool: str, arguments: dict[str, Any], *, language: Language = "zh", conversation: str | None = None
    ) -> ToolAnswer:
        """Run one tool without any model; facts of ``conversation`` can be named by id.

        Raises what the tool raises, and UnknownName for a tool there is not.
        """
        return (await self.called(tool, arguments, language=language, conversation=conversation))[1]

    async def called(
        self, tool: str, arguments: dict[str, Any], *, language: Language = "zh", conversation: str | None = None
    ) -> tuple[Call, ToolAnswer]:
        """As ``call``, with the call itself, whose result holds what the answer was made of."""
        from assistant.compose import tool_answer_of
        from tools.registry import get_tool

        chosen = get_tool(tool) if self._given is None else self._given[tool]

        def work() -> tuple[Call, ToolAnswer]:
            started = time.perf_counter()
            context = self._context(conversation)
            result = chosen.call(arguments, context)
            seconds = round(time.perf_counter() - started, 4)
            found = Call(id="T1", tool=tool, title=result.title, arguments=arguments, seconds=seconds, result=result)
            kept = numbered(found, Numbers({}), {})
            return kept, tool_answer_of(kept, context.warehouse.dataset, language)

        return await self.run(work)

    async def run(self, work: Callable[[], T]) -> T:
        """Run blocking work in the executor of the tools."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def latest(self, limit: int = 50) -> list[Conversation]:
        """The conversations, latest first."""
        return self.conversations.latest(limit)

    def answers(self, conversation: str) -> list[Answer]:
        """The answers of a conversation, oldest first. Raises NotAvailable for one that does not exist."""
        return self.conversations.answers(conversation)

    def stored(self, answer: str) -> Answer:
        """An answer by its id. Raises NotAvailable."""
        return self.conversations.answer(answer)

    def running(self, conversation: str) -> bool:
        """Whether a turn is running in a conversation."""
        return self._locks.held(conversation)

    def chart(self, conversation: str, chart: str) -> Chart:
        """The specification of a chart shown in a conversation. Raises NotAvailable where there is none."""
        try:
            return self.ledger.chart(conversation, chart)
        except UnknownName as error:
            raise NotAvailable(error.code, error.message) from error

    def sources(self, table: str, language: Language) -> list[AnswerSource]:
        """The publications behind a table of the active dataset; none for a document or a table it does not hold."""
        from assistant.compose import sources_of

        return sources_of([table], [], self.warehouse().dataset, language)

    def warehouse(self) -> Warehouse:
        """The warehouse of the active dataset, opened (and first built) when it is needed."""
        from data.warehouse import open_warehouse

        return open_warehouse()

    def context_of(self, turn: Turn) -> Context:
        """What the tools of a turn may reach."""
        return self._context(turn.conversation)

    def _context(self, conversation: str | None) -> Context:
        from assistant.settings import vector_config
        from data.own.store import open_own
        from knowledge.ingest.shelf import open_shelf
        from knowledge.search import open_library
        from tools.declare import Context

        def recall(name: str) -> Fact:
            return self.ledger.fact(conversation or "", name)

        vectors = vector_config(self.settings)
        shelf, own = open_shelf(config=vectors), open_own()
        return Context(self.warehouse(), open_library(config=vectors), recall, shelf, own)

    def _warm_data(self) -> None:
        from assistant.audit.naming import places, sectors
        from tools.mrio.variants import warm as warm_ranges
        from tools.roadmap.engine import warm

        self.warehouse().rows("SELECT 1")
        places("广东 Guangdong")
        sectors("电力 power")
        self._context(None)
        warm_ranges(self.warehouse())
        warm(self.warehouse())  # last: the scenarios every roadmap shares take some seconds


def checked_question(question: str, longest: int) -> str:
    """The question without surrounding blanks. Raises BadRequest where it is empty, too long or no text."""
    asked = question.strip()
    if not asked:
        raise BadRequest(
            "empty_question",
            Text("问题是空的；请写出要问的内容。", "The question is empty; write what you want to know."),
        )
    if len(asked) > longest:
        raise BadRequest(
            "long_question",
            Text(
                f"问题有 {len(asked)} 个字符，上限为 {longest}；请缩短后重试。",
                f"The question has {len(asked)} characters, the limit is {longest}; shorten it and try again.",
            ),
        )
    if not any(c.isalnum() for c in asked):
        raise BadRequest(
            "no_words",
            Text(
                "问题里只有标点或符号，没有文字；请写出要问的内容，例如“2017年广东碳排放多少？”。",
                "The question holds only signs and no words; write what you want to know, for example 'What did Guangdong emit in 2017?'",
            ),
        )
    if any(unicodedata.category(c) in ("Cc", "Cs", "Cn") and c not in "\t\r\n" for c in asked):
        raise BadRequest(
            "control_characters",
            Text(
                "问题含有控制字符；请删去后重试。", "The question holds control characters; remove them and try again."
            ),
        )
    return asked
