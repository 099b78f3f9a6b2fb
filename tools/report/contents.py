"""The contents of a Word report: a field that Word can renew, filled beforehand with links to the headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.text import Language, Text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_TITLE = Text("目录", "Contents")
_LEAST = 5  # headings from which a list of them helps
_FIELD = r'TOC \o "1-1" \h \z \u'  # headings of the first level, linked; Word adds the pages when it renews the field
_STYLE = "Heading 1"
_POINTS = 9


def add_contents(document: Document, language: Language) -> None:
    """List the headings after the first of them and what stands under it, the summary; nothing in a short report."""
    headings = [p for p in document.paragraphs if p.style is not None and p.style.name == _STYLE]
    if len(headings) < _LEAST:
        return
    listed = headings[1:]
    for number, heading in enumerate(listed, 1):
        _bookmark(heading, number)
    title = listed[0].insert_paragraph_before()
    title.add_run(_TITLE.to(language)).bold = True
    title.paragraph_format.keep_with_next = True
    lines = [listed[0].insert_paragraph_before() for _ in listed]
    for number, (line, heading) in enumerate(zip(lines, listed, strict=True), 1):
        line.paragraph_format.space_after = 0
        _link(line, heading.text, number)
    _field(lines[0], lines[-1])


def _name(number: int) -> str:
    return f"_Toc{number:06d}"


def _bookmark(heading: Paragraph, number: int) -> None:
    start, end = _element("w:bookmarkStart"), _element("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(_q("w:id"), str(number))
    start.set(_q("w:name"), _name(number))
    heading._p.insert(1 if heading._p.pPr is not None else 0, start)
    heading._p.append(end)


def _link(line: Paragraph, text: str, number: int) -> None:
    from docx.shared import Pt

    link = _element("w:hyperlink")
    link.set(_q("w:anchor"), _name(number))
    run = line.add_run(text)
    run.font.size = Pt(_POINTS)
    link.append(run._r)
    line._p.append(link)


def _field(first: Paragraph, last: Paragraph) -> None:
    """Set the field's beginning before the first line and its end after the last."""
    at = 1 if first._p.pPr is not None else 0
    for kind in ("begin", None, "separate"):
        run = _element("w:r")
        if kind is None:
            part = _element("w:instrText")
            part.set(_q("xml:space"), "preserve")
            part.text = _FIELD
        else:
            part = _element("w:fldChar")
            part.set(_q("w:fldCharType"), kind)
        run.append(part)
        first._p.insert(at, run)
        at += 1
    run, part = _element("w:r"), _element("w:fldChar")
    part.set(_q("w:fldCharType"), "end")
    run.append(part)
    last._p.append(run)


def _element(tag: str) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(tag)


def _q(tag: str) -> str:
    from docx.oxml.ns import qn

    return qn(tag)


__all__ = ["add_contents"]
