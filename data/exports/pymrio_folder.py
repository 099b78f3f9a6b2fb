"""A multi-regional table as the folder that ``pymrio.load_all`` reads (layout of pymrio 0.7).

Exports are final use by the region ABROAD, which produces nothing in the table: pymrio then gives a region's footprint
without the carbon of what it sells abroad, and direct emissions of households (``F_Y``) count in it. Value added and
imports are extensions of those names.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from data.exports.targets import fresh

if TYPE_CHECKING:
    import pyarrow as pa

Array = NDArray[np.float64]
Form = Literal["parquet", "txt"]
Label = tuple[str, ...]
ABROAD, EXPORTS = "abroad", "exports"


@dataclass(frozen=True)
class Extension:
    """Rows beside the table: ``F`` (rows, n) by sector, ``F_Y`` (rows, regions * k) direct in final use, or None."""

    name: str
    rows: tuple[str, ...]
    units: tuple[str, ...]
    F: Array
    F_Y: Array | None = None


@dataclass(frozen=True)
class TableOut:
    """A table to be written, n = regions * sectors, region-major: ``Z`` (n, n), ``Y`` (n, regions, k), ``exports`` and
    ``x`` (n,), all in ``unit``. ``description`` says what it is and what to cite."""

    name: str
    description: str
    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    categories: tuple[str, ...]
    unit: str
    Z: Array
    Y: Array
    exports: Array
    x: Array
    extensions: tuple[Extension, ...] = field(default=())


def write(table: TableOut, folder: Path, form: Form = "parquet") -> Path:
    """Write the folder, whole or not at all, and return it. Raises BadRequest where it exists, ValueError where the
    shapes do not agree, StateError where it cannot be written."""
    rows = tuple((r, s) for r in table.regions for s in table.sectors)
    columns = tuple((r, c) for r in table.regions for c in table.categories)
    n = len(rows)
    if (
        table.Z.shape != (n, n)
        or table.Y.shape != (n, len(table.regions), len(table.categories))
        or table.x.shape != (n,)
    ):
        raise ValueError((table.Z.shape, table.Y.shape, table.x.shape))
    for part in table.extensions:
        shapes = [part.F.shape] if part.F_Y is None else [part.F.shape, part.F_Y.shape]
        if (
            len(part.units) != len(part.rows)
            or shapes != [(len(part.rows), n), (len(part.rows), len(columns))][: len(shapes)]
        ):
            raise ValueError((part.name, shapes))
    final = np.column_stack([table.Y.reshape(n, -1), table.exports])
    buyers = (*columns, (ABROAD, EXPORTS))
    sector, category = ("region", "sector"), ("region", "category")
    with fresh(folder) as aside:
        aside.mkdir()
        system = _Folder(aside, form)
        system.numbers("Z", rows, sector, rows, sector, table.Z)
        system.numbers("Y", rows, sector, buyers, category, final)
        system.numbers("x", rows, sector, (("indout",),), ("",), table.x[:, None])
        system.words("unit", rows, sector, [table.unit] * n)
        system.close("IOSystem")
        _json(aside / "metadata.json", {
            "description": table.description, "name": table.name, "system": "ixi", "version": "", "history": [],
        })  # fmt: skip
        for extension in table.extensions:
            (aside / extension.name).mkdir()
            found = _Folder(aside / extension.name, form)
            stressors = tuple((row,) for row in extension.rows)
            found.numbers("F", stressors, ("stressor",), rows, sector, extension.F)
            if extension.F_Y is not None:
                direct = np.column_stack([extension.F_Y, np.zeros(len(stressors))])
                found.numbers("F_Y", stressors, ("stressor",), buyers, category, direct)
            found.words("unit", stressors, ("stressor",), list(extension.units))
            found.close("Extension", extension.name)
    return folder


class _Folder:
    """One folder being written, and what its ``file_parameters.json`` will say."""

    def __init__(self, folder: Path, form: Form) -> None:
        self.folder, self.form = folder, form
        self.files: dict[str, dict[str, str]] = {}

    def numbers(
        self,
        name: str,
        index: Sequence[Label],
        names: Label,
        columns: Sequence[Label],
        column_names: Label,
        values: Array,
    ) -> None:
        """A table of numbers."""
        import pyarrow as pa

        cells = [pa.array(np.ascontiguousarray(values[:, k])) for k in range(values.shape[1])]
        self._table(name, index, names, columns, column_names, cells)

    def words(self, name: str, index: Sequence[Label], names: Label, words: list[str]) -> None:
        """A table of one text column of the same name."""
        import pyarrow as pa

        self._table(name, index, names, ((name,),), ("",), [pa.array(words, pa.string())])

    def close(self, kind: str, name: str | None = None) -> None:
        """Write what pymrio looks for first."""
        about: dict[str, object] = {"files": self.files, "systemtype": kind}
        _json(self.folder / "file_parameters.json", about if name is None else about | {"name": name})

    def _table(
        self, name: str, index: Sequence[Label], names: Label, columns: Sequence[Label], column_names: Label,
        cells: list[pa.Array],
    ) -> None:  # fmt: skip
        import pyarrow as pa

        heads = [repr(label) if len(column_names) > 1 else label[0] for label in columns]
        labels = [pa.array([label[k] for label in index], pa.string()) for k in range(len(names))]
        file = f"{name}.{self.form}"
        if self.form == "parquet":
            _parquet(
                self.folder / file,
                dict(zip(heads, cells, strict=True)),
                dict(zip(names, labels, strict=True)),
                column_names,
            )
        else:
            table = pa.table([*labels, *cells], names=[str(k) for k in range(len(labels) + len(cells))])
            _text(self.folder / file, table, names, columns, column_names)
        self.files[name] = {"name": file, "nr_index_col": str(len(names)), "nr_header": str(len(column_names))}


def _parquet(path: Path, cells: dict[str, pa.Array], labels: dict[str, pa.Array], column_names: Label) -> None:
    """As pandas writes a frame with levels: the index as columns of its own, named in the file's metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    def column(name: str, kind: str) -> dict[str, object]:
        return {"name": name, "field_name": name, "pandas_type": kind, "numpy_type": kind, "metadata": None}

    kinds = {name: "float64" if pa.types.is_floating(cell.type) else "unicode" for name, cell in cells.items()}
    about = {
        "index_columns": list(labels),
        "column_indexes": [
            {"name": name or None, "field_name": name or None, "pandas_type": "unicode", "numpy_type": "str", "metadata": {"encoding": "UTF-8"}}
            for name in column_names
        ],
        "columns": [*(column(n, k) for n, k in kinds.items()), *(column(n, "unicode") for n in labels)],
        "creator": {"library": "pyarrow", "version": pa.__version__}, "pandas_version": "2.0.0",
    }  # fmt: skip
    table = pa.table({**cells, **labels}).replace_schema_metadata({"pandas": json.dumps(about)})
    pq.write_table(table, path, compression="zstd")


def _text(path: Path, table: pa.Table, names: Label, columns: Sequence[Label], column_names: Label) -> None:
    """Tab-separated as pandas writes it: a line per level of the columns, then one with the names of the index."""
    from pyarrow import csv

    blank = [""] * (len(names) - 1)
    lines = [[name, *blank, *(label[k] for label in columns)] for k, name in enumerate(column_names)]
    if len(column_names) > 1:
        lines.append([*names, *[""] * len(columns)])
    else:
        lines = [[*names, *(label[0] for label in columns)]]
    with path.open("wb") as out:
        out.write("".join("\t".join(map(_quoted, line)) + "\n" for line in lines).encode())
        csv.write_csv(table, out, csv.WriteOptions(include_header=False, delimiter="\t", quoting_style="needed"))


def _quoted(label: str) -> str:
    return '"' + label.replace('"', '""') + '"' if any(c in label for c in '\t"\n\r') else label


def _json(path: Path, content: dict[str, object]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=4) + "\n", "utf-8")


__all__ = ["ABROAD", "EXPORTS", "Extension", "Form", "TableOut", "write"]
