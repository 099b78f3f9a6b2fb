"""What a document is about, where its owner does not say: language, title, year, region. Read from its own words."""

from __future__ import annotations

import re

from data.classification import place_aliases
from data.text import Language
from knowledge.ingest.blocks import Extract

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_HAN = re.compile(r"[\u3400-\u9fff]")


def language_of(found: Extract) -> Language:
    """Chinese where a tenth of the letters are Chinese characters."""
    text = "".join(b.text for b in found.blocks[:400]) + "".join(
        c for b in found.blocks[:400] for r in b.rows for c in r
    )
    letters = sum(c.isalpha() for c in text)
    return "zh" if letters and len(_HAN.findall(text)) >= 0.1 * letters else "en"


def title_of(found: Extract, name: str) -> str:
    """The first heading, the file's own description, or its first short line; else the file's name."""
    heading = next((b.text for b in found.blocks[:6] if b.kind == "heading"), None)
    first = next((b.text for b in found.blocks[:2] if b.kind == "text" and 4 <= len(b.text) <= 60), None)
    plain = first if first and not first.endswith(("。", ".", "；", "：", ":")) else None
    return (heading or found.title or plain or name.rpartition(".")[0] or name)[:160]


def year_of(title: str, name: str) -> int | None:
    """The one year that title or name states; None where there is none or several."""
    for text in (title, name):
        years = {int(y) for y in _YEAR.findall(text)}
        if len(years) == 1:
            return years.pop()
    return None


def region_of(title: str) -> str | None:
    """The province a title names, by its English name; None where it names none or several."""
    named = {
        place.name.en
        for alias, place in place_aliases().items()
        if place.kind == "province"
        and len(alias) > 1
        and not (alias.isascii() and len(alias) < 4)
        and _in(alias, title)
    }
    return named.pop() if len(named) == 1 else None


def _in(alias: str, title: str) -> bool:
    if alias.isascii():
        return re.search(rf"(?<![a-z]){re.escape(alias.lower())}(?![a-z])", title.lower()) is not None
    return alias in title
