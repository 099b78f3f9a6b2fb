"""The look of a Word report: page, fonts, foot, and tables whose columns are as wide as their words need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from data.text import Language
from tools.charts.style import width_of

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as Grid
    from docx.table import _Cell as GridCell
    from docx.text.paragraph import Paragraph

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 297, 210, 16  # mm
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
_FONTS: dict[Language, tuple[str, str]] = {
    "zh": ("Calibri", "微软雅黑"),
    "en": ("Calibri", "微软雅黑"),
}  # Latin, Chinese
_STYLES = ("Normal", "Title", "Heading 1", "Caption", "List Bullet", "Footer")
_BODY = 10.5  # points
_SIZES = ((10, 9.0), (14, 7.5), (99, 6.5))  # up to so many columns a table is set in so many points
_NARROWEST, _WIDEST = 6.0, 30.0  # letters' columns a table column is counted as at least and at most
_UNBROKEN = 11  # letters' columns up to which a figure is kept on one line
_SPARE = 1.2  # of such a column, since digits are wider than letters and a reader's font may be wider than ours
_PADDING = 0.8  # mm beside the words of a cell


def set_up(document: Document, title: str, language: Language) -> None:
    """A4 on its side, fonts that have Chinese characters, and the title with page numbers at the foot."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(MARGIN)
    latin, chinese = _FONTS[language]
    for name in _STYLES:
        style = document.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(key), None)  # a theme's font would win over a named one
        fonts.set(qn("w:ascii"), latin)
        fonts.set(qn("w:hAnsi"), latin)
        fonts.set(qn("w:eastAsia"), chinese)
    document.styles["Normal"].font.size = Pt(_BODY)
    document.styles["Title"].font.size = Pt(20)
    document.styles["Footer"].font.size = Pt(8)
    foot = page.footer.paragraphs[0]
    foot.add_run(f"{title}    ")
    _field(foot, "PAGE")
    foot.add_run(" / ")
    _field(foot, "NUMPAGES")


def _field(paragraph: Paragraph, code: str) -> None:
    """A field that Word fills, such as the number of the page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run()
    for kind in ("begin", None, "end"):
        if kind is None:
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = code
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)


def widths(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Widths of columns in mm that together fill the page: by the words they hold, long texts counting for less."""
    needed = []
    for column, head in enumerate(heads):
        longest = max((width_of(row[column]) for row in rows), default=0)
        words = max(longest, width_of(head) / 2)  # a head may take two lines
        wanted = _SPARE * words if words <= _UNBROKEN else _UNBROKEN + (words - _UNBROKEN) ** 0.62
        unbroken = max((len(w) for w in head.split() if w.isascii()), default=0)  # bold, so a little wider
        needed.append(min(_WIDEST, max(_NARROWEST, wanted, 1.1 * unbroken)) + 1.5)
    whole = sum(needed)
    return [TEXT_WIDTH * n / whole for n in needed]


def add_grid(
    document: Document, heads: Sequence[str], rows: Sequence[Sequence[str]], figures: Sequence[Sequence[bool]]
) -> Grid:
    """A table with its head on every page and no row parted by a page's end; cells that ``figures`` marks stand to the right."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm

    grid: Grid = document.add_table(rows=1 + len(rows), cols=len(heads), style="Light Grid Accent 1")
    grid.autofit = False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(round(Mm(_PADDING) / 635)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    grid._tblPr.append(margins)
    size = next(points for most, points in _SIZES if len(heads) <= most)
    wide = widths(heads, rows)
    mostly = [
        sum(line[k] for line in figures) * 2 > len(figures) for k in range(len(heads))
    ]  # heads over their figures
    for column, mm in zip(grid.columns, wide, strict=True):
        column.width = Mm(mm)
    for number, line in enumerate((heads, *rows)):
        row = grid.rows[number]
        marks = ["w:cantSplit"] if number else ["w:cantSplit", "w:tblHeader"]
        for mark in marks:
            row._tr.get_or_add_trPr().append(OxmlElement(mark))
        for k, (cell, text) in enumerate(zip(row.cells, line, strict=True)):
            cell.width = Mm(wide[k])
            _write(cell, text, size)
            if figures[number - 1][k] if number else mostly[k]:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return grid


def _write(cell: GridCell, text: str, points: float) -> None:
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.add_run(text).font.size = Pt(points)
