"""The single tables of a folder written by pymrio: tab-separated text or Parquet, to labels and an array."""

from __future__ import annotations

import ast
import csv
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from data.imports.forms import Array
from data.imports.refusal import refused
from data.text import Text, same

PARAMETERS = "file_parameters.json"
MAX_SIDE = 16_000  # rows or columns: 15,000 sectors with room for labels
_MAX_JSON = 2**20
_TEXT, _PARQUET, _PICKLE = (".txt", ".tsv", ".csv"), (".parquet", ".par", ".parq"), (".pickle", ".pkl")
_WHERE = re.compile(r"column #(\d+): Row #(\d+)")
Label = tuple[str, ...]


@dataclass(frozen=True)
class Frame:
    """``values`` (rows, columns) float64, or text as ``words``; NaN for blank cells. ``names`` of the index levels."""

    index: tuple[Label, ...]
    columns: tuple[Label, ...]
    names: tuple[str, ...]
    values: Array
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One folder of pymrio's: the system or one of its extensions, with the files it says it has."""

    folder: Path
    kind: str
    files: dict[str, dict[str, Any]]

    def has(self, name: str) -> bool:
        """Whether the folder lists a table."""
        return name in self.files

    def frame(self, name: str) -> Frame:
        """A table of numbers. Raises BadRequest for a missing or unreadable file with the cell at fault."""
        return self._frame(name, numbers=True)

    def words(self, name: str) -> Frame:
        """A table of one text column, such as the units."""
        return self._frame(name, numbers=False)

    def _frame(self, name: str, numbers: bool) -> Frame:
        entry = self.files[name]
        path = self.folder / entry["name"]
        if not path.is_file():
            raise refused(
                self.folder, same(entry["name"]), Text("缺少该文件", "the file is missing"),
                Text(f"{PARAMETERS} 列有它，请补齐或重新用 pymrio 保存", f"{PARAMETERS} lists it: put it there or save the system with pymrio again"),
            )  # fmt: skip
        suffix = path.suffix.lower()
        if suffix in _PARQUET:
            return _parquet(path, numbers)
        if suffix in _TEXT:
            return _text(path, entry["nr_index_col"], entry["nr_header"], numbers)
        wrong = Text(f"{suffix} 格式不读取", f"the format {suffix} is not read")
        if suffix in _PICKLE:
            wrong = Text("pickle 文件可以执行任意代码，不读取", "pickle files can run any code and are not read")
        mend = Text("请用 save_all(table_format='parquet') 另存", "save it with save_all(table_format='parquet')")
        raise refused(self.folder, same(entry["name"]), wrong, mend)


def part(folder: Path) -> Part:
    """What a folder says it holds. Raises BadRequest where its ``file_parameters.json`` is missing or unusable."""
    path = folder / PARAMETERS
    mend = Text("请用 pymrio 的 save_all 重新保存", "save it again with pymrio's save_all")
    try:
        raw = path.read_bytes() if path.stat().st_size <= _MAX_JSON else b""
        read = json.loads(raw)
        files = {
            str(key): {"name": _plain(entry["name"]), **{k: int(entry[k]) for k in ("nr_index_col", "nr_header")}}
            for key, entry in read["files"].items()
        }
        return Part(folder, str(read["systemtype"]), files)
    except FileNotFoundError as error:
        raise refused(folder, same(PARAMETERS), Text("缺少该文件", "the file is missing"), mend) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise refused(
            folder, same(PARAMETERS), Text("无法读取或内容有误", "it cannot be read or is malformed"), mend
        ) from error


def _plain(name: object) -> str:
    """A file's name that stays within its folder. Raises ValueError for any other."""
    if not isinstance(name, str) or not name or Path(name).name != name or name in (".", ".."):
        raise ValueError(name)
    return name


def _too_large(path: Path) -> Exception:
    return refused(
        path.parent, same(path.name), Text(f"行或列超过{MAX_SIDE:,}", f"it has over {MAX_SIDE:,} rows or columns"),
        Text("请先归并部门或地区", "aggregate sectors or regions first"), "import_too_large",
    )  # fmt: skip


def _broken(path: Path, error: BaseException) -> Exception:
    said = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
    return refused(path.parent, same(path.name), Text(f"文件不完整或已损坏（{said}）", f"the file is cut short or damaged ({said})"),
                   Text("请重新保存或获取", "save or fetch it again"))  # fmt: skip


def _text(path: Path, levels: int, heads: int, numbers: bool) -> Frame:
    import pyarrow as pa

    try:
        head, names, columns = _head(path, levels, heads)
        if len(columns) > MAX_SIDE:
            raise _too_large(path)
        index, values, words = _body(path, levels, head, len(columns), numbers)
    except (pa.ArrowInvalid, UnicodeDecodeError, csv.Error, OSError) as error:
        found = _WHERE.search(str(error))
        if found is None:
            raise _broken(path, error) from error
        cell = str(error).rpartition("invalid value")[2].strip()[:40]
        raise refused(
            path.parent, Text(f"{path.name} 第{found[2]}行第{int(found[1]) + 1}列", f"{path.name}, line {found[2]}, column {int(found[1]) + 1}"),
            Text(f"不是数：{cell}", f"not a number: {cell}"), Text("请填入数值，或留空表示无数据", "put a number, or leave it blank for no data"),
        ) from error  # fmt: skip
    return Frame(index, columns, names, values, words)


def _head(path: Path, levels: int, heads: int) -> tuple[int, tuple[str, ...], tuple[Label, ...]]:
    """Lines of the head, names of the index levels and labels of the columns."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(islice(csv.reader(stream, delimiter="\t"), heads + 1))
    if len(lines) < heads + 1 or not 1 <= heads <= 4 or not 1 <= levels <= 4 or len(lines[0]) <= levels:
        raise csv.Error("the head is not tab-separated as announced")
    columns = tuple(zip(*(line[levels:] for line in lines[:heads]), strict=False))
    if heads == 1:
        return heads, tuple(lines[0][:levels]), columns
    last = lines[heads]
    named = not any(last[levels:]) and any(last[:levels])  # pandas writes the names of the index on a line of their own
    return (heads + 1, tuple(last[:levels]), columns) if named else (heads, ("",) * levels, columns)


def _body(
    path: Path, levels: int, head: int, columns: int, numbers: bool
) -> tuple[tuple[Label, ...], Array, tuple[str, ...]]:
    import pyarrow as pa
    from pyarrow import csv as arrow

    texts = [f"i{k}" for k in range(levels)]
    cells = [f"c{k}" for k in range(columns)]
    kinds = dict.fromkeys(texts, pa.string()) | dict.fromkeys(cells, pa.float64() if numbers else pa.string())
    index: list[Label] = []
    blocks: list[Array] = []
    words: list[str] = []
    with arrow.open_csv(
        path, arrow.ReadOptions(use_threads=False, block_size=2**25, skip_rows=head, column_names=[*texts, *cells]),
        arrow.ParseOptions(delimiter="\t"),
        arrow.ConvertOptions(column_types=kinds, null_values=["", "nan", "NaN", "NA"], strings_can_be_null=False),
    ) as reader:  # fmt: skip
        for batch in reader:
            labels = [batch.column(k).to_pylist() for k in range(levels)]
            index.extend(zip(*labels, strict=True))
            if len(index) > MAX_SIDE:
                raise _too_large(path)
            if numbers:
                blocks.append(_stack(batch.columns[levels:], batch.num_rows))
            else:
                words.extend(str(v) for v in batch.column(levels).to_pylist())
    values = np.concatenate(blocks) if blocks else np.empty((len(index), 0))
    return tuple(index), values, tuple(words)


def _stack(columns: Sequence[Any], rows: int) -> Array:
    out = np.empty((rows, len(columns)))
    for k, column in enumerate(columns):
        out[:, k] = column.to_numpy(zero_copy_only=False)
    return out


def _parquet(path: Path, numbers: bool) -> Frame:
    import pyarrow as pa
    import pyarrow.parquet as pq
    import pyarrow.types as of

    try:
        with pq.ParquetFile(path) as file:
            if file.metadata.num_columns > MAX_SIDE + 4 or file.metadata.num_rows > MAX_SIDE:
                raise _too_large(path)
            table = file.read()
    except (pa.ArrowException, OSError) as error:
        raise _broken(path, error) from error
    about = json.loads((table.schema.metadata or {}).get(b"pandas", b"{}"))
    levels = [name for name in about.get("index_columns", ()) if isinstance(name, str)]
    if not levels:
        raise _broken(path, ValueError("no index of labels"))
    cells = [name for name in table.column_names if name not in levels]
    index = tuple(zip(*([str(v) for v in table[name].to_pylist()] for name in levels), strict=True))
    columns = tuple(_label(name) for name in cells)
    names = tuple("" if name.startswith("__index_level_") else name for name in levels)
    if not numbers:
        return Frame(index, columns, names, np.empty((0, 0)), tuple(str(v) for v in table[cells[0]].to_pylist()))
    for name in cells:
        kind = table.schema.field(name).type
        if not (of.is_floating(kind) or of.is_integer(kind)):
            raise refused(path.parent, Text(f"{path.name} 的列 {name}", f"{path.name}, column {name}"), Text(f"类型为 {kind}", f"its type is {kind}"),
                          Text("请存为数值", "store it as numbers"))  # fmt: skip
    values = np.empty((table.num_rows, len(cells)))
    for k, name in enumerate(cells):
        values[:, k] = table[name].cast(pa.float64()).fill_null(np.nan).to_numpy()
    return Frame(index, columns, names, values)


def _label(name: str) -> Label:
    """A column's label: pandas writes several levels as the text of a tuple."""
    if name.startswith("(") and len(name) < 10_000:
        try:
            read = ast.literal_eval(name)
        except (ValueError, SyntaxError):
            return (name,)
        if isinstance(read, tuple):
            return tuple(str(level) for level in read)
    return (name,)


__all__ = ["PARAMETERS", "Frame", "Label", "Part", "part"]
