"""Part 2: the timetable by plan period, the fan of scenarios and the milestones by sector group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.text import Text, joined
from tools.charts.specs import XY, Bar, Chart, Series, Timeline
from tools.result import Account, Cell, Column, Ref, Table, sentence
from tools.roadmap.bands import DATES
from tools.roadmap.lead import peak_facts
from tools.roadmap.names import BASE, COMMON, FIRST, GROUP_KEYS, GROUP_OF, GROUPS, HOUSEHOLDS, LAST, at, scenario_name
from tools.roadmap.parts_power import power_from
from tools.roadmap.story import cut_year

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from tools.roadmap.book import Book
    from tools.roadmap.model import Path
    from tools.roadmap.story import Story

# Plan periods: name and last year.
PERIODS: tuple[tuple[Text, int], ...] = (
    (Text("十五五", "15th FYP"), 2030), (Text("十六五", "16th FYP"), 2035), (Text("十七五", "17th FYP"), 2040),
    (Text("十八五", "18th FYP"), 2045), (Text("十九五", "19th FYP"), 2050), (Text("二十五", "20th FYP"), 2055),
    (Text("二十一五", "21st FYP"), 2060),
)  # fmt: skip
# National documents whose targets fall in a period; part 6 lays them beside the model.
_POLICY: dict[int, Text] = {
    2030: Text("《2030年前碳达峰行动方案》、“十五五”规划", "Action Plan for Peaking Before 2030; 15th Five-Year Plan"),
    2035: Text("2035年国家自主贡献", "2035 Nationally Determined Contribution"),
    2060: Text("碳达峰碳中和工作意见", "Working Guidance on Carbon Peaking and Neutrality"),
}
_FAN_X: tuple[int, ...] = (*range(FIRST, COMMON + 1), *DATES)
_LANES = 6
_BAND_NOTE = Text(
    "色带：落实风险集合的范围，含中心情形，不是概率",
    "Band: range of the delivery-risk runs, the central one included; no probability",
)
_BAND_WORDS = Text(
    "色带为落实风险集合（部署不足、推迟、见效打折为主）去掉两端各二十分之一后的范围，并入中心情形；是假设的范围，不是概率；中心线多靠近下沿。",
    "The band is the delivery-risk ensemble (mostly shortfalls, delays and weaker effects) without the outer twentieth at "
    "either end, the central run included: a range of assumptions, no probability; the central line mostly lies near its lower edge.",
)


def when(book: Book, story: Story, actions: Mapping[int, Text]) -> None:
    """Part 2; ``actions`` are what the chains ask for, by the last year of a plan period."""
    table = _timetable(book, story, actions)
    drawn = fan(book, story)
    gantt = book.draft.chart(gantt_chart(book, story))
    words = [
        sentence(
            "时间表按五年规划期列出期末值；能耗、用电与非化石占比按模型口径折算，外来电见第4部分的物理电力平衡；牵头部门由本地填写。",
            "The timetable lists the value at the end of each plan period; energy, power and the non-fossil share follow the "
            "model's own convention, imported power is from the physical balance of part 4; lead departments are for the place to fill in.",
        ),
        sentence(
            "九成情形在{0}年至{1}年间达峰（落实风险集合），中心情形{2}年。",
            "Nine in ten of the delivery-risk runs peak from {0} to {1}, the central run in {2}.",
            *peak_facts(book, story),
        ),
        sentence(_BAND_WORDS.zh, _BAND_WORDS.en),
    ]
    book.draft.section(Text("2 时间表", "2 Timetable"), words, tables=(table,), charts=(drawn, gantt))


def _timetable(book: Book, story: Story, actions: Mapping[int, Text]) -> int:
    path, name = story.lead, scenario_name(story.lead.scenario)
    energy = story.energy(path) if story.scope.single else None
    rows: list[tuple[Cell, ...]] = []
    first = COMMON + 1
    for period, last in PERIODS:
        amounts = [book.emission(a, path, last) for a in (Account.GROSS, Account.REMOVALS, Account.NET)]
        summed = book.figure(
            f"{first}—{last}年累计总排放（{name.zh}）", f"cumulative gross emissions {first}-{last} ({name.en})",
            story.cumulative(path, first, last), "Mt CO2", path=path, account=Account.GROSS,
        )  # fmt: skip
        fall = book.figure(
            f"{first - 1}—{last}年单位GDP排放降幅（{name.zh}，不变价）",
            f"fall of emissions per GDP {first - 1}-{last} ({name.en}, constant prices)",
            story.fall(path, first - 1, last), "%", path=path, account=Account.GROSS,
        )  # fmt: skip
        cells: list[Cell] = [Ref(fact=f) for f in (*amounts, *_range(book, story, last), summed, fall)]
        if energy is not None:
            cells += [Ref(fact=f) for f in _energy_facts(book, story, path, last)]
            if not story.scope.nation:
                cells += power_from(book, story, last)
        action = actions.get(last, Text("—", "—"))
        policy = _POLICY.get(last, Text("—", "—"))
        rows.append(
            (period, *cells, _milestones(story, path, first, last), action, policy, Text("待填", "to be filled"))
        )
        first = last + 1
    heads: list[tuple[Text, str | None]] = [
        (Text("规划期", "Plan period"), None), (Text("期末总排放", "Gross at end"), "Mt CO2"),
        (Text("期末移除", "Removals at end"), "Mt CO2"), (Text("期末净排放", "Net at end"), "Mt CO2"),
        (Text("总排放下沿", "Gross, lower end"), "Mt CO2"),
        (Text("总排放上沿", "Gross, upper end"), "Mt CO2"),
        (Text("期内累计", "Cumulative"), "Mt CO2"), (Text("单位GDP排放降幅", "Fall of CO2 per GDP"), "%"),
    ]  # fmt: skip
    if energy is not None:
        heads += [(Text("一次能源", "Primary energy"), "Mtce"), (Text("非化石占比", "Non-fossil share"), "%"),
                  (Text("用电量", "Power used"), "TWh")]  # fmt: skip
        if not story.scope.nation:
            heads += [
                (Text("净调入电量", "Net power import"), "TWh"),
                (Text("主要来源（去向）省", "Mainly from (to)"), None),
            ]
    heads += [(Text("行业里程碑", "Sector milestones"), None), (Text("产业链动作", "Chain action"), None),
        (Text("国家政策依据", "National policy"), None),
              (Text("牵头部门", "Lead department"), None)]  # fmt: skip
    title = Text(
        f"{book.scope.name.zh}分期时间表（{name.zh}情景）", f"{book.scope.name.en}: timetable ({name.en} scenario)"
    )
    columns = tuple(Column(name=n, unit=u) for n, u in heads)
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def _range(book: Book, story: Story, year: int) -> tuple[int, int]:
    """Lower and upper end of gross emissions over the delivery ensemble."""
    name = scenario_name(story.lead.scenario)
    gross = book.draft[book.emission(Account.GROSS, story.lead, year)]
    assert gross.low is not None and gross.high is not None  # the leading path has its ensemble
    low, high = gross.low, gross.high
    return (
        book.figure(f"{year}年总排放区间下沿（{name.zh}）", f"lower end of gross emissions {year} ({name.en})", low, "Mt CO2",
                    year=year, path=story.lead, account=Account.GROSS),
        book.figure(f"{year}年总排放区间上沿（{name.zh}）", f"upper end of gross emissions {year} ({name.en})", high, "Mt CO2",
                    year=year, path=story.lead, account=Account.GROSS),
    )  # fmt: skip


def _energy_facts(book: Book, story: Story, path: Path, year: int) -> tuple[int, int, int]:
    """Primary energy, its non-fossil share and power used at the end of a period."""
    name, energy, r = scenario_name(path.scenario), story.energy(path), story.scope.index
    out = []
    for zh, en, value, unit in (
        ("一次能源消费量（模型口径）", "primary energy (model's convention)", energy.primary[at(year), r], "Mtce"),
        ("非化石能源占一次能源比重（模型口径）", "non-fossil share of primary energy (model's convention)",
         100 * energy.nonfossil_primary[at(year), r], "%"),
        ("全社会用电量", "electricity used", energy.power[at(year), r], "TWh"),
    ):  # fmt: skip
        out.append(
            book.figure(
                f"{year}年{zh}（{name.zh}）", f"{en} {year} ({name.en})", float(value), unit, year=year, path=path
            )
        )
    return out[0], out[1], out[2]


def group_series(story: Story, path: Path) -> NDArray[np.float64]:
    """Emissions of the place by sector group, (T, G)."""
    series = story.sectors(path)
    out = np.zeros((len(series), len(GROUP_KEYS)))
    for position in range(series.shape[1]):
        group = GROUP_OF[position] if position < len(GROUP_OF) else HOUSEHOLDS
        out[:, group] += series[:, position]
    return out


def _milestones(story: Story, path: Path, first: int, last: int) -> Text:
    """Which groups halve, or fall by nine tenths, within a period."""
    series = group_series(story, path)
    said: list[Text] = []
    for share, word in (
        (0.5, Text("较2025年减半：", "halved from 2025: ")),
        (0.9, Text("较2025年减九成：", "down nine tenths from 2025: ")),
    ):
        years = {name: cut_year(series[:, g], share) for g, name in enumerate(GROUPS.values())}
        names = [name for name, year in years.items() if year is not None and first <= year <= last]
        if names:
            said.append(Text(f"{word.zh}{joined(names).zh}", f"{word.en}{joined(names).en}"))
    if not said:
        return Text("—", "—")
    return Text("；".join(t.zh for t in said), "; ".join(t.en for t in said))


def fan(book: Book, story: Story) -> int:
    """The chart of all scenarios with the leading path's band."""
    return book.draft.chart(_fan(book, story))


def _fan(book: Book, story: Story) -> Chart:
    here = list(story.scope.indices)
    paths = [story.lead, *([story.beside] if story.beside is not None else []), story.dual, story.current]
    shown = [p for n, p in enumerate(paths) if p.scenario not in {q.scenario for q in paths[:n]}]
    series = []
    for path in shown:
        values = tuple(float(path.gross[at(y), here].sum()) for y in _FAN_X)
        name = scenario_name(path.scenario)
        label = Text(f"{name.zh}（总排放）", f"{name.en} (gross)")
        low = high = None
        if path is story.lead:
            spans = {y: story.band.range(y, story.scope.indices) for y in DATES}
            central = dict(zip(_FAN_X, values, strict=True))
            low = tuple(min(spans[y][0], central[y]) if y in spans else None for y in _FAN_X)
            high = tuple(max(spans[y][2], central[y]) if y in spans else None for y in _FAN_X)
            label = Text(f"{name.zh}（总排放；色带：落实风险）", f"{name.en} (gross; band: delivery risk)")
        series.append(Series(name=label, y=values, low=low, high=high))
    # Removals are never observed: the line begins with the nowcast.
    removals = tuple(float(story.lead.removals[at(y), here].sum()) if y > BASE else None for y in _FAN_X)
    name = scenario_name(story.lead.scenario)
    series.append(Series(name=Text(f"{name.zh}（碳移除）", f"{name.en} (removals)"), y=removals))
    return Chart(
        kind="fan",
        title=Text(f"{book.scope.name.zh}2017—2060年排放情景", f"{book.scope.name.en}: emission scenarios 2017-2060"),
        spec=XY(
            x=_FAN_X,
            series=tuple(series),
            unit="Mt CO2",
            y_title=Text("二氧化碳", "CO2"),
            observed_until=BASE,
            estimated_until=COMMON,
        ),
        note=_BAND_NOTE,
    )


def gantt_chart(book: Book, story: Story) -> Chart:
    """The timeline of the leading path's sector groups: to their peak, to half and to a tenth of 2025."""
    path = story.lead
    series = group_series(story, path)
    order = np.argsort(-series[at(COMMON)], kind="stable")[:_LANES]
    bars: list[Bar] = []
    for g in (int(k) for k in order):
        lane = GROUPS[GROUP_KEYS[g]]
        top = COMMON + int(series[at(COMMON) :, g].argmax())
        half, tenth = cut_year(series[:, g], 0.5), cut_year(series[:, g], 0.9)
        start = COMMON
        for end, label in (
            (top if top > COMMON else None, Text("控峰", "to its peak")),
            (half, Text("减至一半", "to half of 2025")),
            (tenth, Text("减至一成", "to a tenth of 2025")),
        ):
            if end is not None and end > start:
                dated = Text(f"{label.zh}（{end}年）", f"{label.en} ({end})")
                bars.append(Bar(lane=lane, label=dated, start=start, end=end))
                start = end
        if start < LAST:
            rest = Text("持续减排（未减至一成）", "further cuts (a tenth is not reached)")
            bars.append(
                Bar(
                    lane=lane, label=rest if tenth is None else Text("清零收尾", "the remainder"), start=start, end=LAST
                )
            )
    name = scenario_name(path.scenario)
    return Chart(
        kind="timeline",
        title=Text(
            f"{book.scope.name.zh}分行业里程碑（{name.zh}情景）",
            f"{book.scope.name.en}: milestones by sector ({name.en})",
        ),
        spec=Timeline(bars=tuple(bars)),
    )
