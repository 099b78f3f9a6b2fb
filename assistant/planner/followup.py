"""Follow-ups and corrections: 贵州同年呢 / only 2008, please / 换成人均 / and Hunan? merge with the last call."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from assistant.planner.compile_figures import compile_figures
from assistant.planner.conditional import names_condition
from assistant.planner.lexicon import Meaning
from assistant.planner.memory import Before
from assistant.planner.mentions import Mention
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading
from assistant.planner.turning import ordinals
from assistant.planner.years import Years
from data.classification import NATION, Place
from tools.measures import MEASURES, Asked, Per

_OPERATION = (
    "rank", "high", "low", "position", "compare", "difference", "share", "growth", "change", "cagr", "yoy", "trend",
    "extreme_year", "above", "below", "count", "sum", "mean", "by_sector", "by_fuel", "by_place", "by_part",
    "which_sector", "which_fuel", "which_place", "cumulative",
)  # fmt: skip
_WHOLE_FIELDS = ("places", "sectors", "fuels", "parts", "measure", "per", "years", "from_year", "to_year")


def continues(reading: Reading, before: Before) -> bool:
    """Whether a question leans on the one before: something is missing from it that the last call had."""
    if not before.tool or reading.sent is not None:
        return False
    if names_condition(reading, before):
        return True
    names_thing = bool(reading.measures or reading.sectors or reading.fuels or reading.per)
    names_place = bool(reading.places) or reading.stranger is not None
    marked = reading.has("leans")
    if names_thing and names_place:
        return marked and not reading.years.named and len(reading.text) <= 40
    if names_thing and reading.has("which_place", "by_place", "count") and not marked:
        return False
    if len(reading.leftover) > 2 and not marked:
        return False
    return not names_thing or marked or bool(before.places) or len(reading.text) <= _SHORT


_SHORT = 10  # characters of a question too short to stand alone


def merged(reading: Reading, before: Before) -> Reading:
    """The reading with what it lacks taken from the last call, as if it had been said."""
    add = [Meaning(place=p) for p in _places(reading, before)]
    if before.tool == "figures":
        add += _measure(reading, before)
    if not _renames(reading) and not reading.has("wide"):
        new_measure = reading.measures and reading.measures[0].measure != before.args.get("measure", "co2")
        if reading.has("that_sector") and before.top_sector is not None:
            add.append(Meaning(sector=before.top_sector))
        elif not new_measure or MEASURES[reading.measures[0].measure].sectors:
            add += [Meaning(sector=s) for s in before.sectors]
            add += [Meaning(fuel=f) for f in before.fuels]
    extra = tuple(Mention(0, 0, "", m) for m in add)
    # What was said before comes first: 和江苏比呢 after Guangdong compares Guangdong with Jiangsu.
    return replace(reading, mentions=(*extra, *reading.mentions), years=_years(reading, before))


def _places(reading: Reading, before: Before) -> tuple[Place, ...]:
    """The places of before that the question goes on with."""
    if reading.stranger or (reading.has("which_place", "by_place", "count") and not reading.has("position", "both")):
        return ()
    if reading.places and not reading.has("adds") and not _only_whole(reading):
        return ()
    if before.tool == "figures" and before.args.get("operation") in (None, "value") and ordinals(reading) is not None:
        return ()  # 第二名是谁, after one place's figure: of all places
    if not before.places and reading.has("all_of_them") and before.listed:
        return before.listed
    if not reading.places and reading.has("both"):
        earlier = before.earlier.places if before.earlier else ()
        return tuple(dict.fromkeys((*earlier, *before.places)))
    if not reading.places and _between(reading, before) and before.earlier:
        return tuple(dict.fromkeys((*before.earlier.places, *before.places)))
    if not before.places and reading.has("that_place") and before.leader is not None and not reading.has(*_FORMS):
        return (before.leader,)
    return before.places


_FORMER = re.compile(r"前者|\bthe former\b|\bthe first one\b", re.IGNORECASE)
_LATTER = re.compile(r"后者|\bthe latter\b|\bthe second one\b", re.IGNORECASE)


def named_for(question: str, before: Before) -> str:
    """前者, the latter: the question with the one meant of the two places named last, in one question or one after the other."""
    earlier = before.earlier.places if before.earlier else ()
    two = before.places if len(before.places) > 1 else tuple(dict.fromkeys((*earlier, *before.places)))
    if len(two) != 2 or len(question) > _POINTING:
        return question
    for place, pattern in zip(two, (_FORMER, _LATTER), strict=True):
        question = pattern.sub(lambda m, p=place: p.name.en if m[0].isascii() else p.name.zh, question)  # type: ignore[misc]
    return question


_POINTING = 80  # characters of a question that points to what was said before


_FORMS = ("draw", "line", "bar", "table", "tilemap", "pie", "treemap")  # "draw it" is the whole result


def _between(reading: Reading, before: Before) -> bool:
    """谁的人均高, which one is higher: of the two places asked one after the other."""
    if reading.has("which_place") or not reading.has("compare") or len(before.places) != 1:
        return False
    earlier = before.earlier
    return (
        earlier is not None
        and len(earlier.places) == 1
        and earlier.places != before.places
        and bool(_WHO.search(reading.text))
    )


_WHO = re.compile(r"谁|哪个|哪一个|哪边|which|who", re.IGNORECASE)


def _only_whole(reading: Reading) -> bool:
    """占全国多少: the nation is the whole of a share, the place is still that of before."""
    return reading.places == (NATION,) and reading.has("share", "position", "rank")


def _renames(reading: Reading) -> bool:
    return bool(reading.sectors or reading.fuels) or reading.has("which_sector", "by_sector", "which_fuel", "by_fuel")


def _measure(reading: Reading, before: Before) -> list[Meaning]:
    if reading.measures and not (reading.per and all(a.per == "none" for a in reading.measures)):
        return []
    if reading.measures or reading.has("power_in", "power_out", "power_from", "power_to"):
        return []
    key = str(before.args.get("measure", "co2"))
    if key not in MEASURES:
        return []
    per: Per = "none" if reading.per or reading.has("wide", "share") else before.args.get("per", "none")
    return [Meaning(measure=Asked(key, per))]


def _years(reading: Reading, before: Before) -> Years:
    y = reading.years
    if (y.named and not y.same) or y.series or y.latest:
        return y
    if before.span and not y.same:
        return replace(y, span=before.span, single=before.years)
    single = tuple(v + y.beside for v in before.years)
    if reading.has("change", "growth", "difference") and not reading.has("yoy") and len(single) == 1 and before.earlier:
        # 变化了多少 after 2015 and then 2019 were asked of one place: from the one to the other.
        other = before.earlier
        if other.places == before.places and len(other.years) == 1 and other.years != single:
            single = tuple(sorted((*other.years, *single)))
    return replace(y, single=single, beside=0, same=False)


def compile_followup(reading: Reading, before: Before) -> list[Call]:
    """The figures call of a follow-up: the last call with what the new question changes."""
    whole = merged(reading, before)
    calls = compile_figures(whole)
    if before.tool != "figures" or len(calls) != 1:
        return calls
    args, old = dict(calls[0].args), before.args
    for name in ("parts", "variant"):
        if name not in args and args.get("measure") == old.get("measure", "co2") and name in old:
            args[name] = old[name]
    if "parts" not in args and old.get("parts") and _same_parts(str(args.get("measure")), old):
        args["parts"] = old["parts"]
    if "unit" not in args and "unit" in old and args.get("per", "none") == old.get("per", "none"):
        args["unit"] = old["unit"]
    return [Call("figures", trimmed(_operation(args, old, reading)))]


def _same_parts(measure: str, old: dict[str, Any]) -> bool:
    """Whether another measure knows the parts of before: hydro of generation is hydro of capacity."""
    known = {p.key for p in MEASURES[measure].parts} if measure in MEASURES else set()
    return bool(known) and all(p in known for p in old["parts"])


def _operation(args: dict[str, Any], old: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """Keep the operation of before unless the new words bring their own or end it."""
    own = reading.cues & set(_OPERATION)
    operation = str(old.get("operation", "value"))
    if operation == "value" and args.get("operation") == "rank" and "nth" in args and not reading.places:
        return args
    if operation == "position" and not reading.places and (reading.has("nth", "which_place") or own & {"high", "low"}):
        n = {k: v for k, v in args.items() if k in ("nth", "to_nth")} or {"limit": reading.limit or 1}
        plain = {k: v for k, v in _named_only(args).items() if k != "places"}
        return {**plain, **n, "operation": "rank", "order": "asc" if reading.has("low") else None}
    if own == {"share"} and old.get("over") in ("sectors", "fuels", "parts") and not (reading.sectors or reading.fuels):
        return {**old, **_named_only(args), "of": "share"}
    if own - {"high", "low"}:
        return args
    if "low" in own or "high" in own:
        return _turned(args, old, reading)
    if operation == "rank" and old.get("over") in (None, "places") and not old.get("places") and args.get("places"):
        if not reading.places or not all(p.kind == "province" for p in reading.places):
            return args if not reading.places else _carried(args, old, reading)
        same = {k: v for k, v in old.items() if k in ("of", "order")}
        return {**_named_only(args), **same, "operation": "position"}
    listed = old.get("over") in ("sectors", "fuels") and bool(args.get("sectors") or args.get("fuels"))
    if _ends(args, operation, reading) or (operation in ("rank", "share") and listed):
        return args  # a sector picked out of a list is asked for itself
    if reading.has("draw") and "chart" not in args and operation in ("rank", "compare", "position", "share"):
        return {**_carried(args, old, reading), "chart": "bar"}
    if reading.has("draw") and "chart" not in args and operation == "value" and len(args.get("places", ())) > 1:
        return {**_named_only(args), "operation": "compare", "chart": "bar"}
    if reading.has("draw") and "chart" not in args and operation == "value" and not reading.years.single:
        return {**_named_only(args), "operation": "trend", "chart": "line"} | _no_years(args)
    return _carried(args, old, reading)


def _ends(args: dict[str, Any], operation: str, reading: Reading) -> bool:
    """Whether the new words end the operation: one year of a series, a series of a value, one place of a comparison."""
    if operation in ("trend", "peak") and len(reading.years.single) == 1 and not reading.years.span:
        return True
    if operation == "value" and args.get("operation") == "trend":
        return True
    return operation == "compare" and bool(reading.places) and not reading.has("adds")


def _carried(args: dict[str, Any], old: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """The new arguments with the operation of before and its settings."""
    kept = {k: v for k, v in old.items() if k not in _WHOLE_FIELDS and k not in ("unit", "chart")}
    limit = {"limit": reading.limit} if reading.limit else {}
    if "nth" in args and kept.get("operation") == "rank":
        kept.pop("limit", None)
        limit = {k: args[k] for k in ("nth", "to_nth") if k in args}
    chart = {"chart": args["chart"]} if "chart" in args else {}
    if kept.get("operation") == "value":
        del kept["operation"]
    return {**kept, **_named_only(args), **limit, **chart}


def _turned(args: dict[str, Any], old: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """最低的呢, top 10: the ranking of before from the other end or longer."""
    operation = str(old.get("operation", "value"))
    if operation not in ("rank", "peak", "position"):
        return args
    kept = {k: v for k, v in old.items() if k not in _WHOLE_FIELDS and k != "order"}
    named = _named_only(args)
    if operation == "position":
        named["places"] = [p for p in args.get("places", []) if p not in old.get("places", [])]
    limit = {"limit": reading.limit} if reading.limit else {}
    operation = "rank" if operation == "position" else operation
    return {**kept, **named, **limit, "order": "asc" if "low" in reading.cues else None, "operation": operation}


def _named_only(args: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in args.items() if k in (*_WHOLE_FIELDS, "unit", "exclude", "variant", "whole")}


def _no_years(args: dict[str, Any]) -> dict[str, Any]:
    """A chart of the years round a single figure: its year is no longer a limit."""
    return {"years": None} if len(args.get("years", ())) == 1 else {}
