"""The grammar of conditions: lever x operator x amount, in any order and number, Chinese and English.

``conditions(text)`` finds every lever a text names (``condition_words.py``), gives each the words about it up to the next
lever, and reads there what is done to it: taken away, halved, set to a share, moved by points or years. A lever joined to
the next ("CCUS和氢能都推迟5年", "without capture or removals") takes its operator. What names a change and could not be
read, or is no lever of the model, is a problem and never left out in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from data.errors import TanluError
from tools.roadmap import condition_operators as w
from tools.roadmap.condition_measures import bind_goal, bind_measure, bind_unmodelled, is_goal
from tools.roadmap.condition_parts import END, NEAR_EN, Name, Part, lagged, number_of, scaled
from tools.roadmap.condition_problems import not_modelled, unread
from tools.roadmap.condition_rates import bind_growth, bind_share
from tools.roadmap.condition_words import patterns

_JOINER = re.compile(
    r"\s*(?:、|和|与|及|以及|或者?|还有|跟|\band\b|\bor\b|\bnor\b|/|&|\+)\s*(?:the |any |of |也|都)?\s*", re.IGNORECASE
)
_COMMA = re.compile(r"\s*[，,]\s*")
_MEASURES = frozenset({"CCUS", "H2", "ELEC", "EFF", "MATEFF", "PROC", "FUEL", "STRUCT", "measures"})
_ASKS = re.compile(
    r"多少|几|哪|吗|能否|可行|够|怎样|如何|\bwhat\b|how (?:much|many|far)|\bcan\b|\bcould\b|\bfeasib", re.IGNORECASE
)


@dataclass
class Found:
    """What a text's conditions come to: ``changes`` as fields of Override, problems that must be said, and levers only named."""

    changes: list[dict[str, Any]] = field(default_factory=list)
    problems: list[TanluError] = field(default_factory=list)
    weak: list[TanluError] = field(default_factory=list)  # problems only where the text is a condition at all
    named: tuple[Name, ...] = ()


@lru_cache(maxsize=256)
def names(text: str) -> tuple[Name, ...]:
    """The levers and drivers named, in the order of the text, the longest name where several fit."""
    hits: list[Name] = []
    for key, thing, pattern in patterns():
        hits += [Name(key, m.start(), m.end(), thing) for m in pattern.finditer(text)]
    out: list[Name] = []
    for hit in sorted(hits, key=lambda n: (n.start - n.end, n.start)):
        if all(hit.end <= o.start or o.end <= hit.start for o in out):
            out.append(hit)
    out.sort(key=lambda n: n.start)
    return tuple(n for i, n in enumerate(out) if not (i and _belongs(n, out[i - 1], text)))


def _belongs(name: Name, before: Name, text: str) -> bool:
    """Whether a name only says more of the one right before it (CCUS部署, 外来电零增长)."""
    if text[before.end : name.start] not in ("", "的", " "):
        return False
    return name.key == "measures" or (before.unmodelled is not None and text[name.start] == "零")


def conditions(text: str) -> Found:
    """Every condition of a text."""
    known = names(text)
    parts = list(_parts(text, known))
    for before, part in zip((None, *parts), parts, strict=False):
        if before is not None:  # what the lever before took is not this one's (CCUS推迟5年氢能减半)
            taken_to = max((end for _, end in before.claimed), default=0)
            part.pre = part.pre[max(0, taken_to - (part.name.start - len(part.pre))) :]
        if not is_goal(part):
            _bind(part, text)
    for part in (p for p in parts if is_goal(p)):  # a delay of measures that stands by a goal is no change of the goal
        bind_goal(part, [span for p in parts for span in p.claimed])
    _inherit(parts, text)
    found = Found(named=known)
    for part in parts:
        found.changes += [c for c in part.changes if c not in found.changes]
        found.problems += [part.problem] if part.problem else []
        found.weak += [part.weak] if part.weak else []
    if found.changes or w.IF.search(text):
        found.problems += [e for e in found.weak if e.code == "no_amount"]
    taken = [span for part in parts for span in part.claimed]
    if not any(c["kind"] == "lag" and c.get("lever") is None for c in found.changes):
        found.changes += _bare_lag(text, taken)
    found.problems += _unread(text, taken, known, conditional=bool(found.changes) or w.IF.search(text) is not None)
    return found


def _parts(text: str, known: tuple[Name, ...]) -> Iterator[Part]:
    """Each lever with what stands before and after it, up to the last clause end between two levers."""
    for i, name in enumerate(known):
        low = known[i - 1].end if i else 0
        high = known[i + 1].start if i + 1 < len(known) else len(text)
        if i:
            gap = text[low : name.start]
            low += max((m.end() for m in END.finditer(gap)), default=0)
        if i + 1 < len(known):
            gap = text[name.end : high]
            ends = [m.start() for m in END.finditer(gap)]
            high = name.end + (ends[-1] if ends else len(gap))
        yield Part(name, text[name.start : name.end], text[low : name.start], text[name.end : high])


def _inherit(parts: list[Part], text: str) -> None:
    """A lever without an operator takes that of the lever it is joined to, the one before it first."""

    def joined(i: int) -> bool:
        gap = text[parts[i].name.end : parts[i + 1].name.start]
        if _JOINER.fullmatch(gap):
            return True
        return bool(_COMMA.fullmatch(gap)) and i + 2 < len(parts) and joined(i + 1)

    def take(to: Part, source: Part) -> None:
        if to.bound or not source.bound:
            return
        if to.name.unmodelled is not None:
            to.problem = not_modelled(to.name.unmodelled)
            return
        if to.name.key not in (*_MEASURES, "removals", "share"):
            return
        for change in source.changes:
            again = _for_key(to.name.key, change)
            to.changes += [again] if again else []

    for i in range(len(parts) - 1):
        if joined(i):
            take(parts[i + 1], parts[i])
    for i in reversed(range(len(parts) - 1)):
        if joined(i):
            take(parts[i], parts[i + 1])


def _for_key(key: str, change: dict[str, Any]) -> dict[str, Any] | None:
    """The same operator on another lever; None where it has none such."""
    kind = change["kind"]
    percent = {"no_ccus": 0.0, "no_removals": 0.0}.get(kind, change.get("value"))
    if kind in ("no_ccus", "no_removals", "scale", "removals") and percent is not None:
        return scaled(key, percent)
    if kind == "lag" and key not in ("removals",):
        return lagged(key, change["value"])
    return None


def _bind(part: Part, text: str) -> None:
    """Read what is done to one lever."""
    key = part.name.key
    if part.name.unmodelled is not None:
        bind_unmodelled(part)
    elif key == "growth":
        bind_growth(part)
    elif key == "share" and bind_share(part, text):
        return
    else:
        bind_measure(part)


def _bare_lag(text: str, taken: list[tuple[int, int]]) -> list[dict[str, Any]]:
    """A delay without its lever: all measures are meant (推迟5年会怎样, a five-year delay)."""
    for m in w.YEARS.finditer(text):
        if number_of(m) > 60 or any(a < m.end() and m.start() < b for a, b in taken):
            continue
        near = text[max(0, m.start() - 10) : m.end() + 10]
        later, earlier = w.LATER.search(near), w.EARLIER.search(near)
        if later or earlier:
            taken.append((m.start(), m.end()))
            return [{"kind": "lag", "value": number_of(m) if later else -number_of(m)}]
    return []


_TAKEN_AWAY = w.pattern(
    r"(?<!用)不用|(?<!要)不要|(?<!搞)不搞|(?<!上)不上|去掉|取消|扣除|剔除|(?<=[若果])没有|\bwithout\b|\bw/o\b|\bexcluding\b",
)
_NOTHING = w.pattern(
    r"\s*(?:它|这|那|其|任何(?:变化|影响)|变化|影响|我|您|自有|自己|数据|说|管|的话|了|额外|my\b|our\b|any (?:change|effect)|change|it\b|this\b",
    r"that\b|own\b|further)",
)


def _unread(text: str, taken: list[tuple[int, int]], known: tuple[Name, ...], *, conditional: bool) -> list[TanluError]:
    """Amounts and takings-away that no lever took: they would be dropped in silence."""
    if not conditional:
        return []
    out: list[TanluError] = []
    for pattern in (w.PERCENT, w.POINTS):
        for m in pattern.finditer(text):
            said = _around(text, m.start(), m.end())
            free = not any(a < m.end() and m.start() < b for a, b in taken)
            if (
                free
                and not _ASKS.search(said)
                and not re.search(r"减排|减碳|排放|目标|emission|target", said, re.IGNORECASE)
            ):
                out.append(unread(said))
    for m in _TAKEN_AWAY.finditer(text):
        if any(a <= m.start() < b for a, b in taken) or _NOTHING.match(text, m.end()):
            continue
        rest = re.split(r"[，,;；。?？]", text[m.end() :])[0].strip()
        if rest and not any(m.end() <= n.start <= m.end() + NEAR_EN for n in known):
            out.append(unread(f"{m[0]} {rest}" if m[0].isascii() else m[0] + rest))
    return out[:1]


def _around(text: str, start: int, end: int) -> str:
    """The clause in which an amount stands."""
    ends = [m.end() for m in re.finditer(r"[，,;；。?？]", text[:start])]
    tail = re.search(r"[，,;；。?？]", text[end:])
    return text[(ends[-1] if ends else 0) : end + (tail.start() if tail else len(text) - end)].strip()


__all__ = ["Found", "Name", "conditions", "names"]
