"""The command `tanlu data import`: what it prints, its exit status, one JSON document, and where the provenance stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.cli import run
from data.dataset import active_dataset, installed_folders
from tests.imports.fixtures_mrio import Look, known, sheet, write_workbook
from tests.imports.large import write_large


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TANLU_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("book")
    return write_workbook(folder / "MRIO 2017.xlsx", {"Table_2017": sheet(known(2), Look(co2_gap=None))})


def test_one_json_document_and_its_provenance(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["data", "import", str(book), "--json", "--lang", "en"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["dataset"], told["active"]) == (True, "mrio-2017", True)
    assert (told["files"][0]["layout"], told["files"][0]["classification"], told["files"][0]["sectors"]) == (
        "ceads-mrio",
        "B",
        42,
    )
    assert all(check["ok"] for check in told["files"][0]["checks"])
    assert run(["data", "info", "--json"]) == 0
    info = json.loads(capsys.readouterr().out)
    assert info["imports"][0]["sha256"] == told["files"][0]["sha256"] and "ceads-mrio-2017" in {
        s["id"] for s in info["sources"]
    }
    assert run(["data", "list"]) == 0 and "* mrio-2017" in capsys.readouterr().out
    assert run(["data", "use", "starter"]) == 0 and run(["data", "remove", "mrio-2017"]) == 0
    assert set(installed_folders()) == {"starter"}


def test_failures_name_the_cell_and_change_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    grid = sheet(known(2), Look())
    grid[30][60] = 9e9  # a flow no row can hold
    wrong = write_workbook(tmp_path / "MRIO 2017.xlsx", {"Table_2017": grid})
    assert run(["data", "import", str(wrong), "--lang", "zh"]) == 1
    said = capsys.readouterr()
    assert "FAIL" in said.out and "Table_2017!" in said.out and "未导入" in said.err
    assert active_dataset().id == "starter" and set(installed_folders()) == {"starter"}


def test_check_only_prints_the_report(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["data", "import", str(book), "--check-only", "--lang", "zh"]) == 0
    said = capsys.readouterr()
    assert "行平衡" in said.out and "检查通过" in said.err and set(installed_folders()) == {"starter"}


def test_unusable_arguments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["data", "import", str(tmp_path / "nothing.xlsx"), "--lang", "en"]) == 2
    assert "There is no file" in capsys.readouterr().err
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "notes.txt").write_text("no table", "utf-8")
    assert run(["data", "import", str(folder), "--lang", "en"]) == 2
    assert "docs/import.md" in capsys.readouterr().err


def test_a_long_file_and_a_workbook_together(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = write_large(tmp_path / "lands.parquet", 3, 5)
    assert run(["data", "import", str(book), str(own), "--name", "both", "--no-use", "--lang", "en"]) == 0
    assert "tanlu data use both" in capsys.readouterr().err and active_dataset().id == "starter"
    assert run(["data", "verify", "both", "--json"]) in (0, 1)
    checks = {
        c["name"]: c["ok"]
        for c in json.loads(capsys.readouterr().out)["checks"]
        if "own_1" in c["name"] or "2017" in c["name"]
    }
    assert checks and all(checks.values())
