"""How a buyer acts on the chains: green power, green purchasing or retrofit of suppliers, inside or across provinces, in which
order and in which plan period.

The means follow from what the upstream sector sells; the order from whether a pair's cut comes from its lower CO2 per output or from
less of its product; the retrofit named is what the attribution credits with the largest cuts in that sector.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.text import Text, joined
from tools.result import Sentence, sentence
from tools.roadmap.chains import SHOWN
from tools.roadmap.lead import is_inside, lead_pairs, pair_name
from tools.roadmap.names import FIRST, GROUP_OF, LEVER_KEYS, LEVERS, POWER_SECTOR, at
from tools.roadmap.parts_when import PERIODS
from tools.roadmap.story import cut_year

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.roadmap.book import Book
    from tools.roadmap.chains import Pair
    from tools.roadmap.story import Story

    Array = NDArray[np.float64]

_MATRIX_YEAR = 2045
_PAIRS_SAID = 4
_HALF, _TENTH = 0.5, 0.9
_MOSTLY = 0.75  # of a pair's fall, from which one end is said to go first
# What a buyer can ask for of materials and services, by sector number of the upstream seller.
_PURCHASES: dict[int, Text] = {
    13: Text("按碳足迹采购低碳水泥与玻璃，少用熟料", "buy cement and glass by their footprint, with less clinker"),
    14: Text("采购短流程钢与再生金属", "buy scrap-based steel and recycled metals"),
    15: Text("采购再生金属制品", "buy products of recycled metal"),
    12: Text("采购低碳与再生化工原料", "buy low-carbon and recycled chemicals"),
    11: Text("减少油品与焦炭用量，采购低碳原料", "use less oil products and coke, buy low-carbon feedstock"),
    29: Text("改用铁路、水运与电动物流", "ship by rail, water and electric vehicles"),
}  # fmt: skip
GREEN_POWER = Text("绿电", "green power")
PURCHASING = Text("绿色采购", "green purchasing")
RETROFIT = Text("供应商技改", "retrofit of suppliers")


def kind_of(pair: Pair) -> Text:
    """The first means towards a pair: power is contracted, materials and freight are chosen, other suppliers are helped."""
    number = pair.emitter[1]
    return GREEN_POWER if number == POWER_SECTOR else PURCHASING if number in _PURCHASES else RETROFIT


def means(book: Book, story: Story, pair: Pair) -> Text:
    """What the downstream buyer can do about a pair, and which retrofit counts most upstream where that stands in the place."""
    kind, number = kind_of(pair), pair.emitter[1]
    if kind is GREEN_POWER:
        inside = pair.emitter[0] == pair.product[0]
        said = (
            Text("签订绿电合同（绿证、中长期交易），自建光伏", "green power contracts with certificates, own solar")
            if inside
            else Text("跨省绿电交易，要求送端出具绿证", "green power across provinces, with the sender's certificates")
        )
    else:
        said = _PURCHASES.get(number, Text("节能与电气化改造", "energy saving and electrification"))
    text = Text(f"{kind.zh}：{said.zh}", f"{kind.en}: {said.en}")
    levers = _retrofits(story, number) if pair.emitter[0] in book.scope.codes else []
    if not levers:
        return text
    named = joined(levers)
    return Text(f"{text.zh}；上游技改：{named.zh}", f"{text.en}; upstream: {named.en}")


def _retrofits(story: Story, number: int) -> list[Text]:
    """The two levers that cut most in the sector's group of the place, the demand side left out."""
    column = story.matrices[_MATRIX_YEAR][:, GROUP_OF[number - 1]]
    order = [int(k) for k in np.argsort(column, kind="stable") if column[k] < 0 and LEVER_KEYS[k] != "STRUCT"]
    return [LEVERS[LEVER_KEYS[k]] for k in order[:2]]


def _year(story: Story, end: tuple[str, int], share: float) -> int | None:
    """First year from which a sector of a region stays ``share`` below its emissions of 2025 on the leading path."""
    region = story.lead.regions.index(end[0])
    return cut_year(story.lead.sectors[:, region, end[1] - 1], share)


def period_of(year: int) -> Text:
    """The plan period of a year from 2026 on."""
    return next(name for name, last in PERIODS if year <= last)


def upstream_part(story: Story, pair: Pair) -> float | None:
    """How much of a pair's fall from 2017 to 2045 is the emitter's lower CO2 per output, the rest being less of its product in the
    chain: ln of the intensities' ratio over ln of the pair's; above 1 where the chain grows. None where the pair does not fall."""
    first, last = pair.carbon[0], pair.carbon[SHOWN.index(2045)]
    if not 0 < last < first:
        return None
    ratio = _intensity(story, pair.emitter)
    return float(np.log(ratio[at(2045)] / ratio[at(FIRST)]) / np.log(last / first))


def _intensity(story: Story, end: tuple[str, int]) -> Array:
    """CO2 per output of a sector of a region on the leading path, (T,)."""
    region, i = story.lead.regions.index(end[0]), end[1] - 1
    return np.asarray(story.lead.sectors[:, region, i] / story.lead.output[:, region, i])


def order(story: Story, pair: Pair) -> Text:
    """Which end goes first: the upstream one where its lower intensity makes the cut, the downstream one where using less does."""
    part = upstream_part(story, pair)
    if part is None:
        return Text("2045年前不下降，下游先减用量", "no fall by 2045: downstream uses less first")
    if part <= 1 - _MOSTLY:
        return Text("下游先行：以少用为主", "downstream first: mostly by using less")
    year = cut_year(_intensity(story, pair.emitter), _HALF)
    when = Text("2060年前未减半", "not halved by 2060") if year is None else _halved(period_of(year))
    if part >= _MOSTLY:
        return Text(
            f"上游先行：碳强度{when.zh}，下游以采购跟进",
            f"upstream first: intensity {when.en}; downstream follows by purchasing",
        )
    return Text(
        f"上下游并进：上游碳强度{when.zh}，下游同时少用",
        f"together: upstream intensity {when.en}, downstream uses less",
    )


def _halved(period: Text) -> Text:
    return Text(f"{period.zh}减半", f"halved in the {period.en}")


def actions(book: Book, story: Story, pairs: tuple[Pair, ...]) -> dict[int, Text]:
    """What the chains ask for in each plan period, by its last year: contracts first, then the periods in which the upstream
    ends of the leading pairs have halved and fallen by nine tenths."""
    inside, outside = lead_pairs(book, pairs)
    chosen = [*inside, *outside]
    if not chosen:
        return {}
    out: dict[int, list[Text]] = {}
    names = [pair_name(book, p) for p in chosen[:2]]
    said = Text("；".join(n.zh for n in names), "; ".join(n.en for n in names))
    contracts = Text(f"绿电合同与绿色采购起步：{said.zh}", f"green power contracts and purchasing begin: {said.en}")
    out[PERIODS[0][1]] = [contracts]
    for share, word in (
        (_HALF, Text("上游减半", "upstream halved")), (_TENTH, Text("上游减九成", "upstream down nine tenths")),
    ):  # fmt: skip
        reached: dict[int, list[Text]] = {}
        for pair in chosen:
            year = _year(story, pair.emitter, share)
            if year is not None:
                last = next(end for _, end in PERIODS if year <= end)
                reached.setdefault(last, []).append(pair_name(book, pair))
        for last, found in reached.items():
            zh, en = "、".join(n.zh for n in found), ", ".join(n.en for n in found)
            out.setdefault(last, []).append(Text(f"{word.zh}：{zh}", f"{word.en}: {en}"))
    return {
        last: Text("；".join(t.zh for t in parts), "; ".join(t.en for t in parts))
        for last, parts in sorted(out.items())
    }


def buyer_words(book: Book, chosen: list[Pair]) -> list[Sentence]:
    """One sentence per means, with the pairs it is for: inside the place first, then across its border."""
    words = []
    for kind in (GREEN_POWER, PURCHASING, RETROFIT):
        of = [p for p in chosen if kind_of(p) is kind]
        if not of:
            continue
        parts = []
        for where, kept in (
            (Text("本地", "inside"), [p for p in of if is_inside(book, p)]),
            (Text("跨省", "across provinces"), [p for p in of if not is_inside(book, p)]),
        ):
            names = [pair_name(book, p) for p in kept[:_PAIRS_SAID]]
            if names:
                zh, en = "、".join(n.zh for n in names), ", ".join(n.en for n in names)
                parts.append(Text(zh, en) if book.scope.nation else Text(f"{where.zh}{zh}", f"{where.en} {en}"))
        zh, en = "；".join(p.zh for p in parts), "; ".join(p.en for p in parts)
        how = _HOW[kind.en]
        words.append(sentence(f"{kind.zh}——{zh}：{how.zh}。", f"{kind.en.capitalize()} for {en}: {how.en}."))
    return words


_HOW: dict[str, Text] = {
    GREEN_POWER.en: Text(
        "买方以绿电合同与绿证锁定清洁电源，并把用电时段与绿电出力对齐；跨省部分须与送端省份一并安排",
        "buyers lock in clean supply by contracts and certificates and move their use to hours of green output; what crosses a border is "
        "arranged with the sending province",
    ),
    PURCHASING.en: Text(
        "在采购清单与招标中写入产品碳足迹上限，逐期收紧，先从政府投资与大型工程用材开始",
        "write footprint limits into purchasing lists and tenders, tighten them each period, public works first",
    ),
    RETROFIT.en: Text(
        "由链主企业以长期订单、合同能源管理支持供应商节能与电气化改造",
        "lead firms support suppliers' energy saving and electrification by long orders and energy performance contracts",
    ),
}
