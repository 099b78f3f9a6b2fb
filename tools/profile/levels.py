"""Emissions and their denominators by province: the numbers behind the lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.classification import PROVINCES, Place, Sector, mrio_sector, sector
from data.errors import NotAvailable
from data.text import Text
from tools.benchmark.best_in_class import Standing, basis_in, standings
from tools.figures.gaps import no_place, no_year
from tools.figures.series import Reader, Slice
from tools.measures import MEASURES
from tools.result import Basis, weakest

if TYPE_CHECKING:
    from data.warehouse import Warehouse

KG_PER_WAN = 1e5  # 1 Mt per 100 million yuan = 100,000 kg per 10,000 yuan
# Sectors whose emissions the inventory does not part: split by an assumption, so their intensity is no benchmark.
FIRST_SPLIT = 30


@dataclass(frozen=True, slots=True)
class Level:
    """Provinces by intensity (kg per 10,000 yuan), lowest first, in one year; ``part`` is the sector with an output."""

    part: Sector
    year: int
    by_output: bool
    found: tuple[Standing, ...]

    @property
    def sound(self) -> list[Standing]:
        """Those that may be a benchmark: large enough and not implausible."""
        return [s for s in self.found if s.outlier is None]

    @property
    def mean(self) -> float:
        """All provinces together: sum of emissions over sum of the denominator."""
        return sum(s.mt for s in self.found) / sum(s.money for s in self.found) * KG_PER_WAN

    @property
    def basis(self) -> Basis:
        """What its intensities are: estimated where output (or a split of emissions) is."""
        return weakest(*(s.basis for s in self.found))

    def of(self, where: Place) -> Standing | None:
        """A province's own standing; None where it has no figure."""
        return next((s for s in self.found if s.place == where), None)


def with_output(part: Sector) -> Sector:
    """The sector whose output is known: itself, or the one it is a part of. Raises NotAvailable where there is none."""
    if part.kind == "households" or (not part.mrio and part.part_of is None):
        raise NotAvailable(
            "no_output",
            Text(f"“{part.name.zh}”没有按42部门的产出，无法比较碳强度；可比较其排放的下降速度（by=pace）。",
                 f"{part.name.en} has no output in the 42 sectors, so its intensity cannot be compared; ask for its pace (by=pace)."),
        )  # fmt: skip
    return part if part.mrio or part.part_of is None else mrio_sector(part.part_of)


def level(warehouse: Warehouse, asked: Sector, year: int | None = None) -> Level:
    """Intensities of one sector per gross output, or of all emissions per GDP where the sector is the total.

    Raises NotAvailable for a year without both, or a sector without output.
    """
    by_output = asked.kind != "total"
    part = with_output(asked) if by_output else asked
    chosen = part if by_output else None
    above = Reader(warehouse, MEASURES["co2"]).series([Slice(p, chosen) for p in PROVINCES])
    below = MEASURES["output" if by_output else "gdp"]
    under = Reader(warehouse, below).series([Slice(p, chosen) for p in PROVINCES])
    years = {y for a, u in zip(above, under, strict=True) for y in a.values if y in u.values}
    if not years:
        raise no_place(below, PROVINCES[0])
    at = year or max(years)
    if at not in years:
        raise no_year(below, None, [at], years)
    mt = {p.code: a.values[at].value for p, a in zip(PROVINCES, above, strict=True) if at in a.values}
    money = {p.code: u.values[at].value for p, u in zip(PROVINCES, under, strict=True) if at in u.values}
    return Level(part, at, by_output, tuple(standings(mt, money, PROVINCES, basis_in([*above, *under], at))))


def all_levels(warehouse: Warehouse, year: int | None = None) -> list[Level]:
    """The 42 sectors' intensities, those left out whose emissions are only split by assumption or that few provinces have."""
    parts = [mrio_sector(n) for n in range(1, FIRST_SPLIT)]
    output, co2 = Reader(warehouse, MEASURES["output"]), Reader(warehouse, MEASURES["co2"])
    slices = [Slice(p, s) for s in parts for p in PROVINCES]
    above, below = co2.series(slices), output.series(slices)
    years = {y for a, u in zip(above, below, strict=True) for y in a.values if y in u.values}
    at = year or max(years, default=0)
    if at not in years:
        raise no_year(MEASURES["output"], None, [at], years or {0})
    out, count = [], len(PROVINCES)
    for k, part in enumerate(parts):
        rows = range(k * count, (k + 1) * count)
        mt = {PROVINCES[i % count].code: above[i].values[at].value for i in rows if at in above[i].values}
        money = {PROVINCES[i % count].code: below[i].values[at].value for i in rows if at in below[i].values}
        if sum(mt.values()) <= 0 or sum(v > 0 for v in money.values()) < LEAST_PROVINCES:
            continue
        basis = basis_in([s for i in rows for s in (above[i], below[i])], at)
        found = Level(part, at, True, tuple(standings(mt, money, PROVINCES, basis)))
        if len(found.sound) >= LEAST_PROVINCES:
            out.append(found)
    return out


LEAST_PROVINCES = 3  # a frontier among fewer comparable provinces is none


def histories(warehouse: Warehouse, asked: Sector, per_gdp: bool) -> dict[Place, dict[int, float]]:
    """Each province's emissions (Mt) by year, or its emissions per GDP at current prices (kg per 10,000 yuan)."""
    chosen = None if asked.kind == "total" else asked
    above = Reader(warehouse, MEASURES["co2"]).series([Slice(p, chosen) for p in PROVINCES])
    series = {p: {y: v.value for y, v in a.values.items()} for p, a in zip(PROVINCES, above, strict=True) if a.values}
    if not per_gdp:
        return series
    below = Reader(warehouse, MEASURES["gdp"]).series([Slice(p) for p in PROVINCES])
    money = {p: {y: v.value for y, v in u.values.items()} for p, u in zip(PROVINCES, below, strict=True)}
    return {
        p: {y: mt / money[p][y] * KG_PER_WAN for y, mt in found.items() if money[p].get(y, 0) > 0}
        for p, found in series.items()
    }


def total_sector() -> Sector:
    """All sectors and households."""
    return sector("total")
