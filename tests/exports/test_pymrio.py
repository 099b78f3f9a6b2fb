"""The folder we write is read by pymrio itself, and pymrio's own algebra gives our footprints."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data.errors import BadRequest
from data.exports import pymrio_folder as out
from data.imports import pymrio_folder as reader
from tools.mrio.algebra import calc_A, calc_f, calc_L, footprint

pymrio = pytest.importorskip("pymrio")
REGIONS, SECTORS, CATEGORIES = (
    ("Guang\tdong", "Hebei", 'the "West"'),
    ("Farms, fish", "Works"),
    ("households", "stocks"),
)


def made(seed: int = 0) -> out.TableOut:
    random = np.random.default_rng(seed)
    n, k = 6, 2
    Z, Y, exports = random.random((n, n)), random.random((n, 3, k)) * 4, random.random(n)
    Y[:, :, 1] -= 1
    x = Z.sum(1) + Y.sum((1, 2)) + exports
    added = x - Z.sum(0)
    direct = np.stack([random.random(3), np.zeros(3)], axis=1).reshape(1, -1)
    extensions = (
        out.Extension("emissions", ("CO2",), ("Mt CO2",), random.random((1, n)), direct),
        out.Extension("value_added", ("wages", "profits"), ("100M yuan",) * 2, np.stack([added * 0.4, added * 0.6])),
        out.Extension("balancing", ("error",), ("100M yuan",), random.random((1, n)) / 100),
        out.Extension("imports", ("imports",), ("100M yuan",), random.random((1, n)), random.random((1, 6))),
    )
    return out.TableOut(
        "made up", "made-up table of 2017", REGIONS, SECTORS, CATEGORIES, "100M yuan", Z, Y, exports, x, extensions
    )


@pytest.mark.parametrize("form", ["parquet", "txt"])
def test_pymrio_reads_it_and_finds_our_footprints(tmp_path: Path, form: Any) -> None:
    table = made()
    system = pymrio.load_all(out.write(table, tmp_path / "table", form))
    np.testing.assert_allclose(system.Z.to_numpy(), table.Z, rtol=1e-15)
    assert list(system.get_regions()) == list(REGIONS) and list(system.get_sectors()) == list(SECTORS)
    assert system.Z.index.names == ["region", "sector"] and system.Y.columns.names == ["region", "category"]
    assert set(system.unit["unit"]) == {"100M yuan"}
    system.calc_all()
    emissions = table.extensions[0]
    assert emissions.F_Y is not None
    f, L = calc_f(emissions.F[0], table.x), calc_L(calc_A(table.Z, table.x))
    ours = footprint(f, L, table.Y.sum(2)).sum(0) + emissions.F_Y.reshape(3, 2).sum(1)
    theirs = system.emissions.D_cba_reg.loc["CO2"]
    np.testing.assert_allclose([theirs[name] for name in REGIONS], ours, rtol=1e-9)
    np.testing.assert_allclose(theirs[out.ABROAD], f @ L @ table.exports, rtol=1e-9)


@pytest.mark.parametrize("form", ["parquet", "txt"])
def test_our_reader_gives_back_what_we_wrote(tmp_path: Path, form: Any) -> None:
    table = made(3)
    read = reader.read(out.write(table, tmp_path / "table", form))
    assert (read.regions, read.sectors, read.categories) == (REGIONS, SECTORS, CATEGORIES)
    for name, values in (("Z", table.Z), ("Y", table.Y), ("exports", table.exports), ("x", table.x)):
        np.testing.assert_array_equal(getattr(read, name), values)
    assert read.co2 is not None
    np.testing.assert_array_equal(read.co2, table.extensions[0].F[0])
    np.testing.assert_array_equal(read.value_added, table.extensions[1].F)
    np.testing.assert_array_equal(read.error, table.extensions[2].F[0])
    np.testing.assert_array_equal(read.imports, table.extensions[3].F[0])
    assert table.extensions[3].F_Y is not None
    np.testing.assert_array_equal(read.final_imports, table.extensions[3].F_Y.reshape(3, 2))
    assert (read.year, read.money) == (2017, "100M yuan")


def test_a_region_without_any_co2_is_no_data_again(tmp_path: Path) -> None:
    table = made(4)
    table.extensions[0].F[0, 2:4] = 0.0
    read = reader.read(out.write(table, tmp_path / "table"))
    assert read.co2 is not None and np.isnan(read.co2[2:4]).all() and np.isfinite(np.delete(read.co2, [2, 3])).all()
    assert any("Hebei" in note.en and "no data" in note.en for note in read.notes)
    assert any("made-up table of 2017" in note.en for note in read.notes)


def test_nothing_is_overwritten_and_nothing_left_half_done(tmp_path: Path) -> None:
    table = made()
    out.write(table, tmp_path / "table")
    with pytest.raises(BadRequest, match="there already"):
        out.write(table, tmp_path / "table")
    bad = out.Extension("emissions", ("CO2", "CH4"), ("Mt",), np.zeros((2, 6)))
    with pytest.raises(ValueError, match="emissions"):
        out.write(replace(table, extensions=(bad,)), tmp_path / "other")
    bad = out.Extension("emissions", ("CO2",), ("Mt",), np.zeros((1, 7)))
    with pytest.raises(ValueError, match="emissions"):
        out.write(replace(table, extensions=(bad,)), tmp_path / "other")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["table"]
