"""Folders that pymrio itself wrote are read back cell by cell; a folder with a fault is refused with the file named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data.errors import BadRequest
from data.imports import pymrio_folder

pymrio = pytest.importorskip("pymrio")


@pytest.fixture(scope="module")
def system() -> Any:
    return pymrio.load_test().calc_all()


@pytest.fixture
def saved(system: Any, tmp_path: Path) -> Path:
    folder = tmp_path / "mrio_2010"
    pymrio.load_test().save_all(folder, table_format="txt")
    return folder


def refusal(folder: Path) -> str:
    with pytest.raises(BadRequest) as caught:
        pymrio_folder.read(folder)
    assert folder.name in caught.value.message.zh
    return caught.value.message.en


@pytest.mark.parametrize("form", ["txt", "parquet"])
@pytest.mark.parametrize("whole", [True, False])
def test_what_pymrio_saved_is_read(system: Any, tmp_path: Path, form: str, whole: bool) -> None:
    folder = tmp_path / "mrio_2010"
    (system if whole else pymrio.load_test()).save_all(folder, table_format=form)
    assert pymrio_folder.recognise(folder)
    read = pymrio_folder.read(folder)
    assert read.regions == tuple(system.get_regions()) and read.sectors == tuple(system.get_sectors())
    assert read.categories == tuple(system.get_Y_categories())
    assert (read.classification, read.money, read.year) == ("own", "Mill USD", 2010)
    np.testing.assert_allclose(read.Z, system.Z.to_numpy(), rtol=1e-12)
    np.testing.assert_allclose(read.Y.reshape(len(read.x), -1), system.Y.to_numpy(), rtol=1e-12)
    np.testing.assert_allclose(read.x, system.x.to_numpy()[:, 0], rtol=1e-9)
    np.testing.assert_allclose(read.value_added, system.factor_inputs.F.to_numpy(), rtol=1e-12)
    assert read.co2 is None and any("CO2" in note.en for note in read.notes)
    assert not read.exports.any() and not read.imports.any()


def test_coefficients_and_output_stand_for_flows(system: Any, tmp_path: Path) -> None:
    whole = pymrio.load_test().calc_all()
    whole.Z = None
    whole.save_all(tmp_path / "t", table_format="parquet")
    read = pymrio_folder.read(tmp_path / "t")
    np.testing.assert_allclose(read.Z, system.Z.to_numpy(), rtol=1e-9, atol=1e-9)
    assert any("A times x" in note.en for note in read.notes)


def test_the_row_named_co2_is_read_in_mt(tmp_path: Path) -> None:
    made = pymrio.load_test()
    made.emissions.F = made.emissions.F.rename(index={"emission_type1": "CO2", "emission_type2": "CO2 - other"})
    made.emissions.unit = made.emissions.unit.rename(index={"emission_type1": "CO2", "emission_type2": "CO2 - other"})
    made.save_all(tmp_path / "two", table_format="txt")
    two = pymrio_folder.read(tmp_path / "two")
    assert two.co2 is None and any("2 rows may be CO2" in note.en for note in two.notes)
    made.emissions.F = made.emissions.F.droplevel("compartment")
    made.emissions.unit = made.emissions.unit.droplevel("compartment")
    made.save_all(tmp_path / "one", table_format="txt")
    one = pymrio_folder.read(tmp_path / "one")
    assert one.co2 is not None
    np.testing.assert_allclose(one.co2, made.emissions.F.loc["CO2"].to_numpy() * 1e-9, rtol=1e-12)


def test_final_use_outside_the_table_is_exports(tmp_path: Path) -> None:
    made = pymrio.load_test()
    made.Y[("elsewhere", "Export")] = np.arange(48.0)
    made.save_all(tmp_path / "t", table_format="parquet")
    read = pymrio_folder.read(tmp_path / "t")
    np.testing.assert_array_equal(read.exports, np.arange(48.0))
    np.testing.assert_allclose(read.x, read.Z.sum(1) + read.Y.sum((1, 2)) + read.exports, rtol=1e-12)
    assert any("elsewhere" in note.en for note in read.notes)


@pytest.mark.parametrize("name", ["Z.txt", "Y.txt", "unit.txt", "factor_inputs/F.txt", "file_parameters.json"])
def test_a_missing_file_is_named(saved: Path, name: str) -> None:
    (saved / name).unlink()
    if name == "file_parameters.json":
        assert not pymrio_folder.recognise(saved)
    else:
        (saved / name).with_suffix(".bak").touch()
        with pytest.raises(BadRequest) as caught:
            pymrio_folder.read(saved)
        assert name.rpartition("/")[2] in caught.value.message.en and "missing" in caught.value.message.en


def test_text_among_the_numbers_is_refused_with_its_cell(saved: Path) -> None:
    lines = (saved / "Z.txt").read_text("utf-8").split("\n")
    cells = lines[7].split("\t")
    cells[4] = "n.a.x"
    lines[7] = "\t".join(cells)
    (saved / "Z.txt").write_text("\n".join(lines), "utf-8")
    said = refusal(saved)
    assert "line 8" in said and "column 5" in said and "n.a.x" in said


def test_a_cut_table_is_refused(saved: Path) -> None:
    whole = (saved / "Z.txt").read_bytes()
    (saved / "Z.txt").write_bytes(whole[: len(whole) // 2])
    assert "Z.txt" in refusal(saved)


def test_tables_that_do_not_fit_each_other_are_refused(saved: Path) -> None:
    lines = (saved / "Y.txt").read_text("utf-8").split("\n")
    (saved / "Y.txt").write_text("\n".join([*lines[:5], *lines[6:]]), "utf-8")
    assert "Y" in refusal(saved)


def test_several_units_of_money_are_refused(saved: Path) -> None:
    text = (saved / "unit.txt").read_text("utf-8")
    (saved / "unit.txt").write_text(text.replace("Mill USD", "t", 1), "utf-8")
    assert "more than one unit" in refusal(saved)


@pytest.mark.parametrize(
    ("name", "said"),
    [("../Z.txt", "malformed"), ("/etc/passwd", "malformed"), ("Z.pickle", "any code"), ("Z.xls", ".xls")],
)
def test_names_that_lead_elsewhere_and_unsafe_forms_are_refused(saved: Path, name: str, said: str) -> None:
    about = json.loads((saved / "file_parameters.json").read_text("utf-8"))
    about["files"]["Z"]["name"] = name
    (saved / "file_parameters.json").write_text(json.dumps(about), "utf-8")
    if name.startswith("Z"):
        (saved / name).write_bytes(b"x")
    assert said in refusal(saved)


def test_an_extension_alone_is_no_table(saved: Path) -> None:
    assert "extension" in refusal(saved / "emissions")
