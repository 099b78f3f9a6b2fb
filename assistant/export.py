"""Charts and tables of an answer as files: a self-contained HTML page, JSON, CSV, Excel. Nothing in them asks another host."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer import Answer, AnswerChart, AnswerColumn, AnswerTable, ToolAnswer
from assistant.ledger import Call
from data.text import Language, Text
from data.unwritable import unwritable
from tools.units import declared

if TYPE_CHECKING:
    from data.warehouse import Warehouse

_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>body{{margin:0;font-family:sans-serif}}footer{{font-size:12px;color:#666;padding:0 16px 16px}}</style>
<script>{plotly}</script></head>
<body><div id="chart"></div><footer>{foot}</footer>
<script>const f={figure};Plotly.newPlot("chart",f.data,f.layout,{{responsive:true,displaylogo:false,
showSendToCloud:false,modeBarButtonsToRemove:["sendDataToCloud"]}});</script></body></html>
"""


@cache
def _plotly() -> str:
    import plotly

    return (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_text(encoding="utf-8")


def chart_html(chart: AnswerChart, language: Language, foot: str = "") -> str:
    """A page that draws the chart by itself, without a network; ``foot`` is a line under it (its sources)."""
    figure = json.dumps(chart.figure, ensure_ascii=False).replace("</", "<\\/")
    return _PAGE.format(
        lang="zh-CN" if language == "zh" else "en",
        title=escape(chart.title),
        plotly=_plotly(),
        foot=escape(foot),
        figure=figure,
    )


def table_csv(table: AnswerTable, language: Language) -> str:
    """The table as CSV: the data's units in its head in the reader's language, figures to seven significant digits, an empty
    cell for a missing value.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_cell(_head(column, language)) for column in table.columns])
    writer.writerows([_cell(value) for value in row] for row in table.rows)
    return out.getvalue()


def _head(column: AnswerColumn, language: Language) -> str:
    unit = declared(column.unit, language)
    if not unit:
        return column.name
    return f"{column.name}（{unit}）" if language == "zh" else f"{column.name} ({unit})"


_DIGITS = 7  # significant: more than any source has, and no tail of the computer's arithmetic (10999.511433433456)


def _cell(value: str | int | float | None) -> str | int | float | None:
    value = _rounded(value)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


def _rounded(value: str | int | float | None) -> str | int | float | None:
    return float(f"{value:.{_DIGITS}g}") if isinstance(value, float) else value


def tables_xlsx(answer: Answer | ToolAnswer, tables: list[AnswerTable]) -> bytes:
    """Tables of an answer as one Excel workbook: a sheet each, then the answer's caveats and methods and its sources."""
    from data.exports.excel import Column, Sheet, workbook

    cut = Text("仅列出前{shown}行，共{total}行。", "The first {shown} rows of {total}.")
    sheets = [
        Sheet(
            f"{table.id} {table.title}", table.title,
            tuple(Column(c.name, declared(c.unit, answer.language) or None) for c in table.columns),
            [[_rounded(value) for value in row] for row in table.rows],
            (cut.fill(shown=len(table.rows), total=table.total_rows).to(answer.language),) if table.truncated else (),
        )
        for table in tables
    ]  # fmt: skip
    cited = [" ".join(filter(None, (source.citation, source.licence, source.url))) for source in answer.sources]
    asked = answer.question if isinstance(answer, Answer) else answer.title
    return workbook(sheets, answer.language, [asked, *answer.caveats, *answer.method], cited)


def save(answer: Answer | ToolAnswer, text: str, folder: Path) -> list[Path]:
    """Write an answer's charts (HTML and JSON), tables (CSV each, all in one Excel workbook) and the answer itself
    (``text``, Markdown); the files written.

    Raises StateError where the folder cannot be written.
    """
    foot = "; ".join(source.citation for source in answer.sources)
    texts: dict[str, str] = {"answer.md": text + "\n"}
    for chart in answer.charts:
        texts[f"{chart.id}.html"] = chart_html(chart, answer.language, foot)
        texts[f"{chart.id}.json"] = json.dumps(chart.figure, ensure_ascii=False)
    for table in answer.tables:
        texts[f"{table.id}.csv"] = "\ufeff" + table_csv(table, answer.language)  # the mark by which Excel knows UTF-8
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            path = folder / name
            path.write_text(text, encoding="utf-8")
            written.append(path)
        if answer.tables:
            path = folder / "tables.xlsx"
            path.write_bytes(tables_xlsx(answer, answer.tables))
            written.append(path)
    except OSError as error:
        raise unwritable("save_unwritable", folder, error) from error
    return written


def save_all(
    answer: Answer | ToolAnswer, text: str, calls: list[Call], warehouse: Warehouse, folder: Path
) -> list[Path]:
    """Write everything of an answer: ``save``, then its reports as Word and its paths as IAMC; the files written.

    Raises StateError where the folder cannot be written.
    """
    return [
        *save(answer, text, folder),
        *save_word(calls, answer, folder),
        *save_iamc(calls, warehouse, folder, answer.language),
    ]


REPORTS = ("roadmap", "profile", "compare", "milestones", "sensitivity", "backcast")  # tools whose results are reports


def save_iamc(calls: list[Call], warehouse: Warehouse, folder: Path, language: Language) -> list[Path]:
    """Write the paths of each answer of the roadmap's tools as IAMC files named after the call (T1.iamc.csv, .xlsx), and the
    model's assumptions beside them (T1.assumptions.csv).

    Raises StateError where a file cannot be written.
    """
    from data.exports.iamc import write_csv, write_xlsx
    from data.own.store import open_own
    from tools.roadmap.iamc import EXPORTED, iamc_rows

    written: list[Path] = []
    for call in calls:
        if call.tool in EXPORTED and call.status == "ok":
            folder.mkdir(parents=True, exist_ok=True)
            rows = iamc_rows(warehouse, call.tool, call.arguments, open_own())
            written += [
                write_csv(rows, folder / f"{call.id}.iamc.csv"), write_xlsx(rows, folder / f"{call.id}.iamc.xlsx"),
                _save_assumptions(warehouse, folder / f"{call.id}.assumptions.csv", language),
            ]  # fmt: skip
    return written


def _save_assumptions(warehouse: Warehouse, path: Path, language: Language) -> Path:
    """Every default of the roadmap with its range, what it rests on and why, as CSV."""
    note = f"note_{language}"
    rows = warehouse.rows(
        f"SELECT name, scope, year, year_to, value, unit, low, high, source, {note} FROM roadmap_defaults ORDER BY ord"
    )
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["name", "scope", "year", "year_to", "value", "unit", "low", "high", "source", "note"])
    writer.writerows([_cell(value) for value in row] for row in rows)
    path.write_text("\ufeff" + out.getvalue(), encoding="utf-8")
    return path


def save_word(calls: list[Call], answer: Answer | ToolAnswer, folder: Path) -> list[Path]:
    """Write each report (a roadmap, a profile) among the calls of an answer as a Word file named after its call (T1.docx), with
    the answer's references; the files written. Charts are pictures where a Chromium is at hand.

    Raises StateError where a file cannot be written.
    """
    from tools.report.pictures import pictures
    from tools.report.word import to_docx

    language = answer.language
    cited = [" ".join(filter(None, (source.citation, source.licence, source.url))) for source in answer.sources]
    found = [(call, call.result) for call in calls if call.tool in REPORTS and call.result is not None]
    return [
        to_docx(result, language, folder / f"{call.id}.docx", pictures(result.charts, language), cited)
        for call, result in found
    ]
