"""Cue words: what is wanted of the things named. The patterns are the files in ``vocabulary``."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from assistant.planner.lanes import LISTED

# Python counts Chinese characters as parts of a word; here a word of Latin letters ends where they begin.
_EDGE = r"(?:(?<![A-Za-z0-9])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?![A-Za-z0-9]))"
FILES = ("operations", "domains", "forms", "talk", "followups", "about")


def _lines(name: str) -> list[str]:
    text = (files("assistant.planner") / "vocabulary" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("# ")]


def _sections(name: str) -> dict[str, list[str]]:
    """The patterns of a file under their names."""
    parts: dict[str, list[str]] = {}
    current: list[str] = []
    for line in _lines(name):
        if re.fullmatch(r"\[[a-z0-9_]+\]", line):
            current = parts.setdefault(line[1:-1], [])
        else:
            current.append(line)
    return parts


def _compiled(lines: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(lines).replace(r"\b", _EDGE), re.IGNORECASE)


@cache
def cues() -> dict[str, re.Pattern[str]]:
    """Cue name -> pattern, read on the cleaned text."""
    parts: dict[str, list[str]] = {}
    for name in (*FILES, *(f"lane_{lane}" for lane in LISTED)):
        for cue, lines in _sections(name).items():
            parts.setdefault(cue, []).extend(lines)
    return {name: _compiled(lines) for name, lines in parts.items()}


@cache
def aside_patterns() -> dict[str, re.Pattern[str]]:
    """The patterns of ``asides.txt``, which are no cues: they say how an answer is to be told, or ask about the last one."""
    return {name: _compiled(lines) for name, lines in _sections("asides").items()}


CONTEXT = "_context"  # cues that end so count as read only where they matter: their lane's, or no plain figure's


@cache
def _own(tool: str) -> tuple[re.Pattern[str], ...]:
    """The context cues of a tool's lane; of the tools without one, those of the shared files, save for plain figures."""
    own = (f"lane_{tool}",) if tool in LISTED else () if tool == PLAIN else FILES
    lines = [line for name in own for line in _lines(name)]
    names = {line[1:-1] for line in lines if re.fullmatch(r"\[[a-z0-9_]+\]", line)}
    return tuple(cues()[name] for name in sorted(names) if name.endswith(CONTEXT))


PLAIN = "figures"


def own_spans(tool: str, text: str) -> list[tuple[int, int]]:
    """Where the context cues of a tool stand in a text: read, if the question is for that tool."""
    return [m.span() for pattern in _own(tool) for m in pattern.finditer(text)]


@cache
def fillers() -> tuple[re.Pattern[str], frozenset[str]]:
    """Chinese fillers as one pattern, longest first, and English ones as a set."""
    words = " ".join(_lines("fillers")).split()
    chinese = sorted((w for w in words if not w.isascii()), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, chinese))), frozenset(w for w in words if w.isascii())


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of a vocabulary file of words: those that name no place, no thing, a place abroad."""
    return frozenset(" ".join(_lines(name)).split())


@cache
def phrases_of(name: str) -> frozenset[str]:
    """The lines of a vocabulary file of names that may hold blanks."""
    return frozenset(line.strip() for line in _lines(name))


Spans = tuple[tuple[int, int], ...]


@lru_cache(maxsize=512)
def cue_spans(text: str) -> dict[str, Spans]:
    """The cues present in a cleaned text, each with the places where it stands. Kept, since reading asks for both."""
    found = ((name, tuple(m.span() for m in pattern.finditer(text))) for name, pattern in cues().items())
    return {name: spans for name, spans in found if spans}
