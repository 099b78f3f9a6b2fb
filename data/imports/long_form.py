"""Any multi-regional table as a long CSV (plain or gzip) or Parquet file: one row per flow.

Columns ``from_region, from_sector, to_region, to_sector, value, unit`` and, if wished, ``year``. Reserved words make
the other rows: ``final:CATEGORY``, ``exports``, ``error`` as ``to_sector``; ``imports``, ``output``, ``co2``,
``value_added:NAME`` as ``from_sector`` (see docs/import.md). A pair that is not listed is no flow.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from data.imports.forms import Array, Origin, ReadTable
from data.imports.long_source import LABELS, YEAR, Batch, LongSource
from data.imports.naming import Names, recognised
from data.imports.quantities import YUAN, to_100m_yuan, to_mt
from data.imports.refusal import refused
from data.text import Text, joined, same

MAX_SECTORS = 15_000  # Z and the record of what was filled then take 2 GB
MAX_WORDS = 40_000
_YEAR_IN_NAME = re.compile(r"(?<!\d)(19[5-9]\d|20\d\d)(?!\d)")
Ids = NDArray[np.int64]


class Kind(IntEnum):
    """What a row's end stands for; the code of an end is ``kind * SPAN + number``."""

    SECTOR = 0
    FINAL = 1
    EXPORTS = 2
    ERROR = 3
    IMPORTS = 4
    OUTPUT = 5
    CO2 = 6
    VALUE_ADDED = 7


SPAN = 1 << 32
_WORDS = {
    "from_sector": {"imports": Kind.IMPORTS, "output": Kind.OUTPUT, "co2": Kind.CO2},
    "to_sector": {"exports": Kind.EXPORTS, "error": Kind.ERROR},
}
_PREFIXED = {"from_sector": ("value_added:", Kind.VALUE_ADDED), "to_sector": ("final:", Kind.FINAL)}
_S = Kind.SECTOR
# (from, to): must the region of origin be named, must that of destination?
_ROWS = {
    (_S, _S): (True, True), (_S, Kind.FINAL): (True, True), (_S, Kind.EXPORTS): (True, False),
    (_S, Kind.ERROR): (True, False), (Kind.IMPORTS, _S): (False, True), (Kind.IMPORTS, Kind.FINAL): (False, True),
    (Kind.OUTPUT, _S): (False, True), (Kind.CO2, _S): (False, True), (Kind.VALUE_ADDED, _S): (False, True),
}  # fmt: skip


@dataclass
class Labels:
    """Labels in order of first appearance, with their numbers."""

    regions: dict[str, int] = field(default_factory=dict)
    sectors: dict[str, int] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    va_rows: dict[str, int] = field(default_factory=dict)

    def region(self, word: str) -> int:
        """Number of a region, -1 for a blank."""
        return self.regions.setdefault(word, len(self.regions)) if word else -1

    def end(self, column: str, word: str) -> int:
        """Code of a sector or reserved word in a column, -1 for a blank."""
        if not word:
            return -1
        low = word.lower()
        if low in _WORDS[column]:
            return int(_WORDS[column][low]) * SPAN
        prefix, kind = _PREFIXED[column]
        if low.startswith(prefix) and (name := word[len(prefix) :].strip()):
            known = self.va_rows if kind is Kind.VALUE_ADDED else self.categories
            return int(kind) * SPAN + known.setdefault(name, len(known))
        return self.sectors.setdefault(word, len(self.sectors))


class Target:
    """One array of the table being filled, flat, refusing a cell that is given twice."""

    def __init__(self, size: int) -> None:
        self.values: Array = np.zeros(size)
        self.seen = np.zeros(size, dtype=np.bool_)

    def put(self, at: Ids, values: Array) -> int | None:
        """Fill ``values``; None, or the index of a row whose cell was given before."""
        if len(at) == 0:
            return None
        again = self.seen[at]
        order = np.arange(len(at), dtype=np.float64)
        self.values[at] = order  # of rows for one cell only the last keeps its number
        last = self.values[at]
        again |= last != order
        self.values[at] = values
        self.seen[at] = True
        if not again.any():
            return None
        first = int(again.argmax())
        return max(first, int(last[first]))


def recognise(path: Path) -> bool:
    """Whether a file is to be read by this reader, by its name alone."""
    return path.name.lower().endswith((".csv", ".csv.gz", ".parquet", ".pq"))


def read(path: Path) -> ReadTable:
    """The table of a long file. Raises BadRequest with file, line (Parquet: row) and mend for the first bad row."""
    source = LongSource(path)
    labels = _labels(source)
    names = recognised(tuple(labels.regions), tuple(labels.sectors), tuple(labels.categories))
    return _Filling(source, labels, names).table()


def _labels(source: LongSource) -> Labels:
    labels = Labels()
    for batch in source.batches(LABELS):
        for column in LABELS:
            codes, words = batch.codes[column], batch.words[column]
            for number in np.unique(codes):  # dictionaries may hold words that no row uses
                word = words[number]
                _ = labels.region(word) if column.endswith("region") else labels.end(column, word)
        n = len(labels.regions) * len(labels.sectors)
        if n > MAX_SECTORS or len(labels.sectors) > MAX_WORDS or len(labels.regions) > MAX_WORDS:
            raise refused(
                source.path, None,
                Text(f"{len(labels.regions)}个地区×{len(labels.sectors)}个部门超过上限{MAX_SECTORS:,}",
                     f"{len(labels.regions)} regions times {len(labels.sectors)} sectors are over {MAX_SECTORS:,}"),
                Text("请先归并，或核对各列是否错位", "merge some first, or see whether columns are shifted"),
                "import_too_large",
            )  # fmt: skip
    if not labels.regions or not labels.sectors:
        raise refused(source.path, None, Text("没有任何流量", "it holds no flow"),
                      Text("请核对是否选对了文件", "see whether it is the right file"))  # fmt: skip
    return labels


class _Filling:
    """The second pass: every row into its array."""

    def __init__(self, source: LongSource, labels: Labels, names: Names) -> None:
        self.source, self.labels, self.names = source, labels, names
        self.r, self.s = len(names.regions), len(names.sectors)
        self.n, self.k, self.v = self.r * self.s, len(names.categories), len(labels.va_rows)
        sizes = {
            (_S, _S): self.n * self.n, (_S, Kind.FINAL): self.n * self.r * self.k, (_S, Kind.EXPORTS): self.n,
            (_S, Kind.ERROR): self.n, (Kind.IMPORTS, _S): self.n, (Kind.IMPORTS, Kind.FINAL): self.r * self.k,
            (Kind.OUTPUT, _S): self.n, (Kind.CO2, _S): self.n, (Kind.VALUE_ADDED, _S): self.v * self.n,
        }  # fmt: skip
        self.targets = {pair: Target(size) for pair, size in sizes.items()}
        self.money: str | None = None
        self.years: dict[str, int] = {}
        self.notes: list[Text] = []

    def table(self) -> ReadTable:
        """Run the pass and close the table."""
        columns = (*LABELS, "value", "unit", *((YEAR,) if self.source.has_year else ()))
        for batch in self.source.batches(columns):
            self._fill(batch)
        return self._closed()

    def _fill(self, batch: Batch) -> None:
        ends = {c: self._coded(batch, c, partial(self.labels.end, c)) for c in ("from_sector", "to_sector")}
        empty = (ends["from_sector"] < 0) & (ends["to_sector"] < 0) & np.isnan(batch.value)
        if empty.any():  # blank lines
            batch, ends = batch.where(~empty), {c: codes[~empty] for c, codes in ends.items()}
        region = {c: self._coded(batch, c, self.labels.region) for c in ("from_region", "to_region")}
        for column in ends:
            if (blank := np.flatnonzero(ends[column] < 0)).size:
                raise self._bad(batch, int(blank[0]), Text(f"{column} 为空", f"{column} is blank"),
                                Text("请填部门名或保留字", "name a sector or a reserved word"))  # fmt: skip
        if (bad := np.flatnonzero(~np.isfinite(batch.value))).size:
            raise self._bad(batch, int(bad[0]), Text("value 为空或不是有限数", "value is blank or not a finite number"),
                            Text("没有流量的行请删去，缺数据的部门请整个略去", "leave out rows without a flow"))  # fmt: skip
        place = np.append(np.asarray(self.names.region_at, dtype=np.int64), -1)
        sector = np.asarray(self.names.sector_at, dtype=np.int64)
        category = np.asarray(self.names.category_at, dtype=np.int64)
        start, end = place[region["from_region"]], place[region["to_region"]]
        kinds = ends["from_sector"] // SPAN * 16 + ends["to_sector"] // SPAN
        first, last = ends["from_sector"] % SPAN, ends["to_sector"] % SPAN
        for pair in np.unique(kinds):
            rows = np.flatnonzero(kinds == pair)
            kind = (Kind(int(pair) // 16), Kind(int(pair) % 16))
            self._regions(batch, kind, rows, start, end)
            i = sector[first[rows]] if kind[0] is _S else first[rows]
            j = last[rows]
            if kind[1] in (_S, Kind.FINAL):
                j = (sector if kind[1] is _S else category)[j]
            at = self._at(kind, start[rows], i, end[rows], j)
            values = batch.value[rows] * self._factor(batch, kind, rows)
            if (double := self.targets[kind].put(at, values)) is not None:
                raise self._bad(batch, int(rows[double]), Text("同一流量已出现过", "the same flow stands twice"),
                                Text("请合并或删去重复行", "add them up or drop one"))  # fmt: skip
        self._year(batch)

    def _coded(self, batch: Batch, column: str, number: Callable[[str], int]) -> Ids:
        table = np.array([number(word) for word in batch.words[column]], dtype=np.int64)
        return np.asarray(table[batch.codes[column]])

    def _at(self, kind: tuple[Kind, Kind], r: Ids, i: Ids, q: Ids, j: Ids) -> Ids:
        """Flat index of a row's cell in its target."""
        if kind == (_S, _S):
            return (r * self.s + i) * self.n + q * self.s + j
        if kind == (_S, Kind.FINAL):
            return ((r * self.s + i) * self.r + q) * self.k + j
        if kind == (Kind.IMPORTS, Kind.FINAL):
            return q * self.k + j
        if kind[0] is Kind.VALUE_ADDED:
            return i * self.n + q * self.s + j
        return r * self.s + i if kind[0] is _S else q * self.s + j

    def _regions(self, batch: Batch, kind: tuple[Kind, Kind], rows: Ids, start: Ids, end: Ids) -> None:
        mend = Text("各类行的写法见 docs/import.zh-CN.md", "see docs/import.md for how each kind of row is written")
        if kind not in _ROWS:
            wrong = Text("这两个保留字不能同在一行", "these two reserved words do not go together")
            raise self._bad(batch, int(rows[0]), wrong, mend)
        for column, given, needed in zip(("from_region", "to_region"), (start, end), _ROWS[kind], strict=True):
            if (bad := np.flatnonzero((given[rows] >= 0) != needed)).size:
                wrong = Text(f"{column} 应为空", f"{column} must be blank in such a row")
                if needed:
                    wrong = Text(f"{column} 为空", f"{column} is blank")
                raise self._bad(batch, int(rows[bad[0]]), wrong, mend)

    def _factor(self, batch: Batch, kind: tuple[Kind, Kind], rows: Ids) -> Array:
        codes, words = batch.codes["unit"][rows], batch.words["unit"]
        factors = np.full(len(words), np.nan)
        for number in np.unique(codes):
            factor = to_mt(words[number]) if kind[0] is Kind.CO2 else self._money(words[number])
            if factor is None:
                row = int(rows[np.flatnonzero(codes == number)[0]])
                raise self._bad(batch, row, *self._wrong_unit(words[number], kind[0] is Kind.CO2))
            factors[number] = factor
        return np.asarray(factors[codes])

    def _money(self, unit: str) -> float | None:
        """Factor of a unit of money: to 100M yuan, or 1 where the whole file keeps to another one currency."""
        factor = to_100m_yuan(unit)
        if factor is None and (not unit or to_mt(unit) is not None or self.names.classification != "own"):
            return None
        found = YUAN if factor is not None else unit
        self.money = self.money or found
        return (factor or 1.0) if found == self.money else None

    def _wrong_unit(self, unit: str, co2: bool) -> tuple[Text, Text]:
        wrong = Text(f"单位“{unit}”不可用", f"the unit '{unit}' cannot be used")
        if co2:
            return wrong, Text("二氧化碳请用 Mt CO2、kt CO2 或 t CO2", "give CO2 in Mt CO2, kt CO2 or t CO2")
        if self.names.classification == "own" and self.money not in (None, YUAN):
            return wrong, Text(
                f"全表货币单位须一致（此前为 {self.money}）", f"keep one unit of money (so far {self.money})"
            )
        return wrong, Text(
            "金额请用万元（10k yuan）、亿元（100M yuan）等", "give money in 10k yuan, million yuan or 100M yuan"
        )

    def _year(self, batch: Batch) -> None:
        if YEAR not in batch.codes:
            return
        words = batch.words[YEAR]
        for number in np.unique(batch.codes[YEAR]):
            word = words[number].removesuffix(".0")
            row = int(np.flatnonzero(batch.codes[YEAR] == number)[0])
            if not re.fullmatch(r"(19|20)\d\d", word):
                raise self._bad(batch, row, Text(f"年份“{word}”有误", f"the year '{word}' is none"),
                                Text("请填四位年份", "write four digits"))  # fmt: skip
            self.years.setdefault(word, int(batch.numbers[row]))
            if len(self.years) > 1:
                raise self._bad(batch, row, Text("一个文件只能有一个年份", "one file holds one year"),
                                Text("请按年份拆分", "split it by year"))  # fmt: skip

    def _bad(self, batch: Batch, row: int, wrong: Text, mend: Text) -> Exception:
        return refused(self.source.path, self.source.place(int(batch.numbers[row])), wrong, mend)

    def _closed(self) -> ReadTable:
        t, n, r, k = self.targets, self.n, self.r, self.k
        flows = t[_S, _S].values.reshape(n, n)
        final = t[_S, Kind.FINAL].values.reshape(n, r, k)
        exports, error = t[_S, Kind.EXPORTS].values, t[_S, Kind.ERROR].values
        imports, final_imports = t[Kind.IMPORTS, _S].values, t[Kind.IMPORTS, Kind.FINAL].values.reshape(r, k)
        if not t[_S, _S].seen.any():
            raise refused(self.source.path, None, Text("没有中间流量", "it holds no intermediate flow"),
                          Text("请核对是否选对了文件", "see whether it is the right file"))  # fmt: skip
        x = self._output(flows.sum(1) + final.sum((1, 2)) + exports + error)
        if not t[Kind.IMPORTS, _S].seen.any():
            self.notes.append(Text("文件没有进口行，按封闭表读入（中间投入中无区域外产品）。",
                                   "There are no import rows: the table is taken as closed."))  # fmt: skip
        value_added, va_rows = t[Kind.VALUE_ADDED, _S].values.reshape(self.v, n), tuple(self.labels.va_rows)
        if not va_rows:
            self.notes.append(Text("文件没有增加值行：增加值为无数据，列平衡无从核对。",
                                   "There are no value-added rows: value added is no data and the column balance cannot be checked."))  # fmt: skip
        carbon = t[Kind.CO2, _S]
        co2 = np.where(carbon.seen, carbon.values, np.nan) if carbon.seen.any() else None
        return ReadTable(
            year=self._told_year(), classification=self.names.classification, regions=self.names.regions,
            sectors=self.names.sectors, categories=self.names.categories, va_rows=va_rows, Z=flows, Y=final,
            exports=exports, error=error, imports=imports, final_imports=final_imports, value_added=value_added, x=x,
            co2=co2, money=self.money or YUAN, origin=Origin(self.source.path.name, ""),
            notes=(*self.names.notes, *self.notes),
        )  # fmt: skip

    def _output(self, rows: Array) -> Array:
        """Output as given for every sector that has any flow, or the sum of its row."""
        given = self.targets[Kind.OUTPUT, _S]
        if not given.seen.any():
            self.notes.append(Text("文件没有总产出行，按各行用途之和得出，行平衡因此不构成核对。",
                                   "There are no output rows: taken as the sum of each row, so the row balance checks nothing."))  # fmt: skip
            return rows
        if (without := np.flatnonzero(~given.seen & (rows != 0))).size:
            listed = joined([same(self._name(int(i))) for i in without[:5]])
            raise refused(
                self.source.path, None,
                Text(f"{len(without)}个部门有流量而无 output 行：{listed.zh}", f"{len(without)} sectors have flows but no output row: {listed.en}"),
                Text("请补齐，或全部删去 output 行", "add them, or leave out all output rows"),
            )  # fmt: skip
        return given.values

    def _name(self, index: int) -> str:
        return f"{self.names.regions[index // self.s]} {self.names.sectors[index % self.s]}"

    def _told_year(self) -> int | None:
        if self.years:
            return int(next(iter(self.years)))
        found = set(_YEAR_IN_NAME.findall(self.source.path.name))
        if len(found) != 1:
            return None
        year = int(found.pop())
        self.notes.append(Text(f"年份取自文件名：{year}。", f"The year was taken from the file's name: {year}."))
        return year


__all__ = ["Kind", "read", "recognise"]
