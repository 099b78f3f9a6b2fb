"""The application in this process with a scripted model, and an HTTP client for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import httpx
import pytest

from assistant.api.app import create_app
from assistant.engine import Assistant
from tests.conversation.desk import TOOLS
from tests.conversation.scripted import Say, ScriptedModel

Served = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state_home: Path) -> Iterator[Path]:
    (tmp_path / "home").mkdir()
    (state_home / "warehouse").mkdir(exist_ok=True)
    (tmp_path / "home" / "warehouse").symlink_to(state_home / "warehouse")
    monkeypatch.setenv("TANLU_HOME", str(tmp_path / "home"))
    yield tmp_path / "home"


@pytest.fixture
def served() -> Served:
    """``async with served(Say(...)) as client``."""

    @asynccontextmanager
    async def serve(*script: Say, raising: bool = True) -> AsyncIterator[httpx.AsyncClient]:
        planner = ScriptedModel(script=list(script))
        app = create_app(pages=False, make=lambda: Assistant(tools=TOOLS, planner=planner))
        async with app.router.lifespan_context(app):
            await app.state.warming
            transport = httpx.ASGITransport(app, raise_app_exceptions=raising)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:5006") as client:
                yield client

    return serve
