"""From arguments to a plan: defaults taken, names checked against the measure, years settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from data.classification import (
    FUELS,
    INVENTORY_SECTORS,
    MRIO_SECTORS,
    NATION,
    PROVINCES,
    Fuel,
    Place,
    Sector,
    place,
    sector,
)
from data.errors import NotAvailable
from data.text import Text
from tools.figures import gaps
from tools.figures.amounts import read_unit
from tools.figures.arguments import FiguresArguments, Movement, Operation, Over
from tools.figures.cities import city, own_province
from tools.figures.series import Reader, Series, Slice, divided
from tools.figures.words import Naming
from tools.measures import DENOMINATORS, MEASURES, Measure, Part, Ratio, Variant, find_part, find_variant

if TYPE_CHECKING:
    from data.warehouse import Warehouse

_MOVES: dict[str, Movement] = {"change": "change", "growth": "growth", "cagr": "cagr", "yoy": "yoy", "times": "times"}
_RANKED = ("rank", "position", "threshold")


@dataclass(slots=True)
class Plan:
    """What is to be computed: every name resolved, the operation split into what, how and over which items."""

    arguments: FiguresArguments
    warehouse: Warehouse
    measure: Measure
    ratio: Ratio | None
    variant: Variant | None
    operation: Operation
    movement: Movement | None
    share: bool
    over: Over
    places: tuple[Place | None, ...]
    sectors: tuple[Sector | None, ...]
    fuels: tuple[Fuel | None, ...]
    parts: tuple[Part | None, ...]
    whole: Place | None
    reader_unit: str | None
    naming: Naming
    asked_place: bool
    within: tuple[Place, ...] = ()  # the provinces whose cities are looked at
    period: Text | None = None  # which years the five-year plan asked for has
    rank_all: bool = False  # rank all provinces, whichever are named
    notes: list[Text] = field(default_factory=list)
    _cache: dict[Slice, Series] = field(default_factory=dict)
    _reader: Reader | None = None

    @property
    def unit(self) -> str:
        """The unit of a plain value: the ratio's or the measure's."""
        return self.ratio.unit if self.ratio else self.measure.unit

    @property
    def reader(self) -> Reader:
        """The reader of the measure in its variant."""
        if self._reader is None:
            self._reader = Reader(self.warehouse, self.measure, self.variant)
        return self._reader

    def use(self, variant: Variant) -> None:
        """Read this variant from now on."""
        self.variant, self._reader, self._cache = variant, None, {}

    def slices(self) -> list[Slice]:
        """Every combination of the places, sectors, fuels and parts asked for."""
        return [Slice(p, s, f, x) for p in self.places for s in self.sectors for f in self.fuels for x in self.parts]

    def series(self, slices: Sequence[Slice]) -> list[Series]:
        """The series of slices, divided where a ratio is asked for; each is read once."""
        missing = [s for s in dict.fromkeys(slices) if s not in self._cache]
        if missing:
            found = self._divided(missing) if self.ratio else self.reader.series(missing)
            self._cache.update(zip(missing, found, strict=True))
        return [self._cache[s] for s in slices]

    def _divided(self, slices: Sequence[Slice]) -> list[Series]:
        assert self.ratio is not None
        below = MEASURES[DENOMINATORS[self.ratio.per]]
        by_output = self.ratio.per == "output"
        above = self.reader.series([self._producing(s) if by_output else s for s in slices])
        under_reader = Reader(self.warehouse, below)
        out = []
        for s, top in zip(slices, above, strict=True):
            where = s.place
            if where is not None and (where.kind == "group" or top.left_out):
                # Tibet has people and GDP but no inventory: the same provinces above and below the line.
                gone = {p.code for p in top.left_out}
                members = where.members or tuple(p.code for p in PROVINCES)
                where = replace(where, kind="group", members=tuple(c for c in members if c not in gone))
            producing = self._producing(s).sector if by_output else None
            if producing is not None and producing.kind != "total" and not producing.mrio:
                raise gaps.not_by(below, Text("行业", "sector"), producing.name)
            bottom = under_reader.series([Slice(where, producing)])[0]
            ratio = divided(top, bottom, self.ratio)
            ratio.slice = s
            out.append(ratio)
        return out

    @staticmethod
    def _producing(s: Slice) -> Slice:
        return replace(s, sector=sector("production")) if s.sector is None else s

    def members(self) -> list[Place]:
        """The provinces that are ranked: those named, the members of groups named, or all."""
        named = [p for p in self.places if p is not None and p != NATION]
        codes: list[str] = []
        for p in named:
            codes.extend(p.members or (p.code,))
        out = [place(c) for c in dict.fromkeys(codes)]
        if self.rank_all or not out:
            out = list(PROVINCES)
        gone = {c for p in self.arguments.exclude for c in (p.members or (p.code,))}
        return [p for p in out if p.code not in gone]

    def candidates(self) -> list[Slice]:
        """The items of a ranking, a share-out or a threshold, along ``over``."""
        base = Slice(self.places[0], self.sectors[0], self.fuels[0], self.parts[0])
        if self.over == "sectors":
            return [replace(base, sector=s) for s in self._listed_sectors()]
        if self.over == "fuels":
            return [replace(base, fuel=f) for f in FUELS if len(f.columns) == 1]
        if self.over == "parts":
            named = [p for p in self.parts if p is not None]
            return [replace(base, part=p) for p in (named if len(named) > 1 else self._single_parts())]
        return [replace(base, place=p) for p in self.members()]

    def _listed_sectors(self) -> list[Sector]:
        """All sectors of the measure's list, or those inside the groups named."""
        inventory = self.measure.sectors == "inventory" and not (self.ratio and self.ratio.per == "output")
        listed = list(INVENTORY_SECTORS if inventory else MRIO_SECTORS)
        named = [s for s in self.sectors if s is not None and s.kind != "total"]
        if not named:
            return listed
        numbers = {n for s in named for n in (s.inventory if inventory else s.mrio)}
        inside = [s for s in listed if set(s.inventory if inventory else s.mrio) <= numbers]
        return inside if len(inside) > 1 else listed

    def _single_parts(self) -> list[Part]:
        if self.within:
            inside = {p.name.zh for p in self.within}
            cities = parts_of(self.warehouse, self.measure)
            return [c for c in cities if (own := own_province(c.key)) and own.name.zh in inside]
        declared = [p for p in self.measure.parts if not p.members and p.key != self.measure.total_part]
        return [*declared, *parts_of(self.warehouse, self.measure)]


def parts_of(warehouse: Warehouse, measure: Measure) -> tuple[Part, ...]:
    """Parts that are names in the data: cities, partner provinces."""
    if measure.parts_sql is None:
        return ()
    known = {p.code: p for p in PROVINCES}
    keys = [key for (key,) in warehouse.rows(measure.parts_sql)]
    return tuple(Part(key=k, name=known[k].name) if k in known else city(k) for k in keys)


def make_plan(arguments: FiguresArguments, warehouse: Warehouse) -> Plan:
    """The plan of a query. Raises UnknownName, BadRequest or NotAvailable where it cannot be answered as asked."""
    measure = MEASURES[arguments.measure]
    try:
        ratio = measure.ratio(arguments.per)
    except KeyError as error:
        words = {
            "head": Text("人均", "per head"),
            "gdp": Text("单位GDP", "per GDP"),
            "output": Text("单位产出", "per output"),
            "electricity": Text("占用电量", "relative to electricity consumption"),
        }
        raise gaps.no_ratio(measure, words[arguments.per]) from error
    variant = find_variant(measure, arguments.variant) if arguments.variant else None
    over = arguments.over or "places"
    if not measure.placed and (arguments.over is None or (measure.parts_in_places and over == "places")):
        over = "parts"
    operation, movement, share = _split(arguments)
    within = _within(measure, arguments)
    if within and not arguments.parts and operation in ("value", "compare"):
        operation = "rank"  # the cities of a province
    sectors = _sectors(measure, ratio, arguments.sectors)
    fuels = _fuels(measure, arguments.fuels)
    parts = _parts(warehouse, measure, arguments)
    places, asked = _places(measure, arguments, operation, over, parts)
    whole = arguments.whole
    if share and whole is None and not (sectors[0] or fuels[0] or parts[0]) and over == "places":
        whole = NATION
    inside = whole is None or (len(places) == 1 and whole == places[0])
    notes: list[Text] = []
    reader_unit = read_unit(arguments.unit, ratio.unit if ratio else measure.unit, notes) if arguments.unit else None
    for s in sectors:
        # A note on what an inventory row holds is of no use where the measure follows the 42 sectors.
        note = s.note if s is not None and s.key != "services" else None  # of services the answer itself says it
        if note and note not in notes and (measure.sectors == "inventory" or not note.zh.startswith("清单")):
            notes.append(note)
    return Plan(
        arguments=arguments, warehouse=warehouse, measure=measure, ratio=ratio, variant=variant, operation=operation,
        movement=movement, share=share, over=over, places=places, sectors=sectors, fuels=fuels, parts=parts,
        whole=None if inside else whole, reader_unit=reader_unit, asked_place=asked, notes=notes,
        naming=Naming(measure, ratio, None if inside else whole, inside, share), within=within,
    )  # fmt: skip


def _within(measure: Measure, arguments: FiguresArguments) -> tuple[Place, ...]:
    """The provinces whose cities are asked for; empty for all, and for measures that are not of cities."""
    if not measure.parts_in_places:
        return ()
    codes = [c for p in arguments.places if p != NATION for c in (p.members or (p.code,))]
    return tuple(place(c) for c in dict.fromkeys(codes))


def _split(arguments: FiguresArguments) -> tuple[Operation, Movement | None, bool]:
    """(operation without its shorthands, movement, whether shares are looked at)"""
    operation = arguments.operation
    movement = _MOVES.get(operation) or _MOVES.get(arguments.of)
    share = "share" in (operation, arguments.of)
    if operation in ("threshold", "crossing") and arguments.above is None and arguments.below is None:
        raise gaps.ask_for(
            "no_threshold",
            "请说明高于或低于多少，例如“高于5亿吨”。",
            "Say above or below which value, e.g. above 500 Mt.",
        )
    share = share and _shareable(arguments)
    if not MEASURES[arguments.measure].dated and (
        movement or operation in ("trend", "peak", "crossing", "falls", "rises") or arguments.over == "years"
    ):
        name = MEASURES[arguments.measure].name
        raise gaps.ask_for(
            "no_years",
            f"“{name.zh}”不分年份，没有变化和走势。",
            f"{name.en[:1].upper()}{name.en[1:]} has no years, so no change or trend.",
        )
    return operation, movement, share


def _shareable(arguments: FiguresArguments) -> bool:
    measure = MEASURES[arguments.measure]
    if measure.ratio(arguments.per) and arguments.per == "electricity":
        return False  # the ratio is the share already
    if measure.shares and arguments.per == "none":
        return True
    if measure.only is not None:
        raise gaps.no_ratio(measure, measure.name)
    raise gaps.ask_for(
        "no_share",
        f"“{measure.name.zh}”是差额、因子或比值，没有占比；可以问数值或排名。",
        f"{measure.name.en[:1].upper()}{measure.name.en[1:]} is a balance, factor or ratio and has no shares; ask for values or ranks.",
    )


def _sectors(measure: Measure, ratio: Ratio | None, asked: Sequence[Sector]) -> tuple[Sector | None, ...]:
    """The sectors asked for; "total" is None. Raises NotAvailable where the measure has no such sector."""
    out: list[Sector | None] = []
    for s in asked:
        if s.kind == "total":
            out.append(None)
            continue
        if measure.sectors is None or (ratio and ratio.per in ("gdp", "head") and not measure.account):
            raise gaps.not_by(measure, Text("行业", "sector"), s.name)
        if measure.sectors == "mrio" and not s.mrio:
            raise _only_part(measure, s)
        out.append(s)
    return tuple(dict.fromkeys(out)) or (None,)


def _only_part(measure: Measure, s: Sector) -> NotAvailable:
    if s.part_of is not None:
        wider = MRIO_SECTORS[s.part_of - 1].name
        return NotAvailable(
            "part_of_sector",
            Text(
                f"“{measure.name.zh}”按42部门统计，“{s.name.zh}”只是“{wider.zh}”的一部分；可以改问“{wider.zh}”。",
                f"{measure.name.en[:1].upper()}{measure.name.en[1:]} follows 42 sectors, in which {s.name.en} is only"
                f" part of {wider.en}; ask for that.",
            ),
            (wider.en,),
        )
    return gaps.not_by(measure, Text("行业", "sector"), s.name)


def _fuels(measure: Measure, asked: Sequence[Fuel]) -> tuple[Fuel | None, ...]:
    if asked and not measure.fuels:
        raise gaps.not_by(measure, Text("燃料", "fuel"), asked[0].name)
    return tuple(dict.fromkeys(asked)) or (None,)


def _parts(warehouse: Warehouse, measure: Measure, arguments: FiguresArguments) -> tuple[Part | None, ...]:
    if not arguments.parts:
        return (None,)
    extra = parts_of(warehouse, measure)
    found = [find_part(measure, text, extra) for text in arguments.parts]
    return tuple(None if p.key == measure.total_part and measure.placed else p for p in dict.fromkeys(found))


def _places(
    measure: Measure, arguments: FiguresArguments, operation: Operation, over: Over, parts: Sequence[Part | None]
) -> tuple[tuple[Place | None, ...], bool]:
    """The places asked for or the default, and whether they were asked for."""
    if not measure.placed:
        unnamed = parts[0] is None and operation not in _RANKED and measure.total_part is None
        if unnamed and not (
            measure.parts_in_places and operation == "sum"
        ):  # why cities are not added is told by the tool
            name = measure.parts_name or measure.name
            if measure.parts_in_places and _within(measure, arguments):
                raise gaps.ask_for(
                    "no_part",
                    "请说明是哪个城市，或问该省城市的排名；各市不能加总为全省，全省总量另有省级清单。",
                    "Say which city, or ask for a ranking of the cities; cities do not add up to the province, whose total"
                    " is in the provincial inventory.",
                )
            example = ("，例如广州或深圳", ", such as Guangzhou or Shenzhen") if measure.parts_in_places else ("", "")
            raise gaps.ask_for(
                "no_part",
                f"请说明是哪个{name.zh}{example[0]}。",
                f"Say which {name.en}{example[1]}.",
            )
        return (None,), True
    places = tuple(dict.fromkeys(arguments.places))
    if places:
        return places, True
    if measure.nation == "none" and not (operation in _RANKED and over == "places"):
        raise gaps.no_place(measure, NATION)
    return (NATION,), False
