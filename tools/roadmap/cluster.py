"""Large ensembles on several processes: of this machine, or of a Dask cluster where TANLU_DASK names its scheduler.

The dates of an ensemble are parted among the workers; each date is solved whole by one of them, so the result does not
depend on where or on how many it ran. A worker opens the dataset by its folder and keeps the engine it has built.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from data.errors import NotAvailable, StateError
from data.text import Text
from tools.roadmap.bands import ANNUAL, SEED, Band, Design, banded, draw, gross_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.roadmap.engine import Engine
    from tools.roadmap.state import Lane

    Array = NDArray[np.float64]

ADDRESS = "TANLU_DASK"
_WAIT = 10  # seconds for the scheduler to answer
_MOST = 8  # processes of this machine


@dataclass(frozen=True)
class Task:
    """Some dates of a standard scenario's ensemble; all that a worker is told."""

    folder: str
    checksum: str
    lane: Lane
    scenario: str
    design: Design
    runs: int
    seed: int
    dates: tuple[int, ...]


def solve(task: Task) -> Array:
    """Gross emissions of the task's dates, (N, D, R). Raises StateError where the worker's dataset is another one."""
    from data.dataset import read_dataset
    from data.warehouse import open_warehouse
    from tools.roadmap.engine import engine

    dataset = read_dataset(Path(task.folder))
    if dataset.checksum != task.checksum:
        raise _other_dataset(task.folder)
    found = engine(open_warehouse(dataset), task.lane)
    draws = draw(found.model.defaults, task.design, task.runs, task.seed)
    return gross_of(found.model, task.scenario, found.path(task.scenario).deployment, draws, task.dates)


def annual(engine: Engine, scenario: str, design: Design = "delivery", runs: int = 500, seed: int = SEED,
           workers: int | None = None, address: str | None = None) -> Band:  # fmt: skip
    """An ensemble of a standard scenario for every year from 2026 on.

    Runs on the Dask scheduler ``address`` (by default that of TANLU_DASK, if it is set), else on ``workers`` processes of
    this machine (by default one per core; with one, in this process). Raises NotAvailable where Dask is not installed
    and StateError where its scheduler does not answer.
    """
    address = address or os.environ.get(ADDRESS) or None
    if engine.own is not None:  # private figures stay in this process; a worker knows the standard engine only
        address, workers = None, 1
    path = engine.path(scenario)
    if address is None and workers is None:
        workers = min(os.cpu_count() or 1, _MOST)
    if address is None and workers == 1:
        draws = draw(engine.model.defaults, design, runs, seed)
        gross = gross_of(engine.model, scenario, path.deployment, draws, ANNUAL)
    else:
        gross = _parted(engine, scenario, design, runs, seed, workers, address)
    return banded(engine.model, scenario, gross, path.gross, design, ANNUAL)


def _parted(engine: Engine, scenario: str, design: Design, runs: int, seed: int, workers: int | None,
            address: str | None) -> Array:  # fmt: skip
    def tasks(parts: int) -> list[Task]:
        dataset = engine.warehouse.dataset
        lane = engine.model.economy.lane
        return [
            Task(str(dataset.folder), dataset.checksum, lane, scenario, design, runs, seed, ANNUAL[n::parts])
            for n in range(parts)
        ]

    if address is not None:
        return _joined(*_on_dask(tasks, address))
    given = tasks(workers or 1)
    # spawned, not forked: the warehouse's threads and locks do not survive a fork
    with ProcessPoolExecutor(len(given), mp_context=get_context("spawn")) as pool:
        return _joined(given, list(pool.map(solve, given)))


def _on_dask(tasks: Callable[[int], list[Task]], address: str) -> tuple[list[Task], list[Array]]:
    """The tasks, one for each worker, and what they give."""
    client = _client(address)
    try:
        workers = len(client.scheduler_info(n_workers=-1)["workers"])
        if not workers:
            raise StateError(
                "dask_idle",
                Text(f"Dask 调度器 {address} 没有工作进程；请先用 `dask worker {address}` 启动。",
                     f"The Dask scheduler {address} has no workers; start some with `dask worker {address}`."),
            )  # fmt: skip
        given = tasks(workers)
        return given, list(client.gather(client.map(solve, given, pure=False)))
    finally:
        client.close()


def _client(address: str) -> Any:
    try:
        client = import_module("distributed").Client
    except ImportError as error:
        raise NotAvailable(
            "no_dask",
            Text(f"设置了 {ADDRESS}，但未安装 Dask；请运行 `pip install dask distributed`，或取消该变量以在本机计算。",
                 f"{ADDRESS} is set but Dask is not installed; run `pip install dask distributed`, or unset it to compute on "
                 "this machine."),
        ) from error  # fmt: skip
    try:
        return client(address, timeout=_WAIT, set_as_default=False)
    except (OSError, ValueError) as error:  # no answer; no address
        raise StateError(
            "dask_unreachable",
            Text(f"无法连接 Dask 调度器 {address}（由 {ADDRESS} 指定）；请检查地址与调度器，或取消该变量以在本机计算。",
                 f"The Dask scheduler {address} (from {ADDRESS}) does not answer; check the address and the scheduler, or unset it "
                 "to compute on this machine."),
        ) from error  # fmt: skip


def _joined(tasks: list[Task], parts: list[Array]) -> Array:
    """The dates back in order."""
    runs, _, regions = parts[0].shape
    out = np.empty((runs, len(ANNUAL), regions))
    for task, part in zip(tasks, parts, strict=True):
        out[:, [ANNUAL.index(y) for y in task.dates]] = part
    return out


def _other_dataset(folder: str) -> StateError:
    return StateError(
        "worker_dataset",
        Text(f"工作进程处的数据集 {folder} 与本机的不同；请在各工作进程上安装同一数据集。",
             f"The dataset {folder} of a worker is not the one of this machine; install the same one on all workers."),
    )  # fmt: skip


__all__ = ["ADDRESS", "Task", "annual", "solve"]
