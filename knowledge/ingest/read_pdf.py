"""PDF: text by page in reading order, tables as rows with their page. Scripts and actions are never run.

Runs in the child process only (``child.py``): a PDF can be made to hang or to fill memory.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from io import BufferedReader
from typing import Any, BinaryIO, cast

from knowledge.ingest.blocks import Block, Extract, Unreadable, characters
from knowledge.ingest.clauses import starts_clause
from knowledge.ingest.limits import Limits

_SCANNED = 12  # characters per page on average below which a PDF has no text layer
_LITTLE = 400  # characters that are a text however many pages they stand on
_EDGE = 0.09  # share of the page's height at top and bottom where running heads stand
_HEADING = 1.12  # size of letters relative to the text's that makes a heading
_NUMBER_ONLY = re.compile(
    r"\s*(?:[-–—·]?\s*\d{1,4}\s*[-–—·]?|第\s*\d+\s*页(?:\s*共\s*\d+\s*页)?|page\s+\d+(?:\s+of\s+\d+)?|\d+\s*/\s*\d+)\s*",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[。！？；.!?;:：]\s*[”’\"')）]*$")
_CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


@dataclass(slots=True)
class Line:
    """One line of a page: text, box and size of letters."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


def read_pdf(opened: BinaryIO, limits: Limits, progress: Callable[[int, int], None]) -> Extract:
    """The blocks of a PDF. Raises Unreadable; ``progress`` is told page and pages."""
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFSyntaxError
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(cast(BufferedReader, opened)) as pdf:
            return _pages(pdf, limits, progress)
    except PdfminerException as error:
        inner = error.args[0] if error.args else None
        if isinstance(inner, PDFPasswordIncorrect | PDFEncryptionError):
            raise Unreadable("encrypted") from None
        raise Unreadable("too_hungry" if isinstance(inner, MemoryError) else "broken", "PDF") from None
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise Unreadable("encrypted") from None
    except PDFSyntaxError:
        raise Unreadable("broken", "PDF") from None


def _pages(pdf: Any, limits: Limits, progress: Callable[[int, int], None]) -> Extract:
    if not pdf.doc.is_extractable:
        raise Unreadable("encrypted")
    pages = len(pdf.pages)
    if pages > limits.pages:
        raise Unreadable("too_many_pages", str(pages))
    if not pages:
        raise Unreadable("no_text")
    out = Extract(pages=pages, title=_title(pdf))
    _active_parts(pdf, out)
    found: list[tuple[list[Line], list[tuple[float, Block]]]] = []
    letters = 0
    for number, page in enumerate(pdf.pages, 1):
        lines, tables = _page(page, number)
        letters += sum(len(x.text) for x in lines) + sum(len(c) for _, t in tables for r in t.rows for c in r)
        if letters > limits.characters:
            raise Unreadable("too_much_text")
        found.append((lines, tables))
        page.close()  # what pdfplumber keeps of a page would fill memory over hundreds of them
        progress(number, pages)
    if letters < _SCANNED * pages and letters < _LITTLE:
        raise Unreadable("no_text_layer" if letters < pages or _pictured(pdf) else "no_text")
    if any(not lines and not tables for lines, tables in found):
        out.note("blank_pages")
    running = _running_heads([lines for lines, _ in found], pdf.pages[0].height)
    size = _usual_size(found)
    for number, (lines, tables) in enumerate(found, 1):
        kept = [x for x in lines if _shape(x.text) not in running and not _NUMBER_ONLY.fullmatch(x.text)]
        out.blocks += _in_order(_paragraphs(kept, number, size), tables)
    return out


def _pictured(pdf: Any) -> bool:
    """Whether the first page holds a picture, as a scan does."""
    return bool(pdf.pages[0].images)


def _title(pdf: Any) -> str | None:
    """The title in the file's own description, where it is one and no file name."""
    value = (pdf.metadata or {}).get("Title")
    text = value.strip() if isinstance(value, str) else ""
    named = re.search(
        r"\.(?:docx?|pdf|wps|pptx?|html?)$|^\(?(?:microsoft word|untitled|无标题|anonymous|unspecified)",
        text,
        re.IGNORECASE,
    )
    return text if 3 < len(text) <= 200 and text.isprintable() and not named else None


def _active_parts(pdf: Any, out: Extract) -> None:
    """Note scripts, actions and embedded files; nothing of them is opened."""
    from pdfminer.pdftypes import resolve1

    catalog = pdf.doc.catalog if isinstance(pdf.doc.catalog, dict) else {}
    names = resolve1(catalog.get("Names")) or {}
    names = names if isinstance(names, dict) else {}
    if "OpenAction" in catalog or "AA" in catalog or "JavaScript" in names:
        out.note("actions")
    if "EmbeddedFiles" in names or "AF" in catalog or "Collection" in catalog:
        out.note("attachments")


def _page(page: Any, number: int) -> tuple[list[Line], list[tuple[float, Block]]]:
    """Lines outside tables, and tables with their place from the top."""
    tables: list[tuple[float, Block]] = []
    boxes = []
    if page.lines or page.rects:  # only ruled tables: of unruled ones the lines are read as text
        for table in page.find_tables():
            rows = _rows(table.extract())
            if len(rows) > 1 and len(rows[0]) > 1:
                boxes.append(table.bbox)
                tables.append((table.bbox[1], Block("table", page=number, rows=rows)))

    def outside(item: dict[str, Any]) -> bool:
        x, y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
        return not any(b[0] <= x <= b[2] and b[1] <= y <= b[3] for b in boxes)

    rest = page.filter(lambda o: o.get("object_type") != "char" or outside(o)) if boxes else page
    lines = [
        Line(_plain(x["text"]), x["x0"], x["x1"], x["top"], x["bottom"], _size(x["chars"]))
        for x in rest.extract_text_lines(strip=True, return_chars=True)
        if x["text"].strip()
    ]
    return lines, tables


def _rows(found: list[list[str | None]]) -> tuple[tuple[str, ...], ...]:
    rows = tuple(tuple(_joined((cell or "").split("\n")) for cell in row) for row in found)
    return tuple(row for row in rows if any(row))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\(cid:\d+\)", "", characters(text))).strip()


def _size(chars: list[dict[str, Any]]) -> float:
    sizes = Counter(round(float(c["size"]), 1) for c in chars)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _shape(text: str) -> str:
    """A line with its numbers blotted out, so that running heads with page numbers are alike."""
    return re.sub(r"\d+", "#", text)


def _running_heads(pages: list[list[Line]], height: float) -> frozenset[str]:
    """Lines at the top or bottom edge that stand on most pages."""
    if len(pages) < 4:
        return frozenset()
    edge = height * _EDGE
    seen = Counter(
        s for lines in pages for s in {_shape(x.text) for x in lines if x.top < edge or x.bottom > height - edge}
    )
    return frozenset(s for s, n in seen.items() if n >= 0.6 * len(pages))


def _usual_size(found: list[tuple[list[Line], list[tuple[float, Block]]]]) -> float:
    sizes: Counter[float] = Counter()
    for lines, _ in found:
        for x in lines:
            sizes[x.size] += len(x.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _paragraphs(lines: list[Line], page: int, size: float) -> list[tuple[float, Block]]:
    """Lines joined to paragraphs and headings, each with its place from the top."""
    margin = max((x.right for x in lines), default=0.0)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _begins(line, groups[-1], margin, size):
            groups[-1].append(line)
        else:
            groups.append([line])
    out = []
    for group in groups:
        text = _joined([x.text for x in group])
        heading = size > 0 and group[0].size >= _HEADING * size and len(text) <= 120
        out.append((group[0].top, Block("heading" if heading else "text", text, page)))
    return out


def _begins(line: Line, group: list[Line], margin: float, size: float) -> bool:
    """Whether a line begins a new paragraph after ``group``."""
    last = group[-1]
    if abs(line.size - last.size) > 0.08 * max(last.size, 1):
        return True
    if line.top - last.bottom > 1.1 * max(last.bottom - last.top, 1):
        return True
    short = last.right < margin - 2.5 * max(size, 1)
    if short and (_ENDS.search(last.text) or starts_clause(line.text) or _is_heading(group, size)):
        return True
    return starts_clause(line.text) and bool(_ENDS.search(last.text) or len(group) == 1)


def _is_heading(group: list[Line], size: float) -> bool:
    return size > 0 and group[0].size >= _HEADING * size


def _joined(lines: list[str]) -> str:
    """Lines as one text: a blank between Latin words, none between Chinese characters, hyphens at line ends undone."""
    out = ""
    for line in (x.strip() for x in lines):
        if not out:
            out = line
        elif not line:
            continue
        elif out.endswith("-") and line[0].islower():
            out = out[:-1] + line
        else:
            out += ("" if _CJK.match(out[-1]) or _CJK.match(line[0]) else " ") + line
    return out


def _in_order(texts: list[tuple[float, Block]], tables: list[tuple[float, Block]]) -> list[Block]:
    return [block for _, block in sorted([*texts, *tables], key=lambda item: item[0])]
