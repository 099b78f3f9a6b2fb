"""Both lanes of the shipped dataset, computed once for all tests of this room."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.dataset import read_dataset, starter_folder
from data.warehouse import Warehouse, open_warehouse
from knowledge.search import open_library
from tools.declare import Context
from tools.result import Fact
from tools.roadmap.engine import Engine, engine
from tools.roadmap.model import Model, Path
from tools.roadmap.names import SCENARIO_CODES


@pytest.fixture(scope="session")
def warehouse() -> Warehouse:
    return open_warehouse(read_dataset(starter_folder()))


@pytest.fixture(scope="session")
def china(warehouse: Warehouse) -> Engine:
    return engine(warehouse, "china")


@pytest.fixture(scope="session")
def provinces(warehouse: Warehouse) -> Engine:
    return engine(warehouse, "provinces")


@pytest.fixture(scope="session")
def one_factor(china: Engine, provinces: Engine) -> Callable[[str, str], Path]:
    """Paths by lane and scenario with everything after 2019 in step with the one national index, as the figures of the
    method specification were made."""
    models: dict[str, Model] = {}

    def path(lane: str, scenario: str) -> Path:
        if lane not in models:
            whole = {"china": china, "provinces": provinces}[lane].model
            models[lane] = Model(
                whole.economy, whole.solver.inverse, whole.inventory, whole.drivers, whole.defaults, None
            )
        model = models[lane]
        return model.run(scenario, model.curves(scenario), SCENARIO_CODES[scenario])

    return path


def _no_fact(name: str) -> Fact:
    raise KeyError(name)


@pytest.fixture(scope="session")
def context(warehouse: Warehouse) -> Context:
    return Context(warehouse, open_library(), _no_fact)
