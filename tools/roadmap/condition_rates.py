"""Conditions on rates: growth of GDP by points or to a level, the non-fossil share of energy or power."""

from __future__ import annotations

import re
from typing import Any

from tools.roadmap import condition_operators as w
from tools.roadmap.condition_parts import NEAR, Part, clause_of, direction, first, gone, number_of
from tools.roadmap.condition_problems import no_amount


def bind_growth(part: Part) -> None:
    """Every change of growth named: points, a level, none at all; a problem where its size was not said."""
    until = _until(part)
    extra = {"year": until} if until else {}
    scope = clause_of(part.post)
    points = list(w.POINTS.finditer(part.post)) if not w.PERCENT.search(scope) or w.POINTS.search(scope) else []
    before = [m for m in w.POINTS.finditer(part.pre) if len(part.pre) - m.end() <= NEAR] if not points else []
    for i, m in enumerate(points or before[-1:]):
        words = part.post if points else part.pre
        part.claim(m, before=not points)
        sign = direction(words, m, part.pre if points and not i else "", part.post if not points else "", leading=not i)
        value = number_of(m)
        part.changes.append({"kind": "growth", "value": value if value < 0 else sign * value, **extra})
    if part.changes:
        return
    percent = first(part, w.PERCENT, reach=28)
    if percent is not None:
        _growth_percent(part, *percent, extra)
        return
    if w.NIL.search(part.pre[-14:] + part.said + scope[:14]) or gone(part):
        part.changes.append({"kind": "growth_level", "value": 0.0, **extra})
        return
    half = w.HALF.search(scope) or w.DOUBLE.search(scope)
    moved = w.LESS.search(scope[:8]) or w.MORE.search(scope[:8]) or w.PACE.search(part.pre[-10:] + scope[:8])
    if half:
        part.problem = no_amount("growth")
    elif moved:
        part.weak = no_amount("growth")


def _growth_percent(part: Part, m: re.Match[str], before: bool, extra: dict[str, Any]) -> None:
    """A percentage beside growth: a level (增速5%, grows 4 % a year), or points where a word of change stands by it."""
    part.claim(m, before=before)
    words = part.pre if before else part.post
    lead = words[: m.start()][-8:]
    verb = re.search(r"grow\w*$|econom\w*$|增长$", part.said, re.IGNORECASE)
    set_to = re.search(
        r"(?:到|至|为|在|达|是|\bto|\bat|\bof|=|\bis|\bare)\s*(?:约|about|around|only|just|仅|只)?\s*$",
        lead,
        re.IGNORECASE,
    )
    moved = w.LESS.search(words[max(0, m.start() - 10) : m.end() + 8]) or w.MORE.search(
        words[max(0, m.start() - 10) : m.end() + 8]
    )
    if moved and not set_to and not verb and abs(number_of(m)) <= 3:
        sign = direction(words, m, part.pre if not before else "", "", leading=True)
        part.changes.append({"kind": "growth", "value": sign * number_of(m), **extra})
        return
    part.changes.append({"kind": "growth_level", "value": number_of(m), **extra})


def _until(part: Part) -> int | None:
    """The last year of a change of growth, where a plan or a span is named by it."""
    amount = w.POINTS.search(part.post) or w.PERCENT.search(part.post)
    near = part.pre[-20:] + "｜" + part.post[: amount.start() if amount else 0]
    for pattern, year in w.PLANS:
        if pattern.search(near):
            return year
    span = w.SPAN.search(near)
    return int(span[1] or span[2]) if span else None


_POWER = re.compile(r"电力|发电|用电|电量|power|electricity|\bgrid\b|电源", re.IGNORECASE)
_ENERGY = re.compile(r"能源消费|一次能源|能源结构|energy consumption|primary energy|of (?:the )?energy", re.IGNORECASE)


def bind_share(part: Part, text: str) -> bool:
    """Every non-fossil share named, each with the year nearest to it; False where none is."""
    after = list(w.PERCENT.finditer(part.post))
    before = [m for m in w.PERCENT.finditer(part.pre) if len(part.pre) - m.end() <= NEAR]
    points = list(w.POINTS.finditer(clause_of(part.post)))
    if points and not (after and after[0].start() < points[0].start()):
        m = points[0]
        part.claim(m, before=False)
        kind = "nonfossil_power" if _of_power(part, text, part.name.end + m.start()) else "nonfossil_energy"
        sign = direction(part.post, m, part.pre, "", leading=True)
        year = _year_near(text, part.name.end + m.start())
        part.changes.append({"kind": kind, "value": sign * number_of(m), "year": year, "points": True})
        return True
    for m in after or before[-1:]:
        at = m.start() + (part.name.end if after else part.name.start - len(part.pre))
        lead = part.post[: m.start()] if after else ""
        less = re.search(r"(?:少|低|减|降|下降|减少|降低|lower|less|cut|down)\s*(?:了|by)?\s*$", lead, re.IGNORECASE)
        if less and not w.RATE.search(lead) and not w.TO.search(lead[-3:]):
            return False  # 非化石电力少20%: the extent of the measure, no share
        part.claim(m, before=not after)
        kind = "nonfossil_power" if _of_power(part, text, at) else "nonfossil_energy"
        part.changes.append({"kind": kind, "value": number_of(m), "year": _year_near(text, at)})
    return bool(part.changes)


def _of_power(part: Part, text: str, at: int) -> bool:
    """Whether a share is one of the power used, not of primary energy."""
    around = text[max(0, part.name.start - 2) : max(at, part.name.end + 6)]
    if _ENERGY.search(around):
        return False
    if _POWER.search(around) or re.search(r"电", text[part.name.start : part.name.end]):
        return True
    ahead = re.split(r"[，,;；。?？]", text[max(0, part.name.start - 12) : part.name.start])[-1]
    behind = re.split(r"[，,;；。?？]", text[at : at + 24])[0]
    return bool(
        re.search(r"(?:电力|发电|用电|电量|electricity|power)(?:量|结构)?(?:中|里|的|有)?", ahead)
        or re.search(r"(?:of|in) (?:the )?(?:its )?(?:power|electricity|generation)|的(?:电|发电|电力)", behind)
    )


def _year_near(text: str, at: int) -> int | None:
    """The year that stands nearest to a share, in its clause first."""
    clause = len(re.split(r"[，,;；。?？]", text[:at]))
    years = sorted(
        w.YEAR.finditer(text),
        key=lambda y: (len(re.split(r"[，,;；。?？]", text[: y.start()])) != clause, abs(y.start() - at)),
    )
    return int(years[0][1]) if years else None
