"""Conditions on measures: taken away, in part, later or earlier; and on what the model has no lever for."""

from __future__ import annotations

import re

from tools.roadmap import condition_operators as w
from tools.roadmap.condition_parts import (
    END,
    NEAR,
    NEAR_EN,
    Part,
    clause_of,
    first,
    gone,
    lag_years,
    lagged,
    number_of,
    scaled,
)
from tools.roadmap.condition_problems import no_amount, not_modelled, share_of_lever
from tools.roadmap.condition_words import GOALS


def bind_measure(part: Part) -> None:
    """A measure (or removals, or non-fossil power as a measure): taken away, in part, later or earlier."""
    key, scope = part.name.key, clause_of(part.post)
    whole = part.pre[-14:] + "｜" + scope
    years = lag_years(part)
    if years is not None and key != "removals":
        part.changes.append(lagged(key, years))
        return
    if gone(part):
        part.changes.append(scaled(key, 0.0))
        return
    discount = w.DISCOUNT.search(scope)
    if discount:
        part.changes.append(scaled(key, 10 * w.value_of(discount[1])))
        return
    if w.HALF.search(whole):
        part.changes.append(scaled(key, 50.0))
        return
    if w.DOUBLE.search(whole):
        part.changes.append(scaled(key, 200.0))
        return
    if _in_percent(part, key, scope):
        return
    paced = (
        w.PACE.search(scope[:10])
        or w.PACE.search(part.pre[-10:])
        or w.LATER.search(scope[:8])
        or w.LATER.search(part.pre[-8:])
    )
    if paced or w.EARLIER.search(scope[:6]):
        part.weak = no_amount(key)


def _in_percent(part: Part, key: str, scope: str) -> bool:
    """A percentage beside a measure: less or more by it, only so much of it, or a share it cannot be set to."""
    m = w.PERCENT.search(scope)
    before = [
        x
        for x in w.PERCENT.finditer(part.pre)
        if len(part.pre) - x.end() <= (NEAR_EN if part.pre[-1:].isascii() else NEAR)
        and not END.search(part.pre[x.end() :])
    ]
    if m is None and not before:
        return False
    if m is None:
        m, lead, tail = before[-1], part.pre[: before[-1].start()][-10:], part.pre[before[-1].end() :]
        part.claim(m, before=True)
    else:
        lead, tail = scope[: m.start()], scope[m.end() :][:14]
        part.claim(m, before=False)
    value = number_of(m)
    only = re.search(
        r"(?:只|仅|才|剩)\S{0,4}$|only\b.{0,24}$|just\b.{0,24}$|of (?:the )?(?:planned|scenario)",
        lead + tail,
        re.IGNORECASE,
    )
    of_plan = re.search(
        r"^\s*(?:的(?:部署|规模|力度|量|计划|预期)|of (?:the )?(?:plan|scenario|deploy|expected))", tail, re.IGNORECASE
    )
    done = re.search(r"(?:完成|落实|实现|兑现|deliver\w*|achiev\w*|implement\w*)\S{0,6}\s*$", lead, re.IGNORECASE)
    if only or of_plan or done or before:
        part.changes.append(scaled(key, value))
    elif w.RATE.search(lead) or re.search(r"(?:到|至|为|达|reach\w*|\bto)\s*$", lead, re.IGNORECASE):
        part.problem = share_of_lever(key)
    elif w.LESS.search(lead + tail):
        part.changes.append(scaled(key, max(100.0 - value, 0.0)))
    elif w.MORE.search(lead + tail):
        part.changes.append(scaled(key, 100.0 + value))
    else:
        part.problem = share_of_lever(key)
    return True


def bind_unmodelled(part: Part) -> None:
    """Something the model has no lever for: refused where a change of it is named."""
    thing, scope = part.name.unmodelled, clause_of(part.post)
    assert thing is not None
    changed = lag_years(part) is not None
    amount = first(part, w.PERCENT, reach=20) or first(part, w.POINTS, reach=20)
    if amount is not None and not _HANDS_ON.search(part.post):
        part.claim(amount[0], before=amount[1])
        changed = True
    changed = (
        changed
        or gone(part)
        or bool(w.HALF.search(scope) or w.DOUBLE.search(scope) or w.NIL.search(part.pre[-8:] + scope))
    )
    if changed or thing.operator:
        part.problem = not_modelled(thing)
    else:
        part.weak = not_modelled(thing)


_HANDS_ON = re.compile(
    r"\b(?:take|bring|push|raise|lift)|把|使|让|将", re.IGNORECASE
)  # wind and solar take the share to 45 %


def is_goal(part: Part) -> bool:
    """Whether a peak or net zero is named, a result that is no lever."""
    return part.name.unmodelled is GOALS


def bind_goal(part: Part, taken: list[tuple[int, int]]) -> None:
    """A peak or a net-zero year some years earlier or later: a result, which cannot be set."""
    years = lag_years(part)
    (span,) = part.claimed or [(0, 0)]
    near = -3 <= span[0] - part.name.end <= 5 or -3 <= part.name.start - span[1] <= 3
    if years is None or not near or any(a < span[1] and span[0] < b for a, b in taken):
        part.claimed.clear()
        return
    part.problem = not_modelled(GOALS)
