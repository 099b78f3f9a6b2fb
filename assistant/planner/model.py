"""The planner as a chat model: LangChain binds tools to it and runs it like any other, without key or network."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.messages.tool import tool_call_chunk
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from langchain_core.utils.function_calling import convert_to_openai_tool

from assistant.planner.compile import further
from assistant.planner.compose import Composed, compose, messages_of
from assistant.planner.memory import Turn, split, words
from assistant.planner.normal import language_of
from assistant.planner.own_figures import plan
from assistant.planner.plan import Call, Plan
from assistant.planner.samples import with_samples
from assistant.planner.smalltalk import EMPTY, UNREAD
from data.text import Language

_STEPS = 3  # rounds of calls in one turn


@dataclass(frozen=True, slots=True)
class _Move:
    """What the model says next: calls, or the pieces of the answer with how the turn ends."""

    calls: tuple[Call, ...] = ()
    pieces: tuple[str, ...] = ()
    status: str = "answered"
    reason: str | None = None
    suggestions: tuple[str, ...] = ()


class PlannerModel(BaseChatModel):
    """The built-in planner. Deterministic: the same messages give the same move."""

    @property
    def _llm_type(self) -> str:
        return "tanlu-planner"

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: str | None = None,
        **kwargs: Any,
    ) -> Runnable[LanguageModelInput, AIMessage]:
        """The model with tools it may call. ``tool_choice`` is not heeded: the planner knows when to call."""
        return self.bind(tools=[convert_to_openai_tool(t) for t in tools], **kwargs)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        move = _next(messages, kwargs.get("tools"))
        message = AIMessage(
            content="".join(move.pieces),
            tool_calls=[{"name": c.tool, "args": c.args, "id": _id(messages, i)} for i, c in enumerate(move.calls)],
            response_metadata=_metadata(move),
        )
        return ChatResult(generations=[ChatGeneration(message=message)])

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        move = _next(messages, kwargs.get("tools"))
        for piece in move.pieces:
            chunk = ChatGenerationChunk(message=AIMessageChunk(content=piece))
            if run_manager:
                run_manager.on_llm_new_token(piece, chunk=chunk)
            yield chunk
        calls = [
            tool_call_chunk(name=c.tool, args=json.dumps(c.args, ensure_ascii=False), id=_id(messages, i), index=i)
            for i, c in enumerate(move.calls)
        ]
        yield ChatGenerationChunk(
            message=AIMessageChunk(
                content="", tool_call_chunks=calls, response_metadata=_metadata(move), chunk_position="last"
            )
        )


def _id(messages: Sequence[BaseMessage], index: int) -> str:
    return f"plan-{len(messages)}-{index}"


def _metadata(move: _Move) -> dict[str, Any]:
    """The turn's end for the engine; nothing while calls are still to run."""
    if move.calls:
        return {}
    return {"tanlu": {"status": move.status, "reason": move.reason, "suggestions": list(move.suggestions)}}


def _bound(tools: list[dict[str, Any]] | None) -> frozenset[str] | None:
    """The names of the tools bound, None where none were."""
    return frozenset(t["function"]["name"] for t in tools) if tools else None


def _language(turn: Turn) -> Language:
    if turn.question is None:
        return "zh"
    said = turn.question.additional_kwargs.get("language")
    return said if said in ("zh", "en") else language_of(words(turn.question))


def _next(messages: Sequence[BaseMessage], tools: list[dict[str, Any]] | None) -> _Move:
    turn = split(messages)
    language = _language(turn)
    if turn.question is None:
        return _said(EMPTY, language)
    decided = _within(plan(words(turn.question), turn.before), _bound(tools))
    if not turn.results:
        return (
            _Move(calls=decided.calls)
            if decided.calls
            else _said(with_samples(decided, words(turn.question)), language)
        )
    found = messages_of(turn.results)
    if len(turn.done) < _STEPS * 4:
        more = [c for c in further(decided, found) if (c.tool, c.args) not in turn.done]
        usable = _within(Plan(calls=tuple(more)), _bound(tools)).calls if more else ()
        if usable:
            return _Move(calls=usable)
    if decided.then:  # what was asked is what was calculated; the figures it comes from follow
        found.sort(key=lambda m: m.get("tool") != "calculate")
    answer: Composed = compose(found, language, decided.notes, decided.form)
    return _Move(pieces=answer.pieces, status=answer.status, reason=answer.reason)


def _within(decided: Plan, bound: frozenset[str] | None) -> Plan:
    """The plan with the tools there are; a plan of which none is there says so."""
    if bound is None or not decided.calls:
        return decided
    calls = tuple(c for c in decided.calls if c.tool in bound)
    return replace(decided, calls=calls) if calls else UNREAD


def _said(decided: Plan, language: Language) -> _Move:
    reply = decided.reply.to(language) if decided.reply else ""
    return _Move(
        pieces=tuple(p + "\n\n" * (i < len(parts) - 1) for i, p in enumerate(parts))
        if (parts := reply.split("\n\n"))
        else (),
        status=decided.status,
        reason=decided.reason.to(language) if decided.reason else None,
        suggestions=tuple(s.to(language) for s in decided.samples),
    )
