"""The starter dataset and its warehouse, in the state folder of the test run."""

from __future__ import annotations

import pytest

from data.dataset import Dataset, read_dataset, starter_folder
from data.warehouse import Warehouse, open_warehouse


@pytest.fixture(scope="session")
def starter() -> Dataset:
    return read_dataset(starter_folder())


@pytest.fixture(scope="session")
def warehouse(starter: Dataset) -> Warehouse:
    return open_warehouse(starter)
