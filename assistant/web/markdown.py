"""An answer's Markdown as safe blocks of HTML.

Raw HTML, images and reference definitions are off: a model's text can bring no script, no request to another host and
no disguised link. Understood beyond CommonMark tables: marks ``[F1]``, ``[P1]`` and ``[B1]``, a line ``[[C1]]`` for a chart, and
``<details><summary>…</summary>`` … ``</details>`` around a folded part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from assistant.planner.compose import BASIS
from assistant.render import NO_DATA
from tools.charts.style import width_of

_MARK = re.compile(r"\s?\[([FPB])(\d+)\]")
_PLACE = re.compile(r"^\[\[([BC]\d+)\]\]$")
_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
_FOLD = re.compile(r"^\s*<details(\s+open)?>\s*(?:<summary>(.*?)</summary>)?\s*$")
_UNFOLD = re.compile(r"^\s*</details>\s*$")
_SUMMARY = re.compile(r"^\s*<summary>(.*?)</summary>\s*$")
_CAPTION = re.compile(r"^\*\*.*\*\*\s*\[B\d+\]$")
_REST = re.compile(r"^(?:（共 \d+ 行|\(\d+ rows)")  # below a table: how many rows there are in all
_SHORT = 18  # columns of letters (a Chinese character takes two) that a cell holds without a break
_WIDE = 92  # columns of letters from which a table is wider than the text
_LONG = 16  # rows from which a table scrolls within itself
_BLANK = {"", "—", NO_DATA.zh, NO_DATA.en}
# A label stands at the start of a sentence: up to six Chinese characters, or up to four English words.
_LABEL = re.compile(r"(?:^|(?<=。)|(?<=\. ))([\u4e00-\u9fff]{2,6}(?=：)|[A-Z][a-z]+(?: [a-z]+){0,3}(?=: ))(：|: )")
_WALL = 240  # columns from which a paragraph is a wall of text
_FIGURE = re.compile(r"^[\s+\-–—−≈<>≤≥(（]*\d[\d,.]*(?![A-Za-z\d])")


def blocks(markdown: str, answer: str, folded: frozenset[str] = frozenset()) -> list[str]:
    """The HTML of each top-level block, in order; ``answer`` is the id the marks link to.

    What stands under a heading of ``folded`` is shown folded, up to the next heading of its level or above, or to the line
    of what the figures rest on, which ends an answer.
    The last block of an unfinished text may change with the next piece, the ones before it do not.
    """
    return [_html(part, answer) for part in _parts(_with_folds(_with_labels(markdown), folded))]


def _with_labels(markdown: str) -> str:
    """A long paragraph of sentences that begin with a label ("减多少：…。何时：…") as a list with the labels in bold."""
    return "\n".join(_labelled(line) for line in markdown.splitlines())


def _labelled(line: str) -> str:
    starts = list(_LABEL.finditer(line))
    if len(starts) < 2 or starts[0].start() or width_of(line) < _WALL:
        return line
    ends = [*(s.start() for s in starts[1:]), len(line)]
    return "\n".join(
        f"- **{start.group(1)}**{start.group(2)}{line[start.end() : end].rstrip()}"
        for start, end in zip(starts, ends, strict=True)
    )


def _with_folds(markdown: str, folded: frozenset[str]) -> str:
    """The Markdown with ``<details>`` around the parts under the headings to be folded."""
    if not folded:
        return markdown
    lines: list[str] = []
    level = 0  # of the heading whose part is open; 0: none
    for line in markdown.splitlines():
        heading = _HEADING.match(line)
        if level and ((heading and len(heading.group(1)) <= level) or line.startswith((BASIS.zh, BASIS.en))):
            lines.append("</details>")
            level = 0
        if heading and not level and heading.group(2).strip() in folded:
            level = len(heading.group(1))
            lines.append(f"<details><summary>{heading.group(2).strip()}</summary>")
        else:
            lines.append(line)
    return "\n".join([*lines, "</details>"] if level else lines)


@dataclass(frozen=True, slots=True)
class _Part:
    """Lines of Markdown, or a folded part with its summary."""

    text: str
    summary: str | None = None
    open: bool = False


def _parts(markdown: str) -> Iterator[_Part]:
    """Folded parts apart from the rest; the rest cut at blank lines that stand outside tables, lists and code."""
    plain: list[str] = []
    folded: list[str] | None = None
    summary, opened = "", False
    for line in markdown.splitlines():
        if folded is None and (start := _FOLD.match(line)):
            yield from _cut(plain)
            plain, folded, summary, opened = [], [], start.group(2) or "", bool(start.group(1))
        elif folded is not None and not summary and (late := _SUMMARY.match(line)):
            summary = late.group(1)
        elif folded is not None and _UNFOLD.match(line):
            yield _Part("\n".join(folded), summary, opened)
            folded = None
        else:
            (plain if folded is None else folded).append(line)
    if folded is not None:
        yield _Part("\n".join(folded), summary, opened)
    yield from _cut(plain)


def _cut(lines: list[str]) -> Iterator[_Part]:
    tokens = _parser().parse("\n".join(lines))
    for token in tokens:
        if token.level == 0 and token.nesting >= 0 and token.map is not None:
            yield _Part("\n".join(lines[token.map[0] : token.map[1]]))


def _html(part: _Part, answer: str) -> str:
    env = {"answer": answer}
    inner: str = _parser().render(part.text, env)
    if part.summary is None:
        return inner
    summary = _with_marks(escape(part.summary), env)
    return (
        f'<details{" open" if part.open else ""}><summary>{summary}</summary><div class="fold">{inner}</div></details>'
    )


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
    parser.disable(["reference", "image", "html_inline", "html_block"])
    parser.add_render_rule("text", _text)
    parser.add_render_rule("paragraph_open", _paragraph)
    parser.add_render_rule("link_open", _link)
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    parser.add_render_rule("td_open", _cell)
    parser.add_render_rule("th_open", _cell)
    parser.core.ruler.push("places", _places)
    return parser


def _with_marks(text: str, env: dict[str, Any]) -> str:
    """Marks in escaped text as small links; a space before one is dropped, so that it clings to its figure."""

    address = f"/api/answers/{escape(env['answer'])}"

    def link(found: re.Match[str]) -> str:
        kind, name = found.group(1), found.group(1) + found.group(2)
        if kind == "B":
            links = (f'<a class="quiet csv" href="{address}/tables/{name}.{form}" download>{word}</a>'
                     for form, word in (("csv", "CSV"), ("xlsx", "Excel")))  # fmt: skip
            return f" {' '.join(links)}"
        href = f"{address}/facts/{name}" if kind == "F" else address
        return f'<a class="mark {"fact" if kind == "F" else "clause"}" data-mark="{name}" href="{href}">{name}</a>'

    return _MARK.sub(link, text)


def _text(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    return _with_marks(escape(tokens[index].content), env)


def _link(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    href = str(tokens[index].attrGet("href") or "")
    safe = href if href.startswith(("https://", "http://", "/")) and not href.startswith("//") else "#"
    return f'<a href="{escape(safe)}" target="_blank" rel="noopener noreferrer">'


def _paragraph(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    if tokens[index].hidden:
        return ""
    if _REST.match(tokens[index + 1].content):
        return '<p class="rest">'
    return '<p class="caption">' if _CAPTION.search(tokens[index + 1].content) else "<p>"


def _places(state: Any) -> None:
    """A paragraph that is only ``[[C1]]`` becomes the place of the chart; ``[[B1]]`` of a table never expanded, none."""
    tokens: list[Token] = state.tokens
    for i in range(len(tokens) - 2):
        if tokens[i].type != "paragraph_open" or not (found := _PLACE.match(tokens[i + 1].content.strip())):
            continue
        name = found.group(1)
        place = Token("html_block", "", 0, map=tokens[i].map, level=tokens[i].level, block=True)
        place.content = f'<figure class="chart" data-chart="{name}"></figure>\n' if name.startswith("C") else ""
        tokens[i], tokens[i + 1], tokens[i + 2] = place, _nothing(), _nothing()
    state.tokens = [t for t in tokens if t.type != "nothing"]


def _nothing() -> Token:
    return Token("nothing", "", 0)


def _table_open(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    names, rows = _read_table(tokens, index)
    # The first column names the rows, be it by years.
    numeric = [
        c > 0
        and bool(cells := [row[c] for row in rows if c < len(row) and row[c] not in _BLANK])
        and sum(bool(_FIGURE.match(_MARK.sub("", cell))) for cell in cells) * 2 > len(cells)
        for c in range(len(names))
    ]
    widths = [
        max((width_of(_MARK.sub("", row[c])) for row in rows if c < len(row)), default=0) for c in range(len(names))
    ]
    env["columns"] = [
        "number" if figures else "" if width <= _SHORT else "words" if width <= 4 * _SHORT else "sentences"
        for figures, width in zip(numeric, widths, strict=True)
    ]
    needed = sum(
        min(max(width, width_of(_MARK.sub("", name)) + 2), 44) + 5 for width, name in zip(widths, names, strict=True)
    )
    kind = "table" + (" long" if len(rows) > _LONG else "") + (" wide" if needed > _WIDE else "")
    return f'<div class="{kind}"><div class="scroll"><table>\n'


def _table_close(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    env.pop("columns", None)
    return "</table></div></div>\n"


def _read_table(tokens: Sequence[Token], start: int) -> tuple[list[str], list[list[str]]]:
    """Column names and cells of the table that opens at ``start``."""
    names: list[str] = []
    rows: list[list[str]] = []
    for i in range(start, len(tokens)):
        kind = tokens[i].type
        if kind == "table_close":
            break
        if kind == "th_open":
            names.append(tokens[i + 1].content)
        elif kind == "tr_open":
            rows.append([])
        elif kind == "td_open":
            rows[-1].append(tokens[i + 1].content)
    return names, [row for row in rows if row]


def _cell(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    row = next(i for i in range(index, -1, -1) if tokens[i].type == "tr_open")
    column = sum(1 for i in range(row, index) if tokens[i].type == tokens[index].type)
    kinds = env.get("columns", [])
    kind = kinds[column] if column < len(kinds) else ""
    return f'<{tokens[index].tag} class="{kind}">' if kind else f"<{tokens[index].tag}>"
