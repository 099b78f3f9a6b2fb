"""Opens the agent graph with its checkpointer, and keeps the checkpointer small."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from typing import Any

from langchain_core.language_models import BaseChatModel
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from langgraph.graph.state import CompiledStateGraph

from assistant.agent import build_graph
from assistant.planner.model import PlannerModel
from assistant.settings import Settings
from assistant.toolkit import ContextOf, langchain_tools
from assistant.turn import Turn
from data.home import state_folder
from tools.declare import Tool

Graph = CompiledStateGraph[Any, Turn, Any, Any]


@asynccontextmanager
async def open_graph(
    settings: Settings,
    tools: Iterable[Tool[Any]],
    pool: Executor,
    context_of: ContextOf,
    planner: BaseChatModel | None = None,
) -> AsyncIterator[Graph]:
    """The graph over the declared tools, its state in ``graph.sqlite`` under the state folder."""
    async with AsyncSqliteSaver.from_conn_string(str(state_folder() / "graph.sqlite")) as saver:
        await saver.setup()
        bound = langchain_tools(tools, context_of, pool)
        yield build_graph(planner or PlannerModel(), bound, saver, settings, pool)


async def prune(graph: Graph, conversation: str) -> None:
    """Drop all but the last checkpoint of a conversation: each holds all messages, so that keeping them all would
    grow with the square of the turns. Nothing reads the older ones."""
    saver = graph.checkpointer
    if not isinstance(saver, AsyncSqliteSaver):
        return
    newest = "(SELECT max(checkpoint_id) FROM checkpoints WHERE thread_id = ?)"
    async with saver.lock:
        for table in ("writes", "checkpoints"):
            await saver.conn.execute(
                f"DELETE FROM {table} WHERE thread_id = ? AND checkpoint_id < {newest}", (conversation, conversation)
            )
        await saver.conn.commit()
