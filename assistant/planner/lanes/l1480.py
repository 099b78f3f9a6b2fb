"""L.1480 assessments: 按L.1480评估一个远程会议平台的净减排，需要哪些数据, and the net effect from figures given."""

from __future__ import annotations

import math
import re
from typing import Any

from assistant.planner.amounts import amounts
from assistant.planner.compile_io import one_place
from assistant.planner.l1480_amounts import energy_of
from assistant.planner.lanes import Lane
from assistant.planner.numbers import number
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading

# Which input an amount is, by the words in its part of the sentence, the more special first.
_INPUTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("higher_order", r"反弹|更?高阶|诱导|rebound|higher[\s-]order|induction|\bH\s*[=:：]"),
        ("first_order", r"一阶|自身|方案本身|平台本身|设备|耗碳|first[\s-]order|\bown\b|itself|\bF\s*[=:：]"),
        ("with_solution", r"采用|使用后|用后|实施后|上线后|E_?ict|with (?:the |it\b|our )?|after"),
        ("reference", r"参考|基准|原来|没有|不用|E_?ref|reference|baseline|without|before"),
    )
)
_WITHOUT = re.compile(r"不采用|未采用|采用前|without", re.IGNORECASE)
_TIER = re.compile(r"第?([一二三123])级|tier\s*([123]|one|two|three)", re.IGNORECASE)
_TIERS = {"一": 1, "二": 2, "三": 3, "one": 1, "two": 2, "three": 3}
_USERS = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)\s*(万|亿)?\s*(?:个|名|位)?(?:用户|人|员工|users?|people|employees)", re.IGNORECASE
)
_NETTING = re.compile(
    r"抵扣|抵减|抵消|冲抵|扣减|从.{0,12}(?:清单|排放)里?(?:中)?扣|\bnet(?:ted|ting)?\b.{0,30}\b(?:off|from|against|out)\b|offset|deduct|subtract",
    re.IGNORECASE,
)
_CLAIMS = re.compile(
    r"对外(?:宣传|公布|发布|沟通)|公开|宣称|宣传|广告|公众|消费者|\bpublic(?:ly)?\b|\bclaim\w*|advertis|communicat|consumers?",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"评估(?:一个|一款|一套|我们的?|某)([^:：,，。]{2,14}?)(?:的|,|$)"
    r"|assess(?:ment of|ing)? (?:an? |our |the )([a-z \-]{4,40}?)(?: by| under|,|:|$)",
    re.IGNORECASE,
)


_DEFINED = re.compile(
    r"是什么|什么是|指什么|什么意思|啥意思|含义|定义|怎么理解|如何理解|区别|区分|有什么不同|不同|差别|解释|分别指|"
    r"\bwhat(?: is|'s| are| does| do| counts)\b|\bdefin\w+|\bmean(?:s|ing)?\b|\bdifferen\w+|\bdistin\w+|\bexplain\b",
    re.IGNORECASE,
)
_TERMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("reference", r"参考情景|基准情景|参照情景|reference (?:scenario|case)|baseline scenario|counterfactual"),
        ("rebound", r"反弹|rebound"),
        ("tree", r"效应树|后果树|consequence tree"),
        ("net", r"净二阶|净效应|net (?:second[\s-]order )?effect|\bNSOE\b"),
        ("first", r"一阶|first[\s-](?:order)?"),
        ("second", r"(?<!净)二阶|(?<!net )second[\s-](?:order)?"),
        ("higher", r"更?高阶|三阶|higher[\s-](?:order)?|third[\s-]order"),
    )
)
_DATA = re.compile(
    r"数据|资料|输入|\bdata\b|\binputs?\b|怎么评估|如何评估|怎么选|how (?:do|to) (?:i |we )?(?:choose|assess)",
    re.IGNORECASE,
)


def _term(reading: Reading) -> str | None:
    """The term of the standard whose meaning is asked for; ``effects`` for several, None where none is."""
    if not reading.has("l1480_named") or not _DEFINED.search(reading.text) or _DATA.search(reading.text):
        return None
    named = [name for name, pattern in _TERMS if pattern.search(reading.text)]
    if len(named) > 1:
        return "effects"
    return named[0] if named else None


def _asks(reading: Reading) -> str | None:
    """What is asked beside data: whether the effect may be netted off an inventory, claimed in public, or what a term means."""
    if reading.has("l1480_named", "l1480_net") and _NETTING.search(reading.text):
        return "netting"
    told = reading.has("l1480_named") and (_TIER.search(reading.text) or reading.has("l1480_net"))
    if told and _CLAIMS.search(reading.text):
        return "claims"
    given = energy_of(reading).uses or any(s.dimension == "mass" for s in amounts(reading))
    return "definition" if _term(reading) is not None and not given else None


def _vote(reading: Reading) -> float:
    if _asks(reading) is not None:
        return _SURE if _asks(reading) == "definition" else 16.0
    energy = energy_of(reading)
    masses = any(s.dimension == "mass" for s in amounts(reading)) or bool(energy.uses)
    assessing = reading.has("l1480_data_context") or masses
    if reading.has("l1480_named") and (energy.uses or energy.percent is not None):
        return _SURE
    if reading.has("l1480_named"):
        explained = reading.find(
            r"什么意思|含义|是什么|哪几级|几个层级|对外宣传|explain|\bmean|definition|public claims?"
        )
        use = reading.has("l1480_solution", "l1480_net") or masses or reading.find(r"按|用|by|under|using")
        return 16.0 if assessing and use and (masses or not explained) else 0.0
    return 9.0 if reading.has("l1480_net") and reading.has("l1480_solution") and assessing else 0.0


_SURE = 30.0  # the standard named and amounts to assess or a term: what is asked is sure, whatever the words resemble


def _inputs(reading: Reading) -> dict[str, float]:
    out: dict[str, float] = {}
    fuels = [use["amount"] for use in energy_of(reading).uses if use["unit"] == "t"]
    for said in amounts(reading):
        if said.dimension != "mass" or any(math.isclose(said.value, f) for f in fuels):
            continue
        name = next((n for n, pattern in _INPUTS if pattern.search(said.text)), None)
        if name == "with_solution" and _WITHOUT.search(said.text):
            name = "reference"
        if name is not None:
            out.setdefault(name, said.signed)
    return out


def _tier(reading: Reading) -> int | None:
    found = _TIER.search(reading.text)
    word = (found[1] or found[2]).lower() if found else None
    return None if word is None else _TIERS.get(word) or int(word)


def _users(reading: Reading) -> float | None:
    found = _USERS.search(reading.text)
    value = number(found[1].replace(",", "")) if found else None
    return value * {"万": 1e4, "亿": 1e8}.get(found[2] or "", 1.0) if found and value else None


def _solution(reading: Reading) -> str | None:
    known = reading.cue("l1480_solution")
    found = None if known else _CALLED.search(reading.text)
    return known or ((found[1] or found[2]).strip() if found else None)


def _compile(reading: Reading) -> list[Call]:
    years = reading.years.all
    inputs, asks = _inputs(reading), _asks(reading)
    if asks is None and _CLAIMS.search(reading.text) and not {"first_order", "higher_order"} & set(inputs):
        inputs, asks = {}, "claims"  # the amount is what is claimed, not what it was found from
    energy = energy_of(reading)
    where = one_place(reading) if energy.uses else None
    args: dict[str, Any] = {
        **energy.args, "place": where.name.en if where else None, "term": _term(reading) if asks == "definition" else None,
        "solution": _solution(reading), **inputs, "tier": _tier(reading), "users": _users(reading), "asks": asks,
        "period": str(years[0]) if len(years) == 1 else None,
    }  # fmt: skip
    return [Call("l1480", trimmed(args))]


LANE = Lane("l1480", _vote, _compile, whole=True)
