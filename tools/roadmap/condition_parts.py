"""A lever in a text with the words about it, and what every kind of condition reads in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tools.roadmap import condition_operators as w

if TYPE_CHECKING:
    from data.errors import TanluError
    from tools.roadmap.condition_words import Unmodelled

END = re.compile(
    r"[，,;；。.?？!！](?!\d)|\s且|(?<!而)且(?!不)|并(?!网)|同时|加上|另外|再(?:把|让|加|去|不)|也(?=不|没|去|把)|而(?!言)|\b(?:and|but|plus|while|with)\b",
    re.IGNORECASE,
)
NEAR, NEAR_EN = 12, 26  # characters between an operator and its lever


@dataclass(frozen=True, slots=True)
class Name:
    """A lever named, with its place in the text; ``unmodelled`` where the model has none such."""

    key: str
    start: int
    end: int
    unmodelled: Unmodelled | None = None


@dataclass
class Part:
    """One lever (``said`` in the text) with the words before and after it, and what was read in them."""

    name: Name
    said: str
    pre: str
    post: str
    changes: list[dict[str, Any]] = field(default_factory=list)
    problem: TanluError | None = None
    weak: TanluError | None = None
    claimed: list[tuple[int, int]] = field(default_factory=list)

    @property
    def bound(self) -> bool:
        return bool(self.changes) or self.problem is not None

    def claim(self, match: re.Match[str], *, before: bool) -> None:
        """An amount or operator read: its place in the text."""
        offset = self.name.start - len(self.pre) if before else self.name.end
        self.claimed.append((match.start() + offset, match.end() + offset))


def scaled(key: str, percent: float) -> dict[str, Any]:
    """``percent`` of what the scenario has of a lever."""
    if key == "removals":
        return {"kind": "no_removals"} if percent == 0 else {"kind": "removals", "value": percent}
    if key == "CCUS" and percent == 0:
        return {"kind": "no_ccus"}
    lever = {"measures": None, "share": "RENEW"}.get(key, key)
    return {"kind": "scale", "value": percent} | ({"lever": lever} if lever else {})


def lagged(key: str, years: float) -> dict[str, Any]:
    """A lever, or all measures, later by years (earlier: negative)."""
    lever = {"measures": None, "share": "RENEW"}.get(key, key)
    return {"kind": "lag", "value": years} | ({"lever": lever} if lever else {})


def first(part: Part, pattern: re.Pattern[str], *, reach: int = 40) -> tuple[re.Match[str], bool] | None:
    """The first match after the lever, in its clause or the next ones, else the last one right before it; with which it was."""
    found = pattern.search(part.post[:reach])
    if found:
        return found, False
    most = NEAR_EN if part.pre[-1:].isascii() else NEAR
    before = [
        m for m in pattern.finditer(part.pre) if len(part.pre) - m.end() <= most and not END.search(part.pre[m.end() :])
    ]
    return (before[-1], True) if before else None


def clause_of(post: str) -> str:
    """What follows a lever up to the end of its clause."""
    end = END.search(post)
    return post[: end.start()] if end else post


def gone(part: Part) -> bool:
    """Whether the lever is taken away, before it or after it."""
    near = NEAR_EN if re.search(r"[a-z]", part.pre[-8:] + part.post[:8], re.IGNORECASE) else NEAR
    for m in w.GONE_BEFORE.finditer(part.pre):
        between = part.pre[m.end() :]
        if len(between) <= near and not END.search(between):
            part.claim(m, before=True)
            return True
    after = w.GONE_AFTER.search(clause_of(part.post)[:near])
    if after:
        part.claim(after, before=False)
    return after is not None


def number_of(m: re.Match[str]) -> float:
    """The number of an amount; 三成 and 3成 as per cent."""
    named = {k: v for k, v in m.groupdict().items() if v and k != "sign"}
    (group, text), *_ = named.items()
    if m.re is w.PERCENT and group in ("f", "g"):
        return w.fraction(text)
    value = w.value_of(text)
    if m.re is w.PERCENT and group in ("c", "d"):
        value *= 10
    return -value if m.groupdict().get("sign") else value


def lag_years(part: Part) -> float | None:
    """Years by which a lever comes later (earlier: negative), with a word of delay by it."""
    hit = first(part, w.YEARS)
    if hit is None or number_of(hit[0]) > 60:
        return None
    m, before = hit
    words = part.pre if before else part.post
    near = (part.pre[-10:] if not before else "") + words[max(0, m.start() - 12) : m.end() + 10]
    later, earlier = w.LATER.search(near), w.EARLIER.search(near)
    if not (later or earlier):
        return None
    part.claim(m, before=before)
    return number_of(m) if later else -number_of(m)


def direction(words: str, m: re.Match[str], ahead: str, behind: str, *, leading: bool) -> float:
    """-1 or 1: the word of direction nearest before the amount, else right after it, else ahead of the lever."""
    before = words[: m.start()] if leading else words[max(0, m.start() - 8) : m.start()]
    found = [(x.start(), -1.0) for x in w.LESS.finditer(before)] + [(x.start(), 1.0) for x in w.MORE.finditer(before)]
    if found:
        return max(found)[1]
    after = re.split(r"[，,;；。]|\bor\b|\band\b|和|或", words[m.end() : m.end() + 12] + behind[:12])[0]
    found = [(x.start(), -1.0) for x in w.LESS.finditer(after)] + [(x.start(), 1.0) for x in w.MORE.finditer(after)]
    if found:
        return min(found)[1]
    found = [(x.start(), -1.0) for x in w.LESS.finditer(ahead[-30:])] + [
        (x.start(), 1.0) for x in w.MORE.finditer(ahead[-30:])
    ]
    return max(found)[1] if found else 1.0
