"""A figure of the energy system, or a change since a year, asked for by itself: it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from data.classification import place
from data.errors import BadRequest, NotAvailable
from data.text import Text, joined
from tools.result import Account, Basis
from tools.roadmap.book import state_word
from tools.roadmap.names import BASE, COMMON, FIRST, at, scenario_name
from tools.roadmap.parts_power import NAMES, PARTED, by_source, caution_of_turn, exchange_with
from tools.roadmap.power import BASE_YEAR, SOURCES

if TYPE_CHECKING:
    from tools.roadmap.book import Book
    from tools.roadmap.story import Story

Indicator = Literal["power_use", "generation", "capacity", "power_import", "nonfossil_energy", "nonfossil_power"]
_LEAST = 0.05  # TWh or GW: less is not named
_THERMAL = Text("火电（含生物质）", "thermal (with biomass)")


def asked_lead(book: Book, story: Story, indicator: Indicator, year: int) -> None:
    """The one sentence on an indicator in a year. Raises NotAvailable for a year before the balance begins."""
    if indicator in ("generation", "capacity", "power_import") and year < BASE_YEAR:
        raise NotAvailable(
            "no_balance_year",
            Text(f"情景的电力平衡自{BASE_YEAR}年起；{year}年请改问发电量、装机或电力交换的数据。",
                 f"The scenarios' power balance begins in {BASE_YEAR}; for {year} ask for the data on generation, capacity or power trade."),
        )  # fmt: skip
    if indicator == "generation":
        _generation(book, story, year)
    elif indicator == "capacity":
        _capacity(book, story, year)
    elif indicator == "power_import":
        _exchange(book, story, year)
    else:
        _energy(book, story, indicator, year)


def _tail(story: Story, year: int) -> Text:
    """What kind of figure it is."""
    name = scenario_name(story.lead.scenario)
    if year <= COMMON:
        return Text("模型推算，不是统计数", "the model's estimate, not a statistic")
    return Text(f"{name.zh}情景值，不是预测", f"{name.en} scenario, no forecast")


def _figure(book: Book, story: Story, label: Text, value: float, unit: str, year: int) -> int:
    name = scenario_name(story.lead.scenario)
    return book.figure(
        f"{year}年{label.zh}（{name.zh}）", f"{label.en} {year} ({name.en})", value, unit, year=year, path=story.lead,
        basis=Basis.ESTIMATED if year <= COMMON else Basis.PROJECTED,
    )  # fmt: skip


def _energy(book: Book, story: Story, indicator: Indicator, year: int) -> None:
    """Power used, or a non-fossil share (of several provinces: of their sum)."""
    found, here, t = story.energy(story.lead), list(story.scope.indices), at(year)
    power, primary = found.power[t, here], found.primary[t, here]
    where, kind = book.scope.name, _tail(story, year)
    if indicator == "power_use":
        label, value, unit = Text("全社会用电量", "electricity used"), float(power.sum()), "TWh"
    elif indicator == "nonfossil_power":
        label = Text(
            "非化石电力占用电量比重（模型口径，含净调入）",
            "non-fossil share of the power used (model's convention, imports included)",
        )
        value, unit = 100 * float((found.nonfossil_power[t, here] * power).sum() / power.sum()), "%"
    else:
        label = Text("非化石能源占一次能源比重（模型口径）", "non-fossil share of primary energy (model's convention)")
        value, unit = 100 * float((found.nonfossil_primary[t, here] * primary).sum() / primary.sum()), "%"
    fact = _figure(book, story, label, value, unit, year)
    book.draft.lead(
        f"{where.zh}{year}年{label.zh}为{{0}}（{kind.zh}）。",
        f"{where.en}, {label.en} in {year}: {{0}} ({kind.en}).",
        fact,
    )


def _generation(book: Book, story: Story, year: int) -> None:
    """Generation by source, largest first, and the non-fossil share of it."""
    parts = dict(zip(NAMES, by_source(story, story.engine.power(story.lead, year), year), strict=True))
    total = sum(parts.values())
    order = sorted((k for k in parts if parts[k] >= _LEAST), key=lambda k: -parts[k])
    facts = [
        _figure(book, story, Text("发电量合计", "generation in all"), total, "TWh", year),
        _figure(book, story, Text("发电量中非化石占比", "non-fossil share of generation"),
                100 * (1 - (parts["coal"] + parts["gas"]) / total), "%", year),
    ]  # fmt: skip
    for key in order:
        label = Text(f"{NAMES[key].zh}发电量", f"generation, {NAMES[key].en}")
        facts.append(_figure(book, story, label, parts[key], "TWh", year))
    where, kind = book.scope.name, _tail(story, year)
    zh = "、".join(f"{NAMES[k].zh}{{{n + 2}}}" for n, k in enumerate(order))
    en = ", ".join(f"{NAMES[k].en} {{{n + 2}}}" for n, k in enumerate(order))
    book.draft.lead(
        f"{where.zh}{year}年发电量{{0}}，其中非化石占{{1}}：{zh}（{kind.zh}）。",
        f"{where.en} generates {{0}} in {year}, {{1}} of it non-fossil: {en} ({kind.en}).", *facts,
    )  # fmt: skip
    if "gas" in order:
        book.draft.caveats.append(PARTED)


def _capacity(book: Book, story: Story, year: int) -> None:
    """Capacity implied by the hours of 2024: wind and solar together, then every source."""
    found, here = story.engine.power(story.lead, year), list(story.scope.indices)
    gw = {
        k: float(np.nansum(found.capacity[here, SOURCES.index(k)]))
        for k in ("wind", "solar", "hydro", "nuclear", "fossil")
    }
    names = {**NAMES, "fossil": _THERMAL}
    shown = [k for k, v in gw.items() if v >= _LEAST]
    facts = [
        _figure(book, story, Text("风光装机合计", "capacity of wind and solar"), gw["wind"] + gw["solar"], "GW", year)
    ]
    facts += [
        _figure(book, story, Text(f"{names[k].zh}装机", f"capacity, {names[k].en}"), gw[k], "GW", year) for k in shown
    ]
    where, kind = book.scope.name, _tail(story, year)
    zh = "、".join(f"{names[k].zh}{{{n + 1}}}" for n, k in enumerate(shown))
    en = ", ".join(f"{names[k].en} {{{n + 1}}}" for n, k in enumerate(shown))
    book.draft.lead(
        f"{where.zh}{year}年风光装机合计{{0}}；分电源为{zh}（按2024年利用小时由发电量折算，{kind.zh}）。",
        f"{where.en} has {{0}} of wind and solar in {year}; by source {en} (implied by generation at the hours of 2024, {kind.en}).",
        *facts,
    )  # fmt: skip


def _exchange(book: Book, story: Story, year: int) -> None:
    """Net import or export of power, and with which provinces."""
    if story.scope.nation:
        raise BadRequest(
            "exchange_of_a_province",
            Text("外来电按省份计算；请指定一个省。", "Imported power is told for a province; name one."),
        )
    net, others = exchange_with(story, story.engine.power(story.lead, year))
    caution_of_turn(book, story)
    inward, where, kind = net >= 0, book.scope.name, _tail(story, year)
    word = Text("净调入电量", "net power import") if inward else Text("净外送电量", "net power export")
    fact = _figure(book, story, word, abs(net), "TWh", year)
    named = joined([place(code).name for code, _ in others]) if others else Text("—", "—")
    zh, en = named.zh, named.en
    way = Text("主要来自", "mostly from") if inward else Text("主要送往", "mostly to")
    book.draft.lead(
        f"{where.zh}{year}年{word.zh}{{0}}{f'，{way.zh}{zh}' if others else ''}（按2019年计量流向分配，{kind.zh}）。",
        f"{where.en}'s {word.en} in {year} is {{0}}{f', {way.en} {en}' if others else ''} (spread by the flows metered in 2019, {kind.en}).",
        fact,
    )  # fmt: skip


def change_lead(book: Book, story: Story, since: int, year: int) -> None:
    """Gross emissions of a year against those of another, in Mt and per cent. Raises BadRequest for years not in order."""
    if not FIRST <= since < year:
        raise BadRequest(
            "change_since",
            Text(f"比较的起始年须在{FIRST}年至{year - 1}年之间，所给为{since}年。",
                 f"The year compared with lies between {FIRST} and {year - 1}; {since} was given."),
        )  # fmt: skip
    path, name = story.lead, scenario_name(story.lead.scenario)
    before, after = book.amount(Account.GROSS, path, since), book.amount(Account.GROSS, path, year)
    facts = [
        book.figure(
            f"{year}年较{since}年总排放变动率（{name.zh}）", f"change in gross emissions {since}-{year} ({name.en})",
            abs(100 * (after / before - 1)), "%", year=year, path=path, account=Account.GROSS,
        ),
        book.figure(
            f"{year}年较{since}年总排放变动量（{name.zh}）", f"difference in gross emissions {since}-{year} ({name.en})",
            abs(after - before), "Mt CO2", year=year, path=path, account=Account.GROSS,
        ),
        book.emission(Account.GROSS, path, since), book.emission(Account.GROSS, path, year),
    ]  # fmt: skip
    where, kind = book.scope.name, _tail(story, year)
    way = Text("下降", "lower") if after < before else Text("上升", "higher")
    start = Text("清单", "inventory") if since <= BASE else state_word(book.scope, since) if since <= COMMON else kind
    book.draft.lead(
        f"{where.zh}{year}年总排放比{since}年{way.zh}{{0}}，即{{1}}：由{since}年的{{2}}（{start.zh}）到{year}年的{{3}}（{kind.zh}）。",
        f"{where.en}'s gross emissions in {year} are {{0}} {way.en} than in {since}, by {{1}}: from {{2}} in {since} ({start.en}) to {{3}} "
        f"in {year} ({kind.en}).",
        *facts,
    )  # fmt: skip
