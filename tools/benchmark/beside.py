"""A province's intensity beside another's, beside the median, and what coming down to it would save."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from data.text import Text, joined
from tools.charts.specs import XY, Chart, Series
from tools.figures.words import lowered, raised
from tools.figures.work import Line
from tools.result import Account, Column, Ref, Table

if TYPE_CHECKING:
    from tools.benchmark.best_in_class import Benchmark, Standing

UNIT = "kg CO2/10k yuan"
_TIMES = 2.0  # ratio from which "so many times as much" reads better than per cent
_LARGE = 0.5  # of the province's own emissions: a saving that is no saving at hand
_NAMED = 8  # provinces named in a sentence


def told_ratio(bench: Benchmark, mine: Standing, other: Standing, line: Line) -> Text:
    """How much higher or lower than the other: in per cent, from twice as much on as a multiple; a hole of ``line``."""
    ratio, name = mine.intensity / other.intensity, other.place.name
    label = (f"{bench.per.zh}碳排放相对{name.zh}", f"CO2 per {bench.per.en} relative to {name.en}")
    if ratio >= _TIMES:
        hole = line(bench.fact(mine, *label, ratio, "times"))
        return Text(f"是其{hole}", f"{hole} as much")
    hole = line(bench.fact(mine, *label, abs(ratio - 1) * 100, "%"))
    return Text(f"高{hole}", f"{hole} higher") if ratio >= 1 else Text(f"低{hole}", f"{hole} lower")


def saving_mt(mine: Standing, intensity: float) -> float:
    """Mt less at another intensity and the province's own output or GDP, zero where it is not above."""
    return max(0.0, mine.intensity - intensity) * mine.money / 1e5


def tell_saving(bench: Benchmark, mine: Standing, other: Standing) -> None:
    """What the other's intensity would save, with what it leaves out of sight in the same sentence where it is large."""
    mt, mine_name, name = saving_mt(mine, other.intensity), mine.place.name, other.place.name
    line = Line()
    hole = line(bench.fact(mine, f"追平{name.zh}强度可减少的排放", f"CO2 saved at {name.en}'s intensity", mt, "Mt CO2"))
    if mine.mt <= 0 or mt / mine.mt <= _LARGE:
        bench.draft.lead(
            f"若追平{name.zh}的强度，{mine_name.zh}可少排{hole}。",
            f"At {name.en}'s intensity {mine_name.en} would emit {hole} less.",
            *line.facts,
        )
        return
    share = line(bench.fact(mine, "追平后少排占其排放", "share of its emissions", 100 * mt / mine.mt, "%"))
    iron = bench.part.mrio == (14,)  # smelting and pressing of metals
    whole = bench.part.kind == "total"
    in_zh, in_en = ("", "") if whole else ("该行业", " in the sector")
    why = Text("两省产品和工艺不同", "the two differ in products and processes")
    if whole:
        why = Text("两地产业结构不同", "their economies are made up differently")
    elif iron:
        why = Text("有高炉炼铁与没有的省份不可比", "a province with ironmaking is not comparable with one without")
    bench.draft.lead(
        f"算术上追平{name.zh}的强度相当于少排{hole}，即{mine_name.zh}{in_zh}排放的{share}，但{why.zh}，这不是可实现的减排量。",
        f"By arithmetic the gap to {name.en}'s intensity amounts to {hole}, {share} of what {mine_name.en} emits{in_en}; but {why.en}, so "
        "this is no saving at hand.",
        *line.facts,
    )


def tell_pair(bench: Benchmark, mine: Standing, other: Standing) -> None:
    """Two provinces beside each other: both intensities, the difference, and what the higher would save at the lower's."""
    high, low = (mine, other) if mine.intensity >= other.intensity else (other, mine)
    line, name = Line(), bench.part.name
    a, b = line(bench.intensity(mine)), line(bench.intensity(other))
    gap = line(bench.fact(high, f"{bench.per.zh}碳排放与{low.place.name.zh}之差", f"CO2 per {bench.per.en}, gap to {low.place.name.en}",
                          high.intensity - low.intensity, UNIT))  # fmt: skip
    more = told_ratio(bench, high, low, line)
    bench.draft.lead(
        f"{bench.year}年{name.zh}{bench.per.zh}碳排放：{mine.place.name.zh}{a}，{other.place.name.zh}{b}；{high.place.name.zh}高出{gap}（{more.zh}；范围一，CEADs）。",
        f"CO2 per {bench.per.en} in {lowered(name.en)}, {bench.year}: {mine.place.name.en} {a}, {other.place.name.en} {b}; "
        f"{high.place.name.en} is {gap} higher, {more.en} (scope 1, CEADs).",
        *line.facts,
    )
    if high.intensity > low.intensity:
        tell_saving(bench, high, low)
    marked = [s for s in (mine, other) if s.outlier is not None]
    for s in marked:
        if s.outlier is not None:
            bench.draft.caveats.append(
                Text(f"{s.place.name.zh}在该行业{s.outlier.zh}，比较时请留意。",
                     f"{s.place.name.en} in this sector is {s.outlier.en}; mind it when comparing.")
            )  # fmt: skip


def tell_median(bench: Benchmark, frontier: list[Standing], mine: Standing | None) -> None:
    """The median of the comparable provinces, who is above it, and what coming down to it would save each and all."""
    middle = median(s.intensity for s in frontier)
    above = sorted((s for s in frontier if s.intensity > middle), key=lambda s: -saving_mt(s, middle))
    name, draft = bench.part.name, bench.draft

    def shared(zh: str, en: str, value: float, unit: str) -> int:
        return draft.fact(
            Text(f"{bench.year}年{name.zh}：{zh}", f"{bench.year}, {lowered(name.en)}: {en}"), value, unit, year=bench.year,
            sector=name.en if bench.part.kind != "total" else None, account=Account.SCOPE1, basis=bench.basis, source=bench.source,
        )  # fmt: skip

    middle_fact = shared(
        f"可比省份{bench.per.zh}碳排放的中位数", f"median CO2 per {bench.per.en} of comparable provinces", middle, UNIT
    )
    savings = [
        bench.fact(s, "降到中位数可减少的排放", "CO2 saved at the median intensity", saving_mt(s, middle), "Mt CO2")
        for s in above
    ]
    total = shared("高于中位数的省份都降到中位数可减少的排放", "CO2 saved if all above came down to the median",
                   sum(saving_mt(s, middle) for s in above), "Mt CO2")  # fmt: skip
    count = shared("高于中位数的省份数", "provinces above the median", len(above), "count")
    if mine is not None:
        _own(bench, mine, middle, middle_fact)
    names = joined([s.place.name for s in above[:_NAMED]])
    rest_zh, rest_en = ("等", " and others") if len(above) > _NAMED else ("", "")
    draft.lead(
        f"{bench.year}年{name.zh}{bench.per.zh}碳排放，可比省份的中位数为{{0}}；高于它的{{1}}个省（{names.zh}{rest_zh}，按可减量排列）若都降到中位数，合计少排{{2}}"
        "，这是算术值，各省产品和工艺不同（范围一，CEADs）。",
        f"CO2 per {bench.per.en} in {lowered(name.en)}, {bench.year}: the median of comparable provinces is {{0}}. If the {{1}} above it "
        f"({names.en}{rest_en}, most to save first) came down to it, they would emit {{2}} less together: arithmetic, as products and "
        "processes differ (scope 1, CEADs).",
        middle_fact, count, total,
    )  # fmt: skip
    intensities = [bench.intensity(s) for s in above]
    columns = (
        Column(name=Text("省份", "Province")),
        Column(name=Text(f"{bench.per.zh}碳排放", f"CO2 per {bench.per.en}"), unit=UNIT),
        Column(name=Text("降到中位数少排", "Saved at the median"), unit="Mt CO2"),
    )
    rows = tuple((s.place.name, Ref(fact=i), Ref(fact=m)) for s, i, m in zip(above, intensities, savings, strict=True))
    title = Text(f"{draft.title.zh}：高于中位数的省份", f"{draft.title.en}: provinces above the median")
    table = draft.table(Table(title=title, columns=columns, rows=rows))
    bars = Series(name=Text("降到中位数少排", "Saved at the median"), y=tuple(draft[m].value for m in savings))
    spec = XY(
        x=tuple(s.place.name for s in above),
        series=(bars,),
        unit="Mt CO2",
        y_title=Text("少排", "Saved"),
        horizontal=True,
    )
    chart = draft.chart(Chart(kind="bar", title=title, spec=spec))
    draft.section(Text("高于中位数的省份", "Provinces above the median"), tables=(table,), charts=(chart,))
    draft.caveats.append(
        Text("向中位数趋同是本系统的示意，不是SBTi的行业脱碳法：后者只核定企业目标，向行业路径趋同，不是向各省中位数。",
             "Convergence on the median is an illustration of ours, not SBTi's sectoral approach, which validates companies only and "
             "converges on a sector's pathway, not on a median of provinces.")
    )  # fmt: skip


def _own(bench: Benchmark, mine: Standing, middle: float, middle_fact: int) -> None:
    """Where one province stands beside the median."""
    line, name, where = Line(), bench.part.name, mine.place.name
    a, b = line(bench.intensity(mine)), line(middle_fact)
    above = mine.intensity > middle
    zh, en = ("高于", "above") if above else ("不高于", "not above")
    saved_zh, saved_en = "", ""
    if above:
        hole = line(
            bench.fact(
                mine, "降到中位数可减少的排放", "CO2 saved at the median intensity", saving_mt(mine, middle), "Mt CO2"
            )
        )
        saved_zh, saved_en = (
            f"，降到中位数算术上少排{hole}",
            f"; at the median it would emit {hole} less, by arithmetic",
        )
    bench.draft.lead(
        f"{where.zh}{bench.year}年{name.zh}{bench.per.zh}碳排放为{a}，{zh}可比省份的中位数{b}{saved_zh}。",
        f"{raised(where.en)}'s CO2 per {bench.per.en} in {lowered(name.en)} was {a} in {bench.year}, {en} the median of comparable provinces, "
        f"{b}{saved_en}.",
        *line.facts,
    )
