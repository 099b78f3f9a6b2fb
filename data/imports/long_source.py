"""Long CSV and Parquet files as record batches, so that no file is ever held whole, each row with its place."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.imports.refusal import at_line, at_row, refused
from data.text import Text

LABELS = ("from_region", "from_sector", "to_region", "to_sector")
NEEDED = (*LABELS, "value", "unit")
YEAR = "year"
MAX_ROWS = 250_000_000  # 15,000 sectors squared, with room for final use
MAX_BYTES = 24 * 2**30  # of text after unpacking: 250 M rows of about 100 characters
# Long tables repeat their labels and so pack well (20 to 60 times); gzip reaches 1,030 on nothing but zeros.
MAX_RATIO, FREE_BYTES = 200, 64 * 2**20
_BATCH = 1_000_000
_BLOCK = 16 * 2**20


@dataclass(frozen=True)
class Batch:
    """Some rows. ``codes[c]`` (rows,) index into ``words[c]``, the distinct texts of a column (labels, unit, year); ``value``
    (rows,) float64, NaN where the cell is blank; ``numbers`` (rows,) the 0-based numbers of the rows in the file."""

    numbers: NDArray[np.int64]
    codes: dict[str, NDArray[np.int64]]
    words: dict[str, list[str]]
    value: NDArray[np.float64]

    def where(self, kept: NDArray[np.bool_]) -> Batch:
        """The rows of a mask alone."""
        return Batch(
            self.numbers[kept], {c: codes[kept] for c, codes in self.codes.items()}, self.words, self.value[kept]
        )


class LongSource:
    """One long file. ``batches`` may be run more than once; ``place(row)`` names the 0-based row for people."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.parquet = path.suffix.lower() in (".parquet", ".pq")
        self._wrong: Exception | None = None  # a parser's callback cannot raise
        self.columns = self._head()

    @property
    def has_year(self) -> bool:
        """Whether the file has the optional column ``year``."""
        return YEAR in self.columns

    def place(self, row: int) -> Text:
        """Where a row stands: a line of a CSV (blank ones count), a record of a Parquet file."""
        return at_row(row + 1) if self.parquet else at_line(row + 2)

    def batches(self, columns: tuple[str, ...]) -> Iterator[Batch]:
        """The rows of some columns, in order. Raises BadRequest with the place for what cannot be read."""
        import pyarrow as pa

        try:
            yield from self._parquet(columns) if self.parquet else self._csv(columns)
        except pa.ArrowInvalid as error:
            raise (self._wrong or self._unreadable(error)) from error
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise refused(
                self.path, None, Text("压缩文件不完整或已损坏", "the compressed file is cut short or damaged"),
                Text("请重新获取该文件", "fetch it again"),
            ) from error  # fmt: skip
        except OSError as error:
            raise self._unreadable(error) from error

    def _head(self) -> tuple[str, ...]:
        """The column names. Raises BadRequest where needed ones are missing, doubled or of the wrong type."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            if self.parquet:
                with pq.ParquetFile(self.path) as file:
                    schema, rows = file.schema_arrow, file.metadata.num_rows
                self._types(schema, rows)
                return tuple(schema.names)
            with io.BufferedReader(self._open(), 1 << 16) as stream:
                first = stream.readline(1 << 16)
        except (pa.ArrowException, OSError, EOFError, zlib.error) as error:
            raise self._unreadable(error) from error
        try:
            names = tuple(name.strip().strip('"').lower() for name in first.decode("utf-8-sig").strip().split(","))
        except UnicodeDecodeError as error:
            raise self._not_utf8() from error
        self._named(names)
        return names

    def _named(self, names: tuple[str, ...]) -> None:
        missing = [name for name in NEEDED if name not in names]
        double = [name for name in (*NEEDED, YEAR) if names.count(name) > 1]
        if missing or double:
            listed = ", ".join(missing or double)
            raise refused(
                self.path, at_line(1) if not self.parquet else None,
                Text(f"缺少列 {listed}" if missing else f"列 {listed} 重复",
                     f"the columns {listed} are missing" if missing else f"the columns {listed} stand twice"),
                Text(f"首行应为 {','.join(NEEDED)}", f"the head must be {','.join(NEEDED)}"),
            )  # fmt: skip

    def _types(self, schema: Any, rows: int) -> None:
        import pyarrow.types as of

        self._named(tuple(schema.names))
        if rows > MAX_ROWS:
            raise self._too_large()
        for name in NEEDED:
            kind = schema.field(name).type
            inner = kind.value_type if of.is_dictionary(kind) else kind
            number = of.is_floating(inner) or of.is_integer(inner) or of.is_decimal(inner)
            text = of.is_string(inner) or of.is_large_string(inner) or of.is_null(inner) or of.is_string_view(inner)
            if not (number if name == "value" else text):
                wanted = Text("数值", "numbers") if name == "value" else Text("文本", "text")
                raise refused(
                    self.path, Text(f"列 {name}", f"column {name}"),
                    Text(f"类型为 {kind}", f"its type is {kind}"),
                    Text(f"请将该列存为{wanted.zh}", f"store that column as {wanted.en}"),
                )  # fmt: skip

    def _parquet(self, columns: tuple[str, ...]) -> Iterator[Batch]:
        import pyarrow.parquet as pq

        texts = [name for name in columns if name not in ("value", YEAR)]
        start = 0
        with pq.ParquetFile(self.path, read_dictionary=texts) as file:
            for batch in file.iter_batches(_BATCH, columns=list(columns)):
                yield self._batch(batch, columns, start)
                start += batch.num_rows

    def _csv(self, columns: tuple[str, ...]) -> Iterator[Batch]:
        import pyarrow as pa
        from pyarrow import csv

        label = pa.dictionary(pa.int32(), pa.string())
        start = 0
        with self._open() as stream, csv.open_csv(
            stream,
            # One thread: only then does the parser know the number of a bad line.
            read_options=csv.ReadOptions(block_size=_BLOCK, use_threads=False, column_names=list(self.columns), skip_rows=1),
            # An empty line is then a row of blanks, and the numbers of lines stay right.
            parse_options=csv.ParseOptions(ignore_empty_lines=False, invalid_row_handler=self._bad_row),
            convert_options=csv.ConvertOptions(
                include_columns=list(columns), strings_can_be_null=False,
                column_types={name: pa.string() if name == "value" else label for name in columns},
            ),
        ) as reader:  # fmt: skip
            for batch in reader:
                yield self._batch(batch, columns, start)
                start += batch.num_rows
                if start > MAX_ROWS:
                    raise self._too_large()

    def _batch(self, batch: Any, columns: tuple[str, ...], start: int) -> Batch:
        import pyarrow as pa
        import pyarrow.compute as pc

        codes, words = {}, {}
        for name in columns:
            if name == "value":
                continue
            column = batch.column(name)
            if name == YEAR and not pa.types.is_dictionary(column.type):
                column = column.cast(pa.string())
            if not pa.types.is_dictionary(column.type):
                column = column.cast(pa.string()).dictionary_encode()
            texts = [(w or "").strip() for w in column.dictionary.to_pylist()]
            words[name] = [*texts, ""]  # the last one stands for a null
            codes[name] = np.asarray(column.indices.fill_null(len(texts)), dtype=np.int64)
        value = np.empty(0)
        if "value" in columns:
            column = batch.column("value")
            number = pc.cast(column, pa.float64()) if self.parquet else self._number(column, start)
            value = np.asarray(number.fill_null(np.nan), dtype=np.float64)
        return Batch(np.arange(start, start + batch.num_rows), codes, words, value)

    def _number(self, column: Any, start: int) -> Any:
        import pyarrow as pa
        import pyarrow.compute as pc

        column = pc.utf8_trim_whitespace(column)
        blank = pc.equal(column, "")
        if pc.any(blank).as_py():
            column = pc.if_else(blank, pa.scalar(None, pa.string()), column)
        try:
            return column.cast(pa.float64())
        except pa.ArrowInvalid as error:
            form = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
            wrong = pc.fill_null(pc.invert(pc.match_substring_regex(column, form)), False)
            row = int(pc.index(wrong, True).as_py())
            text = column[row].as_py()[:40] if row >= 0 else str(error)[:40]
            raise refused(
                self.path, self.place(start + max(row, 0)),
                Text(f"value 不是数：“{text}”", f"value is not a number: '{text}'"),
                Text("请填不带千位分隔符的数", "write a plain number without thousands separators"),
            ) from error  # fmt: skip

    def _bad_row(self, row: Any) -> str:
        self._wrong = refused(
            self.path, at_line(row.number or 1),
            Text(f"应有{row.expected_columns}列，实有{row.actual_columns}列",
                 f"{row.expected_columns} columns are expected, there are {row.actual_columns}"),
            Text("含逗号的名称请加双引号", "quote labels that hold a comma"),
        )  # fmt: skip
        return "error"

    def _open(self) -> Any:
        if self.path.suffix.lower() == ".gz":
            return BoundedGzip(self.path)
        if self.path.stat().st_size > MAX_BYTES:
            raise self._too_large()
        return self.path.open("rb", buffering=0)

    def _too_large(self) -> Exception:
        return refused(
            self.path, None, Text(f"文件过大（上限{MAX_ROWS:,}行）", f"the file is too large (at most {MAX_ROWS:,} rows)"),
            Text("请先归并部门或地区", "merge sectors or regions first"), "import_too_large",
        )  # fmt: skip

    def _not_utf8(self) -> Exception:
        return refused(
            self.path, None, Text("不是 UTF-8 文本", "it is not UTF-8 text"),
            Text("请另存为“CSV UTF-8”", "save it as 'CSV UTF-8'"),
        )  # fmt: skip

    def _unreadable(self, error: BaseException) -> Exception:
        if "invalid UTF8" in str(error) or "UTF8" in str(error):
            return self._not_utf8()
        kind = "Parquet" if self.parquet else "CSV"
        return refused(
            self.path, None,
            Text(f"不是完整的 {kind} 文件（{str(error).splitlines()[0][:120]}）",
                 f"it is not a whole {kind} file ({str(error).splitlines()[0][:120]})"),
            Text("请重新获取或重新导出", "fetch or write it again"),
        )  # fmt: skip


class BoundedGzip(io.RawIOBase):
    """A gzip file read as a stream that refuses to grow without end."""

    def __init__(self, path: Path) -> None:
        self._path, self._packed, self._count = path, path.stat().st_size, 0
        self._stream = gzip.open(path, "rb")  # noqa: SIM115 - closed with this stream

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As io.RawIOBase. Raises BadRequest where the content grows beyond what a table can be."""
        data = self._stream.read(len(buffer))
        self._count += len(data)
        if self._count > MAX_BYTES or self._count > max(FREE_BYTES, MAX_RATIO * self._packed):
            raise refused(
                self._path, None,
                Text(f"解压后超过{self._count // 2**20}MB，与压缩文件大小不相称",
                     f"it unpacks to over {self._count // 2**20} MB, out of proportion to the packed file"),
                Text("请解压后核对内容，再以 .csv 或 .parquet 导入", "unpack it, look at it, and import it as .csv or .parquet"),
                "import_too_large",
            )  # fmt: skip
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the file."""
        self._stream.close()
        super().close()


__all__ = ["LABELS", "MAX_RATIO", "NEEDED", "YEAR", "Batch", "BoundedGzip", "LongSource"]
