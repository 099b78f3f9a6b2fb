"""``tanlu data verify``: every checksum, key, unit, sum and balance of a dataset, each as one named check.

A module of checks is a function ``checks(warehouse) -> Iterator[Check]``; MODULES lists them. Checks of tables that a
dataset does not hold are left out.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass

from data.arrays import ArrayFile, sha256_of
from data.dataset import Dataset, active_dataset
from data.errors import TanluError
from data.package import BY_ROW, Resource
from data.text import Text, same
from data.warehouse import Warehouse, open_warehouse

MODULES: tuple[str, ...] = ("data.verify_figures", "data.verify_mrio", "data.verify_published")
_ARROW = {
    "string": ("string", "large_string"),
    "integer": ("int32", "int64"),
    "number": ("double", "float"),
    "boolean": ("bool",),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what was looked at, whether it holds, and the figures behind the verdict."""

    name: Text
    ok: bool
    detail: Text


@dataclass(frozen=True, slots=True)
class Report:
    """All checks of one dataset."""

    dataset: str
    version: str
    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether every check holds."""
        return all(check.ok for check in self.checks)


def verify(dataset: Dataset | None = None) -> Report:
    """Check a dataset (default: the active one). Figures are checked only where the files are what they should be.

    Raises DatasetError where the description itself cannot be read.
    """
    chosen = dataset or active_dataset()
    checks = list(check_files(chosen))
    if all(check.ok for check in checks):
        checks += check_description(chosen)
        checks += check_tables(open_warehouse(chosen))
    return Report(chosen.id, chosen.version, tuple(checks))


def check_files(dataset: Dataset) -> Iterator[Check]:
    """Checksums, columns, types and rows of the files, as the description says."""
    yield _all(
        Text("文件校验和", "Checksums of the files"),
        {
            entry.name: "" if sha256_of(dataset.folder / entry.path) == entry.sha256 else "sha256"
            for entry in _files(dataset)
        },
    )
    yield _all(
        Text("列、类型与行数", "Columns, types and rows"), {r.name: _shape(dataset, r) for r in dataset.resources}
    )


def _files(dataset: Dataset) -> Iterator[Resource | ArrayFile]:
    yield from dataset.resources
    yield from dataset.arrays


def check_description(dataset: Dataset) -> Iterator[Check]:
    """Units of the columns, and the sources behind them. Our own work names the page that describes it."""
    yield _all(Text("数值列均有单位", "Every number has its unit"), {r.name: _units(r) for r in dataset.resources})
    named = {s.id: "" if s.url.startswith(("https://", "http://", "docs/")) else s.url for s in dataset.sources}
    yield _all(Text("来源均有引文、条款与网址", "Sources have citation, terms and address"), named)


def check_tables(warehouse: Warehouse) -> Iterator[Check]:
    """Keys and missing values of every table, then the modules of figures."""
    yield _all(
        Text("主键唯一、必填无缺", "Keys are unique, required values are there"),
        {r.name: _keys(warehouse, r) for r in warehouse.dataset.resources},
    )
    for name in MODULES:
        yield from _guarded(name, warehouse)


def _guarded(module: str, warehouse: Warehouse) -> Iterator[Check]:
    """A module's checks; tables it cannot even read are a failed check, not an end of the report."""
    import duckdb

    try:
        yield from importlib.import_module(module).checks(warehouse)
    except (TanluError, duckdb.Error) as error:
        told = error.message if isinstance(error, TanluError) else same(str(error).splitlines()[0])
        yield Check(Text("其余检查无法进行", "The remaining checks cannot be made"), False, told)


def _all(name: Text, faults: dict[str, str]) -> Check:
    """One check over many things; the detail counts them or names those at fault."""
    bad = {key: fault for key, fault in faults.items() if fault}
    if not bad:
        return Check(name, True, Text(f"{len(faults)}项均符合", f"all {len(faults)} hold"))
    listed = ", ".join(f"{key} ({fault})" for key, fault in sorted(bad.items())[:5])
    return Check(name, False, Text(f"{len(bad)}项不符：{listed}", f"{len(bad)} do not hold: {listed}"))


def _shape(dataset: Dataset, resource: Resource) -> str:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(dataset.folder / resource.path) as file:
            schema, rows = file.schema_arrow, file.metadata.num_rows
    except (pa.ArrowException, OSError):
        return "unreadable"
    if schema.names != [field.name for field in resource.fields]:
        return "columns"
    wrong = [f.name for f in resource.fields if str(schema.field(f.name).type) not in _ARROW[f.type]]
    if wrong:
        return f"type of {wrong[0]}"
    return "" if rows == resource.rows else f"{rows} rows, not {resource.rows}"


def _units(resource: Resource) -> str:
    names = {field.name for field in resource.fields}
    for field in resource.fields:
        if field.type == "number" and field.unit is None:
            return field.name
        if field.unit == BY_ROW and "unit" not in names:
            return f"{field.name}: no column unit"
    return ""


def _keys(warehouse: Warehouse, resource: Resource) -> str:
    key = ", ".join(f'"{name}"' for name in resource.primary_key)
    table = f'"{resource.name}"'
    rows, distinct = warehouse.rows(
        f"SELECT (SELECT count(*) FROM {table}), (SELECT count(*) FROM (SELECT DISTINCT {key} FROM {table}))"
    )[0]
    if rows != distinct:
        return f"{rows - distinct} double keys"
    required = [f'"{f.name}" IS NULL' for f in resource.fields if f.required]
    missing = warehouse.rows(f"SELECT count(*) FROM {table} WHERE {' OR '.join(required) or 'false'}")[0][0]
    return f"{missing} missing values" if missing else ""


def broken_datasets() -> dict[str, Text]:
    """Installed datasets that cannot be read, by name, with what is wrong (``list_datasets`` leaves them out)."""
    from data.dataset import installed_folders, read_dataset

    wrong: dict[str, Text] = {}
    for name, folder in installed_folders().items():
        try:
            read_dataset(folder)
        except TanluError as error:
            wrong[name] = error.message
    return wrong
