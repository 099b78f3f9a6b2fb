"""The builder: same bytes every time, honest about what is missing, conserving what it maps."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data.build import GROUPS as ALL_GROUPS
from data.build import build_dataset
from data.build.mapped import split_key
from data.build.protocol import Field, from_columns, from_rows
from data.dataset import read_dataset
from data.errors import DatasetError, StateError
from data.text import Text
from tests.data.small_sources import GROUPS, amount, small_sources, write


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_sources(tmp_path_factory.mktemp("sources"))


@pytest.fixture(scope="module")
def built(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_dataset(sources, tmp_path_factory.mktemp("out") / "small", only=GROUPS)


def digests(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


def test_the_result_is_a_sound_dataset(built: Path) -> None:
    dataset = read_dataset(built)
    assert {"co2", "co2_42", "gdp", "io_national", "sources"} <= {r.name for r in dataset.resources}
    assert [s.id for s in dataset.cite("gdp")] == ["nbs-region"]
    for resource in dataset.resources:
        assert pq.read_metadata(built / resource.path).num_rows == resource.rows


def test_the_same_files_give_the_same_bytes(sources: Path, built: Path, tmp_path: Path) -> None:
    again = build_dataset(sources, tmp_path / "again", only=GROUPS)
    assert digests(again) == digests(built)


def test_one_group_can_be_rebuilt_alone(sources: Path, tmp_path: Path) -> None:
    out = build_dataset(sources, tmp_path / "out", only=GROUPS)
    before = digests(out)
    seen: list[str] = []
    build_dataset(sources, out, seen.append, only=["macro"])
    assert seen == ["macro"]
    assert digests(out) == before
    build_dataset(sources, out, seen.append, only=["mapped"])
    assert digests(out) == before


def test_figures_keep_their_values_and_units(built: Path) -> None:
    co2 = pq.read_table(built / "co2.parquet").to_pylist()
    assert len(co2) == 3 * 2 * 47 * 18
    row = next(r for r in co2 if (r["region"], r["year"], r["sector_no"], r["fuel"]) == ("JS", 2017, 39, "Natural Gas"))
    assert row["mt"] == amount(1, 2017, 39, 16)
    assert pq.read_table(built / "gdp.parquet").to_pylist() == [
        {"region": "GD", "year": 2016, "gdp_100m_yuan": 80000.5},
        {"region": "GD", "year": 2017, "gdp_100m_yuan": 90000.0},
        {"region": "JS", "year": 2016, "gdp_100m_yuan": 77000.0},  # the blank of 2017 is no data: no row
    ]
    io = pq.read_table(built / "io_national.parquet").to_pylist()
    cell = next(r for r in io if (r["origin"], r["row_code"], r["column_code"]) == ("domestic", "02", "03"))
    assert cell["value_100m_yuan"] == 2003 / 10_000  # 10,000 yuan became 100 million yuan


def test_a_stray_city_value_before_the_series_is_left_out(built: Path) -> None:
    assert pq.read_table(built / "city_co2.parquet")["year"].to_pylist() == [2016, 2017]


def test_mapping_conserves_every_region_year_and_fuel(built: Path) -> None:
    co2 = pq.read_table(built / "co2.parquet").to_pylist()
    mapped = pq.read_table(built / "co2_42.parquet").to_pylist()

    def sums(rows: list[dict[str, object]]) -> dict[tuple[object, ...], float]:
        result: dict[tuple[object, ...], float] = {}
        for r in rows:
            key = (r["region"], r["year"], r["fuel"])
            result[key] = result.get(key, 0.0) + float(str(r["mt"]))
        return result

    before, after = sums([r for r in co2 if int(str(r["sector_no"])) <= 45]), sums(mapped)
    assert before.keys() == after.keys()
    for key, total in before.items():
        assert after[key] == pytest.approx(total, rel=1e-9)
    assert {r["sector_no"] for r in mapped if r["basis"] == "estimated"} == set(range(30, 43))


def test_wholesale_takes_all_of_inventory_sector_44(built: Path) -> None:
    mapped = pq.read_table(built / "co2_42.parquet").to_pylist()
    found = next(
        r for r in mapped if (r["region"], r["year"], r["sector_no"], r["fuel"]) == ("GD", 2017, 28, "Natural Gas")
    )
    inventory = [n for n in range(1, 44) if min(1 + (n - 1) * 2 // 3, 29) == 28] + [44]
    assert found["mt"] == pytest.approx(sum(amount(0, 2017, n, 16) for n in inventory))


def test_the_key_of_others_by_hand() -> None:
    """Energy purchases 10 and 30, a province with half the first sector's output and a tenth of the second's."""
    key = split_key([30, 31], {30: 10.0, 31: 30.0}, {30: 50.0, 31: 20.0}, {30: 100.0, 31: 200.0})
    np.testing.assert_allclose(key, [5 / 8, 3 / 8])


@pytest.mark.parametrize("output", [{}, {30: 0.0, 31: 0.0}])
def test_the_national_key_stands_where_a_province_has_no_output(output: dict[int, float]) -> None:
    key = split_key([30, 31], {30: 10.0, 31: 30.0}, output, {30: 100.0, 31: 200.0})
    np.testing.assert_allclose(key, [0.25, 0.75])


def test_provincial_output_moves_the_split(sources: Path, tmp_path: Path) -> None:
    from data.build import mapped

    out = build_dataset(sources, tmp_path / "out", only=GROUPS)
    done = {name: pq.read_table(out / f"{name}.parquet") for name in ("co2", "concordance", "io_national")}
    rows = [(2017, region, sector, 1.0 if region == "GD" or sector != 30 else 9.0)
            for region in ("GD", "JS") for sector in range(1, 43)]  # fmt: skip
    columns = dict(
        zip(("year", "region", "sector", "output_100m_yuan"), map(list, zip(*rows, strict=True)), strict=True)
    )
    with_output = mapped.build(sources, {**done, "mrio_sector": pa.table(columns)})[0].table
    without = mapped.build(sources, done)[0].table

    def catering(table: pa.Table, region: str) -> float:
        return sum(float(r["mt"]) for r in table.to_pylist() if (r["region"], r["sector_no"]) == (region, 30))

    assert catering(with_output, "GD") < catering(without, "GD")
    assert catering(with_output, "JS") > catering(without, "JS")
    assert catering(with_output, "CN") == pytest.approx(catering(without, "CN"))


@pytest.mark.parametrize(
    ("group", "file"),
    [
        ("inventory", "ceads_provincial_co2/provincial_co2_1997_2019_sector_by_fuel.csv.gz"),
        ("macro", "province_macro/population_10k_2005_2024.csv"),
        ("power", "province_power/generation_full_scope_TWh_2005_2017_2021.csv"),
        ("energy", "province_energy/total_energy_consumption_10ktce_1998_2019.csv"),
        ("context", "global_context/gcb2022v27_co2_1996_2021.csv"),
    ],
)
def test_a_missing_source_is_named_and_nothing_is_half_written(
    sources: Path, tmp_path: Path, group: str, file: str
) -> None:
    folder = small_sources(tmp_path / "sources")
    (folder / file).unlink(missing_ok=True)
    with pytest.raises(DatasetError) as error:
        build_dataset(folder, tmp_path / "out", only=[group])
    assert error.value.code == "missing_source"
    assert file.split("/")[-1] in error.value.message.zh and file.split("/")[-1] in error.value.message.en
    assert not (tmp_path / "out" / "datapackage.json").exists()
    assert str(tmp_path) not in error.value.message.en


def test_a_cell_that_is_no_number_is_named(tmp_path: Path) -> None:
    folder = small_sources(tmp_path / "sources")
    path = folder / "province_macro/gdp_current_100M_yuan_2005_2024.csv"
    path.write_text("code,2016\nGD,many\n")
    with pytest.raises(DatasetError) as error:
        build_dataset(folder, tmp_path / "out", only=["macro"])
    assert error.value.code == "bad_source" and "many" in error.value.message.en


def test_an_inventory_cell_that_is_no_number_is_named_with_its_row(tmp_path: Path) -> None:
    folder = small_sources(tmp_path / "sources")
    head = ["year", "iso", "sec_no", "sector", "Raw Coal"]
    write(
        folder / "ceads_provincial_co2/provincial_co2_1997_2019_sector_by_fuel.csv.gz",
        head,
        [[2017, "GD", 39, "x", "?"]],
    )
    with pytest.raises(DatasetError) as error:
        build_dataset(folder, tmp_path / "out", only=["inventory"])
    assert "GD 2017, 39" in error.value.message.en


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    folder = small_sources(tmp_path / "sources")
    (folder / "province_macro/gdp_current_100M_yuan_2005_2024.csv").write_bytes(b"\xff\xfe\x00code")
    with pytest.raises(DatasetError) as error:
        build_dataset(folder, tmp_path / "out", only=["macro"])
    assert "gdp_current" in error.value.message.en


def test_a_national_table_of_another_size_is_refused(tmp_path: Path) -> None:
    folder = small_sources(tmp_path / "sources")
    path = folder / "nbs_national_io_42/china_io_2018_42_noncompetitive.csv"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]))
    with pytest.raises(DatasetError, match="91 rows expected, 90 found"):
        build_dataset(folder, tmp_path / "out", only=["national_io"])


def test_an_unknown_group_is_answered_with_those_there_are(sources: Path, tmp_path: Path) -> None:
    with pytest.raises(DatasetError) as error:
        build_dataset(sources, tmp_path, only=["weather"])
    assert error.value.nearest == ALL_GROUPS


def test_mapping_needs_its_inputs_first(sources: Path, tmp_path: Path) -> None:
    with pytest.raises(DatasetError) as error:
        build_dataset(sources, tmp_path / "out", only=["mapped"])
    assert error.value.code == "missing_group"


def test_a_file_in_the_way_of_the_output_is_named(sources: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("not a folder")
    with pytest.raises(StateError):
        build_dataset(sources, tmp_path / "out", only=["macro"])


FIELDS = (
    Field("region", "string", Text("省", "Province")),
    Field("mt", "number", Text("量", "Amount"), "Mt CO2", required=False),
)


def test_tables_are_sorted_by_key_and_keep_missing_values_missing() -> None:
    table = from_rows(FIELDS, [("JS", None), ("GD", 1.5)], ("region",))
    assert table.to_pylist() == [{"region": "GD", "mt": 1.5}, {"region": "JS", "mt": None}]


def test_double_keys_and_missing_keys_are_refused() -> None:
    with pytest.raises(DatasetError) as double:
        from_rows(FIELDS, [("GD", 1.0), ("GD", 2.0)], ("region",))
    with pytest.raises(DatasetError) as missing:
        from_columns(FIELDS, {"region": [None], "mt": [1.0]}, ("region",))
    assert (double.value.code, missing.value.code) == ("double_key", "missing_value")
