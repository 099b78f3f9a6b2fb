"""The wheel in a fresh environment: Tanlu answers from a folder that holds a foreign `tools.py` and `data/`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return next(out.glob("*.whl"))


def test_holds_what_it_needs_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert tops == {"assistant", "tools", "knowledge", "data", "prompts"}
    assert any(name.endswith("datapackage.json") for name in names)
    assert any(name.startswith("knowledge/corpus/") for name in names)
    assert {f"{top}/py.typed" for top in tops} <= set(names)


def test_answers_among_foreign_names(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "env"
    venv.create(environment, with_pip=False)
    site = next(environment.glob("lib/python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(site)
    # The dependencies are borrowed from this environment; a path line in a .pth brings no editable install along.
    (site / "borrowed.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "data").mkdir(parents=True)
    (elsewhere / "data" / "__init__.py").write_text("raise RuntimeError('foreign data')\n")
    (elsewhere / "tools.py").write_text("raise RuntimeError('foreign tools')\n")
    code = "import sys; sys.path.pop(0) if sys.path[0] == '' else None; from assistant.cli import main; main()"
    outcome = subprocess.run(
        [str(environment / "bin" / "python"), "-I", "-c", code, "ask", "广东2017年碳排放总量", "--json"],
        cwd=elsewhere,
        env={**os.environ, "TANLU_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert outcome.returncode == 0, outcome.stderr
    answer = json.loads(outcome.stdout)
    assert answer["status"] == "answered"
    assert any(abs(fact["value"] - 556.86) < 0.01 for fact in answer["facts"])
    assert str(ROOT) not in outcome.stdout
