"""Exported tables: no tail of the computer's arithmetic, the data's unit said in the reader's language for every figure, no formula;
a range too narrow to show is not shown."""

from __future__ import annotations

import csv
import io

import pytest

from assistant.answer import AnswerColumn, AnswerTable
from assistant.export import table_csv
from assistant.plain_table import plain_table
from assistant.render import ranged
from data.text import Language, Text
from tests.conversation.conftest import call_of
from tools.result import Basis, Column, Draft, Fact, Ref, Table
from tools.units import UNITS, declared


def test_a_csv_cell_has_seven_digits_at_most() -> None:
    rows = [["广东", 10999.511433433456, 7, None], ["=1", 0.1 + 0.2, 1e-9 / 3, 2017]]
    columns = [AnswerColumn(name=n, unit=None) for n in "abcd"]
    table = AnswerTable(id="B1", title="t", columns=columns, rows=rows, total_rows=2, truncated=False)
    assert table_csv(table, "zh").splitlines()[1:] == ["广东,10999.51,7,", "'=1,0.3,3.333333e-10,2017"]


@pytest.mark.parametrize(
    "language,head",
    [
        ("zh", ["省份", "排放（Mt CO2，百万吨二氧化碳）", "产出（亿元）", "占比（%）", "位次"]),
        ("en", ["省份", "排放 (Mt CO2)", "产出 (100 million yuan)", "占比 (%)", "位次"]),
    ],
)
def test_a_csv_head_says_the_datas_unit_in_the_readers_language(language: Language, head: list[str]) -> None:
    named = [("省份", None), ("排放", "Mt CO2"), ("产出", "100M yuan"), ("占比", "%"), ("位次", "rank")]
    columns = [AnswerColumn(name=name, unit=unit) for name, unit in named]
    table = AnswerTable(id="B1", title="t", columns=columns, rows=[], total_rows=0, truncated=False)
    assert next(csv.reader(io.StringIO(table_csv(table, language)))) == head


def test_every_unit_has_a_name_in_chinese_files() -> None:
    for unit in UNITS - {"year", "rank", "count", "index", "1", "%", "°C"}:
        assert any("\u4e00" <= letter <= "\u9fff" for letter in declared(unit, "zh")), unit
        assert declared(unit, "en").isascii() and declared(unit, "en"), unit


def test_a_column_of_mixed_units_gets_the_unit_of_each_row() -> None:
    draft = Draft(Text("甲", "A"))
    units = ("%", "GW", "year")
    facts = [
        [draft.fact(Text("甲", "A"), value, unit, basis=Basis.TARGET, source="targets") for value in (25.0, 26.0, 27.0)]
        for unit in units
    ]
    points = draft.fact(Text("差", "gap"), 1.5, "pp", basis=Basis.DERIVED, source="targets")
    names = ("目标", "目标值", "模型值", "差距", "全是比重")
    rows = [
        (Text(unit, unit), Ref(fact=a), Ref(fact=b), Ref(fact=points if unit == "%" else c), Ref(fact=facts[0][0]))
        for unit, (a, b, c) in zip(units, facts, strict=True)
    ]
    columns = tuple(Column(name=Text(name, name)) for name in names)
    draft.table(Table(title=Text("甲", "A"), columns=columns, rows=tuple(rows)))
    call = call_of(draft.result())
    assert call.result is not None
    heads, cells = plain_table(call.result.tables[0], call, "zh")
    assert [(head.name, head.unit) for head in heads] == [
        ("目标", None), ("目标值", None), ("模型值", None), ("目标值的单位", None), ("差距", None), ("差距的单位", None), ("全是比重", "%"),
    ]  # fmt: skip
    assert cells == [
        ["%", 25.0, 26.0, "%", 1.5, "个百分点", 25.0],
        ["GW", 25.0, 26.0, "GW，百万千瓦", 27.0, "GW，百万千瓦", 25.0],
        ["year", 25, 26, None, 27, None, 25.0],
    ]


@pytest.mark.parametrize("low,high,shown", [(10999.6, 11000.3, False), (10500.0, 11500.0, True)])
def test_a_range_whose_ends_look_alike_is_left_out(low: float, high: float, shown: bool) -> None:
    fact = Fact(
        label=Text("甲", "A"), value=11000.0, unit="Mt CO2", low=low, high=high, source="co2", basis=Basis.ESTIMATED
    )
    assert bool(ranged(fact, "zh")) == shown and bool(ranged(fact, "en")) == shown
