"""Imported interprovincial tables as arrays, memory-mapped, with the CO2 that came with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.arrays import read_array
from data.dataset import broken
from data.errors import UnknownName
from data.mrio import FUEL_GROUPS, SECTORS, Array, Emissions, Mrio, move
from data.text import Text

if TYPE_CHECKING:
    from data.dataset import Dataset


def load_published(dataset: Dataset, year: int) -> Mrio:
    """The imported table of a year. Raises UnknownName where there is none, DatasetError where its files are damaged."""
    found = dataset.table_import(str(year))
    if found is None:
        raise UnknownName("no_import", Text(f"没有导入{year}年的表。", f"No table of {year} was imported."))
    arrays = load_arrays(dataset, found.id)
    categories = arrays.pop("final_imports")
    total = np.broadcast_to(np.nan, (SECTORS, *categories.shape))  # known by region and category, not by product
    return Mrio(
        year=year, kind="published", regions=found.regions, sectors=tuple(int(k) for k in found.sectors), absent=found.absent,
        final_imports=np.asarray(total), source=f"mrio_flow_{year}", co2=arrays.pop("co2", None), **arrays,
    )  # fmt: skip


def load_arrays(dataset: Dataset, key: str) -> dict[str, Array]:
    """The arrays of an imported table by their short names (A, x, Y, …). Raises DatasetError where one cannot be read."""
    stem = f"mrio_{key}_"
    try:
        return {
            a.name.removeprefix(stem): read_array(dataset.folder, a) for a in dataset.arrays if a.name.startswith(stem)
        }
    except (OSError, ValueError, EOFError) as error:
        raise broken(dataset.folder, f"数组无法读取（{error}）", f"an array cannot be read ({error})") from error


def own_emissions(mrio: Mrio, co2: Array, year: int, households: Array) -> Emissions:
    """The CO2 that came with a table. Regions with none at all have no inventory; ``households`` are the inventory's of
    ``year``, as the table has none."""
    r = len(mrio.regions)
    values = np.nan_to_num(np.asarray(co2), nan=0.0)[:, None].copy()
    moved = move(mrio, values)
    produced = values[:, 0]
    f = np.divide(produced, mrio.x, out=np.zeros(len(produced)), where=mrio.x > 0)
    without = np.abs(values.reshape(r, -1)).sum(1) == 0
    missing = tuple(code for code, none in zip(mrio.regions, without, strict=True) if none)
    by_group = np.full((len(produced), len(FUEL_GROUPS)), np.nan)
    return Emissions(mrio.year, produced, by_group, f, households, missing, moved, mrio.source, year)


__all__ = ["load_arrays", "load_published", "own_emissions"]
