"""The agent graph: model and tools, step by step, over LangChain's ``create_agent``.

The graph's state holds messages with ids only. What a model reads of a tool call is written into the message when the
model is called (``assistant.brief``), so that a checkpoint stays small and a language can change between turns.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from langchain.agents import create_agent
from langchain.agents.middleware import AgentMiddleware, ModelCallLimitMiddleware, ToolCallLimitMiddleware
from langchain.agents.middleware.types import AgentState, ModelRequest, ModelResponse, hook_config
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, SystemMessage, ToolMessage
from langchain_core.tools import BaseTool
from langgraph.errors import GraphBubbleUp
from langgraph.runtime import Runtime

from assistant.brief import brief_text
from assistant.events import ChartReady
from assistant.language import is_switch
from assistant.settings import Settings
from assistant.turn import Turn
from data.errors import TanluError, UnknownName
from data.text import Language, Text

if TYPE_CHECKING:
    from langgraph.checkpoint.base import BaseCheckpointSaver
    from langgraph.graph.state import CompiledStateGraph

log = logging.getLogger(__name__)

# Characters of one tool call's brief: whole in this turn and the one before, which follow-ups refer to; short before.
_NEAR, _FAR = 60_000, 4_000  # the planner's; a language model's context is dearer:
_NEAR_MODEL = 16_000
_ENDINGS = ("finish_reason", "done_reason", "stop_reason")  # as the providers call it
_TURNS = 12  # turns a language model is shown; the planner reads them all, it costs nothing


@dataclass(frozen=True, slots=True)
class FellBack:
    """Told in the stream when the language model failed and the planner takes over."""

    reason: Text


@cache
def prompt(name: str, language: Language) -> str:
    """A prompt of ``prompts/`` in one language."""
    return (files("prompts") / f"{name}.{language}.md").read_text(encoding="utf-8")


class Evidence(AgentMiddleware[AgentState[Any], Turn, Any]):
    """Numbers calls and results in the order of the calls, shows models the briefs, and falls back to the planner."""

    def __init__(self, planner: BaseChatModel, model_calls: int, pool: Executor) -> None:
        super().__init__()
        self._planner = planner
        self._model_calls = model_calls
        self._pool = pool

    @hook_config(can_jump_to=[])
    async def aafter_model(self, state: AgentState[Any], runtime: Runtime[Turn]) -> None:
        """Give the model's tool calls their ids, in order, before any of them runs."""
        messages = state["messages"]
        at = max((i for i, m in enumerate(messages) if isinstance(m, AIMessage)), default=None)
        if at is None:
            return
        last, after = messages[at], messages[at + 1 :]
        answered = {m.tool_call_id for m in after if isinstance(m, ToolMessage)}  # by the limit on calls
        for call in last.tool_calls if isinstance(last, AIMessage) else ():
            if call["id"] is not None and call["id"] not in answered:
                runtime.stream_writer(runtime.context.begin(call["id"], call["name"], call["args"]))

    async def abefore_model(self, state: AgentState[Any], runtime: Runtime[Turn]) -> None:
        """Number what the joined calls found, in the order of the calls, and write it to the ledger."""
        turn = runtime.context
        for key in turn.unfinished():
            told = next((m for m in state["messages"] if isinstance(m, ToolMessage) and m.tool_call_id == key), None)
            runtime.stream_writer(turn.finish(key, _not_run(told), 0.0))
        calls = await asyncio.get_running_loop().run_in_executor(self._pool, turn.join)
        for call in calls:
            if call.result is None:
                continue
            for name, chart in zip(call.ids.charts, call.result.charts, strict=True):
                runtime.stream_writer(ChartReady(id=name, kind=chart.kind, title=chart.title.to(turn.language)))

    async def awrap_model_call(
        self,
        request: ModelRequest[Turn],
        handler: Callable[[ModelRequest[Turn]], Awaitable[ModelResponse[Any]]],
    ) -> ModelResponse[Any]:
        """Call the turn's model with briefs in place of ids; where a language model fails, the planner answers."""
        turn = request.runtime.context
        loop = asyncio.get_running_loop()
        messages = await loop.run_in_executor(self._pool, readable, request.messages, turn)
        turn.model_calls += 1
        if turn.chosen is None:
            return await handler(request.override(model=self._planner, messages=restated(messages, turn)))
        system = SystemMessage(prompt("system", turn.language))
        asked = request.override(model=turn.chosen, messages=latest(messages), system_message=system)
        if turn.model_calls >= self._model_calls:  # its last word: answer from what has been found
            asked = asked.override(tools=[])
        try:
            response = await handler(asked)
            if not _is_whole(response):
                raise TanluError("broken_reply", Text("模型没有说完", "the model did not finish"))
        except GraphBubbleUp:
            raise
        except Exception as error:  # a provider may raise anything; the planner then finishes the answer
            log.warning("model %s failed: %s", turn.model, type(error).__name__, exc_info=error)
            reason = fallback_reason(turn.model, error)
            turn.chosen, turn.model = None, "planner"
            turn.notices.append(reason)
            request.runtime.stream_writer(FellBack(reason))
            return await handler(request.override(model=self._planner, messages=messages))
        return response


def build_graph(
    planner: BaseChatModel,
    tools: Sequence[BaseTool],
    saver: BaseCheckpointSaver[str] | None,
    settings: Settings,
    pool: Executor,
) -> CompiledStateGraph[Any, Turn, Any, Any]:
    """The graph that every turn of every model runs through."""
    middleware: list[AgentMiddleware[Any, Turn, Any]] = [
        Evidence(planner, settings.model_calls, pool),
        # a few more than a language model may have: the planner finishes what it began
        ModelCallLimitMiddleware(run_limit=settings.model_calls + 4, exit_behavior="error"),
        ToolCallLimitMiddleware(run_limit=settings.tool_calls, exit_behavior="continue"),
    ]
    return create_agent(
        planner,
        tools,
        middleware=middleware,
        context_schema=Turn,
        checkpointer=saver,
    )


def readable(messages: Sequence[AnyMessage], turn: Turn) -> list[AnyMessage]:
    """Messages with each tool call's brief in the turn's language in place of its id.

    What the assistant said in earlier turns is given as it was shown, after its audit. A call that got no answer (its
    turn broke off) is left out, since no provider accepts one.
    """
    answered = {m.tool_call_id for m in messages if isinstance(m, ToolMessage)}
    questions = [i for i, m in enumerate(messages) if isinstance(m, HumanMessage)]
    near = questions[-2] if len(questions) > 1 else 0
    whole = _NEAR if turn.chosen is None else _NEAR_MODEL
    out: list[AnyMessage] = []
    answer = ""
    for at, message in enumerate(messages):
        if isinstance(message, HumanMessage):
            answer = str(message.additional_kwargs.get("answer", ""))
            out.append(message)
        elif isinstance(message, ToolMessage):
            out.append(_with_brief(message, turn, whole if at >= near else _FAR, told=at >= near))
        elif isinstance(message, AIMessage) and message.tool_calls:
            calls = [c for c in message.tool_calls if c["id"] in answered]
            if calls or message.content:
                out.append(message.model_copy(update={"tool_calls": calls, "invalid_tool_calls": []}))
        elif isinstance(message, AIMessage) and answer != turn.answer:
            out.append(message.model_copy(update={"content": turn.conversations.text(answer) or message.text}))
        else:
            out.append(message)
    return out


def restated(messages: list[AnyMessage], turn: Turn) -> list[AnyMessage]:
    """For a question that only asks for another language: the question before it with its results, which the planner
    composes anew in that language. No tool runs again."""
    questions = [i for i, m in enumerate(messages) if isinstance(m, HumanMessage)]
    real = [i for i in questions if not is_switch(messages[i].text)]
    if not real or not is_switch(turn.question):
        return messages
    before = real[-1]
    after = next(i for i in questions if i > before)
    asked = messages[before].model_copy(update={"additional_kwargs": {"language": turn.language}})
    found = [m for m in messages[before + 1 : after] if not isinstance(m, AIMessage) or m.tool_calls]
    return [*messages[:before], asked, *found]


def latest(messages: list[AnyMessage]) -> list[AnyMessage]:
    """The messages of the last turns, as many as a language model is shown."""
    questions = [i for i, m in enumerate(messages) if isinstance(m, HumanMessage)]
    return messages[questions[-_TURNS] :] if len(questions) > _TURNS else messages


def fallback_reason(model: str, error: Exception) -> Text:
    """Why the planner took over, in words for people; the provider's own words stay in the log."""
    timed_out = "timeout" in type(error).__name__.lower() or isinstance(error, TimeoutError)
    zh, en = ("超时", "timed out") if timed_out else ("出错", "failed")
    if isinstance(error, TanluError):
        zh, en = "没有说完", "did not finish"
    status = getattr(error, "status_code", None)
    code = f"（HTTP {status}）" if isinstance(status, int) else ""
    return Text(
        f"语言模型 {model} {zh}{code}，本次由内置规划器完成回答。",
        f"The language model {model} {en}{f' (HTTP {status})' if code else ''}; the built-in planner finished the answer.",
    )


def _with_brief(message: ToolMessage, turn: Turn, characters: int, told: bool) -> ToolMessage:
    """The message with the call's brief; what was ``told`` lately may be said again, a tool's own words included."""
    try:
        call = turn.ledger.call(turn.conversation, json.loads(str(message.content))["call"])
    except (ValueError, KeyError, TypeError, UnknownName):
        name = turn.name_of(message.tool_call_id) or ""
        error = {"kind": "error", "code": "not_run", "message": str(message.content), "nearest": []}
        said = {"tool": message.name, "call": name, "status": "error", "error": error}
        return message.model_copy(update={"content": json.dumps(said, ensure_ascii=False)})
    if told:
        turn.hear(call)
    return message.model_copy(update={"content": brief_text(call, turn.language, characters)})


def _not_run(told: ToolMessage | None) -> TanluError:
    """The trouble of a call that no tool of ours answered: LangChain's own words are kept for the model."""
    detail = str(told.content) if told is not None else "no answer"
    return TanluError("not_run", Text(f"调用没有执行：{detail}", f"The call was not run: {detail}"))


def _is_whole(response: ModelResponse[Any]) -> bool:
    """Whether the reply has text or calls a tool, and says why it ended: a stream cut off does not."""
    replies = [m for m in response.result if isinstance(m, AIMessage)]
    ended = all(any(m.response_metadata.get(key) for key in _ENDINGS) for m in replies)
    return ended and any(m.tool_calls or m.text.strip() for m in replies)
