"""Shared fixtures: an own state folder for every test run, and the rule that CI may not skip the browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

import assistant  # noqa: F401  (sets the threads of BLAS before any test loads NumPy)

if TYPE_CHECKING:
    from data.warehouse import Warehouse
    from tools.declare import Context
    from tools.mrio.system import System


@pytest.fixture(scope="session", autouse=True)
def state_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One state folder per worker, so that tests share a warehouse and an index but nothing of the user's."""
    home = tmp_path_factory.mktemp("tanlu-home")
    before = os.environ.get("TANLU_HOME")
    os.environ["TANLU_HOME"] = str(home)
    yield home
    if before is None:
        del os.environ["TANLU_HOME"]
    else:
        os.environ["TANLU_HOME"] = before


@pytest.fixture(scope="session")
def warehouse(state_home: Path) -> Warehouse:
    """The starter dataset's warehouse in the test run's own state folder."""
    from data.dataset import read_dataset, starter_folder
    from data.warehouse import open_warehouse

    return open_warehouse(read_dataset(starter_folder()))


@pytest.fixture(scope="session")
def context(warehouse: Warehouse) -> Context:
    """What a tool reaches that needs no library and no earlier facts: the warehouse."""
    from tools.declare import Context

    return Context(warehouse, cast(Any, None), cast(Any, None))


@pytest.fixture(scope="session")
def provinces(warehouse: Warehouse) -> System:
    """The interprovincial system of 2017."""
    from tools.mrio.system import get_system

    return get_system(warehouse, 2017)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests are skipped where there is no Chromium, unless TANLU_REQUIRE_BROWSER says they must run."""
    if shutil.which("chromium") or os.environ.get("TANLU_REQUIRE_BROWSER"):
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine (Debian: chromium, fonts-noto-cjk)"))
