"""Own figures on disk: private to their owner, replaced only when said so, whole or not at all."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from data.errors import Conflict, StateError, UnknownName
from data.own.problems import BadFile
from data.own.store import OwnFigures
from tools.roadmap.own_files import take

HEAD = b"province,item,sector,year,value,unit,note\n"
ONE = HEAD + "广东,emissions,,2024,640,Mt,\n江苏,emissions,,2024,850,Mt,\n".encode()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TANLU_HOME", str(tmp_path))
    return tmp_path


def test_several_provinces_are_kept_each_by_itself_and_replaced_when_said() -> None:
    own = OwnFigures("local")
    assert [h.place.code for h in take(own, ONE, "a.csv").holdings] == ["JS", "GD"]
    later = HEAD + "广东,emissions,,2024,600,Mt,\n".encode()
    with pytest.raises(Conflict, match="Guangdong") as caught:
        take(own, later, "b.csv")
    assert caught.value.code == "figures_present"
    assert own.holding("GD").figures[0].value == 640  # type: ignore[union-attr]
    take(own, later, "b.csv", replace=True)
    assert own.holding("GD").figures[0].value == 600 and own.holding("JS") is not None  # type: ignore[union-attr]
    assert own.remove("广东") == "GD" and own.holding("GD") is None
    with pytest.raises(UnknownName, match="tanlu figures list"):
        own.remove("Guangdong")


def test_a_bad_file_leaves_nothing_behind(home: Path) -> None:
    own = OwnFigures("local")
    for raw in (ONE.replace(b"640", b"-1"), b"PK\x03\x04", b"kind,value,year\ngrowth,9,\nlag,1,\nlag,2,\n"):
        with pytest.raises(BadFile):
            take(own, raw, "a.csv")
    assert not list(home.rglob("*.json")) and own.holdings() == () and own.scenarios() == ()


def test_owners_see_only_their_own(home: Path) -> None:
    mine, theirs = OwnFigures("local"), OwnFigures("某局/../local")
    take(mine, ONE, "a.csv")
    assert theirs.holdings() == () and theirs.holding("GD") is None
    take(theirs, ONE.replace(b"640", b"600"), "a.csv")
    assert (mine.holding("GD").figures[0].value, theirs.holding("GD").figures[0].value) == (640, 600)  # type: ignore[union-attr]
    folders = [p for p in (home / "own").iterdir() if p.is_dir()]
    assert len(folders) == 2 and all(stat.S_IMODE(p.stat().st_mode) == 0o700 for p in folders)
    assert all(stat.S_IMODE(p.stat().st_mode) == 0o600 for p in home.rglob("*.json"))


def test_a_broken_store_says_how_to_mend_it(home: Path) -> None:
    own = OwnFigures("local")
    take(own, ONE, "a.csv")
    path = next(home.rglob("figures-GD.json"))
    for broken in ("{", "[]", json.dumps({"place": "GD"})):
        path.write_text(broken, encoding="utf-8")
        with pytest.raises(StateError, match="delete that folder"):
            own.holding("GD")


def test_a_scenario_file_is_kept_under_its_name_with_all_problems_told() -> None:
    own = OwnFigures("local")
    good = "假设,数值,年份\n增速,,\n".encode()
    with pytest.raises(BadFile):
        take(own, good, "x.csv")
    taken = take(own, b"kind,value,year\ngrowth,-0.5,\nnonfossil_power,70%,2035\nno_ccus,,\n", "低增速.csv").scenario
    assert taken is not None and taken.name == "低增速" and len(taken.changes) == 3
    with pytest.raises(Conflict):
        take(own, b"kind,value,year\nlag,2,\n", "低增速.csv")
    take(own, b"kind,value,year\nlag,2,\n", "低增速.csv", replace=True)
    assert own.scenario() == own.scenario("低增速") and own.scenario("nothing") is None
    with pytest.raises(BadFile) as caught:
        take(own, b"kind,value,year\ngrowth,9,\nlag,2\nlag,3\nwind,5,\nno_ccus,1,\nnonfossil_power,50,2019\n", "y.csv")
    assert [(p.line, p.column) for p in caught.value.problems] == [
        (2, "value"), (4, "kind"), (5, "kind"), (6, "value"), (7, "year"),
    ]  # fmt: skip
    assert own.remove("低增速") == "低增速" and own.scenarios() == ()


def test_a_file_name_cannot_lead_out_of_the_folder(home: Path) -> None:
    own = OwnFigures("local")
    take(own, b"kind,value,year\nlag,2,\n", "../../evil.csv")
    take(own, ONE, "C:\\..\\<x>.csv")
    assert own.scenarios()[0].name == "evil" and "<" not in own.holdings()[0].file
    assert all(p.parent.parent == home / "own" for p in home.rglob("*.json"))
