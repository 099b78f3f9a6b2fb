"""A figure of the energy system or of the removals, or a change since a year, asked for by itself: it leads, with its own table
and chart in the place of the emissions'."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from data.errors import BadRequest
from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.result import Account, Column, Ref, Table
from tools.roadmap.asked_power import Source, capacity, check_balance_year, exchange, figure, generation, tail
from tools.roadmap.book import state_word
from tools.roadmap.names import BASE, COMMON, FIRST, LAST, at, scenario_name
from tools.roadmap.parts_power import (
    BALANCE,
    CAPACITY,
    NAMES,
    YEARS_SHOWN,
    Rows,
    balance_rows,
    balances,
    capacity_rows,
    exchange_with,
    printed,
)

if TYPE_CHECKING:
    from tools.roadmap.book import Book
    from tools.roadmap.story import Story

Indicator = Literal[
    "power_use", "generation", "capacity", "power_import", "nonfossil_energy", "nonfossil_power", "removals"
]
BALANCED: tuple[Indicator, ...] = ("generation", "capacity", "power_import")  # told by the power balance, from 2024 on
DEFAULT_YEARS: tuple[int, ...] = (2030, 2035, LAST)  # where a question names none
_MOST = 5  # years of a table


def asked(book: Book, story: Story, indicator: Indicator, years: tuple[int, ...], source: Source | None) -> None:
    """An indicator in given years: a sentence each, a table of these and the years about them, a chart.

    Raises NotAvailable for a year before the balance begins or a source not held, BadRequest for imports of the nation.
    """
    if indicator in BALANCED:
        for year in years:
            check_balance_year(year)
    if indicator == "generation":
        generation(book, story, years, source)
    elif indicator == "capacity":
        capacity(book, story, years, source)
    elif indicator == "power_import":
        exchange(book, story, years)
    elif indicator == "removals":
        _removals(book, story, years)
    else:
        for year in years:
            _energy(book, story, indicator, year)
    around = (y for y in YEARS_SHOWN if y not in years)
    shown = tuple(sorted([*years, *around][: max(_MOST, len(years))]))
    title, unit, rows = _table(story, indicator, shown)
    heading = Text(f"{title.zh}（各年）", f"{title.en[:1].upper()}{title.en[1:]} by year")
    table = (
        _removals_table(book, story, shown)
        if indicator == "removals"
        else printed(book, story, title, unit, shown, rows)
    )
    book.draft.section(heading, tables=(table,), charts=(book.draft.chart(_chart(book, story, indicator)),))


_LABELS: dict[Indicator, tuple[Text, str]] = {
    "power_use": (Text("全社会用电量", "electricity used"), "TWh"),
    "nonfossil_power": (
        Text("非化石电力占用电量比重（模型口径，含净调入）", "non-fossil share of the power used (model's convention, imports included)"), "%",
    ),
    "nonfossil_energy": (
        Text("非化石能源占一次能源比重（模型口径）", "non-fossil share of primary energy (model's convention)"), "%",
    ),
}  # fmt: skip


def _value(story: Story, indicator: Indicator, year: int) -> float:
    """Power used (TWh) or a non-fossil share (%); of several provinces that of their sum."""
    found, here, t = story.energy(story.lead), list(story.scope.indices), at(year)
    power, primary = found.power[t, here], found.primary[t, here]
    if indicator == "power_use":
        return float(power.sum())
    if indicator == "nonfossil_power":
        return 100 * float((found.nonfossil_power[t, here] * power).sum() / power.sum())
    return 100 * float((found.nonfossil_primary[t, here] * primary).sum() / primary.sum())


def _energy(book: Book, story: Story, indicator: Indicator, year: int) -> None:
    (label, unit), kind, where = _LABELS[indicator], tail(story, year), book.scope.name
    book.draft.lead(
        f"{where.zh}{year}年{label.zh}为{{0}}（{kind.zh}）。",
        f"{where.en}, {label.en} in {year}: {{0}} ({kind.en}).",
        figure(book, story, label, _value(story, indicator, year), unit, year),
    )


_REMOVED: tuple[tuple[str, Text], ...] = (
    ("captured", Text("碳捕集（已在总排放中扣除）", "captured at plants (already out of gross emissions)")),
    ("sink", Text("陆地碳汇", "land sink")),
    ("engineered", Text("工程移除", "engineered removals")),
)


def _removals(book: Book, story: Story, years: tuple[int, ...]) -> None:
    """What sinks and engineered removals take of what is left, and what capture took before."""
    path, where = story.lead, book.scope.name
    for year in years:
        parts = [
            figure(book, story, name, story.total(getattr(path, key), year), "Mt CO2", year) for key, name in _REMOVED
        ]
        totals = [book.emission(a, path, year) for a in (Account.GROSS, Account.REMOVALS, Account.NET)]
        kind = tail(story, year)
        book.draft.lead(
            f"{where.zh}{year}年总排放{{3}}，由陆地碳汇{{1}}与工程移除{{2}}合计消纳{{4}}，净排放{{5}}；碳捕集{{0}}在排入大气之前扣除，不在总排放之内（{kind.zh}）。",
            f"{where.en}'s gross emissions of {{3}} in {year} are met by a land sink of {{1}} and engineered removals of {{2}}, {{4}} in all, "
            f"which leaves {{5}} net; {{0}} is captured before it reaches the air and is not in gross emissions ({kind.en}).",
            *parts, *totals,
        )  # fmt: skip
    book.draft.caveats.append(
        Text("碳汇与工程移除为绝对量假设；各省碳汇按森林蓄积量分摊，未经实测。",
             "The land sink and engineered removals are assumed amounts; a province's sink is shared out by forest stock, not measured.")
    )  # fmt: skip


def _removals_table(book: Book, story: Story, years: tuple[int, ...]) -> int:
    """Gross emissions, what is captured before them, what takes them up, and what is left."""
    path, rows = story.lead, []
    for account, word in ((Account.GROSS, Text("总排放", "Gross")), (Account.NET, Text("净排放", "Net"))):
        rows.append((word, *(Ref(fact=book.emission(account, path, y)) for y in years)))
    rows[1:1] = [
        (name, *(Ref(fact=figure(book, story, name, story.total(getattr(path, key), y), "Mt CO2", y)) for y in years))
        for key, name in _REMOVED
    ]
    title = Text(f"{book.scope.name.zh}的排放、捕集与移除（{scenario_name(path.scenario).zh}情景）",
                 f"{book.scope.name.en}: emissions, capture and removals ({scenario_name(path.scenario).en})")  # fmt: skip
    columns = (
        Column(name=Text("账户", "Account")),
        *(Column(name=Text(f"{y}年", str(y)), unit="Mt CO2") for y in years),
    )
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def _table(story: Story, indicator: Indicator, years: tuple[int, ...]) -> tuple[Text, str, Rows]:
    """Title, unit and rows of an indicator."""
    if indicator == "removals":
        rows: Rows = [(name, [story.total(getattr(story.lead, key), y) for y in years]) for key, name in _REMOVED[1:]]
        return Text("排放、捕集与移除", "emissions, capture and removals"), "Mt CO2", rows
    if indicator not in BALANCED:
        label, unit = _LABELS[indicator]
        return label, unit, [(label, [_value(story, indicator, y) for y in years])]
    found = balances(story, tuple(y for y in years))
    if indicator == "capacity":
        return CAPACITY, "GW", capacity_rows(story, found)
    return BALANCE, "TWh", balance_rows(story, found)


_EXCHANGE = Text("净调入电量（负值为净外送）", "net import of power (negative: export)")
_SOURCES = Text("分电源发电量", "generation by source")
_TAKEN_UP = Text("碳移除", "removals")


def _chart(book: Book, story: Story, indicator: Indicator) -> Chart:
    """The indicator over the years shown: bars by source, or a line."""
    title, unit, rows = _table(story, indicator, YEARS_SHOWN)
    if indicator == "power_import":
        title, rows = _EXCHANGE, [(_EXCHANGE, [exchange_with(story, found)[0] for _, found, _ in balances(story)])]
    elif indicator == "generation":
        title, rows = _SOURCES, list(zip(NAMES.values(), (values for _, values in rows), strict=False))
    elif indicator == "removals":
        title = _TAKEN_UP
    name, where = scenario_name(story.lead.scenario), book.scope.name
    head = Text(f"{where.zh}{title.zh}（{name.zh}情景）", f"{where.en}: {title.en} ({name.en})")
    bars = len(rows) > 1 or indicator == "power_import"
    spec = XY(
        x=tuple(Text(f"{y}年", str(y)) for y in YEARS_SHOWN) if bars else YEARS_SHOWN,
        series=tuple(Series(name=label, y=tuple(values)) for label, values in rows), unit=unit, y_title=title, stacked=len(rows) > 1,
        observed_until=None if bars else BASE, estimated_until=None if bars else COMMON,
    )  # fmt: skip
    return Chart(kind="bar" if bars else "line", title=head, spec=spec)


def change_lead(book: Book, story: Story, since: int | Literal["peak"], year: int) -> None:
    """Gross emissions of a year against those of another (or of the central run's peak), in Mt and per cent.

    Raises BadRequest for years not in order.
    """
    path, name = story.lead, scenario_name(story.lead.scenario)
    first = story.peak(path) if since == "peak" else since
    if not FIRST <= first < year:
        raise BadRequest(
            "change_since",
            Text(f"比较的起始年须在{FIRST}年至{year - 1}年之间，所给为{first}年。",
                 f"The year compared with lies between {FIRST} and {year - 1}; {first} was given."),
        )  # fmt: skip
    before, after = book.amount(Account.GROSS, path, first), book.amount(Account.GROSS, path, year)
    facts = [
        book.figure(
            f"{year}年较{first}年总排放变动率（{name.zh}）", f"change in gross emissions {first}-{year} ({name.en})",
            abs(100 * (after / before - 1)), "%", year=year, path=path, account=Account.GROSS,
        ),
        book.figure(
            f"{year}年较{first}年总排放变动量（{name.zh}）", f"difference in gross emissions {first}-{year} ({name.en})",
            abs(after - before), "Mt CO2", year=year, path=path, account=Account.GROSS,
        ),
        book.emission(Account.GROSS, path, first), book.emission(Account.GROSS, path, year),
    ]  # fmt: skip
    where, kind = book.scope.name, tail(story, year)
    way = Text("下降", "lower") if after < before else Text("上升", "higher")
    start = Text("清单", "inventory") if first <= BASE else state_word(book.scope, first) if first <= COMMON else kind
    told = Text(f"{first}年", str(first))
    if since == "peak":
        told = Text(f"峰值（中心情形{first}年）", f"at the peak ({first} in the central run)")
    book.draft.lead(
        f"{where.zh}{year}年总排放比{told.zh}{way.zh}{{0}}，即{{1}}：由{first}年的{{2}}（{start.zh}）到{year}年的{{3}}（{kind.zh}）。",
        f"{where.en}'s gross emissions in {year} are {{0}} {way.en} than {'' if since == 'peak' else 'in '}{told.en}, by {{1}}: from {{2}} in "
        f"{first} ({start.en}) to {{3}} in {year} ({kind.en}).",
        *facts,
    )  # fmt: skip
