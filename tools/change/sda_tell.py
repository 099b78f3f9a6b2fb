"""The words, tables and charts of a structural decomposition between two input-output tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from data.classification import Place, mrio_sector
from data.text import Text, joined
from tools.change.drivers_tell import ACCOUNTING
from tools.change.lmdi import Array
from tools.change.sda import FACTORS, Decomposition, decompose
from tools.change.tables import Table as Year
from tools.charts.specs import XY, Chart, Series
from tools.figures.words import article, raised
from tools.figures.work import Line
from tools.mrio import words
from tools.result import Account, Basis, Cell, Column, Draft, Ref, Result, Table

NAMES: dict[str, Text] = {
    "intensity": Text("部门碳强度", "emission intensity of sectors"),
    "technology": Text("投入结构（技术）", "input structure (technology)"),
    "mix": Text("最终需求的产品构成", "product mix of final demand"),
    "categories": Text("最终需求的类别构成", "category mix of final demand"),
    "scale": Text("最终需求规模", "scale of final demand"),
}
CURRENT = Text(
    "两张表均为当年价，价格效应未分离：涨价抬高规模项、压低强度项；可用参数 deflators 给出价格指数（起始年=100）。",
    "Both tables are at current prices and the price effect is not separated: rising prices raise the scale term and lower the intensity "
    "term. Price indices (first year = 100) can be given as the argument deflators.",
)
CONSTANT = Text(
    "末年的表按提问者给出的价格指数折算为起始年价格，指数未经本库核实。",
    "The last year's table is at the first year's prices by the indices the asker gave, which are not checked here.",
)
NOT_UNIQUE = Text(
    "结构分解不唯一：表列120种次序的平均值（夏普利值），区间为各次序的最小与最大值，两极平均值另列。",
    "A structural decomposition is not unique: shown is the mean over all 120 orders (Shapley), with the least and most of any order "
    "as range; the mean of the two polar orders stands beside it.",
)
LISTED = 10


@dataclass(frozen=True)
class _Teller:
    found: Decomposition
    where: Place
    years: tuple[int, int]
    constant: bool
    draft: Draft
    pair: tuple[Year, Year]

    @property
    def rest(self) -> dict[str, Any]:
        estimated = any(t.estimated for t in self.pair)
        return {
            "region": self.where.name.en, "year": self.years[1], "account": Account.SCOPE1,
            "basis": Basis.ESTIMATED if estimated else Basis.DERIVED, "source": self.pair[1].source,
        }  # fmt: skip

    def name(self, key: str) -> Text:
        """A factor with its price basis where it holds money."""
        plain = NAMES[key]
        if key not in ("intensity", "scale"):
            return plain
        zh, en = ("不变价", "constant prices") if self.constant else ("现价", "current prices")
        return Text(f"{plain.zh}（{zh}）", f"{plain.en} at {en}")

    def label(self, what: Text) -> Text:
        first, last = self.years
        return Text(f"{self.where.name.zh}{first}—{last}年{what.zh}", f"{self.where.name.en} {first}-{last}: {what.en}")

    def fact(self, what: Text, value: float, **more: Any) -> int:
        return self.draft.fact(self.label(what), value, "Mt CO2", **{**self.rest, **more})


def tell(start: Year, end: Year, where: Place, constant: bool, remarks: tuple[Text, ...]) -> Result:
    """The answer: the change of production emissions and its five terms, with the sectors behind them."""
    found, years = decompose(start.side, end.side), (start.year, end.year)
    en = f"Structural decomposition of CO2, {article(where)}, {years[0]}-{years[1]}"
    draft = Draft(Text(f"{where.name.zh}{years[0]}—{years[1]}年碳排放结构分解", en))
    t = _Teller(found, where, years, constant, draft, (start, end))
    terms = [
        t.fact(
            Text(f"排放变化：{t.name(k).zh}", f"change of CO2 by {t.name(k).en}"), float(found.shapley[i].sum()),
            low=float(found.low[i]), high=float(found.high[i]),
        )
        for i, k in enumerate(FACTORS)
    ]  # fmt: skip
    change = _lead(t, terms)
    for remark in remarks:
        t.draft.lead(remark.zh, remark.en)
    t.draft.section(Text("五项分解", "The five terms"), tables=(_terms_table(t, terms, change),))
    t.draft.section(Text("分部门", "By sector"), tables=(_sector_table(t, start.emitters),), folded=True)
    _chart(t)
    _notes(t)
    return t.draft.result()


def _lead(t: _Teller, terms: list[int]) -> int:
    first, last = t.years
    zh, en = t.where.name.zh, article(t.where)
    before, after = float(t.found.start.sum()), float(t.found.end.sum())
    change = t.fact(Text("生产部门二氧化碳排放变化", "change of CO2 of production sectors"), after - before)
    a = t.fact(Text(f"其中{first}年生产部门排放", f"CO2 of production sectors in {first}"), before, year=first)
    b = t.fact(Text(f"其中{last}年生产部门排放", f"CO2 of production sectors in {last}"), after)
    rises = after >= before
    t.draft.lead(
        f"{zh}{first}—{last}年生产部门二氧化碳排放（不含居民）{'增加' if rises else '减少'}{{0:abs}}，由{{1}}{'增至' if rises else '降至'}{{2}}。",
        f"CO2 of production sectors in {en} (without households) {'rose' if rises else 'fell'} by {{0:abs}} over {first}-{last}, from "
        "{1} to {2}.",
        change, a, b,
    )  # fmt: skip
    values = t.found.shapley.sum(1)
    line, listed = Line(), []
    for i in (int(i) for i in np.argsort(-values, kind="stable")):
        name, hole = t.name(FACTORS[i]), line(terms[i])
        listed.append(Text(f"{name.zh}为{hole}", f"{name.en} {hole}"))
    said = joined(listed)
    basis_zh, basis_en = (
        ("不变价", "constant prices")
        if t.constant
        else ("现价，价格效应未分离", "current prices; price effect not separated")
    )
    t.draft.lead(
        f"{zh}{first}—{last}年投入产出结构分解（{basis_zh}；正为推高，负为压低）：{said.zh}。",
        f"Structural decomposition of {en} over {first}-{last} ({basis_en}; signed contributions): {said.en}.",
        *line.facts,
    )
    return change


def _terms_table(t: _Teller, terms: list[int], change: int) -> int:
    rows: list[tuple[Cell, ...]] = []
    for i, key in enumerate(FACTORS):
        name = t.name(key)
        polar = t.fact(Text(f"两极平均：{name.zh}", f"polar mean: {name.en}"), float(t.found.polar[i].sum()))
        low = t.fact(Text(f"各次序最小值：{name.zh}", f"least of any order: {name.en}"), float(t.found.low[i]))
        high = t.fact(Text(f"各次序最大值：{name.zh}", f"most of any order: {name.en}"), float(t.found.high[i]))
        rows.append((_capital(name), Ref(fact=terms[i]), Ref(fact=low), Ref(fact=high), Ref(fact=polar)))
    rows.append((Text("合计（排放变化）", "Sum (change of emissions)"), Ref(fact=change), None, None, Ref(fact=change)))
    unit = "Mt CO2"
    columns = (
        Column(name=Text("因素", "Term")), Column(name=Text("全部次序平均", "Mean over all orders"), unit=unit),
        Column(name=Text("最小", "Least"), unit=unit), Column(name=Text("最大", "Most"), unit=unit),
        Column(name=Text("两极平均", "Mean of the polar orders"), unit=unit),
    )  # fmt: skip
    first, last = t.years
    title = Text(
        f"{t.where.name.zh}{first}—{last}年生产部门排放变化的结构分解",
        f"Change of production CO2, {article(t.where)}, {first}-{last}",
    )
    return t.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def _by_sector(found: Decomposition, emitters: Array) -> tuple[Array, Array]:
    """Change (42,) and the three terms intensity, technology, demand (3, 42), members together."""
    change = (found.end - found.start)[emitters].sum(0)
    own = found.shapley[:, emitters].sum(1)
    return change, np.stack([own[0], own[1], own[2:].sum(0)])


def _sector_table(t: _Teller, emitters: Any) -> int:
    change, terms = _by_sector(t.found, emitters)
    order = [int(i) for i in np.argsort(-np.abs(change), kind="stable")][:LISTED]
    heads = (Text("碳强度", "intensity"), Text("投入结构", "input structure"), Text("最终需求", "final demand"))
    rows: list[tuple[Cell, ...]] = []
    for i in order:
        sector = mrio_sector(i + 1)
        what, of = words.in_sentence(sector.name), sector.name.en
        label = Text(f"{what.zh}排放变化", f"change of CO2, {what.en}")
        whole = t.fact(label, float(change[i]), sector=of)
        each = [Text(f"{label.zh}：{h.zh}", f"{label.en}: {h.en}") for h in heads]
        cells = [Ref(fact=t.fact(n, float(terms[k, i]), sector=of)) for k, n in enumerate(each)]
        rows.append((_capital(sector.short), Ref(fact=whole), *cells))
    columns = (
        Column(name=Text("部门", "Sector")), Column(name=Text("排放变化", "Change"), unit="Mt CO2"),
        *(Column(name=_capital(h), unit="Mt CO2") for h in heads),
    )  # fmt: skip
    first, last = t.years
    title = Text(
        f"{t.where.name.zh}{first}—{last}年变化最大的部门",
        f"Sectors that changed most, {article(t.where)}, {first}-{last}",
    )
    return t.draft.table(Table(title=title, columns=columns, rows=tuple(rows), total_rows=42))


def _capital(name: Text) -> Text:
    return Text(name.zh, raised(name.en))


def _chart(t: _Teller) -> None:
    """The five terms with the range over the orders."""
    values = t.found.shapley.sum(1)
    order = [int(i) for i in np.argsort(-values, kind="stable")]
    series = Series(
        name=Text("对排放变化的贡献", "Contribution to the change"), y=tuple(float(values[i]) for i in order),
        low=tuple(float(t.found.low[i]) for i in order), high=tuple(float(t.found.high[i]) for i in order),
    )  # fmt: skip
    first, last = t.years
    title = Text(
        f"{t.where.name.zh}{first}—{last}年排放变化的结构分解",
        f"Structural decomposition of CO2, {article(t.where)}, {first}-{last}",
    )
    spec = XY(
        x=tuple(_capital(t.name(FACTORS[i])) for i in order), series=(series,), unit="Mt CO2", horizontal=True,
        y_title=Text("对排放变化的贡献", "Contribution to the change"),
    )  # fmt: skip
    t.draft.chart(Chart(kind="bar", title=title, spec=spec))


def _notes(t: _Teller) -> None:
    draft, nation = t.draft, t.where.kind == "nation"
    draft.caveats += [CONSTANT if t.constant else CURRENT, NOT_UNIQUE, ACCOUNTING, words.SERVICES]
    if not nation:
        draft.caveats.append(
            Text("两年的省际表编制方法可能不同，其差异也进入投入结构与最终需求各项；跨省流向无统计可核对。",
                 "The interprovincial tables of the two years may differ in method, which enters the input and demand terms; flows between "
                 "provinces cannot be verified.")
        )  # fmt: skip
    draft.method.append(
        Text("e = f·L·(M c s)，f为部门碳强度，L为列昂惕夫逆（国产品），M为产品构成，c为类别构成，"
             "s为规模；加法分解，各项之和等于总变化（Dietzenbacher与Los 1998）。",
             "e = f L (M c s): f intensity by sector, L Leontief inverse of domestic products, M product mix, c category mix, s scale; additive, "
             "terms sum to the change (Dietzenbacher and Los 1998).")
    )  # fmt: skip
    if any(table.balancing for table in t.pair):
        draft.caveats.append(
            Text("已发布表的平衡项（ERR）并入出口一类，使各项之和等于全部生产排放。",
                 "The balancing item (ERR) of a published table stands with exports, so that the terms make up all production CO2.")
        )  # fmt: skip
    for source in (*(table.source for table in t.pair), "co2_42"):
        if source not in draft.sources:
            draft.sources.append(source)
    name = t.where.name
    draft.suggestions += [
        Text(f"{name.zh}2005到2019年碳排放的驱动因素", f"What drove the emissions of {name.en} 2005-2019?"),
        Text(f"{name.zh}各部门的影响力系数和感应度系数", f"Key sectors of {name.en} by backward and forward linkages"),
    ]  # fmt: skip
