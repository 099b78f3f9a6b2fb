"""Part 5, second half: how the place's structure shifts, and the pull between it and other provinces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.classification import place
from data.text import Text
from tools.result import Account, Basis, Cell, Column, Ref, Sentence, Table, sentence
from tools.roadmap.names import COMMON, FIRST, LAST, scenario_name
from tools.roadmap.shifts import STRUCTURE, Shift, shift

if TYPE_CHECKING:
    from tools.roadmap.book import Book
    from tools.roadmap.story import Story

STRUCTURE_YEARS: tuple[int, ...] = (FIRST, 2030, 2035, 2045, LAST)
PULL_YEARS: tuple[int, ...] = (FIRST, 2030, 2045, LAST)
NAMED_YEAR = 2030  # whose largest partners are named
_PARTNERS = 3


def shifts(story: Story) -> dict[int, Shift]:
    """The place in every year that a table needs."""
    years = {*STRUCTURE_YEARS, *PULL_YEARS}
    return {y: shift(story.engine.model, story.lead, story.scope.indices, y) for y in years}


def structure_table(book: Book, story: Story, found: dict[int, Shift]) -> int:
    """Table 9: shares of sector groups in value added, at constant prices, first and last year; output, value added and both
    accounts of emissions in all years are attached."""
    name, where = scenario_name(story.lead.scenario), book.scope.name
    ends = (STRUCTURE_YEARS[0], STRUCTURE_YEARS[-1])

    def share(g: int, attribute: str, year: int) -> float:
        values = getattr(found[year], attribute)
        return 100 * float(values[g] / values.sum())

    def fact(g: int, group: Text, year: int) -> Ref:
        return Ref(fact=book.figure(
            f"{group.zh}占{year}年增加值的比重（{name.zh}，不变价）",
            f"share of {group.en} in value added {year} ({name.en}, constant prices)", share(g, "value_added", year), "%", year=year,
            path=story.lead, basis=_basis(year), source="mrio_sector",
        ))  # fmt: skip

    rows = tuple((group, *(fact(g, group, y) for y in ends)) for g, group in enumerate(STRUCTURE))
    columns = (
        Column(name=Text("行业组", "Sector group")),
        *(Column(name=Text(f"{y}年增加值占比", f"Value added {y}"), unit="%") for y in ends),
    )
    title = Text(
        f"{where.zh}增加值结构（{name.zh}情景，2017年不变价）",
        f"{where.en}: structure of value added ({name.en} scenario, prices of 2017)",
    )
    _attach(book, story, found)
    return book.draft.table(Table(title=title, columns=columns, rows=rows))


def _attach(book: Book, story: Story, found: dict[int, Shift]) -> None:
    """Output, value added, direct and embodied emissions by sector group at all years: attached in plain numbers, not printed."""
    name, where = scenario_name(story.lead.scenario), book.scope.name
    kinds = (
        ("output", Text("总产出", "gross output"), "100M yuan"), ("value_added", Text("增加值", "value added"), "100M yuan"),
        ("direct", Text("直接排放", "direct emissions"), "Mt CO2"),
        ("embodied", Text("本地最终需求的隐含排放（国内消费侧，不含进口与居民直接用能）",
                          "emissions embodied in its own final demand (domestic; imports and households' own fuel left out)"), "Mt CO2"),
    )  # fmt: skip
    for attribute, what, unit in kinds:
        values = {y: getattr(found[y], attribute) for y in STRUCTURE_YEARS}
        rows: list[tuple[Cell, ...]] = [
            (group, *(float(values[y][g]) for y in STRUCTURE_YEARS)) for g, group in enumerate(STRUCTURE)
        ]
        rows.append((Text("合计", "Total"), *(float(values[y].sum()) for y in STRUCTURE_YEARS)))
        prices_zh, prices_en = ("，2017年不变价", ", prices of 2017") if "yuan" in unit else ("", "")
        title = Text(
            f"{where.zh}分行业组{what.zh}（{name.zh}情景{prices_zh}）",
            f"{where.en}: {what.en} by sector group ({name.en} scenario{prices_en})",
        )
        columns = (
            Column(name=Text("行业组", "Sector group")),
            *(Column(name=Text(f"{y}年", f"{y}"), unit=unit) for y in STRUCTURE_YEARS),
        )
        book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def _basis(year: int) -> Basis:
    return Basis.PROJECTED if year > COMMON else Basis.ESTIMATED


def pull_table(book: Book, story: Story, found: dict[int, Shift]) -> int:
    """What the place's final demand causes elsewhere, and what elsewhere's demand and exports cause in it."""
    name = scenario_name(story.lead.scenario)
    rows: list[tuple[Cell, ...]] = []
    for label, account, pick in (
        (Text("本地最终需求在外省引起", "its final demand causes in other provinces"), Account.CONSUMPTION_DOMESTIC,
         lambda s: float(s.elsewhere.sum())),
        (Text("外省最终需求在本地引起", "other provinces' final demand causes in it"), Account.CONSUMPTION_DOMESTIC,
         lambda s: float(s.here.sum())),
        (Text("出口在本地引起", "exports abroad cause in it"), Account.EXPORTS, lambda s: s.exported),
    ):  # fmt: skip
        cells = [
            Ref(fact=book.figure(
                f"{y}年{label.zh}的排放（{name.zh}）", f"CO2 that {label.en} {y} ({name.en})", pick(found[y]), "Mt CO2",
                year=y, path=story.lead, account=account, basis=_basis(y), source="mrio_sector",
            ))
            for y in PULL_YEARS
        ]  # fmt: skip
        rows.append((label, *cells))
    columns = (
        Column(name=Text("双向拉动", "Pull both ways")),
        *(Column(name=Text(f"{y}年", f"{y}"), unit="Mt CO2") for y in PULL_YEARS),
    )
    title = Text(
        f"{book.scope.name.zh}与外省的双向拉动（{name.zh}情景，估算表）",
        f"{book.scope.name.en}: pull to and from other provinces ({name.en} scenario, estimated table)",
    )
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def partners(book: Book, story: Story, found: Shift) -> list[Sentence]:
    """The provinces with the largest pull either way in one year."""
    name, where, regions = scenario_name(story.lead.scenario), book.scope.name, story.lead.regions

    def largest(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]], zh: str, en: str) -> list[tuple[Text, int]]:
        return [
            (place(regions[k]).name, book.figure(
                f"{NAMED_YEAR}年{zh.format(place(regions[k]).name.zh)}的排放（{name.zh}）",
                f"CO2 {en.format(place(regions[k]).name.en)} {NAMED_YEAR} ({name.en})", float(values[k]), "Mt CO2",
                year=NAMED_YEAR, path=story.lead, account=Account.CONSUMPTION_DOMESTIC, source="mrio_sector",
            ))
            for k in np.argsort(-values, kind="stable")[:_PARTNERS]
        ]  # fmt: skip

    out = largest(found.elsewhere, "最终需求在{}引起", "caused in {} by its final demand")
    back = largest(found.here, "为{}最终需求", "emitted for the final demand of {}")
    zh, en = (
        [sep.join(f"{getattr(n, lang)}{gap}{{{k}}}" for k, (n, _) in enumerate(part, start))
         for part, start in ((out, 0), (back, len(out)))]
        for sep, lang, gap in (("、", "zh", ""), (", ", "en", " "))
    )  # fmt: skip
    return [
        sentence(
            f"{NAMED_YEAR}年{where.zh}最终需求引起的外省排放主要在{zh[0]}；{where.zh}为外省最终需求的排放主要供{zh[1]}（估算表）。",
            f"In {NAMED_YEAR} {where.en}'s final demand causes emissions mainly in {en[0]}; its own emissions for others serve "
            f"mainly {en[1]} (estimated table).",
            *(f for _, f in (*out, *back)),
        )
    ]  # fmt: skip
