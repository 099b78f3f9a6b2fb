"""The tools: what there are, and one call without any model."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from assistant.answer import ToolAnswer
from assistant.api.needs import Engine, Spoken
from assistant.toolkit import schema

router = APIRouter(prefix="/api", tags=["tools"])


@router.get("/tools", summary="The tools")
def tools(assistant: Engine) -> list[dict[str, Any]]:
    """Every tool with its title, summary and examples in both languages, and the JSON schema of its arguments."""
    return [
        {
            "name": tool.name,
            "title": {"zh": tool.title.zh, "en": tool.title.en},
            "summary": {"zh": tool.summary.zh, "en": tool.summary.en},
            "examples": [{"zh": e.zh, "en": e.en} for e in tool.examples],
            "arguments": schema(tool),
        }
        for tool in assistant.tools.values()
    ]


@router.post("/tools/{name}", summary="Call a tool")
async def call(
    name: str, arguments: dict[str, Any], assistant: Engine, language: Spoken, conversation: str | None = None
) -> ToolAnswer:
    """Run one tool. The body is its arguments; names of places and sectors may be in either language."""
    return await assistant.call(name, arguments, language=language, conversation=conversation)
