"""Places, sectors and fuels: their names in both languages, what they cover, and how a name in a text finds them.

The lists are CSV files in ``data/classifications``. ``find_*`` reads one name and raises UnknownName with the nearest
ones; ``*_aliases`` gives every known name in its written form, for readers that look for names inside a sentence.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Literal, TypeVar

from data.characters import folded, has_chinese, simplified
from data.errors import UnknownName
from data.text import Text

PlaceKind = Literal["province", "group", "nation"]
SectorKind = Literal["total", "sector", "group", "households"]


@dataclass(frozen=True, slots=True)
class Place:
    """A province, a group of provinces (``members``: their codes) or the nation (``CN``, no members)."""

    code: str
    kind: PlaceKind
    name: Text
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector or a group of sectors.

    ``inventory`` holds numbers of the 47-sector CO2 inventory, ``mrio`` of the 42-sector list B. ``mrio`` is empty for a
    sector that is only part of one, which ``part_of`` then names; ``inventory`` is empty for a list-B sector that the
    inventory does not list. ``note`` says what the name asked for does not cover, ``short`` is the name for lists and
    labels.
    """

    key: str
    name: Text
    kind: SectorKind
    inventory: tuple[int, ...]
    mrio: tuple[int, ...]
    note: Text | None = field(default=None, compare=False)
    part_of: int | None = None
    nickname: Text | None = None

    @property
    def short(self) -> Text:
        """The name for lists and labels: 电力热力 for 电力、热力的生产和供应业."""
        return self.nickname or self.name


@dataclass(frozen=True, slots=True)
class Fuel:
    """A fuel or a group of fuels: ``columns`` of the inventory (17 fuels and ``Process``)."""

    key: str
    name: Text
    columns: tuple[str, ...]


Named = TypeVar("Named", Place, Sector, Fuel)
_OUTSIDE = re.compile(r"香港|澳门|台湾|hongkong|macao|macau|taiwan")


def _records(name: str) -> list[dict[str, str]]:
    text = (files("data") / "classifications" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _numbers(text: str) -> tuple[int, ...]:
    """``"2-4 9"`` as (2, 3, 4, 9)."""
    out: list[int] = []
    for part in text.split():
        first, _, last = part.partition("-")
        out.extend(range(int(first), int(last or first) + 1))
    return tuple(out)


def _note(record: dict[str, str], prefix: str = "") -> Text | None:
    zh, en = record[prefix + "zh"], record[prefix + "en"]
    return Text(zh, en) if zh else None


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


@cache
def _places() -> dict[str, tuple[Place, tuple[str, ...]]]:
    out: dict[str, tuple[Place, tuple[str, ...]]] = {}
    kinds: dict[str, PlaceKind] = {"province": "province", "group": "group", "nation": "nation"}
    for r in _records("places"):
        found = Place(r["code"], kinds[r["kind"]], Text(r["zh"], r["en"] or r["zh"]), tuple(r["members"].split()))
        out[found.code] = (found, (found.code, r["zh"], r["en"], *_split(r["aliases"])))
    return out


@cache
def _sectors() -> dict[str, tuple[Sector, tuple[str, ...]]]:
    out: dict[str, tuple[Sector, tuple[str, ...]]] = {}
    kinds: dict[str, SectorKind] = {
        "total": "total",
        "sector": "sector",
        "group": "group",
        "households": "households",
    }
    for r in _records("sectors"):
        part_of = int(r["part_of"]) if r["part_of"] else None
        name = Text(r["zh"], r["en"] or r["zh"])
        found = Sector(
            r["key"],
            name,
            kinds[r["kind"]],
            _numbers(r["inventory"]),
            _numbers(r["mrio"]),
            _note(r, "note_"),
            part_of,
            _note(r, "short_"),
        )
        names = (
            found.key,
            name.zh,
            name.en,
            found.short.zh,
            found.short.en,
            *_split(r["inventory_en"]),
            *_split(r["aliases"]),
        )
        out[found.key] = (found, names)
    return out


@cache
def _fuels() -> dict[str, tuple[Fuel, tuple[str, ...]]]:
    out: dict[str, tuple[Fuel, tuple[str, ...]]] = {}
    for r in _records("fuels"):
        found = Fuel(r["key"], Text(r["zh"], r["en"] or r["zh"]), tuple(r["columns"].split(";")))
        column = found.columns if len(found.columns) == 1 else ()
        out[found.key] = (found, (found.key, r["zh"], r["en"], *column, *_split(r["aliases"])))
    return out


PROVINCES: tuple[Place, ...] = tuple(p for p, _ in _places().values() if p.kind == "province")
GROUPS: tuple[Place, ...] = tuple(p for p, _ in _places().values() if p.kind == "group")
NATION: Place = _places()["CN"][0]
SECTORS: tuple[Sector, ...] = tuple(s for s, _ in _sectors().values())
FUELS: tuple[Fuel, ...] = tuple(f for f, _ in _fuels().values())
MRIO_SECTORS: tuple[Sector, ...] = tuple(
    next(s for s in SECTORS if s.kind == "sector" and s.mrio == (number,)) for number in range(1, 43)
)
INVENTORY_SECTORS: tuple[Sector, ...] = tuple(
    next(s for s in SECTORS if s.kind in ("sector", "households") and s.inventory == (number,))
    for number in range(1, 48)
)


def place(code: str) -> Place:
    """The place of a code. Raises KeyError for a code that is not in ``places.csv``."""
    return _places()[code][0]


def sector(key: str) -> Sector:
    """The sector of a key. Raises KeyError for a key that is not in ``sectors.csv``."""
    return _sectors()[key][0]


def fuel(key: str) -> Fuel:
    """The fuel of a key. Raises KeyError for a key that is not in ``fuels.csv``."""
    return _fuels()[key][0]


def mrio_sector(number: int) -> Sector:
    """The list-B sector of a number, 1 to 42. Raises IndexError outside."""
    if not 1 <= number <= 42:
        raise IndexError(number)
    return MRIO_SECTORS[number - 1]


def inventory_sector(number: int) -> Sector:
    """The inventory sector of a number, 1 to 47. Raises IndexError outside."""
    if not 1 <= number <= 47:
        raise IndexError(number)
    return INVENTORY_SECTORS[number - 1]


@cache
def place_aliases() -> dict[str, Place]:
    """Every written name of a place, one-character and code forms included."""
    return {name: found for found, names in _places().values() for name in names}


@cache
def sector_aliases() -> dict[str, Sector]:
    """Every written name of a sector; a name wider or narrower than the data gives the Sector with a note on it."""
    notes = {alias: _note(r) for r in _records("sector_notes") for alias in _split(r["aliases"])}
    return {
        name: replace(found, note=notes[name]) if name in notes else found
        for found, names in _sectors().values()
        for name in names
    }


@cache
def fuel_aliases() -> dict[str, Fuel]:
    """Every written name of a fuel."""
    return {name: found for found, names in _fuels().values() for name in names}


@cache
def city_aliases() -> dict[str, str]:
    """Every written name of a city of the city inventory -> its key there (province and city in Chinese)."""
    return {
        name: r["key"]
        for r in _records("cities")
        for name in (r["key"], *_split(r["aliases"]), *_split(r["en"]))
        if name
    }


@cache
def city_names() -> dict[str, Text]:
    """Key of a city of the city inventory -> its name, without the province it lies in."""
    return {r["key"]: Text(r["zh"], r["en"] or r["zh"]) for r in _records("cities")}


@cache
def _folded_places() -> dict[str, Place]:
    return {folded(k): v for k, v in reversed(place_aliases().items())}


@cache
def _folded_cities() -> frozenset[str]:
    return frozenset(folded(name) for name in city_aliases())


@cache
def _folded_sectors() -> dict[str, Sector]:
    return {folded(k): v for k, v in reversed(sector_aliases().items())}


@cache
def _folded_fuels() -> dict[str, Fuel]:
    return {folded(k): v for k, v in reversed(fuel_aliases().items())}


_TAILS = {
    "place": r"(省份?|市|自治区|地区|province|municipality|region)$",
    "sector": r"(行业|产业|工业|部门|企业|领域|业|industry|sector|industries|emissions)$",
    "fuel": r"(燃烧|消费|排放|combustion|use|emissions|consumption)$",
}


# What a name is of, and what to write where no known one is near.
_KNOWN = {
    "place": (
        Text("省份或地区", "place"),
        Text("可写省份（如广东）、地区（如长三角）或全国", "write a province or group of them, or China"),
    ),
    "sector": (
        Text("行业", "sector"),
        Text("可写行业名，如电力、钢铁、水泥", "write a sector such as power, steel, cement"),
    ),
    "fuel": (Text("燃料", "fuel"), Text("可写煤、油、天然气等燃料", "write a fuel such as coal, oil, natural gas")),
}


def find_place(text: str) -> Place:
    """The place a name stands for (广东, 粤, Guangdong, GD, 京津冀, China). Raises UnknownName with the nearest."""
    if _OUTSIDE.search(folded(simplified(text))):
        raise UnknownName(
            "outside_coverage",
            Text(
                f"数据覆盖中国大陆31个省份，不含“{text}”；可以问全国或某个省份，例如广东。",
                f"The data cover the 31 provinces of mainland China, not '{text}'; ask about one of them or China.",
            ),
        )
    return _find(text, _folded_places(), "place")


def find_sector(text: str) -> Sector:
    """The sector a name stands for (电力, 钢铁, cement, households). Raises UnknownName with the nearest."""
    return _find(text, _folded_sectors(), "sector")


def find_fuel(text: str) -> Fuel:
    """The fuel a name stands for (原煤, coal, natural gas, 过程). Raises UnknownName with the nearest."""
    return _find(text, _folded_fuels(), "fuel")


def _find(text: str, known: dict[str, Named], kind: str) -> Named:
    key = folded(text)
    for candidate in (key, re.sub(_TAILS[kind], "", key), folded(simplified(key))):
        if candidate in known:
            return known[candidate]
    shorter = re.sub(_TAILS[kind], "", folded(simplified(key)))
    if shorter in known:
        return known[shorter]
    if kind == "place" and key in _folded_cities():
        raise UnknownName(
            "city_not_place",
            Text(f"“{text}”是城市：城市一级只有二氧化碳排放总量；这一问题请改问所在省份。",
                 f"'{text}' is a city: for cities there is total CO2 only; ask for its province instead."),
        )  # fmt: skip
    near = nearest(text, kind)
    called, mend = _KNOWN[kind]
    if near:
        mend = Text(f"相近的有：{'、'.join(n.zh for n in near)}", f"nearest: {', '.join(n.en for n in near)}")
    said = Text(f"没有名为“{text}”的{called.zh}；{mend.zh}。", f"There is no {called.en} named '{text}'; {mend.en}.")
    raise UnknownName(f"unknown_{kind}", said, tuple(n.zh if has_chinese(text) else n.en for n in near))


def _folds(kind: str) -> Mapping[str, Place | Sector | Fuel]:
    if kind == "place":
        return _folded_places()
    return _folded_sectors() if kind == "sector" else _folded_fuels()


def nearest(text: str, kind: str, limit: int = 3, least: float | None = None) -> list[Text]:
    """The names nearest to a text, best first, by edit-based similarity of 0 to 100 at or above ``least``.

    By default 55, and 50 for up to three Chinese characters, where one mistyped weighs more. Of equals the provinces come first.
    """
    from rapidfuzz import fuzz, process

    asked = folded(simplified(text))
    if least is None:
        least = 50.0 if has_chinese(asked) and len(asked) <= 3 else 55.0
    known = {name: found for name, found in _folds(kind).items() if len(name) > 1}
    hits = process.extract(asked, list(known), scorer=fuzz.ratio, limit=24, score_cutoff=least)
    hits.sort(key=lambda hit: (-hit[1], getattr(known[hit[0]], "kind", "") == "group"))
    out: list[Text] = []
    for name, _, _ in hits:
        if known[name].name not in out:
            out.append(known[name].name)
    return out[:limit]
