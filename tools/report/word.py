"""A Result as a Word file: all sentences, tables and caveats in one language, folded parts included.

Charts are pictures where they were drawn, else listed by their titles; their data stand in the tables. Citations are numbered
at the end, before the references of the figures.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from data.text import Language, Text
from data.unwritable import unwritable
from tools.charts.specs import Chart, stills
from tools.report.contents import add_contents
from tools.report.page import add_grid, set_up
from tools.report.pictures import FRAME
from tools.result import Ref, Result, Sentence, Table
from tools.table_text import cell_text, head, scalings
from tools.units import show

if TYPE_CHECKING:
    from docx.shape import InlineShape

_HOLE = re.compile(r"\{(c?)(\d+)(?::(abs|range))?\}")
_HEADS = {
    "summary": Text("摘要", "Summary"),
    "charts": Text("图", "Charts"),
    "caveats": Text("口径与局限", "Caveats"),
    "method": Text("方法", "Method"),
    "clauses": Text("政策条款", "Policy clauses"),
    "sources": Text("数据来源", "Sources"),
    "version": Text("模型与参数版本", "Version of model and defaults"),
}
_PICTURE, _ONE_OF_MANY = 220, 165  # width in mm of a chart, and of one of several states of it
_REFERENCES = "References"  # a section of this name makes a list of sources at the end superfluous
_NOT_DRAWN = Text(
    "部分或全部图未能绘成图片（本机没有可用的 Chromium 浏览器），仅列标题；数据见各表。",
    "Some or all charts could not be drawn as pictures (no usable Chromium on this machine) and are listed by title; their data are in the tables.",
)
_UNVERIFIED = Text("（未核对）", " (unverified)")


def to_docx(
    result: Result, language: Language, path: Path, drawn: Mapping[int, Sequence[bytes]] | None = None,
    sources: Sequence[str] = (),
) -> Path:  # fmt: skip
    """Write ``result`` to ``path`` as .docx and return it; ``drawn`` are PNG pictures of its charts by index, one or several of each,
    ``sources`` the full references of its figures in that language.

    Raises StateError where the file cannot be written.
    """
    from docx import Document

    document = Document()
    set_up(document, result.title.to(language), language)
    document.core_properties.title = result.title.to(language)
    document.core_properties.author = "Tanlu"
    document.add_heading(result.title.to(language), 0)
    if result.model_version:
        document.add_paragraph(f"{_HEADS['version'].to(language)}: {result.model_version}", style="Caption")
    document.add_heading(_HEADS["summary"].to(language), 1)
    for said in result.lead:
        document.add_paragraph(filled(said, result, language))
    for section in result.sections:
        document.add_heading(section.heading.to(language), 1)
        for said in section.sentences:
            document.add_paragraph(filled(said, result, language))
        for index in section.tables:
            _table(document, result.tables[index], result, language)
        for index in section.charts:
            _chart(document, result.charts[index], (drawn or {}).get(index, ()), language)
    _others(document, result, drawn or {}, language)
    if drawn is not None and len(drawn) < len(result.charts):
        document.add_paragraph(_NOT_DRAWN.to(language))
    _list(document, _HEADS["caveats"], [c.to(language) for c in result.caveats], language)
    _list(document, _HEADS["method"], [m.to(language) for m in result.method], language)
    clauses = [
        f"[{n}] {c.title.to(language)}{f' {c.clause_in(language)}' if c.clause else ''}: {c.digest.to(language)}"
        f"{'' if c.verified else _UNVERIFIED.to(language)}"
        for n, c in enumerate(result.citations, 1)
    ]
    _list(document, _HEADS["clauses"], clauses, language)
    if not any(_REFERENCES in section.heading.en for section in result.sections):
        _list(document, _HEADS["sources"], list(sources), language)
    add_contents(document, language)
    try:
        document.save(str(path))
    except OSError as error:
        raise unwritable("docx_unwritable", path, error) from error
    return path


def _chart(document: object, chart: Chart, pictures: Sequence[bytes], language: Language) -> None:
    """A chart's pictures, each over its title, or the title alone."""
    from docx.document import Document as Word
    from docx.shared import Mm

    assert isinstance(document, Word)
    if not pictures:
        document.add_paragraph(f"{_HEADS['charts'].to(language)}: {chart.title.to(language)}")
        return
    wide = Mm(_PICTURE if len(pictures) == 1 else _ONE_OF_MANY)
    for still, picture in zip(stills(chart), pictures, strict=True):
        shape = document.add_picture(io.BytesIO(picture), width=wide)
        _crop(shape, picture)
        document.paragraphs[-1].paragraph_format.keep_with_next = True  # the picture stays with its title
        document.add_paragraph(still.title.to(language), style="Caption")


def _crop(shape: InlineShape, picture: bytes) -> None:
    """Cut off the blank that the browser's window leaves under a chart."""
    from docx.oxml import OxmlElement
    from docx.shared import Emu

    pixels = int.from_bytes(picture[20:24], "big")  # of a PNG's header: its height
    if pixels <= FRAME:
        return
    blank = FRAME / pixels
    cut = OxmlElement("a:srcRect")
    cut.set("b", str(round(blank * 100_000)))
    shape._inline.graphic.graphicData.pic.blipFill.insert(1, cut)
    shape.height = Emu(round(shape.height * (1 - blank)))


def _others(document: object, result: Result, drawn: Mapping[int, Sequence[bytes]], language: Language) -> None:
    """The pictures of charts that stand in no section."""
    from docx.document import Document as Word

    assert isinstance(document, Word)
    placed = {index for section in result.sections for index in section.charts}
    rest = [index for index in drawn if index not in placed]
    if rest:
        document.add_heading(_HEADS["charts"].to(language), 1)
    for index in rest:
        _chart(document, result.charts[index], drawn[index], language)


def filled(said: Sentence, result: Result, language: Language) -> str:
    """A sentence with its figures and the numbers of its citations."""

    def fill(hole: re.Match[str]) -> str:
        citation, index, form = hole.group(1), int(hole.group(2)), hole.group(3)
        if citation:
            return f"[{said.citations[index] + 1}]"
        fact = result.facts[said.facts[index]]
        text = show(abs(fact.value) if form == "abs" else fact.value, fact.unit, language)
        if form != "range" or fact.low is None or fact.high is None:
            return text
        span = f"{show(fact.low, fact.unit, language)}–{show(fact.high, fact.unit, language)}"
        return f"{text}（区间 {span}）" if language == "zh" else f"{text} (range {span})"

    return _HOLE.sub(fill, said.text.to(language))


def _table(document: object, table: Table, result: Result, language: Language) -> None:
    from docx.document import Document as Word

    assert isinstance(document, Word)
    title = document.add_paragraph(table.title.to(language), style="Caption")
    title.paragraph_format.keep_with_next = True
    chosen = scalings(table, result.facts, language)
    heads = [head(column, scaling, language) for column, scaling in zip(table.columns, chosen, strict=True)]
    rows = [
        [
            cell_text(cell, column, scaling, result.facts, language) or "—"
            for cell, column, scaling in zip(row, table.columns, chosen, strict=True)
        ]
        for row in table.rows
    ]
    figures = [[isinstance(cell, Ref | int | float) for cell in row] for row in table.rows]
    add_grid(document, heads, rows, figures)
    document.add_paragraph()


def _list(document: object, heading: Text, lines: list[str], language: Language) -> None:
    from docx.document import Document as Word

    assert isinstance(document, Word)
    if lines:
        document.add_heading(heading.to(language), 1)
        for line in lines:
            document.add_paragraph(line, style="List Bullet")
