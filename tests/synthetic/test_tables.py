"""Synthetic tables: the starter's schemas, sums and balances that hold, a mark on every row, and no answer from them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from assistant.cli.start import start
from data.dataset import PACKAGE, active_dataset, find_dataset, list_datasets, read_dataset, starter_folder, use_dataset
from data.errors import BadRequest
from data.home import state_folder
from data.synthetic.write import LABEL, write_tables
from data.warehouse import open_warehouse

CLOSE = 1e-9  # relative


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tables(tmp_path_factory.mktemp("synthetic"), seed=11)


@pytest.fixture(scope="module")
def books(folder: Path) -> duckdb.DuckDBPyConnection:
    db = duckdb.connect()
    for path in folder.glob("*.parquet"):
        db.execute(f"CREATE VIEW {path.stem} AS SELECT * FROM '{path}'")
    return db


def _all(books: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return books.execute(sql).fetchall()


def _equal(books: duckdb.DuckDBPyConnection, left: str, right: str, keys: str) -> None:
    """Two sums by the same keys agree, and there are some."""
    sql = f"SELECT count(*), max(abs(a.v - b.v) / (abs(a.v) + 1e-12)), count(b.v) FROM ({left}) a FULL JOIN ({right}) b USING ({keys})"
    count, worst, held = _all(books, sql)[0]
    assert count > 0 and held == count and worst < CLOSE


def test_schemas_are_the_starters_with_the_mark_last(folder: Path) -> None:
    import pyarrow.parquet as pq

    starter, made = read_dataset(starter_folder()), read_dataset(folder)
    assert made.synthetic and len(made.resources) == 15
    for resource in made.resources:
        like = starter.resource(resource.name)
        assert resource.fields[:-1] == like.fields and resource.fields[-1].name == LABEL
        assert resource.primary_key == like.primary_key and resource.sources == ("synthetic",)
        ours, theirs = pq.read_schema(folder / resource.path), pq.read_schema(like_path := starter.folder / like.path)
        assert ours.names[:-1] == theirs.names, like_path
        assert [ours.field(n).type for n in theirs.names] == [theirs.field(n).type for n in theirs.names]
        assert ours.metadata[b"synthetic"] == b"true" and resource.title.en.startswith("[Synthetic]")


def test_every_row_is_marked_and_no_place_is_real(folder: Path, books: duckdb.DuckDBPyConnection) -> None:
    for path in folder.glob("*.parquet"):
        total, marked = _all(books, f"SELECT count(*), count(*) FILTER ({LABEL}) FROM {path.stem}")[0]
        assert total == marked > 0
    real = {r[0] for r in books.execute(f"SELECT code FROM '{starter_folder() / 'provinces.parquet'}'").fetchall()}
    assert not {r[0] for r in _all(books, "SELECT code FROM provinces")} & real
    assert all("合成" in r[0] for r in _all(books, "SELECT city_zh FROM city_co2"))


def test_rows_and_columns_of_the_table_balance(books: duckdb.DuckDBPyConnection) -> None:
    used = (
        "SELECT region, product, v FROM (SELECT region, product, sum(value_100m_yuan) AS v FROM mrio_use GROUP BY ALL UNION ALL "
        "SELECT region, product, sum(domestic_100m_yuan) FROM mrio_final WHERE category <> 'stock_change' GROUP BY ALL)"
    )
    delivered = (
        f"SELECT t.origin AS region, t.product AS sector, sum(t.share * u.v) AS v FROM mrio_trade t JOIN (SELECT region, product, sum(v) AS v "
        f"FROM ({used}) GROUP BY ALL) u ON u.region = t.destination AND u.product = t.product GROUP BY ALL"
    )
    rows = "SELECT region, sector, d.v + exports_100m_yuan + stock_change_100m_yuan AS v FROM mrio_sector "
    rows += f"JOIN ({delivered}) d USING (region, sector)"
    output = "SELECT region, sector, output_100m_yuan AS v FROM mrio_sector"
    _equal(books, output, rows, "region, sector")
    bought = "SELECT region, buyer AS sector, sum(value_100m_yuan) AS v FROM mrio_use GROUP BY ALL"
    columns = "SELECT region, sector, b.v + imported_inputs_100m_yuan + value_added_100m_yuan AS v FROM mrio_sector "
    columns += f"JOIN ({bought}) b USING (region, sector)"
    _equal(books, output, columns, "region, sector")
    least, lowest = _all(books, "SELECT min(output_100m_yuan), min(value_added_100m_yuan) FROM mrio_sector")[0]
    assert least > 0 and lowest > 0
    assert (
        _all(
            books, "SELECT max(abs(s - 1)) FROM (SELECT sum(share) AS s FROM mrio_trade GROUP BY product, destination)"
        )[0][0]
        < 1e-12
    )


def test_imports_and_stocks_agree(books: duckdb.DuckDBPyConnection) -> None:
    inputs, products, final = _all(
        books,
        "SELECT (SELECT sum(imported_inputs_100m_yuan) FROM mrio_sector), (SELECT sum(imports_100m_yuan) FROM mrio_sector), "
        "(SELECT sum(imported_100m_yuan) FROM mrio_final)",
    )[0]
    assert products == pytest.approx(inputs + final)
    _equal(
        books, "SELECT region, sector, stock_change_100m_yuan AS v FROM mrio_sector",
        "SELECT region, product AS sector, domestic_100m_yuan AS v FROM mrio_final WHERE category = 'stock_change'", "region, sector",
    )  # fmt: skip


def test_inventories_add_up(books: duckdb.DuckDBPyConnection) -> None:
    _equal(books, "SELECT region, year, sum(mt) AS v FROM co2 GROUP BY ALL",
           "SELECT region, year, mt AS v FROM co2_published WHERE sector_no = 0", "region, year")  # fmt: skip
    _equal(books, "SELECT region, year, sum(mt) AS v FROM co2 WHERE sector_no < 46 GROUP BY ALL",
           "SELECT region, year, sum(mt) AS v FROM co2_42 GROUP BY ALL", "region, year")  # fmt: skip
    for table, value in (
        ("co2", "mt"),
        ("gdp", "gdp_100m_yuan"),
        ("population", "population_10k"),
        ("power_generation", "twh"),
    ):
        _equal(books, f"SELECT year, sum({value}) AS v FROM {table} WHERE region <> 'CN' GROUP BY year",
               f"SELECT year, sum({value}) AS v FROM {table} WHERE region = 'CN' GROUP BY year", "year")  # fmt: skip
    _equal(books, "SELECT zh, year, sum(c.mt) AS v FROM co2 c JOIN provinces ON code = region GROUP BY ALL",
           "SELECT zh, year, sum(mt) AS v FROM city_co2 JOIN provinces ON starts_with(city_zh, zh) GROUP BY ALL", "zh, year")  # fmt: skip


def test_value_added_is_gdp_and_power_is_accounted_for(books: duckdb.DuckDBPyConnection) -> None:
    _equal(books, "SELECT region, sum(value_added_100m_yuan) AS v FROM mrio_sector GROUP BY ALL",
           "SELECT region, gdp_100m_yuan AS v FROM gdp WHERE year = 2017 AND region <> 'CN'", "region")  # fmt: skip
    net = (
        "SELECT region, year, sum(v) AS v FROM (SELECT region, year, twh AS v FROM power_generation WHERE region <> 'CN' UNION ALL "
        "SELECT destination, year, twh FROM power_trade UNION ALL SELECT origin, year, -twh FROM power_trade) GROUP BY ALL"
    )
    _equal(books, "SELECT region, year, twh AS v FROM power_consumption WHERE region <> 'CN'", net, "region, year")


def test_the_same_seed_gives_the_same_files_and_another_does_not(folder: Path, tmp_path: Path) -> None:
    again, other = write_tables(tmp_path / "a", seed=11), write_tables(tmp_path / "b", seed=12)
    for path in folder.iterdir():
        assert (again / path.name).read_bytes() == path.read_bytes()
    assert (other / "co2.parquet").read_bytes() != (folder / "co2.parquet").read_bytes()


def test_jsonl_says_so_on_every_line(tmp_path: Path) -> None:
    made = write_tables(tmp_path / "j", seed=1, regions=2, form="jsonl")
    lines = [json.loads(line) for line in (made / "gdp.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) == 21 and all(line[LABEL] is True for line in lines)
    assert json.loads((made / PACKAGE).read_text("utf-8"))[LABEL] is True


@pytest.mark.parametrize("regions", [1, 9])
def test_so_many_provinces_there_are_not(tmp_path: Path, regions: int) -> None:
    with pytest.raises(BadRequest, match="2 to 8"):
        write_tables(tmp_path, seed=1, regions=regions)


def test_a_real_dataset_is_not_overwritten(tmp_path: Path) -> None:
    shutil.copy(starter_folder() / PACKAGE, tmp_path / PACKAGE)
    with pytest.raises(BadRequest, match="not synthetic"):
        write_tables(tmp_path, seed=1)


@pytest.fixture
def installed(folder: Path) -> Iterator[str]:
    """The synthetic dataset among the installed ones; the pointer is put back."""
    home = state_folder("datasets") / "made-up"
    shutil.copytree(folder, home)
    pointer = state_folder() / "dataset"
    before = pointer.read_text("utf-8") if pointer.is_file() else None
    yield "made-up"
    shutil.rmtree(home)
    if before is None:
        pointer.unlink(missing_ok=True)
    else:
        pointer.write_text(before, "utf-8")


def test_it_is_listed_but_never_used(installed: str) -> None:
    assert any(d.synthetic for d in list_datasets()) and not active_dataset().synthetic
    with pytest.raises(BadRequest, match="invented"):
        use_dataset(installed)
    assert not active_dataset().synthetic
    with pytest.raises(BadRequest, match="never for answers"):
        open_warehouse(find_dataset(installed))


def test_a_pointer_written_by_hand_does_not_help(installed: str, capsys: pytest.CaptureFixture[str]) -> None:
    (state_folder() / "dataset").write_text(f"{installed}\n", "utf-8")
    with pytest.raises(BadRequest, match="synthetic"):
        active_dataset()
    assert start(["sql", "SELECT 1"]) != 0
    assert "synthetic" in capsys.readouterr().err


def test_the_command_writes_and_use_is_refused_in_words(
    installed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start(["synthetic", "tables", "--out", str(tmp_path / "t"), "--provinces", "2", "--lang", "en"]) == 0
    assert (tmp_path / "t" / "co2.parquet").is_file()
    assert start(["data", "use", installed, "--lang", "en"]) != 0
    assert "never for answers" in capsys.readouterr().err
