"""Levers in the milestones: how far each is deployed in which year, and what it cuts."""

from __future__ import annotations

from data.text import Text
from tools.result import Account, Basis, Column, Ref, Table
from tools.roadmap.book import Book
from tools.roadmap.milestone_charts import deployed
from tools.roadmap.names import LEVER_KEYS, LEVERS, scenario_name
from tools.roadmap.scope import counted
from tools.roadmap.story import Story


def _deployment(book: Book, story: Story, key: str, year: int) -> int:
    name, lever = scenario_name(story.lead.scenario), LEVERS[key]
    return book.figure(
        f"{lever.zh}{year}年部署程度（{name.zh}，占技术潜力）", f"deployment of {lever.en} {year} ({name.en}, of technical potential)",
        deployed(story, key, year), "%", year=year, path=story.lead,
        basis=Basis.ASSUMPTION,
    )  # fmt: skip


def _cut(book: Book, story: Story, key: str, year: int) -> int | None:
    """What a lever cuts against current policies; None where the path is current policies itself."""
    if story.lead is story.current:
        return None
    name, lever = scenario_name(story.lead.scenario), LEVERS[key]
    whose_zh, whose_en = counted(book.scope, own=False)
    wedge = story.wedge(story.current, story.lead, year)
    return book.figure(
        f"{year}年{lever.zh}较现行政策少排（{name.zh}{whose_zh}）",
        f"avoided by {lever.en} in {year} against current policies ({name.en}{whose_en})",
        float(-wedge[LEVER_KEYS.index(key)]), "Mt CO2", year=year, path=story.lead, account=Account.GROSS,
    )  # fmt: skip


def lever_lead(book: Book, story: Story, keys: tuple[str, ...], years: tuple[int, ...]) -> None:
    """The leading sentences: one lever's deployment and cut, or what the tables below hold of all."""
    where, name = book.scope.name, scenario_name(story.lead.scenario)
    if len(keys) > 1:
        book.draft.lead(
            f"{where.zh}{name.zh}情景中各项措施的部署与各行业的减排进度如下（情景值，不是预测）。",
            f"Deployment of all levers and progress of all sectors in {where.en}'s {name.en} scenario are below (a scenario, no "
            "forecast).",
        )
        return
    lever = LEVERS[keys[0]]
    told = [_deployment(book, story, keys[0], y) for y in years]
    book.draft.lead(
        f"在{name.zh}情景中，{where.zh}{lever.zh}的部署程度（占技术潜力）："
        f"{'，'.join(f'{y}年{{{i}}}' for i, y in enumerate(years))}（所设曲线，不是预测）。",
        f"In the {name.en} scenario, {lever.en} in {where.en} is deployed to "
        f"{', '.join(f'{{{i}}} in {y}' for i, y in enumerate(years))} of its technical potential (assumed curves, no forecast).",
        *told,
    )  # fmt: skip
    cuts = [(y, c) for y in years if (c := _cut(book, story, keys[0], y)) is not None]
    if cuts:
        book.draft.lead(
            f"相对现行政策的减排量（负值为增排）：{'，'.join(f'{y}年{{{i}}}' for i, (y, _) in enumerate(cuts))}。",
            f"It cuts, against current policies (a negative figure adds): {', '.join(f'{{{i}}} in {y}' for i, (y, _) in enumerate(cuts))}.",
            *(c for _, c in cuts),
        )  # fmt: skip


def lever_table(book: Book, story: Story, keys: tuple[str, ...], years: tuple[int, ...]) -> int:
    """Deployment of levers in some years, per cent of technical potential."""
    rows = [(LEVERS[key], *(Ref(fact=_deployment(book, story, key, y)) for y in years)) for key in keys]
    columns = (
        Column(name=Text("措施", "Lever")),
        *(Column(name=Text(f"{y}年部署程度", f"Deployed {y}"), unit="%") for y in years),
    )
    title = Text(
        f"{book.scope.name.zh}各项措施部署程度（占技术潜力）",
        f"{book.scope.name.en}: deployment (of technical potential)",
    )
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))
