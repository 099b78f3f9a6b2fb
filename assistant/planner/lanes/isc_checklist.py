"""The platform checklist: ISC双碳平台自评表, our platform has 4.2, 4.4 and 5.1.1; what is missing?"""

from __future__ import annotations

import re

from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading

_CLAUSE = re.compile(r"(?<![\d.])[45]\.\d(?:\.\d)?(?![\d.]*\d)(?!\s*%)")
_STATUS = re.compile(
    r"(?P<partly>部分|partly|partially|in part)|(?P<no>没有|不具备|缺少|还缺|未建|无|lacks?|without|\bno\b|\bnot\b|missing)"
    r"|(?P<yes>具备|已有|有|建成|实现|\bhas\b|\bhave\b|\byes\b)",
    re.IGNORECASE,
)
_COMMA = re.compile(r"[,，]")
_RANGE = re.compile(r"([45]\.(?:\d\.)?)(\d)\s*(?:[-—–~～]+|至|到|to)\s*\1(\d)(?![\d.])")
_SENTENCE = re.compile(r"[;；。!?！？\n]|\.(?=\s|$)")


# The seven layers by their names, with the clauses that describe them.
_LAYERS = tuple(
    (re.compile(pattern, re.IGNORECASE), clause)
    for pattern, clause in (
        (r"数据采集(?:层)?|采集层|data collection(?: layer)?", "4.2"), (r"基础设施(?:层)?|infrastructure(?: layer)?", "4.3"),
        (r"技术支撑(?:层)?|technical support(?: layer)?", "4.4"), (r"数据管理(?:层)?|data management(?: layer)?", "4.5"),
        (r"算法(?:模型)?层?|模型层|(?:algorithms?|models?)(?: and models?)?(?: layer)?", "4.6"),
        (r"应用层|application layer", "4.7"), (r"展示层|(?:presentation|display) layer", "4.8"),
    )
)  # fmt: skip


def _numbered(text: str) -> str:
    """A text with the layers' names as the numbers of their clauses, where it gives none itself."""
    if _CLAUSE.search(text):
        return text
    for pattern, clause in _LAYERS:
        text = pattern.sub(f" {clause} ", text)
    return text


def _vote(reading: Reading) -> float:
    platform = reading.has("isc_platform") or "isc-dcmsp-1" in reading.documents
    if not platform:
        return 0.0
    if reading.has("isc_checklist"):
        return 8.5
    return 8.5 if reading.has("isc_status") and _CLAUSE.search(reading.text) else 0.0


def _answers(text: str) -> dict[str, list[str]]:
    """Clause numbers by status; without a status word a clause is there.

    Where a part between commas begins with its clauses the status stands after them (4.2、4.4具备，5.1.1部分具备), else before
    (已具备4.2、4.4，部分具备5.1.1). A part of clauses alone goes on with a status said before, else waits for one said after.
    """
    out: dict[str, list[str]] = {}
    for sentence in _SENTENCE.split(_RANGE.sub(_spelled, text)):
        said: str | None = None  # a status that goes on
        waiting: list[str] = []  # clauses whose status is still to come
        for part in _COMMA.split(sentence):
            marks = _marks(part)
            after = bool(marks) and marks[0][0] == "clause" and any(kind != "clause" for kind, _ in marks)
            if after:
                said = None
            for kind, word in marks:
                if kind == "clause" and said is not None and not after:
                    out.setdefault(said, []).append(word)
                elif kind == "clause":
                    waiting.append(word)
                elif waiting:
                    out.setdefault(kind, []).extend(waiting)
                    waiting = []
                else:
                    said = kind
        out.setdefault("yes", []).extend(waiting)
    return {kind: list(dict.fromkeys(clauses)) for kind, clauses in out.items() if clauses}


def _spelled(found: re.Match[str]) -> str:
    """A range of clauses as a list: 4.2—4.8 is 4.2、4.3、…、4.8."""
    head, first, last = found[1], int(found[2]), int(found[3])
    return "、".join(f"{head}{n}" for n in range(first, last + 1)) if first < last else found[0]


def _marks(sentence: str) -> list[tuple[str, str]]:
    """Clauses and status words in their order; 部分 with 具备 behind it is one status."""
    found = [(m.start(), m.lastgroup or "yes", m[0]) for m in _STATUS.finditer(sentence)]
    found += [(m.start(), "clause", m[0]) for m in _CLAUSE.finditer(sentence)]
    out: list[tuple[str, str]] = []
    for _, kind, said in sorted(found):
        if kind == "yes" and out and out[-1][0] == "partly":
            continue
        out.append((kind, said))
    return out


def _compile(reading: Reading) -> list[Call]:
    enterprise = reading.find(r"企业侧|企业端|企业版|enterprise|company")
    government = reading.find(r"政府侧|政府端|园区|政府版|government|\bparks?\b")
    side = "enterprise" if enterprise and not government else "government" if government and not enterprise else None
    found = _answers(_numbered(reading.text))
    if side is not None and any(
        c.startswith("5.1" if side == "enterprise" else "5.2") for cs in found.values() for c in cs
    ):
        side = None
    return [Call("isc_checklist", trimmed({**found, "side": side}))]


LANE = Lane("isc_checklist", _vote, _compile, whole=True)
