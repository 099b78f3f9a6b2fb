"""One unit in a range and in a column: no jump from 万吨 to 亿吨, no figure of seven digits."""

from __future__ import annotations

import pytest

from data.text import Language, Text
from tools.result import Basis, Column, Draft, Fact, Ref, Table
from tools.table_text import cell_text, scalings
from tools.units import span


@pytest.mark.parametrize(
    ("low", "high", "value", "language", "said"),
    [(66.23, 130.04, 66.23, "zh", "6,623–13,004万吨"), (371.9, 540.6, 371.9, "zh", "3.719–5.406亿吨"), (90.0, 130.0, 120.0, "zh", "0.9–1.3亿吨"),
     (66.23, 130.04, 66.23, "en", "66.23–130.0 Mt CO2"), (5.0, 5.0, 5.0, "zh", "")],
)  # fmt: skip
def test_a_range_has_the_unit_of_its_figure(
    low: float, high: float, value: float, language: Language, said: str
) -> None:
    assert span(low, high, value, "Mt CO2", language) == said


def _facts(values: tuple[float, ...]) -> tuple[tuple[Fact, ...], Table]:
    draft = Draft(Text("表", "Table"))
    refs = [
        Ref(fact=draft.fact(Text("排放", "emissions"), v, "Mt CO2", basis=Basis.OBSERVED, source="co2")) for v in values
    ]
    columns = (Column(name=Text("项目", "Item")), Column(name=Text("排放", "Emissions"), unit="Mt CO2"))
    table = Table(title=Text("表", "Table"), columns=columns, rows=tuple((Text("甲", "A"), r) for r in refs))
    draft.table(table)
    return draft.result().facts, table


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ((10843.27, 750.0), ["108.4", "7.5"]),
        ((652.6, 10.01), ["65,260", "1,001"]),
        ((10843.27, 0.5), ["1,084,327", "50"]),
    ],
)
def test_a_column_of_the_nation_is_in_hundred_millions_where_its_smallest_figure_still_reads(
    values: tuple[float, ...], shown: list[str]
) -> None:
    facts, table = _facts(values)
    chosen = scalings(table, facts, "zh")[1]
    assert [cell_text(row[1], table.columns[1], chosen, facts, "zh") for row in table.rows] == shown
