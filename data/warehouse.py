"""The read-only DuckDB warehouse: one file per dataset checksum, built once under TANLU_HOME, then only read.

A locked DuckDB cannot read Parquet views, so the tables are real. The file is built aside under a file lock and
renamed; a half-built file is never opened.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.arrays import sha256_of
from data.dataset import Dataset, active_dataset, broken, no_synthetic
from data.errors import StateError
from data.home import state_folder
from data.package import Resource
from data.text import Text
from data.unwritable import system_reason
from data.views import views_of

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

LAYOUT = 2  # raise when views or comments change: the file's name carries it, so old files are never opened
# Everything a locked, read-only connection must refuse; ``lock_configuration`` goes last.
LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,
    "temp_directory": "",
    "memory_limit": "512MB",
    "threads": 1,  # a sum of floats then always adds in one order, and queries take milliseconds anyway
    "lock_configuration": True,
}
_KEPT = 3  # warehouse files kept: the one in use and two before it


class Warehouse:
    """The tables of one dataset, read-only. Safe to share between threads: each has its own cursor."""

    def __init__(self, dataset: Dataset, path: Path) -> None:
        import duckdb

        self.dataset = dataset
        self.path = path
        try:
            self._connection = duckdb.connect(str(path), read_only=True, config=LOCKED)
        except duckdb.Error as error:
            raise _unreadable(path) from error
        self._local = threading.local()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor: duckdb.DuckDBPyConnection | None = getattr(self._local, "cursor", None)
        if cursor is None:
            cursor = self._local.cursor = self._connection.cursor()
        return cursor

    def rows(self, sql: str, params: Sequence[object] | dict[str, object] = ()) -> list[tuple[Any, ...]]:
        """Rows of our own SQL (never a stranger's: see data/sandbox.py), with ``?`` or ``$name`` parameters."""
        return self._cursor().execute(sql, params).fetchall()

    def records(self, sql: str, params: Sequence[object] | dict[str, object] = ()) -> list[dict[str, Any]]:
        """As ``rows``, each row a dict by column name."""
        cursor = self._cursor().execute(sql, params)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def columns(self, sql: str, params: Sequence[object] | dict[str, object] = ()) -> dict[str, NDArray[Any]]:
        """As ``rows``, column by column as arrays: for many numbers at once. Missing values are masked."""
        found: dict[str, NDArray[Any]] = self._cursor().execute(sql, params).fetchnumpy()
        return found

    def has(self, table: str) -> bool:
        """Whether the dataset holds this table."""
        return self.dataset.has(table)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


_OPEN: dict[str, Warehouse] = {}
_OPENING = threading.Lock()


def open_warehouse(dataset: Dataset | None = None) -> Warehouse:
    """The warehouse of ``dataset`` (default: the active one), built first where it is not there yet.

    One Warehouse per file and process. Raises DatasetError for a broken dataset, BadRequest for a synthetic
    one, StateError where the state folder is in the way.
    """
    chosen = no_synthetic(dataset or active_dataset())
    path = state_folder("warehouse") / f"warehouse-{chosen.checksum[:16]}-{LAYOUT}.duckdb"
    with _OPENING:
        warehouse = _OPEN.get(str(path))
        if warehouse is None or not path.exists():
            if not path.exists():
                _build(chosen, path)
            warehouse = _OPEN[str(path)] = Warehouse(chosen, path)
        return warehouse


def _unreadable(path: Path) -> StateError:
    return StateError(
        "warehouse_unreadable",
        Text(f"数据仓库文件无法打开：{path}；请删除该文件后重试，它会自动重建。",
             f"The warehouse file {path} cannot be opened; delete it and try again, it will be rebuilt."),
    )  # fmt: skip


def _build(dataset: Dataset, path: Path) -> None:
    from filelock import FileLock, Timeout

    lock = FileLock(path.with_suffix(".lock"), timeout=120)
    try:
        with lock:
            if not path.exists():
                _write(dataset, path)
    except Timeout as error:
        raise StateError(
            "warehouse_locked",
            Text(f"另一个进程正在建立数据仓库；若并无此进程，请删除 {lock.lock_file} 后重试。",
                 f"Another process is building the warehouse; if there is none, delete {lock.lock_file} and try again."),
        ) from error  # fmt: skip
    except OSError as error:
        raise StateError(
            "warehouse_unwritable",
            Text(f"无法在 {path.parent} 建立数据仓库（{system_reason(error).zh}）；请检查磁盘空间与权限。",
                 f"The warehouse cannot be built in {path.parent} ({system_reason(error).en}); check disk space and permissions."),
        ) from error  # fmt: skip


def _write(dataset: Dataset, path: Path) -> None:
    import duckdb

    aside = path.with_suffix(".part")
    aside.unlink(missing_ok=True)
    connection = duckdb.connect(str(aside))
    try:
        for resource in dataset.resources:
            _load(connection, dataset, resource)
        for view in views_of(dataset):
            connection.execute(f'CREATE VIEW "{view.name}" AS {view.sql}')
            _comment(connection, "VIEW", f'"{view.name}"', view.description)
        for array in dataset.arrays:
            if sha256_of(dataset.folder / array.path) != array.sha256:
                raise broken(dataset.folder, f"文件 {array.path} 校验和不符", f"the checksum of {array.path} is wrong")
    finally:
        connection.close()
    aside.replace(path)
    _sweep(path)


def _load(connection: duckdb.DuckDBPyConnection, dataset: Dataset, resource: Resource) -> None:
    import duckdb

    parquet = dataset.folder / resource.path
    if sha256_of(parquet) != resource.sha256:
        raise broken(dataset.folder, f"文件 {resource.path} 校验和不符", f"the checksum of {resource.path} is wrong")
    try:
        # Names are checked by read_dataset; key order keeps scans by region and year short.
        order = ", ".join(f'"{name}"' for name in resource.primary_key)
        sql = f'CREATE TABLE "{resource.name}" AS SELECT * FROM read_parquet(?) ORDER BY {order}'
        connection.execute(sql, [str(parquet)])
        _comment(connection, "TABLE", f'"{resource.name}"', resource.title, resource.description)
        for field in resource.fields:
            unit = f" [{field.unit}]" if field.unit else ""
            _comment(connection, "COLUMN", f'"{resource.name}"."{field.name}"', field.description, unit=unit)
    except duckdb.Error as error:
        raise broken(
            dataset.folder, f"文件 {resource.path} 与说明不符", f"{resource.path} is not what its description says"
        ) from error


def _comment(connection: duckdb.DuckDBPyConnection, kind: str, name: str, *texts: Text, unit: str = "") -> None:
    words = " · ".join(f"{t.zh} / {t.en}" for t in texts) + unit
    quoted = words.replace("'", "''")
    connection.execute(f"COMMENT ON {kind} {name} IS '{quoted}'")


def _sweep(path: Path) -> None:
    """Remove the oldest warehouse files of datasets no longer used; one that another process holds is left."""
    files = sorted(path.parent.glob("warehouse-*.duckdb"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in files[_KEPT:]:
        if str(old) not in _OPEN and old != path:
            old.unlink(missing_ok=True)
            old.with_suffix(".lock").unlink(missing_ok=True)


__all__ = ["LAYOUT", "LOCKED", "Warehouse", "open_warehouse"]
