"""A server with the stand-in engine, and a Chromium that must not ask any other host."""

from __future__ import annotations

import asyncio
import logging
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.browser.fake import FakeEngine

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass
class Site:
    """A running server, its engine and event loop, and the Bokeh application that holds the sessions."""

    url: str
    engine: FakeEngine
    loop: asyncio.AbstractEventLoop
    bokeh: Any


@contextmanager
def serving(engine: FakeEngine, port: int = 0) -> Iterator[Site]:
    """A server on 127.0.0.1 in a thread of its own, for as long as the context is open."""
    import uvicorn
    from bokeh_fastapi import BokehFastAPI
    from fastapi import FastAPI

    from assistant.web.pages import add_pages

    made: list[Any] = []
    initialise = BokehFastAPI.__init__

    def remember(self: Any, *arguments: Any, **rest: Any) -> None:
        initialise(self, *arguments, **rest)
        made.append(self)

    app = FastAPI()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BokehFastAPI, "__init__", remember)
        add_pages(app, lambda: engine)
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", port))
        port = free.getsockname()[1]
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    loops: list[asyncio.AbstractEventLoop] = []

    async def serve() -> None:
        loops.append(asyncio.get_running_loop())
        await server.serve()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        threading.Event().wait(0.05)
    yield Site(f"http://127.0.0.1:{port}", engine, loops[0], made[0])
    server.should_exit = True
    thread.join(15)


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The server of most tests."""
    # pytest keeps every log record, and Panel's debug records keep its events with their documents.
    logging.getLogger("panel").setLevel(logging.WARNING)
    with serving(FakeEngine(0.02)) as running:
        yield running


@dataclass
class Watched:
    """What a page did that it should not: requests elsewhere, failed requests, errors on its console."""

    outside: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, page: Any, home: str) -> None:
        """Listen to a page."""
        page.on("request", lambda r: self._asked(r.url, home))
        page.on("websocket", lambda w: self._asked(w.url.replace("ws://", "http://"), home))
        page.on("response", lambda r: self.failed.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        page.on("pageerror", lambda e: self.errors.append(str(e)))
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)

    def _asked(self, url: str, home: str) -> None:
        if not url.startswith((home, "blob:", "data:")):
            self.outside.append(url)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser with a profile of its own; per module, since Playwright's loop would stand in the way of async tests."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=20_000)  # a busy machine is no fault of the page

    found = shutil.which("chromium")
    if found is None:
        pytest.skip("no Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


OpenPage = Callable[..., Any]


@pytest.fixture
def open_page(chromium: Any, site: Site) -> Iterator[tuple[OpenPage, Watched]]:
    """Open the chat with a language, theme and size; at the end nothing may have gone wrong on the page."""
    watched, contexts = Watched(), []

    def open_it(
        path: str = "/", language: str = "zh-CN", theme: str = "light", width: int = 1280, height: int = 900
    ) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale=language, color_scheme=theme, accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        watched.watch(page, site.url)
        page.goto(site.url + path)
        page.wait_for_selector(".ask-box textarea")
        return page

    yield open_it, watched
    for context in contexts:
        context.close()
    assert watched.outside == []
    assert watched.failed == []
    assert watched.errors == []
