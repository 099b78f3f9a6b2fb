"""HTML: what a reader would see; scripts, styles, forms, frames and hidden parts are dropped. Nothing is fetched."""

from __future__ import annotations

import re
from typing import Any

from knowledge.ingest.blocks import Block, Extract, Unreadable
from knowledge.ingest.limits import Limits

_DROPPED = frozenset({
    "script", "style", "template", "noscript", "iframe", "frame", "object", "embed", "applet", "svg", "math", "canvas",
    "audio", "video", "head", "nav", "form", "button", "select", "input", "textarea", "link", "meta",
})  # fmt: skip
_BLOCKS = frozenset({
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "main", "aside", "header", "footer", "blockquote",
    "pre", "figure", "figcaption", "body", "html", "td", "th", "tr", "address", "details", "summary", "hr", "br",
})  # fmt: skip
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?!\.\d*[1-9])|opacity\s*:\s*0(?!\.\d*[1-9])",
    re.IGNORECASE,
)


def read_html(text: str, limits: Limits) -> Extract:
    """The blocks of a page. Raises Unreadable where it holds nothing or is nested too deeply."""
    from lxml import etree, html  # type: ignore[import-untyped]

    out = Extract()
    if re.search(r"<!ENTITY", text, re.IGNORECASE):
        raise Unreadable("xml_entities")
    plain = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = html.document_fromstring(
            plain, parser=html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise Unreadable("too_deep" if "depth" in str(error).lower() else "no_text") from None
    title = root.findtext(".//title")
    named = re.sub(r"\s+", " ", title or "").strip()
    out.title = named if 3 < len(named) <= 200 else None
    if any(_dropped(node) and node.tag != "head" for node in root.iter()):
        out.note("scripts")
    _walk(root, out, limits)
    return out


def _dropped(node: Any) -> bool:
    if not isinstance(node.tag, str):
        return True  # a comment or a processing instruction
    if node.tag in _DROPPED or node.get("hidden") is not None or node.get("aria-hidden") == "true":
        return True
    return bool(_HIDDEN.search(node.get("style") or ""))


def _walk(root: Any, out: Extract, limits: Limits) -> None:
    """Without recursion: a page may be nested as deep as the parser lets it."""
    running: list[str] = []
    kind = "text"
    letters = 0

    def end() -> None:
        nonlocal kind, letters
        text = re.sub(r"\s+", " ", "".join(running)).strip()
        running.clear()
        if text:
            out.blocks.append(Block("heading" if kind == "heading" else "text", text))
            letters += len(text)
            if letters > limits.characters:
                raise Unreadable("too_much_text")
        kind = "text"

    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, left = stack.pop()
        if left:
            if node.tag in _BLOCKS or node.tag in _HEADINGS:
                end()
            running.append(node.tail or "")
            continue
        if _dropped(node):
            running.append(node.tail or "")
            continue
        if node.tag in _BLOCKS or node.tag in _HEADINGS or node.tag == "table":
            end()
            kind = "heading" if node.tag in _HEADINGS else "text"
        if node.tag == "table" and not node.findall(".//table"):
            rows = _rows(node)
            if rows:
                out.blocks.append(Block("table", rows=rows))
                letters += sum(len(c) for r in rows for c in r)
            running.append(node.tail or "")
            continue
        running.append(node.text or "")
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    end()


def _rows(table: Any) -> tuple[tuple[str, ...], ...]:
    rows = []
    for row in table.iter("tr"):
        cells = tuple(_cell(c) for c in row if isinstance(c.tag, str) and c.tag in ("td", "th"))
        if any(cells):
            rows.append(cells)
    return tuple(rows)


def _cell(cell: Any) -> str:
    parts: list[str] = []
    stack: list[tuple[Any, bool]] = [(cell, False)]
    while stack:
        node, left = stack.pop()
        if left:
            parts.append(node.tail or "" if node is not cell else "")
        elif node is not cell and _dropped(node):
            parts.append(node.tail or "")
        else:
            parts.append(node.text or "")
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node))
    return re.sub(r"\s+", " ", "".join(parts)).strip()
