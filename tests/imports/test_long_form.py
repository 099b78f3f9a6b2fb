"""The reader of long tables: every kind of row, both forms, the two 42-lists, and what must be refused and where."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.classification import PROVINCES
from data.errors import BadRequest
from data.imports import long_form, long_source
from data.imports.forms import ReadTable
from data.imports.labels import sector_names

HEAD = "from_region,from_sector,to_region,to_sector,value,unit"
# Two regions, two sectors; every kind of row once at least.
ROWS = (
    "North,Farms,North,Farms,10,M EUR", "North,Farms,South,Works,20,M EUR", "North,Works,North,Farms,5,M EUR",
    "South,Works,South,Works,7,M EUR", "South,Farms,North,final:households,2.5,M EUR",
    "North,Works,South,final:capital,8,M EUR", "North,Farms,,exports,4,M EUR", "South,Works,,error,-0.5,M EUR",
    ",imports,North,Farms,1,M EUR", ",imports,South,final:capital,3,M EUR", ",value_added:wages,North,Farms,9,M EUR",
    ",value_added:profits,South,Works,6,M EUR", ",output,North,Farms,34,M EUR", ",output,North,Works,13,M EUR",
    ",output,South,Farms,2.5,M EUR", ",output,South,Works,6.5,M EUR", ",co2,North,Farms,1500,kt CO2",
    ",co2,South,Works,2,Mt CO2",
)  # fmt: skip
NF, NW, SF, SW = range(4)


def written(folder: Path, rows: tuple[str, ...] | list[str], name: str = "table.csv", head: str = HEAD) -> Path:
    path = folder / name
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return path


def refusal(path: Path) -> BadRequest:
    with pytest.raises(BadRequest) as caught:
        long_form.read(path)
    assert path.name in caught.value.message.zh and path.name in caught.value.message.en
    return caught.value


def check(read: ReadTable) -> None:
    assert (read.regions, read.sectors) == (("North", "South"), ("Farms", "Works"))
    assert (read.classification, read.money, read.year) == ("own", "M EUR", None)
    Z = np.zeros((4, 4))
    Z[NF, NF], Z[NF, SW], Z[NW, NF], Z[SW, SW] = 10, 20, 5, 7
    np.testing.assert_array_equal(read.Z, Z)
    assert read.categories == ("households", "capital")
    Y = np.zeros((4, 2, 2))
    Y[SF, 0, 0], Y[NW, 1, 1] = 2.5, 8
    np.testing.assert_array_equal(read.Y, Y)
    np.testing.assert_array_equal(read.exports, [4, 0, 0, 0])
    np.testing.assert_array_equal(read.error, [0, 0, 0, -0.5])
    np.testing.assert_array_equal(read.imports, [1, 0, 0, 0])
    np.testing.assert_array_equal(read.final_imports, [[0, 0], [0, 3]])
    assert read.va_rows == ("wages", "profits")
    np.testing.assert_array_equal(read.value_added, [[9, 0, 0, 0], [0, 0, 0, 6]])
    np.testing.assert_array_equal(read.x, [34, 13, 2.5, 6.5])
    np.testing.assert_array_equal(read.co2, [1.5, np.nan, np.nan, 2])
    assert read.notes == ()


def parquet(path: Path, rows: tuple[str, ...] | list[str] = ROWS, **types: Any) -> Path:
    cells = list(zip(*(row.split(",") for row in rows), strict=True))
    columns: dict[str, pa.Array] = {}
    for name, texts in zip(HEAD.split(","), cells, strict=True):
        column = pa.array([float(t) for t in texts] if name == "value" else [t or None for t in texts])
        columns[name] = column.cast(types[name]) if name in types else column
    pq.write_table(pa.table(columns), path, row_group_size=5)
    return path


def test_csv_gzip_and_parquet_give_the_same_table(tmp_path: Path) -> None:
    plain = written(tmp_path, ROWS)
    packed = tmp_path / "table.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    coded = parquet(tmp_path / "coded.parquet", to_sector=pa.dictionary(pa.int32(), pa.string()))
    for path in (plain, packed, parquet(tmp_path / "table.parquet"), coded):
        assert long_form.recognise(path)
        check(long_form.read(path))


def test_order_blank_lines_extra_columns_and_a_mark_do_not_matter(tmp_path: Path) -> None:
    path = written(tmp_path, [f"{row}," for row in [*ROWS[:3], *ROWS[3:]]], head=f"\ufeff{HEAD},remark")
    check(long_form.read(path))
    check(long_form.read(written(tmp_path, [*ROWS[:4], "", *ROWS[4:], ""])))


def test_many_batches_make_one_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_source, "_BLOCK", 200)
    monkeypatch.setattr(long_source, "_BATCH", 3)
    check(long_form.read(written(tmp_path, ROWS)))
    check(long_form.read(parquet(tmp_path / "t.parquet")))
    twice = written(tmp_path, [*ROWS, ROWS[1]])
    assert "line 20" in refusal(twice).message.en


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    kept = [row for row in ROWS if not row.startswith((",output", ",imports", ",value", ",co2"))]
    read = long_form.read(written(tmp_path, kept, "regions_2015.csv"))
    np.testing.assert_array_equal(read.x, [34, 13, 2.5, 6.5])
    assert (read.year, read.co2, read.va_rows) == (2015, None, ())
    said = " ".join(note.en for note in read.notes)
    for word in ("output", "closed", "value added", "2015"):
        assert word in said


def test_a_column_of_years_counts_before_the_name(tmp_path: Path) -> None:
    rows = [f"{row},2012" for row in ROWS]
    assert long_form.read(written(tmp_path, rows, "t_2015.csv", f"{HEAD},year")).year == 2012
    assert (
        "line 20"
        in refusal(written(tmp_path, [*rows, "North,Works,South,Farms,1,M EUR,2013"], head=f"{HEAD},year")).message.en
    )
    assert (
        "line 20"
        in refusal(written(tmp_path, [*rows, "North,Works,South,Farms,1,M EUR,12"], head=f"{HEAD},year")).message.en
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("North,Works,South,Farms,ten,M EUR", "not a number"), ("North,Works,South,Farms,,M EUR", "blank"),
        ('North,Works,South,Farms,"1,000",M EUR', "1,000"), ("North,Works,South,Farms,inf,M EUR", "finite"),
        ("North,Works,South,Farms,1,M USD", "M USD"), ("North,Works,South,Farms,1,", "unit"),
        ("North,Works,South,Farms,1", "6 columns"), (ROWS[0], "twice"), ("North,Works,,Farms,1,M EUR", "to_region"),
        (",Works,South,Farms,1,M EUR", "from_region"), ("North,,South,Farms,1,M EUR", "from_sector"),
        (",co2,South,Farms,1,M EUR", "CO2"), (",imports,,exports,1,M EUR", "reserved"),
        ("North,Works,South,exports,1,M EUR", "to_region"), (",co2,North,final:households,1,Mt", "reserved"),
    ],
)  # fmt: skip
def test_a_bad_row_is_refused_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    error = refusal(written(tmp_path, [*ROWS[:6], "", *ROWS[6:], row]))
    assert "line 21" in error.message.en and "第21行" in error.message.zh
    assert said in error.message.en


def test_files_that_are_none_are_refused(tmp_path: Path) -> None:
    assert "to_sector" in refusal(written(tmp_path, ROWS, head=HEAD.replace("to_sector", "buyer"))).message.en
    assert "twice" in refusal(written(tmp_path, ROWS, head=f"{HEAD},value")).message.en
    gbk = tmp_path / "gbk.csv"
    gbk.write_bytes(f"{HEAD}\n北,农业,北,农业,1,元\n".encode("gbk"))
    assert "UTF-8" in refusal(gbk).message.en
    assert "no flow" in refusal(written(tmp_path, [])).message.en
    few = refusal(written(tmp_path, [row for row in ROWS if not row.startswith(",output,South,Works")]))
    assert "South Works" in few.message.en


def test_parquet_of_wrong_types_or_cut_short_is_refused(tmp_path: Path) -> None:
    text = parquet(tmp_path / "text.parquet", value=pa.string())
    assert "column value" in refusal(text).message.en
    wrong = tmp_path / "wrong.parquet"
    pq.write_table(
        pq.read_table(parquet(tmp_path / "t.parquet")).set_column(1, "from_sector", pa.array(range(len(ROWS)))), wrong
    )
    assert "from_sector" in refusal(wrong).message.en
    cut = tmp_path / "cut.parquet"
    cut.write_bytes((tmp_path / "t.parquet").read_bytes()[:-60])
    assert "not a whole Parquet" in refusal(cut).message.en


def test_gzip_is_unpacked_within_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_source, "FREE_BYTES", 2**20)
    bomb = tmp_path / "bomb.csv.gz"
    with gzip.open(bomb, "wb") as out:
        out.write(f"{HEAD}\n".encode())
        for _ in range(40):
            out.write(f"{ROWS[0]}\n".encode() * 10_000)
    error = refusal(bomb)
    assert error.code == "import_too_large" and "unpacks" in error.message.en
    cut = tmp_path / "cut.csv.gz"
    cut.write_bytes(gzip.compress(written(tmp_path, ROWS).read_bytes())[:-12])
    refusal(cut)


def test_too_many_labels_are_refused_before_memory_is_taken(tmp_path: Path) -> None:
    rows = [f"R{i},S{i},R{i},S{i},1,M EUR" for i in range(200)]
    error = refusal(written(tmp_path, rows))
    assert error.code == "import_too_large" and "40,000" not in error.message.en


def chinese(folder: Path, classification: Any, zh: bool, categories: tuple[str, ...]) -> Path:
    """A sparse table of three provinces in one of the 42-lists, money in 10k yuan, sectors in reverse."""
    names = [name.zh if zh else name.en for name in sector_names(classification)]
    places = {p.code: p.name.zh if zh else p.name.en for p in PROVINCES}
    rows = []
    for number, code in enumerate(("GD", "BJ", "XZ"), 1):
        for k, name in reversed(list(enumerate(names, 1))):
            label = f'"{name}"'
            rows.append(f"{places[code]},{label},{places[code]},{label},{number * 10_000 + k},10k yuan")
            rows.append(f"{places[code]},{label},{places['GD']},final:{categories[k % len(categories)]},{k},10k yuan")
    return written(folder, rows, "省际表2012.csv" if zh else "provinces_2012.csv")


@pytest.mark.parametrize("zh", [True, False])
@pytest.mark.parametrize("classification", ["A", "B"])
def test_provinces_and_the_42_lists_are_recognised(tmp_path: Path, classification: str, zh: bool) -> None:
    named = ("农村居民消费", "FU102") if zh else ("rural", "Urban household consumption")
    read = long_form.read(chinese(tmp_path, classification, zh, named))
    assert read.classification == classification
    assert read.regions == ("BJ", "GD", "XZ") and read.sectors == tuple(map(str, range(1, 43)))
    assert (read.money, read.year) == ("100M yuan", 2012)
    assert read.Z[42, 42] == pytest.approx((10_000 + 1) / 10_000)  # Guangdong's agriculture
    assert read.Z[83, 83] == pytest.approx((10_000 + 42) / 10_000)
    assert read.Z[0, 0] == pytest.approx((20_000 + 1) / 10_000)
    assert read.categories == ("rural", "urban", "government", "fixed_capital", "stock_change")
    assert read.Y[43, 1, 0] == pytest.approx(2e-4) and read.Y[42, 1, 1] == pytest.approx(1e-4)
    assert any("government" in note.en for note in read.notes)


def test_a_table_of_provinces_with_other_categories_stays_its_own(tmp_path: Path) -> None:
    read = long_form.read(chinese(tmp_path, "B", False, ("consumption", "investment")))
    assert read.classification == "own" and read.regions == ("Guangdong", "Beijing", "Tibet")
    assert any("consumption" in note.en for note in read.notes)


@pytest.mark.parametrize("page", ["import.md", "import.zh-CN.md"])
def test_the_example_of_the_manual_is_a_table_that_balances(tmp_path: Path, page: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / page).read_text("utf-8")
    path = tmp_path / "example.csv"
    path.write_text(text.split("```csv\n")[1].split("```")[0], "utf-8")
    read = long_form.read(path)
    np.testing.assert_array_equal(read.Z.sum(1) + read.Y.sum((1, 2)) + read.exports, read.x)
    np.testing.assert_array_equal(read.Z.sum(0) + read.imports + read.value_added.sum(0), read.x)
    assert read.co2 is not None and read.co2.sum() == pytest.approx(0.154) and read.notes == ()
