"""The imported table in its own labels: 我导入的表里 Germany 的碳足迹, linkages in my table."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading

Labels = tuple[tuple[str, ...], tuple[str, ...]]
_SHORTEST = 3  # letters of a label that counts without "my table": shorter ones are also words and codes
_DECISIVE = 40.0  # above all that votes and the intent model give another tool
_MEASURES = (
    ("multiplier", r"乘数|multiplier"), ("linkages", r"关联|关键部门|影响力|感应度|linkage|key sector|dispersion"),
    ("trade", r"贸易|流入|流出|调入|调出|往来|进口|出口|trade|inflow|outflow|import(?!ed)|export"),
    ("footprint", r"足迹|消费侧|隐含碳|排放|footprint|consumption|embodied|emission|CO2"),
)  # fmt: skip


def _labels() -> Labels:
    """Regions and sectors of the last own table of the active dataset; none where it holds none or cannot be read."""
    from data.dataset import STARTER, active_name, installed_folders
    from data.errors import TanluError

    name = active_name()
    if name == STARTER:
        return (), ()
    try:
        folder = installed_folders().get(name)
        stamp = None if folder is None else (folder / "datapackage.json").stat().st_mtime_ns
        return ((), ()) if stamp is None else _read(str(folder), stamp)
    except (TanluError, OSError):  # what is wrong with the dataset is said where it is opened
        return (), ()


@lru_cache(maxsize=4)
def _read(folder: str, stamp: int) -> Labels:
    from pathlib import Path

    from data.dataset import read_dataset

    own = [found for found in read_dataset(Path(folder)).imports if found.classification == "own"]
    return (own[-1].regions, own[-1].sectors) if own else ((), ())


def _named(text: str, labels: tuple[str, ...]) -> str | None:
    """The longest label that stands in the text as a word of its own."""
    low = text.casefold()
    for label in sorted(labels, key=len, reverse=True):
        plain = label.strip().casefold()
        if plain and plain in low and re.search(rf"(?<![a-z0-9]){re.escape(plain)}(?![a-z0-9])", low):
            return label
    return None


def _vote(reading: Reading) -> float:
    regions, sectors = _labels()
    if not regions:
        return 0.0
    if reading.has("own_table"):
        return _DECISIVE  # whatever else is named, the table is what is asked
    region, sector = _named(reading.raw, regions), _named(reading.raw, sectors)
    certain = [name for name in (region, sector) if name is not None and len(name) >= _SHORTEST]
    known = reading.places or reading.sectors or reading.fuels  # a name that both know is the house's own
    return _DECISIVE if certain and not known else 0.0  # the house's own tools know no such name


def _compile(reading: Reading) -> list[Call]:
    regions, sectors = _labels()
    region, sector = _named(reading.raw, regions), _named(reading.raw, sectors)
    asked = next((name for name, pattern in _MEASURES if reading.find(pattern)), None)
    default = "overview" if region is None and sector is None else "footprint" if sector is None else "multiplier"
    measure = asked or default
    args: dict[str, Any] = {"region": region, "sector": sector, "measure": measure, "top": reading.limit}
    return [Call("own_table", trimmed(args))]


LANE = Lane("own_table", _vote, _compile)
