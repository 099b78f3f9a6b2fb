"""Liveness, readiness, and the API's own description as a page without outside scripts."""

from __future__ import annotations

from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse

from assistant.api.errors import error_body, language_of, request_id
from data.errors import TanluError
from data.text import Text

router = APIRouter()

_WARMING = Text("正在准备数据，请稍候。", "The data are being made ready; wait a little.")
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Tanlu 碳路 API</title>
<style>body{{font:15px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}}code{{background:#8882;padding:.1em .3em}}
h2{{margin-top:2rem}}dt{{margin-top:.8rem}}</style></head><body><h1>Tanlu 碳路 API {version}</h1>
<p>{about}</p><p>The whole description as data: <a href="/openapi.json">/openapi.json</a></p>{routes}</body></html>"""


@router.get("/healthz", tags=["health"], summary="Liveness")
async def healthz() -> dict[str, str]:
    """The process runs."""
    return {"status": "ok"}


@router.get("/readyz", tags=["health"], summary="Readiness")
async def readyz(request: Request) -> JSONResponse:
    """The data are open, so that the first answer is as quick as the next; 503 until then."""
    warming = request.app.state.warming
    if not warming.done():
        body = error_body(_WARMING.to(language_of(request)), "state", "warming", request_id(request))
        return JSONResponse(body, 503)
    error = warming.exception()
    if error is None:
        return JSONResponse({"status": "ready"})
    told = error if isinstance(error, TanluError) else None
    message = told.to(language_of(request)) if told else str(error)
    return JSONResponse(error_body(message, "state", told.code if told else "internal", request_id(request)), 503)


@router.get("/docs", include_in_schema=False)
async def docs(request: Request) -> HTMLResponse:
    """The routes with their parameters, drawn here: the usual page would fetch its scripts from another host."""
    described: dict[str, Any] = request.app.openapi()
    parts = []
    for path, methods in described["paths"].items():
        for method, about in methods.items():
            parts.append(_route(path, method, about))
    about = escape(described["info"]["description"]).replace("\n\n", "</p><p>")
    return HTMLResponse(_PAGE.format(version=escape(described["info"]["version"]), about=about, routes="".join(parts)))


def _route(path: str, method: str, about: dict[str, Any]) -> str:
    parameters = [p["name"] + ("" if p.get("required") else "?") for p in about.get("parameters", [])]
    takes = f"<p>Parameters: <code>{escape(', '.join(parameters))}</code></p>" if parameters else ""
    text = escape(about.get("description", about.get("summary", "")))
    return f"<h2><code>{method.upper()} {escape(path)}</code></h2><p>{text}</p>{takes}"
