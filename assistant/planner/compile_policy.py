"""From a reading to calls of the policy tools, which read the question's own words."""

from __future__ import annotations

import re

from assistant.planner.memory import Before
from assistant.planner.mentions import Mention
from assistant.planner.plan import Call
from assistant.planner.reader import Reading, read
from data.classification import NATION, Place

_FIELDS = {"targets": "topic", "track": "topic", "policy_search": "question"}


def compile_targets(reading: Reading) -> list[Call]:
    """Targets are found by the words of the question; documents and years stand in it."""
    named = [m for m in _places(reading) if m.meaning.place is not None]
    provinces = [m for m in named if m.meaning.place and m.meaning.place.kind == "province"]
    nation = [m for m in named if m.meaning.place == NATION]
    text = spelt(reading)
    if len(provinces) == 1 and len(nation) == 1 and not reading.documents:
        first, second = sorted((provinces[0], nation[0]), key=lambda m: m.start)
        if not _JOINED.fullmatch(reading.text[first.end : second.start]):
            return [Call("targets", {"topic": text})]
        return [Call("targets", {"topic": spelt(read(_without(reading.text, gone)))}) for gone in (second, first)]
    return [Call("targets", {"topic": text})]


_CODE = 3  # letters of an abbreviation of a province


def spelt(reading: Reading) -> str:
    """The question with its abbreviations of provinces written out, since documents know full names: 鲁 -> 山东, GD."""
    spans: dict[tuple[int, int], list[Place]] = {}
    for m in _places(reading):
        where = m.meaning.place
        if where is not None and where.kind == "province":
            spans.setdefault((m.start, m.end), []).append(where)
    text = reading.text
    for (start, end), named in sorted(spans.items(), reverse=True):
        short = text[start:end]
        if short.isascii() and len(short) <= _CODE and short.isupper():
            text = text[:start] + " and ".join(p.name.en for p in named) + text[end:]
        elif not short.isascii() and len(short) == len(named):
            text = text[:start] + "和".join(p.name.zh for p in named) + text[end:]
    return text


_JOINED = re.compile(
    r"(?:'s)?\s*(?:和|与|及|以及|、|,|跟|同|对|比|\band\b|\bvs\.?|\bversus\b|\bwith\b|\bto\b)\s*(?:the)?\s*",
    re.IGNORECASE,
)


def _without(text: str, gone: Mention) -> str:
    """A question without one of its places and what joined it to the other: 浙江和全国 -> 浙江."""
    before = re.sub(
        r"(?:和|与|及|以及|、|,|\band\b|\bvs\.?|(?:and )?the)\s*$", "", text[: gone.start].rstrip(), flags=re.IGNORECASE
    )
    after = re.sub(
        r"^(?:'s)?\s*(?:和|与|及|以及|、|\band\b(?: the)?|\bvs\.?)\s*", "", text[gone.end :], flags=re.IGNORECASE
    )
    return re.sub(r"\s+", " ", f"{before} {after}" if before.isascii() else f"{before}{after}").strip()


def compile_policy_search(reading: Reading) -> list[Call]:
    """Clauses are found by the words of the question."""
    return [Call("policy_search", {"question": spelt(reading)})]


def follow_words(reading: Reading, before: Before) -> list[Call]:
    """The question of before with what the new words change: the year, the place, the sector; else both in a row."""
    field = _FIELDS[before.tool]
    old = read(str(before.args.get(field, "")))
    if _GAP.search(reading.text) and not reading.places and not reading.sectors:
        return [Call("track", {"topic": old.text})]
    text = old.text
    for ours, theirs in ((_sectors(old), _sectors(reading)), (_places(old), _places(reading))):
        if theirs and ours:
            text = text.replace(ours[0].text, theirs[0].text)
        elif theirs:
            text = f"{theirs[0].text} {text}"
    if reading.years.named:
        for year in old.years.all:
            text = text.replace(str(year), " ".join(map(str, reading.years.all)))
        if not old.years.named:
            text = f"{text} {reading.text}"
    if text == old.text:
        text = f"{text} {reading.text}"
    if reading.has("track_judged"):
        return [Call("track", {"topic": text.strip()})]
    return [Call(before.tool, {field: text.strip()})]


# How far from what was just told: of it, whatever year the question counts from.
_GAP = re.compile(
    r"还差|差多少|相差|差距|还有多远|离.{0,8}多远|(?:现在|目前|实际)(?:是|到|做到|达到)?(?:了)?多少|完成(?:了)?多少|做到哪|到哪一?步|"
    r"\bhow (?:far|close|near)\b|\b(?:the|what) gap\b|\bon track\b|\bfar off\b|\b(?:where|how) (?:are|do) we (?:stand|now)\b",
    re.IGNORECASE,
)


def _places(reading: Reading) -> list[Mention]:
    return [m for m in reading.mentions if m.meaning.place is not None and m.text]


def _sectors(reading: Reading) -> list[Mention]:
    return [m for m in reading.mentions if m.meaning.sector is not None and m.meaning.sector.kind != "total" and m.text]
