"""A context on the starter dataset and the shipped corpus."""

from __future__ import annotations

from typing import Any

import pytest

from data.warehouse import open_warehouse
from knowledge.search import open_library
from tools.declare import Context


def _recall(name: str) -> Any:
    raise AssertionError(name)


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(open_warehouse(), open_library(), _recall)
