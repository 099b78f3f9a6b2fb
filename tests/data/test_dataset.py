"""Datasets on disk: read, cited, chosen; a broken folder is named with its mend."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.dataset import (
    Dataset,
    active_dataset,
    find_dataset,
    list_datasets,
    read_dataset,
    starter_folder,
    use_dataset,
)
from data.errors import DatasetError, UnknownName
from data.verify import broken_datasets


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TANLU_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def copy(home: Path) -> Path:
    """A copy of the starter installed as another dataset."""
    folder = home / "datasets" / "other"
    shutil.copytree(starter_folder(), folder)
    return folder


def edit(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    package = folder / "datapackage.json"
    described = json.loads(package.read_text("utf-8"))
    change(described)
    package.write_text(json.dumps(described), "utf-8")


def test_the_starter_says_what_it_is(starter: Dataset) -> None:
    assert starter.id == "starter"
    assert starter.title.zh == "碳路起步数据集"
    assert len(starter.checksum) == 64
    co2 = starter.resource("co2")
    assert co2.primary_key == ("region", "year", "sector_no", "fuel")
    assert {f.name: f.unit for f in co2.fields}["mt"] == "Mt CO2"


def test_ceads_tables_carry_ceads_and_the_four_papers(starter: Dataset) -> None:
    for table in ("co2", "co2_42", "co2_published"):
        said = " ".join(source.citation.en for source in starter.cite(table))
        for piece in ("CEADs", "10.1038/sdata.2017.201", "10.1038/s41597-020-0393-y", "10.1029/2021EF002241",
                      "10.1016/j.apenergy.2016.03.073"):  # fmt: skip
            assert piece in said, (table, piece)
        licence = starter.resource(table).licence.en
        assert "Apache" not in licence and " open " not in licence


def test_an_unknown_table_comes_with_the_nearest(starter: Dataset) -> None:
    with pytest.raises(UnknownName) as unknown:
        starter.cite("populations")
    assert unknown.value.nearest[0] == "population"


def test_the_starter_is_active_until_another_is_chosen(home: Path, copy: Path) -> None:
    assert active_dataset().folder == starter_folder()
    assert [d.folder.name for d in list_datasets()] == ["starter", "other"]
    use_dataset("other")
    assert active_dataset().folder == copy
    use_dataset("starter")
    assert active_dataset().folder == starter_folder()


def test_an_unknown_dataset_is_answered_with_those_there_are(copy: Path) -> None:
    with pytest.raises(UnknownName) as unknown:
        use_dataset("nothing")
    assert unknown.value.nearest == ("starter", "other")
    assert active_dataset().folder == starter_folder()


def test_a_chosen_dataset_that_is_gone_is_named(copy: Path) -> None:
    use_dataset("other")
    shutil.rmtree(copy)
    with pytest.raises(UnknownName) as gone:
        active_dataset()
    assert "starter" in gone.value.message.en


def test_a_broken_dataset_does_not_hide_the_others(copy: Path) -> None:
    (copy / "datapackage.json").write_text("{")
    assert [d.folder.name for d in list_datasets()] == ["starter"]
    assert list(broken_datasets()) == ["other"]
    with pytest.raises(DatasetError):
        find_dataset("other")
    with pytest.raises(DatasetError):
        use_dataset("other")
    assert active_dataset().folder == starter_folder()


def co2(described: dict[str, Any]) -> dict[str, Any]:
    entry: dict[str, Any] = next(r for r in described["resources"] if r["name"] == "co2")
    return entry


BROKEN: dict[str, Callable[[Path], object]] = {
    "no package": lambda f: (f / "datapackage.json").unlink(),
    "no json": lambda f: (f / "datapackage.json").write_text("not json"),
    "not an object": lambda f: (f / "datapackage.json").write_text("[1]"),
    "not utf-8": lambda f: (f / "datapackage.json").write_bytes(b"\xff\xfe{}"),
    "no title": lambda f: edit(f, lambda d: d.pop("titles")),
    "half a title": lambda f: edit(f, lambda d: d["titles"].pop("zh")),
    "no resources": lambda f: edit(f, lambda d: d.pop("resources")),
    "no hash": lambda f: edit(f, lambda d: co2(d).pop("hash")),
    "no licence": lambda f: edit(f, lambda d: co2(d).update(licenses=[])),
    "no source": lambda f: edit(f, lambda d: co2(d).update(sources=[])),
    "unknown source": lambda f: edit(f, lambda d: d.update(sources=[])),
    "outside path": lambda f: edit(f, lambda d: co2(d).update(path="../co2.parquet")),
    "name with quotes": lambda f: edit(f, lambda d: co2(d).update(name='co2"; DROP')),
    "key without column": lambda f: edit(f, lambda d: co2(d)["schema"].update(primaryKey=["place"])),
    "file missing": lambda f: (f / "co2.parquet").unlink(),
    "file cut": lambda f: (f / "co2.parquet").write_bytes(b"PAR1"),
}


@pytest.mark.parametrize("damage", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_folder_is_named_with_its_mend(copy: Path, damage: Callable[[Path], object]) -> None:
    damage(copy)
    with pytest.raises(DatasetError) as error:
        read_dataset(copy)
    assert "other" in error.value.message.en
    assert "tanlu data use starter" in error.value.message.en and "tanlu data use starter" in error.value.message.zh
    assert str(copy.parent) not in error.value.message.en


def test_the_whole_is_small_and_described(starter: Dataset) -> None:
    files = list(starter.folder.iterdir())
    assert sum(p.stat().st_size for p in files) < 25_000_000
    assert {p.name for p in files} == {r.path for r in starter.resources} | {"datapackage.json"}
