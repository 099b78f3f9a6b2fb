"""One shape for every error: ``{"error": {"message", "type", "param", "code", "request_id"}}`` with the true status."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from data.errors import TanluError
from data.text import Language, Text
from data.unfit import reason

log = logging.getLogger(__name__)

_PLAIN: dict[int, Text] = {
    400: Text("请求正文无法读取；格式见 /docs。", "The body of the request cannot be read; see /docs for its form."),
    404: Text("没有这个地址；可用地址见 /docs。", "There is no such address; /docs lists those there are."),
    405: Text("这个地址不支持该方法；见 /docs。", "This address does not take that method; see /docs."),
}
_OTHER = Text("请求未被接受（HTTP {status}）；见 /docs。", "The request was not accepted (HTTP {status}); see /docs.")
BROKEN = Text(
    "服务内部出错；请重试，若仍出错请查看日志。",
    "Something failed inside; try again, and see the log if it fails again.",
)


def error_body(
    message: str, kind: str, code: str, request_id: str, param: str | None = None, nearest: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The body of an error; ``nearest`` is there where names near the one asked for are known."""
    error = {"message": message, "type": kind, "param": param, "code": code, "request_id": request_id}
    return {"error": {**error, "nearest": list(nearest)} if nearest else error}


def language_of(request: Request) -> Language:
    """The language of messages: ``?language=``, else the first of zh and en that Accept-Language names, else English."""
    asked = request.query_params.get("language")
    if asked in ("zh", "en"):
        return "zh" if asked == "zh" else "en"
    wanted = request.headers.get("accept-language", "").lower()
    at = {code: wanted.find(code) for code in ("zh", "en") if code in wanted}
    return "zh" if at and min(at, key=lambda code: at[code]) == "zh" else "en"


def response_of(request: Request, error: TanluError, language: Language | None = None) -> JSONResponse:
    """An error of our tree as a response."""
    message = error.to(language or language_of(request))
    body = error_body(message, error.kind, error.code, request_id(request), nearest=error.nearest)
    return JSONResponse(body, error.http_status)


def request_id(request: Request) -> str:
    """The id of this request, which its response names in ``X-Request-ID``."""
    return str(request.scope.get("request_id", ""))


def add_handlers(app: FastAPI) -> None:
    """Give every error of the application the one shape."""

    @app.exception_handler(TanluError)
    async def ours(request: Request, error: TanluError) -> JSONResponse:
        return response_of(request, error)

    @app.exception_handler(RequestValidationError)
    async def unusable(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = [str(part) for part in first["loc"] if part not in ("body", "query", "path")]
        bad_json = first["type"] == "json_invalid"  # its place is a count of bytes, not a name
        param = None if bad_json else ".".join(where) or None
        text = Text(
            "请求无法使用：{where}（{why}）；格式见 /docs。", "The request cannot be used: {where} ({why}); see /docs."
        )
        text = text.fill(where=param or Text("正文", "the body"), why=reason(first))
        body = error_body(text.to(language_of(request)), "invalid_request", "bad_request", request_id(request), param)
        return JSONResponse(body, 422)

    @app.exception_handler(HTTPException)
    async def plain(request: Request, error: HTTPException) -> JSONResponse:
        text = _PLAIN.get(error.status_code) or _OTHER.fill(status=error.status_code)
        code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "http_error")
        body = error_body(text.to(language_of(request)), "invalid_request", code, request_id(request))
        return JSONResponse(body, error.status_code, headers=dict(error.headers or {}))

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> JSONResponse:
        log.error("request %s failed", request_id(request), exc_info=error)
        body = error_body(BROKEN.to(language_of(request)), "error", "internal", request_id(request))
        return JSONResponse(body, 500)
