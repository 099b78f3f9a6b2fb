"""Values that others have published for an interprovincial table, read from a folder to be laid beside ours.

The folder holds two CSV files (plain or ``.csv.gz``): ``top88_edges*`` with the largest flows between sectors inside each
province, and ``node_values*`` with totals of sectors. Nothing of it ships, and nothing is tuned to it.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from data.errors import BadRequest
from data.text import Text

EDGES, NODES = "top88_edges", "node_values"
EDGE_COLUMNS = ("code", "table", "from_sector", "to_sector", "flow_million_yuan")
NODE_KEYS = ("code", "table", "sector_no", "sector")
# Quantities of a node file by column, in 100M yuan (the dashboards print these 10,000 yuan as "million yuan") or Mt.
QUANTITIES: dict[str, tuple[str, float]] = {
    "gross_output_10k_yuan": ("output", 1e-4),
    "value_added_10k_yuan": ("value_added", 1e-4),
    "final_use_10k_yuan": ("final_use", 1e-4),
    "exports_10k_yuan": ("exports", 1e-4),
    "co2_Mt": ("co2", 1.0),
}
MILLION = 1e-2  # million yuan -> 100M yuan
SECTORS = 42
Classification = Literal["A", "B"]
# Sectors of list A that are one whole sector of list B. Left out: 22 and 23 (together 22), 36 (35 and 36 together).
A_TO_B = {**{i: i for i in range(1, 22)}, **{i: i - 1 for i in range(24, 36)}, **{i: i for i in range(37, 43)}}


@dataclass
class Anchors:
    """The published values of one table. ``edges``: (province, from, to) -> 100M yuan inside the province; ``nodes``:
    quantity -> (province, sector) -> 100M yuan or Mt. Sectors are numbers of the table's own list."""

    name: str
    year: int
    classification: Classification
    edges: dict[tuple[str, int, int], float] = field(default_factory=dict)
    nodes: dict[str, dict[tuple[str, int], float]] = field(default_factory=dict)
    unknown_labels: set[str] = field(default_factory=set)


def read_anchors(folder: Path) -> list[Anchors]:
    """The tables of a folder of published values, by name. Raises BadRequest where a file is missing or malformed."""
    if not folder.is_dir():
        raise BadRequest(
            "no_anchors",
            Text(f"没有目录 {folder}；请指定存放已发布数值的目录。",
                 f"There is no folder {folder}; name the folder of published values."),
        )  # fmt: skip
    numbers: dict[str, dict[str, int]] = {}
    nodes: dict[str, dict[str, dict[tuple[str, int], float]]] = {}
    path = _file(folder, NODES)
    for line, row in _rows(path, NODE_KEYS):
        sector = _number(path, line, "sector_no", row["sector_no"])
        if sector != int(sector) or not 1 <= sector <= SECTORS:
            raise _wrong(path, line, "sector_no", row["sector_no"])
        _label(path, line, numbers.setdefault(row["table"], {}), row["sector"], int(sector))
        for column, (quantity, factor) in QUANTITIES.items():
            if row.get(column):
                values = nodes.setdefault(row["table"], {}).setdefault(quantity, {})
                values[row["code"], int(sector)] = factor * _number(path, line, column, row[column])
    found = {name: Anchors(name, _year(path, name), _list(path, name, labels), nodes=nodes.get(name, {}))
             for name, labels in numbers.items()}  # fmt: skip
    path = _file(folder, EDGES)
    for line, row in _rows(path, EDGE_COLUMNS):
        if (table := found.get(row["table"])) is None:
            continue
        labels = numbers[row["table"]]
        ends = [labels.get(row[column]) for column in ("from_sector", "to_sector")]
        if ends[0] is None or ends[1] is None:
            table.unknown_labels |= {row[c] for c in ("from_sector", "to_sector")} - set(labels)
            continue
        flow = MILLION * _number(path, line, "flow_million_yuan", row["flow_million_yuan"])
        table.edges[row["code"], ends[0], ends[1]] = flow
    return [found[name] for name in sorted(found)]


def _file(folder: Path, start: str) -> Path:
    names = sorted(p for p in folder.iterdir() if p.name.startswith(start) and p.name.endswith((".csv", ".csv.gz")))
    if not names:
        raise BadRequest(
            "no_anchors",
            Text(f"目录 {folder} 中没有 {start}*.csv(.gz)；请核对目录。",
                 f"There is no {start}*.csv(.gz) in {folder}; check the folder."),
        )  # fmt: skip
    return names[0]


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows with their line numbers. Raises BadRequest for what is no such CSV file."""
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        reader = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
        lacking = [column for column in needed if column not in (reader.fieldnames or ())]
        if lacking:
            raise BadRequest(
                "bad_anchors",
                Text(f"{path.name} 缺少列 {'、'.join(lacking)}；请核对文件。",
                     f"{path.name} lacks the columns {', '.join(lacking)}; check the file."),
            )  # fmt: skip
        for line, row in enumerate(reader, 2):
            if None in row or None in row.values():
                raise _wrong(path, line, ", ".join(needed), "…")
            yield line, row
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise BadRequest(
            "bad_anchors",
            Text(f"{path.name} 无法读取（{error}）；请核对文件。", f"{path.name} cannot be read ({error}); check the file."),
        ) from error  # fmt: skip


def _wrong(path: Path, line: int, column: str, cell: str) -> BadRequest:
    return BadRequest(
        "bad_anchors",
        Text(f"{path.name} 第{line}行 {column} 列的“{cell}”有误；请更正后重试。",
             f"{path.name}, line {line}, column {column}: '{cell}' is wrong; mend it and try again."),
    )  # fmt: skip


def _number(path: Path, line: int, column: str, cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        raise _wrong(path, line, column, cell) from None
    if value != value or abs(value) == float("inf"):
        raise _wrong(path, line, column, cell)
    return value


def _label(path: Path, line: int, known: dict[str, int], label: str, number: int) -> None:
    if known.setdefault(label, number) != number:
        raise _wrong(path, line, "sector_no", str(number))


def _year(path: Path, name: str) -> int:
    found = re.match(r"(?:19|20)\d\d", name)
    if found is None:
        raise _wrong(path, 2, "table", name)
    return int(found.group())


def _list(path: Path, name: str, labels: dict[str, int]) -> Classification:
    """Which list of 42 sectors a table numbers, told by construction: the same label may stand for either number."""
    numbers = {number for label, number in labels.items() if "construct" in label.lower() or "建筑" in label}
    if numbers == {27}:
        return "B"
    if numbers == {28}:
        return "A"
    raise BadRequest(
        "bad_anchors",
        Text(f"{path.name} 的表 {name} 中看不出部门编号所属的分类（建筑业应为27或28）；请核对文件。",
             f"{path.name}: which list of sectors table {name} numbers cannot be told (construction should be 27 or 28)."),
    )  # fmt: skip


__all__ = ["A_TO_B", "Anchors", "read_anchors"]
