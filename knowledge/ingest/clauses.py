"""Clause numbers as Chinese documents and standards write them: 第十二条, 一、（二）, 3.2.1, Article 4."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_HAN = "一二三四五六七八九十百零〇"
_UNIT = r"(?!\s*(?:%|％|°|亿|万|千|百|吨|元|倍|个|年|月|日|度|人|家|项|点|Mt|Gt|kt|GW|MW|TWh|kWh|billion|million|percent|per\s?cent|tonnes?))"
# (level, pattern); a lower level is wider. Group "mark" is what the clause is called.
_PATTERNS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(rf"\s*(?P<mark>第[{_HAN}\d]{{1,6}}[编部篇])(?=[\s　:：]|$)")),
    (1, re.compile(rf"\s*(?P<mark>第[{_HAN}\d]{{1,6}}章)(?![节条])")),
    (2, re.compile(rf"\s*(?P<mark>第[{_HAN}\d]{{1,6}}节)(?!能)")),
    (3, re.compile(rf"\s*(?P<mark>第[{_HAN}\d]{{1,6}}条(?:之[{_HAN}]+)?)(?!例|约|款)")),
    (1, re.compile(r"\s*(?P<mark>(?:Chapter|Part|Annex|Appendix)\s+(?:\d{1,3}|[IVXLC]{1,6}|[A-Z]))\b(?!\s*(?:of|to)\b)")),
    (3, re.compile(r"\s*(?P<mark>(?:Article|Section|Clause)\s+\d{1,3}(?:\.\d{1,3})*)(?=[\s.:：)—-]|$)")),
    (1, re.compile(r"\s*(?P<mark>附(?:件|录)\s*[A-Z\d一二三四五六七八九十]{0,2})(?=[\s　:：]|$)")),
    (4, re.compile(rf"\s*(?P<mark>[{_HAN}]{{1,3}})[、．](?=\S)")),
    (5, re.compile(rf"\s*(?P<mark>[（(][{_HAN}]{{1,3}}[)）])")),
    (3, re.compile(rf"\s*(?P<mark>\d{{1,2}}(?:\.\d{{1,3}}){{1,5}})\.?(?=[\s　]|[\u4e00-\u9fff])(?!\d){_UNIT}")),
    (6, re.compile(r"\s*(?P<mark>\d{1,2})\s*[、．.)）](?![\d%])(?=\s*\S)")),
    (7, re.compile(r"\s*(?P<mark>[（(]\d{1,2}[)）])(?=\s*\S)")),
)  # fmt: skip
_NESTED = {4, 5, 6, 7}  # named together with what they stand under: 一、（二）
_CHAPTERS = {0, 1, 2}
_TABLE = re.compile(r"\s*(?P<mark>(?:附?表|Table)\s*[A-Z]?\d{1,3}(?:[.\-–]\d{1,3})*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Start:
    """A clause that begins: its level, what it is called, and where its words begin."""

    level: int
    mark: str
    end: int


def find_start(text: str) -> Start | None:
    """The clause number a text begins with; None where it begins with none."""
    for level, pattern in _PATTERNS:
        found = pattern.match(text)
        if found:
            return Start(level, re.sub(r"\s+", " ", found["mark"]).strip(), found.end())
    return None


def starts_clause(text: str) -> bool:
    """Whether a line begins a clause."""
    return find_start(text) is not None


def table_mark(text: str) -> str | None:
    """What a table is called by the line over it: 表3, Table 2.1."""
    found = _TABLE.match(text)
    return re.sub(r"\s+", "" if "表" in found["mark"] else " ", found["mark"]) if found and len(text) <= 120 else None


@dataclass(slots=True)
class Outline:
    """Where in the document a reader is: chapters, the clause and what it stands under."""

    chapters: dict[int, str] = field(default_factory=dict)
    open: dict[int, str] = field(default_factory=dict)

    def enter(self, start: Start, text: str) -> None:
        """A clause begins: what is as deep or deeper ends."""
        for level in [k for k in self.open if k >= start.level]:
            del self.open[level]
        if start.level in _CHAPTERS:
            for level in [k for k in self.chapters if k >= start.level]:
                del self.chapters[level]
            self.chapters[start.level] = text[:60]
            self.open.clear()
            return
        self.open[start.level] = start.mark

    def label(self) -> str:
        """What the clause is called with what it stands under: 第十二条（二）, 一、（二）1, 3.2.1; blank outside clauses."""
        article = self.open.get(3, "")
        parts: list[str] = []
        for level in sorted(k for k in self.open if k in _NESTED):
            mark = self.open[level]
            parts.append(f"{mark}、" if level == 4 else mark)
        inner = "".join(parts).removesuffix("、")
        return f"{article}{inner}" or next((c for _, c in sorted(self.chapters.items(), reverse=True)), "")[:30]
