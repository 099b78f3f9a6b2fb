"""Everyday Chinese words: which part of speech a word is, from the general dictionary that comes with jieba.

The dictionary is read as bytes when a doubtful word is first looked up (a few milliseconds); jieba itself is not loaded.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

_LONGEST = 6  # characters of a dictionary word looked for
# Tags of jieba that a thing or a place asked for may have: nouns, names, verbal nouns, abbreviations, foreign words.
_NAMING = ("n", "vn", "an", "j", "nz", "eng", "x")


@cache
def _dictionary() -> bytes:
    """The lines "word frequency tag"."""
    spec = find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        return b""
    return b"\n" + (Path(next(iter(spec.submodule_search_locations))) / "dict.txt").read_bytes()


@lru_cache(maxsize=2048)
def tag(word: str) -> str | None:
    """The part of speech of a word (n noun, v verb, d adverb, f direction …); None where the dictionary has it not."""
    held = _dictionary()
    at = held.find(b"\n" + word.encode() + b" ")
    if at < 0:
        return None
    return held[at + 1 : held.find(b"\n", at + 1)].decode().strip().rpartition(" ")[2]


def pieces(text: str) -> list[tuple[str, str | None]]:
    """A Chinese run as dictionary words, longest first from the left, each with its tag; what is none stands sign by sign."""
    out: list[tuple[str, str | None]] = []
    at = 0
    while at < len(text):
        length = next((n for n in range(min(_LONGEST, len(text) - at), 1, -1) if tag(text[at : at + n])), 1)
        word = text[at : at + length]
        out.append((word, tag(word) if length > 1 else None))
        at += length
    return out


def may_name(text: str) -> bool:
    """Whether a run of Chinese may name a thing or a place: it holds a noun, or nothing that the dictionary knows."""
    words = [(word, kind) for word, kind in pieces(text) if len(word) > 1]
    return not words or any(kind is None or kind.startswith(_NAMING) for _, kind in words)
