"""DOCX: headings, numbered paragraphs and tables in their order. Runs in the child process only."""

from __future__ import annotations

import re
import zipfile
from typing import Any, BinaryIO

from knowledge.ingest.blocks import Block, Extract, Unreadable
from knowledge.ingest.limits import Limits

_SMALL = 1_000_000  # bytes below which a part's ratio does not matter
_MAIN = "word/document.xml"
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HEADING = re.compile(r"(?:heading|标题)\s*\d", re.IGNORECASE)
_FORMATS = {"chineseCountingThousand", "chineseCounting", "japaneseCounting", "ideographTraditional"}
_DIGITS = "零一二三四五六七八九"


def read_docx(opened: BinaryIO, limits: Limits) -> Extract:
    """The blocks of a Word file. Raises Unreadable for what is packed, scripted or broken."""
    out = Extract()
    _inspect(opened, limits, out)
    opened.seek(0)
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError  # type: ignore[import-untyped]

    try:
        document = docx.Document(opened)
    except XMLSyntaxError as error:
        raise Unreadable("too_deep" if "depth" in str(error) else "broken", "DOCX") from None
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, NotImplementedError):
        raise Unreadable("broken", "DOCX") from None
    title = (document.core_properties.title or "").strip()
    out.title = title if 3 < len(title) <= 200 and title.isprintable() else None
    _body(document, out, limits)
    return out


def _inspect(opened: BinaryIO, limits: Limits, out: Extract) -> None:
    """What is packed inside, before anything is unpacked: sizes, macros, entities."""
    try:
        with zipfile.ZipFile(opened) as packed:
            parts = packed.infolist()
            names = {p.filename for p in parts}
            if _MAIN not in names:
                raise Unreadable("content_mismatch", ".docx ≠ ZIP")
            _check_sizes(parts, limits)
            if any("vbaproject" in n.lower() or "macro" in n.lower() for n in names):
                raise Unreadable("macros")
            if any(p.flag_bits & 1 for p in parts):
                raise Unreadable("encrypted")
            types = packed.read("[Content_Types].xml")[:_SMALL] if "[Content_Types].xml" in names else b""
            if b"macroEnabled" in types:
                raise Unreadable("macros")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and _ENTITIES.search(_start(packed, part)):
                    raise Unreadable("xml_entities")
            if any("/embeddings/" in n or "oleobject" in n.lower() for n in names):
                out.note("objects")
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
        raise Unreadable("broken", "DOCX") from None


def _check_sizes(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    total = sum(p.file_size for p in parts)
    if len(parts) > limits.parts:
        raise Unreadable("zip_bomb", f"ZIP × {len(parts)}")
    if total > limits.unpacked:
        raise Unreadable("zip_bomb", f"{total // 1_000_000} MB")
    for part in parts:
        if part.file_size > _SMALL and part.file_size > limits.ratio * max(part.compress_size, 1):
            raise Unreadable("zip_bomb", f"1:{part.file_size // max(part.compress_size, 1)}")


def _start(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    with packed.open(part) as stream:
        return stream.read(65_536)


def _body(document: Any, out: Extract, limits: Limits) -> None:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    counters: dict[tuple[str, int], int] = {}
    letters = 0
    for item in document.iter_inner_content():
        block: Block | None = None
        if isinstance(item, Paragraph):
            text = _number(item, counters) + re.sub(r"\s+", " ", item.text).strip()
            heading = _HEADING.match(item.style.name or "") if item.style is not None else None
            block = Block("heading" if heading else "text", text) if text else None
        elif isinstance(item, Table):
            rows = _rows(item)
            block = Block("table", rows=rows) if rows else None
        if block is not None:
            out.blocks.append(block)
            letters += len(block.text) + sum(len(c) for r in block.rows for c in r)
        if letters > limits.characters:
            raise Unreadable("too_much_text")


def _rows(table: Any) -> tuple[tuple[str, ...], ...]:
    """Rows of a table; a cell merged over several columns is said once."""
    rows = []
    for row in table.rows:
        cells, seen = [], None
        for cell in row.cells:
            same = seen is not None and cell._tc is seen
            cells.append("" if same else re.sub(r"\s+", " ", cell.text).strip())
            seen = cell._tc
        if any(cells):
            rows.append(tuple(cells))
    return tuple(rows)


def _number(paragraph: Any, counters: dict[tuple[str, int], int]) -> str:
    """The number Word would draw before a numbered paragraph (it is not in its text); blank where there is none."""
    found = _numbering(paragraph)
    if found is None:
        return ""
    key, level, form, template = found
    for other in [k for k in counters if k[0] == key and k[1] > level]:
        del counters[other]
    counters[key, level] = counters.get((key, level), 0) + 1
    text = template
    for at in range(level + 1):
        text = text.replace(f"%{at + 1}", _written(counters.get((key, at), 1), form if at == level else "decimal"))
    return f"{text} " if text and text[-1].isalnum() else text


def _numbering(paragraph: Any) -> tuple[str, int, str, str] | None:
    """(list, level, number format, template such as 第%1条) of a numbered paragraph."""
    from docx.oxml.ns import qn

    properties = paragraph._p.pPr
    marked = None if properties is None else properties.numPr
    if marked is None and paragraph.style is not None:
        styled = paragraph.style.element.find(qn("w:pPr"))
        marked = None if styled is None else styled.find(qn("w:numPr"))
    number = None if marked is None else marked.find(qn("w:numId"))
    if number is None:
        return None
    key = number.get(qn("w:val")) or ""
    assert marked is not None
    depth = marked.find(qn("w:ilvl"))
    level = int(depth.get(qn("w:val"))) if depth is not None else 0
    try:
        numbering = paragraph.part.numbering_part.element
    except (KeyError, NotImplementedError):  # the list is named but the file does not describe it
        return None
    names = {"w": qn("w:val").partition("}")[0][1:]}
    abstract = numbering.xpath(f"./w:num[@w:numId='{int(key)}']/w:abstractNumId/@w:val") if key.isdigit() else []
    if not abstract:
        return None
    found = numbering.findall(f"./w:abstractNum[@w:abstractNumId='{int(abstract[0])}']/w:lvl[@w:ilvl='{level}']", names)
    if not found:
        return None
    form, text = found[0].find(qn("w:numFmt")), found[0].find(qn("w:lvlText"))
    kind = form.get(qn("w:val")) if form is not None else "decimal"
    if kind in ("bullet", "none") or text is None:
        return None
    return key, level, kind, text.get(qn("w:val")) or ""


def _written(number: int, form: str) -> str:
    if form in _FORMATS:
        return han(number)
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(96 + (number - 1) % 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    return str(number)


def han(number: int) -> str:
    """A whole number below 1000 in Chinese numerals: 12 is 十二."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    out = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        out += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        out += "零"
    return out + (_DIGITS[ones] if ones else "") or "零"
