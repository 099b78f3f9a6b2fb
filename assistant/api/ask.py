"""``POST /api/ask``: the answer object, or its events as they happen."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from assistant.answer import Answer
from assistant.api.errors import error_body, language_of, request_id, response_of
from assistant.api.needs import Engine, Running
from assistant.api.streams import server_sent
from assistant.events import Done, Failed
from assistant.language import detect
from data.errors import TanluError
from data.text import Language

router = APIRouter(tags=["ask"])

_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer; with Accept: text/event-stream the events started, step, text, chart, notice, done, failed",
        "content": {"text/event-stream": {}},
    }
}


class Question(BaseModel):
    """A question, and where it belongs."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(description="In Chinese or English.", examples=["2017年广东碳排放最多的行业是哪个？"])
    conversation: str | None = Field(None, description="The conversation of an earlier answer, to go on in it.")
    model: str | None = Field(None, description="planner, openai:NAME, mistral:NAME or ollama:NAME.")
    language: Language | None = Field(None, description="zh or en; by default the question's own.")


@router.post("/api/ask", response_model=Answer, responses=_STREAM, summary="Ask a question")
async def ask(asked: Question, request: Request, assistant: Engine, running: Running) -> Response:
    """Answer a question. A connection that breaks loses nothing: the turn runs on and its answer is stored."""
    language = asked.language or detect(asked.question, language_of(request))
    try:
        events = await running.begin(
            assistant.ask(asked.question, conversation=asked.conversation, language=asked.language, model=asked.model)
        )
    except TanluError as error:
        response = response_of(request, error, language)
        if asked.model is not None and error.code == "model_not_configured":
            response.status_code = 422  # the request named it; nothing of ours is broken
        return response
    if "text/event-stream" in request.headers.get("accept", ""):
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(server_sent(events), media_type="text/event-stream", headers=headers)
    async for event in events:
        if isinstance(event, Done):
            return JSONResponse(event.answer.model_dump(mode="json"))
        if isinstance(event, Failed):
            body = error_body(event.error.message, event.error.kind, event.error.code, request_id(request))
            return JSONResponse(body, 500)
    raise RuntimeError("a turn ended without an answer")
