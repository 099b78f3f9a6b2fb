"""What a measure is: one thing the tables hold, declared once and then askable in every operation and both languages.

A measure's ``sql`` yields long rows ``region, year, value`` and, where the measure has them, ``sector_no``, ``fuel``,
``part``, ``variant``, ``basis`` and ``status``. Regions are province codes, ``CN`` for the nation, or a key that
``areas`` turns into a group of places. A value that is missing is no row (or NULL), never zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from data.text import Text
from tools.result import Account, Basis
from tools.units import UNITS

Per = Literal["none", "head", "gdp", "output", "electricity"]
Dimension = Literal["place", "sector", "fuel", "part", "year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One member of a measure's own dimension: a power source, a status of coal units, a city."""

    key: str
    name: Text
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()  # keys it sums over, where it is a group of parts
    overlaps: tuple[str, ...] = ()  # keys of parts that hold some of the same, so that they are never added


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One of several statistics of the same thing that must never be mixed; the first with the year asked is taken."""

    key: str
    name: Text
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """The measure divided by people, GDP or output: its own name, unit, factor (numerator/denominator) and aliases."""

    per: Per
    name: Text
    unit: str
    factor: float
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A caveat that holds for some places, years, parts or variants; one with ``between`` holds for spans across it."""

    text: Text
    places: frozenset[str] | None = None
    first: int | None = None
    last: int | None = None
    between: tuple[int, int] | None = None
    parts: frozenset[str] | None = None
    variants: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One declared measure (see the module).

    ``nation``: how the nation's figure comes: "own" rows, the "sum" of the provinces, own rows where they are complete
    and else the sum, or "none". ``additive``: sums over places make sense; ``flow``: sums over years do. ``sparse``: a
    cell missing where the place and year are covered is zero, because the source lists every cell. ``sql_42`` holds
    the same by the 42 sectors, for sectors the inventory does not list.
    """

    key: str
    name: Text
    unit: str
    table: str
    sql: str
    said: Text
    aliases: tuple[str, ...]
    basis: Basis = Basis.OBSERVED
    account: Account | None = None
    nation: Literal["own", "sum", "own_else_sum", "none"] = "sum"
    said_nation: Text | None = None
    said_estimated: Text | None = None  # in place of ``said`` where a figure is an estimate
    beside_nation: Text | None = None  # said where the nation's own figure stands beside provinces'
    sectors: Literal["inventory", "mrio"] | None = None
    sql_42: tuple[str, str] | None = None  # (table, SQL)
    sql_provinces: tuple[str, str] | None = (
        None  # (table, SQL) of the provinces, where they stand in a table of their own
    )
    fuels: bool = False
    parts: tuple[Part, ...] = ()
    parts_name: Text | None = None
    parts_sql: str | None = None  # yields the part keys where they are names in the data (cities, provinces)
    total_part: str | None = None  # the part that is the whole, where parts must not be summed
    variants: tuple[Variant, ...] = ()
    areas: dict[str, str] | None = None  # region key in the rows -> code of a group of places
    area_word: Text | None = None  # how a group's own row is called, with {place}
    additive: bool = True
    flow: bool = True
    sparse: bool = False
    dated: bool = True
    shares: bool = True  # False: the figures are balances or factors, of which there are no parts
    placed: bool = True  # False: the measure is not of places (world, cities): regions are ignored
    parts_in_places: bool = False  # the parts are cities, which a place picks by the province they lie in
    only: Text | None = None  # why there is nothing beside the totals: no sectors, ratios or shares
    noun: Text | None = None  # the name inside a sentence, where the whole name would say the place twice
    parts_first: bool = False  # in Chinese the part goes before the name: 风电发电量
    ratios: tuple[Ratio, ...] = ()
    notes: tuple[Note, ...] = ()
    summary: Text | None = None

    def __post_init__(self) -> None:
        for unit in (self.unit, *(r.unit for r in self.ratios)):
            if unit not in UNITS:
                raise ValueError(f"measure {self.key}: unit {unit!r} is not in tools.units.UNITS")

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions it can be asked by."""
        own: list[Dimension] = ["place"] if self.placed else []
        if self.sectors:
            own.append("sector")
        if self.fuels:
            own.append("fuel")
        if self.parts or self.parts_sql:
            own.append("part")
        if self.dated:
            own.append("year")
        return tuple(own)

    def ratio(self, per: Per) -> Ratio | None:
        """The ratio to that denominator, None for the measure itself. Raises KeyError where it is not declared."""
        if per == "none":
            return None
        for ratio in self.ratios:
            if ratio.per == per:
                return ratio
        raise KeyError(per)
