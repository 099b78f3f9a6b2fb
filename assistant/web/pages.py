"""The pages on the application: the chat at ``/``, the documents at ``/knowledge``, and what its scripts fetch. Nothing comes from another host."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Response
from fastapi.responses import FileResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

from assistant.web import strings as say
from assistant.web.components import ASSETS
from assistant.web.page import ChatPage
from assistant.web.sockets import repair
from assistant.web.turns import Engine, Turns
from data.errors import TanluError
from data.text import LANGUAGES, Language, Text, same
from tools.charts.render import render
from tools.charts.style import Theme


class _Fresh(StaticFiles):
    """Static files that a browser asks about each time: after an update no page mixes old scripts with new ones."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


def add_pages(app: FastAPI, get_assistant: Callable[[], Engine]) -> None:
    """Mount the chat page at ``/``. Call it before the application starts and after the API's routes are added.

    ``get_assistant`` gives the engine; it is called first when a page has loaded.
    """
    import panel as pn
    from panel.io.fastapi import add_applications

    repair()
    turns = Turns()
    pn.extension(notifications=False)
    pn.config.disconnect_notification = ""

    @app.get("/assets/ping", include_in_schema=False)
    async def ping() -> Response:
        return Response("ok", media_type="text/plain", headers={"Cache-Control": "no-store"})

    @app.get("/assets/plotly.min.js", include_in_schema=False)
    def plotly() -> FileResponse:
        return FileResponse(_plotly(), media_type="text/javascript", headers={"Cache-Control": "max-age=86400"})

    @app.get("/page/charts/{conversation}/{chart}.json", include_in_schema=False)
    def figure(conversation: str, chart: str, language: Language = "zh", theme: Theme = "light") -> JSONResponse:
        """A chart as the page draws it, in its language and theme; a plain function, so it runs beside the loop."""
        try:
            spec = get_assistant().chart(conversation, chart)
        except TanluError as error:
            return JSONResponse({"error": {"message": error.to(language), "code": error.code}}, error.http_status)
        return JSONResponse(render(spec, language, theme))

    app.mount("/assets", _Fresh(directory=ASSETS), name="assets")

    def chat() -> Any:
        language = _language()
        page = ChatPage(get_assistant, turns, language, _argument("c"), foot)
        pn.state.onload(page.load)
        return page.view()

    def knowledge() -> Any:
        from assistant.web.knowledge import KnowledgePage

        return KnowledgePage(_language()).view()

    add_applications({"/": chat, "/knowledge": knowledge}, app=app, title=say.TITLE.zh)


def foot() -> Text:
    """The line under the question box: dataset and model in use, and what scenarios are not."""
    from assistant.settings import read_settings
    from data.dataset import active_dataset

    dataset, model = active_dataset(), read_settings().model
    named = say.PLANNER if model == "planner" else same(model)
    return Text(*(
        f"{say.DATASET.to(at)} {dataset.id} {dataset.version} · {say.MODEL.to(at)} {named.to(at)} · "
        f"{say.SCENARIO_NOTE.to(at)}" for at in LANGUAGES
    ))  # fmt: skip


@cache
def _plotly() -> Path:
    import plotly

    return Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


def _argument(name: str) -> str | None:
    import panel as pn

    values = pn.state.session_args.get(name) or [b""]
    return values[0].decode("utf-8", "replace")[:80] or None


def _language() -> Language:
    """The language of the address, else the browser's, else Chinese."""
    import panel as pn

    asked = _argument("lang")
    if asked in ("zh", "en"):
        return "zh" if asked == "zh" else "en"
    wanted = {str(k).lower(): str(v) for k, v in pn.state.headers.items()}.get("accept-language", "zh").lower()
    first = min(((wanted.find(code), code) for code in ("zh", "en") if code in wanted), default=(0, "zh"))[1]
    return "en" if first == "en" else "zh"
