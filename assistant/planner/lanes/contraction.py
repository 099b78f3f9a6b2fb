"""The linear contraction: of a place with the gap to the best province where that is asked too, and of a company."""

from __future__ import annotations

import re

from assistant.planner.amounts import amounts
from assistant.planner.compile_io import compile_benchmark
from assistant.planner.compile_rest import base_year, compile_contraction
from assistant.planner.intents import FIRST_PROJECTED
from assistant.planner.lanes import Lane
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading
from assistant.planner.unitless import unitless

_SBTI = r"sbti|科学碳目标|science[- ]based target"


def _company(reading: Reading) -> float | None:
    """A company's own emissions in tonnes; None where no company is spoken of, nor a base without a place."""
    if not reading.has("contraction_company_context") and reading.places:
        return None
    return next((s.signed for s in amounts(reading) if s.dimension == "mass"), None)


_APPLIES = re.compile(
    r"适用|能不能用|能否用|可以用|能用|用得上|管不管|管得|套用|约束|针对|面向|"
    r"\bappl(?:y|ies|icable|ied)\b|\bvalid\b|\bmeant for\b|\bcover\w*\b|\bbind\w*|\bextend\b|\buse(?:d|able)?\b",
    re.IGNORECASE,
)
_PLACE_WORD = re.compile(
    r"省份?|地区|城市|区域|政府|\bprovinc\w+|\bregions?\b|\bcit(?:y|ies)\b|\bgovernments?\b|\bstates?\b", re.IGNORECASE
)
_SURE = 30.0  # SBTi named and its reach asked for: a lexical fact


def _applies(reading: Reading) -> bool:
    """Whether it is asked if SBTi's rate holds for a province: 年降幅是多少，适用于省份吗."""
    sbti = any(d.startswith("sbti") for d in reading.documents) or reading.find(_SBTI) is not None
    placed = bool(reading.places) or _PLACE_WORD.search(reading.text) is not None
    asked = _APPLIES.search(reading.text) is not None and not reading.years.named
    return sbti and placed and asked and not reading.percents and _company(reading) is None


def _unitless(reading: Reading) -> float | None:
    """A company's emissions without a unit, where SBTi's path for it is asked; None where there are none."""
    sbti = reading.has("contraction_illustrated", "contraction") or reading.find(_SBTI) is not None
    return unitless(reading) if sbti and not reading.places and _company(reading) is None else None


def _vote(reading: Reading) -> float:
    if _applies(reading) or (
        _unitless(reading) is not None and not reading.has("l1470_named", "l1480_named", "what_if")
    ):
        return _SURE
    if reading.has("l1470_named", "l1480_named", "sda_convergence", "what_if", "than_rate"):
        return 0.0
    sbti = reading.has("contraction_illustrated", "contraction") or any(d.startswith("sbti") for d in reading.documents)
    if sbti and _company(reading) is not None:
        return 8.0
    rated = bool(reading.percents) and bool(reading.places or reading.sectors)
    future = any(y >= FIRST_PROJECTED for y in reading.years.all)
    return 6.5 if reading.has("contraction_illustrated") and rated and future else 0.0


def _compile(reading: Reading) -> list[Call]:
    if _applies(reading):
        where = next((p.name.en for p in reading.places if p.kind != "nation"), None)
        return [Call("contraction", trimmed({"asks": "applies", "place": where}))]
    bare = _unitless(reading)
    if bare is not None:
        return [Call("contraction", {"unitless": bare})]
    tonnes = _company(reading)
    calls = compile_contraction(reading)
    if tonnes is not None:
        years = sorted(reading.years.all)
        args = {k: v for k, v in calls[0].args.items() if k == "rate"}
        base = base_year(reading) or (years[0] if len(years) > 1 else None)
        goal = next((y for y in reversed(years) if y != base), None)
        return [Call("contraction", trimmed({**args, "emissions": tonnes, "base_year": base, "target_year": goal}))]
    if _of_the_rule(reading):
        return []  # SBTi范围三是2.5%还是4.2%: what the standard says, nothing to compute
    if reading.has("benchmark"):
        # the gap is of the data's years, whatever year the path goes to
        calls += [Call(c.tool, {k: v for k, v in c.args.items() if k != "year"}) for c in compile_benchmark(reading)]
    return calls


_RULE = r"范围|还是|适用|哪|什么|要求|多少|标准|规定|scope|\bor\b|which|what|appl|require|standard|should"


def _of_the_rule(reading: Reading) -> bool:
    """Whether SBTi's own rates are asked after, of no place, sector or year."""
    sbti = any(d.startswith("sbti") for d in reading.documents) or reading.find(_SBTI) is not None
    about = reading.places or reading.sectors or reading.years.named or reading.stranger
    return bool(sbti and not about and reading.find(_RULE))


LANE = Lane("contraction", _vote, _compile, whole=True)
