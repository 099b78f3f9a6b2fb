"""The table of defaults: what ships, what it rests on, and the version it gives the model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data.build.roadmap import build
from data.errors import DatasetError
from data.warehouse import Warehouse
from tools.roadmap.defaults import Defaults, from_records, load_defaults

# Defaults version 1: the acceptance figures of test_acceptance.py hold for exactly this.
VERSION_1 = "roadmap-1.3+4d85f66210"
HEAD = "name,scope,year,value,unit,low,high,source,note\n"
ROWS = (
    "gdp_growth_real,China,2018,6.75,%/yr,6.55,7.05,somewhere,x\n"
    "gdp_growth_real,China,2030,4.4,%/yr,3.6,5.0,assumption,x\n"
    "population,China,2030,1398,million,1384.0,1412.0,somewhere,x\n"
    "income_elasticity,30-32 and 34-42 services,2017-2060,1.15,-,1.0,1.3,assumption,\n"
    "power_ratio:PROC,MET MIN CHE,full deployment,0.12,MWh/MWh coal avoided,0.05,0.2,assumption,\n"
    "mc_delivery_lag,all,2026-2060,triangular -2/0/4 years,distribution,,,assumption,x\n"
)


def records(warehouse: Warehouse) -> list[dict[str, Any]]:
    return warehouse.records("SELECT * FROM roadmap_defaults ORDER BY ord")


def sources(folder: Path, text: str) -> Path:
    (folder / "roadmap-defaults.csv").write_text(text, encoding="utf-8")
    return folder


def test_every_row_says_what_it_rests_on_and_why_in_both_languages(warehouse: Warehouse) -> None:
    rows = records(warehouse)
    assert len(rows) > 300
    for row in rows:
        assert row["source"] in {"assumption", "unverified"} or row["source"].startswith("data:")
        assert row["note_zh"].strip() and row["note_en"].strip()
        assert "recalled" not in " ".join(str(v) for v in row.values()).lower()
        if row["source"].startswith("data:"):
            assert warehouse.has(row["source"].removeprefix("data:"))


def test_a_range_encloses_its_value_except_for_spreads(warehouse: Warehouse) -> None:
    spreads = {"mc_lever_exponent"}  # a standard deviation with the limits of what is drawn
    for row in records(warehouse):
        if row["low"] is not None and row["name"] not in spreads:
            assert row["low"] <= row["value"] + 1e-9 and row["value"] <= row["high"] + 1e-9, row


def test_the_shipped_defaults_are_version_1(warehouse: Warehouse) -> None:
    assert load_defaults(warehouse).version == VERSION_1


def test_a_changed_default_changes_the_version(warehouse: Warehouse) -> None:
    rows = records(warehouse)
    assert from_records(rows).version == from_records(list(reversed(rows))).version
    changed = [dict(r) for r in rows]
    changed[100]["high"] = 0.123456
    assert from_records(changed).version != VERSION_1


def test_a_missing_default_names_the_mend() -> None:
    with pytest.raises(DatasetError, match="tanlu data build"):
        Defaults((), "none", {}).value("mac", "RENEW")


def test_the_builder_retabulates_words_and_units(tmp_path: Path) -> None:
    table = build(sources(tmp_path, HEAD + ROWS), {})[0].table.to_pylist()
    by = {(r["name"], r["scope"]): r for r in table}
    past = next(r for r in table if r["year"] == 2018)
    assert past["source"] == "unverified"
    assert by["population", "China"]["value"] == 139_800 and by["population", "China"]["unit"] == "10k persons"
    assert {r["scope"] for r in table if r["name"] == "income_elasticity"} >= {"30", "34", "42"}
    assert {r["scope"] for r in table if r["name"] == "power_ratio:PROC"} == {"MET", "MIN", "CHE"}
    lag = by["mc_delivery_lag", "all"]
    assert (lag["low"], lag["value"], lag["high"], lag["unit"]) == (-2.0, 0.0, 4.0, "year")


def test_the_builder_looks_beside_the_sources_too(tmp_path: Path) -> None:
    (tmp_path / "design").mkdir()
    sources(tmp_path / "design", HEAD + ROWS)
    assert build(tmp_path / "data", {})[0].table.num_rows > 10


@pytest.mark.parametrize(
    "text", [HEAD + "nonsense,China,2030,1,-,0,2,assumption,\n", HEAD + "mac,H2,2030,much,-,,,a,\n"]
)
def test_a_row_that_cannot_be_read_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(DatasetError, match=r"roadmap-defaults\.csv"):
        build(sources(tmp_path, text), {})


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"roadmap-defaults\.csv"):
        build(tmp_path, {})
