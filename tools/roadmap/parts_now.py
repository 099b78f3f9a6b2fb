"""Parts 0 and 1: the key years of all paths shown, and where the place stands now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.text import Text
from tools.result import Account, Basis, Cell, Column, Ref, Sentence, Table, sentence
from tools.roadmap.checks import THERMAL_YEAR, thermal_nowcast
from tools.roadmap.names import BASE, COMMON, LAST, SECTORS, at, scenario_name
from tools.roadmap.story import sector_at

if TYPE_CHECKING:
    from data.warehouse import Warehouse
    from tools.roadmap.book import Book
    from tools.roadmap.story import Story

KEY_YEARS: tuple[int, ...] = (2025, 2030, 2035, 2040, 2050, 2060)
_SECTORS_SHOWN = 8


def key_years(book: Book, story: Story, charts: tuple[int, ...] = ()) -> None:
    """Part 0: gross, removals and net of every path shown; with ``charts`` it is all of a brief answer."""
    paths = [p for p in (story.lead, story.beside, story.current) if p is not None]
    shown = [p for n, p in enumerate(paths) if p.scenario not in {q.scenario for q in paths[:n]}]
    rows: list[tuple[Cell, ...]] = []
    for path in shown:
        for account, word in (
            (Account.GROSS, Text("总排放", "gross")),
            (Account.REMOVALS, Text("碳移除", "removals")),
            (Account.NET, Text("净排放", "net")),
        ):
            cells = [Ref(fact=book.emission(account, path, y)) for y in KEY_YEARS]
            rows.append((scenario_name(path.scenario), word, *cells))
    columns = (
        Column(name=Text("情景", "Scenario")), Column(name=Text("账户", "Account")),
        *(Column(name=Text(f"{y}年", f"{y}"), unit="Mt CO2") for y in KEY_YEARS),
    )  # fmt: skip
    table = book.draft.table(
        Table(
            title=Text(f"{book.scope.name.zh}关键年份：总排放、移除与净排放", f"{book.scope.name.en}: gross, removals and net"),
            columns=columns, rows=tuple(rows),
        )
    )  # fmt: skip
    words = [
        sentence(
            "总排放减去移除等于净排放；2025年为现时估算，其后为情景值。",
            "Gross less removals is net; 2025 is a nowcast, later years are the scenarios' figures.",
        )
    ]
    if not story.scope.nation and story.asked_neutral:
        words.append(
            sentence(
                "全国中和并不要求每个省单独归零：剩余排放可由其他省的碳汇与移除抵消。",
                "National neutrality does not require every province to reach zero alone: other provinces' sinks and "
                "removals may offset what is left.",
            )
        )
    heading = Text("关键年份", "Key years") if charts else Text("0 关键年份", "0 Key years")
    book.draft.section(heading, words, tables=(table,), charts=charts)


def baseline(book: Book, story: Story, warehouse: Warehouse) -> None:
    """Part 1: the inventory of 2019, the nowcast and its doubt, the largest sectors."""
    where, path = book.scope.name, story.lead
    observed = book.figure(
        f"{BASE}年排放总量（CEADs清单，范围一）", f"total emissions {BASE} (CEADs inventory, scope 1)",
        book.amount(Account.GROSS, path, BASE), "Mt CO2", year=BASE, account=Account.SCOPE1, basis=Basis.OBSERVED,
        source="co2",
    )  # fmt: skip
    now = book.emission(Account.GROSS, path, COMMON)
    words = [
        sentence(
            f"{where.zh}2019年排放{{0}}（CEADs清单，范围一，含居民），清单止于2019年；2025年{{1}}是按全国指数推算的现时估算。",
            f"{where.en} emitted {{0}} in 2019 (CEADs inventory, scope 1, households included), the last inventory year; "
            "{1} in 2025 is a nowcast in step with the national index.",
            observed, now,
        )
    ]  # fmt: skip
    if not story.scope.nation:
        words += _other_nowcast(book, story, warehouse)
    table = _sector_table(book, story)
    words.append(
        sentence(
            "含净调入电力的口径、国内消费侧口径与各省位次另有专门工具，可直接询问；三种口径都不是官方考核口径。",
            "The account with net imported power, the consumption-based account and ranks have tools of their own: just "
            "ask; none of them is the official assessment figure.",
        )
    )
    book.draft.section(Text("1 现状与口径", "1 Where it stands"), words, tables=(table,))


def _other_nowcast(book: Book, story: Story, warehouse: Warehouse) -> list[Sentence]:
    """The same year with power following the province's own thermal generation."""
    where = book.scope.name
    other = thermal_nowcast(warehouse, story.engine)[list(story.scope.indices)]
    if not np.isfinite(other).all():
        return []
    plain = book.emission(Account.GROSS, story.current, THERMAL_YEAR)
    found = book.figure(
        f"{THERMAL_YEAR}年总排放（电力按本省火电发电量推算）",
        f"gross emissions {THERMAL_YEAR} (power in step with its own thermal generation)",
        float(other.sum()), "Mt CO2", year=THERMAL_YEAR, account=Account.GROSS, basis=Basis.ESTIMATED,
        source="power_generation",
    )  # fmt: skip
    return [
        sentence(
            f"现时估算的不确定性：{where.zh}{THERMAL_YEAR}年总排放按单一指数为{{0}}，若电力按当地火电发电量推算则为{{1}}，情景采用前者。",
            f"How unsure the nowcast is: {where.en}'s {THERMAL_YEAR} is {{0}} by the one index, but {{1}} with power in step with "
            "its own thermal generation; the scenarios use the former.",
            plain, found,
        )
    ]  # fmt: skip


def _sector_table(book: Book, story: Story) -> int:
    path, where = story.lead, book.scope.name
    series = story.sectors(path)
    name = scenario_name(path.scenario)
    total = series[at(BASE)].sum()
    order = np.argsort(-series[at(BASE)], kind="stable")[:_SECTORS_SHOWN]
    rows: list[tuple[Cell, ...]] = []
    for i in (int(k) for k in order):
        label, full = sector_at(i).short, sector_at(i).name.en
        basis = Basis.ESTIMATED if 29 <= i < SECTORS else Basis.OBSERVED  # services share one inventory sector by a key
        source = "co2" if i == SECTORS else "co2_42"
        base = book.figure(
            f"{label.zh}{BASE}年直接排放", f"direct emissions of {label.en} {BASE}", float(series[at(BASE), i]), "Mt CO2",
            year=BASE, account=Account.SCOPE1, basis=basis, source=source, sector=full,
        )  # fmt: skip
        share = book.figure(
            f"{label.zh}占{BASE}年排放比重", f"share of {label.en} in emissions {BASE}",
            float(100 * series[at(BASE), i] / total), "%", year=BASE, account=Account.SCOPE1, sector=full,
            basis=Basis.ESTIMATED if basis is Basis.ESTIMATED else Basis.DERIVED, source=source,
        )  # fmt: skip
        later = [
            book.figure(
                f"{label.zh}{y}年总排放（{name.zh}）", f"gross emissions of {label.en} {y} ({name.en})",
                float(series[at(y), i]), "Mt CO2", year=y, path=path, account=Account.GROSS, sector=full,
                basis=Basis.ESTIMATED if y <= COMMON else Basis.PROJECTED,
            )
            for y in (COMMON, 2035, LAST)
        ]  # fmt: skip
        rows.append((label, *(Ref(fact=f) for f in (base, share, *later))))
    columns = (
        Column(name=Text("行业", "Sector")),
        Column(name=Text(f"{BASE}年（清单）", f"{BASE} (inventory)"), unit="Mt CO2"),
        Column(name=Text("占比", "Share"), unit="%"),
        *(Column(name=Text(f"{y}年", f"{y}"), unit="Mt CO2") for y in (COMMON, 2035, LAST)),
    )
    title = Text(f"{where.zh}分行业排放（{name.zh}情景）", f"{where.en}: emissions by sector ({name.en} scenario)")
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows), total_rows=SECTORS + 1))
