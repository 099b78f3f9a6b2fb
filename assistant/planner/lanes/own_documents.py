"""The user's own files: 根据我上传的文件，…, what does my document say on …, and files named by their titles.

Where a question wants our own figure beside the file's (我的文件说…，真实数据是多少), the same question without the file is
planned as well: the answer gives the passage, then the figure of the data.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.planner.cues import cues
from assistant.planner.lanes import Lane
from assistant.planner.memory import Before, remember
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading, read

_EDGES = re.compile(r"^[\s,，。:：;；、?？的里中]+|[\s,，:：;；?？]+$")
_ASKING = re.compile(r"^(?:according to|based on|in|from|per|根据|依据|按照?|请问|那么)\s*", re.IGNORECASE)
CHECK = "own_check_context"
# What a file is said to claim is no part of what is asked of the data: its verb and its amount.
_SAYS = re.compile(
    r"(?:声|宣)?称|写(?:道|着|明|的是)?|说(?:的是|的)?|指出|给出|提到|显示|记载|(?:里|中|上)的?|"
    r"\b(?:says?|states?|claims?|gives?|reports?|puts?|writes?|shows?|mentions?|that|as)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"(?:是|为|约|达|达到|了)*\s*(?<![\d.])(?!(?:19|20)\d{2}\s*年)\d[\d,]*(?:\.\d+)?\s*(?:多|余|左右)?\s*"
    r"(?:[百千万亿]*吨(?:二氧化碳)?|[百千万亿]+(?:元|千瓦时|度|人)?|%|％|(?:Mt|Gt|kt|t)\b(?:\s*CO2e?)?|"
    r"(?:million|billion|thousand)?\s*(?:tonnes?|tons?)\b|(?:million|billion|thousand)\b)",
    re.IGNORECASE,
)


def _titles(reading: Reading) -> list[str]:
    """Titles of own documents that the question names; none where they cannot be read."""
    from data.errors import TanluError
    from knowledge.ingest.shelf import open_shelf

    try:
        return [d.title for d in open_shelf().named_in(reading.raw)]
    except TanluError:  # what is wrong with the store is said where it is searched
        return []


def _vote(reading: Reading) -> float:
    if reading.has("own_documents"):
        return 40.0  # whatever else is named, the file is what is asked
    return 40.0 if _titles(reading) else 0.0


def _compile(reading: Reading) -> list[Call]:
    """The question without the words that only say where to look, and the same of our data where that is asked too."""
    titles = _titles(reading)
    asked = _without(reading.text, "own_documents") or reading.text
    checked = reading.has(CHECK)
    # "the real figure" is not looked for in the file
    sought = _without(asked, CHECK) if checked else asked
    call = Call("own_documents", trimmed({"question": sought or asked, "document": titles[0] if titles else None}))
    if not checked:
        return [call]
    for title in titles:
        asked = asked.replace(title, " ")
    return [call, *of_data(asked)]


def of_data(asked: str) -> list[Call]:
    """A question about a file as one to our data; no calls where it names nothing that the data hold."""
    from assistant.planner.compile import plan  # which knows this lane in turn

    text = _AMOUNT.sub(" ", _SAYS.sub(" ", _without(asked, CHECK)))
    calls = plan(" ".join(text.split()), Before()).calls if text.strip() else ()
    return [c for c in calls if c.tool not in ("own_documents", "policy_search", "about")]


def asked_again_of_data(reading: Reading, before: Before) -> tuple[Reading, Before] | None:
    """那真实数据呢 after a question to a file: what is left to read of it, and the memory as if our data had been asked.

    None where the turn before asked no file, or nothing that the data hold.
    """
    if before.tool != "own_documents" or not reading.has(CHECK) or reading.has("own_documents"):
        return None
    calls = of_data(_without(str(before.args.get("question", "")), "own_documents"))
    if not calls:
        return None
    made = tuple((c.tool, c.args) for c in calls)
    return read(_without(reading.text, CHECK)), replace(remember(*made[0], before.question, before.earlier), calls=made)


def _without(text: str, cue: str) -> str:
    """A text without the words of a cue and what they leave at its edges."""
    left = cues()[cue].sub(" ", text)
    while (plain := _ASKING.sub("", _EDGES.sub("", left))) != left:
        left = plain
    return left


LANE = Lane("own_documents", _vote, _compile, whole=True)
