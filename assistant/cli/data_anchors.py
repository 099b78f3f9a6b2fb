"""``tanlu data verify --anchors``: the comparison with published values, printed."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.cli.say import out, table
from data.text import Language, Text

if TYPE_CHECKING:
    from data.anchors_compare import Comparison, Statistic
    from data.dataset import Dataset

OPENING = Text(
    "与已发布数值的比较（只作报告，不判定数据集是否合格；省际流向没有已发布数值可比）",
    "Comparison with published values (a report, no verdict on the dataset; no flows between provinces are published)",
)
NAIVE = Text(
    "简单模型：全国直接消耗系数×各省产出×一个常数（使合计等于已发布的合计）。",
    "Naive model: national coefficients × output of the province × one constant (so that its sum is the published sum).",
)


def compared(dataset: Dataset, folder: Path) -> list[Comparison]:
    """The active table beside the published values of a folder. Raises BadRequest for a malformed folder."""
    from data.anchors import read_anchors
    from data.anchors_compare import compare
    from data.warehouse import open_warehouse

    anchors = read_anchors(folder)
    return compare(open_warehouse(dataset), anchors)


def print_anchors(found: list[Comparison], language: Language) -> None:
    """The report as tables with their notes."""
    out()
    out(OPENING.to(language))
    head = [
        t.to(language)
        for t in (Text("项目", "Item"), Text("本表", "Ours"), Text("简单模型", "Naive"), Text("个数", "Count"))
    ]
    for comparison in found:
        out()
        name = Text(
            f"表 {comparison.table}（{comparison.year}年，列表{comparison.classification}）",
            f"Table {comparison.table} ({comparison.year}, list {comparison.classification})",
        )
        out(name.to(language))
        if comparison.statistics:
            table(head, [_row(s, language) for s in comparison.statistics])
        for told in comparison.notes:
            out(f"- {told.to(language)}")
    if any(c.statistics for c in found):
        out()
        out(NAIVE.to(language))


def _row(statistic: Statistic, language: Language) -> list[str]:
    naive = "" if statistic.naive is None else _shown(statistic.naive, statistic.unit)
    return [statistic.name.to(language), _shown(statistic.ours, statistic.unit), naive, f"{statistic.count:,}"]


def _shown(value: float, unit: str) -> str:
    if math.isnan(value):
        return "–"
    return f"{value:.3f}" if unit == "r" else f"{value:.1f} %"


def anchors_json(found: list[Comparison], language: Language) -> list[dict[str, Any]]:
    """The report as JSON; a statistic that cannot be computed is null."""

    def number(value: float | None) -> float | None:
        return None if value is None or math.isnan(value) else value

    return [
        {
            "table": c.table,
            "year": c.year,
            "list": c.classification,
            "statistics": [
                {"key": s.key, "name": s.name.to(language), "ours": number(s.ours), "naive": number(s.naive), "unit": s.unit,
                 "count": s.count}
                for s in c.statistics
            ],
            "notes": [told.to(language) for told in c.notes],
        }
        for c in found
    ]  # fmt: skip
