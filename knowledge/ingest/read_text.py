"""Markdown and plain text: headings, paragraphs and tables."""

from __future__ import annotations

import re

from knowledge.ingest.blocks import Block, Extract, Unreadable
from knowledge.ingest.clauses import starts_clause
from knowledge.ingest.limits import Limits

_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.+?)\s*#*\s*$")
_ROW = re.compile(r"^\s*\|(.+)\|\s*$")
_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_HTML = re.compile(r"<(script|style|iframe|object)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>\n]*>", re.DOTALL)
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^()\n]*\)")
_MARKUP = re.compile(r"(\*\*|__|~~|`)(?=\S)(.+?)(?<=\S)\1")
_FULL = 60  # columns of a line that may go on in the next one


def read_markdown(text: str, limits: Limits) -> Extract:
    """The blocks of a Markdown file; HTML in it is dropped, links keep their words only."""
    out = Extract()
    plain = _HTML.sub(" ", text)
    if plain != text:
        out.note("scripts")
    return _read(_TAGS.sub(" ", plain), limits, out, markdown=True)


def read_plain(text: str, limits: Limits) -> Extract:
    """The blocks of a plain text; a form feed begins a new page."""
    return _read(text, limits, Extract(), markdown=False)


def _read(text: str, limits: Limits, out: Extract, markdown: bool) -> Extract:
    if len(text) > limits.characters:
        raise Unreadable("too_much_text")
    pages = text.split("\f")
    paged = len(pages) > 1 and sum(bool(p.strip()) for p in pages) > 1
    out.pages = len(pages) if paged else None
    for number, page in enumerate(pages, 1):
        _page(page, number if paged else None, out, markdown)
    heading = next((b.text for b in out.blocks if b.kind == "heading"), None)
    out.title = heading[:200] if heading and markdown else None
    return out


def _page(text: str, page: int | None, out: Extract, markdown: bool) -> None:
    paragraph: list[str] = []
    rows: list[tuple[str, ...]] = []

    def end() -> None:
        if paragraph:
            said = _joined(paragraph)
            paragraph.clear()
            if said:
                out.blocks.append(Block("text", said, page))
        if rows:
            out.blocks.append(Block("table", page=page, rows=tuple(rows)))
            rows.clear()

    for line in text.splitlines():
        heading = _HEADING.match(line) if markdown else None
        row = _ROW.match(line) if markdown else None
        if heading:
            end()
            out.blocks.append(Block("heading", _bare(heading[2]), page))
        elif row or (rows and markdown and _RULE.match(line)):
            if not rows:
                end()
            if row and not _RULE.match(line):
                rows.append(tuple(_bare(c.strip()) for c in row[1].split("|")))
        elif not line.strip():
            end()
        else:
            bare = _bare(re.sub(r"^\s*(?:>\s*)+|^\s*[-*+]\s+", "", line)) if markdown else line.strip()
            if rows or (paragraph and (starts_clause(bare) or _apart(line, paragraph[-1], markdown))):
                end()
            paragraph.append(bare)
    end()


def _apart(line: str, last: str, markdown: bool) -> bool:
    """Whether a line is a paragraph of its own although no blank line stands before it."""
    if markdown:
        return bool(re.match(r"\s*[-*+]\s", line))
    width = sum(2 if c > "\u2e7f" else 1 for c in last)
    return line.startswith(("\u3000\u3000", "    ", "\t")) or width < _FULL


def _bare(text: str) -> str:
    text = _LINK.sub(r"\1", text)
    return _MARKUP.sub(r"\2", text).strip()


def _joined(lines: list[str]) -> str:
    out = ""
    for line in lines:
        gap = "" if not out or (out[-1] > "\u2e7f" or line[:1] > "\u2e7f") else " "
        out += gap + line
    return re.sub(r"[ \t\u3000]+", " ", out).strip()
