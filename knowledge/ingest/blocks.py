"""What a reader of a format gives: blocks in reading order, each with its page where the format has pages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["heading", "text", "table"]


# Printers write a character as the radical that looks the same. The normal form of Unicode undoes most, not these.
_RADICALS = str.maketrans(
    "⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⺠⻑⻗⺎⺒⺝⺬⺶⺼",
    "虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙民長雨兀巳月示羊月",
)
_LOOKALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]+")


def characters(text: str) -> str:
    """The text with radicals and compatibility forms as the characters they stand for (⽔泥 as 水泥); all else as it is."""
    return _LOOKALIKE.sub(lambda m: unicodedata.normalize("NFKC", m.group(0).translate(_RADICALS)), text)


class Unreadable(Exception):
    """A file that is not taken; ``code`` is one of ``refusals.REASONS``, ``detail`` names what was met."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or a table. ``rows`` of a table start with its head where it has one."""

    kind: Kind
    text: str = ""
    page: int | None = None
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True)
class Extract:
    """What was read of a file. ``notes`` are codes of ``refusals.NOTES``: what was met and left out."""

    blocks: list[Block] = field(default_factory=list)
    pages: int | None = None
    title: str | None = None  # as the file itself names it
    notes: list[str] = field(default_factory=list)

    def note(self, code: str) -> None:
        """Add a note once."""
        if code not in self.notes:
            self.notes.append(code)

    @property
    def characters(self) -> int:
        """Characters of all blocks."""
        return sum(len(b.text) + sum(len(cell) for row in b.rows for cell in row) for b in self.blocks)

    def as_json(self) -> dict[str, Any]:
        """For the pipe between the child and its parent."""
        blocks = [{"kind": b.kind, "text": b.text, "page": b.page, "rows": b.rows} for b in self.blocks]
        return {"blocks": blocks, "pages": self.pages, "title": self.title, "notes": self.notes}

    @classmethod
    def of(cls, found: dict[str, Any]) -> Extract:
        """What ``as_json`` gave."""
        blocks = [
            Block(
                b["kind"],
                characters(b["text"]),
                b["page"],
                tuple(tuple(characters(str(c)) for c in row) for row in b["rows"]),
            )
            for b in found["blocks"]
        ]
        title = characters(found["title"]) if found["title"] else None
        return cls(blocks, found["pages"], title, list(found["notes"]))
