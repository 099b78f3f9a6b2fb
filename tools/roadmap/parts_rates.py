"""Part 6, second half: global average rates beside the path's own, in the same terms and over the same years; no verdict.

VisNetZero's rates are of CO2 per GDP, SBTi's is linear on the emissions of a base year, for companies; neither is an
allocation to a place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.text import Text
from tools.policy.rows import Target, all_targets
from tools.result import Account, Cell, Column, Ref, Sentence, Table, sentence
from tools.roadmap.names import BASE, COMMON, scenario_name

if TYPE_CHECKING:
    from data.warehouse import Warehouse
    from tools.policy.telling import Teller
    from tools.roadmap.book import Book
    from tools.roadmap.story import Story

GLOBAL_RATES, COMPANY_RATE = "oxon8-nzed", ("sbti-cnzs-v1", "ACA", 4.2)
LINEAR_SPANS: tuple[tuple[int, int], ...] = ((COMMON, 2030), (COMMON, 2035), (COMMON, 2045))
NO_ALLOCATION = Text("全球平均，非对本地的分配", "global average, not an allocation to this place")
_COMPANY = Text(
    "对企业的最低要求，非对本地的分配，也非SBTi认定",
    "asked of companies; not an allocation to this place, not validated by SBTi",
)
_INTENSITY = Text("单位GDP二氧化碳年均降幅", "yearly fall of CO2 per GDP")
_LINEAR = Text("排放每年线性下降（占基年排放）", "linear yearly cut (of base-year emissions)")


@dataclass(frozen=True)
class Span:
    """A published rate and the years over which the path's own stands beside it."""

    name: Text
    first: int
    last: int
    target: Target
    linear: bool


def spans(warehouse: Warehouse) -> list[Span]:
    """The published rates over their own years, then the linear one over those of LINEAR_SPANS."""
    rows = all_targets(warehouse)
    found = [
        Span(_INTENSITY, t.base_year, t.target_year, t, linear=False)
        for t in rows
        if t.document == GLOBAL_RATES and t.kind == "benchmark" and t.base_year is not None and t.target_year is not None
        and t.base_year >= BASE and t.unit == "%/yr"
    ]  # fmt: skip
    company = next((t for t in rows if (t.document, t.clause, t.value) == COMPANY_RATE), None)
    if company is not None:
        found += [Span(_LINEAR, a, b, company, linear=True) for a, b in LINEAR_SPANS]
    return found


def fall_per_year(story: Story, first: int, last: int) -> float:
    """Mean yearly fall of the leading path's gross CO2 per GDP (constant prices) between two years, %, compounding."""
    ratio = story.intensity(story.lead, last) / story.intensity(story.lead, first)
    return float(100 * (1 - ratio ** (1 / (last - first))))


def linear_fall(story: Story, first: int, last: int) -> float:
    """Yearly cut of gross emissions between two years, % of those of the first."""
    start, end = (story.total(story.lead.gross, y) for y in (first, last))
    return 100 * (1 - end / start) / (last - first)


def rates(book: Book, story: Story, teller: Teller) -> tuple[list[Sentence], int | None]:
    """A sentence and the table; None where the dataset holds no such rate."""
    found = spans(book.scope.engine.warehouse)
    if not found:
        return [], None
    rows = [_row(book, story, teller, span) for span in found]
    where, name = book.scope.name, scenario_name(story.lead.scenario)
    columns = (
        Column(name=Text("速率", "Rate")), Column(name=Text("时段", "Years")),
        Column(name=Text("公布值", "Published"), unit="%/yr"), Column(name=Text(f"{name.zh}情景", name.en), unit="%/yr"),
        Column(name=Text("性质", "What it is")), Column(name=Text("说明", "Note")),
    )  # fmt: skip
    title = Text(
        f"全球平均速率与{where.zh}{name.zh}情景的速率（不作判断）",
        f"Global average rates beside those of the {name.en} scenario of {where.en} (no verdict)",
    )
    table = book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))
    cited = tuple(teller.cite(t) for t in {s.target.document: s.target for s in found}.values())
    marks = "".join(f"{{c{i}}}" for i in range(len(cited)))
    said = sentence(
        f"全球平均降速与SBTi式线性降速另列{marks}：同一指标、同一时段对照，是全球平均或对企业的要求，不是对{where.zh}的分配，不据此判断。",
        f"Global average rates and SBTi's linear one stand apart {marks}: same indicator, same years; they are world averages or "
        f"asked of companies, no allocation to {where.en}, and no verdict is drawn.",
        citations=cited,
    )
    return [said], table


def _row(book: Book, story: Story, teller: Teller, span: Span) -> tuple[Cell, ...]:
    theirs = teller.fact(span.target)
    value = (linear_fall if span.linear else fall_per_year)(story, span.first, span.last)
    name = scenario_name(story.lead.scenario)
    ours = book.figure(
        f"{span.first}—{span.last}年{span.name.zh}（{name.zh}）", f"{span.name.en} {span.first}-{span.last} ({name.en})", value,
        "%/yr", path=story.lead, account=Account.GROSS,
    )  # fmt: skip
    kind = _COMPANY if span.linear else NO_ALLOCATION
    return (
        span.name,
        f"{span.first}–{span.last}",
        "—" if theirs is None else Ref(fact=theirs),
        Ref(fact=ours),
        kind,
        Text(span.target.note_zh or "—", span.target.note_en or "—"),
    )
