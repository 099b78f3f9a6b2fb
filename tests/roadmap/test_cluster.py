"""Ensembles of many runs and all years: equal on this process, on several, and on a real Dask cluster."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module

import numpy as np
import pytest

from data.errors import NotAvailable, StateError
from tools.roadmap.bands import ANNUAL, DATES, draw, ensemble, gross_of
from tools.roadmap.cluster import ADDRESS, Task, annual, solve
from tools.roadmap.engine import Engine

RUNS = 130  # more than one block of runs
HAS_DASK = importlib.util.find_spec("distributed") is not None


@pytest.fixture(autouse=True)
def _no_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ADDRESS, raising=False)


def test_blocks_and_years_of_an_ensemble_stand_by_themselves(china: Engine) -> None:
    path = china.path("dual_carbon")
    draws = draw(china.model.defaults, "delivery", RUNS)
    whole = gross_of(china.model, "dual_carbon", path.deployment, draws, (2030, 2060))
    for n in (0, 124, 125, 129):
        one = gross_of(china.model, "dual_carbon", path.deployment, draws.part(slice(n, n + 1)), (2030, 2060))
        assert np.allclose(one[0], whole[n], rtol=1e-5)
    band = annual(china, "dual_carbon", runs=RUNS, workers=1)
    sparse = ensemble(china.model, "dual_carbon", path.deployment, path.gross, runs=RUNS)
    assert band.dates == ANNUAL and len(ANNUAL) == 35
    assert np.array_equal(band.gross[:, [ANNUAL.index(y) for y in DATES]], sparse.gross)
    assert band.window((0,)) == sparse.window((0,)) and band.range(2045, (0,)) == sparse.range(2045, (0,))


def test_local_processes_give_what_one_process_gives(china: Engine) -> None:
    here = annual(china, "accelerated", "parameters", runs=24, workers=1)
    there = annual(china, "accelerated", "parameters", runs=24, workers=2)
    assert np.allclose(there.gross, here.gross, rtol=1e-9) and np.allclose(there.net, here.net, rtol=1e-9, atol=1e-6)


def test_a_worker_with_another_dataset_refuses(china: Engine) -> None:
    task = Task(str(china.warehouse.dataset.folder), "0" * 64, "china", "dual_carbon", "delivery", 2, 1, (2030,))
    with pytest.raises(StateError, match="not the one of this machine"):
        solve(task)


@pytest.mark.skipif(HAS_DASK, reason="dask.distributed is installed")
def test_without_dask_the_mend_is_named(china: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESS, "tcp://127.0.0.1:9")
    with pytest.raises(NotAvailable, match="pip install dask distributed"):
        annual(china, "dual_carbon", runs=2)


@pytest.fixture
def scheduler() -> Iterator[str]:
    """A scheduler and two worker processes on loopback."""
    client_of = import_module("distributed").Client

    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment}
    address = "tcp://127.0.0.1:18786"
    run = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    work = [sys.executable, "-m", "distributed.cli.dask_worker"]
    started = [subprocess.Popen([*run, "--host", "127.0.0.1", "--port", "18786", "--no-dashboard"], **quiet)]  # type: ignore[call-overload]
    try:
        for _ in range(2):
            started.append(
                subprocess.Popen([*work, address, "--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard", "--no-nanny"], **quiet)  # type: ignore[call-overload]
            )  # fmt: skip
        with client_of(address, timeout=40, set_as_default=False) as client:
            end = time.monotonic() + 40
            while len(client.scheduler_info(n_workers=-1)["workers"]) < 2:
                if time.monotonic() > end:
                    raise TimeoutError("the workers did not come up")
                time.sleep(0.2)
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
        for process in reversed(started):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:  # a worker that still says goodbye to its scheduler
                process.kill()


@pytest.mark.skipif(not HAS_DASK, reason="dask.distributed is not installed")
def test_a_two_worker_dask_cluster_gives_what_one_process_gives(
    china: Engine, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = annual(china, "dual_carbon", runs=40, workers=1)
    monkeypatch.setenv(ADDRESS, scheduler)
    there = annual(china, "dual_carbon", runs=40)
    assert np.allclose(there.gross, here.gross, rtol=1e-9)


@pytest.mark.skipif(not HAS_DASK, reason="dask.distributed is not installed")
def test_a_silent_scheduler_is_named(china: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.roadmap.cluster._WAIT", 1)
    with pytest.raises(StateError, match="does not answer"):
        annual(china, "dual_carbon", runs=2, address="tcp://127.0.0.1:9")
