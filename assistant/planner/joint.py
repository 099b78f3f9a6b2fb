"""Two questions in one sentence: 山西2005年以来排放涨了多少，主要什么原因; Hebei's key sectors and their multipliers."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.planner.intent.model import REFUSE, likely
from assistant.planner.lexicon import Meaning
from assistant.planner.mentions import Mention
from assistant.planner.reader import Reading, read

# Where a second question may begin: a mark, a word that adds one, a comma between two questions, "and" before a question.
_JOINT = re.compile(
    r"[?;。!]\s*|[,，]?\s*(?P<adds>再(?=说|讲|看|算|给|问)|顺便|顺带|另外|还有(?!多少|几|没|哪)|并(?=说|给|讲|列)|同时)|,\s*(?P<comma>)(?!and\b|also\b)"
    r"|,?\s+(?:and|also|plus)\s+(?=(?:how|what|which|who|whose|when|where|why|has|have|is|are|does|do|did|can|will|its|their"
    r"|also|then)\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"多少|几(?!乎)|哪|什么|谁|怎|吗|没有$|呢|如何|是否"
    r"|\b(?:how|what|which|who|whose|when|where|why|has|have|is|are|does|do|did|can|will|its|their)\b",
    re.IGNORECASE,
)
# What only asks where the answer to the first question stands: which clause?, 出自哪个文件.
_WHERE_SAID = re.compile(
    r"(?:(?:in|under|from|and)\s+)*(?:which|what)\s+(?:clause|article|section|document|paper|file|source)s?(?:\s+(?:is|says?|sets?)\b.*)?"
    r"|(?:见|在|出自|依据|对应)?(?:是)?(?:哪|什么)(?:个|一|份|条|部)*(?:条款|文件|条|章|出处|来源)(?:规定|提出|里)?(?:的)?",
    re.IGNORECASE,
)
# What stands before a comma as a condition is no question by itself: if growth is 1 point lower, can Guangdong …
_CONDITION = re.compile(
    r"\s*(?:如果|假如|假设|倘若|若(?!干)|要是|一旦|if\b|suppose\b|assuming\b|with\b|without\b)", re.IGNORECASE
)
# What only asks how far apart the things of the first question are.
_ONLY_GAP = re.compile(
    r"(?:what (?:is|was) )?(?:their|the)\s+(?:difference|gap)(?:\s+between\s+(?:them|the two))?|(?:两者|二者|它们)?(?:之间)?(?:的)?"
    r"(?:相差|差|差距|差额)(?:是|有)?(?:多少|多大|几)?",
    re.IGNORECASE,
)
_SURE = 0.6  # probability of each part's tool from which the parts are two questions
_SHORTEST = 5  # characters of a part
# Words after a question that only ask of its answer ("what do they mean") are for these; so is progress beside its target.
_NO_SECOND = frozenset({REFUSE, "about", "calculate"})
_ONE = frozenset({"targets", "track"})


def two_questions(reading: Reading) -> tuple[Reading, ...]:
    """The two questions that a sentence joins, the second with the place, sector and span of the first; () where it is one.

    Both must surely be for a tool, and not for the same: 新项目年用电3亿度，在宁夏，排放多少 is one question.
    """
    best: tuple[float, tuple[Reading, ...]] = (0.0, ())
    for m in _JOINT.finditer(reading.text):
        first, second = reading.text[: m.start()].strip(" ,"), reading.text[m.end() :].strip(" ,")
        if min(len(first), len(second)) < _SHORTEST or not (m["adds"] or _ASKS.search(second)):
            continue
        if _ONLY_GAP.fullmatch(second.rstrip(" ?。.")) or _WHERE_SAID.fullmatch(second.rstrip(" ?。.")):
            continue
        if m["comma"] is not None and (not _ASKS.search(first) or _CONDITION.match(first)):
            continue
        head = read(first)
        tail = _carried(read(second), head)
        (one, sure), (other, surer) = _tool(head), _tool(tail)
        apart = one != other and not _NO_SECOND & {one, other} and {one, other} != _ONE
        if apart and min(sure, surer) >= _SURE and sure * surer > best[0]:
            best = sure * surer, (head, tail)
    return best[1]


def _tool(reading: Reading) -> tuple[str, float]:
    chances = likely(reading)
    return max(chances.items(), key=lambda item: item[1])


def _carried(second: Reading, first: Reading) -> Reading:
    """The second question with what it leaves to the first: its places in words, its sector, its run of years."""
    names = list(dict.fromkeys(m.text for m in first.mentions if m.meaning.place is not None and m.text))
    if names and not (second.places or second.stranger or second.cities or second.has("which_place", "by_place")):
        text = second.text.rstrip(" ?。.")
        second = read("、".join(names) + text if second.language == "zh" else f"{text} in {', '.join(names)}")
    if not (second.sectors or second.fuels) and len(first.sectors) == 1:
        same = Mention(0, 0, "", Meaning(sector=first.sectors[0]))
        second = replace(second, mentions=(same, *second.mentions))
    spans = first.years.span is not None or len(first.years.all) > 1
    return second if second.years.named or not spans else replace(second, years=first.years)
