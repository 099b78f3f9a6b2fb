"""The user's own files: 根据我上传的文件，…, what does my document say on …, and files named by their titles."""

from __future__ import annotations

import re

from assistant.planner.cues import cues
from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading

_EDGES = re.compile(r"^[\s,，。:：;；、的里中]+|[\s,，:：;；]+$")
_ASKING = re.compile(r"^(?:according to|based on|in|from|per|根据|依据|按照?|请问|那么)\s*", re.IGNORECASE)


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
        return 10.0
    return 9.0 if _titles(reading) else 0.0


def _compile(reading: Reading) -> list[Call]:
    """The question without the words that only say where to look."""
    text = cues()["own_documents"].sub(" ", reading.text)
    while (plain := _ASKING.sub("", _EDGES.sub("", text))) != text:
        text = plain
    titles = _titles(reading)
    return [
        Call("own_documents", trimmed({"question": text or reading.text, "document": titles[0] if titles else None}))
    ]


LANE = Lane("own_documents", _vote, _compile, whole=True)
