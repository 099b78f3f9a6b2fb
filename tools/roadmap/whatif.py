"""The answer to "what if": the changed scenario beside the same one without the change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.text import Text, joined
from tools.charts.specs import XY, Chart, Series
from tools.result import Account, Basis, Cell, Column, Ref, Table, sentence
from tools.roadmap.bands import DATES
from tools.roadmap.lead import Said
from tools.roadmap.names import COMMON, FIRST, LAST, at, scenario_name
from tools.roadmap.overrides import NAMES, UNIT_WORDS, Override, allowed, described, named
from tools.roadmap.parts_now import KEY_YEARS
from tools.roadmap.vary import Varied, vary
from tools.roadmap.whatif_goal import dates_lead, goal_lead

if TYPE_CHECKING:
    from tools.roadmap.book import Book
    from tools.roadmap.model import Path
    from tools.roadmap.story import Story

_CHART_X: tuple[int, ...] = (*range(FIRST, COMMON + 1), *DATES)


def what_if(book: Book, story: Story, overrides: tuple[Override, ...], scenario: str,
            years: tuple[int, ...] = (), *, peak_first: bool = False) -> Varied:  # fmt: skip
    """Lead, table and chart of a changed scenario; before them the verdict on a net-zero year asked for under the change."""
    base = story.engine.path(scenario)
    varied = vary(story.engine, scenario, story.scope.index, overrides)
    share = next((o for o in overrides if o.kind.startswith("nonfossil")), None)
    asked = years or (story.target_year if story.asked_neutral else share.in_year if share else 2035,)
    reached = goal_lead(book, story, varied, overrides) if story.asked_neutral else None
    if peak_first:
        dates_lead(book, story, base, varied, window=True)
    _lead(book, story, base, varied, overrides, asked[0])
    if share is not None:
        _share(book, story, base, varied, share)
    for year in asked[1:]:
        _next_year(book, base, varied, year)
    _last_year(book, base, varied, asked[-1])
    if not peak_first:
        dates_lead(book, story, base, varied)
    _level(book, base, overrides)
    assumed = _assumed(book, overrides)
    paths = (base, varied.path, *(() if reached is None else (reached,)))
    table, chart = _table(book, paths, varied, years), book.draft.chart(_chart(book, base, varied, overrides))
    where = book.scope.name
    words = [
        sentence(
            f"改变的假设只作用于{where.zh}，其他地区与其余假设不变；两条路径到2025年相同。",
            f"The change applies to {where.en} only; other regions and all other assumptions stay; both paths agree to 2025.",
        )
    ]
    heading = Text("改变假设前后对照", "With and without the change")
    book.draft.section(heading, words, tables=(assumed, table), charts=(chart,))
    return varied


def difference(book: Book, base: Path, varied: Varied, year: int, account: Account = Account.GROSS) -> int:
    """The fact of a change against the same scenario without it."""
    name, word = scenario_name(base.scenario), Text("总排放", "gross emissions")
    if account is Account.NET:
        word = Text("净排放", "net emissions")
    value = book.amount(account, varied.path, year) - book.amount(account, base, year)
    return book.figure(
        f"{year}年{word.zh}之差（改变假设后减{name.zh}）", f"difference in {word.en} {year} (changed less {name.en})", value,
        "Mt CO2", year=year, path=varied.path, account=account, basis=Basis.PROJECTED,
    )  # fmt: skip


def _lead(book: Book, story: Story, base: Path, varied: Varied, overrides: tuple[Override, ...], year: int) -> None:
    where, name = book.scope.name, scenario_name(base.scenario)
    said = joined([described(o) for o in overrides])
    diff = difference(book, base, varied, year)
    after, before = book.emission(Account.GROSS, varied.path, year), book.emission(Account.GROSS, base, year)
    value = book.draft[diff].value
    if abs(value) < 5e-3:
        net = _net(book, base, varied, year, 2)
        book.draft.lead(
            f"若{said.zh}，{where.zh}{year}年总排放为{{0}}，与不作此改变的{name.zh}情景（{{1}}）几乎相同；{net.zh}。",
            f"With {said.en}, {where.en}'s gross emissions in {year} are {{0}}, almost as in the unchanged {name.en} scenario "
            f"({{1}}); {net.en}.",
            after, before, *net.facts,
        )  # fmt: skip
        return
    net = _net(book, base, varied, year, 3)
    way = Text("低", "lower") if value < 0 else Text("高", "higher")
    book.draft.lead(
        f"若{said.zh}，{where.zh}{year}年总排放比不作此改变的{name.zh}情景{way.zh}{{0:abs}}：由{{1}}变为{{2}}；{net.zh}（情景值，不是预测）。",
        f"With {said.en}, {where.en}'s gross emissions in {year} are {{0:abs}} {way.en} than in the unchanged {name.en} "
        f"scenario: {{2}} instead of {{1}}; {net.en} (a scenario's figures, no forecast).",
        diff, before, after, *net.facts,
    )  # fmt: skip


def _net(book: Book, base: Path, varied: Varied, year: int, hole: int) -> Said:
    """The year's net emissions with and without the change, holes from ``hole`` on: a change may move removals as well, and
    whoever asks for net emissions is not answered by gross ones."""
    before, after = book.emission(Account.NET, base, year), book.emission(Account.NET, varied.path, year)
    if abs(book.draft[after].value - book.draft[before].value) < 5e-3:
        return Said(
            f"扣除碳移除后的净排放{{{hole}}}不变", f"net emissions, less removals, stay at {{{hole}}}", (before,)
        )
    return Said(
        f"扣除碳移除后的净排放由{{{hole}}}变为{{{hole + 1}}}",
        f"net emissions, less removals, are {{{hole + 1}}} instead of {{{hole}}}",
        (before, after),
    )


def _share(book: Book, story: Story, base: Path, varied: Varied, share: Override) -> None:
    """Which share is meant, what the scenario has without the change, and what it means if that is more already."""
    year, name, r = share.in_year, scenario_name(base.scenario), story.scope.index
    energy = story.energy(base)
    values = energy.nonfossil_power if share.kind == "nonfossil_power" else energy.nonfossil_primary
    label = NAMES[share.kind]
    own = book.figure(
        f"{year}年{label.zh}（{name.zh}，模型口径）", f"{label.en} {year} ({name.en}, model's convention)",
        100 * float(values[at(year), r]), "%", year=year, path=base,
    )  # fmt: skip
    meant = Text("这里指", "This is the ")
    if varied.exceeded is None:
        book.draft.lead(
            f"{meant.zh}{label.zh}（模型口径）；不作此改变时{name.zh}情景{year}年为{{0}}。",
            f"{meant.en}{label.en} (model's convention); without the change the {name.en} scenario has {{0}} in {year}.",
            own,
        )  # fmt: skip
        return
    held = varied.held
    assert held is not None  # made wherever the scenario exceeds the share asked for
    here = list(story.scope.indices)
    saved = float(varied.path.gross[at(year), here].sum() - held.gross[at(year), here].sum())
    against = book.figure(
        f"{year}年总排放之差（改变假设后减非化石电力停在2025年水平）",
        f"difference in gross emissions {year} (changed less non-fossil power held at its 2025 level)",
        saved, "Mt CO2", year=year, path=varied.path, account=Account.GROSS,
    )  # fmt: skip
    way = Text("低", "lower") if saved < 0 else Text("高", "higher")
    book.draft.lead(
        f"{meant.zh}{label.zh}（模型口径）：{name.zh}情景{year}年本已达{{0}}，高于所问的{share.value:g}%，所以按此设定排放反而更高；若与非化石电力"
        f"停在2025年水平相比，达到{share.value:g}%可使{year}年总排放{way.zh}{{1:abs}}。",
        f"{meant.en}{label.en} (model's convention): the {name.en} scenario already has {{0}} in {year}, above the "
        f"{share.value:g} % asked for, so that setting it there raises emissions; against non-fossil power held at its 2025 "
        f"level, {share.value:g} % makes gross emissions in {year} {{1:abs}} {way.en}.",
        own, against,
    )  # fmt: skip


def _next_year(book: Book, base: Path, varied: Varied, year: int) -> None:
    """A further year asked about."""
    diff = difference(book, base, varied, year)
    after, before = book.emission(Account.GROSS, varied.path, year), book.emission(Account.GROSS, base, year)
    way = Text("低", "lower") if book.draft[diff].value < 0 else Text("高", "higher")
    net = _net(book, base, varied, year, 3)
    book.draft.lead(
        f"{year}年总排放{way.zh}{{0:abs}}：由{{1}}变为{{2}}；{net.zh}。",
        f"In {year} gross emissions are {{0:abs}} {way.en}: {{2}} instead of {{1}}; {net.en}.", diff, before, after, *net.facts,
    )  # fmt: skip


def _assumed(book: Book, overrides: tuple[Override, ...]) -> int:
    """Every change that was made, with the range it can be set in."""
    rows: list[tuple[Cell, ...]] = []
    for o in overrides:
        limits = allowed(o.kind, points=o.points)
        span: Text | str = "—" if limits is None else f"{limits[0]:g}–{limits[1]:g}"
        rows.append((named(o), described(o), span, UNIT_WORDS.get(o.kind, "—")))
    columns = tuple(
        Column(name=name)
        for name in (
            Text("假设", "Assumption"),
            Text("所设", "As set"),
            Text("可设范围", "Allowed"),
            Text("单位", "Unit"),
        )
    )
    title = Text(f"{book.scope.name.zh}：改变的假设", f"{book.scope.name.en}: what was changed")
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def _last_year(book: Book, base: Path, varied: Varied, year: int) -> None:
    """Net emissions of 2060 with and without the change, where the lead told another year."""
    if year == LAST:
        return
    net, other = book.emission(Account.NET, varied.path, LAST), book.emission(Account.NET, base, LAST)
    book.draft.lead(
        "到2060年，净排放由{0}变为{1}。", "By 2060 net emissions are {1} instead of {0}.", other, net
    )  # fmt: skip


def _level(book: Book, base: Path, overrides: tuple[Override, ...]) -> None:
    """Beside growth set to a level: the scenario's own mean over the same years."""
    asked = next((o for o in overrides if o.kind == "growth_level"), None)
    if asked is None:
        return
    gdp = base.gdp[:, list(book.scope.indices)].sum(axis=1)
    mean = 100 * (float(gdp[at(asked.until)] / gdp[at(COMMON)]) ** (1 / (asked.until - COMMON)) - 1)
    name = scenario_name(base.scenario)
    own = book.figure(
        f"2026—{asked.until}年GDP年均增速（{name.zh}）", f"mean GDP growth 2026-{asked.until} ({name.en})", mean, "%", year=asked.until,
        path=base,
    )  # fmt: skip
    book.draft.lead(
        f"{name.zh}情景自身的GDP增速2026—{asked.until}年平均为每年{{0}}。",
        f"The {name.en} scenario's own GDP growth over 2026-{asked.until} is {{0}} a year on average.", own,
    )  # fmt: skip


def _table(book: Book, paths: tuple[Path, ...], varied: Varied, asked: tuple[int, ...]) -> int:
    """Both accounts of the scenario with and without the change, and of a backcast under it."""
    base = paths[0]
    rows: list[tuple[Cell, ...]] = []
    years = tuple(sorted({y for y in (*KEY_YEARS, *asked) if y > COMMON}))
    for account, word in ((Account.GROSS, Text("总排放", "gross")), (Account.NET, Text("净排放", "net"))):
        for path in paths:
            cells = [Ref(fact=book.emission(account, path, y)) for y in years]
            rows.append((scenario_name(path.scenario), word, *cells))
        gaps = [Ref(fact=difference(book, base, varied, y, account)) for y in years]
        rows.append((Text("之差", "difference"), word, *gaps))
    columns = (
        Column(name=Text("情景", "Scenario")), Column(name=Text("账户", "Account")),
        *(Column(name=Text(f"{y}年", f"{y}"), unit="Mt CO2") for y in years),
    )  # fmt: skip
    title = Text(
        f"{book.scope.name.zh}改变假设前后的排放", f"{book.scope.name.en}: emissions with and without the change"
    )
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def _chart(book: Book, base: Path, varied: Varied, overrides: tuple[Override, ...]) -> Chart:
    here = list(book.scope.indices)
    said = joined([described(o) for o in overrides])
    series = [
        Series(name=scenario_name(p.scenario), y=tuple(float(p.gross[at(y), here].sum()) for y in _CHART_X))
        for p in (base, varied.path)
    ]
    return Chart(
        kind="fan",
        title=Text(f"{book.scope.name.zh}总排放：{said.zh}", f"{book.scope.name.en}: gross emissions, {said.en}"),
        spec=XY(
            x=_CHART_X,
            series=tuple(series),
            unit="Mt CO2",
            y_title=Text("二氧化碳", "CO2"),
            observed_until=2019,
            estimated_until=COMMON,
        ),
    )
