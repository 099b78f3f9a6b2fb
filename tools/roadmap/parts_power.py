"""Part 4: generation by source, where imported power comes from, implied capacity, and fuels burnt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from data.classification import place
from data.text import Text, joined
from tools.result import Basis, Cell, Column, Ref, Sentence, Table, sentence
from tools.roadmap.energy import fuels_burnt
from tools.roadmap.names import COMMON, LAST, at, scenario_name
from tools.roadmap.power import BASE_YEAR, FOSSIL, SOURCES, Power, gas_part

if TYPE_CHECKING:
    from tools.roadmap.book import Book
    from tools.roadmap.story import Story

YEARS_SHOWN: tuple[int, ...] = (BASE_YEAR, 2030, 2035, 2045, LAST)
PRINTED: tuple[int, ...] = (BASE_YEAR, 2035, LAST)
PARTNERS = 3
_LEAST = 0.5  # TWh: smaller exchanges are not named
_TURN = 0.02  # of power used: a smaller net exchange has no direction to speak of
NAMES: dict[str, Text] = {
    "coal": Text("煤电（含油电）", "coal (with oil)"), "gas": Text("气电", "gas"), "biomass": Text("生物质与垃圾发电", "biomass and waste"),
    "nuclear": Text("核电", "nuclear"), "hydro": Text("水电", "hydro"), "wind": Text("风电", "wind"), "solar": Text("太阳能发电", "solar"),
}  # fmt: skip
_FUELS = (Text("煤炭消费量", "coal burnt"), Text("石油消费量", "oil burnt"), Text("天然气消费量", "gas burnt"))
Balances = list[tuple[int, Power, tuple[float, ...]]]
Rows = list[tuple[Text, list[float | None]]]
PARTED = Text(
    "煤电与气电按电力部门的燃料拆分，各省用分省清单，全国用全国清单；两套清单不同，所以各省气电之和不等于全国气电，煤电亦然，2024年的火电合计才相同。",
    "Coal and gas power are parted by the fuels of the power sector, a province's by its own inventory and China's by the "
    "national one; as these differ, the provinces' gas power does not add up to China's, nor does coal power: only the "
    "fossil generation of 2024 as a whole does.",
)
CAPACITY = Text("装机（2024年为年末实有，其后为年平均）", "capacity (2024 at the year's end, later the year's mean)")
BALANCE = Text("电力平衡与电源结构", "power balance by source")


def balances(story: Story, years: Sequence[int] = YEARS_SHOWN) -> Balances:
    """Each year with its balance and the place's generation by source, coal and gas apart."""
    path, engine = story.lead, story.engine
    out = []
    for year in years:
        found = engine.power(path, year)
        out.append((year, found, by_source(story, found, year)))
    return out


def by_source(story: Story, found: Power, year: int) -> tuple[float, ...]:
    """The place's generation by source in the order of ``NAMES``, coal and gas apart, TWh."""
    path, here = story.lead, list(story.scope.indices)
    gas = np.nan_to_num(gas_part(path, story.engine.model.potentials.fuel_factor, year)) * found.generation[:, FOSSIL]
    coal = found.generation[:, FOSSIL] - gas
    parts = (coal, gas, *(found.generation[:, k] for k in range(len(SOURCES)) if k != FOSSIL))
    return tuple(float(p[here].sum()) for p in parts)


def _basis(year: int) -> Basis:
    return Basis.ESTIMATED if year <= COMMON else Basis.PROJECTED


def _figure(book: Book, story: Story, label: Text, value: float, unit: str, year: int) -> int:
    path, name = story.lead, scenario_name(story.lead.scenario)
    source = "power_generation" if year == BASE_YEAR else "roadmap_defaults"
    return book.figure(
        f"{year}年{label.zh}（{name.zh}）", f"{label.en} {year} ({name.en})", value, unit, year=year, path=path, basis=_basis(year),
        source=source,
    )  # fmt: skip


def exchange_with(story: Story, found: Power) -> tuple[float, list[tuple[str, float]]]:
    """Net import of the place and the provinces it comes from (or, below zero, goes to), largest first."""
    here = list(story.scope.indices)
    apart = [i for i in range(len(found.use)) if i not in here]
    net = float(found.net_import[here].sum())
    exchange = found.flows[np.ix_(apart, here)].sum(axis=1) - found.flows[np.ix_(here, apart)].sum(axis=0)
    order = np.argsort(-exchange if net >= 0 else exchange, kind="stable")[:PARTNERS]
    regions = story.lead.regions
    return net, [(regions[apart[int(k)]], abs(float(exchange[k]))) for k in order if abs(exchange[k]) >= _LEAST]


def power_words(book: Book, story: Story) -> list[Sentence]:
    """How the balance is made, and where the place's power comes from or goes to in 2035."""
    words = [
        sentence(
            "电力平衡为物理量：以2024年全口径发电量（由2021年全口径与2024年规模以上、装机推得）为基，化石发电随模型中本省电力部门变动，核、水、生物质按"
            "给定的全国增量，风光补足其余，均按2024年省份布局；省间流向按2019年计量电量以迭代比例法分配，过境已抵消。",
            "The power balance is physical: from generation of 2024, all plants (from 2021's full scope, above-scale generation and "
            "capacity), fossil generation follows the province's power sector in the model, nuclear, hydro and biomass grow by given "
            "national additions, wind and solar make up the rest, each sited as in 2024; flows between provinces are fitted to the "
            "metered trade of 2019, transit netted out.",
        )
    ]
    words.append(sentence(PARTED.zh, PARTED.en))
    if story.scope.nation:
        return words
    words += _turned(book, story)
    net, partners = exchange_with(story, story.engine.power(story.lead, 2035))
    inward = net >= 0
    label = Text("净调入电量", "net power import") if inward else Text("净外送电量", "net power export")
    facts = [_figure(book, story, label, abs(net), "TWh", 2035)]
    named = []
    for code, twh in partners:
        other = place(code).name
        link = (
            Text(f"自{other.zh}调入电量", f"power from {other.en}")
            if inward
            else Text(f"送{other.zh}电量", f"power to {other.en}")
        )
        facts.append(_figure(book, story, link, twh, "TWh", 2035))
        named.append(other)
    zh = "、".join(f"{n.zh}{{{k + 1}}}" for k, n in enumerate(named))
    en = ", ".join(f"{n.en} ({{{k + 1}}})" for k, n in enumerate(named))
    where = book.scope.name
    if inward:
        words.append(sentence(f"2035年{where.zh}净调入电量{{0}}，主要来自{zh}。",
                              f"In 2035 {where.en} imports {{0}} of power net, mostly from {en}.", *facts))  # fmt: skip
    else:
        words.append(sentence(f"2035年{where.zh}净外送电量{{0}}，主要送往{zh}。",
                              f"In 2035 {where.en} exports {{0}} of power net, mostly to {en}.", *facts))  # fmt: skip
    return words


def turning(story: Story) -> int | None:
    """First year shown in which a net exporter of power has become a net importer, or the reverse; None where none has."""
    nets = {year: _net_of(story, year) for year in YEARS_SHOWN}
    start = nets[BASE_YEAR]
    return next((y for y, net in nets.items() if net * start < 0 and min(abs(net), abs(start)) >= _TURN), None)


def _net_of(story: Story, year: int) -> float:
    found, here = story.engine.power(story.lead, year), list(story.scope.indices)
    return float(found.net_import[here].sum() / found.use[here].sum())


def caution_of_turn(book: Book, story: Story) -> None:
    """The caveat owed where the balance turns the direction of a place's exchange."""
    year, where = turning(story), book.scope.name
    if year is None:
        return
    then, now = _directions(story)
    book.draft.caveats.append(
        Text(
            f"本情景中{where.zh}由{then.zh}转为{now.zh}（{year}年），是电源按2024年省份布局扩张、用电按模型增长的结果，不是对送受电格局的预测。",
            f"In this scenario {where.en} turns from {then.en} to {now.en} ({year}): this follows from siting plants as in 2024 while use "
            "grows as modelled, and is no forecast of who sends power to whom.",
        )
    )


def _directions(story: Story) -> tuple[Text, Text]:
    """What the net exchange of 2024 is called, and its opposite."""
    words = (Text("净外送电量", "net power export"), Text("净调入电量", "net power import"))
    return words if _net_of(story, BASE_YEAR) < 0 else words[::-1]


def _turned(book: Book, story: Story) -> list[Sentence]:
    """Where the balance turns a net exporter into an importer (or the reverse): it follows from siting, and is no forecast."""
    year, where = turning(story), book.scope.name
    if year is None:
        return []
    then, now = _directions(story)
    facts = []
    for label, y in ((then, BASE_YEAR), (now, year)):
        found = story.engine.power(story.lead, y)
        value = abs(float(found.net_import[list(story.scope.indices)].sum()))
        facts.append(_figure(book, story, label, value, "TWh", y))
    caution_of_turn(book, story)
    return [
        sentence(
            f"{where.zh}2024年{then.zh}{{0}}，{year}年转为{now.zh}{{1}}：新增电源按2024年的省份布局分摊，未按资源条件选址，这一转变是布局假设的结果，不是预测。",
            f"From a {then.en} of {{0}} in 2024 {where.en} turns to a {now.en} of {{1}} in {year}: new plants are shared out as sited "
            "in 2024, not by where resources are, so the turn is a consequence of that assumption and no forecast.",
            *facts,
        )
    ]


def power_from(book: Book, story: Story, year: int) -> list[Cell]:
    """For the timetable: net import of a year (negative: export) and the provinces it mostly comes from or goes to."""
    net, partners = exchange_with(story, story.engine.power(story.lead, year))
    label = Text("净调入电量（负值为净外送）", "net import (negative: export)")
    named = joined([place(code).name for code, _ in partners]) if partners else Text("—", "—")
    return [Ref(fact=_figure(book, story, label, net, "TWh", year)), named]


def power_tables(book: Book, story: Story) -> list[int]:
    """Table 6, the balance (TWh) at PRINTED years; the balance of all YEARS_SHOWN, implied capacity (GW) and fuels burnt (Mtce)
    are attached in plain numbers: a page holds only so many figures."""
    years = balances(story)
    rows = balance_rows(story, years)
    _attach(book, story, BALANCE, "TWh", rows)
    _attach(book, story, CAPACITY, "GW", capacity_rows(story, years))
    title = Text(
        "燃料燃烧量（按热值折标准煤，含发电，不含原料与损失）",
        "fuels burnt (by heat; power plants in, feedstock and losses out)",
    )
    _attach(book, story, title, "Mtce", _fuel_rows(story))
    kept = [YEARS_SHOWN.index(y) for y in PRINTED]
    return [
        printed(book, story, BALANCE, "TWh", PRINTED, [(label, [values[k] for k in kept]) for label, values in rows])
    ]


def _head(book: Book, story: Story, title: Text) -> Text:
    name, where = scenario_name(story.lead.scenario), book.scope.name
    return Text(f"{where.zh}{title.zh}（{name.zh}情景）", f"{where.en}: {title.en} ({name.en})")


def _columns(years: Sequence[int], unit: str) -> tuple[Column, ...]:
    return (Column(name=Text("项目", "Item")), *(Column(name=Text(f"{y}年", f"{y}"), unit=unit) for y in years))


def _attach(book: Book, story: Story, title: Text, unit: str, rows: Rows) -> None:
    """A table with the answer, not printed in it."""
    whole = Text(f"{title.zh}，各年", f"{title.en}, all years")
    cells: list[tuple[Cell, ...]] = [(label, *values) for label, values in rows]
    book.draft.table(Table(title=_head(book, story, whole), columns=_columns(YEARS_SHOWN, unit), rows=tuple(cells)))


def printed(book: Book, story: Story, title: Text, unit: str, years: Sequence[int], rows: Rows) -> int:
    """A table whose every cell is a fact; a dash where there is no data."""
    cells: list[tuple[Cell, ...]] = [
        (label, *("—" if v is None else Ref(fact=_figure(book, story, label, v, unit, y)) for y, v in zip(years, values, strict=True)))
        for label, values in rows
    ]  # fmt: skip
    return book.draft.table(Table(title=_head(book, story, title), columns=_columns(years, unit), rows=tuple(cells)))


def balance_rows(story: Story, years: Balances) -> Rows:
    """Use and losses = generation by source + net import, TWh."""
    here, losses = list(story.scope.indices), story.engine.power_base.losses
    rows: Rows = [
        (Text(f"{name.zh}发电量", f"generation, {name.en}"), [parts[k] for _, _, parts in years])
        for k, name in enumerate(NAMES.values())
    ]
    if not story.scope.nation:
        rows.append(
            (
                Text("净调入电量（负值为净外送）", "net import (negative: export)"),
                [exchange_with(story, p)[0] for _, p, _ in years],
            )
        )
    use = [float(p.use[here].sum()) for _, p, _ in years]
    rows.append((Text("损耗与统计差", "losses and statistical difference"), [u * losses for u in use]))
    rows.append((Text("全社会用电量（平衡表）", "electricity used (balance)"), list(use)))
    return rows


def capacity_rows(story: Story, years: Balances) -> Rows:
    """Capacity at the hours of 2024, GW; thermal in one; none where a source has none."""
    here = list(story.scope.indices)
    names = {k: NAMES[k] for k in ("nuclear", "hydro", "wind", "solar")}
    return [
        (name, [float(np.nansum(found.capacity[here, SOURCES.index(key)])) or None for _, found, _ in years])
        for key, name in {"fossil": Text("火电（含生物质）", "thermal (with biomass)"), **names}.items()
    ]


def _fuel_rows(story: Story) -> Rows:
    """Coal, oil and gas burnt by heat, power plants included, Mtce."""
    here, path, model = list(story.scope.indices), story.lead, story.engine.model
    burnt = {y: fuels_burnt(model, at(y), path.deployment[..., at(y)])[here].sum(axis=0) for y in YEARS_SHOWN}
    return [(label, [float(burnt[y][f]) for y in YEARS_SHOWN]) for f, label in enumerate(_FUELS)]
