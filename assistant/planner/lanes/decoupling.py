"""Decoupling of emissions from growth: 广东脱钩了吗, Tapio states of all provinces."""

from __future__ import annotations

from assistant.planner.compile_io import one_place
from assistant.planner.lanes import Lane
from assistant.planner.lanes.drivers import span_of
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading
from data.classification import NATION

_DEFINED = r"是什么|什么是|什么叫|什么意思|含义|定义|what (?:is|does|are)|mean(?:s|ing)?\b|define|explain"
_EVERY = (
    r"各省|各地|每个省|所有省|全部省|省份|哪些?(?:个)?(?:省|地区|地方)|地图"
    r"|each province|every province|provinces|\bmap\b"
)
_MOST = 4


def _vote(reading: Reading) -> float:
    if not reading.has("decoupling") or reading.documents or reading.has("target_words"):
        return 0.0
    defined = reading.find(_DEFINED) and not reading.places and not reading.years.named and not reading.find(_EVERY)
    return 0.0 if defined else 6.75


def _compile(reading: Reading) -> list[Call]:
    time = span_of(reading)
    if len(reading.years.single) == 1 and not reading.years.span:  # "by 2019": from the first year there is
        time = {"to_year": reading.years.single[0]}
    own = [p for p in reading.places if p != NATION]
    if not own and reading.stranger:
        return [Call("decoupling", trimmed({"place": reading.stranger, **time}))]
    if not own and (reading.find(_EVERY) or reading.has("which_place", "by_place", "rank", "tilemap")):
        return [Call("decoupling", trimmed(time))]
    if not own:
        where = one_place(reading) or NATION
        return [Call("decoupling", {"place": where.name.en, **time})]
    return [Call("decoupling", {"place": p.name.en, **time}) for p in own[:_MOST]]


LANE = Lane("decoupling", _vote, _compile, from_data=True)
