"""From a reading to calls of the input-output tools: footprints, embodied trade, linkages, chains, maps, power accounts."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.cues import cues
from assistant.planner.plan import Call, trimmed
from assistant.planner.reader import Reading
from data.classification import NATION, Place, Sector, sector

# A fuel named where a sector must stand: the sector that makes it.
MAKERS = {
    "coal": "coal_mining", "raw_coal": "coal_mining", "cleaned_coal": "coal_mining", "oil": "petroleum_coking",
    "crude_oil": "oil_gas_extraction", "natural_gas": "gas_supply", "coke": "petroleum_coking", "gasoline": "petroleum_coking",
    "diesel": "petroleum_coking", "process": "nonmetallic_minerals",
}  # fmt: skip


def one_place(reading: Reading) -> Place | None:
    """The place asked about, provinces before China; None where none is named."""
    own = [p for p in reading.places if p != NATION]
    return own[0] if own else (NATION if NATION in reading.places else None)


def one_year(reading: Reading) -> int | None:
    """The year asked about; None where none or a span is named."""
    return reading.years.single[0] if len(reading.years.single) == 1 else None


def sectors_of(reading: Reading) -> list[Sector]:
    """Sectors named, a fuel standing for the sector that makes it."""
    found = [s for s in reading.sectors if s.kind != "households"]
    return found or [sector(MAKERS[f.key]) for f in reading.fuels if f.key in MAKERS]


def _base(reading: Reading) -> dict[str, Any]:
    where = one_place(reading)
    name = where.name.en if where else reading.stranger
    return {"place": name, "year": one_year(reading), "top": reading.limit}


def compile_footprint(reading: Reading) -> list[Call]:
    """One call per place, or the ranking where places are asked for."""
    if reading.has("which_place", "by_place", "rank") and not _specific(reading):
        args = {**_base(reading), "place": None, "order": "asc" if reading.has("low") else None}
        return [Call("footprint", trimmed(args))]
    return _each_place("footprint", reading, **_view(reading))


def _view(reading: Reading) -> dict[str, Any]:
    """Which account is meant, or which detail of the consumption account; nothing for the plain one."""
    for cue, view in (
        ("all_accounts", {"account": "all"}), ("income_account", {"account": "income"}),
        ("production_for", {"account": "production"}), ("origin_pairs", {"detail": "origins"}),
        ("final_category_context", {"detail": "category"}),
    ):  # fmt: skip
        if reading.has(cue):
            return view
    return {}


def _specific(reading: Reading) -> bool:
    return any(p != NATION for p in reading.places)


def _each_place(tool: str, reading: Reading, **more: Any) -> list[Call]:
    own = [p for p in reading.places if p != NATION] or list(reading.places)
    if not own:
        return [Call(tool, trimmed({**_base(reading), **more}))]
    return [Call(tool, trimmed({**_base(reading), "place": p.name.en, **more})) for p in own[:4]]


def _without_top(call: Call) -> Call:
    return Call(call.tool, {k: v for k, v in call.args.items() if k != "top"})


def compile_embodied_trade(reading: Reading) -> list[Call]:
    """The trade of one place, with a partner where two are named; of each sector's emissions where some are."""
    own = [p for p in reading.places if p != NATION]
    args = _base(reading)
    if len(own) >= 2:
        taker, giver = (own[1], own[0]) if _sends(reading, own[0], own[1]) else (own[0], own[1])
        args["place"], args["partner"] = taker.name.en, giver.name.en
    elif not own:
        args["place"] = reading.stranger
        args["form"] = "matrix" if reading.has("flow_matrix") else None
    named = [s for s in reading.sectors if s.kind != "households"][:2]
    sectors: list[str | None] = [reading.called(s) for s in named] or [None]
    return [Call("embodied_trade", trimmed({**args, "sector": s})) for s in sectors]


_SENDS = re.compile(
    r"(?:送|输|运|流|销|卖|转移|调出|调运|调)(?:送|出)?(?:往|到|至|向|给|入了?(?=$))|(?:向|往|给|到|至|为)\s*$|→|->"
    r"|\b(?:to|into|for)\s+(?:the\s+)?$|\bsen[dt]s?\b|\bsuppl(?:y|ies|ied)\b|\bdeliver",
    re.IGNORECASE,
)
_TAKES = re.compile(
    r"从|自(?!治)|由|\bfrom\b|\bdr[ae]ws?\b|receiv|compar|relative|对比|比较|\bowed?\b|\bdue to\b|\blinked\b",
    re.IGNORECASE,
)
_NET = re.compile(r"净|\bnet\b", re.IGNORECASE)  # a balance has its own sign


def _sends(reading: Reading, first: Place, second: Place) -> bool:
    """Whether the first of two places is said to send to the second, which then draws: from Hebei to Beijing, 河北输往北京."""
    spans = [(m.start, m.end, m.meaning.place) for m in reading.mentions if m.text]
    end = next((b for _, b, p in spans if p == first), None)
    start = next((a for a, _, p in spans if p == second), None)
    if end is None or start is None or end > start or _NET.search(reading.text):
        return False
    between = reading.text[end:start]
    return _SENDS.search(between) is not None and _TAKES.search(between) is None


def compile_linkages(reading: Reading) -> list[Call]:
    """The linkages of a place's sectors, or of each sector named."""
    weight = "emissions" if reading.has("carbon_weighted") else None
    named: list[str | None] = [reading.called(s) for s in sectors_of(reading)[:2]] or [None]
    calls = [call for name in named for call in _each_place("linkages", reading, weight=weight, sector=name)]
    return [Call(c.tool, {k: v for k, v in c.args.items() if k != "top" or v >= 3}) for c in calls]


_UP = re.compile(
    r"上游|供应商|供货|供给|投入来源|采购|来自哪|原料|upstream|supplier|supplies|inputs?\b|buys? from|sourc", re.I
)
_DOWN = re.compile(
    r"下游|客户|买家|谁用|用户|流向|去向|卖给|卖到|卖往|销往|销到|销给"
    r"|downstream|customer|buyer|users?\b|who (?:buys|uses)|\bbuys?\b(?! from)|sells? to|sold to",
    re.I,
)


def names_direction(reading: Reading) -> bool:
    """Whether up or down the chain is named."""
    return bool(_UP.search(reading.text) or _DOWN.search(reading.text))


def directions_of(reading: Reading) -> list[str]:
    """upstream, downstream or, where both or neither are named, one after the other."""
    both = re.search(r"上下游|up-? ?(?:and|/) ?down", reading.text, re.IGNORECASE)
    up, down = bool(_UP.search(reading.text) or both), bool(_DOWN.search(reading.text))
    return ["upstream"] if up and not down else ["downstream"] if down and not up else ["upstream", "downstream"]


def compile_chain(reading: Reading) -> list[Call]:
    """The partners of each sector named, up or down the chain; without a sector the pairs to decarbonise together."""
    base = _base(reading)
    base["place"] = base["place"] or NATION.name.en
    found = sectors_of(reading)
    if found and reading.has("carbon_weighted", "by_carbon_context"):
        base["focus"] = "carbon"
    if not found:
        return [Call("chain_partners", trimmed(base))]
    return [
        Call("chain_partners", trimmed({**base, "sector": reading.called(s), "direction": direction}))
        for s in found[:2]
        for direction in directions_of(reading)
    ]


def compile_map(reading: Reading) -> list[Call]:
    """The network or Sankey of a place's products."""
    form = "sankey" if reading.has("sankey") else None
    return [_without_top(c) for c in _each_place("industry_map", reading, form=form)]


def compile_fuel_flow(reading: Reading) -> list[Call]:
    """The Sankey from fuels to sectors of a place."""
    return [_without_top(c) for c in _each_place("fuel_flow", reading)]


def compile_power_account(reading: Reading) -> list[Call]:
    """Emissions with net imported electricity beside scope 1; none without a place."""
    if one_place(reading) in (None, NATION) and not reading.stranger:
        return []
    return [_without_top(c) for c in _each_place("power_account", reading)]


def _says(text: str, alias: str) -> bool:
    """Whether a name stands in a text, an English one as a word of its own."""
    return (
        re.search(rf"(?<![a-z]){re.escape(alias)}(?![a-z])" if alias.isascii() else re.escape(alias), text) is not None
    )


def compile_national_io(reading: Reading) -> list[Call]:
    """A figure of the published national table, per sector named or for all."""
    from tools.mrio.national_io import AGGREGATES

    text = cues()["io_table"].sub(" ", reading.text.lower())  # 投入产出表 says nothing of 产出
    said = [(len(alias), key) for key, a in AGGREGATES.items() for alias in a.aliases if _says(text, alias)]
    measure = max(said)[1] if said else None
    years: list[int | None] = [*reading.years.all[:3]] or [None]
    sectors: list[str | None] = [reading.called(s) for s in sectors_of(reading)[:3]] or [None]
    base = {"measure": measure, "top": reading.limit}
    return [Call("national_io", trimmed({**base, "sector": s, "year": y})) for s in sectors for y in years]


def compile_benchmark(reading: Reading) -> list[Call]:
    """A sector's intensity beside the best province's; without a sector the whole economy's, per GDP."""
    found = sectors_of(reading)
    per_gdp = reading.find(r"GDP|生产总值") is not None
    base = {k: v for k, v in _base(reading).items() if k != "top"}
    if not any(p != NATION for p in reading.places):
        base["place"] = reading.stranger
    if not found:
        return [Call("best_in_class", trimmed({**base, "sector": "total", "denominator": "gdp"}))]
    more = {"denominator": "gdp"} if per_gdp else {}
    return [Call("best_in_class", trimmed({**base, "sector": reading.called(s), **more})) for s in found[:3]]
