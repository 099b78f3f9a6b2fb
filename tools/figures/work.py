"""What the operations share: facts into sentences, names of items, lists, the closing of a Result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from data.classification import NATION, sector
from data.text import Text, joined
from tools.figures.arguments import ChartWish
from tools.figures.cells import Cell, add, caveats, level, said
from tools.figures.plan import Plan
from tools.figures.words import lowered, raised, when
from tools.result import Basis, Column, Draft, Ref, Result, Table

IN_PROSE = 10  # items named in a sentence; more go to a table
MOST_ROWS = 60  # rows of a table whose figures are facts
_METHODS: dict[str, Text] = {
    "head": Text("人均 = 排放或总量 ÷ 年末常住人口", "per head = total / year-end resident population"),
    "gdp": Text("单位GDP = 排放或总量 ÷ 地区生产总值（现价）", "per GDP = total / GDP at current prices"),
    "electricity": Text(
        "占用电量比重 = 电量 ÷ 全社会用电量；省间电量含过境，送电多的省不受此限",
        "share of consumption = electricity / electricity consumption; power exchanged includes transit",
    ),
    "output": Text(
        "单位产出 = 生产部门排放 ÷ 总产出",
        "per output = emissions of production sectors / gross output",
    ),
    "output_estimated": Text(
        "单位产出 = 生产部门排放 ÷ 总产出；分省总产出为估算",
        "per output = emissions of production sectors / gross output; provincial output is estimated",
    ),
    "growth": Text("增幅 =（末年 ÷ 首年 − 1）× 100%", "growth = (last year / first year - 1) x 100 %"),
    "yoy": Text("同比 =（当年 ÷ 上年 − 1）× 100%", "year on year = (year / year before - 1) x 100 %"),
    "times": Text("倍数 = 末年 ÷ 首年", "times = last year / first year"),
    "cagr": Text(
        "年均增速 =（末年 ÷ 首年）^(1/年数) − 1", "average annual growth = (last / first)^(1 / number of years) - 1"
    ),
    "share": Text("占比 = 部分 ÷ 整体 × 100%", "share = part / whole x 100 %"),
}


_WISHES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "line": ("折线图", "a line chart", ("line",)), "bar": ("柱状图", "a bar chart", ("bar",)),
    "area": ("堆叠面积图", "a stacked area chart", ("wedge",)), "stacked": ("堆叠柱状图", "a stacked bar chart", ("bar",)),
    "treemap": ("矩形树图", "a treemap", ("treemap",)), "pie": ("饼图", "a pie chart", ()),
    "tilemap": ("地图", "a map", ("tilemap",)), "heatmap": ("热力图", "a heat map", ("heatmap",)),
    "scatter": ("散点图", "a scatter", ("scatter",)),
}  # fmt: skip
_DRAWN = {
    "line": Text("折线图", "a line chart"), "bar": Text("柱状图", "a bar chart"), "wedge": Text("堆叠面积图", "stacked areas"),
    "treemap": Text("矩形树图，面积即份额", "a treemap, in which areas are shares"), "tilemap": Text("方格地图", "a tile map"),
}  # fmt: skip


class Line:
    """Numbers the holes of one sentence: ``line(index)`` returns the hole for a fact, the same in both languages."""

    def __init__(self) -> None:
        self.facts: list[int] = []

    def __call__(self, index: int, form: str = "") -> str:
        self.facts.append(index)
        return f"{{{len(self.facts) - 1}{form}}}"


@dataclass(slots=True)
class Work:
    """One run of an operation: the plan, the draft it fills, the cells it used and the facts already made."""

    plan: Plan
    draft: Draft
    cells: list[Cell] = field(default_factory=list)
    _made: dict[Cell, int] = field(default_factory=dict)

    def fact(self, cell: Cell) -> int:
        """The index of the cell's fact, made once."""
        if cell not in self._made:
            self._made[cell] = add(self.plan, self.draft, cell)
            self.cells.append(cell)
        return self._made[cell]

    def say(self, line: Line, zh: str, en: str) -> None:
        """A sentence of the direct answer."""
        self.draft.lead(zh, raised(en), *line.facts)

    def said(self, cells: Sequence[Cell] | None = None) -> Text:
        """Account and source in a few words."""
        return said(self.plan, self.cells if cells is None else cells)

    def defaults(self, latest: int | None) -> None:
        """Says which place or year was taken because the question named none."""
        self._widely_meant()
        if self.plan.period is not None:
            self.draft.lead(self.plan.period.zh, self.plan.period.en)
        place = not self.plan.asked_place and bool(self.cells) and all(c.slice.place == NATION for c in self.cells)
        if place and latest is not None:
            zh, en = (
                f"未指定地区和年份，取全国、数据最新的{latest}年。",
                f"No place or year was named: China, and {latest}, the latest year.",
            )
        elif place:
            zh, en = "未指定地区，取全国数。", "No place was named: the figure is China's."
        elif latest is not None:
            zh, en = f"未指定年份，取数据最新的{latest}年。", f"No year was named: {latest} is the latest there is."
        else:
            return
        self.draft.lead(zh, en)

    def _widely_meant(self) -> None:
        """Services are the tertiary industry, which holds transport: said in the answer, with how much that is."""
        cell = next((c for c in self.cells if c.slice.sector is not None and c.slice.sector.key == "services"), None)
        if cell is None:
            return
        zh, en = (
            "服务业即第三产业，含交通运输、仓储和邮政",
            "Services are the tertiary industry, with transport, storage and post",
        )
        line = Line()
        if len(self.cells) == 1 and cell.kind == "level" and self.plan.ratio is None:
            inner = level(self.plan, replace(cell.slice, sector=sector("transport")), cell.last or 0)
            if inner is not None:
                hole = line(self.fact(inner))
                zh, en = f"{zh}（其中这一项{hole}）", f"{en} ({hole} of it)"
        if self.plan.measure.account:
            zh, en = f"{zh}；不含公共电力和居民生活", f"{en}; public power and households are not in it"
        self.say(line, f"{zh}。", f"{en}.")

    def done(self) -> Result:
        """The finished Result with caveats, methods and next questions."""
        plan, draft = self.plan, self.draft
        caveats(plan, draft, self.cells)
        if plan.ratio:
            guessed = plan.ratio.per == "output" and any(c.basis is Basis.ESTIMATED for c in self.cells)
            draft.method.append(_METHODS["output_estimated" if guessed else plan.ratio.per])
        for kind in dict.fromkeys(c.kind for c in self.cells):
            if kind in _METHODS:
                draft.method.append(_METHODS[kind])
        draft.suggestions.extend(t for t in suggestions(plan, self.cells) if t not in draft.suggestions)
        result = draft.result()
        missed = _not_drawn(plan.arguments.chart, result)
        return result.model_copy(update={"caveats": (*result.caveats, missed)}) if missed else result


def _not_drawn(wish: ChartWish, result: Result) -> Text | None:
    """A chart that was asked for and is not there, or not in that form, is said."""
    if wish in ("auto", "none"):
        return None
    zh, en, kinds = _WISHES[wish]
    if any(c.kind in kinds for c in result.charts) and wish != "pie":
        return None
    if not result.charts:
        return Text(f"这里的数据画不成{zh}，因此没有图。", f"These figures cannot be drawn as {en}; there is no chart.")
    drawn = _DRAWN.get(result.charts[0].kind, Text("另一种图", "another chart"))
    return Text(f"没有画{zh}，改为{drawn.zh}。", f"Instead of {en} this is {drawn.en}.")


def varying(cells: Sequence[Cell]) -> tuple[str, ...]:
    """The dimensions in which cells differ: place, sector, fuel, part, year."""
    out = []
    for name in ("place", "sector", "fuel", "part"):
        if len({getattr(c.slice, name) for c in cells}) > 1:
            out.append(name)
    if len({(c.first, c.last) for c in cells}) > 1:
        out.append("year")
    return tuple(out)


def item_name(cell: Cell, dimensions: Sequence[str], inside: bool = False) -> Text:
    """The name of a cell among others: what distinguishes it. ``inside`` an English sentence names are lowered."""
    zh: list[str] = []
    en: list[str] = []
    for dimension in dimensions:
        if dimension == "year":
            alone = cell.first is None or cell.kind == "yoy"
            zh.append(f"{cell.last}年" if alone else f"{cell.first}—{cell.last}年")
            en.append(f"{cell.last}" if alone else f"{cell.first}-{cell.last}")
        elif dimension == "place":
            zh.append(cell.where.zh)
            en.append(cell.where.en)
        elif (named := getattr(cell.slice, dimension)) is not None:
            name = named.short if dimension == "sector" else named.name
            zh.append(name.zh)
            en.append(lowered(name.en) if inside and dimension in ("sector", "fuel") else name.en)
        else:
            zh.append("合计")
            en.append("all" if zh else "All")
    if not zh:
        return Text("该项", "it")
    if dimensions[-1] == "year" and len(en) > 1:  # "Guangdong 2017", so that a list of them reads
        en = [*en[:-2], f"{en[-2]} {en[-1]}"]
    return Text("".join(zh), ", ".join(en))


def listed(work: Work, cells: Sequence[Cell], line: Line, dimensions: Sequence[str]) -> Text:
    """Items with their figures: 「福建2.18亿吨、江西…」 / "Fujian 217.9 Mt CO2, Jiangxi …"."""
    parts = []
    for cell in cells:
        hole = line(work.fact(cell))
        name = item_name(cell, dimensions, inside=True)
        colon = ":" if name.en[-1:].isdigit() else ""  # a year before a figure is set off from it
        parts.append(Text(f"{beside(name.zh)}{hole}", f"{name.en}{colon} {hole}"))
    return joined(parts)


def beside(name: str) -> str:
    """A Chinese name as it stands before its figure: after a bracket or a year a word keeps a minus sign from reading as a dash."""
    return f"{name}为" if name.endswith(("）", "年")) else name


def shared_subject(work: Work, cells: Sequence[Cell]) -> Text:
    """What all cells have in common, as the head of a list: 2016年二氧化碳排放 / CO2 emissions in 2016."""
    plan, first = work.plan, cells[0]
    differ = varying(cells)
    keep = {n: (None if n in differ else getattr(first.slice, n)) for n in ("sector", "fuel", "part")}
    s = replace(first.slice, **keep)
    years = None if "year" in differ else when(first.first, first.last)
    if "place" in differ or (s.place is None and s.part is None):
        name = plan.naming.thing(s, first.kind)
        zh = f"{years.zh if years else ''}{name.zh}"
        en = f"{name.en}{_in(years)}"
        return Text(zh, en)
    return plan.naming.subject(s, first.kind, years, first.where)


def span_title(plan: Plan, cell: Cell, years: Text) -> Text:
    """What is measured over a span, whatever the place: 1997—2019年二氧化碳排放."""
    thing = plan.naming.thing(cell.slice, cell.kind)
    return Text(f"{years.zh}{thing.zh}", f"{thing.en} over {years.en}")


def _in(years: Text | None) -> str:
    if years is None:
        return ""
    return f" over {years.en}" if "-" in years.en else f" in {years.en}"


def ranked_table(work: Work, cells: Sequence[Cell], title: Text, ranks: bool, dimensions: Sequence[str]) -> int:
    """A table of items and figures, each figure a fact; returns the table's index."""
    name = work.plan.naming.name(cells[0].kind)
    if cells[0].kind == "share":  # the share is of what stands in the title
        name = Text(f"占{name.zh}的比重", f"Share of {name.en}")
    columns = [Column(name=Text("项目", "Item")), Column(name=Text(name.zh, raised(name.en)), unit=cells[0].unit)]
    if ranks:
        columns.insert(0, Column(name=Text("位次", "Rank")))
    rows: list[tuple[object, ...]] = []
    rank = 0
    for number, cell in enumerate(cells[:MOST_ROWS], 1):
        if number == 1 or cell.value != cells[number - 2].value:  # equal values share a rank
            rank = number
        row: tuple[object, ...] = (item_name(cell, dimensions), Ref(fact=work.fact(cell)))
        rows.append((rank, *row) if ranks else row)
    return work.draft.table(Table(title=title, columns=tuple(columns), rows=tuple(rows), total_rows=len(cells)))


def suggestions(plan: Plan, cells: Sequence[Cell]) -> list[Text]:
    """Two next questions near this one."""
    dated = [c for c in cells if c.slice.place is not None and c.last]
    if not dated:
        return []
    first = next(c for c in dated if c.last == max(d.last or 0 for d in dated))
    assert first.slice.place is not None
    name, where, year = plan.naming.name(), first.slice.place.name, first.last
    out = []
    if plan.operation not in ("trend", "peak"):
        out.append(
            Text(f"{where.zh}历年{name.zh}走势如何？", f"How did {name.en} of {where.en} develop over the years?")
        )
    if plan.measure.sectors == "inventory" and first.slice.sector is None and plan.over != "sectors" and not plan.ratio:
        out.append(
            Text(
                f"{where.zh}{year}年{name.zh}最高的行业有哪些？", f"Which sectors of {where.en} emitted most in {year}?"
            )
        )
    if plan.operation not in ("rank", "position") and len(plan.reader.covered()) > 2:
        out.append(
            Text(
                f"{year}年{name.zh}最高的五个省份是哪些？", f"Which five provinces had the highest {name.en} in {year}?"
            )
        )
    return out[:2]
