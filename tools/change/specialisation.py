"""specialisation: location quotients and revealed advantage beside carbon intensity, by sector or by province."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field

from data.classification import Place, place
from data.errors import BadRequest, NotAvailable
from data.text import Text
from tools.change import specialisation_tell
from tools.change.advantage import MEASURES, Basis, Carbon, carbon, of_place, of_sectors
from tools.change.sda import Array
from tools.declare import Arguments, Context, latest_table, tool
from tools.domain import PlaceArg, SectorArg, Year
from tools.mrio.partners import asked_name, numbers_of
from tools.mrio.system import System, get_system, scope_of
from tools.mrio.variants import spread
from tools.result import Result

if TYPE_CHECKING:
    from data.warehouse import Warehouse


class SpecialisationArguments(Arguments):
    """Whose specialisation, or in which sector."""

    place: PlaceArg | None = Field(None, description="Province or group; its sectors are compared with the nation.")
    sector: SectorArg | None = Field(None, description="A sector; without a place the provinces are ranked in it.")
    basis: Basis = Field(
        "output", description="Of what the quotient is: output, value_added, exports (abroad, Balassa), outflows (to other provinces)."
    )  # fmt: skip
    year: Year = latest_table("Year of the interprovincial table; by default the latest.")
    top: int = Field(15, ge=3, le=42, description="How many rows to list.")


@dataclass(frozen=True)
class Profile:
    """Per sector (42,) or per province (31,): the quotient by basis with its range over the variants, and carbon."""

    quotients: dict[Basis, Array]
    low: dict[Basis, Array]
    high: dict[Basis, Array]
    carbon: Carbon
    share: Array  # of the place's output in the sector, or of the nation's sector in the province; 0 to 1
    guessed: frozenset[int]  # sector numbers whose emissions are spread by an assumption


@tool(
    title=Text("区位商与比较优势", "Specialisation and comparative advantage"),
    summary=Text(
        "一省各行业的区位商、显性比较优势（出口、省外调出）与碳强度相对全国的水平，分四象限（有优势且低碳等）；给定行业则比较各省。",
        "Location quotients and revealed comparative advantage (exports, outflows to other provinces) of a province's sectors beside their "
        "carbon intensity relative to the nation, in four quadrants; for a sector, the provinces compared.",
    ),
    examples=(
        Text("广东有哪些行业既有比较优势又低碳", "Which sectors of Guangdong have a comparative advantage and are low-carbon?"),
        Text("内蒙古的区位商", "Which sectors is Inner Mongolia specialised in, and how carbon-intensive are they?"),
        Text("钢铁行业哪些省有比较优势", "Which provinces are specialised in steel?"),
        Text("江苏各部门的显性比较优势指数RCA", "Revealed comparative advantage of Jiangsu by exports"),
        Text("浙江专业化程度最高的行业", "Location quotient of Zhejiang's sectors"),
    ),
)  # fmt: skip
def specialisation(arguments: SpecialisationArguments, context: Context) -> Result:
    """The sectors of a place, or the provinces in a sector, by specialisation and carbon intensity.

    Raises BadRequest where neither a province nor a sector is named, NotAvailable for a year without a table.
    """
    warehouse, where = context.warehouse, arguments.place
    if where is not None and where.kind == "nation":
        where = None
    if where is None and arguments.sector is None:
        raise BadRequest(
            "no_subject",
            Text("区位商是与全国相比，请给出一个省份（如广东），或一个行业（如钢铁）来比较各省。",
                 "Location quotients compare with the nation: name a province such as Guangdong, or a sector such as steel to compare "
                 "provinces."),
        )  # fmt: skip
    if where is None:
        assert arguments.sector is not None
        return _in_sector(arguments, warehouse)
    scope = scope_of(warehouse, where, arguments.year)
    system, inside = scope.system, scope.inside
    measured, low, high = _ranged(
        warehouse, arguments.year, system, lambda s: np.stack([of_place(s, m, inside) for m in MEASURES])
    )
    output = scope.sectors(system.mrio.x)
    profile = Profile(
        measured,
        low,
        high,
        carbon(system, scope.rows.astype(int)),
        output / output.sum(),
        _guessed(warehouse, arguments.year),
    )
    numbers = numbers_of(arguments.sector) if arguments.sector is not None else ()
    return specialisation_tell.tell_place(where, scope, profile, arguments.basis, numbers, arguments.top)


def _in_sector(arguments: SpecialisationArguments, warehouse: Warehouse) -> Result:
    """The provinces in one sector."""
    assert arguments.sector is not None
    numbers = numbers_of(arguments.sector)
    system = get_system(warehouse, arguments.year)
    measured, low, high = _ranged(
        warehouse, arguments.year, system, lambda s: np.stack([of_sectors(s, m, numbers) for m in MEASURES])
    )
    count, regions = len(system.mrio.sectors), system.mrio.regions
    columns = np.array([n - 1 for n in numbers])
    each = [
        carbon(system, np.arange(i * count, (i + 1) * count)[None, :], columns)
        if code not in system.emissions.missing
        else Carbon(np.full(1, np.nan), np.full(1, np.nan))
        for i, code in enumerate(regions)
    ]
    joint = Carbon(np.array([c.own[0] for c in each]), np.array([c.relative[0] for c in each]))
    output = system.mrio.x.reshape(len(regions), count)[:, columns].sum(1)
    guessed = _guessed(warehouse, arguments.year) & set(numbers)
    profile = Profile(measured, low, high, joint, output / output.sum(), guessed)
    places: list[Place] = [place(code) for code in regions]
    name = asked_name(arguments.sector, numbers)
    if not np.isfinite(measured[arguments.basis]).any():
        raise NotAvailable(
            "no_quotient",
            Text(f"{name.zh}没有这一口径的数值（全国合计为零）；可改用总产出的区位商。",
                 f"There is nothing to compare for {name.en} on this basis (the national total is zero); use output instead."),
        )  # fmt: skip
    return specialisation_tell.tell_sector(arguments.sector, numbers, places, profile, arguments, system.mrio.kind)


def _ranged(
    warehouse: Warehouse, year: int, system: System, measure: Callable[[System], Array]
) -> tuple[dict[Basis, Array], dict[Basis, Array], dict[Basis, Array]]:
    """A measure (4, k) by basis, with its lowest and highest over the variants where there are any."""
    value = measure(system)
    ranges = spread(warehouse, year, lambda s: np.nan_to_num(measure(s)))
    low, high = ({}, {}) if ranges is None else (dict(_by(ranges.low)), dict(_by(ranges.high)))
    return dict(_by(value)), low, high


def _by(stacked: Array) -> list[tuple[Basis, Array]]:
    return list(zip(MEASURES, stacked, strict=True))


def _guessed(warehouse: Warehouse, year: int) -> frozenset[int]:
    sql = "SELECT DISTINCT sector_no FROM co2_42 WHERE year = ? AND basis = 'estimated'"
    return frozenset(int(r[0]) for r in warehouse.rows(sql, (year,)))
