"""A bureau's own figures and scenario files over HTTP: the template, what there is, adding and removing."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from assistant.api.errors import error_body, request_id
from assistant.api.needs import Spoken
from assistant.own_told import problem_told, told_of
from data.own.problems import MOST_TOLD, BadFile
from data.own.table import MOST_BYTES
from data.text import Language

router = APIRouter(prefix="/api/own-figures", tags=["own figures"])


@router.get("", summary="Own figures")
async def listed(language: Spoken) -> dict[str, Any]:
    """Your own figures by province, every row as it was read, and your scenario files. Nobody else sees them."""
    from data.own.store import open_own

    def work() -> dict[str, Any]:
        own = open_own()
        return {**told_of(own.holdings(), own.scenarios(), language), "limits": {"bytes": MOST_BYTES}}

    return await asyncio.to_thread(work)


@router.get("/template", summary="The template", response_class=Response)
async def template(language: Spoken, form: Literal["figures", "scenario"] = "figures") -> Response:
    """The CSV to fill in, UTF-8 with its mark so that spreadsheet programs read it."""
    from data.own.template import figures_template, scenario_template

    text = figures_template(language) if form == "figures" else scenario_template(language)
    head = {"Content-Disposition": f'attachment; filename="tanlu-{form}.csv"'}
    return Response("\ufeff" + text, media_type="text/csv; charset=utf-8", headers=head)


@router.post(
    "",
    summary="Add a file",
    status_code=201,
    openapi_extra={"requestBody": {"required": True, "content": {"text/csv": {"schema": {"type": "string"}}}}},
    responses={
        409: {"description": "There are figures for the province already; send `replace=true` to replace them."},
        422: {"description": "The file was not taken; `problems` names each by line and column. Nothing was stored."},
    },
)
async def add(
    request: Request,
    language: Spoken,
    name: Annotated[str, Query(min_length=1, max_length=300, description="The file's name, with its ending.")],
    replace: Annotated[
        bool, Query(description="Replace what there is for the same province or scenario name.")
    ] = False,
) -> Response:
    """The CSV is the request's body. A file of figures is kept by province, a scenario file under its name."""
    raw = b""
    async for piece in request.stream():
        raw += piece
        if len(raw) > MOST_BYTES:
            break  # the reader says that it is too large
    try:
        return JSONResponse(await asyncio.to_thread(_take, raw, name, replace, language), 201)
    except BadFile as error:
        body = error_body(error.to(language), error.kind, error.code, request_id(request), nearest=error.nearest)
        told = [problem_told(p, language) for p in error.problems[:MOST_TOLD]]
        return JSONResponse({**body, "problems": told, "problem_count": len(error.problems)}, error.http_status)


def _take(raw: bytes, name: str, replace: bool, language: Language) -> dict[str, Any]:
    from data.own.store import open_own
    from data.warehouse import open_warehouse
    from tools.roadmap.own_files import take, warnings_on

    own = open_own()
    taken = take(own, raw, name, replace=replace)
    told = told_of(taken.holdings, () if taken.scenario is None else (taken.scenario,), language)
    warned = warnings_on(open_warehouse(), own, taken.holdings)
    return {**told, "warnings": [w.to(language) for w in warned]}


@router.delete("/{name}", summary="Remove")
async def remove(name: str) -> dict[str, Any]:
    """Delete the figures of a province (its code or name) or a scenario file by its name."""
    from data.own.store import open_own

    gone = await asyncio.to_thread(lambda: open_own().remove(name))
    return {"name": gone, "removed": True}
