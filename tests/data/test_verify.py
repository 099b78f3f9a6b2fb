"""``verify``: all holds on the starter, and each kind of damage is found."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from data.dataset import Dataset, read_dataset, starter_folder
from data.verify import Report, verify


@pytest.fixture(scope="module")
def report(starter: Dataset) -> Report:
    return verify(starter)


def test_every_check_holds_on_the_starter(report: Report) -> None:
    assert [(c.name.en, c.detail.en) for c in report.checks if not c.ok] == []
    assert report.ok and len(report.checks) > 50


def test_the_anchors_of_the_readme_are_among_the_checks(report: Report) -> None:
    said = {c.name.en: c.detail.en for c in report.checks}
    assert said["Emissions of Guangdong, 2017"].startswith("556.859")
    assert said["Emissions of Shandong, 2017"].startswith("835.819")
    assert said["Power received by Guangdong from other provinces, 2019"].startswith("233")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "damaged"
    shutil.copytree(starter_folder(), folder)
    return folder


def rewrite(folder: Path, name: str, change: Callable[[pa.Table], pa.Table]) -> None:
    """Change a table and describe it anew, so that only the figures are wrong."""
    path = folder / f"{name}.parquet"
    table = change(pq.read_table(path))
    pq.write_table(table, path)
    package = folder / "datapackage.json"
    described: dict[str, Any] = json.loads(package.read_text("utf-8"))
    entry = next(r for r in described["resources"] if r["name"] == name)
    raw = path.read_bytes()
    entry.update(hash=f"sha256:{hashlib.sha256(raw).hexdigest()}", bytes=len(raw), rows=table.num_rows)
    package.write_text(json.dumps(described), "utf-8")


def failed(folder: Path) -> set[str]:
    return {c.name.en for c in verify(read_dataset(folder)).checks if not c.ok}


def test_a_changed_byte_is_found_and_stops_there(copy: Path) -> None:
    raw = bytearray((copy / "co2.parquet").read_bytes())
    raw[len(raw) // 2] ^= 1
    (copy / "co2.parquet").write_bytes(raw)
    report = verify(read_dataset(copy))
    assert not report.ok
    assert next(c.detail.en for c in report.checks if not c.ok) == "1 do not hold: co2 (sha256)"
    assert len(report.checks) == 2


def test_a_file_that_is_no_parquet_is_found(copy: Path) -> None:
    size = (copy / "gdp.parquet").stat().st_size
    (copy / "gdp.parquet").write_bytes(b"x" * size)
    assert failed(copy) == {"Checksums of the files", "Columns, types and rows"}


def test_one_changed_figure_breaks_the_sums(copy: Path) -> None:
    def change(table: pa.Table) -> pa.Table:
        values = table["mt"].to_pylist()
        values[next(i for i, v in enumerate(values) if v > 1)] += 0.001
        return table.set_column(table.schema.get_field_index("mt"), table.schema.field("mt"), pa.array(values))

    rewrite(copy, "co2", change)
    assert "Inventory: fuels and process add up to each printed sector total (Mt)" in failed(copy)


def test_tibet_as_zero_is_found(copy: Path) -> None:
    def change(table: pa.Table) -> pa.Table:
        tibet = pa.table({n: [v] for n, v in zip(table.column_names, ["XZ", 2017, 1, "Coke", 0.0], strict=True)})
        return pa.concat_tables([table, tibet.cast(table.schema)])

    rewrite(copy, "co2", change)
    assert "Tibet is absent from the inventories (no data, not zero)" in failed(copy)


def test_shifted_sector_labels_are_found(copy: Path) -> None:
    """A published copy books power under gas supply: 39 and 40 swapped."""

    def change(table: pa.Table) -> pa.Table:
        column = table["sector_no"]
        swapped = pc.if_else(pc.equal(column, 39), 40, pc.if_else(pc.equal(column, 40), 39, column))
        where = table.schema.get_field_index("sector_no")
        return table.set_column(where, table.schema.field("sector_no"), swapped.cast(pa.int32()))

    rewrite(copy, "co2", change)
    assert "Guangdong's largest emitter in 2017 is power and heat, not gas supply" in failed(copy)


def test_an_incomplete_interprovincial_table_is_found(copy: Path) -> None:
    rewrite(copy, "mrio_use", lambda table: table.slice(0, table.num_rows - 1))
    assert "The remaining checks cannot be made" in failed(copy)


def test_a_double_key_is_found(copy: Path) -> None:
    rewrite(copy, "gdp", lambda table: pa.concat_tables([table, table.slice(0, 1)]))
    assert "Keys are unique, required values are there" in failed(copy)


def test_kwh_factors_in_another_unit_are_found(copy: Path) -> None:
    def change(table: pa.Table) -> pa.Table:
        where = table.schema.get_field_index("kg_per_kwh")
        return table.set_column(where, table.schema.field(where), pc.multiply(table["kg_per_kwh"], 1000.0))

    rewrite(copy, "grid_factors", change)
    assert "Grid factors lie between 0.05 and 0.9, none for Tibet" in failed(copy)


def test_a_number_without_unit_is_found(copy: Path) -> None:
    package = copy / "datapackage.json"
    described = json.loads(package.read_text("utf-8"))
    entry = next(r for r in described["resources"] if r["name"] == "gdp")
    del entry["schema"]["fields"][2]["unit"]
    package.write_text(json.dumps(described), "utf-8")
    assert "Every number has its unit" in failed(copy)
