"""How a table's figures read on a page, in a terminal and in Word: rounded, in the reader's unit, which the head says once."""

from __future__ import annotations

from collections.abc import Sequence

from data.text import Language, Text
from tools.result import Cell, Column, Fact, Ref, Table
from tools.units import READERS_UNITS, number, scale, show

Scaling = tuple[float, str] | None  # factor and word of a column's figures; None where each cell says its own unit
_LONG, _LEAST = 1e6, 0.01  # a figure of seven digits is too long; one of two decimals is short enough
_ONE_SCALE = ("year", "rank", "count", "%", "pp", "%/yr", "yuan/person", "kg CO2/kWh")  # with decimals of their own


def scalings(table: Table, facts: Sequence[Fact], language: Language) -> list[Scaling]:
    """The scaling of each column.

    Columns of one unit share a scale, so that a row reads across; it is the smallest figure's, so that none vanishes,
    or the largest's where that would run to seven digits and the smallest can still be told.
    """
    return [_scaling(table, column.unit, facts, language) for column in table.columns]


def _scaling(table: Table, unit: str | None, facts: Sequence[Fact], language: Language) -> Scaling:
    if unit is None:
        return None
    alike = [i for i, column in enumerate(table.columns) if column.unit == unit]
    cells = [row[i] for row in table.rows for i in alike]
    found = [facts[cell.fact] for cell in cells if isinstance(cell, Ref)]
    if any(fact.unit != unit for fact in found):
        return None
    reader = next((fact.reader_unit for fact in found if fact.reader_unit), None)
    if reader is not None and READERS_UNITS.get(reader, ("", None))[0] == unit:
        asked = READERS_UNITS[reader][1]
        return asked.factor, asked.word.to(language)
    plain = [float(cell) for cell in cells if isinstance(cell, int | float)]
    sizes = [abs(v) for v in (*(fact.value for fact in found), *plain) if abs(v) > 1e-9]
    small, large = scale(min(sizes, default=0.0), unit, language), scale(max(sizes, default=0.0), unit, language)
    longest = max(sizes, default=0.0) * small[0]
    # 108.4 reads where 1,084,327 does not, so long as the smallest figure is still there: 0.012
    wide = longest >= _LONG and min(sizes, default=0.0) * large[0] >= _LEAST
    return large if wide and unit not in _ONE_SCALE else small


def head(column: Column, chosen: Scaling, language: Language) -> str:
    """A column's name with the unit of its figures, unless the name has it."""
    name = column.name.to(language)
    if chosen is None or not chosen[1] or chosen[1] in name:
        return name
    return f"{name}（{chosen[1]}）" if language == "zh" else f"{name} ({chosen[1]})"


def cell_text(cell: Cell, column: Column, chosen: Scaling, facts: Sequence[Fact], language: Language) -> str | None:
    """What a cell says; None for no data."""
    if cell is None:
        return None
    if isinstance(cell, Text | str):
        return cell.to(language) if isinstance(cell, Text) else cell
    if isinstance(cell, Ref):
        fact = facts[cell.fact]
        if chosen is None:
            return show(fact.value, fact.unit, language, fact.reader_unit)
        return _scaled(fact.value, fact.unit, chosen, language)
    if chosen is None:
        return number(cell, "1", language) if isinstance(cell, float) else f"{cell}"
    return _scaled(float(cell), column.unit or "1", chosen, language)


def _scaled(value: float, unit: str, chosen: tuple[float, str], language: Language) -> str:
    if unit in _ONE_SCALE:
        return number(value, unit, language)
    return number(value * chosen[0], "1", language)


__all__ = ["Scaling", "cell_text", "head", "scalings"]
