"""Runs commands in this process, with an own state folder that shares the session's warehouse."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import run


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """stdout as its one JSON document."""
        return json.loads(self.out)

    @property
    def complaint(self) -> str:
        """The one sentence on stderr."""
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0]


Tanlu = Callable[..., Ran]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state_home: Path) -> Iterator[Path]:
    (tmp_path / "home").mkdir()
    for shared in ("warehouse", "index"):
        (state_home / shared).mkdir(exist_ok=True)
        (tmp_path / "home" / shared).symlink_to(state_home / shared)
    monkeypatch.setenv("TANLU_HOME", str(tmp_path / "home"))
    for name in (
        "TANLU_DEBUG",
        "TANLU_LANGUAGE",
        "TANLU_MODEL",
        "LC_ALL",
        "LC_MESSAGES",
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    yield tmp_path / "home"


@pytest.fixture
def tanlu(capsys: pytest.CaptureFixture[str]) -> Tanlu:
    """``tanlu("ask", "…")`` gives status, stdout and stderr."""

    def call(*arguments: str) -> Ran:
        status = run(arguments)
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return call
