"""The shipped dataset and knowledge base, opened once for the tests of this room."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from data.dataset import read_dataset, starter_folder
from data.warehouse import Warehouse, open_warehouse
from knowledge.search import Library
from tools.declare import Context
from tools.profile.profile import profile
from tools.result import Result


@pytest.fixture(scope="session")
def warehouse(state_home: Path) -> Warehouse:
    """The starter dataset's warehouse in the test run's own state folder."""
    return open_warehouse(read_dataset(starter_folder()))


@pytest.fixture(scope="session")
def context(warehouse: Warehouse) -> Context:
    """What a tool of this room reaches: warehouse and documents, no earlier facts."""
    return Context(warehouse, Library(), cast(Any, None))


@pytest.fixture(scope="session")
def guangdong(context: Context) -> Result:
    """The profile of Guangdong."""
    return profile.call({"place": "Guangdong"}, context)
