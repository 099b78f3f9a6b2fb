"""From the warehouse to series: one value per year for a place, a sector, a fuel and a part of a measure."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from data.classification import PROVINCES, Fuel, Place, Sector, place
from tools.measures import Measure, Part, Ratio, Variant
from tools.result import Basis, weakest

if TYPE_CHECKING:
    from data.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Slice:
    """What one figure is of, but for the year. None means all: every sector, every fuel, every part."""

    place: Place | None
    sector: Sector | None = None
    fuel: Fuel | None = None
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """One value with its basis; ``unverified`` where the source marks it so."""

    value: float
    basis: Basis
    unverified: bool = False


@dataclass(slots=True)
class Series:
    """The values of a slice by year. ``left_out``: members of a group without any such data."""

    slice: Slice
    table: str
    values: dict[int, Value] = field(default_factory=dict)
    left_out: tuple[Place, ...] = ()
    summed: set[int] = field(default_factory=set)  # the years whose value is a sum over provinces
    own_area: bool = False  # a group's own row, e.g. a regional grid
    split_42: bool = False  # from the 42-sector table


Key = tuple[int | None, str | None, str | None]  # sector number, fuel column, part key
Cells = dict[str, dict[int, dict[Key, Value]]]  # region -> year -> key -> value
_COUNTS = 0.005  # of the year before: a smaller part that is no longer reported does not change the sum
_OPTIONAL = ("sector_no", "fuel", "part", "variant", "basis", "status")


class Reader:
    """Reads one measure (in one variant) from the warehouse into series."""

    def __init__(self, warehouse: Warehouse, measure: Measure, variant: Variant | None = None) -> None:
        self.warehouse = warehouse
        self.measure = measure
        self.variant = variant
        self._cover: dict[bool, dict[str, set[int]]] = {}

    def series(self, slices: Sequence[Slice]) -> list[Series]:
        """One Series per slice, in order; years without a value are absent."""
        listed = [s for s in slices if not self._by_42(s)]
        split = [s for s in slices if self._by_42(s)]
        found: dict[Slice, Series] = {}
        for part, by_42 in ((listed, False), (split, True)):
            if part:
                cells = self._cells(part, by_42)
                found.update((s, self._assemble(s, cells, by_42)) for s in part)
        return [found[s] for s in slices]

    def covered(self, by_42: bool = False) -> dict[str, set[int]]:
        """Region -> years with any row of the measure in this variant."""
        if by_42 not in self._cover:
            sql, params = self._source(by_42)
            out: dict[str, set[int]] = defaultdict(set)
            for region, year in self.warehouse.rows(
                f"SELECT DISTINCT region, year FROM ({sql}) AS m WHERE value IS NOT NULL", params
            ):
                out[region or ""].add(int(year))
            self._cover[by_42] = dict(out)
        return self._cover[by_42]

    def _by_42(self, s: Slice) -> bool:
        return bool(self.measure.sql_42 and s.sector and s.sector.kind != "total" and not s.sector.inventory)

    def _source(self, by_42: bool) -> tuple[str, tuple[object, ...]]:
        sql, provinces = self.measure.sql, self.measure.sql_provinces
        if by_42 and self.measure.sql_42:
            sql = self.measure.sql_42[1]
        elif provinces and self.warehouse.has(provinces[0]):
            sql = f"{sql} UNION ALL BY NAME {provinces[1]}"
        if self.variant is None:
            return sql, ()
        return f"SELECT * FROM ({sql}) AS v WHERE variant = ?", (self.variant.key,)

    def _numbers(self, s: Slice, by_42: bool) -> tuple[int, ...] | None:
        if s.sector is None or s.sector.kind == "total":
            return None
        return s.sector.mrio if by_42 or self.measure.sectors == "mrio" else s.sector.inventory

    def _part_keys(self, s: Slice) -> tuple[str, ...] | None:
        if s.part is None:
            return (self.measure.total_part,) if self.measure.total_part else None
        return s.part.members or (s.part.key,)

    def _regions(self, s: Slice) -> tuple[str, ...]:
        if s.place is None:
            return ("",)
        if s.place.kind == "province":
            return (s.place.code,)
        if s.place.kind == "nation":
            return ("CN", *(p.code for p in PROVINCES)) if self.measure.nation != "own" else ("CN",)
        area = [k for k, code in (self.measure.areas or {}).items() if code == s.place.code]
        return (*area, *s.place.members)

    def _cells(self, slices: Iterable[Slice], by_42: bool) -> Cells:
        """Sums of the source rows at the grain the slices need; the filters are the union of theirs."""
        slices = list(slices)
        source, params = self._source(by_42)
        filters: list[tuple[str, list[set[object] | None]]] = [
            ("sector_no", [None if (n := self._numbers(s, by_42)) is None else set(n) for s in slices]),
            ("fuel", [None if s.fuel is None else set(s.fuel.columns) for s in slices]),
            ("part", [None if (k := self._part_keys(s)) is None else set(k) for s in slices]),
        ]
        present = {c for c in _OPTIONAL if re.search(rf"\b{c}\b", source)}
        # A part without a filter is still read apart: own rows of the nation must hold the same parts.
        grain = [c for c, wanted in filters if c in present and (any(w is not None for w in wanted) or c == "part")]
        where, values = ["value IS NOT NULL"], list(params)
        if self.measure.placed:
            regions = sorted({r for s in slices for r in self._regions(s)})
            where.append(f"region IN ({', '.join('?' * len(regions))})")
            values += regions
        for column, wanted in filters:
            if column in present and all(w is not None for w in wanted):
                union = sorted({x for w in wanted if w is not None for x in w}, key=str)
                where.append(f"{column} IN ({', '.join('?' * len(union))})")
                values += union
        marks = [c for c in ("basis", "status") if c in present]
        dims = ", ".join(["coalesce(region, '') AS region", "year", *grain, *marks])
        sql = f"SELECT {dims}, sum(value) FROM ({source}) AS m WHERE {' AND '.join(where)} GROUP BY ALL"
        cells: Cells = defaultdict(lambda: defaultdict(dict))
        for row in self.warehouse.rows(sql, tuple(values)):
            got = dict(zip(["region", "year", *grain, *marks], row[:-1], strict=True))
            key = (got.get("sector_no"), got.get("fuel"), got.get("part"))
            value = Value(
                float(row[-1]), Basis(got.get("basis") or self.measure.basis), got.get("status") == "unverified"
            )
            at = cells[got["region"]][int(got["year"])]
            at[key] = _added([at[key], value]) if key in at else value
        return cells

    def _assemble(self, s: Slice, cells: Cells, by_42: bool) -> Series:
        out = Series(s, self._table(s, by_42), split_42=by_42)
        if s.place is None or s.place.kind == "province":
            code = s.place.code if s.place else ""
            out.values = {y: v for y in self._years([code], by_42) if (v := self._at(s, cells, code, y, by_42))}
            return out
        if s.place.kind == "nation" and self.measure.nation in ("own", "own_else_sum"):
            out.values = {
                y: v
                for y in self._years(["CN"], by_42)
                if self._complete(s, cells, y) and (v := self._at(s, cells, "CN", y, by_42))
            }
            if self.measure.nation == "own":
                return out
        area = [k for k, code in (self.measure.areas or {}).items() if code == s.place.code]
        if area:
            out.own_area = True
            out.values = {y: v for y in self._years(area, by_42) if (v := self._at(s, cells, area[0], y, by_42))}
            return out
        if self.measure.additive and not (s.place.kind == "nation" and self.measure.nation == "none"):
            self._sum_places(out, cells, by_42)
        return out

    def _table(self, s: Slice, by_42: bool) -> str:
        if by_42 and self.measure.sql_42:
            return self.measure.sql_42[0]
        if self.measure.sql_provinces and s.place and s.place.kind != "nation":
            return self.measure.sql_provinces[0]
        return self.measure.table

    def _sum_places(self, out: Series, cells: Cells, by_42: bool) -> None:
        """The sum over the members. A year counts only where every member that is ever covered is covered."""
        s, cover = out.slice, self.covered(by_42)
        assert s.place is not None
        codes = s.place.members or tuple(p.code for p in PROVINCES)
        held = [c for c in codes if cover.get(c)]
        out.left_out = tuple(place(c) for c in codes if c not in held)
        for year in self._years(held, by_42):
            if year in out.values or not all(year in cover[c] for c in held):
                continue
            if any(self._lacks_part(s, cells, c, year) for c in held):
                continue
            # Where a member is covered but reports no such cell (no nuclear plant), it adds nothing.
            values = [v for c in held if (v := self._at(s, cells, c, year, by_42))]
            if values:
                out.values[year] = _added(values) if len(held) > 1 else values[0]
                out.summed.add(year)

    def _years(self, regions: Sequence[str], by_42: bool) -> list[int]:
        cover = self.covered(by_42)
        return sorted(set().union(*(cover.get(r, set()) for r in regions)))

    def _at(self, s: Slice, cells: Cells, region: str, year: int, by_42: bool) -> Value | None:
        """The slice's value at one region and year: the sum of its cells."""
        if year not in self.covered(by_42).get(region, set()):
            return None
        if self._lacks_part(s, cells, region, year):
            return None
        at = cells.get(region, {}).get(year, {})
        numbers, fuels, parts = self._numbers(s, by_42), s.fuel and s.fuel.columns, self._part_keys(s)
        mine = [
            v
            for (number, fuel, part), v in at.items()
            if (numbers is None or number in numbers)
            and (not fuels or fuel in fuels)
            and (parts is None or part in parts)
        ]
        if not mine:
            return Value(0.0, self.measure.basis) if self.measure.sparse else None
        # A published total or row stays observed however fine it is stored; what adds several rows is derived.
        several = (
            (numbers is not None and len(numbers) > 1)
            or (fuels and len(fuels) > 1)
            or (parts is None and len({key[2] for key in at}) > 1)
            or (parts is not None and len(parts) > 1)
            or (numbers is None and self.measure.sectors == "mrio")
        )
        total = _added(mine)
        return total if several else replace(total, basis=max((v.basis for v in mine), key=_strength))

    def _lacks_part(self, s: Slice, cells: Cells, region: str, year: int) -> bool:
        """Whether a part that counted the year before has no row in this one, so that a sum of parts would not be the whole.

        The provinces' generation of 2024 has no wind: neither its total nor wind and solar together is known.
        """
        wanted = self._part_keys(s)
        if not self.measure.parts or self.measure.sparse or (wanted is not None and len(wanted) < 2):
            return False
        years = cells.get(region, {})
        before = {key[2]: v.value for key, v in years.get(year - 1, {}).items()}
        least = _COUNTS * math.fsum(before.values())
        needed = {k for k, v in before.items() if k != "other" and v >= least > 0 and (wanted is None or k in wanted)}
        return bool(needed - {key[2] for key in years.get(year, {})})

    def _complete(self, s: Slice, cells: Cells, year: int) -> bool:
        """Whether the nation's own rows hold every part that provinces report, so that their sum is the whole."""
        if self.measure.nation == "own" or not self.measure.parts:
            return True
        wanted = self._part_keys(s)

        def reported(years: Iterable[int]) -> set[str | None]:
            keys = (key[2] for p in PROVINCES for y in years for key in cells.get(p.code, {}).get(y, {}))
            return {k for k in keys if (wanted is None or k in wanted) and k != "other"}

        ever = {y for p in PROVINCES for y in cells.get(p.code, {})}
        needed = reported([year]) or reported(ever)
        return needed <= {key[2] for key in cells.get("CN", {}).get(year, {})}


_ORDER = (Basis.OBSERVED, Basis.USER, Basis.DERIVED, Basis.ESTIMATED, Basis.PROJECTED, Basis.ASSUMPTION)


def _strength(basis: Basis) -> int:
    return _ORDER.index(basis)


def _added(values: Sequence[Value]) -> Value:
    total = math.fsum(v.value for v in values)
    if abs(total) < 1e-12 * math.fsum(abs(v.value) for v in values):
        total = 0.0  # balances that cancel
    return Value(total, weakest(*(v.basis for v in values)), any(v.unverified for v in values))


def divided(above: Series, below: Series, ratio: Ratio) -> Series:
    """The ratio of two series in the years both have, in the ratio's unit. A zero below gives no value."""
    out = Series(above.slice, above.table, left_out=above.left_out, summed=set(above.summed), split_42=above.split_42)
    for year, value in above.values.items():
        under = below.values.get(year)
        if under is not None and under.value:
            basis = weakest(value.basis, under.basis)
            out.values[year] = Value(value.value / under.value * ratio.factor, basis)
    return out
