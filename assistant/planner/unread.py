"""What nothing read: the words left over, and which of them name a thing asked for, so that no other stands in for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from assistant.planner.cues import CONTEXT, cues, fillers, words_of
from assistant.planner.lexicon import Token
from assistant.planner.mentions import Mention

if TYPE_CHECKING:
    from assistant.planner.reader import Reading

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
    for name, pattern in cues().items():
        if name in _TALK or name.endswith(CONTEXT):
            continue
        for match in pattern.finditer(masked):
            if match.end() - match.start() <= _LONGEST_CUE:
                out[match.start() : match.end()] = [True] * (match.end() - match.start())
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


@cache
def _indicator() -> re.Pattern[str]:
    ends = "|".join(sorted(words_of("indicators"), key=len, reverse=True))
    return re.compile(rf"[\u3400-\u9fff]{{0,4}}(?:{ends})(?!图)")


_BEFORE_EN = re.compile(r"\b(?:of|from|by|for|in)\s+(?:the\s+|its\s+|all\s+)?$", re.IGNORECASE)
_LINK = re.compile(r"\s*(?:行业|产业|部门|领域|企业|业|类)?(?:的|之|'s)?\s*")
_OF = re.compile(r"\s+of\b", re.IGNORECASE)
_SHORT_WORD = 8  # letters of a word that two slips make another word (project, product)
_ADJECTIVE = re.compile(r"(?:ly|ed|ing|al|ive|ary|ous|ic|er|est|able|ful|less)$", re.IGNORECASE)
_INDICATOR_EN = re.compile(
    r"\s+(?:emissions?|prices?|rates?|index|consumption|production|output|stock|sales?|ownership|income|concentrations?)\b",
    re.IGNORECASE,
)


def unread_thing(reading: Reading, own: Sequence[tuple[int, int]] = ()) -> str | None:
    """A thing asked for that nothing read, as it is written; None where all that matters was read.

    It is one where it stands right before the emissions (快递业碳排放, tourism emissions), where it is said to be their
    source (emissions of tourism), or where nothing else says what is to be measured (失业率, happiness of Fujian). ``own``:
    the places of words that the tool asked reads by itself.
    """
    if reading.sent is not None:
        return None
    for gap in reading.gaps:
        if reading.stranger is not None and (gap.word in reading.stranger or reading.stranger in gap.text):
            continue
        if all(any(a <= i < b for a, b in own) for i in range(gap.start, gap.end)):
            continue
        if _names_thing(reading, gap):
            return gap.text
    return _unheld_indicator(reading, own) or _term(reading)


def _term(reading: Reading) -> str | None:
    """A term of policy that stands right before the emissions and is no sector or fuel: 电动汽车碳排放, ammonia emissions."""
    if reading.has("target_words", "policy_words", "greenhouse") or reading.documents:
        return None
    things = [m for m in reading.mentions if m.text and not (m.meaning.concept or m.meaning.document)]
    for m in reading.mentions:
        if m.meaning.concept is None or any(t.start < m.end and m.start < t.end for t in things):
            continue
        if any(a <= m.start and m.end <= b for a, b in _held(reading)):
            continue
        linked = _LINK.match(reading.text, m.end)
        after = linked.end() if linked else m.end
        if any(t.start == after and t.meaning.measure is not None for t in things):
            return m.text
    return None


def _names_thing(reading: Reading, gap: Gap) -> bool:
    english, measured = gap.word.isascii(), _measured(reading)
    if english and (_harmless(gap.word) or (_near_ours(gap.word) and (measured or not _part_of_ours(gap.word)))):
        return False
    if not english and (len(gap.text) < 2 or len(gap.text) > _LONGEST_NAME):
        return False
    if not measured:
        return not english or not _ADJECTIVE.search(gap.word) or bool(_OF.match(reading.text, gap.end))
    linked = _LINK.match(reading.text, gap.end)
    after = linked.end() if linked else gap.end
    emissions = any(m.start == after and m.meaning.measure is not None and m.text for m in reading.mentions)
    if emissions and not english:
        return True
    if english and _ADJECTIVE.search(gap.word):
        return False
    compound = any(m.start == after and m.meaning.sector is not None and m.text for m in reading.mentions)
    if english and compound and reading.text[gap.end : after].strip() == "":
        return True  # cryptocurrency mining is not mining
    if english and (emissions or _INDICATOR_EN.match(reading.text, gap.end)):
        return True
    only = not (reading.sectors or reading.fuels or reading.parts("generation") or reading.cities)
    return bool(english and only and len(reading.gaps) == 1 and _BEFORE_EN.search(reading.text[: gap.start]))


_LONGEST_NAME = 8  # characters of a Chinese run that still is one name and no sentence


def _measured(reading: Reading) -> bool:
    """Whether the question says what is to be measured."""
    return bool(reading.measures or reading.per or reading.has("emits") or _parted(reading))


def _parted(reading: Reading) -> bool:
    return any(m.meaning.parts or m.meaning.variants or m.meaning.city for m in reading.mentions)


_HELD = ("income_account", "all_accounts")  # 收入侧 and 供给侧核算 are accounts of ours, no income and no policy


def _held(reading: Reading) -> list[tuple[int, int]]:
    return [m.span() for name in _HELD for m in cues()[name].finditer(reading.text)]


def _unheld_indicator(reading: Reading, own: Sequence[tuple[int, int]]) -> str | None:
    """产量, 失业率, 价格 where no measure of ours has that name."""
    taken = [(m.start, m.end) for m in reading.mentions if m.text and not (m.meaning.concept or m.meaning.document)]
    taken += [*_held(reading), *own]
    for m in _indicator().finditer(reading.text):
        end = m.end()
        if any(a < end <= b for a, b in taken):
            continue
        start = max((b for a, b in taken if a < end and b > m.start()), default=m.start())
        return reading.text[start:end].lstrip("".join(words_of("particles")))
    return None


def _harmless(word: str) -> bool:
    return word.lower() in words_of("harmless")


@cache
def _parts_of_ours() -> frozenset[str]:
    """The words of our measures' English names."""
    from tools.measures import phrases

    return frozenset(w for name in phrases() for w in name.lower().split() if w.isascii() and len(w) > 3)


def _part_of_ours(word: str) -> bool:
    """Whether a word is only a part of a measure's name (trade of "goods trade"): alone it names no measure."""
    return word.lower() in _parts_of_ours()


@cache
def _near_ours(word: str) -> bool:
    """Whether an English word is a slip of one we know (totl, emisions); one of two letters' difference is another word."""
    if len(word) < 4:
        return False
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import OSA

    known = _parts_of_ours() | fillers()[1]
    hit = process.extractOne(word.lower(), known, scorer=fuzz.ratio, score_cutoff=84)
    return hit is not None and (len(word) > _SHORT_WORD or OSA.distance(word.lower(), hit[0]) <= 1)
