"""Stored answers and their parts, each under an address of its own, and the conversations they belong to."""

from __future__ import annotations

from typing import Any, Literal, TypeVar

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse
from starlette.responses import Response

from assistant.answer import Answer, AnswerChart, AnswerFact, AnswerTable
from assistant.api.needs import Engine
from assistant.export import chart_html, table_csv, tables_xlsx
from data.errors import NotAvailable
from data.text import Text

router = APIRouter(prefix="/api", tags=["answers"])
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Part = TypeVar("Part", AnswerFact, AnswerTable, AnswerChart)


@router.get("/answers/{answer}", summary="A stored answer")
def stored(answer: str, assistant: Engine) -> Answer:
    """The answer object as it was given."""
    return assistant.stored(answer)


@router.get("/answers/{answer}/facts/{fact}", summary="One figure of an answer")
def fact(answer: str, fact: str, assistant: Engine) -> dict[str, Any]:
    """The fact with its range, the sources of its table and the call it came from."""
    whole = assistant.stored(answer)
    found = _part(whole.facts, fact, answer)
    kept = assistant.ledger.fact(whole.conversation, fact)
    call = next((c for c in whole.tool_calls if c.id == found.tool_call), None)
    return {
        **found.model_dump(mode="json"),
        "low": kept.low,
        "high": kept.high,
        "answer": answer,
        "dataset": whole.dataset.model_dump(),
        "call": call.model_dump(mode="json") if call else None,
        "sources": [s.model_dump() for s in assistant.sources(kept.source, whole.language)],
    }


@router.get("/answers/{answer}/tables/{table}.{form}", summary="One table of an answer")
def table(answer: str, table: str, form: Literal["json", "csv", "xlsx"], assistant: Engine) -> Response:
    """The table as JSON, as CSV with units in its head, or as Excel with the answer's caveats and sources."""
    whole = assistant.stored(answer)
    found = _part(whole.tables, table, answer)
    if form == "json":
        return JSONResponse(found.model_dump(mode="json"))
    headers = {"Content-Disposition": f'attachment; filename="{found.id}.{form}"'}
    if form == "xlsx":
        return Response(tables_xlsx(whole, [found]), media_type=_XLSX, headers=headers)
    return PlainTextResponse(
        "\ufeff" + table_csv(found, whole.language), media_type="text/csv; charset=utf-8", headers=headers
    )


@router.get("/answers/{answer}/charts/{chart}.{form}", summary="One chart of an answer")
def chart(answer: str, chart: str, form: Literal["json", "html"], assistant: Engine) -> Response:
    """The chart as a Plotly figure, or as a page that draws it without a network."""
    whole = assistant.stored(answer)
    found = _part(whole.charts, chart, answer)
    if form == "json":
        return JSONResponse(found.figure)
    return HTMLResponse(chart_html(found, whole.language, "; ".join(s.citation for s in whole.sources)))


@router.get("/conversations/{conversation}", summary="A conversation")
def conversation(conversation: str, assistant: Engine) -> dict[str, Any]:
    """The conversation's answers in order, and whether a turn is running in it."""
    answers = assistant.answers(conversation)
    return {
        "id": conversation,
        "running": assistant.running(conversation),
        "answers": [a.model_dump(mode="json") for a in answers],
    }


def _part(parts: list[Part], name: str, answer: str) -> Part:
    for part in parts:
        if part.id == name:
            return part
    there = "、".join(p.id for p in parts[:20]) or "—"
    raise NotAvailable(
        "no_part",
        Text(f"回答 {answer} 中没有 {name}；有：{there}。", f"Answer {answer} has no {name}; it has: {there}."),
        tuple(p.id for p in parts[:20]),
    )
