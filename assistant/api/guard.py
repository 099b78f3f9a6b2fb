"""At the door: a request id for every request, and only this machine's own pages and programs are let in.

Until access control exists, a page of another site must not reach us through the visitor's browser: neither by a
forged request (Origin) nor by a name of its own that points to 127.0.0.1 (Host).
"""

from __future__ import annotations

import ipaddress
import json
import secrets
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.errors import error_body, language_of
from data.text import Text
from knowledge.ingest.limits import LIMITS

LARGEST = 1_000_000  # bytes of a request's body
UPLOADS = {"/api/knowledge": LIMITS.bytes, "/api/own-figures": 2 * LARGEST}  # where a whole file is the body
_FOREIGN = Text(
    "本服务只接受本机的请求（Host 或 Origin 不是本机）；请用 http://127.0.0.1 访问。",
    "This server takes requests of this machine only (Host or Origin is another); use http://127.0.0.1.",
)
_LARGE = Text(
    "请求正文过大（上限 {limit} MB）；请缩小或分次发送。",
    "The request's body is too large ({limit} MB at most); send less at a time.",
)


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own: localhost, 127.0.0.0/8, ::1."""
    name = host.strip().strip("[]").rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


class Guard:
    """Pure ASGI middleware over HTTP and websocket."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        scope["request_id"] = secrets.token_hex(8)
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if not _allowed(headers):
            await _refuse(scope, send, 403, _FOREIGN, "foreign_host")
            return
        length = headers.get("content-length", "0")
        limit = UPLOADS.get(scope.get("path", ""), LARGEST)
        if scope["type"] == "http" and (not length.isdigit() or int(length) > limit):
            await _refuse(scope, send, 413, _LARGE.fill(limit=limit // LARGEST), "too_large")
            return
        await self._app(scope, _limited(receive, limit), _named(scope, send))


def _allowed(headers: dict[str, str]) -> bool:
    host = headers.get("host", "")
    if not is_loopback(urlsplit(f"//{host}").hostname or ""):
        return False
    origin = headers.get("origin")
    return origin is None or is_loopback(urlsplit(origin).hostname or "")


def _limited(receive: Receive, limit: int) -> Receive:
    """A body without a length is cut off at the limit: the reader then finds it broken."""
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b"")) if message["type"] == "http.request" else 0
        return {"type": "http.disconnect"} if taken > limit else message

    return limited


def _named(scope: Scope, send: Send) -> Send:
    """Responses name their request."""

    async def named(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], (b"x-request-id", scope["request_id"].encode())]
        await send(message)

    return named


async def _refuse(scope: Scope, send: Send, status: int, text: Text, code: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    kind = "forbidden" if status == 403 else "invalid_request"
    message = text.to(language_of(Request(scope)))
    body = json.dumps(error_body(message, kind, code, scope["request_id"]), ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
