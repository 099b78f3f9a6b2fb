"""The declared tools as LangChain tools: run in one bounded executor, never on the event loop."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from typing import Any

from langchain.tools import ToolRuntime
from langchain_core.tools import BaseTool, StructuredTool

from assistant.turn import Turn
from data.errors import TanluError
from data.text import Text
from tools.declare import Context, Tool
from tools.result import Result

log = logging.getLogger(__name__)

ContextOf = Callable[[Turn], Context]


def langchain_tools(tools: Iterable[Tool[Any]], context_of: ContextOf, pool: Executor) -> list[BaseTool]:
    """One LangChain tool per declaration. Its answer to the graph is an id only; the Result goes to the turn."""
    return [_langchain_tool(tool, context_of, pool) for tool in tools]


def _langchain_tool(tool: Tool[Any], context_of: ContextOf, pool: Executor) -> BaseTool:
    async def run(runtime: ToolRuntime[Turn, Any], **arguments: Any) -> str:
        turn = runtime.context
        started = time.perf_counter()
        work = asyncio.get_running_loop().run_in_executor(pool, outcome, tool, arguments, lambda: context_of(turn))
        found = await work
        key = runtime.tool_call_id or ""
        runtime.stream_writer(turn.finish(key, found, time.perf_counter() - started))
        return json.dumps({"tool": tool.name, "call": turn.name_of(key)})

    return StructuredTool(name=tool.name, description=described(tool), args_schema=schema(tool), coroutine=run)


def outcome(tool: Tool[Any], arguments: dict[str, Any], context: Callable[[], Context]) -> Result | TanluError:
    """What a call finds, or why it fails; nothing is raised."""
    try:
        return tool.call(arguments, context())
    except TanluError as error:
        return error.with_traceback(None)  # what is kept of it need not keep the call's frames
    except Exception as error:  # one tool that breaks must not end the turn; told to the model in words
        log.exception("tool %s failed on %s", tool.name, arguments)
        return TanluError(
            "tool_failed",
            Text(
                f"工具 {tool.name} 内部出错（{type(error).__name__}），本次没有结果；请换个问法，或查看日志。",
                f"The tool {tool.name} failed inside ({type(error).__name__}) and found nothing; "
                "ask in another way, or see the log.",
            ),
        )


def described(tool: Tool[Any]) -> str:
    """A tool's description for a model: what it does in both languages, and questions it answers."""
    lines = [tool.summary.en, tool.summary.zh]
    if tool.examples:
        lines.append("E.g. " + " / ".join(f"{e.en} {e.zh}" for e in tool.examples[:3]))
    return "\n".join(lines)


def schema(tool: Tool[Any]) -> dict[str, Any]:
    """The JSON schema of a tool's arguments, references resolved, as providers want it."""
    from langchain_core.utils.json_schema import dereference_refs

    whole = tool.arguments.model_json_schema()
    resolved = dereference_refs(whole)
    resolved.pop("$defs", None)
    return {"type": "object", "properties": {}, **resolved}
