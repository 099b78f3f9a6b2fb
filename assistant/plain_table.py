"""A table as it leaves the house in files and JSON: plain cells, figures in full in the data's units, every unit said.

On the page a cell of mixed units shows its own (35%, 7,400万千瓦). As a bare number it would have none, so such a column
gets one beside it that names the unit of each row.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import AnswerColumn, Value
from assistant.ledger import Call
from data.text import Language, Text
from tools.result import Cell, Ref, Table
from tools.units import declared

_UNIT = Text("单位", "Unit")
_UNIT_OF = Text("{name}的单位", "Unit of {name}")
_WHOLE = ("year", "rank", "count")  # units of whole numbers

Columns = list[AnswerColumn]
Rows = list[list[Value]]


def plain_table(table: Table, call: Call, language: Language) -> tuple[Columns, Rows]:
    """Columns and rows of a call's table: facts at full precision, words in one language, None for no data.

    A column without a unit takes that of its facts where they share one. Neighbouring columns of mixed units share one column
    of units after them where each row has one unit throughout, else each has its own.
    """
    units = [[_unit(row[at], call) for row in table.rows] for at in range(len(table.columns))]
    runs = _runs(units)
    columns: Columns = []
    cells: list[list[Value]] = []
    for at, column in enumerate(table.columns):
        name, known = column.name.to(language), {unit for unit in units[at] if unit is not None}
        own = column.unit or (next(iter(known)) if len(known) == 1 else None)
        columns.append(AnswerColumn(name=name, unit=own))
        cells.append([_plain(row[at], call, language) for row in table.rows])
        run = next((run for run in runs if run[-1] == at), None)
        if run is not None:
            first = table.columns[run[0]].name
            head = _UNIT if len(runs) == 1 else _UNIT_OF.fill(name=first)
            columns.append(AnswerColumn(name=head.to(language), unit=None))
            cells.append([declared(unit, language) or None for unit in _merged([units[at] for at in run])])
    return columns, [list(row) for row in zip(*cells, strict=True)]


def _unit(cell: Cell, call: Call) -> str | None:
    if not isinstance(cell, Ref) or call.result is None:
        return None
    return call.result.facts[cell.fact].unit


def _runs(units: Sequence[Sequence[str | None]]) -> list[list[int]]:
    """Neighbouring columns of mixed units, together while no row has two different ones."""
    runs: list[list[int]] = []
    for at, column in enumerate(units):
        if len({unit for unit in column if unit is not None}) < 2:
            continue
        together = [units[before] for before in runs[-1]] if runs and runs[-1][-1] == at - 1 else []
        if together and all(a is None or b is None or a == b for a, b in zip(_merged(together), column, strict=True)):
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _merged(columns: Sequence[Sequence[str | None]]) -> list[str | None]:
    """The unit of each row over several columns."""
    return [next((unit for unit in row if unit is not None), None) for row in zip(*columns, strict=True)]


def _plain(cell: Cell, call: Call, language: Language) -> Value:
    if isinstance(cell, Ref):
        if call.result is None:  # a table only comes out of a Result
            raise ValueError(f"call {call.id} has no result")
        fact = call.result.facts[cell.fact]
        return round(fact.value) if fact.unit in _WHOLE and fact.value == round(fact.value) else fact.value
    return cell.to(language) if isinstance(cell, Text) else cell


__all__ = ["plain_table"]
