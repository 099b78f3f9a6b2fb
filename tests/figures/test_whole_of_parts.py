"""A sum of parts is told only where every part that counts is there: the provinces' generation of 2024 has no wind."""

from __future__ import annotations

import pytest

from data.classification import find_place
from data.errors import NotAvailable
from data.warehouse import Warehouse
from tools.declare import Context
from tools.figures.series import Reader, Slice
from tools.figures.tool import figures
from tools.measures import MEASURES

GENERATION = MEASURES["generation"]
ABOVE = next(v for v in GENERATION.variants if v.key == "above_scale")


def test_what_the_table_lacks(warehouse: Warehouse) -> None:
    rows = warehouse.rows(
        "SELECT count(*) FROM power_generation WHERE year = 2024 AND source = 'wind' AND scope = 'above_scale' AND region <> 'CN'"
    )
    assert rows[0][0] == 0


@pytest.mark.parametrize("place", ["Inner Mongolia", "Tianjin", "East", "Hebei"])
def test_no_total_of_a_year_without_wind(place: str, warehouse: Warehouse) -> None:
    total = Reader(warehouse, GENERATION, ABOVE).series([Slice(find_place(place))])[0].values
    assert 2023 in total and 2024 not in total


def test_parts_that_are_there_are_told(warehouse: Warehouse) -> None:
    thermal = next(p for p in GENERATION.parts if p.key == "thermal")
    both = next(p for p in GENERATION.parts if set(p.members) == {"wind", "solar"})
    reader, here = Reader(warehouse, GENERATION, ABOVE), find_place("Inner Mongolia")
    alone, together = reader.series([Slice(here, part=thermal), Slice(here, part=both)])
    assert 2024 in alone.values and 2024 not in together.values and 2023 in together.values


def test_the_nation_has_its_own_wind(warehouse: Warehouse) -> None:
    found = Reader(warehouse, GENERATION, ABOVE).series([Slice(find_place("China"))])[0].values[2024].value
    rows = warehouse.rows(
        "SELECT sum(twh) FROM power_generation WHERE year = 2024 AND scope = 'above_scale' AND region = 'CN'"
    )
    assert found == pytest.approx(rows[0][0])


def test_years_without_small_or_new_parts_stay(warehouse: Warehouse) -> None:
    """Solar begins in 2016 and wind in 2010: nothing before is missing, and every year from 2005 to 2023 is told."""
    total = Reader(warehouse, GENERATION, ABOVE).series([Slice(find_place("Guangdong"))])[0].values
    assert set(range(2005, 2024)) <= set(total)


@pytest.mark.parametrize(
    "arguments",
    [{"operation": "value"}, {"operation": "share", "parts": ["thermal"]}],
)
def test_the_answer_names_the_nearest_year(arguments: dict[str, object], context: Context) -> None:
    with pytest.raises(NotAvailable, match="2023"):
        figures.call({"measure": "generation", "places": ["Tianjin"], "years": [2024], **arguments}, context)
