"""The shipped dataset, opened once for the tests of this room."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from data.dataset import read_dataset, starter_folder
from data.warehouse import Warehouse, open_warehouse
from tools.declare import Context


@pytest.fixture(scope="session")
def warehouse(state_home: Path) -> Warehouse:
    """The starter dataset's warehouse in the test run's own state folder."""
    return open_warehouse(read_dataset(starter_folder()))


@pytest.fixture(scope="session")
def context(warehouse: Warehouse) -> Context:
    """What a tool of this room reaches: the warehouse; it needs no library and no earlier facts."""
    return Context(warehouse, cast(Any, None), cast(Any, None))
