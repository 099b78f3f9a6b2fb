"""Models that say what a test tells them to: one in this process, one behind real HTTP in the OpenAI format."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.tool import tool_call_chunk
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import Field


@dataclass(frozen=True)
class Say:
    """One reply: text, tool calls (name, arguments), what the planner would add, or a failure."""

    text: str = ""
    calls: tuple[tuple[str, dict[str, Any]], ...] = ()
    ending: dict[str, Any] | None = None
    status: int = 200  # HTTP only
    breaks: bool = False  # HTTP only: the connection closes in mid-reply
    stalls: float = 0.0  # HTTP only: seconds of silence before the text


class ScriptedModel(BaseChatModel):
    """Gives its replies in order; keeps the messages it was shown."""

    script: list[Say]
    seen: list[list[BaseMessage]] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Sequence[Any], **_: Any) -> ScriptedModel:
        return self

    def _generate(self, *_: Any, **__: Any) -> ChatResult:
        raise NotImplementedError("the graph streams")

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        self.seen.append(list(messages))
        say = self.script.pop(0)
        for at in range(0, len(say.text), 7):
            chunk = ChatGenerationChunk(message=AIMessageChunk(content=say.text[at : at + 7]))
            if run_manager:
                run_manager.on_llm_new_token(chunk.text, chunk=chunk)
            yield chunk
        calls = [
            tool_call_chunk(name=name, args=json.dumps(arguments), id=f"c{len(self.seen)}-{i}", index=i)
            for i, (name, arguments) in enumerate(say.calls)
        ]
        about = {"tanlu": say.ending} if say.ending else {}
        yield ChatGenerationChunk(
            message=AIMessageChunk(content="", tool_call_chunks=calls, response_metadata=about, chunk_position="last")
        )


@dataclass
class ScriptedServer:
    """An OpenAI-format server on 127.0.0.1: streams text by pieces and tool calls as deltas cut in the middle."""

    script: list[Say]
    requests: list[dict[str, Any]] = field(default_factory=list)

    def __enter__(self) -> ScriptedServer:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"


def _handler(server: ScriptedServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.requests.append({"path": self.path, "key": self.headers.get("Authorization"), **body})
            say = server.script.pop(0) if server.script else Say(status=500)
            if say.status != 200:
                self._json(say.status, {"error": {"message": "scripted failure", "type": "server_error"}})
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            with suppress(OSError):  # the client has given up, as a test of timeouts wants
                self._stream(say)
            self.close_connection = True

        def _stream(self, say: Say) -> None:
            self._delta({"role": "assistant", "content": ""})
            if say.stalls:
                time.sleep(say.stalls)
            for at in range(0, len(say.text), 5):
                self._delta({"content": say.text[at : at + 5]})
            if say.breaks:
                self.connection.close()
                return
            for index, (name, arguments) in enumerate(say.calls):
                text = json.dumps(arguments, ensure_ascii=False)
                first = {"index": index, "id": f"call_{len(server.requests)}_{index}", "type": "function"}
                self._delta({"tool_calls": [{**first, "function": {"name": name, "arguments": ""}}]})
                for at in range(0, len(text), 6):
                    self._delta({"tool_calls": [{"index": index, "function": {"arguments": text[at : at + 6]}}]})
            self._delta({}, "tool_calls" if say.calls else "stop")
            self.wfile.write(b"data: [DONE]\n\n")

        def _delta(self, delta: dict[str, Any], finish: str | None = None) -> None:
            chunk = {
                "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 0, "model": "scripted",
                "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
            }  # fmt: skip
            self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
            self.wfile.flush()

        def _json(self, status: int, body: dict[str, Any]) -> None:
            text = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

    return Handler
