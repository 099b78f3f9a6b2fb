"""Multipliers: 广东建筑业每万元最终需求带动多少排放, output multipliers of China's sectors."""

from __future__ import annotations

from assistant.planner.compile_io import one_place, one_year, sectors_of
from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading

_BY = (("by_type_i_context", "type_i"), ("by_value_added_context", "value_added"), ("by_output_context", "output"),
       ("by_imports_context", "imports"))  # fmt: skip


def _vote(reading: Reading) -> float:
    if not reading.has("multiplier") or reading.has("spend_factor"):
        return 0.0
    return 7.0


def _compile(reading: Reading) -> list[Call]:
    own = [p for p in reading.places if p.kind != "nation"]
    where = one_place(reading)
    named: list[str | None] = [p.name.en for p in own[:3]] or [where.name.en if where else reading.stranger]
    found = sectors_of(reading)[:3]
    year = one_year(reading)
    by = next((by for cue, by in _BY if reading.has(cue)), None)
    if found:
        led = by if by != "imports" else None  # which every sector's answer tells
        return [
            Call("multipliers", trimmed({"place": name, "sector": reading.called(s), "by": led, "year": year}))
            for name in named
            for s in found
        ]
    return [
        Call("multipliers", trimmed({"place": name, "by": by, "year": year, "top": reading.limit})) for name in named
    ]


LANE = Lane("multipliers", _vote, _compile, from_data=True)
