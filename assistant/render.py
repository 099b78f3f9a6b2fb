"""From a Result's parts to Markdown in one language: sentences with their marks, tables with a mark per figure."""

from __future__ import annotations

import re

from assistant.ledger import Call, Ids
from data.text import Language, Text
from tools.result import Fact, Ref, Result, Sentence, Table
from tools.table_text import cell_text, head, scalings
from tools.units import show, span

_HOLE = re.compile(r"\{(c?)(\d+)(?::(abs|range))?\}")
_SHOWN_ROWS = 40
NO_DATA = Text("无数据", "no data")


def shown(fact: Fact, language: Language, unsigned: bool = False) -> str:
    """A fact's figure as a reader expects it, e.g. 5.57亿吨."""
    return show(abs(fact.value) if unsigned else fact.value, fact.unit, language, fact.reader_unit)


def ranged(fact: Fact, language: Language) -> str:
    """A fact's range for after its mark, e.g. （区间 5.20–5.90亿吨）; empty where it has none."""
    if fact.low is None or fact.high is None:
        return ""
    said = span(fact.low, fact.high, fact.value, fact.unit, language, fact.reader_unit)
    if not said:
        return ""  # narrower than what is shown: no range to a reader
    return f"（区间 {said}）" if language == "zh" else f" (range {said})"


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
    if call.result is None:  # a table only comes out of a Result
        raise ValueError(f"call {call.id} has no result")
    facts = call.result.facts
    chosen = scalings(table, facts, language)
    heads = [_escaped(head(c, s, language)) for c, s in zip(table.columns, chosen, strict=True)]
    lines = ["| " + " | ".join(heads) + " |", "|" + "|".join(" --- " for _ in heads) + "|"]
    for row in table.rows[:_SHOWN_ROWS]:
        cells: list[str] = []
        for cell, column, scaling in zip(row, table.columns, chosen, strict=True):
            said = cell_text(cell, column, scaling, facts, language)
            mark = f" [{call.ids.facts[cell.fact]}]" if isinstance(cell, Ref) else ""
            cells.append(NO_DATA.to(language) if said is None else _escaped(said) + mark)
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


def _escaped(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
