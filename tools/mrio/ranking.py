"""Provinces ranked by consumption-based emissions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from data.classification import place
from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.mrio import words
from tools.mrio.accounts import accounts
from tools.mrio.bounds import bounds
from tools.mrio.levels import doubts_of
from tools.mrio.system import Scope, System, get_system
from tools.mrio.telling import Ref, Teller, add_ranked, guess_of, note_of, table, use
from tools.result import Account, Basis, Draft, Result

if TYPE_CHECKING:
    from data.warehouse import Warehouse

NAMED = 5  # provinces named in the sentence


def ranking(warehouse: Warehouse, year: int, count: int, order: Literal["desc", "asc"]) -> Result:
    """Provinces by consumption-based CO2; those without an inventory are left out and named. Raises NotAvailable."""
    system = get_system(warehouse, year)
    missing = system.emissions.missing
    scopes = [Scope(place(code), system, (i,)) for i, code in enumerate(system.mrio.regions) if code not in missing]
    sign = -1 if order == "desc" else 1
    found = sorted(((accounts(s), s) for s in scopes), key=lambda pair: sign * pair[0].consumption)[:count]
    draft = Draft(Text(f"{year}年各省消费侧二氧化碳排放排名", f"Provinces by consumption-based CO2, {year}"))
    used = [
        Teller(draft, s).fact(
            Text("国内消费侧二氧化碳排放", "domestic consumption-based CO2"), a.consumption, account=Account.CONSUMPTION_DOMESTIC,
            bound=bounds(warehouse, year, "footprint", s.place.code).get(("", 0)),
        )
        for a, s in found
    ]  # fmt: skip
    made = [
        Teller(draft, s).fact(
            Text("生产侧（范围一）二氧化碳排放", "production-based (scope 1) CO2"), a.production, account=Account.SCOPE1,
            source="co2", basis=Basis.OBSERVED,
        )
        for a, s in found
    ]  # fmt: skip
    names, guess = [s.place.name for _, s in found], guess_of(system)
    end = Text("最高", "highest") if order == "desc" else Text("最低", "lowest")
    add_ranked(
        draft, f"{year}年国内消费侧二氧化碳排放{guess[0]}{end.zh}的省份依次为<list>。",
        f"In {year} the provinces with the {end.en} domestic consumption-based CO2{guess[1]} were, in order, <list>.",
        names[:NAMED], used[:NAMED],
    )  # fmt: skip
    doubt = doubts_of(system, (s.place.code for _, s in found))
    if doubt is not None:
        draft.lead(doubt.zh, doubt.en)
    shown = draft.table(
        table(
            Text(f"{year}年各省消费侧与生产侧二氧化碳", f"Consumption- and production-based CO2 by province, {year}"),
            [(Text("省份", "Province"), None), (Text("国内消费侧", "Consumption (domestic)"), "Mt CO2"),
             (Text("生产侧（范围一）", "Production (scope 1)"), "Mt CO2")],
            [(n, Ref(fact=a), Ref(fact=b)) for n, a, b in zip(names, used, made, strict=True)],
            total=len(scopes),
        )
    )  # fmt: skip
    draft.section(Text("排名", "Ranking"), tables=(shown,), charts=(draft.chart(_chart(draft, names, used, system)),))
    draft.caveats += words.list_notes(system)
    for name in (place(code).name for code in missing):
        draft.caveats.append(
            Text(f"{name.zh}没有二氧化碳清单，未列入。", f"{name.en} has no CO2 inventory and is left out.")
        )
    draft.method.append(words.LEONTIEF)
    use(draft, system, "co2_42", "mrio_variants")
    draft.suggestions.append(
        Text("广东消费侧碳排放有多少来自外省？", "How much of Guangdong's carbon footprint comes from other provinces?")
    )
    return draft.result()


def _chart(draft: Draft, names: list[Text], facts: list[int], system: System) -> Chart:
    year = system.mrio.year
    low, high = tuple(draft[f].low for f in facts), tuple(draft[f].high for f in facts)
    ranged = all(v is not None for v in (*low, *high))
    bars = Series(
        name=Text("国内消费侧", "consumption-based"), y=tuple(draft[f].value for f in facts),
        low=low if ranged else None, high=high if ranged else None,
    )  # fmt: skip
    return Chart(
        kind="bar",
        title=Text(f"{year}年各省国内消费侧二氧化碳排放", f"Domestic consumption-based CO2 by province, {year}"),
        spec=XY(
            x=tuple(names),
            series=(bars,),
            unit="Mt CO2",
            y_title=Text("二氧化碳排放", "CO2 emissions"),
            horizontal=True,
        ),
        note=note_of(system),
    )
