"""Specialisation beside carbon intensity: 区位商, comparative advantage, 广东有哪些行业既有比较优势又低碳."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.compile_io import one_year, sectors_of
from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading
from data.classification import NATION

# Of what the quotient is, the more special first.
_BASES = (
    ("outflows", re.compile(r"调出|流出|省外|外省|省际|outflow|other provinces|interprovincial", re.IGNORECASE)),
    ("exports", re.compile(r"出口|export|balassa|巴拉萨", re.IGNORECASE)),
    ("value_added", re.compile(r"增加值|value[- ]added", re.IGNORECASE)),
)
_MOST = 4


def _vote(reading: Reading) -> float:
    if not reading.has("specialisation") or reading.documents or reading.has("target_words"):
        return 0.0
    defined = reading.find(r"是什么|什么是|什么意思|含义|定义|what (?:is|does|are) (?:a |the )?\w+ ?\w* ?(?:mean)?\?*$")
    return 0.0 if defined and not reading.places and not sectors_of(reading) else 7.0


def _compile(reading: Reading) -> list[Call]:
    basis = next((key for key, pattern in _BASES if pattern.search(reading.text)), None)
    top = reading.limit if reading.limit and reading.limit >= 3 else None
    base: dict[str, Any] = {"basis": basis, "year": one_year(reading), "top": top}
    sectors = sectors_of(reading)
    named = reading.called(sectors[0]) if sectors else None
    own = [p for p in reading.places if p != NATION]
    if not own:
        return [Call("specialisation", trimmed({"place": reading.stranger, "sector": named, **base}))]
    calls = [Call("specialisation", trimmed({"place": p.name.en, "sector": named, **base})) for p in own[:_MOST]]
    if reading.has("decoupling"):  # comparative advantage and decoupling are asked for together
        calls += [Call("decoupling", {"place": p.name.en}) for p in own[:_MOST]]
    return calls


LANE = Lane("specialisation", _vote, _compile, from_data=True)
