"""Both lanes of the shipped dataset, computed once for all tests of this room."""

from __future__ import annotations

import pytest

from data.dataset import read_dataset, starter_folder
from data.warehouse import Warehouse, open_warehouse
from knowledge.search import open_library
from tools.declare import Context
from tools.result import Fact
from tools.roadmap.engine import Engine, engine


@pytest.fixture(scope="session")
def warehouse() -> Warehouse:
    return open_warehouse(read_dataset(starter_folder()))


@pytest.fixture(scope="session")
def china(warehouse: Warehouse) -> Engine:
    return engine(warehouse, "china")


@pytest.fixture(scope="session")
def provinces(warehouse: Warehouse) -> Engine:
    return engine(warehouse, "provinces")


def _no_fact(name: str) -> Fact:
    raise KeyError(name)


@pytest.fixture(scope="session")
def context(warehouse: Warehouse) -> Context:
    return Context(warehouse, open_library(), _no_fact)
