"""Questions that one figure does not answer: a remainder, a joint share, a place in outline, what a figure is made of."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.compile_figures import compile_figures
from assistant.planner.plan import Call
from assistant.planner.reader import Reading
from data.classification import NATION
from tools.measures import MEASURES


def compile_remainder(reading: Reading) -> list[Call]:
    """The whole and the sector left out of it, to be subtracted; none where no such difference is asked for."""
    out = [s for s in reading.excluded_sectors if s.kind != "total"]
    if len(out) != 1 or reading.sectors or out[0].key == "households":
        return []
    calls = compile_figures(reading)
    if len(calls) != 1 or calls[0].args.get("operation") or calls[0].args.get("measure") != "co2":
        return []
    return [calls[0], Call("figures", {**calls[0].args, "sectors": [reading.called(out[0])]})]


def compile_joint_share(reading: Reading) -> list[Call]:
    """The sum of several places and their whole, for the share they have together; none where each is asked for."""
    calls = compile_figures(reading)
    args = calls[0].args if len(calls) == 1 else {}
    if (
        args.get("operation") != "share"
        or len(args.get("places", ())) < 2
        or not reading.has("sum")
        or reading.has("each")
    ):
        return []
    plain = {k: v for k, v in args.items() if k not in ("operation", "whole", "places", "of")}
    whole = args.get("whole", NATION.name.en)
    return [
        Call("figures", {**plain, "places": args["places"], "operation": "sum"}),
        Call("figures", {**plain, "places": [whole]}),
    ]


_PER_ENERGY = re.compile(
    r"(?:单位|每吨标(?:准)?煤|每单位)(?:能耗|能源消费|能源)?(?:的)?(?:二氧化碳|碳|CO2)?排放(?=.*(?:能耗|能源))|单位(?:能耗|能源(?:消费)?)(?:的)?(?:二氧化碳|碳|CO2)(?:排放)?"
    r"|(?:CO2|carbon|emissions?) (?:emissions? )?per (?:unit of )?energy|carbon intensity of energy",
    re.IGNORECASE,
)


def compile_per_energy(reading: Reading) -> list[Call]:
    """Emissions and energy consumption of a place, side by side; none where that is not asked."""
    if not _PER_ENERGY.search(reading.text) or len(reading.places) > 1:
        return []
    where = {"places": [p.name.en for p in reading.places]} if reading.places else {}
    year: dict[str, Any] = {"years": list(reading.years.single)} if len(reading.years.single) == 1 else {}
    return [Call("figures", {"measure": measure, **where, **year}) for measure in ("co2", "energy")]


_OF_ANOTHER = re.compile(
    r"占|as a (?:share|percentage|proportion|fraction) of|relative to|in (?:percent|%) of", re.IGNORECASE
)


def compile_quotient(reading: Reading) -> list[Call]:
    """Two measures of one unit, the first as a share of the second: 外送电量占发电量多少; none where that is not asked."""
    said = [m for m in reading.mentions if m.meaning.measure is not None and m.meaning.measure.per == "none"]
    if len(said) != 2 or len(reading.places) > 1 or not _OF_ANOTHER.search(reading.text[said[0].end : said[1].start]):
        return []
    keys = [m.meaning.measure.measure for m in said if m.meaning.measure is not None]
    if keys[0] == keys[1] or MEASURES[keys[0]].unit != MEASURES[keys[1]].unit:
        return []
    where = {"places": [p.name.en for p in reading.places]} if reading.places else {}
    year: dict[str, Any] = {"years": list(reading.years.single)} if len(reading.years.single) == 1 else {}
    return [Call("figures", {"measure": key, **where, **year}) for key in keys]


def compile_profile(reading: Reading) -> list[Call]:
    """A place in outline: a province's profile; of China or a group, in a year, its course, sectors and relative figures."""
    if reading.places[0].kind == "province" and not reading.years.single:
        return [Call("profile", {"place": reading.places[0].name.en})]
    where = {"measure": "co2", "places": [p.name.en for p in reading.places]}
    year: dict[str, Any] = {"years": list(reading.years.single)} if reading.years.single else {}
    first = {"operation": "position"} if reading.places[0].kind == "province" else {}
    return [
        Call("figures", {**where, **year, **first}),
        Call("figures", {**where, "operation": "trend"}),
        Call("figures", {**where, **year, "operation": "rank", "over": "sectors"}),
        Call("figures", {**where, **year, "per": "head"}),
        Call("figures", {**where, **year, "per": "gdp"}),
    ]


def compile_make_up(reading: Reading) -> list[Call]:
    """What a place's emissions are made of, by sector and by fuel."""
    where = {"measure": "co2", "places": [p.name.en for p in reading.places]}
    year: dict[str, Any] = {"years": list(reading.years.single)} if reading.years.single else {}
    return [Call("figures", {**where, **year, "operation": "rank", "over": over}) for over in ("sectors", "fuels")]
