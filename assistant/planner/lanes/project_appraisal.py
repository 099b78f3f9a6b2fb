"""A project's yearly fuels, electricity, output and investment, read from a sentence."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.amounts import Said, amounts
from assistant.planner.compile_io import one_place
from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading

_10K = 1e4  # yuan, and cubic metres
_GWH = 1e6  # kWh
_INVESTED = re.compile(r"投资|invest|capital", re.IGNORECASE)


def _fuel(said: Said) -> dict[str, Any] | None:
    if said.dimension == "volume":
        return {"fuel": "natural gas", "amount": said.value / _10K}
    if said.dimension == "mass" and said.fuel is not None:
        return {"fuel": said.fuel.key, "amount": said.value}
    return None


def _given(reading: Reading) -> dict[str, Any]:
    out: dict[str, Any] = {"fuels": []}
    for said in amounts(reading):
        fuel = _fuel(said)
        if fuel is not None:
            out["fuels"].append(fuel)
        elif said.dimension == "energy":
            out["electricity_gwh"] = said.value / _GWH
        elif said.dimension == "money":
            out["investment" if _INVESTED.search(said.text) else "output"] = said.value / _10K
    return trimmed(out)


def _vote(reading: Reading) -> float:
    if not reading.has("project_context"):
        return 0.0
    return 7.0 if _given(reading) else (3.0 if reading.find(r"评估|appraise|appraisal|影响|impact") else 0.0)


def _compile(reading: Reading) -> list[Call]:
    where = one_place(reading)
    given = _given(reading)
    # electricity named as what is bought is no sector of the project
    own = [
        s for s in reading.sectors if s.kind == "sector" and not (s.key == "power_heat" and "electricity_gwh" in given)
    ]
    sector = reading.called(own[0]) if own else None
    return [
        Call(
            "project_appraisal",
            trimmed({"place": where.name.en if where else reading.stranger, "sector": sector, **given}),
        )
    ]


def _amend(reading: Reading, args: dict[str, Any]) -> dict[str, Any] | None:
    """改成100万吨呢: another amount of the one fuel, of the electricity or of the money named before."""
    said = amounts(reading)
    if len(said) != 1 or reading.places or reading.sectors:
        return None
    one, fuels = said[0], args.get("fuels") or []
    if one.dimension == "mass" and len(fuels) == 1 and one.fuel is None:
        return {**args, "fuels": [{**fuels[0], "amount": one.value}]}
    money = [key for key in ("output", "investment") if key in args]
    if one.dimension == "money" and len(money) == 1:
        return {**args, money[0]: one.value / _10K}
    return None


LANE = Lane("project_appraisal", _vote, _compile, whole=True, amend=_amend)
