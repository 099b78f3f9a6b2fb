"""Spend-based factors and lists of purchases: 广东每万元钢铁采购的排放因子, 采购河北钢材500万元."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.amounts import Said, amounts
from assistant.planner.compile_io import MAKERS, one_place, sectors_of
from assistant.planner.cues import cues
from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading
from data.classification import Place

_10K = 1e4  # yuan
# Products that are no sector's name by themselves, and who makes them.
_PRODUCTS = (
    (re.compile(r"钢板|steel (?:products|plates|bars)", re.IGNORECASE), "ferrous"),
    (re.compile(r"电费?(?=\s*\d)|\belectricity\b", re.IGNORECASE), "power"),
)


def _buyer(reading: Reading) -> Place | None:
    """The province named before the word for buying: 广东某厂采购…, my firm in Shandong spent …; else one that stands
    beside no purchase."""
    verb = cues()["bought_context"].search(reading.text)
    for m in reading.mentions:
        place = m.meaning.place
        if verb is not None and place is not None and place.kind == "province" and m.end <= verb.start():
            return place
    beside = {said.place for said in amounts(reading) if said.dimension == "money"}
    return next((p for p in reading.places if p.kind == "province" and p not in beside), None)


def _purchases(reading: Reading) -> list[dict[str, Any]]:
    """Each sum of money beside a product; a product's province where it stands beside it and is not the buyer's."""
    out, buyer = [], _buyer(reading)
    for said in amounts(reading):
        product = _product(reading, said)
        if said.dimension == "money" and product:
            made = said.place if said.place and said.place.kind == "province" and said.place != buyer else None
            where = made.name.en if made else None
            out.append(trimmed({"sector": product, "place": where, "amount": said.value / _10K}))
    return out


def _product(reading: Reading, said: Said) -> str | None:
    """The sector that makes what is bought: named, or the maker of a fuel or of a product of everyday speech."""
    if said.sector is not None:
        return reading.called(said.sector)
    if said.fuel is not None and said.fuel.key in MAKERS:
        return MAKERS[said.fuel.key]
    return next((maker for pattern, maker in _PRODUCTS if pattern.search(said.text)), None)


def _vote(reading: Reading) -> float:
    if reading.has("project_context"):
        return 0.0
    if reading.has("bought_context") and _purchases(reading):
        return 7.0
    return 6.5 if reading.has("spend_factor") else 0.0


def _index(reading: Reading) -> float | None:
    found = reading.find(r"(?:价格指数|平减指数|price index|deflator)\D{0,8}(\d{2,3}(?:\.\d+)?)")
    return float(found[1]) if found else None


def _compile(reading: Reading) -> list[Call]:
    bought = _purchases(reading)
    if bought and (
        reading.has("bought_context") or any(b["amount"] != 1.0 for b in bought)
    ):  # "per 10k yuan" is no sum
        buyer = _buyer(reading)
        args = {"place": buyer.name.en if buyer else None, "spend": bought, "price_index": _index(reading)}
        return [Call("spend_factors", trimmed(args))]
    where = one_place(reading)
    sectors: list[str | None] = [reading.called(s) for s in sectors_of(reading)[:3]]
    base = {
        "place": where.name.en if where else reading.stranger,
        "basis": "produced" if reading.has("made_there_context") else None,
        "matrix": True if reading.has("spend_table_context") else None,
        "top": reading.limit,
    }
    return [Call("spend_factors", trimmed({**base, "sector": name})) for name in sectors or [None]]


def _amend(reading: Reading, args: dict[str, Any]) -> dict[str, Any] | None:
    """那改成800万元呢: another sum for a single purchase."""
    sums = [said.value / _10K for said in amounts(reading) if said.dimension == "money"]
    bought = args.get("spend") or []
    if len(sums) != 1 or len(bought) != 1 or _purchases(reading):
        return None
    return {**args, "spend": [{**bought[0], "amount": sums[0]}]}


LANE = Lane("spend_factors", _vote, _compile, whole=True, amend=_amend)
