"""The application: the API's routes, the pages, one lifespan that owns the assistant."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI

from assistant.api import answers, ask, health, knowledge, own_figures, tools
from assistant.api.errors import add_handlers
from assistant.api.guard import Guard
from assistant.api.streams import Streams
from assistant.engine import Assistant
from assistant.settings import Settings
from assistant.version import version

DESCRIPTION = """Answers on the decarbonization of China's provinces, every figure traced to its source.

`POST /api/ask` with `{"question": "..."}` gives the answer object; with `Accept: text/event-stream` it streams events.
Errors have one shape: `{"error": {"message", "type", "param", "code", "request_id"}}`.
"""


def create_app(
    settings: Settings | None = None, pages: bool = True, make: Callable[[], Assistant] | None = None
) -> FastAPI:
    """The application; ``pages`` adds the chat page, ``make`` gives another assistant (for tests)."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with make() if make else Assistant(settings) as assistant:
            app.state.assistant = assistant
            app.state.warming = asyncio.create_task(assistant.warm())
            yield
            await app.state.streams.close()
            app.state.warming.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await app.state.warming

    app = FastAPI(
        title="Tanlu 碳路", version=version(), description=DESCRIPTION, lifespan=lifespan, docs_url=None, redoc_url=None
    )
    app.state.streams = Streams()
    app.add_middleware(Guard)
    add_handlers(app)
    for routes in (ask, answers, tools, knowledge, own_figures, health):
        app.include_router(routes.router)
    if pages:
        from assistant.web.pages import add_pages

        add_pages(app, lambda: app.state.assistant)
    return app
