"""What an import adds to a dataset and what it takes the place of: tables, arrays and the records of earlier imports."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from data.imports.tables import OWN_FIELDS, SECTOR_FIELDS, Made
from data.package import Field, Import, Resource, Source
from data.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

    from data.dataset import Dataset
    from data.imports.forms import Array

INVENTORY_TABLES = ("co2", "co2_42", "co2_published")
FLOW_TABLES = ("mrio_flow", "mrio_final_flow", "mrio_final_imports")  # one for each year of an imported table


@dataclass
class Part:
    """One imported file, ready to be written. ``rows`` are added to tables that hold several years or tables together,
    by name: ``mrio_sector``, ``own_sector``, ``co2``, ``co2_42``, ``co2_published``."""

    record: Import
    sources: tuple[Source, ...]
    tables: list[Made] = field(default_factory=list)
    arrays: dict[str, tuple[Array, tuple[str, ...], str]] = field(default_factory=dict)
    rows: dict[str, pa.Table] = field(default_factory=dict)

    def forget(self) -> None:
        """Let go of the large arrays once they are on disk."""
        self.tables.clear()
        self.arrays.clear()


@dataclass(frozen=True)
class Replaced:
    """What of the base dataset the parts take the place of: ``years`` of interprovincial tables, ``cells`` (region,
    year) of inventories."""

    years: frozenset[int]
    cells: frozenset[tuple[str, int]]

    def drops(self, found: Import) -> bool:
        """Whether an earlier import is replaced whole: the same year's table."""
        return found.kind == "table" and found.classification != "own" and set(found.years) <= self.years

    def table(self, name: str) -> bool:
        """Whether a table is not taken over as it stands because it is replaced or written anew."""
        stem, _, year = name.rpartition("_")
        if stem in FLOW_TABLES:
            return int(year) in self.years
        if name == "mrio_sector":
            return bool(self.years)
        return name in INVENTORY_TABLES and bool(self.cells)

    def array(self, name: str) -> bool:
        """Whether an array belongs to a table that is replaced."""
        return any(name.startswith(f"mrio_{year}_") for year in self.years)

    def narrowed(self, base: Dataset, resource: Resource) -> Made | None:
        """A table of the estimate without the years replaced; None where none of its rows go."""
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        if not resource.name.startswith("mrio_") or resource.name.rpartition("_")[2].isdigit() or not self.years:
            return None
        if "year" not in {f.name for f in resource.fields}:
            return None
        table = pq.read_table(base.folder / resource.path)
        kept = table.filter(~pc.field("year").isin(sorted(self.years)))
        if kept.num_rows == table.num_rows:
            return None
        return Made(resource.name, kept, resource.title, resource.description, resource.fields, resource.primary_key)

    def merged(self, base: Dataset, parts: Sequence[Part]) -> Iterator[tuple[Made, tuple[str, ...], Text]]:
        """Tables that hold rows of the base and of the parts together, with the sources of both."""
        from data.imports.publications import TERMS

        for name in sorted({name for part in parts for name in part.rows}):
            own = [(part, part.rows[name]) for part in parts if name in part.rows]
            sources = tuple(dict.fromkeys(key for part, _ in own for key in part.record.sources))
            if not base.has(name):
                yield self._fresh(name, [rows for _, rows in own]), sources, TERMS
                continue
            resource = base.resource(name)
            before = self._before(base, resource)
            fields = _FIELDS.get(name, resource.fields)
            table = _stacked(fields, [before, *(rows for _, rows in own)])
            table = table.sort_by([(key, "ascending") for key in resource.primary_key])
            if before.num_rows:
                sources = tuple(dict.fromkeys((*sources, *resource.sources)))
            licence = (
                TERMS
                if not before.num_rows
                else Text(f"{resource.licence.zh} {TERMS.zh}", f"{resource.licence.en} {TERMS.en}")
            )
            title, description = (resource.title, resource.description) if before.num_rows else _SECTOR
            yield Made(name, table, title, description, fields, resource.primary_key), sources, licence

    def _before(self, base: Dataset, resource: Resource) -> pa.Table:
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        table = pq.read_table(base.folder / resource.path)
        if resource.name == "mrio_sector":
            table = table.filter(~pc.field("year").isin(sorted(self.years)))
            if "basis" not in table.column_names:
                table = table.append_column("error_100m_yuan", pa.array([0.0] * table.num_rows))
                table = table.append_column("co2_mt", pa.nulls(table.num_rows, pa.float64()))
                table = table.append_column("basis", pa.array(["estimated"] * table.num_rows))
        elif resource.name in INVENTORY_TABLES:
            gone = in_cells(table, {f"{region} {year}" for region, year in self.cells})
            table = table.filter(pc.invert(gone))
        return table

    def _fresh(self, name: str, rows: list[pa.Table]) -> Made:
        if name == "own_sector":
            return Made(
                name, _stacked(OWN_FIELDS, rows), Text("导入的自有表：各部门", "Imported tables with labels of their own: sectors"),
                Text("地区与部门按文件所用名称；流量见同名数组。", "Regions and sectors as labelled in the file; flows stand in the arrays."),
                OWN_FIELDS, ("id", "region", "sector"),
            )  # fmt: skip
        return Made(name, _stacked(SECTOR_FIELDS, rows), *_SECTOR, SECTOR_FIELDS, ("year", "region", "sector"))


def in_cells(table: pa.Table, cells: Collection[str]) -> pa.ChunkedArray:
    """For each row of an inventory table whether its region and year are among ``cells`` ("GD 2017")."""
    import pyarrow as pa
    import pyarrow.compute as pc

    cell = pc.binary_join_element_wise(table["region"], pc.cast(table["year"], pa.string()), " ")
    return pc.is_in(cell, value_set=pa.array(sorted(cells), pa.string()))


_FIELDS: dict[str, tuple[Field, ...]] = {"mrio_sector": SECTOR_FIELDS, "own_sector": OWN_FIELDS}
_SECTOR = (
    Text("各省分部门产出与增加值", "Output and value added by province and sector"),
    Text(
        "导入的省际表：各省42部门的总产出、增加值、出口、进口投入、存货变动、平衡项与所附二氧化碳。",
        "Imported interprovincial tables: gross output, value added, exports, imported inputs, stock change, balancing item "
        "and the CO2 that came with them, by province and sector.",
    ),
)


def _stacked(fields: tuple[Field, ...], tables: list[pa.Table]) -> pa.Table:
    """Tables one under the other in the order and types of ``fields``."""
    import pyarrow as pa

    types = {"string": pa.string(), "integer": pa.int32(), "number": pa.float64(), "boolean": pa.bool_()}
    schema = pa.schema([pa.field(f.name, types[f.type], nullable=not f.required) for f in fields])
    return pa.concat_tables([t.select([f.name for f in fields]).cast(schema) for t in tables])


def cells_of(rows: pa.Table) -> tuple[str, ...]:
    """The regions and years of an inventory's rows, as "GD 2017"."""
    found = rows.group_by(["region", "year"]).aggregate([])
    return tuple(
        sorted(f"{r} {y}" for r, y in zip(found["region"].to_pylist(), found["year"].to_pylist(), strict=True))
    )


def replaced(parts: Sequence[Part]) -> Replaced:
    """What of the base dataset the ``parts`` take the place of."""
    tables = [p.record for p in parts if p.record.kind == "table" and p.record.classification != "own"]
    cells: set[tuple[str, int]] = set()
    for part in parts:
        if "co2" in part.rows:
            cells |= {(region, int(year)) for region, year in map(str.split, cells_of(part.rows["co2"]))}
    return Replaced(frozenset(year for t in tables for year in t.years), frozenset(cells))


__all__ = ["FLOW_TABLES", "INVENTORY_TABLES", "Part", "Replaced", "cells_of", "in_cells", "replaced"]
