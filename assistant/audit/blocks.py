"""Cuts a stream of Markdown into what is audited and released at once: a sentence, a table, a line that places one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.audit.figures import MARK

Kind = Literal["sentence", "heading", "table", "place", "code", "blank"]

PLACE = re.compile(r"[ \t]*\[\[([BC]\d+)\]\][ \t]*")
_END = re.compile(r"[。！？]+|[!?]+(?=\s|$)|\.(?=\s)|\n")
_CLOSERS = re.compile(r"[\"”’」』）)*]*")
_MARKS = re.compile(rf"(?:\s*{MARK.pattern})+")
_OPEN_MARK = re.compile(r"\s*(?:\[[^\]\n]{0,40})?")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|cf|ca|approx|etc|no|nos|fig|al|art|sec|dr|mr|ms|st|u\.s|p\.r|resp)|\b[A-Z])$", re.I
)
_LIST_HEAD = re.compile(r"^[ \t]*(?:[-*+>][ \t]+)*\(?\d{1,3}$")
_STARTS_SENTENCE = re.compile(r"[A-Z0-9\u4e00-\u9fff\"“「『(（\[*#|_\-\n]")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of Markdown with its trailing blanks; blocks joined are the text again."""

    kind: Kind
    text: str


class Splitter:
    """Takes text as it comes; gives whole blocks as soon as they are whole."""

    def __init__(self) -> None:
        self._buffer = ""
        self._line = ""  # what of the current line has been given already

    def feed(self, text: str) -> list[Block]:
        """Add text; the blocks that are now whole."""
        self._buffer += text
        return self._take(final=False)

    def end(self) -> list[Block]:
        """The rest."""
        return self._take(final=True)

    def _take(self, final: bool) -> list[Block]:
        out = []
        while self._buffer and (block := self._next(final)) is not None:
            self._buffer = self._buffer[len(block.text) :]
            self._line = (self._line + block.text).rpartition("\n")[2]
            out.append(block)
        return out

    def _next(self, final: bool) -> Block | None:
        text = self._buffer
        if blank := re.match(r"\s*\n", text):
            return Block("blank", blank.group(0))
        if self._line == "":
            start = text.lstrip(" \t")
            if len(start) < 3 and not final:
                return None
            if start.startswith("|"):
                return _block("table", text, _table_end(text, final))
            if start.startswith("```"):
                return _block("code", text, _code_end(text, final))
            if start.startswith("[["):
                end = _line_end(text, final)
                if end is None:
                    return None
                kind: Kind = "place" if PLACE.fullmatch(text[:end].rstrip("\n")) else "sentence"
                return Block(kind, text[:end])
            if start.startswith("#"):
                return _block("heading", text, _line_end(text, final))
        return _block("sentence", text, _sentence_end(text, self._line, final))


def _block(kind: Kind, text: str, end: int | None) -> Block | None:
    return None if end is None else Block(kind, text[:end])


def _line_end(text: str, final: bool) -> int | None:
    at = text.find("\n")
    return at + 1 if at >= 0 else (len(text) if final else None)


def _table_end(text: str, final: bool) -> int | None:
    """The end of the run of lines that begin with a bar; not known before the line after it has begun."""
    at = 0
    while (newline := text.find("\n", at)) >= 0:
        at = newline + 1
        rest = text[at:].lstrip(" \t")
        if rest and not rest.startswith("|"):
            return at
    return len(text) if final else None


def _code_end(text: str, final: bool) -> int | None:
    found = re.search(r"\n[ \t]*```[ \t]*(?:\n|$)", text)
    if found and (final or found.group(0).endswith("\n")):
        return found.end()
    return len(text) if final else None


def _sentence_end(text: str, line: str, final: bool) -> int | None:
    for found in _END.finditer(text):
        if found.group(0) == "\n":
            return found.end()
        closed = _CLOSERS.match(text, found.end())
        end = closed.end() if closed else found.end()
        if found.group(0) == "." and not _full_stop(text, line, found.start()):
            continue
        marks = _MARKS.match(text, end)
        end = marks.end() if marks else end
        if not final and _OPEN_MARK.fullmatch(text, end):
            return None  # a mark may yet follow
        blanks = re.compile(r"[ \t]*").match(text, end)
        return blanks.end() if blanks else end
    return len(text) if final else None


def _full_stop(text: str, line: str, at: int) -> bool:
    before, after = line + text[:at], text[at + 1 :].lstrip(" \t")
    if _ABBREVIATION.search(before) or _LIST_HEAD.search(before.rpartition("\n")[2]):
        return False
    return after == "" or bool(_STARTS_SENTENCE.match(after))
