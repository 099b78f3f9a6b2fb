"""The warehouse: built once, aside, then only read; documented; safe between threads and processes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from data.dataset import Dataset, read_dataset, starter_folder
from data.errors import DatasetError, StateError
from data.views import VIEWS, views_of
from data.warehouse import Warehouse, open_warehouse


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TANLU_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_rows_and_records(warehouse: Warehouse) -> None:
    sql = "SELECT region, sum(mt) AS mt FROM co2 WHERE region = ? AND year = $2 GROUP BY region"
    assert warehouse.rows(sql.replace("$2", "?"), ("GD", 2017)) == [("GD", pytest.approx(556.86, abs=0.005))]
    record = warehouse.records("SELECT * FROM provinces WHERE code = $code", {"code": "GD"})[0]
    assert (record["en"], record["zh"], record["grid"]) == ("Guangdong", "广东", "South")


def test_it_is_built_once_and_shared(home: Path, starter: Dataset) -> None:
    first = open_warehouse(starter)
    written = first.path.stat().st_mtime_ns
    assert open_warehouse(starter) is first
    assert first.path.stat().st_mtime_ns == written
    assert [p.suffix for p in sorted((home / "warehouse").iterdir())] == [".duckdb", ".lock"]
    assert starter.checksum[:16] in first.path.name


def test_a_half_built_file_left_behind_is_never_opened(home: Path, starter: Dataset) -> None:
    folder = home / "warehouse"
    folder.mkdir(parents=True)
    name = open_warehouse(starter).path.name
    (folder / name).unlink()
    (folder / name.replace(".duckdb", ".part")).write_bytes(b"half")
    assert open_warehouse(starter).rows("SELECT count(*) FROM provinces") == [(31,)]
    assert not list(folder.glob("*.part"))


def test_two_processes_may_build_at_once(home: Path) -> None:
    code = "from data.warehouse import open_warehouse as o; print(o().rows('SELECT count(*) FROM co2')[0][0])"
    children = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
        for _ in range(2)
    ]
    counts = {int(child.communicate(timeout=60)[0]) for child in children}
    assert counts == {31 * 23 * 47 * 18}
    assert len(list((home / "warehouse").glob("*.duckdb"))) == 1


def test_a_changed_file_is_caught_and_nothing_is_left(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "changed"
    shutil.copytree(starter_folder(), folder)
    raw = bytearray((folder / "gdp.parquet").read_bytes())
    raw[len(raw) // 2] ^= 0xFF
    (folder / "gdp.parquet").write_bytes(raw)
    with pytest.raises(DatasetError, match=r"gdp\.parquet"):
        open_warehouse(read_dataset(folder))
    assert not list((home / "warehouse").glob("*.duckdb"))


def test_a_damaged_warehouse_file_is_named_with_its_mend(tmp_path: Path, starter: Dataset) -> None:
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(b"not a database at all" * 1000)
    with pytest.raises(StateError, match="delete it"):
        Warehouse(starter, path)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE gdp SET gdp_100m_yuan = 0",
        "CREATE TABLE t (x int)",
        "COPY gdp TO 'gdp.csv'",
        "ATTACH 'x.db'",
        "SET threads = 8",
        "SET enable_external_access = true",
        "SELECT * FROM read_csv('/etc/passwd')",
    ],
)
def test_it_is_locked(warehouse: Warehouse, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        warehouse.rows(sql)


def test_threads_share_it(warehouse: Warehouse) -> None:
    years = list(range(1997, 2020)) * 4
    sql = "SELECT sum(mt) FROM co2 WHERE region = 'CN' AND year = ?"
    alone = [warehouse.rows(sql, (year,)) for year in years]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda year: warehouse.rows(sql, (year,)), years))
    assert together == alone  # to the last digit: sums always add in one order


def test_every_table_column_and_view_is_documented(warehouse: Warehouse) -> None:
    bare = "SELECT {0}_name FROM duckdb_{0}s() WHERE NOT internal AND coalesce(comment, '') = ''"
    for kind in ("table", "view"):
        assert warehouse.rows(bare.format(kind)) == []
    columns = "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND coalesce(comment, '') = ''"
    views = {view.name for view in views_of(warehouse.dataset)}
    assert [row for row in warehouse.rows(columns) if row[0] not in views] == []


@pytest.mark.parametrize("view", VIEWS, ids=lambda v: v.name)
def test_views_give_rows(warehouse: Warehouse, view: object) -> None:
    name = view.name  # type: ignore[attr-defined]
    assert warehouse.rows(f"SELECT count(*) > 100 FROM {name}") == [(True,)]


def test_views_agree_with_their_tables(warehouse: Warehouse) -> None:
    total = warehouse.rows("SELECT sum(mt) FROM co2")[0][0]
    for view in ("co2_totals", "co2_by_sector", "co2_by_fuel"):
        assert warehouse.rows(f"SELECT sum(mt) FROM {view}")[0][0] == pytest.approx(total, rel=1e-12)
    net = warehouse.rows("SELECT sum(net_twh) FROM power_net_import WHERE year = 2019")[0][0]
    assert net == pytest.approx(0, abs=1e-9)
    row = warehouse.records("SELECT * FROM co2_intensity WHERE region = 'GD' AND year = 2017")[0]
    assert row["kg_per_10k_yuan"] == pytest.approx(556.859017e9 / (91648.7 * 1e4), rel=1e-4)
    nation = warehouse.rows("SELECT region_zh, region_en FROM co2_totals WHERE region = 'CN' LIMIT 1")
    assert nation == [("全国", "China")]
