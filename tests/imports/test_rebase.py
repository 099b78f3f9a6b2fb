"""An imported dataset when its base has changed: the imports stay to the bit, all else is the new base's, in one step."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from data import dataset as datasets
from data.arrays import read_array, sha256_of
from data.dataset import PACKAGE, Dataset, active_dataset, read_dataset, stale, starter_folder
from data.errors import StateError
from data.imports import importing as room
from data.imports import rebase as rebasing
from data.imports import stage as staging
from data.imports.importing import import_files
from data.verify import check_files
from data.warehouse import open_warehouse
from tests.imports.fixtures_inventory import provincial
from tests.imports.made_up import made_up


@pytest.fixture
def starter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A starter that may be changed, in a home of its own."""
    monkeypatch.setenv("TANLU_HOME", str(tmp_path / "home"))
    folder = tmp_path / "starter"
    shutil.copytree(starter_folder(), folder)
    monkeypatch.setattr(datasets, "starter_folder", lambda: folder)
    return folder


@pytest.fixture
def imported(starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dataset:
    """A table of 2012, one of 2017, and inventories of Guangdong, Inner Mongolia and Shaanxi in 2017."""
    file = tmp_path / "table.xlsx"
    file.write_bytes(b"a workbook")
    with monkeypatch.context() as patch:
        for table in (made_up(2012, "A"), made_up(2017, seed=3)):
            patch.setattr(room, "read_file", lambda *_, table=table: ("ceads-mrio", table))
            import_files([file])
    import_files([provincial(tmp_path)], name="mine")
    return active_dataset()


def upgrade(starter: Path) -> None:
    """A new starter: a table more, and GDP of Guangdong in 2017 revised."""
    described = json.loads((starter / PACKAGE).read_text("utf-8"))
    gdp = next(entry for entry in described["resources"] if entry["name"] == "gdp")
    path = starter / gdp["path"]
    shutil.copy(path, starter / "gdp_first.parquet")
    table = pq.read_table(path)
    mine = pc.and_(pc.equal(table["region"], "GD"), pc.equal(table["year"], 2017))
    where = table.column_names.index("gdp_100m_yuan")
    pq.write_table(table.set_column(where, "gdp_100m_yuan", pc.if_else(mine, 1.0, table["gdp_100m_yuan"])), path)
    described["resources"].append({**gdp, "name": "gdp_first", "path": "gdp_first.parquet"})
    gdp |= {"hash": f"sha256:{sha256_of(path)}", "bytes": path.stat().st_size}
    described["version"] = "9.0"
    (starter / PACKAGE).write_text(json.dumps(described, ensure_ascii=False), "utf-8")


def state_of(dataset: Dataset) -> dict[str, list[tuple[object, ...]]]:
    """What the imports hold, by SQL."""
    house = open_warehouse(dataset)
    return {
        sql: house.rows(sql)
        for sql in (
            "SELECT * FROM mrio_sector ORDER BY ALL",
            "SELECT sum(value_100m_yuan), count(*) FROM mrio_flow_2012",
            "SELECT sum(value_100m_yuan), count(*) FROM mrio_flow_2017",
            "SELECT * FROM co2 WHERE year = 2017 AND region IN ('GD', 'NM', 'SN', 'HE') ORDER BY ALL",
            "SELECT region, sum(mt), count(*) FROM co2_42 GROUP BY region ORDER BY region",
            "SELECT count(*), sum(mt) FROM co2_published",
        )
    }


def test_the_base_is_recorded_and_the_starters_own(imported: Dataset, starter: Path) -> None:
    base = imported.base
    assert base is not None and base.id == "starter", "also of a dataset built on an imported one"
    assert base.checksum == read_dataset(starter).checksum and not stale(imported)
    inventory = next(found for found in imported.imports if found.kind == "inventory")
    assert inventory.cells == ("GD 2017", "NM 2017", "SN 2017")


def test_a_new_starter_is_taken_up_with_the_imports_unchanged(imported: Dataset, starter: Path) -> None:
    before, arrays = state_of(imported), {a.name: a.sha256 for a in imported.arrays}
    kept = np.array(read_array(imported.folder, imported.array("mrio_2012_A")))
    upgrade(starter)
    assert stale(read_dataset(imported.folder))
    after = active_dataset()
    assert after.id == imported.id and after.version == f"9.0+{len(imported.imports)}" and not stale(after)
    assert after.has("gdp_first") and not imported.has("gdp_first")
    gdp = "SELECT gdp_100m_yuan FROM {} WHERE region = 'GD' AND year = 2017"
    house = open_warehouse(after)
    assert house.rows(gdp.format("gdp")) == [(1.0,)] and house.rows(gdp.format("gdp_first"))[0][0] > 1e4
    assert state_of(after) == before
    assert {a.name: a.sha256 for a in after.arrays} == arrays and after.imports == imported.imports
    assert np.array_equal(read_array(after.folder, after.array("mrio_2012_A")), kept)
    assert all(check.ok for check in check_files(after))
    named = {PACKAGE, *(r.path for r in after.resources), *(a.path for a in after.arrays)}
    assert {file.name for file in after.folder.iterdir()} == named, "nothing of the old one is left"
    assert active_dataset().checksum == after.checksum, "once"
    upgraded = json.loads((starter / PACKAGE).read_text("utf-8"))
    (starter / PACKAGE).write_text(json.dumps({**upgraded, "version": "9.1"}), "utf-8")
    assert active_dataset().version.startswith("9.1+") and state_of(active_dataset()) == before


@pytest.mark.parametrize("broken", ["write_table", "_describe", "_write_package", "_flush"])
def test_what_cannot_be_rebased_answers_as_it_was(
    imported: Dataset, starter: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    upgrade(starter)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "somewhere")

    with monkeypatch.context() as patch:
        patch.setattr(staging, broken, full)
        with pytest.raises(StateError, match="disk is full"):
            rebasing.rebase(imported)
        assert active_dataset().checksum == imported.checksum and stale(active_dataset())
        assert all(check.ok for check in check_files(active_dataset()))
    assert not stale(active_dataset()), "the next opening mends it"


def test_while_an_import_runs_the_old_one_answers(imported: Dataset, starter: Path) -> None:
    upgrade(starter)
    with staging.importing():
        assert active_dataset().checksum == imported.checksum
    assert active_dataset().has("gdp_first")


def test_a_broken_new_starter_leaves_the_import(imported: Dataset, starter: Path) -> None:
    (starter / PACKAGE).write_text("{", "utf-8")
    assert active_dataset().checksum == imported.checksum
