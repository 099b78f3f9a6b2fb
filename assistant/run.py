"""Runs one turn through the graph: what the model and the tools do becomes the audited events of ``assistant.events``."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from langchain.agents.middleware.model_call_limit import ModelCallLimitExceededError
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.runnables import RunnableConfig

from assistant.agent import FellBack, prompt
from assistant.answer import Answer, Status
from assistant.audit.check import PROBLEMS, Finding
from assistant.audit.gate import Gate
from assistant.compose import answer_of, place_of
from assistant.conversations import now
from assistant.events import ChartReady, Done, Event, Failed, Failure, Notice, Started, Step, TextPiece
from assistant.graph import prune
from assistant.render import sentences, shown
from assistant.turn import Turn
from data.dataset import Dataset, active_dataset
from data.errors import TanluError
from data.text import Text

if TYPE_CHECKING:
    from assistant.engine import Assistant

log = logging.getLogger(__name__)

_REPAIRS = 3  # sentences sent back to a language model per answer; the rest are released without their figures
_STEPS = 400  # of the graph; the limits on calls end a turn long before
_LISTED = 80  # facts named to a model that mends a sentence
STOPPED = Text("回答被中止。", "The answer was stopped.")
BROKE = Text(
    "回答时内部出错，未能完成；请重试，若仍出错请查看日志。",
    "Something failed inside and the answer was not finished; try again, and see the log if it fails again.",
)
SILENT = Text("模型没有给出回答；请换个问法。", "The model gave no answer; ask in another way.")
LIMIT = Text(
    "已达到一次回答的调用上限，以下是到此为止的结果。",
    "The limit of calls per answer was reached; this is what was found so far.",
)


@dataclass(slots=True)
class Ending:
    """How the turn ended, as the planner says or as is derived for a language model."""

    status: Status | None = None
    reason: str | None = None
    suggestions: tuple[str, ...] = ()  # questions near one that is not answered


async def run_turn(assistant: Assistant, turn: Turn) -> AsyncGenerator[Event]:
    """The events of one turn; its answer is stored before the last of them. Raises DatasetError before the first."""
    dataset: Dataset = await assistant.run(active_dataset)
    created = now()
    gate = Gate(turn.grounds, lambda name: place_of(turn, name), _repair(assistant, turn))
    ending = Ending()

    def kept() -> Answer:
        status, reason = _status(turn, gate, ending)
        answer = answer_of(
            turn,
            dataset,
            created=created,
            text=gate.text.strip(),
            status=status,
            reason=reason,
            audit=gate.audit,
            cited=gate.cited,
            suggested=ending.suggestions,
        )
        assistant.conversations.keep(answer)
        return answer

    try:
        yield Started(answer=turn.answer, conversation=turn.conversation, language=turn.language, model=turn.model)
        async with aclosing(_events(assistant, turn, gate, ending)) as events:
            async for event in events:
                yield event
        yield Done(answer=await assistant.run(kept))
    except (asyncio.CancelledError, GeneratorExit):
        ending.status, ending.reason = "error", STOPPED.to(turn.language)
        kept()
        raise
    except Exception as error:  # the turn must end with a sentence and be stored, whatever broke
        told = error if isinstance(error, TanluError) else TanluError("internal", BROKE)
        if told is not error:
            log.exception("turn %s failed", turn.answer)
        ending.status, ending.reason = "error", told.to(turn.language)
        broken = await assistant.run(kept)
        failure = Failure(code=told.code, kind=told.kind, message=told.to(turn.language))
        yield Failed(error=failure, answer=broken)


async def _events(assistant: Assistant, turn: Turn, gate: Gate, ending: Ending) -> AsyncGenerator[Event]:
    graph = await assistant.graph()
    config: RunnableConfig = {"configurable": {"thread_id": turn.conversation}, "recursion_limit": _STEPS}
    asked = HumanMessage(turn.question, additional_kwargs={"language": turn.language, "answer": turn.answer})
    stream = graph.astream(
        {"messages": [asked]}, config, context=turn, stream_mode=["messages", "updates", "custom"], durability="exit"
    )
    try:
        async for mode, part in stream:
            for event in await _heard(str(mode), part, turn, gate, ending):
                yield event
    except ModelCallLimitExceededError:
        turn.notices.append(LIMIT)
        yield Notice(text=LIMIT.to(turn.language))
        if not gate.text.strip():
            for piece in await gate.feed(_leads(turn)):
                yield TextPiece(text=piece)
    for piece in await gate.end():
        yield TextPiece(text=piece)
    withheld = len(gate.audit.unsupported)
    if withheld:
        notice = Text(
            f"有{withheld}处数字未通过核对，已略去。", f"{withheld} figure(s) did not pass the check and were left out."
        )
        turn.notices.append(notice)
        yield Notice(text=notice.to(turn.language))
    await prune(graph, turn.conversation)


async def _heard(mode: str, part: Any, turn: Turn, gate: Gate, ending: Ending) -> list[Event]:
    """The events of one item of the graph's stream."""
    if mode == "custom":
        if isinstance(part, FellBack):
            return await _fell_back(part, turn, gate)
        return [part] if isinstance(part, Step | ChartReady) else []
    if mode == "messages":
        message, about = part
        if isinstance(message, AIMessage) and about.get("langgraph_node") == "model":
            return [TextPiece(text=piece) for piece in await gate.feed(message.text)]
        return []
    messages = (part.get("model") or {}).get("messages", []) if isinstance(part, dict) else []
    pieces: list[str] = []
    for message in messages:
        if not isinstance(message, AIMessage):
            continue
        said = message.response_metadata.get("tanlu")
        if isinstance(said, dict):
            ending.status, ending.reason = said.get("status"), said.get("reason")
            ending.suggestions = tuple(said.get("suggestions") or ())
        pieces += await gate.end()
        if message.tool_calls and gate.text and not gate.text.endswith("\n\n"):
            pieces += await gate.feed("\n\n")  # what is said after the calls is another paragraph
    return [TextPiece(text=piece) for piece in pieces]


async def _fell_back(fallen: FellBack, turn: Turn, gate: Gate) -> list[Event]:
    """The planner takes over: what the language model had begun to say and was not yet shown is dropped."""
    gate.drop()
    gate.repair = None
    events: list[Event] = [Notice(text=fallen.reason.to(turn.language))]
    if gate.text.strip():
        line = f"\n\n*{fallen.reason.to(turn.language)}*\n\n"
        events += [TextPiece(text=piece) for piece in await gate.feed(line)]
    return events


def _repair(assistant: Assistant, turn: Turn) -> Any:
    """A way to send a failing sentence back to the language model; None for the planner."""
    if turn.chosen is None:
        return None
    left = _REPAIRS

    async def repair(sentence: str, findings: list[Finding]) -> str | None:
        nonlocal left
        if turn.chosen is None or left == 0:
            return None
        left -= 1
        asked = prompt("repair", turn.language).format(
            sentence=sentence,
            problems="\n".join(f"- {f.figure}: {PROBLEMS[f.problem].to(turn.language)}" for f in findings if f.problem),
            facts="\n".join(_facts(turn)),
        )
        try:
            async with asyncio.timeout(assistant.settings.model_timeout):
                reply = await turn.chosen.ainvoke([HumanMessage(asked)])
        except Exception as error:  # noqa: BLE001 a provider may raise anything; the figure is then withheld
            log.warning("mending a sentence failed: %s", type(error).__name__)
            return None
        return reply.text.strip() or None

    return repair


def _facts(turn: Turn) -> list[str]:
    lines = []
    for call in turn.calls:
        for name, fact in zip(call.ids.facts, call.result.facts if call.result else (), strict=False):
            lines.append(f"[{name}] {fact.label.to(turn.language)}: {shown(fact, turn.language)}")
    return lines[:_LISTED]


def _leads(turn: Turn) -> str:
    """What the tools found, in their own sentences: the answer where the model was cut off before it spoke."""
    said = [s for call in turn.calls if call.result for s in sentences(call.result.lead, call, turn.language)]
    return ("" if turn.language == "zh" else " ").join(said)


def _status(turn: Turn, gate: Gate, ending: Ending) -> tuple[Status, str | None]:
    """Status and reason: as the planner says, else derived from the calls and the text."""
    text = gate.text.strip()
    if ending.status is not None:
        return ending.status, ending.reason
    if not text:
        return "error", SILENT.to(turn.language)
    if turn.calls and not any(call.status == "ok" for call in turn.calls):
        troubles = [call.trouble.message.to(turn.language) for call in turn.calls if call.trouble]
        return "refused", troubles[0] if troubles else (_leads(turn) or None)
    if not turn.calls and not gate.cited and text.endswith(("?", "？")):
        return "clarify", text.splitlines()[-1]
    return "answered", None
