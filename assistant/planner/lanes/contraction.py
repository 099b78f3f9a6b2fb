"""The linear contraction: of a place with the gap to the best province where that is asked too, and of a company."""

from __future__ import annotations

from assistant.planner.amounts import amounts
from assistant.planner.compile_io import compile_benchmark
from assistant.planner.compile_rest import base_year, compile_contraction
from assistant.planner.intents import FIRST_PROJECTED
from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading


def _company(reading: Reading) -> float | None:
    """A company's own emissions in tonnes; None where no company is spoken of, nor a base without a place."""
    if not reading.has("contraction_company_context") and reading.places:
        return None
    return next((s.value for s in amounts(reading) if s.dimension == "mass"), None)


def _vote(reading: Reading) -> float:
    if reading.has("l1470_named", "l1480_named", "sda_convergence", "what_if", "than_rate"):
        return 0.0
    sbti = reading.has("contraction_illustrated", "contraction") or any(d.startswith("sbti") for d in reading.documents)
    if sbti and _company(reading) is not None:
        return 8.0
    rated = bool(reading.percents) and bool(reading.places or reading.sectors)
    future = any(y >= FIRST_PROJECTED for y in reading.years.all)
    return 6.5 if reading.has("contraction_illustrated") and rated and future else 0.0


def _compile(reading: Reading) -> list[Call]:
    tonnes = _company(reading)
    calls = compile_contraction(reading)
    if tonnes is not None:
        years = sorted(reading.years.all)
        args = {k: v for k, v in calls[0].args.items() if k == "rate"}
        base = base_year(reading) or (years[0] if len(years) > 1 else None)
        goal = next((y for y in reversed(years) if y != base), None)
        return [Call("contraction", trimmed({**args, "emissions": tonnes, "base_year": base, "target_year": goal}))]
    if reading.has("benchmark"):
        # the gap is of the data's years, whatever year the path goes to
        calls += [Call(c.tool, {k: v for k, v in c.args.items() if k != "year"}) for c in compile_benchmark(reading)]
    return calls


LANE = Lane("contraction", _vote, _compile, whole=True)
