"""Parts 0 and 1: the key years of all paths shown, and where the place stands now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.classification import NATION
from data.errors import NotAvailable
from data.text import Text
from tools.power_account import GRIDS, factors, flows, net_emissions
from tools.result import Account, Basis, Cell, Column, Ref, Sentence, Table, sentence
from tools.roadmap.book import state_word
from tools.roadmap.engine import BASE_TABLE
from tools.roadmap.names import BASE, COMMON, SECTORS, at, scenario_name
from tools.roadmap.story import sector_at
from tools.roadmap.structure import backbone_chart, structure_of
from tools.use_balance import use_balance

if TYPE_CHECKING:
    from data.warehouse import Warehouse
    from tools.roadmap.book import Book
    from tools.roadmap.model import Path
    from tools.roadmap.story import Story
    from tools.roadmap.structure import Structure

KEY_YEARS: tuple[int, ...] = (2025, 2030, 2035, 2040, 2050, 2060)
_SECTORS_SHOWN = 6


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
    state = state_word(book.scope, COMMON)
    words = [
        sentence(
            f"总排放减去移除等于净排放；2025年{'' if state.zh.startswith('由') else '为'}{state.zh}，其后为情景值。",
            f"Gross less removals is net; 2025 is {state.en}, later years are the scenarios' figures.",
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
    """Part 1: the inventory of 2019, the nowcast and its doubt, both accounts, the largest sectors and the backbone."""
    where, path = book.scope.name, story.lead
    observed = _inventory_total(book, path)
    now = book.emission(Account.GROSS, path, COMMON)
    now_is = Text("是现时估算：电力随当地火电发电量，其余随全国总量的余数",
                  "is a nowcast: power in step with the place's thermal generation, the rest with what is left of the national total")  # fmt: skip
    own = book.scope.own is not None and bool(book.scope.own.states)
    if own:
        state = state_word(book.scope, COMMON)
        now_is = Text(f"{state.zh}（见“您提供的数据”）", f"is {state.en} (see 'The figures you gave')")
    words = [
        sentence(
            f"{where.zh}2019年排放{{0}}（CEADs清单，范围一，含居民），清单止于2019年；2025年{{1:range}}{now_is.zh}。",
            f"{where.en} emitted {{0}} in 2019 (CEADs inventory, scope 1, households included), the last inventory year; "
            f"{{1:range}} in 2025 {now_is.en}.",
            observed, now,
        )
    ]  # fmt: skip
    tables = []
    if not story.scope.nation:
        if not own:
            words.append(_other_nowcast(book, story, now))
        tables += _accounts_table(book, observed, warehouse)
    structure = structure_of(warehouse, story.scope.place, BASE_TABLE)
    tables.append(_sector_table(book, structure))
    ranked = story.scope.place.kind == "province"
    rank_zh, rank_en = (
        ("，位次按直接排放由高到低", ", the rank is by direct emissions, highest first") if ranked else ("", "")
    )
    words.append(
        sentence(
            f"分行业表为投入产出表年份2017年：消费侧指各行业在全国各地为{where.zh}最终使用排放的二氧化碳（不含进口品在境外的排放），碳强度的分母为"
            f"总产出{rank_zh}。",
            "The table by sector is for 2017, the year of the input-output table: consumption-based is what a sector emits "
            f"anywhere in China for {where.en}'s final use (carbon emitted abroad for imports excluded), intensity is per gross "
            f"output{rank_en}.",
        )
    )
    chart = book.draft.chart(backbone_chart(structure))
    book.draft.section(Text("1 现状与口径", "1 Where it stands"), words, tables=tuple(tables), charts=(chart,))


def _inventory_total(book: Book, path: Path) -> int:
    return book.figure(
        f"{BASE}年排放总量（CEADs清单，范围一）", f"total emissions {BASE} (CEADs inventory, scope 1)",
        book.amount(Account.GROSS, path, BASE), "Mt CO2", year=BASE, account=Account.SCOPE1, basis=Basis.OBSERVED,
        source="co2",
    )  # fmt: skip


def _accounts_table(book: Book, observed: int, warehouse: Warehouse) -> list[int]:
    """Table 1: scope 1 beside scope 1 plus net imported power by three factors; none where the trade is not known."""
    where = book.scope.place
    try:
        exchange = flows(warehouse, where, BASE)
    except NotAvailable:  # a dataset without power trade of the year
        return []
    known, members = factors(warehouse, BASE), where.members or (where.code,)
    choices: list[tuple[Text, float]] = []
    senders = {*exchange.received, *exchange.sent}
    if senders <= known.keys():
        by_origin = {code: known[code].value for code in senders}
        choices.append((Text("送电省因子", "source-province factors"), net_emissions(exchange, by_origin)))
    grid = next((g for g, codes in GRIDS.items() if set(members) <= set(codes)), "")
    if grid in known:
        choices.append((Text("区域电网因子", "regional-grid factor"), exchange.net * known[grid].value))
    choices.append((Text("全国因子", "national factor"), exchange.net * known[NATION.code].value))
    balance = use_balance(warehouse, where, BASE)
    if balance is not None and balance.contradicts(exchange.net):
        area, name = NATION.code, Text("全国因子", "national factor")
        if grid in known:
            area, name = grid, Text("区域电网因子", "regional-grid factor")
        label = Text(f"改按用电量减发电量，{name.zh}", f"by power used less generated instead, {name.en}")
        choices.append((label, balance.net * known[area].value))
    scope1 = book.draft[observed].value
    no, year = Text("否", "no"), Text(f"{BASE}年", str(BASE))
    rows: list[tuple[Cell, ...]] = [
        (Text("范围一", "Scope 1"), year, Ref(fact=observed), Text("CEADs清单", "CEADs inventory"), no)
    ]
    for name, mt in choices:
        total = book.figure(
            f"{BASE}年范围一加净调入电力的二氧化碳（{name.zh}）", f"CO2 {BASE}, scope 1 plus net imported electricity ({name.en})",
            scope1 + mt, "Mt CO2", year=BASE, account=Account.SCOPE1_PLUS_NET_POWER, basis=Basis.DERIVED,
            source="power_trade",
        )  # fmt: skip
        label = Text(f"范围一＋净调入电力（{name.zh}）", f"Scope 1 plus net imported power ({name.en})")
        rows.append((label, year, Ref(fact=total), Text("推算", "derived"), no))
    for table in ("power_trade", "grid_factors"):
        if table not in book.draft.sources:
            book.draft.sources.append(table)
    columns = (
        Column(name=Text("口径", "Account")), Column(name=Text("年份", "Year")),
        Column(name=Text("排放", "Emissions"), unit="Mt CO2"), Column(name=Text("依据", "Basis")),
        Column(name=Text("能否用于考核", "Official assessment figure")),
    )  # fmt: skip
    title = Text(f"{where.name.zh}两种口径的排放", f"{where.name.en}: emissions in two accounts")
    return [book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))]


def _other_nowcast(book: Book, story: Story, now: int) -> Sentence:
    """The same year with everything in step with the one national index."""
    other = book.figure(
        f"{COMMON}年总排放（全部随全国单一指数）", f"gross emissions {COMMON} (everything in step with the one national index)",
        float(book.nowcast.one_factor[at(COMMON), list(story.scope.indices)].sum()), "Mt CO2", year=COMMON,
        account=Account.GROSS, basis=Basis.ESTIMATED,
    )  # fmt: skip
    if "power_generation" not in book.draft.sources:
        book.draft.sources.append("power_generation")
    return sentence(
        f"现时估算的不确定性：若不看本省火电、全部随全国单一指数，{book.scope.name.zh}{COMMON}年为{{1}}而不是{{0}}；情景采用后者。",
        f"How unsure the nowcast is: with everything in step with the one national index {book.scope.name.en}'s {COMMON} would be "
        "{1} instead of {0}; the scenarios use the latter.", now, other,
    )  # fmt: skip


def _sector_table(book: Book, structure: Structure) -> int:
    """Table 2: the largest sectors of the table's year, by direct emissions."""
    where = book.scope.name
    ranked = book.scope.place.kind == "province"
    order = np.argsort(-structure.direct, kind="stable")[:_SECTORS_SHOWN]
    columns = [
        Column(name=Text("行业", "Sector")),
        Column(name=Text("直接排放", "Direct emissions"), unit="Mt CO2"), Column(name=Text("占比", "Share"), unit="%"),
        Column(name=Text("国内消费侧（按排放行业）", "Consumption-based, domestic (by emitting sector)"), unit="Mt CO2"),
        Column(name=Text("碳强度（每万元总产出）", "Intensity (per gross output)"), unit="kg CO2/10k yuan"),
    ]  # fmt: skip
    if ranked:
        columns.append(Column(name=Text("全国位次", "National rank"), unit="rank"))
    kind = Text("全国表", "national table") if book.scope.nation else Text("估算表", "estimated table")
    title = Text(
        f"{where.zh}{BASE_TABLE}年分行业排放（{kind.zh}）", f"{where.en}: emissions by sector, {BASE_TABLE} ({kind.en})"
    )
    rows = tuple(_sector_row(book, structure, int(i), ranked) for i in order)
    return book.draft.table(Table(title=title, columns=tuple(columns), rows=rows, total_rows=SECTORS + 1))


def _sector_row(book: Book, structure: Structure, i: int, ranked: bool) -> tuple[Cell, ...]:
    """One sector's cells; households have no output."""
    label, full, year = sector_at(i).short, sector_at(i).name.en, BASE_TABLE
    by_key = 29 <= i < SECTORS  # services share one inventory sector by a key
    inventory = "co2" if i == SECTORS else "co2_42"
    derived = Basis.ESTIMATED if by_key else Basis.DERIVED
    direct = float(structure.direct[i])

    def cell(zh: str, en: str, value: float, unit: str, basis: Basis, source: str,
             account: Account = Account.SCOPE1) -> Ref:  # fmt: skip
        return Ref(
            fact=book.figure(zh, en, value, unit, year=year, account=account, basis=basis, source=source, sector=full)
        )

    cells: list[Cell] = [
        label,
        cell(f"{label.zh}{year}年直接排放", f"direct emissions of {label.en} {year}", direct, "Mt CO2",
             Basis.ESTIMATED if by_key else Basis.OBSERVED, inventory),
        cell(f"{label.zh}占{year}年直接排放比重", f"share of {label.en} in direct emissions {year}",
             100 * direct / float(structure.direct.sum()), "%", derived, inventory),
    ]  # fmt: skip
    cells.append(
        cell(f"{label.zh}{year}年在全国为本地最终使用的排放", f"CO2 of {label.en} anywhere in China for its final use {year}",
             float(structure.caused[i]), "Mt CO2", Basis.OBSERVED if i == SECTORS else Basis.ESTIMATED,
             inventory if i == SECTORS else structure.source, Account.CONSUMPTION_DOMESTIC)
    )  # fmt: skip
    if i == SECTORS:
        cells.append(None)
    else:
        per_output = Basis.DERIVED if structure.published else Basis.ESTIMATED
        cells.append(
            cell(f"{label.zh}{year}年碳强度（每万元总产出）", f"CO2 per gross output of {label.en} {year}",
                 1e5 * float(structure.intensity[i]), "kg CO2/10k yuan", per_output, structure.source)
        )  # fmt: skip
    if ranked:
        cells.append(
            cell(f"{label.zh}{year}年直接排放在各省中的位次", f"rank of direct emissions of {label.en} {year}",
                 float(structure.rank[i]), "rank", derived, inventory)
        )  # fmt: skip
    return tuple(cells)
