"""Part 7, continued: hindcasts of simple rules beside "no change", and published pathways beside ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.text import Text
from tools.result import Account, Basis, Cell, Column, Ref, Sentence, Table, sentence
from tools.roadmap.checks import Rule, hindcasts
from tools.roadmap.names import FIRST, LAST, scenario_name

if TYPE_CHECKING:
    from data.warehouse import Warehouse
    from tools.roadmap.book import Book
    from tools.roadmap.story import Story

RULES: dict[str, Text] = {
    "trend": Text("排放按近五年增速外推", "emissions grow as in the last five years"),
    "intensity": Text("排放强度（现价）按近五年趋势，GDP已知", "emissions per GDP (current prices) as in the last five years, GDP known"),
    "frozen": Text("排放强度（不变价）不变，GDP同模型", "emissions per GDP (constant prices) stay, GDP as in the model"),
}  # fmt: skip
_UNCHANGED = Text("零变化", "no change")
PUBLISHED = "pathways"  # the table of published pathways; their facts name the publication as scenario
_SHOWN = (1, 5)  # horizons of the table
_FROM_INVENTORY = "co2"
_ENERGY_ONLY = Text("只含能源相关CO2，不含水泥过程；模型另含水泥过程，基年清单与假设不同",
                    "energy-related CO2 only, without cement; ours has cement, another base inventory and other assumptions")  # fmt: skip
_OTHER_BASE = Text("其CO2口径与基年清单不同（CEADs总量较低），峰值时间亦为其自身假设",
                   "another scope of CO2 and base inventory (the CEADs total is lower); the peak's timing is its own assumption")  # fmt: skip


def rules(book: Book, story: Story, warehouse: Warehouse) -> tuple[list[Sentence], int]:
    """What simple rules would have foretold since 2000, with the errors of "no change" over the same base years."""
    regions = story.engine.model.economy.regions
    codes = tuple(regions[i] for i in story.scope.indices)
    found = hindcasts(warehouse, story.engine, codes)
    rows: list[tuple[Cell, ...]] = []
    for rule in found:
        for name, errors in ((RULES[rule.key], rule.error), (_UNCHANGED, rule.unchanged)):
            cells = [_error(book, rule, name, h, errors[h]) if h in errors else "—" for h in _SHOWN]
            rows.append((RULES[rule.key] if name is not _UNCHANGED else _same(rule), rule.periods[1], *cells))
    columns = (
        Column(name=Text("规则", "Rule")), Column(name=Text("基年个数（提前1年）", "Base years (1 year ahead)")),
        *(Column(name=Text(f"提前{h}年", f"{h} year{'s' if h > 1 else ''} ahead"), unit="%") for h in _SHOWN),
    )  # fmt: skip
    title = Text(
        f"{book.scope.name.zh}：历史回测的平均绝对误差", f"{book.scope.name.en}: mean absolute error of hindcasts"
    )
    table = book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))
    better = [RULES[r.key] for r in found if r.wins]
    if better:
        zh, en = "、".join(b.zh for b in better), ", ".join(b.en for b in better)
        said = Text(f"对本地，各步长均优于零变化的规则有：{zh}；这些规则需已知GDP或只看近五年，并非本引擎，引擎仍只称情景。",
                    f"For this place, better than no change at every horizon: {en}; such rules need a known GDP or look at five years only "
                    "and are not this engine, which stays a scenario.")  # fmt: skip
    else:
        said = Text("没有一种规则在所有步长上都优于零变化，所以本引擎只称情景。",
                    "No rule beats no change at every horizon, so this engine speaks of scenarios only.")  # fmt: skip
    return [sentence(said.zh, said.en)], table


def _same(rule: Rule) -> Text:
    return Text(
        f"　零变化（同期，对照“{RULES[rule.key].zh}”）", f"no change over the same base years ({RULES[rule.key].en})"
    )


def _error(book: Book, rule: Rule, name: Text, horizon: int, value: float) -> Ref:
    label = RULES[rule.key]
    return Ref(fact=book.figure(
        f"提前{horizon}年回测误差（{name.zh}；基年同“{label.zh}”）",
        f"hindcast error {horizon} year(s) ahead ({name.en}; base years of '{label.en}')", value, "%",
        account=Account.SCOPE1, basis=Basis.DERIVED, source=_FROM_INVENTORY,
    ))  # fmt: skip


def published(book: Book, story: Story, warehouse: Warehouse) -> int | None:
    """Published pathways of China beside the dual-carbon scenario; None for a province or without the table."""
    if not book.scope.nation or not warehouse.has("pathways"):
        return None
    rows: list[tuple[Cell, ...]] = []
    for row in warehouse.records(
        "SELECT item, item_zh, year, value, low, high, source FROM pathways "
        "WHERE scope = 'China' AND unit = 'Mt CO2' AND status = 'verified' AND year BETWEEN ? AND ? ORDER BY year, item",
        (FIRST, LAST),
    ):
        year, item = int(row["year"]), Text(str(row["item_zh"]), str(row["item"]))
        theirs = [
            Ref(fact=book.draft.fact(
                Text(f"{item.zh}{word.zh}", f"{item.en}{word.en}"), float(row[name]), "Mt CO2", region=book.region, year=year,
                basis=Basis.PROJECTED, scenario=str(row["source"]), source=PUBLISHED,
            ))
            for name, word in (("value", Text("（值）", " (value)")), ("low", Text("（下限）", " (low)")), ("high", Text("（上限）", " (high)")))
            if row[name] is not None
        ]  # fmt: skip
        value, low, high = _placed(row, theirs)
        ours = Ref(fact=book.emission(Account.GROSS, story.dual, year))
        reason = _ENERGY_ONLY if "nergy" in item.en else _OTHER_BASE
        rows.append((item, year, value, low, high, ours, reason))
    name = scenario_name(story.dual.scenario)
    columns = (
        Column(name=Text("已发表路径", "Published")), Column(name=Text("年份", "Year")),
        Column(name=Text("其值", "Theirs"), unit="Mt CO2"), Column(name=Text("下限", "Low"), unit="Mt CO2"),
        Column(name=Text("上限", "High"), unit="Mt CO2"),
        Column(name=Text(f"本模型总排放（{name.zh}）", f"Ours, gross ({name.en})"), unit="Mt CO2"),
        Column(name=Text("差异从何而来", "Why they differ")),
    )  # fmt: skip
    title = Text("已发表的全国路径与双碳情景并列（不作验证）", "Published pathways beside dual carbon (no validation)")
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def _placed(row: dict[str, object], refs: list[Ref]) -> tuple[Cell, Cell, Cell]:
    """Value, low and high in their columns, a dash where the publication gives none."""
    left = iter(refs)
    value, low, high = ("—" if row[name] is None else next(left) for name in ("value", "low", "high"))
    return value, low, high
