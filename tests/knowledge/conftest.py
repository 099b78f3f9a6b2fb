"""One library and one tool context for the room."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import UnknownName
from data.text import Text
from data.warehouse import open_warehouse
from knowledge.search import Library, open_library
from tools.declare import Context
from tools.result import Fact


def _forgets(name: str) -> Fact:
    raise UnknownName("unknown_fact", Text(f"没有{name}。", f"There is no {name}."))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state_home: Path) -> Path:
    """A state folder of the test's own, with the run's warehouse and index in it."""
    home = tmp_path / "home"
    home.mkdir()
    for shared in ("warehouse", "index"):
        (state_home / shared).mkdir(exist_ok=True)
        (home / shared).symlink_to(state_home / shared)
    monkeypatch.setenv("TANLU_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def library(state_home: object) -> Library:
    return open_library()


@pytest.fixture(scope="session")
def context(library: Library) -> Context:
    return Context(open_warehouse(), library, _forgets)
