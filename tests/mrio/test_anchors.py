"""The comparison with published values: made-up folders with known differences give known statistics."""

from __future__ import annotations

import csv
import gzip
import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.cli import run
from data.anchors import A_TO_B, Anchors, read_anchors
from data.anchors_compare import Comparison, compare, log_correlation, mdape, wape
from data.errors import BadRequest
from data.text import same
from data.verify import Check, Report
from data.warehouse import Warehouse
from tools.mrio.system import System

NODE = ("code", "table", "sector_no", "sector", "gross_output_10k_yuan", "value_added_10k_yuan", "final_use_10k_yuan",
        "exports_10k_yuan", "co2_Mt")  # fmt: skip
EDGE = ("code", "table", "from_sector", "to_sector", "flow_million_yuan")
PLACES = ("GD", "HE", "QH")
B_TO_A = {b: a for a, b in A_TO_B.items()}


def label(number: int) -> str:
    return "Construction" if number == 27 else f"Sector {number}"


def write(
    folder: Path, system: System, *, table: str = "2017new", error: Callable[[int], float] = lambda k: 1.0,
    unit: float = 1.0, shift: int = 0,
) -> Path:  # fmt: skip
    """A folder of our own values, each times ``error`` of its running number; labels moved on by ``shift`` sectors."""
    folder.mkdir(parents=True, exist_ok=True)
    m, co2, s = system.mrio, system.emissions.co2, 42
    final = m.Y.sum((1, 2)) + m.exports
    inside = {c: system.Z[m.block(c), m.block(c)] for c in PLACES}
    in_a = not table.endswith("new")
    k = 0
    with gzip.open(folder / "node_values_of_ours.csv.gz", "wt", newline="") as file:
        out = csv.writer(file)
        out.writerow(NODE)
        for code in PLACES:
            for i in range(1, s + 1):
                at, told = m.at(code, i), i + shift
                if not 1 <= told <= s or (in_a and told not in B_TO_A):
                    continue
                e, k = error(k) * 1e4 * unit, k + 1
                number = B_TO_A[told] if in_a else told
                money = [v[at] * e for v in (m.x, m.value_added, final, m.exports)]
                out.writerow([code, table, number, label(told), *money, co2[at] * e / 1e4 / unit])
    with (folder / "top88_edges_of_ours.csv").open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(EDGE)
        for code in PLACES:
            largest = np.argsort(-inside[code].reshape(-1))[:88]
            for flat in largest:
                i, j = divmod(int(flat), s)
                if in_a and not {i + 1, j + 1} <= set(B_TO_A):
                    continue
                out.writerow([code, table, label(i + 1), label(j + 1), inside[code][i, j] * 100 * error(k)])
                k += 1
    return folder


def statistics(comparison: Comparison) -> dict[str, float]:
    return {s.key: s.ours for s in comparison.statistics}


def only(warehouse: Warehouse, folder: Path) -> Comparison:
    (found,) = compare(warehouse, read_anchors(folder))
    return found


def test_statistics_by_hand() -> None:
    ours, theirs = np.array([1.0, 3.0, 8.0]), np.array([2.0, 2.0, 4.0])
    assert wape(ours, theirs) == pytest.approx(6 / 8)
    assert mdape(ours, theirs) == pytest.approx(0.5)
    # log2: ours 0, 1.58, 3; theirs 1, 1, 2.
    a, b = np.log2(ours), np.log2(theirs)
    r = ((a - a.mean()) * (b - b.mean())).sum() / math.sqrt(((a - a.mean()) ** 2).sum() * ((b - b.mean()) ** 2).sum())
    assert log_correlation(ours, theirs) == pytest.approx(r)
    assert math.isnan(log_correlation(ours[:2], theirs[:2]))
    assert log_correlation(np.array([1.0, 2.0, 4.0, 0.0]), np.array([3.0, 6.0, 12.0, 5.0])) == pytest.approx(1.0)


def test_our_own_values_agree_with_themselves(warehouse: Warehouse, provinces: System, tmp_path: Path) -> None:
    found = only(warehouse, write(tmp_path, provinces))
    told = statistics(found)
    assert (found.year, found.classification) == (2017, "B")
    for key in (
        "edges_mdape",
        "edges_wape",
        "output_wape",
        "value_added_wape",
        "final_use_wape",
        "exports_wape",
        "co2_wape",
    ):
        assert told[key] == pytest.approx(0.0, abs=1e-9), key
    assert told["edges_found"] == 100.0 and told["co2_within_2_percent"] == 100.0
    assert told["edges_log_correlation"] == pytest.approx(1.0)
    naive = {s.key: s.naive for s in found.statistics}
    assert 0.5 < (naive["edges_log_correlation"] or 0) < 1 and (naive["edges_wape"] or 0) > 10
    assert any("126 province-sectors" in n.en for n in found.notes)  # three provinces, 42 sectors


def test_known_errors_give_known_statistics(warehouse: Warehouse, provinces: System, tmp_path: Path) -> None:
    """Published values alternately 25 % above and 20 % below ours: ours are 20 % below and 25 % above them."""
    found = only(warehouse, write(tmp_path, provinces, error=lambda k: 1.25 if k % 2 else 0.8))
    told = statistics(found)
    assert 20 <= told["edges_wape"] <= 25 and told["edges_mdape"] == pytest.approx(22.5, abs=2.6)
    assert 20 <= told["output_wape"] <= 25 and told["co2_within_2_percent"] == 0.0
    assert 0.9 < told["edges_log_correlation"] < 1


def test_a_constant_factor_is_a_difference_and_no_unit(warehouse: Warehouse, provinces: System, tmp_path: Path) -> None:
    told = statistics(only(warehouse, write(tmp_path, provinces, error=lambda k: 2.0)))
    assert told["edges_wape"] == pytest.approx(50.0) and told["edges_mdape"] == pytest.approx(50.0)
    assert told["output_wape"] == pytest.approx(50.0) and told["output_log_correlation"] == pytest.approx(1.0)
    assert told["edges_found"] == 100.0  # the order is the same


def test_a_unit_off_by_a_hundred_is_mended_and_told(warehouse: Warehouse, provinces: System, tmp_path: Path) -> None:
    found = only(warehouse, write(tmp_path, provinces, unit=0.01))
    assert statistics(found)["output_wape"] == pytest.approx(0.0, abs=1e-9)
    assert any("factor of 100" in n.en and n.en.startswith("gross output") for n in found.notes)
    assert not any("factor" in n.en and n.en.startswith("CO2") for n in found.notes)


@pytest.mark.parametrize("shift", [-1, 1])
def test_shifted_labels_are_seen(warehouse: Warehouse, provinces: System, tmp_path: Path, shift: int) -> None:
    found = only(warehouse, write(tmp_path, provinces, shift=shift))
    assert any(f"shifted by {-shift:+d}" in n.en and n.en.startswith("CO2") for n in found.notes)
    assert statistics(found)["co2_wape"] == pytest.approx(0.0, abs=1e-9)


def test_a_table_in_list_a_is_compared_where_sectors_are_whole(
    warehouse: Warehouse, provinces: System, tmp_path: Path
) -> None:
    found = only(warehouse, write(tmp_path, provinces, table="2017"))
    assert found.classification == "A"
    told = statistics(found)
    assert told["output_wape"] == pytest.approx(0.0, abs=1e-9) and told["edges_wape"] == pytest.approx(0.0, abs=1e-9)
    counts = {s.key: s.count for s in found.statistics}
    assert counts["output_wape"] == 3 * 39  # without 22, 35 and 36 of list B
    assert any("list A" in n.en for n in found.notes)


def test_a_year_without_a_table_is_told_and_not_compared(
    warehouse: Warehouse, tmp_path: Path, provinces: System
) -> None:
    found = only(warehouse, write(tmp_path, provinces, table="2012new"))
    assert found.statistics == () and "2012" in found.notes[0].en and "2017" in found.notes[0].en


def test_flows_of_unknown_labels_are_left_out_and_named(
    warehouse: Warehouse, provinces: System, tmp_path: Path
) -> None:
    write(tmp_path, provinces)
    with (tmp_path / "top88_edges_of_ours.csv").open("a") as file:
        file.write("GD,2017new,Alchemy,Construction,5.0\n")
    found = only(warehouse, tmp_path)
    assert any("Alchemy" in n.en for n in found.notes)
    assert statistics(found)["edges_wape"] == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: (folder / "node_values_of_ours.csv.gz").unlink(), "node_values"),
        (lambda folder: (folder / "top88_edges_of_ours.csv").write_text("code,table\nGD,2017new\n"), "lacks the columns"),
        (lambda folder: (folder / "top88_edges_of_ours.csv").write_text(",".join(EDGE) + "\nGD,2017new,Sector 1,Sector 2,n/a\n"), "n/a"),
        (lambda folder: (folder / "node_values_of_ours.csv.gz").write_bytes(b"\x1f\x8bno gzip"), "cannot be read"),
        (lambda folder: (folder / "top88_edges_of_ours.csv").write_bytes(b"\xff\xfe\x00"), "cannot be read"),
        (lambda folder: (folder / "top88_edges_of_ours.csv").write_text(",".join(EDGE) + "\nGD,2017new\n"), "line 2"),
        (lambda folder: (folder / "top88_edges_of_ours.csv").write_text(",".join(EDGE) + "\nGD,2017new,Sector 1,Sector 2,inf\n"), "inf"),
    ],
)  # fmt: skip
def test_a_malformed_folder_is_refused_with_the_place(
    provinces: System, tmp_path: Path, spoil: Callable[[Path], object], said: str
) -> None:
    spoil(write(tmp_path, provinces))
    with pytest.raises(BadRequest) as caught:
        read_anchors(tmp_path)
    assert said in caught.value.message.en and caught.value.message.zh


def test_a_list_that_cannot_be_told_is_refused(provinces: System, tmp_path: Path) -> None:
    write(tmp_path, provinces)
    path = tmp_path / "node_values_of_ours.csv.gz"
    text = gzip.decompress(path.read_bytes()).decode().replace("Construction", "Building")
    path.write_bytes(gzip.compress(text.encode()))
    with pytest.raises(BadRequest, match="2017new"):
        read_anchors(tmp_path)


def test_nothing_in_common_gives_no_statistics(warehouse: Warehouse) -> None:
    stranger = Anchors("2017new", 2017, "B", {("ZZ", 1, 2): 3.0}, {"output": {("ZZ", 1): 2.0}})
    (found,) = compare(warehouse, [stranger])
    assert found.statistics == ()


@pytest.mark.parametrize("sound", [True, False])
def test_the_command_prints_the_report_and_keeps_the_verdict(
    provinces: System, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, sound: bool
) -> None:
    """Far from or near to published values: the status is that of the dataset's own checks."""
    checked = Check(same("a check"), sound, same("said"))
    monkeypatch.setattr("data.verify.verify", lambda dataset: Report(dataset.id, dataset.version, (checked,)))
    status = 0 if sound else 1
    write(tmp_path, provinces, error=lambda k: 2.0)
    assert run(["data", "verify", "--anchors", str(tmp_path), "--json"]) == status
    told = json.loads(capsys.readouterr().out)
    (report,) = told["anchors"]
    assert report["table"] == "2017new" and report["list"] == "B"
    assert {s["key"]: s["ours"] for s in report["statistics"]}["edges_wape"] == pytest.approx(50.0)
    assert run(["data", "verify", "--anchors", str(tmp_path), "--lang", "zh"]) == status
    printed = capsys.readouterr().out
    assert "省内流量：对数相关" in printed and "50.0 %" in printed and "简单模型" in printed
    assert run(["data", "verify", "--anchors", str(tmp_path / "nowhere"), "--lang", "en"]) == 2
    assert "There is no folder" in capsys.readouterr().err
    assert run(["data", "verify", "--json"]) == status
    assert "anchors" not in json.loads(capsys.readouterr().out)
