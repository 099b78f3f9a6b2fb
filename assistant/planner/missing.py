"""Which of the words that nothing read name a thing asked for, so that no other stands in for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from assistant.planner.common import may_name
from assistant.planner.cues import cues, fillers, words_of
from assistant.planner.intent.model import familiar
from assistant.planner.reader import Reading
from assistant.planner.stand_ins import OF_INDUSTRIES, products_in
from assistant.planner.unread import Gap


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


def unread_thing(reading: Reading, own: Sequence[tuple[int, int]] = (), tool: str | None = None) -> str | None:
    """A thing asked for that nothing read, as it is written; None where all that matters was read.

    It is one where it stands right before the emissions (快递业碳排放, tourism emissions), where it is said to be their
    source (emissions of tourism), or where nothing else says what is to be measured (失业率, happiness of Fujian). ``own``:
    the places of words that the tool asked reads by itself. ``tool``: the one asked, where that is sure from the question
    as a whole, and so what is measured is known; only what stands for a place, a sector or a source is then a thing.
    """
    if reading.sent is not None:
        return None
    for gap in reading.gaps:
        if reading.stranger is not None and (gap.word in reading.stranger or reading.stranger in gap.text):
            continue
        if all(any(a <= i < b for a, b in own) for i in range(gap.start, gap.end)):
            continue
        if _in_slot(reading, gap, tool) if tool else _names_thing(reading, gap):
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


_TRADE = re.compile(r"\s*(?:行业|产业|部门|企业|业|industry|industries|sector)", re.IGNORECASE)
_OPENING = re.compile(
    r"(?:请问|若是?|如果|假如|假设|要是|把|在|对|从|suppose|if|what if)?\s*(?:the\s+)?$", re.IGNORECASE
)
_JOINED = ("", " ", "的", "'s ")
_OF_EN = re.compile(r"\b(?:of|from|for|by)\s+(?:the\s+|its\s+|all\s+)?$", re.IGNORECASE)


def _in_slot(reading: Reading, gap: Gap, tool: str) -> bool:
    """Whether a word that no question of ours holds stands where the place, the sector or the source should.

    The question's tool is known; its defaults (all sectors, China) must not stand in for 旅游 in 若广东旅游消费减少10%.
    """
    word, english = gap.text, gap.word.isascii()
    if (len(word) < 2 or len(word) > _LONGEST_NAME) and not english:
        return False
    if english and (_harmless(word) or _ADJECTIVE.search(word) or _near_ours(word)):
        return False
    linked = _LINK.match(reading.text, gap.end)
    after = linked.end() if linked else gap.end
    if familiar(gap.word, tool) or any(p.start < gap.end and gap.start < p.end for p in products_in(reading, tool)):
        return False
    unnamed = tool in OF_INDUSTRIES and not (reading.sectors or reading.fuels or reading.cities)
    emits = any(m.start == after and m.meaning.measure is not None and m.text for m in reading.mentions)
    if emits and (word.endswith("业") or (unnamed and (may_name(word) if not english else after == gap.end + 1))):
        return True  # 快递业碳排放, tourism emissions
    if unnamed:
        beside = any(
            m.meaning.place is not None and m.end <= gap.start and reading.text[m.end : gap.start] in _JOINED
            for m in reading.mentions
        )
        beside = beside and not english and (word.endswith("业") or may_name(word))
        of = english and _OF_EN.search(reading.text[: gap.start]) and _ENDS_EN.match(reading.text, gap.end)
        if beside or of or _TRADE.match(reading.text, gap.end):
            return True
    if reading.places or reading.cities or _OPENING.fullmatch(reading.text, 0, gap.start) is None:
        return False
    if english:
        return gap.word[0].isupper()  # Nowhereland industry network
    named = any(m.start == after and m.text for m in reading.mentions) or _ECONOMY.match(reading.text, gap.end)
    return bool(named) and len(word) <= _LONGEST_PLACE and may_name(word)


_ENDS_EN = re.compile(r"\s*(?:[,.?]|$|(?:in|of|at|for|from|across)\b)", re.IGNORECASE)
_ECONOMY = re.compile(r"的?(?:产业|行业|省|市|经济|企业)")
_LONGEST_PLACE = 5  # characters of a Chinese name that may be a place's
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
