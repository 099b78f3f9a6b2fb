"""Blocks to passages: one clause each where there are clauses, whole rows of tables, never across a page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from data.text import Text, same
from knowledge.ingest.blocks import Block, Extract
from knowledge.ingest.clauses import Outline, find_start, table_mark

_LONG = 700  # characters of a passage beyond which it is cut at a sentence's end
_SHORT = 380  # characters up to which paragraphs outside clauses are joined
_HAN = re.compile(r"[\u3400-\u9fff]")
_SENTENCE = re.compile(r".+?(?:[。！？；]|[.!?;](?=\s|$)|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that is found and cited as one. ``clause`` is how it is called; blank where it has no name."""

    page: int | None
    clause: str
    heading: str  # the headings it stands under
    text: str
    table: bool = False

    @property
    def place(self) -> Text:
        """Where it stands, as a citation says it: 第7页，第十二条; p. 7, Article 12."""
        if self.page is None:
            return same(self.clause or "¶")
        page = Text(f"第{self.page}页", f"p. {self.page}")
        return Text(f"{page.zh}，{self.clause}", f"{page.en}, {self.clause}") if self.clause else page


@dataclass(slots=True)
class _Open:
    """The passage being gathered."""

    page: int | None
    clause: str
    heading: str
    texts: list[str]

    @property
    def size(self) -> int:
        return sum(map(len, self.texts))


def passages(found: Extract) -> list[Passage]:
    """The passages of an extract in reading order; each has a place unless the file has neither pages nor clauses."""
    out: list[Passage] = []
    outline = Outline()
    headings: list[str] = []
    current: _Open | None = None
    tables = 0
    before: Block | None = None

    def close() -> None:
        nonlocal current
        if current is not None:
            out.extend(_cut(current))
        current = None

    for block in found.blocks:
        if block.kind == "table":
            close()
            tables += 1
            name = (table_mark(before.text) if before is not None else None) or _nameless(block, tables)
            out += _table(block, name, _under(outline, headings))
            before = block
            continue
        start = find_start(block.text)
        if start is not None:
            outline.enter(start, block.text)
        if block.kind == "heading":
            if start is None:
                headings[:] = [block.text[:80]]
                outline.open.clear()
            close()
        fresh = start is not None or block.kind == "heading"
        label, under = outline.label(), _under(outline, headings)
        if current is None or fresh or current.page != block.page or current.clause != label or _full(current, block):
            close()
            current = _Open(block.page, label, under, [])
        current.texts.append(block.text)
        before = block
    close()
    return _placed(_without_bare_headings(out))


def _nameless(block: Block, number: int) -> str:
    chinese = any(_HAN.search(cell) for row in block.rows for cell in row)
    return f"表{number}" if chinese else f"Table {number}"


def _under(outline: Outline, headings: list[str]) -> str:
    parts = [*headings, *(c for _, c in sorted(outline.chapters.items()))]
    return " › ".join(dict.fromkeys(parts))


def _full(current: _Open, block: Block) -> bool:
    limit = _LONG if current.clause else _SHORT
    return current.size + len(block.text) > limit


def _cut(current: _Open) -> list[Passage]:
    """A passage, or several where it is long: cut between paragraphs' sentences."""
    pieces: list[str] = []
    for text in current.texts:
        for sentence in _SENTENCE.findall(text) or [text]:
            if pieces and len(pieces[-1]) + len(sentence) <= _LONG:
                pieces[-1] += sentence
            else:
                pieces += [sentence[i : i + 2 * _LONG] for i in range(0, len(sentence), 2 * _LONG)]
        if pieces and not pieces[-1].endswith("\n"):
            pieces[-1] += "\n"
    return [Passage(current.page, current.clause, current.heading, p.strip()) for p in pieces if p.strip()]


def _table(block: Block, label: str, heading: str) -> list[Passage]:
    """Rows of a table as "head: cell · …" lines, whole rows to a passage."""
    head, rows = (block.rows[0], block.rows[1:]) if len(block.rows) > 1 else ((), block.rows)
    lines = [_row(head, row) for row in rows]
    out: list[list[str]] = []
    for line in lines:
        if out and sum(map(len, out[-1])) + len(line) <= _LONG:
            out[-1].append(line)
        else:
            out.append([line])
    return [Passage(block.page, label, heading, "\n".join(group), table=True) for group in out]


def _row(head: tuple[str, ...], row: tuple[str, ...]) -> str:
    cells = []
    for at, cell in enumerate(row):
        if not cell:
            continue
        name = head[at] if at < len(head) else ""
        colon = "：" if _HAN.search(name) else ": "
        cells.append(f"{name}{colon}{cell}" if name and name != cell else cell)
    return " · ".join(cells)


def _without_bare_headings(found: list[Passage]) -> list[Passage]:
    """Without passages that are only a heading or a chapter's name: it stands over the next ones."""
    return [p for p in found if p.table or p.text not in p.heading.split(" › ") or len(p.text) > 120] or found


def _placed(found: list[Passage]) -> list[Passage]:
    """Passages without page and clause are called by their number in the file."""
    return [
        p if p.page is not None or p.clause else Passage(None, f"¶{number}", p.heading, p.text, p.table)
        for number, p in enumerate(found, 1)
    ]
