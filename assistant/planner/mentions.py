"""Names in a text: what stands where, by the longest match, with abbreviations read in context."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.planner.common import tag
from assistant.planner.cues import fillers, words_of
from assistant.planner.lexicon import Meaning, Token, lexicon, policy_lexicon, short_places
from data.classification import PROVINCES, Fuel, Place, fuel, place

# Names for several provinces at once that are no group of the contracts.
SHORTHANDS = {
    "江浙沪皖": ("SH", "JS", "ZJ", "AH"),
    "江浙沪": ("JS", "ZJ", "SH"),
    "江浙": ("JS", "ZJ"),
    "两广": ("GD", "GX"),
    "两湖": ("HB", "HN"),
    "晋陕蒙": ("SX", "SN", "NM"),
    "云贵川渝": ("YN", "GZ", "SC", "CQ"),
    "云贵川": ("YN", "GZ", "SC"),
    "四个直辖市": ("BJ", "TJ", "SH", "CQ"),
    "四大直辖市": ("BJ", "TJ", "SH", "CQ"),
    "直辖市": ("BJ", "TJ", "SH", "CQ"),
}
# Abbreviations that are read alone before 省, a year or the end; the others (云, 新, 宁 …) are common words.
_PLAIN = frozenset("粤冀晋辽沪浙皖闽赣鲁豫鄂湘桂琼渝蜀黔滇陕甘陇京津苏")
# Pairs of those common words that do name two provinces.
_WEAK_PAIRS = frozenset(
    [
        "云贵",
        "川贵",
        "青藏",
        "川藏",
        "新藏",
        "黑吉",
        "吉黑",
        "青宁",
        "宁青",
        "新青",
        "云川",
        "贵云",
        "川云",
        "蒙宁",
        "宁蒙",
        "黑蒙",
        "蒙新",
    ]
)
_OUT = re.compile(
    r"(?:除了|除去|除开|除|不含|不包括|不包含|剔除|排除|去掉|拿掉|删掉|删除|移除|不看|不要|扣除|不算|不计|而不是|而非|不是|并非|without|excluding|exclude"
    r"|except(?: for)?|apart from|other than|not|rather than|leaving out|leave out|take out|drop|remove|minus"
    r"|not counting|ignoring|but not)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_OUT_AFTER = re.compile(r"\s*(?:以外|之外|除外|不算|不计|excluded\b|left out)", re.IGNORECASE)
_AND = re.compile(r"\s*(?:、|,|和|与|及|以及|and|or|或|&|\+)?\s*(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text: where, as written, and what it may mean."""

    start: int
    end: int
    text: str
    meaning: Meaning


def mentions(text: str, words: list[Token]) -> tuple[Mention, ...]:
    """The names of a cleaned text in their order, then the documents and terms of policy."""
    policy = tuple(_policy_mentions(text, words))
    return (*_outside(_sift(text, list(_mentions(text, words))), policy), *policy)


def _mentions(text: str, words: list[Token]) -> Iterator[Mention]:
    names, at = lexicon(), 0
    shouting = text.upper() == text and len([w for w in words if w.text.isascii() and w.text.isalpha()]) > 4
    while at < len(words):
        fuels = _fuel_run(text, words, at)
        if fuels is not None:
            length, families = fuels
            start, end = words[at].start, words[at + length - 1].end
            for family in families:
                yield Mention(start, end, text[start:end], Meaning(fuel=family))
            at += length
            continue
        found = names.longest(words, at)
        run = _shorthand(text, words[at].start) or _run(words, at)
        if run and (found is None or run[0] > found[0]):
            length, places = run
            span = words[at : at + length]
            for p in places:
                yield Mention(span[0].start, span[-1].end, text[span[0].start : span[-1].end], Meaning(place=p))
            at += length
        elif found is not None:
            length, meaning = found
            start, end = words[at].start, words[at + length - 1].end
            yield Mention(start, end, text[start:end], meaning)
            at += length
        else:
            single = _single(text, words, at, shouting)
            if single is not None:
                yield Mention(words[at].start, words[at].end, words[at].text, Meaning(place=single))
            at += 1


def _policy_mentions(text: str, words: list[Token]) -> Iterator[Mention]:
    names, at = policy_lexicon(), 0
    while at < len(words):
        found = names.longest(words, at)
        if found is None:
            at += 1
            continue
        length, meaning = found
        start, end = words[at].start, words[at + length - 1].end
        yield Mention(start, end, text[start:end], meaning)
        at += length


def _shorthand(text: str, start: int) -> tuple[int, tuple[Place, ...]] | None:
    for name, codes in SHORTHANDS.items():
        if text.startswith(name, start):
            return len(name), tuple(place(c) for c in codes)
    return None


_FUEL_RUN = re.compile(r"煤(?:炭)?(?:、|,)?(?:石)?油(?:、|,|和|与)?(?:天然)?气(?!化)")


def _fuel_run(text: str, words: list[Token], at: int) -> tuple[int, tuple[Fuel, ...]] | None:
    """煤油气, 煤、油、气: the three families, where the first two signs alone would be kerosene."""
    found = _FUEL_RUN.match(text, words[at].start)
    if found is None:
        return None
    length = sum(1 for w in words[at:] if w.start < found.end())
    return length, (fuel("coal"), fuel("oil"), fuel("natural_gas"))


def _run(words: list[Token], at: int) -> tuple[int, tuple[Place, ...]] | None:
    """Two or more one-character names in a row, all joined (闽赣湘) or all apart (京、沪、渝)."""
    short = short_places()
    joined: list[Place] = []
    for word in words[at:]:
        if word.text.isascii() or len(word.text) != 1 or word.text not in short:
            break
        joined.append(short[word.text])
    if len(joined) >= 2:
        run = "".join(w.text for w in words[at : at + len(joined)])
        sure = any(c in _PLAIN for c in run) or run in _WEAK_PAIRS or len(joined) > 2
        return (len(joined), tuple(joined)) if sure else None
    return _apart(words, at, short)


def _apart(words: list[Token], at: int, short: dict[str, Place]) -> tuple[int, tuple[Place, ...]] | None:
    found: list[Place] = []
    length = 0
    for name, mark in zip(words[at::2], [*words[at + 1 :: 2], None], strict=False):
        if name.text.isascii() or name.text not in short:
            break
        found.append(short[name.text])
        length = 2 * len(found) - 1
        if mark is None or mark.text != "、":
            after = mark.text if mark is not None else ""
            if after and "\u4e00" <= after <= "\u9fff" and after not in "省市两三四五六七八九十各的年和与及":
                found.pop()  # 、吉林: the last sign begins a longer name
                length -= 2
            break
    return (length, tuple(found)) if len(found) >= 2 else None


def _single(text: str, words: list[Token], at: int, shouting: bool) -> Place | None:
    word = words[at]
    found = short_places().get(word.text)
    if found is None:
        return None
    if word.text.isascii():
        return found if word.text.isupper() and not shouting else None
    after = text[word.end :].lstrip()
    alone = not after or after[0] in "省市年的和与、比跟呢,，。?!;:占 " or after[0].isdigit()
    first = (
        word.start == 0
        or not ("\u4e00" <= text[word.start - 1] <= "\u9fff")
        or text[word.start - 1] in "和与比跟、及对看"
    )
    apart = text[word.end : word.end + 1] in (" ", "") or text[word.end : word.end + 1].isdigit()
    if word.text not in _PLAIN:
        return found if word.start == 0 and apart and after else None  # 宁 2018: at the head of a line
    leads = word.start == 0 and (apart or _named_next(words, at) or not _begins_word(text))
    return found if first and (alone or leads) else None


def _begins_word(text: str) -> bool:
    """Whether a text begins with a word of everyday Chinese that has a province's sign as its first: 鲁迅, 晋升."""
    return any(tag(text[:n]) is not None for n in (2, 3, 4))


def _named_next(words: list[Token], at: int) -> bool:
    """Whether a name of ours begins right after a word: 晋煤炭开采."""
    return at + 1 < len(words) and lexicon().longest(words, at + 1) is not None


_GENERIC = re.compile(
    r"(?:which|what|top|each|by|per|main|every|all|largest|biggest|leading|the|an|other|\d)\s+$", re.I
)


_OTHERS = re.compile(r" (?:province|place|region|area|sector|industr|countr)", re.IGNORECASE)
_WIDER = re.compile(r"(?:泛|环|大|小|新|(?<![A-Za-z])(?:pan|greater|wider|outer)[ -])$", re.IGNORECASE)


def _sift(text: str, mentions: list[Mention]) -> Iterator[Mention]:
    """Drop words that only look like names: "which industry", "people" in a question to us, the noun after a sector."""
    last: Mention | None = None
    for m in mentions:
        word = m.text.lower()
        if m.meaning.sector is not None and m.text == "热力" and text[m.end : m.end + 1] == "图":
            continue  # 热力图 is a heat map
        if m.meaning.sector is not None and text[m.end :].lower().startswith(" of dispersion"):
            continue  # the power of dispersion is an index
        if m.meaning.sector is not None and word == "other" and _OTHERS.match(text[m.end :]):
            continue  # other provinces are no services
        if m.meaning.place is not None and m.meaning.place.kind == "group" and _WIDER.search(text[: m.start]):
            continue  # 泛珠三角 is another region than 珠三角
        if word in ("industry", "industries", "工业") and m.meaning.sector is not None:
            joined = last is not None and last.meaning.sector is not None and text[last.end : m.start].strip() == ""
            generic = word == "industries" or (word == "industry" and _GENERIC.search(text[: m.start]))
            if joined or generic:
                continue
        if word in ("nation", "national", "国家") and re.match(
            r"\s*(?:the)?\s*(?:重点|发改委|能源局|统计局|标准|自主)", text[m.end :]
        ):
            continue
        yield m
        last = m


def _outside(mentions: Iterator[Mention], policy: tuple[Mention, ...]) -> Iterator[Mention]:
    """Without what is named inside a document's title (碳排放 in 碳排放双控方案), save its place."""
    titles = [(m.start, m.end) for m in policy if m.meaning.document is not None]
    for m in mentions:
        if m.meaning.place is not None or not any(a <= m.start and m.end <= b for a, b in titles):
            yield m


_SLIPS = 6  # letters of a word that may hold a slip; shorter ones are other words


_SHORTEST = 5  # letters of a province's name that may hold one


@cache
def _measure_words() -> dict[str, Meaning]:
    """The measures of a single long English word: population, electricity."""
    from tools.measures import phrases

    plain = (name for name in phrases() if name.isascii() and name.isalpha() and len(name) > _SLIPS)
    return {name.lower(): Meaning(measure=phrases()[name]) for name in plain}


def misspelt_measures(words: list[Token], named: tuple[Mention, ...]) -> list[Mention]:
    """Measures written with a slip (populaton), which would otherwise be passed over and CO2 answered for them."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    known, out = _measure_words(), []
    for word in words:
        if len(word.text) <= _SLIPS or not word.text.isascii() or word.text.lower() in known:
            continue
        if any(m.start < word.end and word.start < m.end for m in named):
            continue
        near = process.extractOne(word.text.lower(), list(known), scorer=OSA.distance, score_cutoff=1)
        if near is not None:
            out.append(Mention(word.start, word.end, word.text, known[near[0]]))
    return out


def misspelt_places(words: list[Token], named: tuple[Mention, ...]) -> list[Mention]:
    """Provinces written with a slip beside one written right (guangdng vs fujian), where one name alone is nearest.

    A slip that stands by itself is no place here: the tool asked names the nearest ones.
    """
    if not any(m.meaning.place is not None and m.meaning.place.kind == "province" for m in named):
        return []
    out = []
    for word in words:
        taken = any(m.start < word.end and word.start < m.end for m in named)
        near = () if taken else nearest_provinces(word.text)
        if len(near) == 1:
            out.append(Mention(word.start, word.end, word.text, Meaning(place=near[0])))
    return out


def nearest_provinces(word: str) -> tuple[Place, ...]:
    """The provinces that an English word may be a slip of, the nearest alone; several where they are as near (Hanan)."""
    from rapidfuzz.distance import OSA

    low = word.lower()
    if len(low) < _SHORTEST or not low.isascii() or low in fillers()[1] | words_of("not_places"):
        return ()
    away = [(OSA.distance(low, p.name.en.lower()), p) for p in PROVINCES]
    least = min(distance for distance, _ in away)
    return tuple(p for distance, p in away if distance == least) if least <= (1 if len(low) <= _SLIPS else 2) else ()


def left_out(text: str, named: tuple[Mention, ...]) -> list[Mention]:
    """The places and sectors that the text excludes: without Hebei, 不含居民."""
    out: list[Mention] = []
    for m, before in zip(named, (None, *named), strict=False):
        if m.meaning.place is None and m.meaning.sector is None:
            continue
        follows = before is not None and before in out and _AND.fullmatch(text[before.end : m.start]) is not None
        if follows or _OUT.search(text[: m.start]) or _OUT_AFTER.match(text[m.end :]):
            out.append(m)
    return out
