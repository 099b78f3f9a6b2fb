"""The sentences of a question: each asks by itself, or only says more of the one beside it (a year, a unit, a place)."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.planner.calls import MOST, calls_alone, calls_of
from assistant.planner.compile_figures import compiled_together
from assistant.planner.followup import continues
from assistant.planner.intent.model import likely
from assistant.planner.intents import ranked, scores
from assistant.planner.joint import two_questions
from assistant.planner.lanes import whole_readers
from assistant.planner.memory import Before, remember
from assistant.planner.plan import Call
from assistant.planner.reader import Reading, read
from assistant.planner.veto import WORDS, veto
from data.classification import NATION

_LISTED = r"(?:[一二三四五六七]是|[(（]?[1-7一二三四五六七][)）])"
_CUT = re.compile(
    rf"(?<=[?。!])(?!\w+=)\s*|(?:^|(?<=[:;,。]))\s*(?={_LISTED})"
    r"|(?:,)?\s*(?:另外|此外|还有,|同时,|并且,|然后)|(?<=\w)\.\s+(?=[A-Z])|\band (?:also|then)\b"
    r"|;\s*(?=.*(?:多少|几|哪|什么|what|how|which))",
    re.IGNORECASE,
)
_RANKINGS = (
    "figures",
    "best_in_class",
    "benchmark_lists",
)  # the lowest of a ranking and the gap to it is a plain figure
_EACH = MOST // 2  # calls of each of two questions
_BESIDE = frozenset({"share", "position", "yoy", "cagr", "growth"})  # asked of the same thing after a comma


def calls_of_all(reading: Reading, before: Before) -> list[Call]:
    """The calls of each sentence in turn, a later one leaning on the one before it."""
    if reading.sent is not None:
        return calls_of(reading, before)
    follows = continues(reading, before)
    together = [] if follows else compiled_together(reading)
    both = () if follows or together else two_questions(reading)
    if both and all(veto(part, Before(), ranked(part)) is None for part in both):
        return _joined([], [call for part in both for call in calls_alone(part)[:_EACH]])
    order = ranked(reading)
    if together and order and order[0][0] in _RANKINGS:
        return together[:MOST]
    if order and order[0][0] in whole_readers():
        return calls_of(reading, before)
    parts = [p.strip(" ,;") for p in _CUT.split(reading.text) if p and len(p.strip(" ,?。;")) > 1]
    asking = [p for p in _whole([p for p in parts if _asks(read(p)) or _kinds(read(p))]) if _asks(read(p))]
    if len(asking) == 1 and len(parts) > 1 and not _all_words(asking):
        reading = read(asking[0])
    if len(asking) < 2 or _all_words(asking):
        asking = _clauses(reading)
    if len(asking) < 2 or _one_tool(reading, asking):
        return calls_of(reading, before)
    calls: list[Call] = []
    memory = before
    for part in asking:
        new = _dated(read(part), memory, before)
        alone = re.match(_LISTED, part) is not None and bool(new.places)  # an item of a list leans on none before it
        found = calls_of(new, before if alone else memory)
        calls = _joined(calls, found)
        if found:
            memory = remember(found[0].tool, found[0].args, part, memory if memory.tool else None)
        if len(calls) >= MOST:  # what follows would be cut off again
            break
    return calls[:MOST]


_WHOLE = 0.9  # probability from which the sentences together are for one tool


def _one_tool(reading: Reading, parts: list[str]) -> bool:
    """Whether the sentences together surely ask one tool, no figures, of one place: "Roadmap. Region: … Output: …"."""
    tool, sure = max(likely(reading).items(), key=lambda item: item[1])
    placed = sum(bool(read(p).places) for p in parts)
    return tool not in ("figures", *WORDS) and sure >= _WHOLE and placed < 2


def _dated(reading: Reading, memory: Before, before: Before) -> Reading:
    """A sentence without a year in the year of the sentence before it in the same question."""
    y = reading.years
    if memory is before or memory.tool != "figures" or not memory.years or y.named or y.series or y.latest:
        return reading
    if reading.has("trend", "extreme_year", "roadmap"):
        return reading
    return replace(reading, years=replace(y, single=memory.years))


def _whole(parts: list[str]) -> list[str]:
    """The sentences with the fragments joined to them that only say more: "…? In 2012." and "2012. Which …?"."""
    out: list[str] = []
    for part in parts:
        if out and (_adds(read(part), read(out[-1])) or _adds(read(out[-1]), read(part))):
            out[-1] = f"{out[-1].rstrip(_STOPS)}, {re.sub('呢$', '', part.rstrip(_STOPS))}"
        else:
            out.append(part)
    return out


_STOPS = "?。.!！？ ,;"
_INTERROGATIVE = re.compile(
    r"多少|几|哪|什么|谁|怎|吗|如何|排名|对比|比较|how|what|which|who|why|when|where|compare|rank|show|draw|list",
    re.IGNORECASE,
)
_FRAGMENT = 32  # characters


def _adds(fragment: Reading, sentence: Reading) -> bool:
    """Whether a sentence only names a year, a place, a measure, a sector or a unit that the other one lacks."""
    named, there = _kinds(fragment), _kinds(sentence)
    if not named or named & there or len(fragment.text) > _FRAGMENT or _INTERROGATIVE.search(fragment.text):
        return False
    return not fragment.has("roadmap", "target_words", "chain", "footprint", "share", "growth", "change")


_UNIT = re.compile(
    r"(?:单位|换算|用|以|in|unit)?\s*[:=]?\s*(?:亿吨|万吨|吨|亿元|Mt|Gt|kt|TWh|GWh|million tonnes)", re.IGNORECASE
)


def _kinds(reading: Reading) -> set[str]:
    """Which kinds of things a sentence names."""
    found = {
        "year": reading.years.named,
        "place": bool(reading.places or reading.stranger),
        "measure": bool(reading.measures or reading.per),
        "sector": bool(reading.sectors or reading.fuels),
        "unit": bool(_UNIT.search(reading.text)),
        "form": reading.has("sankey"),
    }
    return {kind for kind, there in found.items() if there}


_MANNER = frozenset({"top", "limit", "order", "unit", "chart", "detail"})  # how an answer is shown, not what is asked


def _joined(calls: list[Call], found: list[Call]) -> list[Call]:
    """The calls with new ones; one that only says how an earlier one is to be shown takes its place."""
    out = list(calls)
    for new in found:
        what = {k: v for k, v in new.args.items() if k not in _MANNER}
        same = [
            i
            for i, c in enumerate(out)
            if c.tool == new.tool and what == {k: v for k, v in c.args.items() if k not in _MANNER}
        ]
        if same:
            out[same[0]] = new
        else:
            out.append(new)
    return out


def _clauses(reading: Reading) -> list[str]:
    """A figure and, after a comma, its share, rank or growth: two questions in one sentence."""
    first, _, rest = reading.text.partition(",")
    head, tail = read(first), read(rest)
    if (
        not rest
        or not head.places
        or not (head.measures or head.sectors or head.per)
        or tail.places not in ((), (NATION,))
    ):
        return []
    order = ranked(reading)
    if not order or order[0][0] != "figures" or tail.has("which_place", "which_sector", "extreme_year"):
        return []
    new = (tail.cues & _BESIDE) - head.cues
    per = tail.per and not head.per and not tail.has("high", "low")
    return [first, rest.strip()] if new or per else []


def _all_words(parts: list[str]) -> bool:
    """Whether every sentence is for the tools that read words: they are given the whole text at once."""
    return all((order := ranked(read(p))) and order[0][0] in WORDS for p in parts)


def _asks(reading: Reading) -> bool:
    """Whether a sentence asks something by itself or of the one before it."""
    thing = bool(reading.measures or reading.sectors or reading.fuels or reading.per or reading.documents)
    where = bool(reading.places or reading.stranger)
    return (thing or where or bool(scores(reading))) and len(reading.leftover) <= 6
