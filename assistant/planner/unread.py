"""What nothing read: the words left over."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.planner.cues import CONTEXT, cue_spans, fillers, words_of
from assistant.planner.lexicon import Token
from assistant.planner.mentions import Mention

_TALK = ("off_topic", "injection", "sql_write")
_LONGEST_CUE = 24  # characters; a longer match spans words that it does not read
_WORD = re.compile(r"[A-Za-z\u3400-\u9fff]")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Gap:
    """A word that nothing read, with its place in the text. ``text`` is it with the fillers grown to it (失业率)."""

    start: int
    end: int
    word: str
    text: str


def gaps(text: str, words: list[Token], named: tuple[Mention, ...], masked: str) -> tuple[Gap, ...]:
    """The words that are neither a name, a year, a number, a cue of our subject nor a filler."""
    firm = _covered(text, named, masked)
    soft = list(firm)
    for match in fillers()[0].finditer(text):
        soft[match.start() : match.end()] = [True] * (match.end() - match.start())
        if match.end() - match.start() > 1:
            firm[match.start() : match.end()] = [True] * (match.end() - match.start())
    out: list[Gap] = []
    for word in words:
        if soft[word.start] or not _WORD.match(word.text):
            continue
        if word.text.isascii():
            if word.text.lower() not in fillers()[1] and len(word.text) > 1:
                out.append(Gap(word.start, word.end, word.text, word.text))
        elif out and out[-1].end == word.start and not out[-1].word.isascii():
            out[-1] = _grown(text, firm, out[-1].start, word.end)
        else:
            out.append(_grown(text, firm, word.start, word.end))
    return tuple(out)


def _covered(text: str, named: tuple[Mention, ...], masked: str) -> list[bool]:
    """Per character whether a name or a cue reads it."""
    out = [False] * (len(text) + 1)
    for m in named:
        out[m.start : m.end] = [True] * (m.end - m.start)
    for name, spans in cue_spans(masked).items():
        if name in _TALK or name.endswith(CONTEXT):
            continue
        for start, end in spans:
            if end - start <= _LONGEST_CUE:
                out[start:end] = [True] * (end - start)
    return out


def _grown(text: str, firm: list[bool], start: int, end: int) -> Gap:
    """The gap with the characters beside it that are fillers by themselves but parts of a word here (业, 率)."""

    def part(i: int) -> bool:
        return (
            0 <= i < len(text)
            and not firm[i]
            and _CHINESE.match(text[i]) is not None
            and text[i] not in words_of("particles")
        )

    first, last = start, end
    while part(first - 1):
        first -= 1
    while part(last):
        last += 1
    return Gap(start, end, text[start:end], text[first:last])
