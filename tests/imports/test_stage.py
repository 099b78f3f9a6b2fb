"""A dataset built aside: complete, described, put in place whole; whatever breaks leaves the installed ones as they were."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data.arrays import read_array
from data.dataset import active_dataset, find_dataset, installed_folders, read_dataset, starter_folder
from data.errors import BadRequest, Conflict, StateError
from data.imports import importing as room
from data.imports import stage as staging
from data.imports.fitting import ready
from data.imports.importing import Examined, import_files
from data.imports.list_b import to_list_b
from data.verify import check_files
from data.warehouse import open_warehouse
from tests.imports.made_up import made_up


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TANLU_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "MRIO 2012.xlsx"
    path.write_bytes(b"a workbook")
    return path


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any file is a made-up table of 2012 in list A."""
    monkeypatch.setattr(room, "read_file", lambda *_: ("ceads-mrio", made_up(2012, "A")))


def leftovers(home: Path) -> list[str]:
    return sorted(p.name for p in (home / "datasets").iterdir() if p.name.startswith(staging.STAGING))


def test_a_dataset_beside_the_starter(home: Path, file: Path, read: None) -> None:
    outcome = import_files([file], name="mine")
    assert outcome.ok and outcome.used and outcome.dataset is not None
    made = find_dataset("mine")
    assert active_dataset().id == "mine" and all(check.ok for check in check_files(made))
    starter = read_dataset(starter_folder())
    assert {r.name for r in starter.resources} < {r.name for r in made.resources}, "the starter's tables are all there"
    record = made.table_import("2012")
    assert record is not None and record.file == file.name and record.layout == "ceads-mrio"
    assert record.sources == ("ceads-mrio-2017",) and record.absent == (35,)
    assert "MRIO 2012.xlsx" in made.description.zh and record.sha256[:12] in made.description.en
    assert [s.id for s in made.cite("mrio_flow_2012")] == ["ceads-mrio-2017"]
    assert "10.1038/s41597-021-01023-5" in made.cite("mrio_flow_2012")[0].url
    assert not leftovers(home)


def test_sql_sees_flows_and_accounts(home: Path, file: Path, read: None) -> None:
    from data.sandbox import run_select

    import_files([file])
    warehouse = open_warehouse()
    table = to_list_b(made_up(2012, "A"))
    total = run_select(warehouse, "SELECT sum(value_100m_yuan), count(*) FROM mrio_flow").rows[0]
    assert total == (pytest.approx(table.Z.sum(), rel=1e-12), int((table.Z != 0).sum()))
    one = "SELECT value_100m_yuan FROM mrio_flow WHERE origin = 'HE' AND product = 14 AND destination = 'GD' AND buyer = 27"
    i, j = table.regions.index("HE") * 42 + 13, table.regions.index("GD") * 42 + 26
    assert run_select(warehouse, one).rows[0][0] == pytest.approx(table.Z[i, j], rel=1e-14)
    final = run_select(
        warehouse, "SELECT sum(value_100m_yuan) FROM mrio_final_flow WHERE category = 'stock_change'"
    ).rows
    assert final[0][0] == pytest.approx(table.Y[:, :, 4].sum(), rel=1e-10)
    basis = run_select(warehouse, "SELECT year, basis, count(*) FROM mrio_accounts GROUP BY ALL ORDER BY year").rows
    assert basis == ((2012, "observed", 31 * 41), (2017, "estimated", 31 * 42)), "list A tells no sector 35"


def test_arrays_are_what_was_read(home: Path, file: Path, read: None) -> None:
    made = import_files([file]).dataset
    assert made is not None
    table, _ = ready(made_up(2012, "A"))
    arrays = {
        name: read_array(made.folder, made.array(f"mrio_2012_{name}")) for name in ("A", "x", "Y", "error", "exports")
    }
    assert isinstance(arrays["A"], np.memmap) and not arrays["A"].flags.writeable
    assert np.allclose(arrays["A"] * arrays["x"][None, :], table.Z, rtol=1e-14, atol=0)
    assert np.array_equal(arrays["Y"], table.Y)
    sold = arrays["A"] @ arrays["x"] + arrays["Y"].sum((1, 2)) + arrays["exports"] + arrays["error"]
    assert np.abs(sold - arrays["x"]).max() < 1e-9
    assert np.allclose(arrays["error"], table.error, atol=1e-9), "the published balancing item"


def test_list_a_keeps_every_total() -> None:
    table = made_up(2015, "A", co2=True)
    merged = to_list_b(table)
    assert merged.Z.sum() == pytest.approx(table.Z.sum(), rel=1e-13)
    gd = merged.regions.index("GD") * 42
    assert merged.x[gd + 21] == pytest.approx(table.x[gd + 21] + table.x[gd + 22], rel=1e-14), "A22 + A23 make B22"
    assert merged.x[gd + 23] == table.x[gd + 24], "A25, electricity, is B24"
    assert merged.x[gd + 35] == table.x[gd + 35] and merged.x[gd + 34] == 0, "A36 stands in B36, B35 is no data"
    assert merged.Z[gd + 23, gd + 26] == table.Z[gd + 24, gd + 27]
    assert merged.value_added.sum() == pytest.approx(table.value_added.sum()) and merged.co2 is not None


def test_several_years_and_a_second_import_add_up(home: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for year in (2012, 2017):
        monkeypatch.setattr(room, "read_file", lambda *_, year=year: ("ceads-mrio", made_up(year, seed=year)))
        import_files([file])
    made = active_dataset()
    assert [found.id for found in made.imports] == ["2012", "2017"] and made.id == "mrio-2017"
    assert not made.has("mrio_trade") and not made.has("mrio_variants"), (
        "the estimate of 2017 gives way to the published table"
    )
    years = open_warehouse().rows("SELECT DISTINCT year, basis FROM mrio_accounts ORDER BY ALL")
    assert years == [(2012, "observed"), (2017, "observed")]
    before = made.array("mrio_2012_A").sha256
    import_files([file], name="again")  # 2017 once more: it takes the place of the other
    assert [found.id for found in active_dataset().imports] == ["2012", "2017"]
    assert active_dataset().array("mrio_2012_A").sha256 == before


def test_checks_that_fail_change_nothing(home: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = made_up(2012)
    table.Z[3, 4] = np.nan
    monkeypatch.setattr(room, "read_file", lambda *_: ("ceads-mrio", table))
    outcome = import_files([file])
    assert not outcome.ok and outcome.dataset is None
    assert active_dataset().id == "starter" and set(installed_folders()) == {"starter"}


def test_check_only_and_no_use(home: Path, file: Path, read: None) -> None:
    assert import_files([file], check_only=True).dataset is None and set(installed_folders()) == {"starter"}
    outcome = import_files([file], use=False)
    assert outcome.dataset is not None and active_dataset().id == "starter"


@pytest.mark.parametrize(
    "broken", ["write_table", "write_array", "_describe", "_copy", "read_dataset"], ids=lambda name: name.strip("_")
)
def test_a_break_at_any_stage_leaves_nothing(
    home: Path, file: Path, read: None, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    whole = getattr(staging, broken)
    calls = {"left": 2 if broken in ("write_table", "_copy") else 0}

    def fails(*arguments: Any) -> Any:
        if calls["left"]:
            calls["left"] -= 1
            return whole(*arguments)
        raise OSError(errno.ENOSPC, "No space left on device", "somewhere")

    monkeypatch.setattr(staging, broken, fails)
    with pytest.raises(StateError) as caught:
        import_files([file])
    assert caught.value.code == "disk_full" and "磁盘空间不足" in caught.value.to("zh")
    assert active_dataset().id == "starter" and set(installed_folders()) == {"starter"} and not leftovers(home)
    monkeypatch.setattr(staging, broken, whole)
    assert import_files([file]).dataset is not None


def test_permissions_are_told_plainly(home: Path, file: Path, read: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any) -> Any:
        raise PermissionError(errno.EACCES, "Permission denied", "/there")

    monkeypatch.setattr(staging, "write_array", refused)
    with pytest.raises(StateError, match="/there"):
        import_files([file])
    assert not leftovers(home)


def test_memory_running_out_is_told_plainly(home: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_much(*_: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr(room, "read_file", too_much)
    with pytest.raises(StateError) as caught:
        import_files([file])
    assert caught.value.code == "import_memory" and not leftovers(home)


KILLED = """
import sys, time
from pathlib import Path
sys.path.insert(0, {root!r})
from data.imports import importing, stage
from tests.imports.made_up import made_up
importing.read_file = lambda *_: ("ceads-mrio", made_up(2012))
whole, left = stage.{function}, [{after}]
def slow(*a, **k):
    if left[0]:
        left[0] -= 1
        return whole(*a, **k)
    print("here", flush=True)
    time.sleep(60)
stage.{function} = slow
importing.import_files([Path(sys.argv[1])])
"""


@pytest.mark.parametrize(
    ("function", "after"), [("write_table", 0), ("write_array", 3), ("_describe", 0), ("read_dataset", 0)]
)
def test_kill_9_leaves_the_active_dataset(home: Path, file: Path, read: None, function: str, after: int) -> None:
    root = str(Path(__file__).parents[2])
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED.format(root=root, function=function, after=after), str(file)],
        stdout=subprocess.PIPE, cwd=root,
    )  # fmt: skip
    assert child.stdout is not None and child.stdout.readline() == b"here\n"
    with pytest.raises(Conflict):
        import_files([file])  # one import at a time
    child.send_signal(signal.SIGKILL)
    child.wait(timeout=20)
    child.stdout.close()
    assert leftovers(home), "the kill left its half behind"
    assert active_dataset().id == "starter" and set(installed_folders()) == {"starter"}
    time.sleep(0.05)
    assert import_files([file]).dataset is not None and not leftovers(home), "swept by the next import"


def test_names(home: Path, file: Path, read: None) -> None:
    import_files([file], name="mine", use=False)
    for wanted, code in (
        ("mine", "dataset_exists"),
        ("starter", "dataset_exists"),
        ("../x", "bad_dataset_name"),
        ("", "bad_dataset_name"),
    ):
        with pytest.raises(BadRequest) as caught:
            import_files([file], name=wanted)
        assert caught.value.code == code
    first, second = import_files([file], use=False).dataset, import_files([file], use=False).dataset
    assert first is not None and second is not None and (first.id, second.id) == ("mrio-2012", "mrio-2012-2")


def test_remove(home: Path, file: Path, read: None) -> None:
    import_files([file], name="mine")
    with pytest.raises(BadRequest):
        staging.remove("mine")  # in use
    with pytest.raises(BadRequest):
        staging.remove("starter")
    import_files([file], name="other")
    staging.remove("mine")
    assert "mine" not in installed_folders() and active_dataset().id == "other" and not leftovers(home)


def test_a_changed_array_is_found(home: Path, file: Path, read: None) -> None:
    made = import_files([file]).dataset
    assert made is not None
    path = made.folder / made.array("mrio_2012_A").path
    raw = bytearray(path.read_bytes())
    raw[-100] ^= 1
    path.write_bytes(bytes(raw))
    assert not all(check.ok for check in check_files(made))


def test_examined_says_what_stops(file: Path) -> None:
    found = Examined(file.name, "0", "ceads-mrio", made_up(None), room.check(made_up(None)))
    assert not found.ok and any("year" in f.name.en.lower() for f in found.findings if not f.ok)
