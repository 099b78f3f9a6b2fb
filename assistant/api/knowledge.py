"""The knowledge base over HTTP: documents listed, a user's files taken and removed, clauses searched."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from assistant.api.errors import error_body, request_id
from assistant.api.needs import Engine, Spoken
from assistant.engine import Assistant
from assistant.settings import vector_config
from data.errors import TanluError
from data.text import Language, Text
from knowledge.ingest.limits import LIMITS

router = APIRouter(prefix="/api/knowledge", tags=["knowledge"])
_STREAM = "application/x-ndjson"
_BROKEN = Text(
    "加入文件时内部出错，没有保存任何内容；请重试，若仍出错请查看日志。",
    "Something failed inside and nothing was kept; try again, and see the log if it fails again.",
)


def _shelf(engine: Assistant) -> Any:
    from knowledge.ingest.shelf import open_shelf

    return open_shelf(config=vector_config(engine.settings))


@router.get("", summary="Documents")
async def documents(engine: Engine, language: Spoken) -> dict[str, Any]:
    """The user's own documents, those of the corpus, and the limits on files."""
    return await asyncio.to_thread(_documents, engine, language)


def _documents(engine: Assistant, language: Language) -> dict[str, Any]:
    from knowledge.ingest.told import described
    from knowledge.search import open_library

    shelf = _shelf(engine)
    corpus = open_library(config=shelf.config).corpus.documents.values()
    return {
        "own": [described(d, language) for d in shelf.documents()],
        "corpus": [
            {
                "id": d.id,
                "title": d.title.to(language),
                "issuer": d.issuer.to(language),
                "number": d.number,
                "date": d.date,
                "url": d.url,
                "clauses": len(d.clauses),
                "verified": d.verified,
            }
            for d in corpus
        ],
        "limits": {"bytes": LIMITS.bytes, "pages": LIMITS.pages},
        "sent_to": shelf.config.name if shelf.config.leaves_machine else None,
    }


@router.get("/search", summary="Search")
async def search(
    engine: Engine,
    language: Spoken,
    q: Annotated[str, Query(min_length=1, max_length=1000)],
    limit: Annotated[int, Query(ge=1, le=20)] = 5,
    document: Annotated[str | None, Query(max_length=200)] = None,
    region: Annotated[str | None, Query(max_length=80)] = None,
    year: Annotated[int | None, Query(ge=1990, le=2100)] = None,
    sector: Annotated[str | None, Query(max_length=80)] = None,
) -> dict[str, Any]:
    """Passages of the user's own documents and clauses of the corpus, the best first; with a filter, clauses alone."""
    narrow = {"document": document, "region": region, "year": year, "sector": sector}
    return await asyncio.to_thread(_search, engine, language, q, limit, narrow)


def _search(engine: Assistant, language: Language, query: str, limit: int, narrow: dict[str, Any]) -> dict[str, Any]:
    from knowledge.ingest.shelf import OwnFound
    from knowledge.ingest.told import hit_told
    from knowledge.search import open_library

    shelf = _shelf(engine)
    library = open_library(config=shelf.config)
    filters = library.filters(**narrow)
    mine = OwnFound(()) if filters else shelf.find(query, limit)
    found = library.find(query, limit, filters=filters)
    notices = dict.fromkeys((*mine.notices, *found.notices))
    return {
        "own": [hit_told(h, language) for h in mine.hits],
        "corpus": [
            {
                "document": h.document,
                "title": h.title.to(language),
                "clause": h.label.to(language),
                "heading": h.heading.to(language),
                "digest": h.digest.to(language),
                "url": h.url,
                "verified": h.verified,
            }
            for h in found.hits
        ],
        "notices": [n.to(language) for n in notices],
    }


@router.post("", summary="Add a file", status_code=201)
async def add(
    request: Request,
    engine: Engine,
    language: Spoken,
    name: Annotated[str, Query(min_length=1, max_length=300)],
    title: Annotated[str | None, Query(max_length=160)] = None,
    year: Annotated[int | None, Query(ge=1900, le=2100)] = None,
    region: Annotated[str | None, Query(max_length=60)] = None,
    document_language: Language | None = None,
    shared: bool = False,
) -> Response:
    """The file is the request's body. With ``Accept: application/x-ndjson`` the progress is streamed, a line each."""
    about = {"title": title, "year": year, "region": _region(region), "language": document_language,
             "visibility": "shared" if shared else "private"}  # fmt: skip
    folder = await asyncio.to_thread(tempfile.TemporaryDirectory, prefix="tanlu-upload-")
    path = Path(folder.name) / "file"
    try:
        await _receive(request, path)
        lines: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def told(page: int, of: int) -> None:
            loop.call_soon_threadsafe(lines.put_nowait, {"page": page, "of": of})

        work = partial(_add, engine, language, path, name, about, told, folder)
    except BaseException:  # whatever ends it, no part of an upload stays behind; raised again
        folder.cleanup()
        raise
    if _STREAM in request.headers.get("accept", ""):
        return StreamingResponse(_lines(work, lines, language, request_id(request)), 200, media_type=_STREAM)
    return JSONResponse(await asyncio.to_thread(work), 201)


async def _receive(request: Request, path: Path) -> None:
    """The body in a file, no more of it than may be. Raises BadRequest."""
    from knowledge.ingest.refusals import refusal

    taken = 0
    with path.open("wb") as opened:
        async for piece in request.stream():
            taken += len(piece)
            if taken > LIMITS.bytes:
                raise refusal("too_large")
            opened.write(piece)
    if not taken:
        raise refusal("empty")


def _add(
    engine: Assistant, language: Language, path: Path, name: str, about: dict[str, Any], told: Any,
    folder: tempfile.TemporaryDirectory[str],
) -> dict[str, Any]:  # fmt: skip
    from knowledge.ingest.describe import About
    from knowledge.ingest.told import described

    with folder:
        return described(_shelf(engine).add(path, About(**about), name, told), language)


async def _lines(
    work: Any, lines: asyncio.Queue[dict[str, Any]], language: Language, request: str
) -> AsyncIterator[str]:
    """Progress as it comes, then the document or the error."""
    doing = asyncio.create_task(asyncio.to_thread(work))
    while not doing.done() or not lines.empty():
        waiting = asyncio.create_task(lines.get())
        await asyncio.wait({waiting, doing}, return_when=asyncio.FIRST_COMPLETED)
        if waiting.done():
            yield json.dumps(waiting.result()) + "\n"
        else:
            waiting.cancel()
    error = doing.exception()
    if error is None:
        yield json.dumps({"document": doing.result()}, ensure_ascii=False) + "\n"
    elif isinstance(error, TanluError):
        yield json.dumps(error_body(error.to(language), error.kind, error.code, request), ensure_ascii=False) + "\n"
    else:
        import logging

        logging.getLogger(__name__).error("adding a document failed", exc_info=error)
        yield json.dumps(error_body(_BROKEN.to(language), "error", "internal", request), ensure_ascii=False) + "\n"


@router.delete("/{document}", summary="Remove a file")
async def remove(document: str, engine: Engine) -> dict[str, Any]:
    """Remove one of the user's own documents with its text and vectors."""
    gone = await asyncio.to_thread(lambda: _shelf(engine).remove(document))
    return {"id": gone.id, "removed": True}


def _region(name: str | None) -> str | None:
    from data.classification import find_place

    return find_place(name).name.en if name else None
