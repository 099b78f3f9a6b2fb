"""The platform checklist: ISC双碳平台自评表, our platform has 4.2, 4.4 and 5.1.1; what is missing?"""

from __future__ import annotations

import re

from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading

_CLAUSE = re.compile(r"(?<![\d.])[45]\.\d(?:\.\d)?(?![\d.]*\d)(?!\s*%)")
_STATUS = re.compile(
    r"(?P<partly>部分|partly|partially|in part)|(?P<no>没有|不具备|缺少|还缺|未建|无|lacks?|without|\bno\b|\bnot\b|missing)"
    r"|(?P<yes>具备|已有|有|建成|实现|\bhas\b|\bhave\b|\byes\b)|(?P<end>[;；。!?！？])",
    re.IGNORECASE,
)


def _vote(reading: Reading) -> float:
    platform = reading.has("isc_platform") or "isc-dcmsp-1" in reading.documents
    if not platform:
        return 0.0
    if reading.has("isc_checklist"):
        return 8.5
    return 8.5 if reading.has("isc_status") and _CLAUSE.search(reading.text) else 0.0


def _answers(text: str) -> dict[str, list[str]]:
    """Clause numbers by the status word that stands before them; without one they are there."""
    out: dict[str, list[str]] = {}
    marks = [(m.start(), m.lastgroup or "yes") for m in _STATUS.finditer(text)]
    for found in _CLAUSE.finditer(text):
        before = [kind for at, kind in marks if at < found.start()]
        status = before[-1] if before and before[-1] != "end" else "yes"
        if status == "yes" and len(before) > 1 and before[-2] == "partly":
            status = "partly"  # 部分具备
        out.setdefault(status, []).append(found[0])
    return {status: list(dict.fromkeys(clauses)) for status, clauses in out.items()}


def _compile(reading: Reading) -> list[Call]:
    enterprise = reading.find(r"企业侧|企业端|企业版|enterprise|company")
    government = reading.find(r"政府侧|政府端|园区|政府版|government|\bparks?\b")
    side = "enterprise" if enterprise and not government else "government" if government and not enterprise else None
    found = _answers(reading.text)
    if side is not None and any(
        c.startswith("5.1" if side == "enterprise" else "5.2") for cs in found.values() for c in cs
    ):
        side = None
    return [Call("isc_checklist", trimmed({**found, "side": side}))]


LANE = Lane("isc_checklist", _vote, _compile, whole=True)
