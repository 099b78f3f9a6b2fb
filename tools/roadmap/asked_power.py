"""Generation, capacity and exchange of power in given years, as sentences: one source where one is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from data.classification import place
from data.errors import BadRequest, NotAvailable
from data.text import Text, joined
from tools.result import Basis
from tools.roadmap.names import COMMON, LAST, scenario_name
from tools.roadmap.parts_power import NAMES, PARTED, by_source, caution_of_turn, exchange_with
from tools.roadmap.power import BASE_YEAR, SOURCES

if TYPE_CHECKING:
    from tools.roadmap.book import Book
    from tools.roadmap.story import Story

Source = Literal["coal", "gas", "thermal", "biomass", "nuclear", "hydro", "wind", "solar"]
_LEAST = 0.05  # TWh or GW: less is not named
_THERMAL = Text("火电（含生物质）", "thermal (with biomass)")
_INSIDE_THERMAL = ("coal", "gas", "biomass")


def tail(story: Story, year: int) -> Text:
    """What kind of figure it is."""
    name = scenario_name(story.lead.scenario)
    if year <= COMMON:
        return Text("模型推算，不是统计数", "the model's estimate, not a statistic")
    return Text(f"{name.zh}情景值，不是预测", f"{name.en} scenario, no forecast")


def figure(book: Book, story: Story, label: Text, value: float, unit: str, year: int) -> int:
    """A fact of the leading path in a year."""
    name = scenario_name(story.lead.scenario)
    return book.figure(
        f"{year}年{label.zh}（{name.zh}）", f"{label.en} {year} ({name.en})", value, unit, year=year, path=story.lead,
        basis=Basis.ESTIMATED if year <= COMMON else Basis.PROJECTED,
    )  # fmt: skip


def check_balance_year(year: int) -> None:
    """Raises NotAvailable for a year before the balance begins."""
    if year < BASE_YEAR:
        raise NotAvailable(
            "no_balance_year",
            Text(f"情景的电力平衡自{BASE_YEAR}年起；{year}年请改问发电量、装机或电力交换的数据。",
                 f"The scenarios' power balance begins in {BASE_YEAR}; for {year} ask for the data on generation, capacity or power trade."),
        )  # fmt: skip


def generation(book: Book, story: Story, years: tuple[int, ...], source: Source | None) -> None:
    """Generation by source of each year, largest first, and its non-fossil share; one source alone where it is asked for."""
    for year in years:
        parts = dict(zip(NAMES, by_source(story, story.engine.power(story.lead, year), year), strict=True))
        if source is not None:
            _of_source(book, story, year, source, parts)
        elif len(years) > 1:
            _mix_briefly(book, story, year, parts)
        else:
            _mix(book, story, year, parts)
    if source in ("coal", "gas") or source is None:
        book.draft.caveats.append(PARTED)
    if source == "coal" and LAST in years:
        _left_of_coal(book, story)


def _mix(book: Book, story: Story, year: int, parts: dict[str, float]) -> None:
    order = sorted((k for k in parts if parts[k] >= _LEAST), key=lambda k: -parts[k])
    facts = _totals(book, story, year, parts)
    facts += [figure(book, story, _generated(k), parts[k], "TWh", year) for k in order]
    where, kind = book.scope.name, tail(story, year)
    zh = "、".join(f"{NAMES[k].zh}{{{n + 2}}}" for n, k in enumerate(order))
    en = ", ".join(f"{NAMES[k].en} {{{n + 2}}}" for n, k in enumerate(order))
    book.draft.lead(
        f"{where.zh}{year}年发电量{{0}}，其中非化石占{{1}}：{zh}（{kind.zh}）。",
        f"{where.en} generates {{0}} in {year}, {{1}} of it non-fossil: {en} ({kind.en}).", *facts,
    )  # fmt: skip


def _mix_briefly(book: Book, story: Story, year: int, parts: dict[str, float]) -> None:
    """One of several years: the total, the non-fossil share and the largest source; the table tells the rest."""
    first = max(parts, key=lambda k: parts[k])
    facts = [*_totals(book, story, year, parts), figure(book, story, _generated(first), parts[first], "TWh", year)]
    where, kind = book.scope.name, tail(story, year)
    book.draft.lead(
        f"{where.zh}{year}年发电量{{0}}，其中非化石占{{1}}，最多的是{NAMES[first].zh}{{2}}（{kind.zh}）。",
        f"{where.en} generates {{0}} in {year}, {{1}} of it non-fossil; the largest source is {NAMES[first].en} with {{2}} ({kind.en}).",
        *facts,
    )  # fmt: skip


def _totals(book: Book, story: Story, year: int, parts: dict[str, float]) -> list[int]:
    total = sum(parts.values())
    return [
        figure(book, story, Text("发电量合计", "generation in all"), total, "TWh", year),
        figure(book, story, Text("发电量中非化石占比", "non-fossil share of generation"),
               100 * (1 - (parts["coal"] + parts["gas"]) / total), "%", year),
    ]  # fmt: skip


def _generated(key: str) -> Text:
    return Text(f"{NAMES[key].zh}发电量", f"generation, {NAMES[key].en}")


def _of_source(book: Book, story: Story, year: int, source: Source, parts: dict[str, float]) -> None:
    """One source's generation and its share of the place's own generation."""
    inside = _INSIDE_THERMAL if source == "thermal" else (source,)
    value, name = sum(parts[k] for k in inside), _THERMAL if source == "thermal" else NAMES[source]
    label = Text(f"{name.zh}{'' if name.zh.endswith('发电') else '发'}电量", f"generation, {name.en}")
    share = Text(f"{name.zh}占发电量比重", f"share of generation, {name.en}")
    facts = [
        figure(book, story, label, value, "TWh", year),
        figure(book, story, share, 100 * value / sum(parts.values()), "%", year),
    ]
    where, kind = book.scope.name, tail(story, year)
    book.draft.lead(
        f"{where.zh}{year}年{label.zh}{{0}}，占本地发电量的{{1}}（{kind.zh}）。",
        f"{where.en}, {label.en} in {year}: {{0}}, {{1}} of its own generation ({kind.en}).", *facts,
    )  # fmt: skip


def _left_of_coal(book: Book, story: Story) -> None:
    """Whether coal power is gone by the last year."""
    left = by_source(story, story.engine.power(story.lead, LAST), LAST)[list(NAMES).index("coal")]
    name = scenario_name(story.lead.scenario)
    if left >= _LEAST:
        fact = figure(book, story, _generated("coal"), left, "TWh", LAST)
        book.draft.lead(
            f"{name.zh}情景到{LAST}年煤电没有完全退出，尚余{{0}}。",
            f"In the {name.en} scenario coal power is not gone by {LAST}: {{0}} is left.", fact,
        )  # fmt: skip


def capacity(book: Book, story: Story, years: tuple[int, ...], source: Source | None) -> None:
    """Mean capacity of a year, implied by the hours of 2024: wind and solar together, then every source; or the one asked for.

    Raises NotAvailable for coal, gas or biomass alone: capacity is known for thermal plants together.
    """
    if source in _INSIDE_THERMAL:
        raise NotAvailable(
            "thermal_capacity_only",
            Text(f"情景的装机只有火电合计，{NAMES[source].zh}没有单列；可问火电装机，或{NAMES[source].zh}的发电量。",
                 f"The scenarios hold thermal capacity as a whole, {NAMES[source].en} not apart; ask for thermal capacity, or for the "
                 f"generation of {NAMES[source].en}."),
        )  # fmt: skip
    for year in years:
        found, here = story.engine.power(story.lead, year), list(story.scope.indices)
        gw = {
            k: float(np.nansum(found.capacity[here, SOURCES.index(k)]))
            for k in ("wind", "solar", "hydro", "nuclear", "fossil")
        }
        names = {**NAMES, "fossil": _THERMAL}
        where, kind = book.scope.name, tail(story, year)
        if source is not None:
            key = "fossil" if source == "thermal" else source
            fact = figure(book, story, _installed(names[key]), gw[key], "GW", year)
            book.draft.lead(
                f"{where.zh}{year}年{names[key].zh}装机{{0}}（由发电量按基年利用小时折算的年均装机，{kind.zh}）。",
                f"{where.en} has {{0}} of {names[key].en} capacity in {year} (the year's mean, from generation at the hours of the base year, "
                f"{kind.en}).", fact,
            )  # fmt: skip
            continue
        both = figure(
            book, story, Text("风光装机合计", "capacity of wind and solar"), gw["wind"] + gw["solar"], "GW", year
        )
        shown = [k for k, v in gw.items() if v >= _LEAST]
        facts = [both, *(figure(book, story, _installed(names[k]), gw[k], "GW", year) for k in shown)]
        zh = "、".join(f"{names[k].zh}{{{n + 1}}}" for n, k in enumerate(shown))
        en = ", ".join(f"{names[k].en} {{{n + 1}}}" for n, k in enumerate(shown))
        # No year stands beside the figures but their own: the audit would take it for theirs.
        book.draft.lead(
            f"{where.zh}{year}年风光装机合计{{0}}；分电源为{zh}（由发电量按基年利用小时折算的年均装机，{kind.zh}）。",
            f"{where.en} has {{0}} of wind and solar in {year}; by source {en} (the year's mean, from generation at the hours "
            f"of the base year, {kind.en}).",
            *facts,
        )  # fmt: skip


def _installed(name: Text) -> Text:
    return Text(f"{name.zh}装机", f"capacity, {name.en}")


def exchange(book: Book, story: Story, years: tuple[int, ...]) -> None:
    """Net import or export of power, its share of the power used, and with which provinces."""
    if story.scope.nation:
        raise BadRequest(
            "exchange_of_a_province",
            Text("外来电按省份计算；请指定一个省。", "Imported power is told for a province; name one."),
        )
    caution_of_turn(book, story)
    for year in years:
        found, here = story.engine.power(story.lead, year), list(story.scope.indices)
        net, others = exchange_with(story, found)
        inward, where, kind = net >= 0, book.scope.name, tail(story, year)
        word = Text("净调入电量", "net power import") if inward else Text("净外送电量", "net power export")
        facts = [
            figure(book, story, word, abs(net), "TWh", year),
            figure(book, story, Text(f"{word.zh}相当于用电量的比重", f"{word.en} relative to the power used"),
                   100 * abs(net) / float(found.use[here].sum()), "%", year),
        ]  # fmt: skip
        named = joined([place(code).name for code, _ in others]) if others else Text("—", "—")
        zh, en = named.zh, named.en
        way = Text("主要来自", "mostly from") if inward else Text("主要送往", "mostly to")
        book.draft.lead(
            f"{where.zh}{year}年{word.zh}{{0}}，相当于用电量的{{1}}{f'，{way.zh}{zh}' if others else ''}（按2019年计量流向分配，{kind.zh}）。",
            f"{where.en}'s {word.en} in {year} is {{0}}, {{1}} of the power used{f', {way.en} {en}' if others else ''} (spread by the flows "
            f"metered in 2019, {kind.en}).",
            *facts,
        )  # fmt: skip
