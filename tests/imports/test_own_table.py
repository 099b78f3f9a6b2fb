"""A table with labels of its own: read, solved without its inverse, answered in its own names, in chat as well."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before
from data.dataset import Dataset, read_dataset, starter_folder, use_dataset
from data.errors import NotAvailable, UnknownName
from data.imports.importing import import_files
from data.warehouse import open_warehouse
from tests.imports.large import labels, write_large
from tools.declare import Context
from tools.mrio.algebra import power_of_dispersion, sensitivity_of_dispersion
from tools.mrio.own_table import own_table
from tools.mrio.own_table_system import own_table as load
from tools.mrio.solve import MANY, Solver, iterate
from tools.result import Basis, Fact, Result

REGIONS, SECTORS = 5, 12


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dataset]:
    folder = tmp_path_factory.mktemp("own")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TANLU_HOME", str(folder / "home"))
        outcome = import_files([write_large(folder / "lands.parquet", REGIONS, SECTORS)])
        assert outcome.dataset is not None
        yield outcome.dataset


@pytest.fixture(scope="module")
def context(dataset: Dataset) -> Context:
    return Context(open_warehouse(dataset), cast(Any, None), cast(Any, None))


@pytest.fixture(scope="module")
def L(context: Context) -> np.ndarray[Any, Any]:
    from pymrio.tools import iomath

    return np.asarray(iomath.calc_L(pd.DataFrame(np.asarray(load(context.warehouse).A))).to_numpy())


def facts(result: Result, ending: str) -> list[Fact]:
    return [f for f in result.facts if f.label.en.endswith(ending)]


def test_footprint_and_trade_equal_the_inverse(context: Context, L: Any) -> None:
    table = load(context.warehouse)
    caused = (table.f[:, None] * (L @ table.y)).reshape(REGIONS, SECTORS, REGIONS).sum(1)
    result = own_table.call({"region": "land 02", "measure": "footprint", "top": 50}, context)
    assert facts(result, "CO2 caused by its final use")[0].value == pytest.approx(caused[:, 1].sum(), rel=1e-9)
    assert facts(result, "CO2 emitted in it")[0].value == pytest.approx(
        float(np.asarray(table.co2).reshape(REGIONS, -1).sum(1)[1]), rel=1e-9
    )
    for k, name in enumerate(table.regions):
        assert facts(result, f"emitted in {name}")[0].value == pytest.approx(caused[k, 1], rel=1e-9)
    products = [f.value for f in result.facts if " for products of " in f.label.en]
    assert sum(products) == pytest.approx(caused[:, 1].sum(), rel=1e-9)
    trade = own_table.call({"region": "Land 02", "measure": "trade"}, context)
    into, out = caused[:, 1].sum() - caused[1, 1], caused[1].sum() - caused[1, 1]
    assert facts(trade, "embodied CO2 from the other regions")[0].value == pytest.approx(into, rel=1e-9)
    assert facts(trade, "embodied CO2 sent to the other regions")[0].value == pytest.approx(out, rel=1e-9)
    ranked = own_table.call({"measure": "footprint"}, context)
    assert [f.region for f in facts(ranked, "caused by its final use")] == [
        table.regions[k] for k in np.argsort(-caused.sum(0))
    ]
    assert {f.basis for f in result.facts} == {Basis.DERIVED}


def test_multipliers_and_linkages(context: Context, L: Any) -> None:
    result = own_table.call({"region": "Land 03", "sector": "Branch 005", "measure": "multiplier"}, context)
    at = 2 * SECTORS + 4
    assert facts(result, "output multiplier of Branch 005")[0].value == pytest.approx(L[:, at].sum(), rel=1e-9)
    table = load(context.warehouse)
    embodied = table.f @ L
    against = embodied[at] / (embodied @ table.x / table.x.sum())
    assert facts(result, "CO2 multiplier of Branch 005 against the table's average")[0].value == pytest.approx(
        against, rel=1e-9
    )
    power, sensitivity = table.linkages()
    assert np.allclose(power, power_of_dispersion(L), rtol=1e-9) and np.allclose(
        sensitivity, sensitivity_of_dispersion(L), rtol=1e-9
    )
    assert own_table.call({"measure": "linkages"}, context).facts


def test_names_and_overview(context: Context) -> None:
    with pytest.raises(UnknownName) as caught:
        own_table.call({"region": "Lnd 2"}, context)
    assert "Land 02" in caught.value.nearest
    with pytest.raises(UnknownName, match="own_1"):
        own_table.call({"table": "own_9"}, context)
    listed = own_table.call({}, context)
    assert [f.value for f in listed.facts] == [REGIONS, SECTORS]
    starter = Context(open_warehouse(read_dataset(starter_folder())), cast(Any, None), cast(Any, None))
    with pytest.raises(NotAvailable):
        own_table.call({}, starter)


@pytest.mark.parametrize(
    ("question", "args"),
    [
        ("我导入的表里有哪些地区和部门？", {"measure": "overview"}), ("导入的表中各地区的碳足迹排名", {"measure": "footprint"}),
        ("Land 02 的碳足迹是多少", {"region": "Land 02", "measure": "footprint"}),
        ("What is the carbon footprint of Land 02 in my table?", {"region": "Land 02", "measure": "footprint"}),
        ("Highest multipliers in my table", {"measure": "multiplier"}), ("导入的表的关键部门", {"measure": "linkages"}),
        ("How much embodied carbon does Land 03 trade?", {"region": "Land 03", "measure": "trade"}),
        ("multiplier of Branch 004 in Land 01", {"region": "Land 01", "sector": "Branch 004", "measure": "multiplier"}),
    ],
)  # fmt: skip
def test_the_lane_reads_labels_of_the_table(dataset: Dataset, question: str, args: dict[str, str]) -> None:
    use_dataset(dataset.id)
    call = plan(question, Before()).calls[0]
    assert call.tool == "own_table" and {k: call.args[k] for k in args} == args
    assert plan("广东2017年碳排放总量", Before()).calls[0].tool == "figures", "the house's own names stay its own"
    use_dataset("starter")
    asked = any(c.tool == "own_table" for c in plan(question, Before()).calls)
    assert asked == ("导入的表" in question or "my table" in question), (
        "labels mean nothing here; 'my table' is told how to import"
    )


def test_a_table_without_co2_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    monkeypatch.setenv("TANLU_HOME", str(tmp_path / "home"))
    path = write_large(tmp_path / "lands.parquet", 3, 4)
    whole = pq.read_table(path)
    without = [pc.not_equal(pc.cast(whole[name], "string"), "co2") for name in ("from_sector", "to_sector")]
    pq.write_table(whole.filter(pc.and_(*without)), path)
    import_files([path])
    own = Context(open_warehouse(), cast(Any, None), cast(Any, None))
    with pytest.raises(NotAvailable) as caught:
        own_table.call({"measure": "footprint"}, own)
    assert caught.value.code == "no_co2_in_table"
    assert own_table.call({"measure": "multiplier"}, own).facts


@pytest.mark.parametrize("transposed", [False, True])
def test_every_way_to_solve_agrees(transposed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(3)
    n = 60
    A = random.random((n, n)) ** 6
    A *= 0.7 / A.sum(0)
    Y = random.random((n, MANY + 3))
    exact = np.linalg.solve((np.eye(n) - A).T if transposed else np.eye(n) - A, Y)
    small = Solver(A)
    monkeypatch.setattr("tools.mrio.solve.INVERSE_UP_TO", 10)
    large = Solver(A)
    assert not large.small
    with pytest.raises(NotAvailable):
        _ = large.L
    for solver in (small, large):
        way = solver.solve_transposed if transposed else solver.solve
        assert np.allclose(way(Y[:, 0]), exact[:, 0], rtol=1e-11), "one column, by iteration where large"
        assert np.allclose(way(Y), exact, rtol=1e-11), "many, by factors where large"
    assert large._factors is not None and small._factors is None
    near = iterate(A, Y[:, 0] * 1.001, exact[:, 0], transposed)
    assert near is not None and np.allclose(near, exact[:, 0] * 1.001, rtol=1e-11)
    if not transposed:
        other = A.copy()
        other[7] *= 0.9
        other[:, 11] *= 1.2
        fresh = np.linalg.solve(np.eye(n) - other, Y[:, 0])
        for solver in (small, large):
            assert np.allclose(solver.changed(other, Y[:, 0], exact[:, 0]), fresh, rtol=1e-11)
        with pytest.raises(NotAvailable):
            small.changed(np.eye(n) * 1.5, Y[:, 0], exact[:, 0])
    assert iterate(np.eye(3) * 1.5, np.ones(3)) is None, "what does not settle is said"


LARGE = """
import sys, time
from pathlib import Path
from data.imports.importing import import_files
from data.warehouse import open_warehouse
from tools.declare import Context
from tools.mrio.own_table import own_table
start = time.perf_counter()
assert import_files([Path(sys.argv[1])]).dataset is not None
imported = time.perf_counter() - start
context = Context(open_warehouse(), None, None)
start = time.perf_counter()
result = own_table.call({"region": "Land 07", "measure": "footprint"}, context)
first = time.perf_counter() - start
start = time.perf_counter()
own_table.call({"region": "Land 08", "measure": "footprint"}, context)
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(imported, first, time.perf_counter() - start, int(peak.split()[1]) / 2**20, result.facts[0].value)
"""


@pytest.mark.slow
def test_nine_thousand_eight_hundred_sectors(tmp_path: Path) -> None:
    """49 regions x 200 sectors import and answer a footprint within 24 GB, the inverse never formed."""
    import os

    path = write_large(tmp_path / "large.parquet")
    done = subprocess.run(
        [sys.executable, "-c", LARGE, str(path)], cwd=Path(__file__).parents[2], capture_output=True, text=True,
        env={**os.environ, "TANLU_HOME": str(tmp_path / "home"), "OMP_NUM_THREADS": "2"}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    imported, first, second, peak, value = map(float, done.stdout.split())
    print(f"import {imported:.1f} s, first footprint {first:.1f} s, next {second:.1f} s, peak {peak:.2f} GB")
    assert peak < 24 and value > 0
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 24 * 2**20
    assert len(labels(49, 200)[1]) == 200
