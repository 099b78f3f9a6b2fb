"""The lists of a chain answer: partners across borders in money, chain pairs in CO2."""

from __future__ import annotations

from data.classification import place
from data.text import Text
from tools.mrio import words
from tools.mrio.algebra import Array
from tools.mrio.algebra import top as largest
from tools.mrio.bounds import Bound
from tools.mrio.partners import Partners
from tools.mrio.telling import Ref, Teller, add_ranked, table
from tools.result import Account, Basis, Cell

CONSUMPTION = Account.CONSUMPTION_DOMESTIC
NAMED = 3  # partners named in a sentence
Ends = dict[tuple[str, int], Bound]  # bounds of listed partners by (province code, sector number)


def cap(words_en: str) -> str:
    """An English phrase with its first letter large."""
    return words_en[:1].upper() + words_en[1:]


def sector_label(name: Text) -> Text:
    """The name of the sector asked about as a label: large first letter in English."""
    return Text(name.zh, cap(name.en))


def _pick(tell: Teller, values: Array, count: int, others_only: bool) -> list[tuple[int, int]]:
    """The largest (region, sector) entries; with ``others_only`` outside the place."""
    chosen = values.copy()
    if others_only:
        chosen[list(tell.scope.inside)] = 0.0
    return [divmod(k, values.shape[1]) for k in largest(chosen.reshape(-1), count)]


def _name(tell: Teller, region: int, sector: int) -> Text:
    if tell.nation:
        return words.short(sector + 1)
    return words.of_place(place(tell.scope.system.mrio.regions[region]).name, words.short(sector + 1))


def sure(bound: Bound | None, listed: bool) -> Cell:
    """The cell on robustness; without ranges (groups, China) there is nothing to say."""
    if not listed:
        return None
    return Text("稳健", "robust") if bound is not None and bound.robust else Text("不稳健", "not robust")


def outside(tell: Teller, found: Partners, name: Text, down: bool, count: int, ends: Ends) -> int:
    """The largest partners in other provinces, in money: a sentence on the robust ones, a table."""
    zh, en, regions = tell.place.name.zh, words.article(tell.place), tell.scope.system.mrio.regions
    verb = Text("售予", "sold to") if down else Text("购自", "bought from")
    rows: list[list[Cell]] = []
    named: list[tuple[Text, int]] = []
    for r, k in _pick(tell, found.flows, count, others_only=True):
        partner, bound = _name(tell, r, k), ends.get((regions[r], k + 1))
        label = Text(f"{name.zh}{verb.zh}{partner.zh}", f"{name.en}, {verb.en} {partner.en}")
        fact = tell.fact(label, float(found.flows[r, k]), "100M yuan", bound=bound, sector=sector_label(name))
        rows.append([place(regions[r]).name, words.sector_name(k + 1), Ref(fact=fact)])
        if bound is None or bound.robust:
            named.append((partner, fact))
    some = named[:NAMED]
    add_ranked(
        tell.draft, f"{zh}{name.zh}在外省的主要{'买方' if down else '供方'}：<list>。",
        f"The main {'buyers' if down else 'suppliers'} of {name.en} of {en} in other provinces: <list>.",
        [n for n, _ in some], [f for _, f in some],
    )  # fmt: skip
    side = Text("买方", "buyers") if down else Text("供方", "suppliers")
    title = Text(f"{zh}{name.zh}在外省的直接{side.zh}", f"Direct {side.en} of {name.en} of {en} in other provinces")
    head = [(Text("省份", "Province"), None), (Text("部门", "Sector"), None), (Text("金额", "Value"), "100M yuan")]
    return tell.draft.table(table(title, head, rows))


def carbon(tell: Teller, found: Partners, name: Text, down: bool, count: int, ends: Ends) -> int:
    """Chain pairs in CO2: where the sector's emissions end, or who emits for its final products."""
    zh, en, regions = tell.place.name.zh, words.article(tell.place), tell.scope.system.mrio.regions
    sector = sector_label(name)
    if down:
        whole = tell.fact(Text(f"{name.zh}直接排放", f"direct CO2 of {name.en}"), found.direct, account=Account.SCOPE1, sector=sector,
                          source="co2_42", basis=Basis.DERIVED)  # fmt: skip
    else:
        whole = tell.fact(Text(f"{name.zh}最终产品引起的全国排放", f"CO2 in China caused by final products of {name.en}"), found.carbon,
                          account=CONSUMPTION, sector=sector)  # fmt: skip
    rows: list[list[Cell]] = []
    named: list[tuple[Text, int]] = []
    ranged = bool(ends)
    for r, k in _pick(tell, found.pairs, count, others_only=False):
        partner, bound = _name(tell, r, k), ends.get((regions[r], k + 1))
        label = (
            Text(f"{name.zh}进入最终产品“{partner.zh}”的排放", f"CO2 of {name.en} in final products of {partner.en}") if down
            else Text(f"{partner.zh}为{name.zh}最终产品的排放", f"CO2 of {partner.en} for final products of {name.en}")
        )  # fmt: skip
        fact = tell.fact(label, float(found.pairs[r, k]), account=CONSUMPTION, bound=bound, sector=sector)
        row: list[Cell] = [place(regions[r]).name, words.sector_name(k + 1), Ref(fact=fact)]
        rows.append([*row, sure(bound, ranged)] if ranged else row)
        if not ranged or (bound is not None and bound.robust):
            named.append((partner, fact))
    some = named[:NAMED]
    if down:
        zh_lead = f"{zh}{name.zh}{tell.year}年的直接排放{{0}}中，经产业链进入最多的最终产品是<list>。"
        en_lead = f"Of the direct emissions of {name.en} in {en} in {tell.year}, {{0}}, most ran along the chain into final products of <list>."
    else:
        zh_lead = f"{zh}{name.zh}{tell.year}年的最终产品在全国引起{{0}}排放，上游排放最多的是<list>。"
        en_lead = f"Final products of {name.en} in {en} caused {{0}} in China in {tell.year}; upstream most was emitted by <list>."
    add_ranked(tell.draft, zh_lead, en_lead, [n for n, _ in some], [f for _, f in some], (whole,))
    title = Text(f"{zh}{name.zh}的排放进入的最终产品", f"Final products that carry the CO2 of {name.en} of {en}") if down else (
        Text(f"为{zh}{name.zh}最终产品排放的上游部门", f"Sectors that emit for final products of {name.en} of {en}"))  # fmt: skip
    head: list[tuple[Text, str | None]] = [
        (Text("地区", "Place"), None), (Text("部门", "Sector"), None), (Text("隐含碳", "Embodied CO2"), "Mt CO2"),
    ]  # fmt: skip
    if ranged:
        head.append((Text("变体检验", "Over variants"), None))
    return tell.draft.table(table(title, head, rows))
