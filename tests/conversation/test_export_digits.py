"""Figures of exported tables carry no tail of the computer's arithmetic; a range too narrow to show is not shown."""

from __future__ import annotations

import pytest

from assistant.answer import AnswerColumn, AnswerTable
from assistant.export import table_csv
from assistant.render import ranged
from data.text import Text
from tools.result import Basis, Fact


def test_a_csv_cell_has_seven_digits_at_most() -> None:
    rows = [["广东", 10999.511433433456, 7, None], ["=1", 0.1 + 0.2, 1e-9 / 3, 2017]]
    columns = [AnswerColumn(name=n, unit=None) for n in "abcd"]
    table = AnswerTable(id="B1", title="t", columns=columns, rows=rows, total_rows=2, truncated=False)
    assert table_csv(table).splitlines()[1:] == ["广东,10999.51,7,", "'=1,0.3,3.333333e-10,2017"]


@pytest.mark.parametrize("low,high,shown", [(10999.6, 11000.3, False), (10500.0, 11500.0, True)])
def test_a_range_whose_ends_look_alike_is_left_out(low: float, high: float, shown: bool) -> None:
    fact = Fact(
        label=Text("甲", "A"), value=11000.0, unit="Mt CO2", low=low, high=high, source="co2", basis=Basis.ESTIMATED
    )
    assert bool(ranged(fact, "zh")) == shown and bool(ranged(fact, "en")) == shown
