"""What every table group of the builder keeps to.

A module ``data/build/<group>.py`` defines

    def build(sources: Path, done: Mapping[str, pa.Table]) -> list[Built]: ...

``sources`` is the folder of source files (laid out as docs/dataset.md says); ``done`` holds the tables built by the
groups that stand before it in ``data.build.GROUPS``. A module may also define ``SOURCES: tuple[Source, ...]``, the
publications it adds to those of ``data/build/sources.py``. A missing or malformed source file raises DatasetError
(``missing_source`` and ``bad_source`` make them).
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import DatasetError
from data.package import BY_ROW, Field, Source
from data.text import Text

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Built:
    """One finished table and its description. ``table`` is made by ``from_rows`` or ``from_columns``."""

    name: str
    table: pa.Table
    title: Text
    description: Text
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    sources: tuple[str, ...]
    licence: Text


def from_columns(fields: Sequence[Field], columns: Mapping[str, Sequence[Any]], key: Sequence[str]) -> pa.Table:
    """An Arrow table in the order of ``fields``, sorted by ``key``; columns may be lists or NumPy arrays.

    Raises DatasetError where a required value is missing or a key stands twice.
    """
    import pyarrow as pa

    types = {"string": pa.string(), "integer": pa.int32(), "number": pa.float64(), "boolean": pa.bool_()}
    schema = pa.schema([pa.field(f.name, types[f.type], nullable=not f.required) for f in fields])
    table = pa.table([pa.array(columns[f.name], type=types[f.type]) for f in fields], schema=schema)
    for field in fields:
        if field.required and table[field.name].null_count:
            raise DatasetError(
                "missing_value",
                Text(f"列 {field.name} 不允许缺值，但有缺值；请检查源文件。",
                     f"Column {field.name} must be complete but has missing values; check the source file."),
            )  # fmt: skip
    if table.group_by(list(key)).aggregate([]).num_rows != table.num_rows:
        raise DatasetError(
            "double_key",
            Text(f"主键 {', '.join(key)} 有重复；请检查源文件。",
                 f"The key {', '.join(key)} is not unique; check the source file."),
        )  # fmt: skip
    return table.sort_by([(name, "ascending") for name in key])


def from_rows(fields: Sequence[Field], rows: Iterable[Sequence[Any]], key: Sequence[str]) -> pa.Table:
    """As ``from_columns``, from rows in the order of ``fields``."""
    gathered = list(zip(*rows, strict=True)) or [()] * len(fields)
    return from_columns(fields, {f.name: column for f, column in zip(fields, gathered, strict=True)}, key)


def missing_source(path: Path, sources: Path) -> DatasetError:
    """The error for a source file that is not there."""
    name = path.relative_to(sources) if path.is_relative_to(sources) else path
    return DatasetError(
        "missing_source",
        Text(f"缺少源文件 {name}；请按 docs/dataset.zh-CN.md 所列的布局补齐。",
             f"The source file {name} is missing; add it as docs/dataset.md lays out."),
    )  # fmt: skip


def bad_source(path: Path, zh: str, en: str) -> DatasetError:
    """The error for a source file that does not hold what it should."""
    return DatasetError(
        "bad_source",
        Text(f"源文件 {path.name} 有误：{zh}；请更正后重建。",
             f"The source file {path.name} is wrong: {en}; mend it and build again."),
    )  # fmt: skip


def read_csv(sources: Path, *parts: str) -> Iterator[dict[str, str]]:
    """Rows of a CSV (or .csv.gz) source file as text, blank cells as empty strings. Raises DatasetError."""
    path = sources.joinpath(*parts)
    if not path.is_file():
        raise missing_source(path, sources)
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        text = raw.decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise bad_source(path, "无法按 UTF-8 读取", "it cannot be read as UTF-8 text") from error
    yield from csv.DictReader(io.StringIO(text, newline=""))


def number(cell: str) -> float | None:
    """A cell as a number; a blank cell is no data. Raises ValueError on anything else."""
    return float(cell) if cell.strip() else None


__all__ = [
    "BY_ROW", "Built", "Field", "Source", "bad_source", "from_columns", "from_rows", "missing_source", "number",
    "read_csv",
]  # fmt: skip
