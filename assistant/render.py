"""From a Result's parts to Markdown in one language: sentences with their marks, tables with a mark per figure."""

from __future__ import annotations

import re

from assistant.ledger import Call, Ids
from data.text import Language, Text
from tools.result import Cell, Column, Fact, Ref, Result, Sentence, Table
from tools.units import READERS_UNITS, number, scale, show

_HOLE = re.compile(r"\{(c?)(\d+)(?::(abs|range))?\}")
_SHOWN_ROWS = 40
NO_DATA = Text("无数据", "no data")


def shown(fact: Fact, language: Language, unsigned: bool = False) -> str:
    """A fact's figure as a reader expects it, e.g. 5.57亿吨."""
    return show(abs(fact.value) if unsigned else fact.value, fact.unit, language, fact.reader_unit)


def ranged(fact: Fact, language: Language) -> str:
    """A fact's range for after its mark, e.g. （区间 5.20亿吨–5.90亿吨）; empty where it has none."""
    if fact.low is None or fact.high is None:
        return ""
    low, high = (show(v, fact.unit, language, fact.reader_unit) for v in (fact.low, fact.high))
    if low == high:
        return ""  # narrower than what is shown: no range to a reader
    return f"（区间 {low}–{high}）" if language == "zh" else f" (range {low}–{high})"


def sentence(said: Sentence, result: Result, ids: Ids, language: Language) -> str:
    """A sentence with its holes filled: "{0}" as "5.57亿吨 [F1]", "{c0}" as "[P1]"."""

    def fill(hole: re.Match[str]) -> str:
        citation, index, form = hole.group(1), int(hole.group(2)), hole.group(3)
        if citation:
            return f"[{ids.citations[said.citations[index]]}]"
        at = said.facts[index]
        fact = result.facts[at]
        text = f"{shown(fact, language, unsigned=form == 'abs')} [{ids.facts[at]}]"
        return text + ranged(fact, language) if form == "range" else text

    return _HOLE.sub(fill, said.text.to(language))


def without_holes(text: Text) -> Text:
    """A template's own words: its holes replaced by a dash."""
    return Text(_HOLE.sub("—", text.zh), _HOLE.sub("—", text.en))


def sentences(said: tuple[Sentence, ...], call: Call, language: Language) -> list[str]:
    """Several sentences of a call's Result."""
    if call.result is None:
        return []
    return [sentence(s, call.result, call.ids, language) for s in said]


def table_markdown(name: str, table: Table, call: Call, language: Language) -> str:
    """A table as Markdown with its title and id above; every figure that is a fact is followed by its mark."""
    scales = [_column_scale(table, at, call, language) for at in range(len(table.columns))]
    head = [_head(c, s, language) for c, s in zip(table.columns, scales, strict=True)]
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join(" --- " for _ in head) + "|"]
    for row in table.rows[:_SHOWN_ROWS]:
        cells = (
            _cell(cell, column, s, call, language) for cell, column, s in zip(row, table.columns, scales, strict=True)
        )
        lines.append("| " + " | ".join(cells) + " |")
    title = f"**表：{table.title.zh}** [{name}]" if language == "zh" else f"**Table: {table.title.en}** [{name}]"
    text = "\n".join([title, "", *lines])
    total = table.total_rows or len(table.rows)
    if total > min(len(table.rows), _SHOWN_ROWS):
        rest = Text(
            f"（共 {total} 行，此处列出前 {_SHOWN_ROWS} 行）", f"({total} rows; the first {_SHOWN_ROWS} are shown)"
        )
        if len(table.rows) < _SHOWN_ROWS:
            rest = Text(f"（共 {total} 行）", f"({total} rows in all)")
        text += f"\n\n{rest.to(language)}"
    return text


def _fact(call: Call, ref: Ref) -> Fact:
    if call.result is None:  # a table only comes out of a Result
        raise ValueError(f"call {call.id} has no result")
    return call.result.facts[ref.fact]


def _column_scale(table: Table, at: int, call: Call, language: Language) -> tuple[float, str] | None:
    """Factor and word for a column's figures; None without a unit.

    Columns of one unit share a scale, so that a row reads across; it is the smallest figure's, so that none vanishes.
    """
    unit = table.columns[at].unit
    if unit is None:
        return None
    alike = [i for i, column in enumerate(table.columns) if column.unit == unit]
    cells = [row[i] for row in table.rows for i in alike]
    facts = [_fact(call, cell) for cell in cells if isinstance(cell, Ref)]
    if any(fact.unit != unit for fact in facts):
        return None
    reader = next((fact.reader_unit for fact in facts if fact.reader_unit), None)
    if reader is not None and READERS_UNITS.get(reader, ("", None))[0] == unit:
        asked = READERS_UNITS[reader][1]
        return asked.factor, asked.word.to(language)
    plain = [float(cell) for cell in cells if isinstance(cell, int | float)]
    shown_sizes = [abs(v) for v in (*(fact.value for fact in facts), *plain) if abs(v) > 1e-9]
    return scale(min(shown_sizes, default=0.0), unit, language)


def _head(column: Column, chosen: tuple[float, str] | None, language: Language) -> str:
    name = _escaped(column.name.to(language))
    if chosen is None or not chosen[1] or chosen[1] in name:
        return name
    return f"{name}（{chosen[1]}）" if language == "zh" else f"{name} ({chosen[1]})"


def _cell(cell: Cell, column: Column, chosen: tuple[float, str] | None, call: Call, language: Language) -> str:
    if cell is None:
        return NO_DATA.to(language)
    if isinstance(cell, Text | str):
        return _escaped(cell.to(language) if isinstance(cell, Text) else cell)
    if isinstance(cell, Ref):
        fact = _fact(call, cell)
        figure = shown(fact, language) if chosen is None else _scaled(fact.value, fact.unit, chosen, language)
        return f"{figure} [{call.ids.facts[cell.fact]}]"
    if chosen is None:
        return number(cell, "1", language) if isinstance(cell, float) else f"{cell}"
    return _scaled(float(cell), column.unit or "1", chosen, language)


def _scaled(value: float, unit: str, chosen: tuple[float, str], language: Language) -> str:
    if unit in ("year", "rank", "count", "%", "pp", "%/yr", "yuan/person", "kg CO2/kWh"):
        return number(value, unit, language)  # one scale only, with decimals of their own
    return number(value * chosen[0], "1", language)


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
