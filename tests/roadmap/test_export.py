"""The Word file holds what the answer says, in the language asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH

from data.errors import StateError
from data.text import Language
from tools.declare import Context
from tools.report.page import TEXT_WIDTH, widths
from tools.report.word import to_docx
from tools.result import Result
from tools.roadmap.tool import roadmap


@pytest.fixture(scope="module")
def china(context: Context) -> Result:
    return roadmap.call({"place": "China"}, context)


@pytest.mark.parametrize(
    ("language", "words"), [("zh", ("摘要", "亿吨", "时间表", "不是预测")), ("en", ("Summary", "Mt CO2", "Timetable"))]
)
def test_the_file_holds_sentences_tables_and_clauses(
    china: Result, tmp_path: Path, language: Language, words: tuple[str, ...]
) -> None:
    from docx import Document

    written = Document(str(to_docx(china, language, tmp_path / "china.docx")))
    text = "\n".join(p.text for p in written.paragraphs)
    assert all(word in text for word in words) and "{" not in text
    page = written.sections[0]
    assert page.page_width is not None and page.page_height is not None and page.page_width > page.page_height
    headings = [p.text for p in written.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert [h for h in headings if h[0].isdigit()] == [s.heading.to(language) for s in china.sections]
    references = [s.text.to(language) for s in china.sections[-1].sentences]
    assert len(references) > 10 and all(line in text for line in references)
    assert len(written.tables) == sum(len(s.tables) for s in china.sections)
    assert china.citations[0].digest.to(language) in text
    timetable = next(t for t in written.tables if len(t.rows) == 8 and len(t.columns) > 10)
    assert all(cell.text for cell in timetable.rows[1].cells)


def test_the_contents_link_to_every_heading_after_the_summary(china: Result, tmp_path: Path) -> None:
    from docx import Document
    from docx.oxml.ns import qn

    written = Document(str(to_docx(china, "zh", tmp_path / "china.docx")))
    headings = [p for p in written.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    links = {
        link.get(qn("w:anchor")): "".join(t.text for t in link.iter(qn("w:t")))
        for link in written.element.body.iter(qn("w:hyperlink"))
    }
    marks = {
        h._p.find(qn("w:bookmarkStart")).get(qn("w:name")): h.text
        for h in headings
        if h._p.find(qn("w:bookmarkStart")) is not None
    }
    assert links == marks and list(links.values()) == [h.text for h in headings[1:]] and len(links) > 8
    kinds = [f.get(qn("w:fldCharType")) for f in written.element.body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_a_tables_unit_stands_in_its_head_and_figures_are_not_broken(china: Result, tmp_path: Path) -> None:
    from docx import Document

    for language, unit in (("zh", "亿吨"), ("en", "Mt CO2")):
        written = Document(str(to_docx(china, language, tmp_path / f"{language}.docx")))  # type: ignore[arg-type]
        timetable = next(t for t in written.tables if len(t.rows) == 8 and len(t.columns) > 10)
        assert unit in timetable.rows[0].cells[1].text
        first = timetable.rows[1].cells[1]
        assert first.text.replace(",", "").replace(".", "").isdigit()
        sides = [cell.paragraphs[0].alignment for cell in (timetable.rows[0].cells[1], first)]
        assert sides == [WD_ALIGN_PARAGRAPH.RIGHT] * 2


def test_pages_are_numbered_heads_repeat_and_tables_fill_the_page(china: Result, tmp_path: Path) -> None:
    from docx import Document
    from docx.oxml.ns import qn

    written = Document(str(to_docx(china, "zh", tmp_path / "china.docx", None, ["来源甲"])))
    foot = written.sections[0].footer._element.xml
    assert "PAGE" in foot and "NUMPAGES" in foot and china.title.zh in foot
    assert written.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia"))
    for grid in written.tables:
        assert len(grid.rows[0]._tr.xpath("./w:trPr/w:tblHeader")) == 1
        assert all(len(row._tr.xpath("./w:trPr/w:cantSplit")) == 1 for row in grid.rows)
        widths = [column.width.mm for column in grid.columns if column.width is not None]
        assert (
            len(widths) == len(grid.columns) and sum(widths) == pytest.approx(TEXT_WIDTH, abs=0.5) and min(widths) > 5
        )
    timetable = next(t for t in written.tables if len(t.rows) == 8 and len(t.columns) > 10)
    figure = timetable.rows[1].cells[1]
    assert figure.paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert "来源甲" not in "\n".join(p.text for p in written.paragraphs)  # its own part 10 holds the references


def test_wide_texts_get_more_room_than_figures_but_not_all() -> None:
    found = widths(["a", "b", "c"], [["1.234", "x" * 200, "y"], ["2", "z", "y"]])
    assert sum(found) == pytest.approx(TEXT_WIDTH) and found[1] == max(found) < 0.8 * TEXT_WIDTH and found[0] > 20


def test_a_place_that_cannot_be_written_is_named(china: Result, tmp_path: Path) -> None:
    with pytest.raises(StateError, match="cannot be written"):
        to_docx(china, "zh", tmp_path / "missing" / "china.docx")
