"""An imported dataset built anew when its base has changed: what was imported stays, all other tables are the base's of now.

Without this, a dataset imported under one version of Tanlu would lack the tables of the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.arrays import Array, read_array
from data.dataset import Dataset, installed_folders, read_dataset, stale
from data.imports.parts import FLOW_TABLES, INVENTORY_TABLES, Part, in_cells
from data.imports.stage import built, importing, take_place
from data.imports.tables import Made
from data.package import Import

if TYPE_CHECKING:
    import pyarrow as pa


def rebase(dataset: Dataset) -> Dataset:
    """The dataset with its imports on its base as that is now, put in place in one step; its id stays.

    Raises Conflict while an import runs, StateError where disk or permissions are in the way, DatasetError where the
    base is broken; the dataset is then as it was.
    """
    with importing():
        dataset = read_dataset(dataset.folder)  # another process may have done it meanwhile
        if dataset.base is None or not stale(dataset):
            return dataset
        base = read_dataset(installed_folders()[dataset.base.id])
        return take_place(built(base, parts_of(dataset, base), dataset.id), dataset.folder)


def parts_of(dataset: Dataset, base: Dataset) -> list[Part]:
    """What was imported into ``dataset``, file by file, as it was when it was first imported."""
    known = {source.id for source in base.sources}
    parts, later = [], set[str]()
    for record in reversed(dataset.imports):
        sources = tuple(s for s in dataset.sources if s.id in record.sources and s.id not in known)
        part = Part(record, sources, _tables(dataset, record), _arrays(dataset, record))
        part.rows.update(_rows(dataset, record, set(record.cells) - later))
        later |= set(record.cells)
        parts.append(part)
    return parts[::-1]


def _tables(dataset: Dataset, record: Import) -> list[Made]:
    names = [f"{stem}_{record.id}" for stem in FLOW_TABLES] if record.kind == "table" else []
    made = []
    for resource in dataset.resources:
        if resource.name in names:
            made.append(Made(resource.name, _read(dataset, resource.name), resource.title, resource.description,
                             resource.fields, resource.primary_key))  # fmt: skip
    return made


def _arrays(dataset: Dataset, record: Import) -> dict[str, tuple[Array, tuple[str, ...], str]]:
    if record.kind != "table":
        return {}
    own = [array for array in dataset.arrays if array.name.startswith(f"mrio_{record.id}_")]
    return {array.name: (read_array(dataset.folder, array), array.axes, array.unit) for array in own}


def _rows(dataset: Dataset, record: Import, cells: set[str]) -> dict[str, pa.Table]:
    """Its rows in tables that hold several imports; an inventory's only of ``cells`` no later one replaced."""
    import pyarrow.compute as pc

    if record.kind == "inventory":
        tables = {name: _read(dataset, name) for name in INVENTORY_TABLES}
        return {name: table.filter(in_cells(table, cells)) for name, table in tables.items()} if cells else {}
    if record.classification == "own":
        return {"own_sector": _read(dataset, "own_sector").filter(pc.field("id") == record.id)}
    return {"mrio_sector": _read(dataset, "mrio_sector").filter(pc.field("year").isin(list(record.years)))}


def _read(dataset: Dataset, name: str) -> pa.Table:
    import pyarrow.parquet as pq

    return pq.read_table(dataset.folder / dataset.resource(name).path)


__all__ = ["parts_of", "rebase"]
